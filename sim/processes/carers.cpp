#include "processes/carers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/contract.hpp"
#include "base/short_list.hpp"
#include "processes/carer_records.hpp"
#include "processes/case_update.hpp"
#include "processes/informal.hpp"
#include "processes/kin.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::CareCase;
using model::Carer;
using model::CarerId;
using model::KinId;
using model::Relation;
using model::ResidentId;
using model::Tie;
using model::TieId;

namespace {

constexpr int adult_child = 18;

/// Draws of a tie are keyed by the two: the same tie is the same in every scenario.
std::uint32_t key_of(const World& world, const Carer& carer, Relation relation) {
  if (relation == Relation::other) return 0;
  if (carer.kin.valid() && relation == Relation::child) {
    return static_cast<std::uint32_t>(carer.birth.number) * 2U + 1U;
  }
  const std::uint64_t uid = world.at(carer.resident).uid;
  return static_cast<std::uint32_t>(uid ^ uid >> 32U) * 2U;
}

void unlink(World& world, TieId& head, TieId gone, TieId Tie::*next) {
  TieId* link = &head;
  while (*link != gone) link = &(world.state.at(*link).*next);
  *link = world.state.at(gone).*next;
}

/// Ends a tie; a carer without another is forgotten.
void end_tie(World& world, TieId id) {
  const Tie tie = world.state.at(id);
  CareCase& c = world.at(tie.cared_for);
  world.explain(world.at(c.resident), [&] {
    return fmt::format("{} cares no longer", words_of(world.state.at(tie.carer), tie.relation));
  });
  unlink(world, c.first_tie, id, &Tie::next_of_case);
  unlink(world, world.state.at(tie.carer).first_tie, id, &Tie::next_of_carer);
  world.state.free_ties.push_back(id);
  forget_if_idle(world, tie.carer);
}

/// Cases to be looked at once the list they were found in may change. Hardly anybody cares for more
/// than three, but nothing sets a bound: children at home with need may be any number.
struct Affected {
  base::ShortList<model::CaseId, 8> cases;

