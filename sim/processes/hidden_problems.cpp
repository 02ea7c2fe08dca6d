#include "processes/hidden_problems.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {
namespace {

using model::HiddenProblem;

using Problems = std::array<const config::HiddenProblem*, model::hidden_problem_count>;

Problems problems_of(const config::HiddenProblems& rules) {
  return {&rules.alcohol, &rules.abuse, &rules.malnutrition};
}

/// How much more common a problem is for somebody than for those whom its tables describe.
double exposure(const config::HiddenProblem& problem, model::Sex sex, bool dementia, bool late) {
  return (sex == model::Sex::male ? problem.men_ratio : 1.0) *
         (dementia ? problem.dementia_ratio : 1.0) * (late ? problem.late_cohort_ratio : 1.0);
}

double share_with(const config::HiddenProblem& problem, model::NeedLevel need, double exposed) {
  return std::min(problem.prevalence(model::index(need)) * exposed, 1.0);
}

bool of_late_cohort(const config::HiddenProblems& rules, const model::Resident& who) {
  return base::to_date(who.birth).year >= rules.late_cohort_from;
}

/// Whether what has this rate happens within a year to the one with this uniform number.
bool within_a_year(double uniform, double rate) {
  return uniform < rate && uniform < 1.0 - std::exp(-rate);  // the first is cheap and wider
}

/// Hours a week in which staff see the resident.
double contact_hours(const World& world, const model::Resident& who) {
  const double most = world.config().hidden_problems.contact_hours_max;
  if (!model::at_home(who.dwelling)) return most;
  if (!who.care_case.valid()) return 0.0;
  double hours = 0.0;
  for (const model::Holding& h : world.at(who.care_case).in_use()) {
    // What a device saves and nobody else gets is no contact.
    const auto form = world.rules().services.rules[h.service].form;
    if (form != config::ServiceForm::technology) hours += static_cast<double>(h.hours_per_week);
  }
  return std::min(hours, most);
}

}  // namespace

HiddenProblemTables::HiddenProblemTables(const config::Config& config,
                                         const synth::HealthTables& health, int first_year)
    : from_age(static_cast<std::size_t>(config.hidden_problems.from_age)) {
  const Problems problems = problems_of(config.hidden_problems);
  for (std::size_t set = 0; set < combinations; ++set) {
    for (std::size_t k = 0; k < problems.size(); ++k) {
      if ((set >> k & 1U) == 0) continue;
      ratio[set].decline *= static_cast<float>(problems[k]->decline_ratio);
      ratio[set].acute *= static_cast<float>(problems[k]->acute_ratio);
      ratio[set].fall *= static_cast<float>(problems[k]->fall_ratio);
      ratio[set].death *= static_cast<float>(problems[k]->death_ratio);
      ratio[set].loneliness *= static_cast<float>(problems[k]->loneliness_ratio);
    }
  }
  // The mean factor of an age, sex and need; problems come independently of each other.
  const auto mean = [&](std::size_t age, model::Sex sex, model::NeedLevel need,
                        double config::HiddenProblem::*effect) {
    const bool late = first_year - static_cast<int>(age) >= config.hidden_problems.late_cohort_from;
    double with_need = 0.0;
    double sum = 0.0;
    for (std::size_t c = 0; c < model::cognition_count; ++c) {
      const auto cognition = static_cast<model::Cognition>(c);
      const double share = health.share(static_cast<int>(age), sex, need, cognition);
      double factor = 1.0;
      for (const config::HiddenProblem* problem : problems) {
        const double exposed = exposure(*problem, sex, model::has_dementia(cognition), late);
        factor *= 1.0 + (problem->*effect - 1.0) * share_with(*problem, need, exposed);
      }
      with_need += share;
      sum += share * factor;
    }
    return with_need > 0.0 && sum > 0.0 ? static_cast<float>(with_need / sum) : 1.0F;
  };
  inverse_mean.reserve(age_count * model::sex_count * model::need_level_count);
  for (std::size_t age = 0; age < age_count; ++age) {
    for (std::size_t s = 0; s < model::sex_count; ++s) {
      for (std::size_t n = 0; n < model::need_level_count; ++n) {
        if (age < from_age) {
          inverse_mean.emplace_back();
          continue;
        }
        const auto sex = static_cast<model::Sex>(s);
        const auto need = static_cast<model::NeedLevel>(n);
        inverse_mean.push_back({mean(age, sex, need, &config::HiddenProblem::decline_ratio),
                                mean(age, sex, need, &config::HiddenProblem::acute_ratio),
                                mean(age, sex, need, &config::HiddenProblem::fall_ratio),
                                mean(age, sex, need, &config::HiddenProblem::death_ratio),
                                mean(age, sex, need, &config::HiddenProblem::loneliness_ratio)});
      }
    }
  }
}

