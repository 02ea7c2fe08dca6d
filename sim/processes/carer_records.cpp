#include "processes/carer_records.hpp"

#include "processes/world.hpp"

namespace carestair::processes {

using model::Carer;
using model::CarerId;
using model::KinId;
using model::Relation;
using model::ResidentId;

namespace {

/// The numbers of somebody who is no resident: a child by birth, death and sex, a friend by whom
/// she helps.
std::uint64_t name_elsewhere(const model::Kin& kin) {
  return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(kin.birth.number)) << 32U) ^
         (static_cast<std::uint64_t>(static_cast<std::uint32_t>(kin.death.number)) << 1U) ^
         model::index(kin.sex);
}

CarerId new_carer(World& world, Carer carer, std::uint64_t name) {
  random::Stream stream(world.seed(), name, random::Purpose::carer);
  carer.employment = static_cast<float>(stream.uniform());
  carer.leave = static_cast<float>(stream.uniform());
  carer.nature = static_cast<float>(stream.normal());
  model::State& state = world.state;
  const CarerId id = take_record(state.carers, state.free_carers, carer);
  if (carer.resident.valid()) state.carer_of[carer.resident.index] = id;
  if (carer.kin.valid()) state.at(carer.kin).carer = id;
  return id;
}

}  // namespace

CarerId resident_as_carer(World& world, ResidentId id) {
  if (const CarerId known = world.state.carer_of[id.index]; known.valid()) return known;
  const model::Resident& who = world.at(id);
  Carer carer;
  carer.resident = id;
  carer.birth = who.birth;
  carer.sex = who.sex;
  return new_carer(world, carer, who.uid);
}

CarerId child_as_carer(World& world, KinId id) {
  const model::Kin kin = world.state.at(id);
  if (kin.carer.valid()) return kin.carer;
  if (kin.resident.valid()) {
    const CarerId known = resident_as_carer(world, kin.resident);
    world.state.at(known).kin = id;
    world.state.at(id).carer = known;
    return known;
  }
  Carer carer;
  carer.kin = id;
  carer.birth = kin.birth;
  carer.sex = kin.sex;
  return new_carer(world, carer, name_elsewhere(kin));
}

CarerId friend_as_carer(World& world, const model::Resident& who) {
  random::Stream stream = world.stream(who, random::Purpose::friend_helps, 1);
  Carer carer;
  carer.birth = who.birth;  // of the same generation
  carer.sex = stream.chance(world.config().informal.friend_woman_share) ? model::Sex::female
                                                                        : model::Sex::male;
  return new_carer(world, carer, who.uid ^ 0x5bd1e995ULL);
}

void forget_if_idle(World& world, CarerId id) {
  Carer& carer = world.state.at(id);
  if (carer.first_tie.valid()) return;
  const ResidentId resident = carer.resident;
  if (resident.valid()) {
    world.state.carer_of[resident.index] = {};
    if (carer.burdened) world.touch(resident);
  }
  if (carer.kin.valid()) world.state.at(carer.kin).carer = {};
  carer = {};
  world.state.free_carers.push_back(id);
}

const char* words_of(const Carer& carer, Relation relation) {
  const bool woman = carer.sex == model::Sex::female;
  switch (relation) {
    case Relation::partner: return woman ? "the wife" : "the husband";
    case Relation::parent: return woman ? "the mother" : "the father";
    case Relation::child: return woman ? "a daughter" : "a son";
    case Relation::other: return "a friend or neighbour";
  }
  return "";
}

}  // namespace carestair::processes