  void add(model::CaseId id) { cases.add(id); }
  void tell(World& world) const {
    for (std::size_t i = 0; i < cases.size(); ++i) help_changed(world, cases[i]);
  }
};

/// A carer whose hours are needed in one place less has more for the others.
void free_for_others(World& world, CarerId id, model::CaseId busy) {
  if (world.state.at(id).first_tie.valid()) agree_on_offers(world, id, busy);
}

template <class Which>
void tell_those(World& world, ResidentId id, Which&& which) {
  const CarerId carer = world.state.carer_of[id.index];
  if (!carer.valid()) return;
  Affected affected;
  for (TieId t = world.state.at(carer).first_tie; t.valid(); t = world.state.at(t).next_of_carer) {
    if (which(world.state.at(t))) affected.add(world.state.at(t).cared_for);
  }
  affected.tell(world);
}

void begin_tie(World& world, CareCase& c, CarerId carer_id, Relation relation) {
  const model::Resident& who = world.at(c.resident);
  Carer& carer = world.state.at(carer_id);
  Tie tie;
  tie.cared_for = who.care_case;
  tie.carer = carer_id;
  tie.relation = relation;
  tie.since = world.today();
  tie.patience = static_cast<float>(
      world.stream(who, random::Purpose::care_tie, key_of(world, carer, relation)).exponential());
  tie.next_of_carer = carer.first_tie;
  const TieId id = take_record(world.state.ties, world.state.free_ties, tie);
  carer.first_tie = id;
  TieId* link = &c.first_tie;
  while (link->valid() && world.state.at(*link).relation <= relation) {
    link = &world.state.at(*link).next_of_case;
  }
  world.state.at(id).next_of_case = *link;
  *link = id;
  agree_on_offers(world, carer_id, who.care_case);
  world.explain(who, [&] {
    return fmt::format("{} begins to help, has {:.1f} hours a week",
                       words_of(world.state.at(carer_id), relation), world.state.at(id).offer);
  });
}

/// Whether a child may help a parent; those elsewhere are looked at as of the parent's latest
/// birthday, so that an update in between, for whatever reason, sees the same family.
bool may_help(const World& world, const model::Kin& kin, base::Day as_of) {
  if (kin.dead || base::age_in_years(kin.birth, as_of) < adult_child) return false;
  if (!kin.resident.valid()) return kin.death > as_of;
  const model::Resident& child = world.at(kin.resident);
  return child.here() && child.need_in_effect() < model::NeedLevel::moderate;
}

/// Calls visit(relation, resident or kin) for all who care for one who is at home with need.
template <class Visit>
void for_each_candidate(World& world, const model::Resident& who, Visit&& visit) {
  const config::Informal& rules = world.config().informal;
  const auto here = [&](ResidentId id) { return id.valid() && world.at(id).here(); };
  if (here(who.partner)) visit(Relation::partner, who.partner, KinId{});
  const int age = world.age(who);
  if (age < world.rules().demography.households.leaving_home) {
    if (here(who.mother)) visit(Relation::parent, who.mother, KinId{});
    const ResidentId father =
        who.as_child.valid() ? world.state.at(who.as_child).father : ResidentId{};
    if (here(father)) visit(Relation::parent, father, KinId{});
  }
  const base::Day as_of = base::birthday(who.birth, age);
  int helpers = 0;
  for (KinId id = who.first_child; id.valid(); id = world.state.next_child(who, id)) {
    const model::Kin& kin = world.state.at(id);
    if (helpers >= static_cast<int>(rules.children_max)) break;
    if (!may_help(world, kin, as_of)) continue;
    // Keyed by the child's birth: brothers and sisters who come or go change nothing.
    const auto key = static_cast<std::uint32_t>(kin.birth.number);
    const double share =
        rules.child_helper_share *
        static_cast<double>(sex_ratio(world, kin.sex, kin.birth, rules.daughter_ratio));
    if (!world.stream(who, random::Purpose::child_helps, key).chance(share)) continue;
    ++helpers;
    visit(Relation::child, kin.resident, id);
  }
  if (world.stream(who, random::Purpose::friend_helps).chance(rules.friend_share)) {
    visit(Relation::other, ResidentId{}, KinId{});
  }
}

bool is_of(const World& world, const Tie& tie, Relation relation, ResidentId resident, KinId kin) {
  if (tie.relation != relation) return false;
  const Carer& carer = world.state.at(tie.carer);
  return relation == Relation::child ? carer.kin == kin : carer.resident == resident;
}

/// Who there is to care, and what ties follow: those that are gone end, new ones begin.
void look_at_family(World& world, CareCase& c) {
  const model::Resident& who = world.at(c.resident);
  c.family_known = true;
  // A partner, two parents, a friend, and children of whom informal.children_max, at most 10, help:
  // 14. More there cannot be.
  struct Wanted {
    Relation relation;
    ResidentId resident;
    KinId kin;
  };
  std::array<Wanted, 16> wanted{};
  std::size_t count = 0;
  for_each_candidate(world, who, [&](Relation relation, ResidentId resident, KinId kin) {
    CARE_EXPECTS(count < wanted.size());
    wanted[count++] = {relation, resident, kin};
  });
  const auto stays = [&](const Tie& tie) {
    return std::any_of(wanted.begin(), wanted.begin() + count, [&](const Wanted& w) {
      return is_of(world, tie, w.relation, w.resident, w.kin);
    });
  };
  // From the head again after each: others' cases, and theirs in turn, are looked at meanwhile.
  for (TieId id = c.first_tie; id.valid();) {
    const Tie tie = world.state.at(id);
    if (stays(tie)) {
      id = tie.next_of_case;
      continue;
    }
    end_tie(world, id);
    free_for_others(world, tie.carer, who.care_case);
    id = c.first_tie;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Wanted& w = wanted[i];
    bool known = false;
    for (TieId id = c.first_tie; id.valid() && !known; id = world.state.at(id).next_of_case) {
      known = is_of(world, world.state.at(id), w.relation, w.resident, w.kin);
    }
    if (known) continue;
    const CarerId carer = w.relation == Relation::child   ? child_as_carer(world, w.kin)
                          : w.relation == Relation::other ? friend_as_carer(world, who)
                                                          : resident_as_carer(world, w.resident);
    begin_tie(world, c, carer, w.relation);
  }
}

}  // namespace

