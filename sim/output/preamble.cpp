#include "output/preamble.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "base/version.hpp"
#include "output/coordinates.hpp"
#include "output/format.hpp"

namespace carestair::output {
namespace {

template <class Entry, class Field>
std::vector<std::string> column(const std::vector<Entry>& entries, Field field) {
  std::vector<std::string> texts;
  for (const Entry& entry : entries) texts.emplace_back(std::invoke(field, entry));
  return texts;
}

/// Labels as coordinates, and further texts along the same dimension.
class Dimensions {
 public:
  Dimensions(hid_t parent, h5::DimensionScales& scales) : parent_(parent), scales_(scales) {}

  void labels(const std::string& name, std::span<const std::string> texts,
              std::string_view long_name) {
    h5::Dataset dataset = h5::write_texts(parent_, name.c_str(), texts);
    h5::set_text(dataset.id(), "long_name", long_name);
    scales_.add(name, std::move(dataset));
  }
  void along(const std::string& axis, const char* name, std::span<const std::string> texts,
             std::string_view long_name) {
    h5::Dataset dataset = h5::write_texts(parent_, name, texts);
    h5::set_text(dataset.id(), "long_name", long_name);
    scales_.attach(dataset.id(), std::array{axis});
    dataset.close();
  }
  void write(const std::vector<Coordinate>& coordinates) {
    for (const Coordinate& c : coordinates) {
      if (c.is_label()) {
        labels(c.name, c.texts, c.long_name);
      } else {
        along(c.dimension, c.name.c_str(), c.texts, c.long_name);
      }
    }
  }
  template <class Number>
  void along(const std::string& axis, const char* name, std::span<const Number> numbers,
             std::string_view long_name) {
    h5::Dataset dataset = h5::write_numbers(parent_, name, numbers, {.shape = {numbers.size()}});
    h5::set_text(dataset.id(), "long_name", long_name);
    scales_.attach(dataset.id(), std::array{axis});
    dataset.close();
  }

 private:
  hid_t parent_;
  h5::DimensionScales& scales_;
};

void write_scenarios(hid_t file, const RunDescription& run, h5::DimensionScales& scales) {
  Dimensions dimensions(file, scales);
  dimensions.write(scenario_coordinates(run));

  // In chunks, so that a stopped run can give back the replications it did not reach.
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(run.replications));
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int32_t>(i);
  h5::Dataset replication =
      h5::write_numbers(file, "replication", std::span<const std::int32_t>(numbers),
                        {.shape = {numbers.size()}, .chunk = {numbers.size()}, .filtered = false});
  h5::set_text(replication.id(), "long_name", "replication: same people in every scenario");
  scales.add("replication", std::move(replication));

  dimensions.write(municipality_coordinates(run));
  std::vector<std::int64_t> population;
  for (const MunicipalityInfo& m : run.municipalities) population.push_back(m.population);
  dimensions.along("municipality", "municipality_population",
                   std::span<const std::int64_t>(population),
                   "residents of the synthetic population");
}

void write_time(hid_t file, const RunDescription& run, h5::DimensionScales& scales) {
  constexpr const char* since = "days since 1970-01-01";
  std::vector<std::int32_t> ends;
  std::vector<std::int32_t> bounds;
  base::Day first = run.start;
  for (const base::Day end : run.month_ends) {
    ends.push_back(end.number);
    bounds.insert(bounds.end(), {first.number, end.number + 1});
    first = end + 1;
  }
  h5::Dataset time = h5::write_numbers(file, "time", std::span<const std::int32_t>(ends),
                                       {.shape = {ends.size()}});
  h5::set_text(time.id(), "units", since);
  h5::set_text(time.id(), "calendar", "proleptic_gregorian");
  h5::set_text(time.id(), "standard_name", "time");
  h5::set_text(time.id(), "long_name", "last day of the month");
  h5::set_text(time.id(), "axis", "T");
  h5::set_text(time.id(), "bounds", "time_bounds");
  scales.add("time", std::move(time));

  Dimensions(file, scales)
      .labels("bound", std::vector<std::string>{"from", "until"},
              "edge of a period: first day, first day after");
  h5::Dataset dataset = h5::write_numbers(
      file, "time_bounds", std::span<const std::int32_t>(bounds), {.shape = {ends.size(), 2}});
  scales.attach(dataset.id(), std::array<std::string, 2>{"time", "bound"});
  dataset.close();
}

}  // namespace

