#include "processes/way_of_working.hpp"

#include <algorithm>
#include <cmath>

#include "processes/world.hpp"

namespace carestair::processes {

namespace {

struct Pull {
  double up;
  double down;
};

Pull pull_of(const config::WayOfWorking& rules, double span, double turnover) {
  const double a = anchoring(rules, span);
  return {rules.gain_per_hour * rules.training_hours * a, rules.decay * (1.0 - a) + turnover};
}

}  // namespace

double anchoring(const config::WayOfWorking& rules, double span) {
  return std::min(rules.anchored_share * rules.usual_span / span, 1.0);
}

double permeation_after(const config::WayOfWorking& rules, double permeation, double span,
                        double turnover, double years) {
  const auto [up, down] = pull_of(rules, span, turnover);
  if (up + down <= 0.0) return permeation;
  const double steady = up / (up + down);
  return steady + (permeation - steady) * std::exp(-(up + down) * years);
}

double steady_permeation(const config::WayOfWorking& rules) {
  const auto [up, down] = pull_of(rules, rules.usual_span, rules.usual_turnover);
  return up + down > 0.0 ? up / (up + down) : 0.0;
}

double training_time(const config::Config& config) {
  const config::WayOfWorking& rules = config.way_of_working;
  return (rules.training_hours - rules.usual_training_hours) /
         config.workforce.staffing.productive_hours;
}

double offer_share(const World& world) {
  const double share = world.config().allocation.reablement_offer_share;
  const auto& [now, start] = world.state.way_of_working;
  if (now < start) return share * now / start;
  return start < 1.0 ? share + (1.0 - share) * (now - start) / (1.0 - start) : share;
}

void begin_way_of_working(World& world) {
  const double steady = steady_permeation(world.config().way_of_working);
  world.state.way_of_working = {steady, steady};
}

void follow_way_of_working(World& world) {
  const config::WayOfWorking& rules = world.config().way_of_working;
  double people = 0.0;
  double newcomers = 0.0;
  double leaders = 0.0;
  const int month = base::to_date(world.today()).day;
  for (const model::Post& post : world.state.staff.posts) {
    if (post.state != model::Post::State::filled) continue;
    people += 1.0;
    if (post.holder.hired + month > world.today()) newcomers += 1.0;
    if (post.holder.occupation == model::Occupation::leader) {
      leaders += static_cast<double>(post.holder.position);
    }
  }
  const double years = month / base::days_per_year;
  const double turnover = people > 0.0 ? newcomers / people / years : rules.usual_turnover;
  const double span = leaders > 0.0 ? (people - leaders) / leaders : rules.usual_span;
  auto& [now, start] = world.state.way_of_working;
  now = permeation_after(rules, now, span, turnover, years);
  if (world.burning_in()) start = now;
}

}  // namespace carestair::processes
