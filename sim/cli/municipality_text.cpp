#include "cli/municipality_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
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

constexpr std::size_t old_age = 80;
// Places with 24-hour care for each resident of 80 and over in the country in 2011, for all ages
// and stays included: Meld. St. 29 (2012-2013), `meld_st_29` in configs/norway/sources.yaml.
constexpr double national_places = 0.28;
// No municipality is this far from the country: mostly users or a year's stays counted as places.
constexpr double far_from_national = 3.0;

std::string percent(double share) {
  return fmt::format("{} %", decimal(100.0 * share, decimals_for(100.0 * share, 2)));
}

std::int64_t persons_of(const synth::Tables& population, std::size_t from, std::size_t to) {
  std::int64_t persons = 0;
  for (const auto& by_age : population.counts) {
    for (std::size_t age = from; age <= to && age < by_age.size(); ++age) persons += by_age[age];
  }
  return persons;
}

std::string ages_in_words(const synth::Tables& population) {
  std::vector<std::string> parts;
  for (const AgeGroup& group : age_groups) {
    parts.push_back(
        fmt::format("{} {}", grouped(persons_of(population, group.from, group.to)), group.words));
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

/// Of a service that has a limit, when the run begins. Where there are facilities they are it.
double capacity_of(const config::Config& config, const config::Service& service) {
  double places = 0.0;
  bool facilities = false;
  for (const config::Facility& facility : config.facilities) {
    if (facility.service != service.id) continue;
    facilities = true;
    places += facility.places;
  }
  return facilities ? places : std::max(service.capacity, 0.0);
}

/// Places with staff day and night when the run begins, stays included.
struct Places {
  double persons = 0.0;
  double for_each_old = 0.0;          // resident of 80 and over
  std::vector<std::string> services;  // that have any
};

/// Nothing where a place has no limit, or nobody is old.
std::optional<Places> places_of(const experiment::Study& study) {
  const config::Config& config = study.config();
  Places places;
  for (const config::Service& service : config.services) {
    const bool is_place =
        service.form == config::ServiceForm::place || service.form == config::ServiceForm::stay;
    if (!is_place || service.uptake <= 0.0 || !service.pool.empty()) continue;
    if (!has_limit(config, service)) return std::nullopt;
    const double persons = capacity_of(config, service);
    if (persons > 0.0) places.services.push_back(service.id);
    places.persons += persons;
  }
  const auto old = static_cast<double>(persons_of(study.population, old_age, config::oldest_age));
  if (old <= 0.0) return std::nullopt;
  places.for_each_old = places.persons / old;
  return places;
}

std::string places_in_words(const Places& places) {
  return fmt::format(
      "{} with staff day and night, stays included: {} for 100 residents of {} and "
      "over, in the country {} in 2011",
      grouped(std::lround(places.persons)),
      decimal(100.0 * places.for_each_old, decimals_for(100.0 * places.for_each_old, 2)), old_age,
      decimal(100.0 * national_places, 0));
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
  const std::optional<Places> places = places_of(study);
  return paragraph("Residents     ", ages_in_words(population)) +
         paragraph("In-movers     ",
                   fmt::format(
                       "{} a year, {} of the residents",
                       grouped(static_cast<std::int64_t>(std::lround(population.in_movers_a_year))),
                       percent(in_mover_share(population)))) +
         (places ? paragraph("Places        ", places_in_words(*places)) : std::string()) +
         paragraph("Without limit ", without_limit(study.config()));
}

std::string doubts_in_words(const experiment::Study& study) {
  std::string doubts;
  const double share = in_mover_share(study.population);
  if (share > many_in_movers) {
    doubts += paragraph(
        "Doubtful      ",
        fmt::format(
            "{} of the residents would move in every year. migration.in_per_1000 is a number a "
            "year at each single year of age and of each sex, for 1000 residents of all ages: "
            "its cells together are the in-movers for 1000 residents, so a group of ages must "
            "be shared out among its years",
            percent(share)));
  }
  const std::optional<Places> places = places_of(study);
  const double ratio = places ? places->for_each_old / national_places : 1.0;
  if (ratio < 1.0 / far_from_national || ratio > far_from_national) {
    doubts += paragraph(
        "Doubtful      ",
        fmt::format("{} places with staff day and night would be {} what the country has for its "
                    "residents of {} and over. The capacity of a service is how many can have it "
                    "at the same time when the run begins, in this municipality alone: not its "
                    "users or stays of a year. {}",
                    grouped(std::lround(places->persons)),
                    ratio < 1.0 ? "less than a third of" : "more than three times", old_age,
                    places->services.empty()
                        ? "No service of form place or stay has any"
                        : "They are those of " + enumerated(places->services)));
  }
  return doubts;
}

}  // namespace carestair::cli
