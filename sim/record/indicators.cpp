#include "record/indicators.hpp"

#include <array>

#include "base/contract.hpp"

namespace carestair::record {
namespace {

/// The dimensions of an indicator, outermost first.
namespace shape {
using enum Axis;
constexpr std::array age_sex{age_group, sex};
constexpr std::array age_sex_need{age_group, sex, need_level};
constexpr std::array age_cognition{age_group, cognition, diagnosed};
constexpr std::array dwelling_age_need{dwelling, age_group, need_level, has_dementia};
constexpr std::array service_age_sex_need{service, age_group, sex, need_level};
constexpr std::array band_age_need{hours_band, age_group, need_level};
constexpr std::array age_need{age_group, need_level};
constexpr std::array service_age{service, age_group};
constexpr std::array by_service{service};
constexpr std::array event_age_sex{event_kind, age_group, sex};
constexpr std::array by_age{age_group};
constexpr std::array group_age{user_group, age_group};
constexpr std::array behaviour_dwelling_age{behaviour, dwelling, age_group};
constexpr std::array problem_detected_age{hidden_problem, detected, age_group};
constexpr std::array place_wish_age_dementia{place_of_death, death_wish, age_group, has_dementia};
constexpr std::array service_band{service, hours_band};
constexpr std::array payer_account{payer, account};
constexpr std::array service_income{service, income};
constexpr std::array relation_age_burden{relation, age_group, burdened};
constexpr std::array relation_sex{relation, sex};
constexpr std::array unit_occupation_state{unit, occupation, staff_state};
constexpr std::array occupation_move{occupation, staff_move};
constexpr std::array unit_time{unit, staff_time};
constexpr std::array by_unit_account{unit, unit_account};
constexpr std::array unit_occupation_size{unit, occupation, position_size};
constexpr std::array occupation_age{occupation, staff_age};
constexpr std::array by_type{need_type};
}  // namespace shape

constexpr std::array<Definition, indicator_count> table{{
    {Indicator::population, "population", "persons", Kind::stock, Storage::u32, shape::age_sex_need,
     "residents", "Everybody who lives in the municipality."},
    {Indicator::living_alone, "living_alone", "persons", Kind::stock, Storage::u32, shape::age_sex,
     "adults who live alone",
     "Residents of 18 years and more at home, tenancies included, without a partner. Adult "
     "children in the home are not known to the model."},
    {Indicator::persons_by_cognition, "persons_by_cognition", "persons", Kind::stock, Storage::u32,
     shape::age_cognition, "residents by cognition and diagnosis",
     "Everybody who lives in the municipality. Dementia is mild, moderate and severe together."},
    {Indicator::residents_by_dwelling, "residents_by_dwelling", "persons", Kind::stock,
     Storage::u32, shape::dwelling_age_need, "residents by dwelling, need and dementia",
     "Everybody who lives in the municipality, by where they live: care housing and safety "
     "housing are tenancies to which home services come, nursing home means long stay."},
    {Indicator::recipients, "recipients", "persons", Kind::stock, Storage::u16,
     shape::service_age_sex_need, "persons who hold a service",
     "Residents who hold the service, overflow and devices bought included. Who holds two services "
     "counts under each: do not add over services."},
    {Indicator::recipients_any, "recipients_any", "persons", Kind::stock, Storage::u16,
     shape::age_sex_need, "persons who hold any service",
     "Residents who hold at least one service that the municipality has granted: offers beside "
     "the staircase and devices bought do not count."},
    {Indicator::home_users, "home_users", "persons", Kind::stock, Storage::u16,
     shape::band_age_need, "persons at home with staff hours, by hours granted",
     "Residents at home, tenancies included, who are granted staff hours, by the hours a week of "
     "all their services together."},
    {Indicator::home_hours_granted, "home_hours_granted", "h/week", Kind::stock, Storage::f32,
     shape::age_need, "staff hours granted at home",
     "Sum of staff hours a week granted to residents at home; divided by home_users it is the "
     "mean package."},
    {Indicator::waiting, "waiting", "persons", Kind::stock, Storage::u16, shape::service_age,
     "persons who wait for a service",
     "Residents on the waiting list. Who waits for two services counts under each."},
    {Indicator::overflow_persons, "overflow_persons", "persons", Kind::stock, Storage::u16,
     shape::by_service, "persons in places beyond capacity",
     "Residents in a bought or improvised place; they are also among recipients."},
    {Indicator::capacity, "capacity", "persons", Kind::stock, Storage::f32, shape::by_service,
     "persons the service has room for", "As the rules in force say; NaN where there is no limit."},
    {Indicator::events, "events", "events", Kind::flow, Storage::u16, shape::event_age_sex,
     "events in the lives of residents", "Each event by the resident's age that day."},
    {Indicator::staff_hours, "staff_hours", "h", Kind::flow, Storage::f32, shape::service_age,
     "staff hours delivered", "Working hours of staff given to residents."},
    {Indicator::cost, "cost", "NOK", Kind::flow, Storage::f32, shape::service_age,
     "cost of services",
     "Gross cost of what was delivered, at the prices of the configuration, not discounted."},
    {Indicator::starts, "starts", "persons", Kind::flow, Storage::u16, shape::service_age,
     "services started", "Times the service began for a resident."},
    {Indicator::ends, "ends", "persons", Kind::flow, Storage::u16, shape::service_age,
     "services ended", "Times the service ended for a resident, death and moving out included."},
    {Indicator::overflow_days, "overflow_days", "d", Kind::flow, Storage::f32, shape::service_age,
     "days in places beyond capacity", "Person-days in bought or improvised places."},
    {Indicator::waits_ended, "waits_ended", "persons", Kind::flow, Storage::u16, shape::by_service,
     "waits ended", "Times a wait for the service came to an end, whatever the reason."},
    {Indicator::wait_days_ended, "wait_days_ended", "d", Kind::flow, Storage::f32,
     shape::by_service, "days waited by those whose wait ended",
     "Whole length of the waits that ended in the month; divided by waits_ended it is the mean "
     "wait."},
    {Indicator::unmet_hours, "unmet_hours", "h", Kind::flow, Storage::f32, shape::by_age,
     "hours of need nobody met", "Need less informal help and services, summed over residents."},
    {Indicator::informal_hours, "informal_hours", "h", Kind::flow, Storage::f32, shape::by_age,
     "hours given by partner and kin", "By the age of the one who is helped."},
    {Indicator::hospital_days, "hospital_days", "d", Kind::flow, Storage::f32, shape::by_age,
     "days in hospital after acute illness or a fall", "Days ready for discharge included."},
    {Indicator::discharge_ready_days, "discharge_ready_days", "d", Kind::flow, Storage::f32,
     shape::by_age, "days in hospital ready for discharge",
     "Days of patients who wait for a stay, a place or a decision of the municipality."},
    {Indicator::discharge_charge, "discharge_charge", "NOK", Kind::flow, Storage::f32,
     shape::by_age, "charge for patients ready for discharge",
     "What the municipality pays for discharge_ready_days."},
    {Indicator::treated_at_home_cost, "treated_at_home_cost", "NOK", Kind::flow, Storage::f32,
     shape::by_age, "cost of acute illness treated at home",
     "Extra help of the municipality for episodes that were caught early."},
    {Indicator::recipients_by_group, "recipients_by_group", "persons", Kind::stock, Storage::u16,
     shape::group_age, "persons who hold any service, by user group",
     "Residents who hold at least one service: recipients_any by user group."},
    {Indicator::persons_with_problem, "persons_with_problem", "persons", Kind::stock, Storage::u32,
     shape::problem_detected_age, "residents who have a hidden problem",
     "Residents from hidden_problems.from_age on who have it, whether or not anybody knows. Who "
     "has two counts under each."},
    {Indicator::lonely, "lonely", "persons", Kind::stock, Storage::u32, shape::age_sex,
     "residents who are lonely", "Adults who feel lonely, a little or much."},
    {Indicator::dementia_behaviour, "dementia_behaviour", "persons", Kind::stock, Storage::u16,
     shape::behaviour_dwelling_age, "residents with dementia by symptoms, psychotropics, coercion",
     "Residents with dementia who have symptoms of behaviour, use psychotropics, meet coercion. "
     "Who "
     "has several counts under each."},
    {Indicator::deaths, "deaths", "persons", Kind::flow, Storage::u16,
     shape::place_wish_age_dementia, "deaths by place",
     "Residents who died. Statistics count nursing home, short-term stay and acute bed as "
     "institutions other than hospital."},
    {Indicator::admissions_by_hours, "admissions_by_hours", "persons", Kind::flow, Storage::u16,
     shape::service_band, "moves from home to a permanent place, by staff hours had at home",
     "By the hours a week granted when help at home was last decided upon: before a short-term "
     "stay, if there was one. 0-2 holds those who had none."},
    {Indicator::home_adaptation_cost, "home_adaptation_cost", "NOK", Kind::flow, Storage::f32,
     shape::by_age, "cost of homes adapted", "Whoever pays; most of it is the state."},
    {Indicator::travel_hours, "travel_hours", "h", Kind::flow, Storage::f32, shape::by_age,
     "staff hours on the way to visits",
     "Beside staff_hours, which are those at the door, and held in their cost."},
    {Indicator::money, "money", "NOK", Kind::flow, Storage::f32, shape::payer_account,
     "money by who pays and what for",
     "Paid is positive, received negative: over payers the accounts that pass money on add up to "
     "nothing, the others to what was spent; over accounts it is what the payer bears. In prices "
     "of economy.price_year, not discounted."},
    {Indicator::user_fees, "user_fees", "NOK", Kind::flow, Storage::f32, shape::service_income,
     "user fees by service and income", "What residents pay the municipality; held in money."},
    {Indicator::carers, "carers", "persons", Kind::stock, Storage::u16, shape::relation_age_burden,
     "family carers, by age and burden",
     "Those who give help, wherever they live, by their own age; who cares for several counts "
     "once, "
     "under the relation to the one who gets most."},
    {Indicator::carer_hours, "carer_hours", "h/week", Kind::stock, Storage::f32,
     shape::relation_sex, "hours a week given by family carers",
     "What is given at the end of the month, by the carer's relation and sex."},
    {Indicator::carer_work_lost, "carer_work_lost", "man-years", Kind::stock, Storage::f32,
     shape::age_sex, "work given up by family carers",
     "Positions that carers in work do without because they care, by their age and sex."},
    {Indicator::carer_sick_leave, "carer_sick_leave", "d", Kind::flow, Storage::f32, shape::by_age,
     "more sick leave of burdened family carers",
     "Days of sick leave because of caring, by the carer's age."},
    {Indicator::qaly, "qaly", "a", Kind::flow, Storage::f32, shape::by_age,
     "quality-adjusted life years",
     "Years lived, by the state of who is here at the end of the month, times their utility; not "
     "discounted."},
    {Indicator::volunteers, "volunteers", "persons", Kind::stock, Storage::u16, shape::age_sex,
     "volunteers in care",
     "Residents who volunteer, by their own age. Who begins and stops is "
     "among events; single efforts make nobody a volunteer."},
    {Indicator::volunteer_hours, "volunteer_hours", "h", Kind::flow, Storage::f32,
     shape::by_service, "hours given by volunteers",
     "What those who hold the service take of the hours offered, and single efforts."},
    {Indicator::volunteer_hours_offered, "volunteer_hours_offered", "h", Kind::flow, Storage::f32,
     shape::by_service, "hours offered by volunteers",
     "Of trained volunteers who are not in hospital, by what they do, and single efforts."},
    {Indicator::staff_weeks, "staff_weeks", "FTE-weeks", Kind::flow, Storage::f32,
     shape::unit_occupation_state, "posts, employees, sick leave and staff at work",
     "Full-time posts times weeks, of the weeks that begin in the month; divided by weeks they are "
     "mean posts. Sick over employed is the share on sick leave; posts less employed are vacant."},
    {Indicator::staff_moves, "staff_moves", "persons", Kind::flow, Storage::u16,
     shape::occupation_move, "employees hired, qualified and gone",
     "All units. A change of size or unit of a position is not counted."},
    {Indicator::undelivered_hours, "undelivered_hours", "h", Kind::flow, Storage::f32,
     shape::service_age, "staff hours granted and not given",
     "For want of staff at work. Those meant to meet a need are among unmet_hours."},
    {Indicator::carers_met, "carers_met", "persons", Kind::stock, Storage::f32, shape::age_need,
     "different people met at the door in four weeks",
     "Sum over residents at home with staff hours; divided by home_users it is the mean. Expected "
     "from visits, roster and staff at work; zero where staff are not modelled."},
    {Indicator::unit_hours, "unit_hours", "h", Kind::flow, Storage::f32, shape::unit_time,
     "direct hours of staff by unit",
     "The way to residents as it is on average is held in them. Zero where staff are not "
     "modelled."},
    {Indicator::unit_cost, "unit_cost", "NOK", Kind::flow, Storage::f32, shape::by_unit_account,
     "cost of what units give, and of their staff beyond it",
     "Held in money, in accounts of the same names. What no unit gives, and places bought beyond "
     "capacity, are in money alone."},
    {Indicator::employee_weeks, "employee_weeks", "person-weeks", Kind::flow, Storage::f32,
     shape::unit_occupation_size, "employees, by size of their position",
     "Persons employed times weeks, of the weeks that begin in the month; divided by weeks they "
     "are "
     "the mean number of employees. Employed of staff_weeks over it is the mean position of a "
     "person."},
    {Indicator::employees_by_age, "employees_by_age", "persons", Kind::stock, Storage::u16,
     shape::occupation_age, "employees, by age", "All units; those on leave included."},
    {Indicator::informal_hours_by_type, "informal_hours_by_type", "h", Kind::flow, Storage::f32,
     shape::by_type, "hours given by partner and kin, by what they help with",
     "The same hours as informal_hours, which has them by age."},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].indicator) != i) return false;
  }
  return true;
}
static_assert(in_order());

