#include "cli/municipality_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "cli/text.hpp"

namespace carestair::cli {
namespace {

struct AgeGroup {
  std::size_t from;
  std::size_t to;
  std::string_view words;
};
constexpr std::array age_groups{AgeGroup{0, 17, "of 0-17"}, AgeGroup{18, 66, "of 18-66"},
                                AgeGroup{67, 79, "of 67-79"}, AgeGroup{80, 89, "of 80-89"},
                                AgeGroup{90, config::oldest_age, "of 90 and over"}};

// So many are mostly a table in other units than it is read in.
constexpr double many_in_movers = 0.15;

std::string percent(double share) {
  return fmt::format("{} %", decimal(100.0 * share, decimals_for(100.0 * share, 2)));
}

std::string ages_in_words(const synth::Tables& population) {
  std::vector<std::string> parts;
  for (const AgeGroup& group : age_groups) {
    std::int64_t persons = 0;
    for (const auto& by_age : population.counts) {
      for (std::size_t age = group.from; age <= group.to && age < by_age.size(); ++age) {
        persons += by_age[age];
      }
    }
    parts.push_back(fmt::format("{} {}", grouped(persons), group.words));
  }
  return enumerated(parts);
}

double in_mover_share(const synth::Tables& population) {
  return population.residents > 0 ? population.in_movers_a_year / population.residents : 0.0;
}

bool has_limit(const config::Config& config, const config::Service& service) {
  if (service.capacity >= 0.0 || service.hours_capacity >= 0.0) return true;
  if (service.volunteer_hours_per_week > 0.0) return true;
  if (std::ranges::find(config.facilities, service.id, &config::Facility::service) !=
      config.facilities.end()) {
    return true;
  }
  const auto pool = std::ranges::find(config.services, service.pool, &config::Service::id);
  return pool != config.services.end() && pool->pool.empty() && has_limit(config, *pool);
}

/// "hours: one, two; offer: three"; what nobody takes up is left out.
std::string without_limit(const config::Config& config) {
  std::string words;
  for (std::size_t form = 0; form < config::service_form_names.size(); ++form) {
    std::vector<std::string> ids;
    for (const config::Service& service : config.services) {
      if (static_cast<std::size_t>(service.form) != form || service.uptake <= 0.0) continue;
      if (!has_limit(config, service)) ids.push_back(service.id);
    }
    if (ids.empty()) continue;
    words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", config::service_form_names[form],
                         fmt::join(ids, ", "));
  }
  return words.empty() ? "none: every service has a capacity" : words;
}

}  // namespace

std::string municipality_in_words(const experiment::Study& study) {
  const synth::Tables& population = study.population;
  return paragraph("Residents     ", ages_in_words(population)) +
         paragraph("In-movers     ",
                   fmt::format(
                       "{} a year, {} of the residents",
                       grouped(static_cast<std::int64_t>(std::lround(population.in_movers_a_year))),
                       percent(in_mover_share(population)))) +
         paragraph("Without limit ", without_limit(study.config()));
}

std::string doubts_in_words(const experiment::Study& study) {
  const double share = in_mover_share(study.population);
  if (share <= many_in_movers) return {};
  return paragraph(
      "Doubtful      ",
      fmt::format(
          "{} of the residents would move in every year. migration.in_per_1000 is a number a "
          "year at each single year of age and of each sex, for 1000 residents of all ages: "
          "its cells together are the in-movers for 1000 residents, so a group of ages must "
          "be shared out among its years",
          percent(share)));
}

}  // namespace carestair::cli
