#include "processes/cognition.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>

#include "processes/case_update.hpp"
#include "processes/offers.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using Stage = model::Cognition;

CognitionTables::CognitionTables(const config::Config& config, int first_year, int last_year) {
  const config::CognitionRules& rules = config.cognition;
  const std::vector<double> shift =
      age_shifts(config.morbidity, config.mortality, first_year, last_year);
  constexpr std::size_t stages = model::cognition_count;
  progression.reserve(shift.size() * age_count * model::sex_count * stages);
  for (const double moved : shift) {
    for (std::size_t age = 0; age < age_count; ++age) {
      for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
        for (std::size_t stage = 0; stage < stages; ++stage) {
          const bool onset = !model::has_dementia(static_cast<Stage>(stage));
          const double as_of = static_cast<double>(age) - (onset ? moved : 0.0);
          const double rate = stage + 1 == stages ? 0.0 : at_age(as_of, [&](std::size_t at) {
            return rules.progression(at, sex, stage);
          });
          progression.push_back(per_day(rate));
        }
      }
    }
  }
  for (std::size_t group = 1; group < model::user_group_count; ++group) {
    earlier[group] = static_cast<std::uint8_t>(
        std::lround(config.user_groups.dementia_earlier_years(group - 1)));
  }
  reversal[model::index(Stage::mild_impairment)] = per_day(rules.reversal);
  for (std::size_t stage = 0; stage < stages; ++stage) {
    const bool demented = model::has_dementia(static_cast<Stage>(stage));
    diagnosis[stage] = demented ? per_day(rules.diagnosis(stage)) : 0.0F;
  }
}

namespace {

void change_cognition(World& world, model::ResidentId id, Stage to) {
  model::Resident& who = world.at(id);
  const std::size_t from = model::index(who.cognition);
  who.cognition = to;
  world.record(model::EventKind::cognition_changed, who, from, model::index(to));
  world.explain(who, [&] {
    std::string before(model::cognition_names[from]);
    std::string after(model::cognition_names[model::index(to)]);
    for (char& letter : before) letter = letter == '_' ? ' ' : letter;
    for (char& letter : after) letter = letter == '_' ? ' ' : letter;
    return fmt::format("cognition: from {} to {}{}", before, after,
                       model::has_dementia(to) ? " dementia" : "");
  });
  need_changed(world, id);
}

}  // namespace

void Cognition::fire_up(World& world, model::ResidentId id) {
  const Stage stage = world.at(id).cognition;
  if (stage == Stage::severe) return;
  change_cognition(world, id, static_cast<Stage>(model::index(stage) + 1));
}

void Cognition::fire_back(World& world, model::ResidentId id) {
  if (world.at(id).cognition != Stage::mild_impairment) return;
  change_cognition(world, id, Stage::none);
}

void Cognition::fire_diagnosis(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  if (who.diagnosed || !model::has_dementia(who.cognition)) return;
  who.diagnosed = true;
  world.record(model::EventKind::diagnosed, who, 0, model::index(who.cognition));
  world.explain(who, [&] {
    return fmt::format("{} dementia is diagnosed",
                       model::cognition_names[model::index(who.cognition)]);
  });
  // The need is what it was; help seeking is not.
  if (who.care_case.valid()) update_case(world, world.at(who.care_case));
  make_offers(world, id, config::Occasion::diagnosis);
}

}  // namespace carestair::processes
