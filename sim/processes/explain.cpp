#include "processes/explain.hpp"

#include <fmt/format.h>

#include "processes/carer_records.hpp"
#include "processes/households.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

std::string in_words(const model::NeedVector& hours) {
  std::string text;
  for (std::size_t type = 0; type < model::need_type_count; ++type) {
    if (hours[type] < 0.05F) continue;
    std::string name(model::need_type_names[type]);
    for (char& letter : name) letter = letter == '_' ? ' ' : letter;
    text += fmt::format("{}{} {:.1f}", text.empty() ? "" : ", ", name, hours[type]);
  }
  return text.empty() ? "nothing" : text;
}

namespace {

std::string verdict_in_words(const Step& step) {
  switch (step.verdict) {
    case Verdict::not_reached:
    case Verdict::not_for_her: break;  // told together
    case Verdict::useless: return "plainly not enough for this need";
    case Verdict::full: return "suitable, but no capacity";
    case Verdict::no_room: return "suitable, but the package can hold no more";
    case Verdict::replaced: return "not needed beside what has been granted";
    case Verdict::deferred: return "held back until a reablement course has been tried";
    case Verdict::unsuited: return "would not help now";
    case Verdict::not_offered: return "not thought of, or declined";
    case Verdict::granted:
      return step.hours > 0.0F ? fmt::format("granted, {:.1f} staff hours a week, meets {:.1f}",
                                             step.hours, step.met)
                               : fmt::format("granted, meets {:.1f}", step.met);
    case Verdict::interim: return "granted for a limited time";
  }
  return "";
}

}  // namespace

void explain_plan(World& world, const model::CareCase& c, const Approach& approach,
                  const Plan& plan) {
  const model::Resident& who = world.at(c.resident);
  if (!world.traced(who)) return;
  const auto say = [&](std::string text) { world.explain(who, [&] { return std::move(text); }); };
  say(fmt::format(
      "assessed at age {}, need level {}, cognition {}{}, {}{}", world.age(who),
      model::need_level_names[model::index(who.need)],
      model::cognition_names[model::index(who.cognition)], who.diagnosed ? " (diagnosed)" : "",
      lives_alone(world, who) ? "lives alone" : "lives with others",
      who.group == model::UserGroup::general
          ? ""
          : fmt::format(", user group {}", model::user_group_names[model::index(who.group)])));
  say(fmt::format("  needs, hours a week: {}", in_words(c.need)));
  say(fmt::format("  met by family and friends: {}", in_words(c.informal)));
  for (model::TieId id = c.first_tie; id.valid(); id = world.state.at(id).next_of_case) {
    const model::Tie& tie = world.state.at(id);
    say(fmt::format("    {}{}: has {:.1f}, gives {:.1f}, burden {:.0f} of 88",
                    words_of(world.state.at(tie.carer), tie.relation),
                    tie.withdrawn ? " (has given up most)" : "", tie.offer, model::total(tie.given),
                    tie.burden));
  }
  if (approach.habit) {
    say("  the allocator takes the high step at once, by habit or the resident's own wish");
  }
  // Steps that were never in question take one line together.
  std::string not_needed;
  std::string not_for_her;
  for (std::size_t i = 0; i < plan.step_count; ++i) {
    const Step& step = plan.steps[i];
    const std::string& title = world.config().services[step.service].title;
    if (step.verdict == Verdict::not_reached || step.verdict == Verdict::not_for_her) {
      std::string& list = step.verdict == Verdict::not_reached ? not_needed : not_for_her;
      list += (list.empty() ? "" : ", ") + title;
      continue;
    }
    say(fmt::format("  step {} {}: {}", world.rules().services.rules[step.service].step, title,
                    verdict_in_words(step)));
  }
  if (!not_needed.empty()) say("  not needed, lower steps are enough: " + not_needed);
  if (!not_for_her.empty()) say("  not for this resident: " + not_for_her);
  if (plan.needs_place) {
    say(fmt::format("  24-hour care is called for: {}{}", world.config().services[plan.place].title,
                    plan.place_free ? "" : ", none free: waits"));
  }
  say(fmt::format("  left unmet, hours a week: {}", in_words(plan.unmet)));
}

}  // namespace carestair::processes
