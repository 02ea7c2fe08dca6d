// A town of a few hand-made residents under the configuration of Selbu, for tests of the care side.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "config/load.hpp"
#include "config/sections/config.hpp"
#include "model/identity.hpp"
#include "processes/case_update.hpp"
#include "processes/rules.hpp"
#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::tests {

inline const config::Config& selbu() {
  static const config::Config config =
      config::load<config::Config>(CARESTAIR_SOURCE_DIR "/configs/selbu/baseline.yaml").root;
  return config;
}

/// What a resident is like; the rest is as the program makes it.
struct Person {
  int age = 85;
  model::Sex sex = model::Sex::female;
  model::NeedLevel need = model::NeedLevel::none;
  model::Cognition cognition = model::Cognition::none;
  model::UserGroup group = model::UserGroup::general;
};

class Town {
 public:
  config::Config config = selbu();
  base::Day start = base::to_day({2020, 1, 1});

  Town() {
    // Nobody is served at the start, all live equally far and nothing happens by chance unless a
    // test wants it.
    for (double& share : config.initial.served.cells()) share = 0.0;
    for (double& way : config.travel.minutes.cells()) way = config.travel.usual_minutes;
    for (config::Service& s : config.services) {
      if (s.form == config::ServiceForm::dwelling) s.capacity = 0.0;
    }
  }

  model::ResidentId add(const Person& person) {
    model::Resident who;
    who.uid = model::founder_uid(static_cast<std::uint32_t>(state_.residents.size()));
    who.birth = start - (person.age * 1461 / 4 + 100);
    who.sex = person.sex;
    who.need = person.need;
    who.cognition = person.cognition;
    who.group = person.group;
    state_.residents.push_back(who);
    return model::ResidentId(state_.residents.size() - 1);
  }

  /// Room for residents to come, as a synthetic population makes it.
  void expect(std::size_t residents) { state_.residents.reserve(residents); }

  /// Lets the units have staff; a town has none unless a test wants it.
  void employ() { state_.units.resize(config.units.size()); }

  config::Unit& unit(const std::string& id) {
    for (config::Unit& u : config.units) {
      if (u.id == id) return u;
    }
    throw std::out_of_range(id);
  }

  void marry(model::ResidentId a, model::ResidentId b) {
    state_.at(a).partner = b;
    state_.at(b).partner = a;
  }

  config::Service& service(const std::string& id) {
    for (config::Service& s : config.services) {
      if (s.id == id) return s;
    }
    throw std::out_of_range(id);
  }

  model::ServiceIndex index(const std::string& id) const {
    for (std::size_t i = 0; i < config.services.size(); ++i) {
      if (config.services[i].id == id) return static_cast<model::ServiceIndex>(i);
    }
    throw std::out_of_range(id);
  }

  processes::World open(int years = 5) { return open({}, years); }
  /// A world in which other rules follow on `then.from`.
  processes::World open(std::vector<std::pair<base::Day, config::Config>> then, int years = 5) {
    const processes::Period period{start, start, start + years * 366};
    processes::Policy policy{
        {period.first, processes::make_rules(config, period.first, period.end)}};
    for (const auto& [from, changed] : then) {
      policy.push_back({from, processes::make_rules(changed, period.first, period.end,
                                                    policy.back().rules.get())});
    }
    return {std::move(state_), std::move(policy), random::WorldSeed::of(7, 0, 1), period};
  }

 private:
  model::State state_;
};

/// The open case of a resident, up to date and asking for help.
inline model::CareCase& case_of(processes::World& world, model::ResidentId id) {
  model::CareCase& c = world.at(world.open_case(id));
  c.request = model::Request::application;
  processes::update_case(world, c);
  return c;
}

}  // namespace carestair::tests