void write_root(hid_t file, const RunDescription& run) {
  h5::set_text(file, "title", run.title);
  h5::set_text(file, "question", run.question);
  h5::set_text(file, "program", "carestair");
  h5::set_text(file, "program_version", base::version_string);
  h5::set_text(file, "git_commit", base::git_commit);
  h5::set_text(file, "command", run.command);
  const std::int64_t seed = run.seed;
  h5::set_numbers(file, "seed", std::span(&seed, 1));
  h5::set_text(file, "configuration_sha256", run.configuration_sha256);
  h5::set_text(file, "start", base::to_string(run.start));
  h5::set_integer(file, "replications_planned", run.replications);
}

void write_dimensions(hid_t file, const RunDescription& run, h5::DimensionScales& scales) {
  write_scenarios(file, run, scales);
  write_time(file, run, scales);
  Dimensions(file, scales).write(axis_coordinates(run));
}

void write_configuration(hid_t file, const RunDescription& run, h5::DimensionScales& scales) {
  const h5::Group group = h5::create_group(file, group::configuration);
  h5::write_text(group.id(), "text", run.configuration_yaml);

  std::map<std::string, std::int64_t> by_kind;
  for (const EvidenceRow& row : run.evidence) ++by_kind[row.kind];
  std::vector<std::string> kinds;
  std::vector<std::int64_t> counts;
  for (const auto& [kind, count] : by_kind) {
    kinds.push_back(kind);
    counts.push_back(count);
  }
  if (run.evidence.empty()) return;  // a dimension of size 0 would read as unlimited

  Dimensions dimensions(group.id(), scales);
  dimensions.labels("evidence_kind", kinds, "how a number is known");
  dimensions.along("evidence_kind", "evidence_count", std::span<const std::int64_t>(counts),
                   "numbers of the configuration of this kind");
  dimensions.labels("parameter", column(run.evidence, &EvidenceRow::address),
                    "address of a number of the configuration");
  const auto numbers = [&](const char* name, double EvidenceRow::*field, const char* long_name) {
    std::vector<double> values;
    for (const EvidenceRow& row : run.evidence) values.push_back(row.*field);
    dimensions.along("parameter", name, std::span<const double>(values), long_name);
  };
  numbers("value", &EvidenceRow::value, "value in its unit; NaN for a table");
  numbers("low", &EvidenceRow::low, "lower end of the range; NaN where none is given");
  numbers("high", &EvidenceRow::high, "upper end of the range; NaN where none is given");
  dimensions.along("parameter", "unit", column(run.evidence, &EvidenceRow::unit), "unit");
  dimensions.along("parameter", "source", column(run.evidence, &EvidenceRow::source), "source");
  dimensions.along("parameter", "kind", column(run.evidence, &EvidenceRow::kind),
                   "how the number is known");
  dimensions.along("parameter", "note", column(run.evidence, &EvidenceRow::note), "note");
}

void write_draws(hid_t file, const RunDescription& run, h5::DimensionScales& scales) {
  const DrawTable& draws = run.draws;
  const h5::Group group = h5::create_group(file, group::draws);
  h5::set_text(group.id(), "design", draws.design);
  h5::set_integer(group.id(), "replications_per_draw", draws.replications);
  Dimensions dimensions(group.id(), scales);
  dimensions.labels("draw", draws.names, "draw: values of the parameters that vary");
  dimensions.labels("varied", column(draws.varied, &VariedInfo::address),
                    "address of a parameter that varies");
  dimensions.along("varied", "unit", column(draws.varied, &VariedInfo::unit), "unit");
  std::vector<double> written;
  for (const VariedInfo& varied : draws.varied) written.push_back(varied.written);
  dimensions.along("varied", "written", std::span<const double>(written),
                   "what the configuration says");
  h5::Dataset value = h5::write_numbers(group.id(), "value", std::span<const double>(draws.values),
                                        {.shape = {draws.names.size(), draws.varied.size()}});
  h5::set_text(value.id(), "long_name", "value of the parameter in the draw");
  scales.attach(value.id(), std::array<std::string, 2>{"draw", "varied"});
  value.close();
}

}  // namespace carestair::output
