#include "processes/kin.hpp"

#include "processes/carers.hpp"
#include "processes/case_update.hpp"
#include "processes/households.hpp"
#include "processes/world.hpp"

namespace carestair::processes {
namespace {

/// The entry of a child who is (or was until now) a resident.
model::Kin* entry_of(World& world, model::ResidentId child) {
  const model::KinId kin = world.at(child).as_child;
  return kin.valid() ? &world.state.at(kin) : nullptr;
}

}  // namespace

void tell_parents(World& world, model::ResidentId child) {
  const model::Kin* kin = entry_of(world, child);
  const model::ResidentId mother = world.at(child).mother;
  const model::ResidentId father = kin == nullptr ? model::ResidentId{} : kin->father;
  if (father.valid()) household_changed(world, father);
  if (!mother.valid()) return;
  const model::ResidentId partner = world.at(mother).partner;
  household_changed(world, mother);
  if (partner.valid() && partner != father) household_changed(world, partner);
}

void join_family(World& world, model::ResidentId child, model::ResidentId mother,
                 model::ResidentId father, model::Distance distance) {
  model::State& state = world.state;
  const model::KinId id(state.kin.size());
  model::Kin kin;
  kin.resident = child;
  world.at(child).as_child = id;
  kin.birth = world.at(child).birth;
  kin.sex = world.at(child).sex;
  kin.distance = distance;
  kin.next_of_mother = world.at(mother).first_child;
  world.at(mother).first_child = id;
  if (father.valid() && world.at(father).sex == model::Sex::male) {
    kin.father = father;
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
    kin->dead = true;
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
  if (kin->carer.valid()) agree_on_offers(world, kin->carer);
  tell_parents(world, gone);
}

void leave_parents(World& world, model::ResidentId child) {
  if (world.age(world.at(child)) != world.rules().demography.households.leaving_home) return;
  model::Kin* kin = entry_of(world, child);
  if (kin == nullptr || kin->distance != model::Distance::same_household) return;
  kin->distance = model::Distance::same_municipality;
  if (kin->carer.valid()) agree_on_offers(world, kin->carer);
  tell_parents(world, child);
}

}  // namespace carestair::processes
