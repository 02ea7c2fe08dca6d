#include "record/axes.hpp"

namespace carestair::record {
namespace {

constexpr std::array<std::string_view, 2> yes_or_no{"no", "yes"};
constexpr std::array<std::string_view, hours_band_count> hours_band_names{
    "0-2", "2-5", "5-10", "10-20", "20-35.5", "35.5+"};

constexpr std::array<std::string_view, behaviour_count> behaviour_names{
    "symptoms", "psychotropics", "coercion_with_decision", "coercion_without_decision"};

constexpr std::array<std::string_view, model::position_size_count> position_size_names{
    "0-0.5", "0.5-0.75", "0.75-0.95", "0.95+"};
constexpr std::array<std::string_view, model::staff_age_count> staff_age_names{
    "0-29", "30-39", "40-51", "52-54", "55-61", "62+"};

constexpr auto event_names = [] {
  std::array<std::string_view, model::event_kind_count> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = model::event_kind_names[i];
  return names;
}();

struct About {
  std::string_view name;
  std::string_view meaning;
  std::span<const std::string_view> levels;
};

About about(Axis axis) {
  switch (axis) {
    case Axis::service:
      return {
          "service", "service or place of the care staircase, by its id in the configuration", {}};
    case Axis::age_group: return {"age_group", "completed years of age", model::age_group_names};
    case Axis::sex: return {"sex", "sex", model::sex_names};
    case Axis::need_level:
      return {"need_level", "need of assistance as IPLOS groups it", model::need_level_names};
    case Axis::cognition:
      return {"cognition", "cognition as disease, whether or not diagnosed",
              model::cognition_names};
    case Axis::diagnosed: return {"diagnosed", "dementia known to the services", yes_or_no};
    case Axis::has_dementia:
      return {"has_dementia", "mild, moderate or severe dementia, whether or not diagnosed",
              yes_or_no};
    case Axis::dwelling: return {"dwelling", "where the resident lives", model::dwelling_names};
    case Axis::hours_band:
      return {"hours_band", "staff hours granted a week, lower bound included", hours_band_names};
    case Axis::user_group:
      return {"user_group", "younger user group, kept for life; general is everybody else",
              model::user_group_names};
    case Axis::event_kind: return {"event_kind", "what happened to a resident", event_names};
    case Axis::hidden_problem:
      return {"hidden_problem", "what residents may have and nobody sees",
              model::hidden_problem_names};
    case Axis::behaviour:
      return {"behaviour", "symptoms of dementia and what they are met with", behaviour_names};
    case Axis::detected: return {"detected", "hidden problem known to the services", yes_or_no};
    case Axis::place_of_death:
      return {"place_of_death", "where somebody died; home includes deaths under way",
              model::place_of_death_names};
    case Axis::death_wish:
      return {"death_wish",
              "where one who died after a terminal phase wished to: in the own home, or not there "
              "(residents of the nursing home too); sudden deaths are not asked",
              model::death_wish_names};
    case Axis::payer:
      return {"payer", "who pays (positive) or receives (negative)", model::payer_names};
    case Axis::account:
      return {"account",
              "what is paid for; discharge_charge, user_fees, refund, state_financing, "
              "investment_grant, rents and carer_pay pass between payers and add up to nothing",
              model::account_names};
    case Axis::income: return {"income", "income class, kept for life", model::income_names};
    case Axis::relation:
      return {"relation",
              "what the family carer is to the one cared for: partner, parent, child, or other (a "
              "friend or neighbour)",
              model::relation_names};
    case Axis::burdened:
      return {"burdened", "burden of the carer from informal.burden.burdened_from on", yes_or_no};
    case Axis::unit:
      return {"unit", "unit whose staff give services, by its id in the configuration", {}};
    case Axis::unit_account:
      return {"unit_account",
              "what a unit costs: services at the price of what was given; staffing_premium: what "
              "overtime and agency cost above ordinary hours, and posts beyond the hours while "
              "nothing granted asks for them; unused_time: pay for time beyond what usually is "
              "left over",
              model::unit_account_names};
    case Axis::occupation:
      return {"occupation", "what staff are by training", model::occupation_names};
    case Axis::staff_state:
      return {"staff_state",
              "posts in the budget, positions of those employed, on sick leave and at work; at "
              "work are substitutes in summer and for vacancies, too",
              model::staff_state_names};
    case Axis::staff_time:
      return {"staff_time",
              "what those at work can give, lent by other units (negative: lent to them), extra "
              "shifts of part-timers, overtime, agency; given: what residents got of all that; not "
              "given though there was time, for want of competence",
              model::staff_time_names};
    case Axis::staff_move:
      return {"staff_move",
              "hired; with a new occupation after training at work; left for other work; retired",
              model::staff_move_names};
    case Axis::position_size:
      return {
          "position_size",
          "size of an employee's position as a share of a full-time post, lower bound included; "
          "from 0.95 on it counts as full-time",
          position_size_names};
    case Axis::staff_age:
      return {"staff_age",
              "an employee's completed years of age; pension can be drawn from 62, which those of "
              "55 and over reach within seven years and those of 52 and over within ten",
              staff_age_names};
    case Axis::need_type: return {"need_type", "what help is needed with", model::need_type_names};
  }
  return {};
}

}  // namespace

std::string_view axis_name(Axis axis) { return about(axis).name; }
std::string_view axis_meaning(Axis axis) { return about(axis).meaning; }
std::span<const std::string_view> axis_levels(Axis axis) { return about(axis).levels; }

std::size_t axis_size(Axis axis, const Sizes& sizes) {
  if (axis == Axis::service) return sizes.services;
  return axis == Axis::unit ? sizes.units : about(axis).levels.size();
}

}  // namespace carestair::record
