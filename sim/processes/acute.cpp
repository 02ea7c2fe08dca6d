#include "processes/acute.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "processes/case_update.hpp"
#include "processes/hospital.hpp"
#include "processes/services.hpp"
#include "processes/stays.hpp"
#include "processes/travel.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

namespace {

constexpr int trend_from = 2015;  // the year of falls.hip_fracture_share

bool has_acute_beds(const config::Config& config) {
  return std::ranges::any_of(config.services, [](const config::Service& s) {
    return s.form == config::ServiceForm::acute_bed && s.capacity != 0.0;
  });
}

/// Probability that something with this rate a year happens within the days.
double within(double per_year, double days) {
  return 1.0 - std::exp(-per_year * days / base::days_per_year);
}

/// By what recent hip fractures raise the mean risk of death over the residents of an age and sex
/// at the start.
double excess_after_hips(const config::Config& config, const synth::HealthTables& health,
                         std::size_t age, model::Sex sex, double hip_share) {
  const auto& cells = health.cells(static_cast<int>(age), sex);
  double usual = 0.0;
  double raised = 0.0;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const std::size_t need = model::index(synth::need_of_cell(cell));
    const double risk =
        config.mortality.need_ratio(age, need) *
        config.mortality.cognition_ratio(age, model::index(synth::cognition_of_cell(cell)));
    const double hips = config.falls.rate(age, need) * hip_share;  // a year
    const double recent = within(hips, config.hospital.hip_death_days);
    usual += cells[cell] * risk;
    raised += cells[cell] * risk * (1.0 + (config.hospital.hip_death_ratio - 1.0) * recent);
  }
  return usual > 0.0 ? raised / usual : 1.0;
}

}  // namespace

AcuteTables::AcuteTables(const config::Config& config, const synth::HealthTables& health, int first,
                         int last)
    : nursing_home_ratio(static_cast<float>(config.acute.nursing_home_ratio)),
      window_ratio(static_cast<float>(config.acute.window_ratio)),
      follow_up_ratio(static_cast<float>(config.acute.window_ratio * config.acute.follow_up_ratio)),
      fall_nursing_home_ratio(static_cast<float>(config.falls.nursing_home_ratio)),
      unsuitable_home_ratio(static_cast<float>(config.falls.unsuitable_home_ratio)) {
  const std::vector<double> shift = age_shifts(config.morbidity, config.mortality, first, last);
  const double beds = has_acute_beds(config) ? acute_bed_use(config.travel) : 0.0;
  for (std::size_t age = 0; age < age_count; ++age) {
    additional.push_back(per_day(config.acute_beds.additional_rate(age) * beds));
  }
  for (std::size_t year = 0; year < shift.size(); ++year) {
    const double trend = std::pow(1.0 + config.falls.hip_fracture_trend,
                                  first + static_cast<int>(year) - trend_from);
    for (std::size_t age = 0; age < age_count; ++age) {
      const double as_of = static_cast<double>(age) - shift[year];
      std::array<double, model::need_level_count> fall{};
      for (std::size_t need = 0; need < model::need_level_count; ++need) {
        const double bed =
            at_age(as_of, [&](std::size_t at) { return config.acute.rate(at, need); });
        episodes.push_back(per_day(bed / (1.0 - config.acute.caught_in_rate)));
        fall[need] = at_age(as_of, [&](std::size_t at) { return config.falls.rate(at, need); });
        falls.push_back(per_day(fall[need]));
      }
      for (std::size_t sex = 0; sex < model::sex_count; ++sex) {
        const double share = trend * at_age(as_of, [&](std::size_t at) {
                               return config.falls.hip_fracture_share(at, sex);
                             });
        hip_share.push_back(static_cast<float>(share));
        const auto from = static_cast<std::size_t>(
            std::clamp(std::lround(as_of), 0L, static_cast<long>(config::oldest_age)));
        excess_death.push_back(static_cast<float>(
            excess_after_hips(config, health, from, static_cast<model::Sex>(sex), share)));
      }
    }
  }
}

