#include "synth/staff.hpp"

#include <algorithm>
#include <cmath>

namespace carestair::synth {

namespace {

constexpr double senior = 55.0;  // workforce.recruitment.age_55_share

double age_at_start(const config::Workforce& workforce, const model::Employee& who,
                    random::Stream& stream) {
  const std::size_t o = model::index(who.occupation);
  const double retires =
      std::max(workforce.quits.retirement_age +
                   workforce.quits.retirement_sd * static_cast<double>(who.retires),
               senior + 1.0);
  if (stream.uniform() < workforce.recruitment.age_55_share(o)) {
    return stream.uniform(senior, retires);
  }
  return stream.uniform(workforce.recruitment.youngest(o), senior);
}

double age_when_hired(const config::Workforce& workforce, const model::Employee& who,
                      random::Stream& stream) {
  const std::size_t o = model::index(who.occupation);
  const double beyond = workforce.recruitment.years_after * stream.exponential();
  return std::min(workforce.recruitment.youngest(o) + beyond, workforce.recruitment.oldest_hired);
}

}  // namespace

float draw_position(const config::Staffing& staffing, random::WorldSeed seed, std::uint64_t post,
                    model::Occupation occupation) {
  random::Stream stream(seed, post, random::Purpose::post);
  const std::size_t o = model::index(occupation);
  if (stream.uniform() < staffing.full_time_share(o)) return 1.0F;
  // Evenly around the mean, within what a part-time post can be.
  const double mean = staffing.part_time_position(o);
  const double reach =
      std::max(0.0, std::min(mean - staffing.least_position, model::full_time_from - mean));
  return static_cast<float>(stream.uniform(mean - reach, mean + reach));
}

model::Employee draw_employee(const config::Workforce& workforce, random::WorldSeed seed,
                              const Hiring& hiring) {
  model::Employee who;
  who.uid = hiring.uid;
  who.occupation = hiring.occupation;
  who.hired = hiring.day;
  who.bound_until = hiring.day;
  random::Stream stream(seed, hiring.uid, random::Purpose::employee);
  who.sex = stream.chance(hiring.men_share) ? model::Sex::male : model::Sex::female;
  who.retires = static_cast<float>(std::clamp(stream.normal(), -2.0, 2.0));
  const double age = hiring.at_start ? age_at_start(workforce, who, stream)
                                     : age_when_hired(workforce, who, stream);
  who.birth =
      (hiring.at_start ? hiring.as_of : hiring.day) - base::whole_days(age * base::days_per_year);
  who.until_sick = random::threshold(seed, hiring.uid, random::Purpose::sick_leave);
  who.until_parental = random::threshold(seed, hiring.uid, random::Purpose::parental_leave);
  who.until_quit = random::threshold(seed, hiring.uid, random::Purpose::quit);
  return who;
}

}  // namespace carestair::synth
