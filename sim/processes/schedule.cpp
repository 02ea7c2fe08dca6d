#include "processes/schedule.hpp"

#include <array>

#include "processes/allocation.hpp"
#include "processes/appointments.hpp"
#include "processes/buildings.hpp"
#include "processes/carer_burden.hpp"
#include "processes/case_update.hpp"
#include "processes/delivery.hpp"
#include "processes/economy.hpp"
#include "processes/hospital.hpp"
#include "processes/migration.hpp"
#include "processes/services.hpp"
#include "processes/volunteers.hpp"
#include "processes/workforce.hpp"
#include "processes/world.hpp"

namespace carestair::processes {

/// What the phases need of a world's inside.
class Schedule {
 public:
  static void change_rules(World& w) {
    // What was given until yesterday is booked by the rules, prices among them, of its time.
    book_all(w, w.today());
    bool changed = false;
    const std::shared_ptr<const Rules> before = w.rules_;
    while (w.next_rules_ < w.policy_.size() && w.policy_[w.next_rules_].from <= w.today()) {
      w.rules_ = w.policy_[w.next_rules_++].rules;
      changed = true;
    }
    if (w.today() == w.period_.report_from && w.period_.first < w.period_.report_from) {
      begin_report(w);
      changed = true;
    }
    if (changed) {
      w.rules_since_ = w.run_day_;
      recount_use(w, *before);
      for (model::Unit& u : w.state.units) u.renew = true;
    }
    if (changed && w.run_day_ > 0) w.refresh_everybody();
  }

  static void run_clocks(World& w) { w.events_ += w.people_.run_day(w, w.run_day_); }

  static void keep_appointments(World& w) {
    for (const std::uint32_t index : w.appointments_.take(w.run_day_)) {
      keep_appointment(w, w.at(model::CaseId(index)));
    }
  }

  static void close_month(World& w) {
    book_all(w, w.today() + 1);
    pay_for_buildings(w);
    close_accounts(w);
    open_and_close_buildings(w);
    w.month_closed_ = !w.burning_in();
  }

  static void refresh_touched(World& w) {
    for (const model::ResidentId id : w.touched_) {
      model::Resident& who = w.at(id);
      who.touched = false;
      if (who.here()) w.people_.refresh(w, id.index, w.end_of_today(), w.run_day_ + 1);
    }
    w.touched_.clear();
  }

  static void make_room(World& w) { w.make_room(); }

  static bool is_due(const World& w, Rhythm rhythm) {
    switch (rhythm) {
      case Rhythm::daily: return true;
      case Rhythm::weekly: return w.phases_->meeting(w.run_day_);
      case Rhythm::monthly: return w.phases_->month_ends(w.run_day_);
      case Rhythm::yearly: return w.run_day_ == 0 || w.phases_->year_begins(w.run_day_);
      case Rhythm::mondays: return w.phases_->monday(w.run_day_);
      case Rhythm::at_dates:
        return (w.next_rules_ < w.policy_.size() && w.policy_[w.next_rules_].from <= w.today()) ||
               w.today() == w.period_.report_from;
    }
    return false;
  }

  static void end_day(World& w) { ++w.run_day_; }
  static void begin_day(World& w) { w.month_closed_ = false; }

 private:
  /// The burn-in is over: hours and money are booked from today on.
  static void begin_report(World& w) {
    for (const model::CaseId id : w.state.open_cases) {
      model::CareCase& c = w.at(id);
      c.year_cost = c.year_stay_days = 0.0F;
      c.accounted = w.today();
      for (model::Holding& h : c.in_use()) h.accounted = w.today();
    }
  }
};

namespace {

constexpr std::array phases{
    Phase{"change_rules", Rhythm::at_dates,
          "dated changes of the scenario come into force; the burn-in ends",
          &Schedule::change_rules},
    Phase{"make_room", Rhythm::yearly, "room for the year's newborns and in-movers",
          &Schedule::make_room},
    Phase{"plan_in_movers", Rhythm::yearly, "who moves in this year, and when",
          &schedule_in_movers},
    Phase{"admit_in_movers", Rhythm::daily, "in-movers arrive", &admit_in_movers},
    Phase{"begin_staff_week", Rhythm::mondays,
          "who leaves, which posts are opened and filled, who is at work this week",
          &begin_staff_week},
    Phase{"run_clocks", Rhythm::daily,
          "birthdays and every chance in a life: deaths and terminal phases, births, moves, "
          "unions, need, cognition, "
          "diagnosis, help seeking, acute illness, falls",
          &Schedule::run_clocks},
    Phase{"keep_appointments", Rhythm::daily,
          "courses and stays end, reviews fall due, effects fade", &Schedule::keep_appointments},
    Phase{"decide_urgent_cases", Rhythm::daily, "cases that cannot wait for the meeting",
          &decide_urgent_cases},
    Phase{"hold_allocation_meeting", Rhythm::weekly,
          "the queue in order of priority walks the care staircase", &hold_allocation_meeting},
    Phase{"attend_hospital", Rhythm::daily,
          "treatment ends, function may be lost, patients go home or wait for the municipality",
          &attend_hospital},
    Phase{"end_spells", Rhythm::daily,
          "the days after a discharge, of recovery and after a hip fracture end, and the last days "
          "of the dying begin and end",
          &end_spells},
    Phase{"tend_family_care", Rhythm::monthly,
          "families agree on who gives what, burden follows, some carers give up",
          &tend_family_care},
    Phase{"coordinate_volunteers", Rhythm::monthly,
          "volunteers give hours, begin, are trained and matched, and stop",
          &coordinate_volunteers},
    Phase{"close_month", Rhythm::monthly,
          "hours and money are booked, buildings open and close, stocks can be read",
          &Schedule::close_month},
    Phase{"take_stock_of_staff", Rhythm::monthly,
          "what has not been given, how well units are staffed, how many people come to the door, "
          "the way of working",
          &take_stock_of_staff},
    Phase{"share_staff_time", Rhythm::daily,
          "staff time of the day is booked; what staff at work can give tomorrow is shared among "
          "those who are granted it",
          &share_staff_time},
    Phase{"refresh_touched", Rhythm::daily,
          "rates of residents whose state others have changed, from the end of the day",
          &Schedule::refresh_touched},
};

}  // namespace

std::span<const Phase> schedule() { return phases; }

void World::run_day() {
  Schedule::begin_day(*this);
  for (const Phase& phase : phases) {
    if (Schedule::is_due(*this, phase.rhythm)) phase.run(*this);
  }
  Schedule::end_day(*this);
}

}  // namespace carestair::processes