double lasting_loss(const config::Config& config, std::size_t age, std::size_t sex,
                    std::size_t need) {
  const config::Hospital& hospital = config.hospital;
  // Stays after illness, those soon after another among them, and after falls without a fracture.
  const config::Acute& acute = config.acute;
  const double usual = acute.rate(age, need);
  const double again =
      within(usual * acute.window_ratio, acute.window_days) - within(usual, acute.window_days);
  // Acute beds take over some of them, and call forth others.
  const double beds = has_acute_beds(config) ? acute_bed_use(config.travel) : 0.0;
  const double in_beds = usual * (1.0 + again) * config.acute_beds.substitution_share(age) * beds;
  const double at_hospital = usual * (1.0 + again) - in_beds +
                             config.falls.rate(age, need) * config.falls.other_admission_share;
  const double additional = config.acute_beds.additional_rate(age) * beds;
  const double stays = (at_hospital + (in_beds + additional) * config.acute_beds.loss_ratio) *
                       hospital.loss_share(age) *
                       (1.0 - within(hospital.loss_recovery, hospital.recovery_days));
  // Of two levels lost one may come back.
  const double hips = config.falls.rate(age, need) * config.falls.hip_fracture_share(age, sex) *
                      ((hospital.hip_loss_share + hospital.hip_loss_two_share) *
                           (1.0 - within(hospital.hip_recovery, hospital.recovery_days)) +
                       hospital.hip_loss_two_share);
  return stays + hips;
}

void Acute::fire(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  const config::Config& config = world.config();
  const auto age = static_cast<std::size_t>(std::min(world.age(who), config::oldest_age));
  random::Stream stream = world.stream(who, random::Purpose::episode, who.episodes);
  ++who.episodes;
  const double kind = stream.uniform();
  const double caught = stream.uniform();
  const double bed = stream.uniform();
  const float rate = world.clock_rate(id, Clock::acute);
  const float additional =
      model::at_home(who.dwelling) ? world.rules().acute.additional[age] : 0.0F;
  // Those of the highest numbers would have stayed at home without acute beds: when the beds are
  // full, or gone, nothing happens to them.
  if (rate > 0.0F && kind > 1.0 - static_cast<double>(additional / rate)) {
    if (acute_bed_free(world, who)) admit(world, id, Cause::mild_illness, stream);
    return;
  }
  const auto with_staff = [&](const model::CareCase& c) {
    return held_stay(world, c) != model::no_service || has_staff_hours(world, c);
  };
  const bool staff = !model::at_home(who.dwelling) ||
                     (who.care_case.valid() && with_staff(world.at(who.care_case)));
  const double goes_on =
      1.0 - (staff ? config.acute.caught_with_staff : config.acute.caught_without_staff);
  const float services =
      who.care_case.valid() ? world.at(who.care_case).ratio(model::RateName::admission) : 1.0F;
  if (caught < 1.0 - goes_on * static_cast<double>(services)) {
    treat_at_home(world, id);
    return;
  }
  const double suited = config.acute_beds.substitution_share(age) * acute_bed_use(config.travel);
  const bool suits = bed < suited && acute_bed_free(world, who);
  admit(world, id, suits ? Cause::mild_illness : Cause::illness, stream);
}

void Falls::fire(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  const auto age = static_cast<std::size_t>(std::min(world.age(who), config::oldest_age));
  random::Stream stream = world.stream(who, random::Purpose::fall, who.falls);
  ++who.falls;
  const double outcome = stream.uniform();
  const int year = base::to_date(world.today()).year;
  const double hip =
      world.rules().acute.hip_share[age_row(world.rules().function.year_index(year), age) *
                                        model::sex_count +
                                    model::index(who.sex)];
  if (outcome < hip) {
    admit(world, id, Cause::hip_fracture, stream);
  } else if (outcome < hip + (1.0 - hip) * world.config().falls.other_admission_share) {
    admit(world, id, Cause::fall, stream);
  }
}

}  // namespace carestair::processes
