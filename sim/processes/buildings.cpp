#include "processes/buildings.hpp"

#include <algorithm>
#include <cmath>

#include "processes/world.hpp"

namespace carestair::processes {

using model::Account;
using model::Building;
using model::Payer;

float capacity_of(const World& world, model::ServiceIndex service) {
  return world.rules().services.rules[service].capacity + world.state.places[service];
}

float capacity_at_first(const World& world, model::ServiceIndex service) {
  const Rules& rules = world.first_rules();
  double persons = static_cast<double>(rules.services.rules[service].capacity);
  for (const config::Facility& facility : rules.config.facilities) {
    if (facility.service == rules.config.services[service].id) persons += facility.places;
  }
  return static_cast<float>(persons);
}

double annuity(double interest, double years) {
  if (interest <= 0.0) return 1.0 / years;
  return interest / (1.0 - std::pow(1.0 + interest, -years));
}

namespace {

/// The numbers of a project in a world, which no policy changes.
struct ProjectDraws {
  double delay = 0.0;  // standard normal
  double cancelled = 0.0;
  double granted = 0.0;

  ProjectDraws(const World& world, const config::Project& project) {
    random::Stream draws(world.seed(), random::key_of(project.id), random::Purpose::building);
    delay = draws.normal();
    cancelled = draws.uniform();
    granted = draws.uniform();
  }
};

/// Changes the places of a building, and of its service with them.
void furnish(World& world, Building& building, double places) {
  const auto room = static_cast<float>(places);
  world.state.places[building.service] += room - building.places;
  building.places = room;
}

Building building_of(const World& world, const std::string& service, base::Day opened) {
  const auto& services = world.config().services;
  const auto found = std::ranges::find(services, service, &config::Service::id);
  return {.opened = opened, .service = static_cast<std::size_t>(found - services.begin())};
}

bool is_granted(const World& world, const config::Project& project) {
  return project.applies && project.grant_share > 0.0 &&
         ProjectDraws(world, project).granted < world.config().buildings.grant_takeup;
}

/// What the state grants for one building of a project.
double grant_of(const World& world, const config::Project& project) {
  if (!is_granted(world, project)) return 0.0;
  return project.grant_share *
         std::min(project.cost_per_place, world.config().buildings.grant_cap) * project.places;
}

void close(World& world, Building& building) {
  if (!building.open()) return;
  building.closed = world.today();
  furnish(world, building, 0.0);
}

/// A building with a grant that is closed before its time pays back what is left of the tie.
void close_project(World& world, const config::Project& project, Building& building) {
  if (!building.open()) return;
  close(world, building);
  const double tie = world.config().buildings.grant_tie_years * base::days_per_year;
  const double left = tie > 0.0 ? 1.0 - (building.closed - building.opened) / tie : 0.0;
  if (left <= 0.0) return;
  world.state.ledger.money.transfer(Account::investment_grant, Payer::municipality, Payer::state,
                                    left * grant_of(world, project));
}

void close_what_is_replaced(World& world, const std::string& id) {
  const config::Config& config = world.config();
  for (std::size_t i = 0; i < config.facilities.size(); ++i) {
    if (config.facilities[i].id == id) close(world, world.state.facilities[i]);
  }
  for (std::size_t i = 0; i < config.projects.size(); ++i) {
    if (config.projects[i].id != id) continue;
    for (Building& building : world.state.projects[i]) {
      close_project(world, config.projects[i], building);
    }
  }
}

/// Day from which the years of a project are counted; never while it waits for another.
base::Day begins(const World& world, const config::Project& project) {
  if (project.after.empty()) return project.planned;
  const auto& projects = world.config().projects;
  for (std::size_t i = 0; i < projects.size(); ++i) {
    if (projects[i].id != project.after || world.state.projects[i].empty()) continue;
    return std::max(project.planned, world.state.projects[i].front().opened);
  }
  return model::never;
}

/// Day on which the next building of a project opens; never when there is none.
base::Day opens(const World& world, const config::Project& project, std::size_t built) {
  if (!project.decided || built >= static_cast<std::size_t>(project.times)) return model::never;
  const base::Day from = begins(world, project);
  const ProjectDraws draws(world, project);
  if (from == model::never || draws.cancelled < project.cancelled_share) return model::never;
  const double lag = random::lognormal(project.lag_years, project.lag_cv, draws.delay);
  const double years = lag + static_cast<double>(built) * project.every_years;
  return from + base::whole_days(years * base::days_per_year);
}

/// Day on which a facility is worn out. What its condition tells counts for more than its age.
base::Day worn_out(const World& world, const config::Facility& facility, base::Day opened) {
  const auto days = [](double years) { return base::whole_days(years * base::days_per_year); };
  if (facility.remaining_years < 0.0) return opened + days(facility.life_years);
  return std::max(opened, world.period().report_from) + days(facility.remaining_years);
}

void follow_facility(World& world, const config::Facility& facility, Building& building) {
  const base::Day built = base::first_of_year(facility.year_built);
  if (building.opened == Building::not_yet && built <= world.today()) {
    building = building_of(world, facility.service, built);
  }
  if (building.open()) furnish(world, building, facility.places);
  if (building.open() && world.today() >= worn_out(world, facility, building.opened)) {
    close(world, building);
  }
}

void follow_project(World& world, std::size_t index) {
  const config::Project& project = world.config().projects[index];
  std::vector<Building>& built = world.state.projects[index];
  while (opens(world, project, built.size()) <= world.today()) {
    built.push_back(building_of(world, project.service, world.today()));
    if (!project.replaces.empty()) close_what_is_replaced(world, project.replaces);
  }
  const int life = base::whole_days(world.config().buildings.life_years * base::days_per_year);
  for (Building& building : built) {
    if (building.open()) furnish(world, building, project.places);
    if (building.open() && world.today() - building.opened >= life) {
      close_project(world, project, building);
    }
  }
}

}  // namespace

void open_and_close_buildings(World& world) {
  const config::Config& config = world.config();
  world.state.facilities.resize(config.facilities.size());
  world.state.projects.resize(config.projects.size());
  for (std::size_t i = 0; i < config.facilities.size(); ++i) {
    follow_facility(world, config.facilities[i], world.state.facilities[i]);
  }
  for (std::size_t i = 0; i < config.projects.size(); ++i) follow_project(world, i);
}

void pay_for_buildings(World& world) {
  const config::Config& config = world.config();
  const config::Buildings& rules = config.buildings;
  const int life = base::whole_days(rules.life_years * base::days_per_year);
  const double month = annuity(rules.interest, rules.life_years) / 12.0;
  model::Money& money = world.state.ledger.money;
  for (std::size_t i = 0; i < config.projects.size(); ++i) {
    const config::Project& project = config.projects[i];
    for (const Building& building : world.state.projects[i]) {
      // Closed or not: the loan runs on.
      if (world.today() - building.opened >= life) continue;
      const double cost = month * project.cost_per_place * project.places;
      const double grant = month * grant_of(world, project);
      money.spend(Payer::municipality, Account::buildings, cost);
      money.transfer(Account::investment_grant, Payer::state, Payer::municipality, grant);
      if (building.open()) {
        money.transfer(Account::rents, Payer::user, Payer::municipality,
                       project.rent_share * (cost - grant));
      }
    }
  }
}

}  // namespace carestair::processes
