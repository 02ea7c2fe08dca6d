// Acute illness and falls: two clocks.
//
//   episodes(age, need) = rate(age, need) / (1 - caught_in_rate) * nursing home * window * services
//                         * hidden problems + additional(age)
//   falls(age, need)    = rate(age, need) * nursing home * unsuitable home * services
//
// `services` are their effects on the rates acute, fall and, within the window, readmission. An
// episode is caught at home (share caught, less by the effects on the rate admission), or treated
// in a municipal acute bed, or in hospital (hospital.hpp). `additional` are those who without acute
// beds would have stayed at home. A fall may break a hip or lead to hospital otherwise. All
// questions of an episode are answered by numbers that belong to the resident and the episode,
// compared with the shares in force: a policy that catches more still catches everybody who was
// caught before.
#pragma once

#include <vector>

#include "config/sections/config.hpp"
#include "engine/time.hpp"
#include "model/care.hpp"
#include "processes/age_profile.hpp"
#include "processes/life.hpp"
#include "synth/health.hpp"

namespace carestair::processes {

class World;

struct AcuteTables {
  AcuteTables() = default;
  /// Tables by calendar year follow the morbidity regime, as those of function do.
  AcuteTables(const config::Config& config, const synth::HealthTables& health, int first_year,
              int last_year);

  std::vector<float> episodes;    // [year][age][need], per day, of those at home
  std::vector<float> additional;  // [age], per day; none without acute beds
  std::vector<float> falls;       // [year][age][need], per day, in a suitable home
  std::vector<float> hip_share;   // [year][age][sex], of falls
  /// [year][age][sex]: what hip fractures do to the mean risk of death; the norm of the life table
  /// holds it.
  std::vector<float> excess_death;
  float nursing_home_ratio = 1.0F;
  float window_ratio = 1.0F;
  float follow_up_ratio = 1.0F;  // times the window's
  float fall_nursing_home_ratio = 1.0F;
  float unsuitable_home_ratio = 1.0F;
};

/// What acute stays and hip fractures cost for good, in need levels a year, at an age: what they
/// take less what comes back. function.decline contains it.
double lasting_loss(const config::Config& config, std::size_t age, std::size_t sex,
                    std::size_t need);

struct Acute {
  /// `problems`: what hidden problems do (hidden_problems.hpp).
  static engine::RatePerDay rate(const AcuteTables& tables, const Life& life,
                                 const model::CareCase* c, float problems = 1.0F) {
    const model::Resident& who = life.who;
    if (who.in_hospital) return 0.0F;
    float rate = problems * tables.episodes[age_row(life.year, life.age) * model::need_level_count +
                                            model::index(who.need)];
    if (who.dwelling == model::Dwelling::nursing_home) rate *= tables.nursing_home_ratio;
    if (who.after_discharge) rate *= who.followed_up ? tables.follow_up_ratio : tables.window_ratio;
    if (c != nullptr) {
      rate *= c->ratio(model::RateName::acute);
      if (who.after_discharge) rate *= c->ratio(model::RateName::readmission);
    }
    // Stays that there would be none of without the beds are of people who live at home.
    return model::at_home(who.dwelling) ? rate + tables.additional[life.age] : rate;
  }
  static void fire(World& world, model::ResidentId id);
};

struct Falls {
  static engine::RatePerDay rate(const AcuteTables& tables, const Life& life,
                                 const model::CareCase* c) {
    const model::Resident& who = life.who;
    if (who.in_hospital) return 0.0F;
    float rate =
        tables
            .falls[age_row(life.year, life.age) * model::need_level_count + model::index(who.need)];
    if (who.dwelling == model::Dwelling::nursing_home) {
      rate *= tables.fall_nursing_home_ratio;
    } else if (who.dwelling == model::Dwelling::unsuitable_home) {
      rate *= tables.unsuitable_home_ratio;
    }
    return c != nullptr ? rate * c->ratio(model::RateName::fall) : rate;
  }
  static void fire(World& world, model::ResidentId id);
};

}  // namespace carestair::processes