std::string axes_text(std::span<const Axis> axes) {
  std::string text;
  for (const Axis axis : axes) {
    if (!text.empty()) text += ", ";
    text += axis_name(axis);
  }
  return text;
}

}  // namespace

std::span<const Definition> definitions() { return table; }

const Definition& definition(Indicator indicator) {
  CARE_EXPECTS(static_cast<std::size_t>(indicator) < table.size());
  return table[static_cast<std::size_t>(indicator)];
}

std::size_t cells(const Definition& definition, const Sizes& sizes) {
  std::size_t product = 1;
  for (const Axis axis : definition.axes) product *= axis_size(axis, sizes);
  return product;
}

std::string_view kind_name(Kind kind) { return kind == Kind::stock ? "stock" : "flow"; }

std::string_view storage_name(Storage storage) {
  switch (storage) {
    case Storage::u16: return "uint16";
    case Storage::u32: return "uint32";
    case Storage::f32: return "float32";
  }
  return {};
}

std::string indicator_reference() {
  std::string text =
      "| name | kind | unit | type | axes | what it counts |\n|---|---|---|---|---|---|\n";
  for (const Definition& d : table) {
    text += "| `";
    text.append(d.name).append("` | ").append(kind_name(d.kind)).append(" | ").append(d.unit);
    text.append(" | ").append(storage_name(d.storage)).append(" | ").append(axes_text(d.axes));
    text.append(" | ").append(d.long_name).append(". ").append(d.counts).append(" |\n");
  }
  text += "\n| axis | levels | meaning |\n|---|---|---|\n";
  for (const Axis axis : all_axes) {
    text += "| `";
    text.append(axis_name(axis)).append("` | ");
    std::string levels;
    for (const std::string_view level : axis_levels(axis)) {
      if (!levels.empty()) levels += ", ";
      levels += level;
    }
    text += levels.empty() ? "by the configuration" : levels;
    text.append(" | ").append(axis_meaning(axis)).append(" |\n");
  }
  return text;
}

}  // namespace carestair::record