void arrange_care(World& world, CareCase& c) {
  const model::Resident& who = world.at(c.resident);
  if (!who.here() || !model::at_home(who.dwelling) || model::total(c.need) <= 0.0F) {
    c.family_known = false;
    if (c.first_tie.valid()) end_ties(world, c);
    return;
  }
  if (!c.family_known) look_at_family(world, c);
}

void agree_on_offers(World& world, CarerId id, model::CaseId busy) {
  const auto weight = [&](const Tie& tie) {
    const CareCase& c = world.at(tie.cared_for);
    return model::at_home(world.at(c.resident).dwelling) ? model::total(c.need) : 0.0F;
  };
  Carer& carer = world.state.at(id);
  carer.agreed_until =
      base::birthday(carer.birth, base::age_in_years(carer.birth, world.today()) + 1);
  const TieId first = carer.first_tie;
  // Of friends and neighbours, who help one only, nothing but their help is known.
  const bool kin = !first.valid() || world.state.at(first).relation != Relation::other;
  carer.in_work = kin && employed(world, carer);
  float all = 0.0F;
  for (TieId t = first; t.valid(); t = world.state.at(t).next_of_carer) {
    all += weight(world.state.at(t));
  }
  Affected affected;
  for (TieId t = first; t.valid(); t = world.state.at(t).next_of_carer) {
    Tie& tie = world.state.at(t);
    float offer = 0.0F;
    if (all > 0.0F) {
      const float share = weight(tie) / all;
      offer = hours_offered(world, world.state.at(id), tie.relation) *
              world.state.family_care.factor * share;
      if (tie.withdrawn) {
        offer *= static_cast<float>(world.config().informal.burden.withdrawn_share);
      }
    }
    if (offer == tie.offer) continue;
    tie.offer = offer;
    if (tie.cared_for != busy) affected.add(tie.cared_for);
  }
  affected.tell(world);
}

void end_ties(World& world, CareCase& c) {
  family_changed(c);
  while (c.first_tie.valid()) {
    const CarerId carer = world.state.at(c.first_tie).carer;
    end_tie(world, c.first_tie);
    free_for_others(world, carer, world.at(c.resident).care_case);
  }
}

void stop_caring(World& world, CarerId id, bool moved_away) {
  Affected affected;
  for (TieId t = world.state.at(id).first_tie; t.valid();) {
    const Tie tie = world.state.at(t);
    if (!moved_away || tie.relation != Relation::child) {
      affected.add(tie.cared_for);
      end_tie(world, t);
    }
    t = tie.next_of_carer;
  }
  // One whose last tie has ended is forgotten by now.
  if (Carer& carer = world.state.at(id); carer.resident.valid() && moved_away) {
    world.state.carer_of[carer.resident.index] = {};
    carer.resident = {};
  }
  affected.tell(world);
}

void stop_caring(World& world, ResidentId id, bool moved_away) {
  const CarerId carer = world.state.carer_of[id.index];
  if (carer.valid()) stop_caring(world, carer, moved_away);
}

void tell_cared_for(World& world, ResidentId id) {
  tell_those(world, id, [](const Tie&) { return true; });
}

void tell_children_cared_for(World& world, ResidentId id) {
  tell_those(world, id, [](const Tie& tie) { return tie.relation == Relation::parent; });
}

}  // namespace carestair::processes