void draw_hidden_problems(World& world, model::Resident& who, std::uint32_t occasion) {
  const config::HiddenProblems& rules = world.config().hidden_problems;
  who.problems = 0;
  who.detected_problems = 0;
  if (world.age(who) < rules.from_age) return;
  random::Stream stream = world.stream(who, random::Purpose::hidden_problem, occasion);
  const Problems problems = problems_of(rules);
  const bool dementia = model::has_dementia(who.cognition);
  const bool late = of_late_cohort(rules, who);
  for (std::size_t k = 0; k < problems.size(); ++k) {
    const double has = stream.uniform();
    const double known = stream.uniform();
    const double exposed = exposure(*problems[k], who.sex, dementia, late);
    if (has >= share_with(*problems[k], who.need, exposed)) continue;
    who.problems = (who.problems | 1U << k) & 7U;
    if (known >= problems[k]->detected_share) continue;
    who.detected_problems = (who.detected_problems | 1U << k) & 7U;
  }
}

double detection_chance(const World& world, const model::Resident& who, HiddenProblem problem) {
  const config::HiddenProblems& rules = world.config().hidden_problems;
  const model::CareCase* c = who.care_case.valid() ? &world.at(who.care_case) : nullptr;
  const double rate = rules.detection_base +
                      rules.detection_per_hour * contact_hours(world, who) * rules.competence;
  const float services = c != nullptr ? c->ratio(model::RateName::detection) : 1.0F;
  double missed = std::exp(-rate * static_cast<double>(services));
  if (c != nullptr && c->visited == world.today()) {
    missed *= 1.0 - rules.visit_screening_share * rules.visit_detection;
  }
  if (problem == HiddenProblem::malnutrition) {
    const bool nursing_home = who.dwelling == model::Dwelling::nursing_home;
    const double screened = nursing_home ? rules.nutrition_screened_nursing_home
                            : c != nullptr && has_staff_hours(world, *c)
                                ? rules.nutrition_screened_home
                                : 0.0;
    missed *= 1.0 - screened * rules.nutrition_sensitivity;
  }
  return 1.0 - missed;
}

void birthday_hidden_problems(World& world, model::ResidentId id) {
  model::Resident& who = world.at(id);
  const config::HiddenProblems& rules = world.config().hidden_problems;
  const int age = world.age(who);
  if (age < rules.from_age) return;
  const auto occasion = static_cast<std::uint32_t>(age);
  if (age == rules.from_age) {
    draw_hidden_problems(world, who, occasion);
    return;
  }
  random::Stream life = world.stream(who, random::Purpose::hidden_problem, occasion);
  random::Stream finding = world.stream(who, random::Purpose::detection, occasion);
  const Problems problems = problems_of(rules);
  const bool dementia = model::has_dementia(who.cognition);
  const bool late = of_late_cohort(rules, who);
  const auto hidden_before = static_cast<unsigned>(who.problems & ~who.detected_problems);
  for (std::size_t k = 0; k < problems.size(); ++k) {
    const config::HiddenProblem& problem = *problems[k];
    const std::string_view name = model::hidden_problem_names[k];
    const double turns = life.uniform();
    const double found = hidden_before != 0 ? finding.uniform() : 1.0;
    const unsigned bit = 1U << k;
    if ((who.problems & bit) == 0) {
      const double onset =
          problem.onset(model::index(who.need)) * exposure(problem, who.sex, dementia, late);
      if (!within_a_year(turns, onset)) continue;
      who.problems = (who.problems | bit) & 7U;
      world.explain(who, [&] { return fmt::format("has a hidden problem: {}", name); });
      continue;
    }
    const bool known = (who.detected_problems & bit) != 0;
    if (within_a_year(turns, known ? problem.end_detected : problem.end)) {
      who.problems = who.problems & ~bit & 7U;
      who.detected_problems = who.detected_problems & ~bit & 7U;
      world.explain(who, [&] { return fmt::format("is rid of a problem: {}", name); });
    } else if (!known && found < detection_chance(world, who, static_cast<HiddenProblem>(k))) {
      who.detected_problems = (who.detected_problems | bit) & 7U;
      world.explain(who, [&] { return fmt::format("a hidden problem is detected: {}", name); });
    }
  }
}

}  // namespace carestair::processes
