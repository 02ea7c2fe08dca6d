// Cognition: onset and stages of dementia, the way back from mild impairment, and diagnosis, which
// is a clock of its own because disease and diagnosis are two things.
//
//   onset and progression = table(age + e - shift, sex, stage) for onset (none, mild impairment)
//                           table(age + e, sex, stage)         between the stages of dementia
//   reversal  = constant, mild impairment only
//   diagnosis = table(stage), until diagnosed
//
// e is by how much cognition of the user group is older (user_groups.dementia_earlier_years). The
// morbidity regime moves the age at onset; how fast dementia goes on is the disease's own.
// Not modelled: mortality by cause, types of dementia, treatment.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "config/sections/config.hpp"
#include "engine/time.hpp"
#include "model/resident.hpp"
#include "processes/age_profile.hpp"
#include "processes/life.hpp"

namespace carestair::processes {

class World;

struct CognitionTables {
  CognitionTables() = default;
  CognitionTables(const config::Config& config, int first_year, int last_year);

  std::vector<float> progression;                         // [year][age][sex][cognition], per day
  std::array<float, model::cognition_count> reversal{};   // per day
  std::array<float, model::cognition_count> diagnosis{};  // per day
  std::array<std::uint8_t, model::user_group_count> earlier{};  // whole years
};

struct Cognition {
  static engine::RatePerDay rate_up(const CognitionTables& tables, const Life& life) {
    const std::size_t age =
        std::min(life.age + tables.earlier[model::index(life.who.group)], age_count - 1);
    const std::size_t row = age_row(life.year, age) * model::sex_count + life.sex;
    return tables.progression[row * model::cognition_count + model::index(life.who.cognition)];
  }
  static engine::RatePerDay rate_back(const CognitionTables& tables, const Life& life) {
    return tables.reversal[model::index(life.who.cognition)];
  }
  static engine::RatePerDay rate_diagnosis(const CognitionTables& tables, const Life& life,
                                           const model::CareCase* c) {
    if (life.who.diagnosed) return 0.0F;
    const float rate = tables.diagnosis[model::index(life.who.cognition)];
    return c != nullptr ? rate * c->ratio(model::RateName::diagnosis) : rate;
  }
  static void fire_up(World& world, model::ResidentId id);
  static void fire_back(World& world, model::ResidentId id);
  static void fire_diagnosis(World& world, model::ResidentId id);
};

}  // namespace carestair::processes
