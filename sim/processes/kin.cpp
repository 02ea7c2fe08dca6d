#include "processes/kin.hpp"

#include "processes/case_update.hpp"
#include "processes/households.hpp"
#include "processes/world.hpp"

namespace carestair::processes {
namespace {

/// The entry of a child who is (or was until now) a resident; found through the mother.
model::Kin* entry_of(World& world, model::ResidentId child) {
  const model::ResidentId mother = world.at(child).mother;
  if (!mother.valid()) return nullptr;
  for (model::KinId kin = world.at(mother).first_child; kin.valid();
       kin = world.state.at(kin).next_of_mother) {
    if (world.state.at(kin).resident == child) return &world.state.at(kin);
  }
  return nullptr;
}

/// The mother, and her partner when the child is his too or lives with him: both may have lost,
/// or gained, a helper or company.
void tell_parents(World& world, model::ResidentId child) {
  const model::ResidentId mother = world.at(child).mother;
  if (!mother.valid()) return;
  const model::ResidentId partner = world.at(mother).partner;
  household_changed(world, mother);
  if (partner.valid()) household_changed(world, partner);
}

}  // namespace

void join_family(World& world, model::ResidentId child, model::ResidentId mother,
                 model::ResidentId father, model::Distance distance) {
  model::State& state = world.state;
  const model::KinId id(state.kin.size());
  model::Kin kin;
  kin.resident = child;
  kin.birth = world.at(child).birth;
  kin.sex = world.at(child).sex;
  kin.distance = distance;
  kin.next_of_mother = world.at(mother).first_child;
  world.at(mother).first_child = id;
  if (father.valid() && world.at(father).sex == model::Sex::male) {
    kin.next_of_father = world.at(father).first_child;
    world.at(father).first_child = id;
  }
  state.kin.push_back(kin);
}

void child_gone(World& world, model::ResidentId gone, model::Presence how) {
  model::Kin* kin = entry_of(world, gone);
  if (kin == nullptr) return;
  const model::Resident& child = world.at(gone);
  kin->resident = {};
  if (how == model::Presence::dead) {
    kin->death = world.today();
  } else {
    // Of those who do not live in the municipality, the share in the region.
    const config::KinRules& rules = world.config().kin;
    const double elsewhere = 1.0 - rules.same_municipality;
    random::Stream stream = world.stream(child, random::Purpose::child_moved_to);
    kin->distance = stream.uniform() * elsewhere < rules.region ? model::Distance::region
                                                                : model::Distance::far;
    kin->death = draw_death_day(world.rules().mortality, child.birth, child.sex, world.today(),
                                world.stream(child, random::Purpose::child_life).exponential());
  }
  tell_parents(world, gone);
}

void leave_parents(World& world, model::ResidentId child) {
  if (world.age(world.at(child)) != world.rules().demography.households.leaving_home) return;
  model::Kin* kin = entry_of(world, child);
  if (kin == nullptr || kin->distance != model::Distance::same_household) return;
  kin->distance = model::Distance::same_municipality;
  tell_parents(world, child);
}

}  // namespace carestair::processes
