#include "experiment/service_checks.hpp"

#include <algorithm>
#include <span>

#include "model/levels.hpp"

namespace carestair::experiment {
namespace {

using config::Service;
using config::ServiceForm;

/// Faults of one entry of a map, by key.
class EntryFaults {
 public:
  EntryFaults(const FaultReport& report, std::string address)
      : report_(report), address_(std::move(address)) {}
  void operator()(const std::string& key, const std::string& what, const char* hint) const {
    const std::string full = address_ + '.' + key;
    report_(full, full + what, hint);
  }

 private:
  const FaultReport& report_;
  std::string address_;
};

/// What a service names must be there, and be something it can draw on or replace.
void check_names(const config::Config& config, const Service& service, const EntryFaults& fault) {
  const std::vector<Service>& services = config.services;
  if (!service.pool.empty()) {
    const auto pool = std::ranges::find(services, service.pool, &Service::id);
    if (pool == services.end()) {
      fault("pool", " names no service: " + service.pool, "the id of a service, as it is written");
    } else if (!pool->pool.empty()) {
      fault("pool", " draws on " + service.pool + ", which draws on " + pool->pool,
            "name the service that has the capacity");
    }
  }
  if (!service.unit.empty() &&
      std::ranges::find(config.units, service.unit, &config::Unit::id) == config.units.end()) {
    fault("unit", " names no unit: " + service.unit, "the id of a unit, as it is written");
  }
  const bool takes_staff =
      service.staff_hours_per_week > 0.0 || service.form == ServiceForm::hours ||
      service.form == ServiceForm::course || service.form == ServiceForm::technology;
  if (!service.unit.empty() && !takes_staff) {
    fault("unit", " does nothing: the service takes no hours of staff",
          "leave it out, or give staff_hours_per_week");
  }
  const auto [educated, college] = service.competence_shares();
  if (college > educated) {
    fault("competence", " needs a college education for more hours than health education",
          "health_education counts both: college is a part of it");
  }
  if (educated > 0.0 && service.unit.empty()) {
    fault("competence", " does nothing: no unit gives the service", "leave it out, or give unit");
  }
  if (service.replaces.empty()) return;
  const auto other = std::ranges::find(services, service.replaces, &Service::id);
  if (other == services.end()) {
    fault("replaces", " names no service: " + service.replaces,
          "the id of a service, as it is written");
  } else if (other->step <= service.step) {
    fault("replaces", " names " + service.replaces + ", which is tried before it",
          "give the one that replaces the lower step");
  }
}

/// What a service says must be something that services of its form do.
void check_form(const Service& service, const EntryFaults& fault) {
  using enum ServiceForm;
  const bool is_home = model::at_home(service.dwelling);
  if (service.form == dwelling && (!is_home || model::ordinary_home(service.dwelling))) {
    fault("dwelling", " is no dwelling of a tenancy", "care_housing or safety_housing");
  }
  if (service.form == place && is_home) {
    fault("dwelling", " is no place with staff day and night", "care_housing_24h or nursing_home");
  }
  const bool is_chosen = service.form == hours || service.form == device || service.form == day ||
                         service.form == offer || service.form == stay;
  if (service.uptake != 1.0 && !is_chosen) {
    fault("uptake", " does nothing: who has a service of this form is decided elsewhere",
          "leave it out; sections technology, reablement, preventive_visits and acute_beds have "
          "shares of their own");
  }
  const bool takes_volunteers = service.volunteer_hours_per_week > 0.0;
  if (takes_volunteers && service.form != offer) {
    fault("volunteer_hours_per_week", " does nothing: volunteers give their hours to offers",
          "leave it out, or use form offer");
  } else if (takes_volunteers && service.volunteer_weight <= 0.0) {
    fault("volunteer_weight", " is missing: no volunteer would ever do this",
          "how many want to, relative to other services with volunteers");
  } else if (!takes_volunteers && (service.volunteer_weight > 0.0 || service.own_volunteer)) {
    fault(service.own_volunteer ? "own_volunteer" : "volunteer_weight",
          " does nothing without volunteer_hours_per_week",
          "say how many hours a week of volunteers a person takes");
  }
  const bool is_offered = service.form == offer || service.form == stay;
  if (service.offered_at != 0U && !is_offered) {
    fault("offered_at", " does nothing: the allocation office decides on services of this form",
          "leave it out, or use form offer");
  }
  const bool must_be_offered =
      service.form == offer || (service.form == stay && service.interim <= 0.0);
  if (service.offered_at == 0U && must_be_offered) {
    fault("offered_at", " is missing: nobody would ever be offered it",
          "name the occasions: birthday, assessment, diagnosis, discharge");
  }
}

/// Facilities and projects are places of a service that has places.
void check_places(const std::vector<Service>& services, const std::string& id,
                  const EntryFaults& fault) {
  const auto service = std::ranges::find(services, id, &Service::id);
  if (service == services.end()) {
    fault("service", " names no service: " + id, "the id of a service, as it is written");
    return;
  }
  using enum ServiceForm;
  if (service->form != place && service->form != stay && service->form != day &&
      service->form != dwelling) {
    fault("service", " names " + id + ", which has no places",
          "a service of form place, stay, day or dwelling");
  }
}

}  // namespace

void check_services(const config::Config& config, const FaultReport& report) {
  for (const Service& service : config.services) {
    const EntryFaults fault(report, "services." + service.id);
    check_names(config, service, fault);
    check_form(service, fault);
  }
}

void check_buildings(const config::Config& config, const FaultReport& report) {
  for (const config::Facility& facility : config.facilities) {
    check_places(config.services, facility.service,
                 EntryFaults(report, "facilities." + facility.id));
  }
  const auto is_facility = [&](const std::string& id) {
    return std::ranges::find(config.facilities, id, &config::Facility::id) !=
           config.facilities.end();
  };
  const auto is_project = [](std::span<const config::Project> projects, const std::string& id) {
    return std::ranges::find(projects, id, &config::Project::id) != projects.end();
  };
  for (std::size_t i = 0; i < config.projects.size(); ++i) {
    const config::Project& project = config.projects[i];
    const EntryFaults fault(report, "projects." + project.id);
    check_places(config.services, project.service, fault);
    if (!project.after.empty() && !is_project(std::span(config.projects).first(i), project.after)) {
      fault("after", " names no project written before it: " + project.after,
            "the id of a project, which stands further up");
    }
    const bool other =
        project.replaces != project.id && is_project(config.projects, project.replaces);
    if (!project.replaces.empty() && !is_facility(project.replaces) && !other) {
      fault("replaces", " names no facility or project: " + project.replaces,
            "the id of a facility or of another project");
    }
  }
}

}  // namespace carestair::experiment
