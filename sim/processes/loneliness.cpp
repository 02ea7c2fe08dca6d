#include "processes/loneliness.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "processes/households.hpp"
#include "processes/past_year.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

namespace {

/// A year, of those who are not lonely; endless where everybody is.
double onset_rate(double share, double end, double ratio) {
  if (share >= 1.0) return std::numeric_limits<double>::infinity();
  return end * share / (1.0 - share) * ratio;
}

}  // namespace

LonelyYear lonely_year(double share, double end, double onset_ratio, double end_ratio) {
  if (share >= 1.0) return {1.0, 0.0};
  const double onset = onset_rate(share, end, onset_ratio);
  const double both = onset + end * end_ratio;
  if (both <= 0.0) return {};
  const double turned = 1.0 - std::exp(-both);
  return {turned * onset / both, turned * (1.0 - onset / both)};
}

double lonely_share(const World& world, const model::Resident& who) {
  if (!model::at_home(who.dwelling)) return world.config().loneliness.place_share;
  const config::Initial& initial = world.config().initial;
  return lives_alone(world, who) ? initial.lonely_alone : initial.lonely_together;
}

void redraw_loneliness(World& world, model::ResidentId id, random::Purpose purpose,
                       std::uint32_t occasion) {
  model::Resident& who = world.at(id);
  who.lonely = world.stream(who, purpose, occasion).chance(lonely_share(world, who));
  world.touch(id);
}

void moved_to_place(World& world, model::ResidentId id) {
  constexpr std::uint32_t moving = 1000;  // no age, by which birthdays are told apart
  redraw_loneliness(world, id, random::Purpose::loneliness, moving);
}

void birthday_loneliness(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  const int age = world.age(who);
  if (age < synth::youngest_lonely) return;
  const auto occasion = static_cast<std::uint32_t>(age);
  if (age == synth::youngest_lonely) {
    redraw_loneliness(world, id, random::Purpose::loneliness, occasion);
    return;
  }
  const auto services = [&](model::RateName rate) {
    return static_cast<double>(ratio_of_past_year(world, who, rate));
  };
  const auto row = static_cast<std::size_t>(std::min(age, config::oldest_age));
  const ProblemFactors problems =
      world.rules().hidden_problems.factors({who, row, model::index(who.sex), 0});
  const double onset_ratio =
      services(model::RateName::loneliness_onset) * static_cast<double>(problems.loneliness);
  const double end_ratio = services(model::RateName::loneliness_end) *
                           (who.volunteer ? world.config().volunteers.loneliness_end_ratio : 1.0);
  const double end = world.config().loneliness.end;
  random::Stream stream = world.stream(who, random::Purpose::loneliness, occasion);
  const double begins = stream.uniform();
  const double ends = stream.uniform();
  const double share = lonely_share(world, who);
  // A chance within a year is below its rate, and most are told apart by the rate alone.
  if (who.lonely ? ends >= end * end_ratio : begins >= onset_rate(share, end, onset_ratio)) return;
  const LonelyYear year = lonely_year(share, end, onset_ratio, end_ratio);
  if (who.lonely ? ends >= year.ends : begins >= year.begins) return;
  who.lonely = !who.lonely;
  world.explain(who,
                [&] { return std::string(who.lonely ? "becomes lonely" : "is no longer lonely"); });
}

}  // namespace carestair::processes
