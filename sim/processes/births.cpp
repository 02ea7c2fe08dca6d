#include "processes/births.hpp"

#include <string>

#include "model/identity.hpp"
#include "processes/case_update.hpp"
#include "processes/households.hpp"
#include "processes/kin.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

BirthTables::BirthTables(const config::Fertility& fertility)
    : rate(age_count * model::sex_count, 0.0F), share_boys(fertility.share_boys) {
  for (std::size_t age = 0; age < age_count; ++age) {
    rate[age * model::sex_count + model::index(model::Sex::female)] = per_day(fertility.rate(age));
  }
}

void Births::fire(World& world, model::ResidentId id, engine::Time t) {
  model::Resident child;
  bool alone = false;
  {
    model::Resident& mother = world.at(id);
    if (mother.births == 15) return;  // no more are told apart
    child.uid = model::child_uid(mother.uid, mother.births);
    ++mother.births;
    child.birth = world.today();
    child.mother = id;
    child.dwelling =
        model::at_home(mother.dwelling) ? mother.dwelling : model::Dwelling::suitable_home;
    child.income = mother.income;
    alone = lives_alone(world, mother);
    random::Stream stream = world.stream(child, random::Purpose::newborn);
    child.sex = stream.chance(world.rules().demography.births.share_boys) ? model::Sex::male
                                                                          : model::Sex::female;
    synth::draw_health(world.rules().health, stream, child, 0);
    synth::draw_user_group(world.rules().health, world.seed(), child, 0);
    world.explain(mother, [&] {
      return std::string(child.sex == model::Sex::male ? "has a son" : "has a daughter");
    });
  }
  // From here on no reference to a resident is held: adding one may move them all.
  const model::ResidentId child_id = world.add_resident(child, t);
  join_family(world, child_id, id, world.at(id).partner, model::Distance::same_household);
  enter_partner_search(world, child_id);
  world.record(model::EventKind::born, world.at(child_id));
  if (child.need != model::NeedLevel::none) need_changed(world, child_id);
  if (alone) household_changed(world, id);
}

}  // namespace carestair::processes
