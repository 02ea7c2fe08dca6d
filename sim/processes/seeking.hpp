// Help seeking: the rate of an application for services.
//
//   rate = base(need level) * u^min(unmet hours, max) * alone * dementia * visited * mastery
//
// u, alone, dementia and visited are rate ratios of config section `seeking`. While a case stands
// in the queue, or is met within the sound bound by services it has, nobody applies. Who has had a
// decision asks again only once more is unmet than it left.
#pragma once

#include <array>

#include "base/day.hpp"
#include "config/sections/care.hpp"
#include "engine/time.hpp"
#include "model/care.hpp"
#include "processes/life.hpp"

namespace carestair::processes {

class World;

struct SeekingTables {
  SeekingTables() = default;
  explicit SeekingTables(const config::Seeking& seeking);
  std::array<float, model::need_level_count> base{};  // per day
};

struct Seeking {
  static engine::RatePerDay rate(const SeekingTables& tables, const Life& life) {
    return tables.base[model::index(life.who.need_in_effect())] * life.who.seeking_ratio;
  }
  static void fire(World& world, model::ResidentId id);
};

/// Everything but the base rate, for Resident::seeking_ratio.
float seeking_ratio(const World& world, const model::CareCase& c);

/// Day on which the effect of the latest preventive visit ends; never when none is on.
base::Day visit_fades(const World& world, const model::CareCase& c);

/// True when no type of need is left unmet above what allocation calls sound.
/// `leniency` multiplies the bounds.
bool is_sound(const World& world, const model::NeedVector& unmet, float leniency = 1.0F);

}  // namespace carestair::processes
