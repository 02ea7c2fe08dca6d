#include "processes/informal.hpp"

#include <algorithm>

#include "processes/kin.hpp"
#include "processes/services.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

using model::Carer;
using model::NeedVector;
using model::Relation;

namespace {

/// Gives `hours` to what is left of `need`, at most `cover` of each type, all types alike.
NeedVector give(const NeedVector& need, const NeedVector& given, const config::Table& cover,
                float hours) {
  NeedVector wanted{};
  float sum = 0.0F;
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    const float left = std::max(need[type] - given[type], 0.0F);
    wanted[type] = left * static_cast<float>(cover(type));
    sum += wanted[type];
  }
  if (sum <= 0.0F || hours <= 0.0F) return {};
  const float scale = std::min(1.0F, hours / sum);
  for (float& part : wanted) part *= scale;
  return wanted;
}

}  // namespace

bool employed(const World& world, const Carer& carer) {
  const int age = std::clamp(base::age_in_years(carer.birth, world.today()), 0, config::oldest_age);
  return carer.employment <
         static_cast<float>(world.config().informal.employed_share(age, model::index(carer.sex)));
}

float sex_ratio(const World& world, model::Sex sex, base::Day birth, double woman_over_man) {
  const config::Informal& rules = world.config().informal;
  const double born = 1970.0 + birth.number / base::days_per_year;
  const double left =
      (rules.equal_birth_year - born) / (rules.equal_birth_year - rules.unequal_birth_year);
  const double ratio = 1.0 + (woman_over_man - 1.0) * std::clamp(left, 0.0, 1.0);
  return static_cast<float>(2.0 * (sex == model::Sex::female ? ratio : 1.0) / (1.0 + ratio));
}

float hours_offered(const World& world, const Carer& carer, Relation relation) {
  const config::Informal& rules = world.config().informal;
  double hours = 0.0;
  switch (relation) {
    case Relation::partner: hours = rules.partner_hours_per_week; break;
    case Relation::parent: hours = rules.parent_hours_per_week; break;
    case Relation::child:
      hours = rules.child_hours_per_week(model::index(world.state.at(carer.kin).distance));
      break;
    case Relation::other: return static_cast<float>(rules.friend_hours_per_week);
  }
  if (carer.in_work && carer.leave >= static_cast<float>(rules.leave_share)) {
    hours *= rules.employed_ratio;
  }
  return static_cast<float>(hours) * sex_ratio(world, carer.sex, carer.birth, rules.woman_ratio);
}

float able(const World& world, const Carer& carer) {
  if (!carer.resident.valid()) return 1.0F;
  const model::Resident& who = world.at(carer.resident);
  if (!who.here() || who.in_hospital || !model::at_home(who.dwelling)) return 0.0F;
  if (model::has_dementia(who.cognition)) return 0.0F;
  if (who.need_in_effect() == model::NeedLevel::none) return 1.0F;
  return who.need_in_effect() == model::NeedLevel::some
             ? static_cast<float>(world.config().informal.partner_need_ratio)
             : 0.0F;
}

NeedVector informal_help(World& world, const model::CareCase& c, float ratio, float home_hours) {
  NeedVector given{};
  if (!c.first_tie.valid()) return given;
  const config::Informal& rules = world.config().informal;
  const float need = model::total(c.need);
  const float formal = need > 0.0F ? std::min(1.0F, home_hours / need) : 0.0F;
  const float left = ratio * (1.0F - static_cast<float>(rules.eased_share) * formal);
  for (model::TieId id = c.first_tie; id.valid(); id = world.state.at(id).next_of_case) {
    model::Tie& tie = world.state.at(id);
    const bool lives_with = tie.relation <= Relation::parent;
    const config::Table& cover = lives_with ? rules.partner_cover : rules.child_cover;
    const float hours = tie.offer * left * able(world, world.state.at(tie.carer));
    tie.given = give(c.need, given, cover, std::min(hours, 168.0F));
    for (std::size_t type = 0; type < model::need_type_count; ++type) {
      given[type] += tie.given[type];
    }
  }
  return given;
}

}  // namespace carestair::processes
