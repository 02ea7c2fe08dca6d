#include "output/coordinates.hpp"

#include <functional>

#include "record/axes.hpp"
#include "record/persons.hpp"

namespace carestair::output {
namespace {

template <class Entries, class Field>
std::vector<std::string> column(const Entries& entries, Field field) {
  std::vector<std::string> texts;
  for (const auto& entry : entries) texts.emplace_back(std::invoke(field, entry));
  return texts;
}

}  // namespace

std::vector<Coordinate> scenario_coordinates(const RunDescription& run) {
  return {{"scenario", "scenario", column(run.scenarios, &ScenarioInfo::id),
           "scenario; the first is the baseline"},
          {"scenario", "scenario_title", column(run.scenarios, &ScenarioInfo::title),
           "title of the scenario"},
          {"scenario", "scenario_description", column(run.scenarios, &ScenarioInfo::description),
           "what the scenario changes"},
          {"scenario", "scenario_structure", column(run.scenarios, &ScenarioInfo::structure),
           "structure it is lived in; empty: as the configuration is written"},
          {"scenario", "scenario_policy", column(run.scenarios, &ScenarioInfo::policy),
           "the scenario it is in that structure; itself as written"}};
}

std::vector<Coordinate> municipality_coordinates(const RunDescription& run) {
  return {{"municipality", "municipality", column(run.municipalities, &MunicipalityInfo::id),
           "municipality"},
          {"municipality", "municipality_title",
           column(run.municipalities, &MunicipalityInfo::title), "name of the municipality"}};
}

std::vector<Coordinate> axis_coordinates(const RunDescription& run) {
  std::vector<Coordinate> coordinates;
  const auto add = [&](std::string dimension, std::string name, std::vector<std::string> texts,
                       std::string_view long_name) {
    coordinates.push_back(
        {std::move(dimension), std::move(name), std::move(texts), std::string(long_name)});
  };
  for (const record::Axis axis : record::all_axes) {
    const std::string name(record::axis_name(axis));
    if (axis == record::Axis::service) {
      add(name, name, column(run.services, &ServiceInfo::id), record::axis_meaning(axis));
      add(name, "service_title", column(run.services, &ServiceInfo::title), "name of the service");
      add(name, "service_norwegian", column(run.services, &ServiceInfo::norwegian),
          "Norwegian name of the service");
      add(name, "service_form", column(run.services, &ServiceInfo::form),
          "what is given: hours, device, day, course, stay, place or visit");
    } else if (axis == record::Axis::unit) {
      add(name, name, column(run.units, &UnitInfo::id), record::axis_meaning(axis));
      add(name, "unit_title", column(run.units, &UnitInfo::title), "name of the unit");
      add(name, "unit_norwegian", column(run.units, &UnitInfo::norwegian),
          "Norwegian name of the unit");
    } else {
      const auto levels = record::axis_levels(axis);
      add(name, name, {levels.begin(), levels.end()}, record::axis_meaning(axis));
    }
  }
  const auto outcomes = record::outcomes();
  add("outcome", "outcome", column(outcomes, &record::OutcomeDefinition::name),
      "what a life amounts to over the reported period");
  add("outcome", "outcome_unit", column(outcomes, &record::OutcomeDefinition::unit),
      "unit of the outcome");
  add("outcome", "outcome_meaning", column(outcomes, &record::OutcomeDefinition::meaning),
      "what the outcome counts");
  return coordinates;
}

}  // namespace carestair::output
