// Those who work in the care services: every employee a person, in units that give services.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/day.hpp"
#include "model/delivery.hpp"
#include "model/levels.hpp"

namespace carestair::model {

using ByOccupation = std::array<float, occupation_count>;

/// Share of a full-time post from which a position counts as one: what is less is part-time.
inline constexpr double full_time_from = 0.95;

/// Sizes of positions told apart in results, lower bound included.
inline constexpr std::array<float, 3> position_size_from{0.5F, 0.75F,
                                                         static_cast<float>(full_time_from)};
inline constexpr std::size_t position_size_count = position_size_from.size() + 1;
constexpr std::size_t position_size(float position) {
  std::size_t size = 0;
  while (size < position_size_from.size() && position >= position_size_from[size]) ++size;
  return size;
}

/// Ages of employees told apart in results. Pension can be drawn from 62: those of 55 and over
/// reach that within seven years, those of 52 and over within ten.
inline constexpr std::array<int, 5> staff_age_from{30, 40, 52, 55, 62};
inline constexpr std::size_t staff_age_count = staff_age_from.size() + 1;
constexpr std::size_t staff_age(int years) {
  std::size_t group = 0;
  while (group < staff_age_from.size() && years >= staff_age_from[group]) ++group;
  return group;
}

/// Why somebody employed is away for some time; holidays apart.
enum class Away : std::uint8_t { no, sick, parental };

/// How the number of employees changes.
enum class StaffMove : std::uint8_t { hired, qualified, quit, retired };
inline constexpr std::array<std::string_view, 4> staff_move_names{"hired", "qualified", "quit",
                                                                  "retired"};

/// What is counted in full-time posts week by week.
enum class StaffState : std::uint8_t { post, employed, sick, present };
inline constexpr std::array<std::string_view, 4> staff_state_names{"post", "employed", "sick",
                                                                   "present"};

/// One who is employed. Identity and draws are keyed by `uid`, which is that of the post's holder
/// in turn, so that the same person is hired in every scenario in which the post is filled.
/// Times are days since the run began; what is left of a chance is a unit exponential that the
/// weeks consume.
struct Employee {
  std::uint64_t uid = 0;
  base::Day birth;
  base::Day hired;
  base::Day bound_until;     // does not leave for other work before
  float position = 1.0F;     // share of a full-time post
  float away_until = -1.0F;  // end of the latest sick or parental leave
  float until_sick = 0.0F;   // left until the next spell
  float until_parental = 0.0F;
  float until_quit = 0.0F;
  float retires = 0.0F;  // standard deviations from the mean age
  std::uint16_t spells = 0;
  std::uint16_t leaves = 0;
  Away away = Away::no;
  Occupation occupation = Occupation::assistant;
  Sex sex = Sex::female;
};

/// A post, held by one in turn. Its size is what is paid for while somebody holds it.
struct Post {
  enum class State : std::uint8_t { closed, vacant, filled };
  Employee holder;  // valid while filled
  std::uint64_t uid = 0;
  float size = 0.0F;
  float until_filled = 0.0F;  // left until the vacancy is filled
  std::uint16_t turn = 0;     // holders so far
  State state = State::closed;
  UnitIndex unit = no_unit;
  Occupation occupation = Occupation::assistant;
};

/// One in training, or trained and waiting for a post.
struct Trainee {
  std::uint64_t uid = 0;
  base::Day ready;            // can be employed, or has the new occupation, from this day
  std::uint64_t holder = 0;   // the employee who is trained; 0: from outside
  std::uint8_t training = 0;  // index into the configured list
};

/// A unit in this week and today.
struct Unit {
  // What the workforce sets each week from who is employed and who is at work, in FTE.
  ByOccupation posts{};     // the budget in force
  ByOccupation employed{};  // positions of all who are employed
  ByOccupation present{};   // of those at work this week, substitutes included
  float people = 0.0F;      // employees at work this week
  float stand_ins = 0.0F;   // FTE at work in vacancies and for those on summer holiday
  ByOccupation sick{};      // positions of those on sick leave this week
  float headcount = 0.0F;   // employees
  float span = 0.0F;        // employees a leader; 0: the unit has nobody to lead
  float pay = 1.0F;         // for an hour granted, relative to what its price holds for

  /// What it gives is to be worked out anew: staff, rules or what is granted are others.
  bool renew = true;

  // What the delivery of services sets each day from what is granted and who is present.
  /// Working hours a week granted, by what they need of who gives them and the need of who gets
  /// them.
  std::array<ByNeed, competence_count> granted{};
  /// Hours a week of those at work who have at least each competence.
  ByCompetence present_hours{};
  DeliveredShares delivered{};  // of what is granted
  StaffTime week{};             // how the hours of a week come about, as of today
  float workload = 1.0F;        // granted over what those present can give, of the last months

  // What it sets at the end of a month.
  /// Share of what was granted that was not given in the month, in steps.
  std::array<float, need_level_count> missed{};
  float staffed = 1.0F;             // employed over posts, relative to what is usual
  float coordination_hours = 0.0F;  // a week, lost between services of the same resident
  /// What continuity and competence do to rates of those who are helped.
  StaffRatios ratios{};
};

/// Posts and who holds them, and those on the way to one.
struct Staff {
  std::vector<Post> posts;  // in the order in which they were first opened
  std::vector<Trainee> trainees;
  std::vector<float> until_trainee;    // left until the next begins, by training
  std::vector<std::uint32_t> trained;  // how many have begun, by training
  /// Posts ever opened, by unit and occupation.
  std::array<std::array<std::uint16_t, occupation_count>, max_units> opened{};
};

}  // namespace carestair::model
