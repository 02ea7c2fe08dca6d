// The care case: what a resident who needs or receives help holds, waits for and has got.
// A small fixed record, so that the weekly and monthly rounds walk cases, not residents.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include "base/day.hpp"
#include "model/levels.hpp"
#include "model/resident.hpp"

namespace carestair::model {

/// Index into the configured list of services (config::Config::services).
using ServiceIndex = std::uint8_t;
inline constexpr ServiceIndex no_service = 0xff;
inline constexpr std::size_t max_services = 64;
inline constexpr std::size_t max_holdings = 10;  // services held at once

inline constexpr base::Day never{std::numeric_limits<std::int32_t>::max()};

using NeedVector = std::array<float, need_type_count>;  // hours a week by NeedType

inline float total(const NeedVector& v) {
  float sum = 0.0F;
  for (const float hours : v) sum += hours;
  return sum;
}

/// The rates that what a resident receives may change, each by a ratio.
enum class RateName : std::uint8_t {
  decline,
  recovery,
  death,
  seeking,
  acute,             // acute illness
  fall,              // falls
  diagnosis,         // diagnosis of dementia
  illness,           // one more long-term illness
  admission,         // share of acute illness that goes on to a bed
  readmission,       // acute illness in the days after a discharge
  loneliness_onset,  // becoming lonely
  loneliness_end,    // being lonely no more
  detection,         // hidden problems found out
  informal,          // hours that partner and kin give
  burden             // of family carers
};
inline constexpr std::size_t rate_name_count = 15;
inline constexpr std::array<std::string_view, rate_name_count> rate_names{"decline",
                                                                          "recovery",
                                                                          "death",
                                                                          "seeking",
                                                                          "acute",
                                                                          "fall",
                                                                          "diagnosis",
                                                                          "illness",
                                                                          "admission",
                                                                          "readmission",
                                                                          "loneliness_onset",
                                                                          "loneliness_end",
                                                                          "detection",
                                                                          "informal",
                                                                          "burden"};
/// Rates of what is looked at once a year, see processes/past_year.hpp.
inline constexpr std::array yearly_rates{RateName::illness, RateName::loneliness_onset,
                                         RateName::loneliness_end};
/// By RateName, and filled up so that all are multiplied in a few instructions.
using Ratios = std::array<float, (rate_name_count + 3) / 4 * 4>;
inline constexpr Ratios no_change = [] {
  Ratios ratios{};
  ratios.fill(1.0F);
  return ratios;
}();

inline void multiply(Ratios& ratios, const Ratios& by) {
  for (std::size_t k = 0; k < ratios.size(); ++k) ratios[k] *= by[k];
}

/// One service in use.
struct Holding {
  ServiceIndex service = no_service;
  bool overflow = false;        // bought or improvised place beyond capacity
  bool own = false;             // bought by the resident: no decision, no cost to the municipality
  float hours_per_week = 0.0F;  // granted staff hours; 0 for devices
  base::Day since = never;      // granted from
  base::Day until = never;      // ends by itself (course, time-limited stay)
  base::Day accounted = never;  // hours and money booked up to this day
};

/// What a case is waiting for.
struct Waiting {
  ServiceIndex service = no_service;
  base::Day since = never;
};

/// A service that has ended but whose effect fades.
struct Faded {
  ServiceIndex service = no_service;
  base::Day ended = never;
};

/// Why a case stands in the queue of the next allocation meeting.
enum class Request : std::uint8_t {
  none,
  application,
  need_changed,
  review,
  place_wanted,
  discharge,         // comes home from hospital or a short-term stay: decided the same day
  discharge_to_stay  // leaves hospital for a short-term stay first
};

/// Totals over the reported period, for pairing the same person between scenarios.
struct PersonTotals {
  float cost_nok = 0.0F;
  float home_hours = 0.0F;      // staff hours received at home
  float place_days = 0.0F;      // days in staffed housing or nursing home (long stay)
  float unmet_hours = 0.0F;     // hours of need nobody met
  float informal_hours = 0.0F;  // hours given by partner and kin
  float waiting_days = 0.0F;    // days on a waiting list
  float extensive_days = 0.0F;  // days lived with extensive need
};

/// What was in force since the last birthday: for each of `yearly_rates` the ratio above 1 times
/// days.
struct PastYear {
  std::array<float, yearly_rates.size()> excess_days{};
  base::Day since = never;  // added up to this day
};

/// Dementia as others meet it, see behaviour.hpp.
struct Behaviour {
  bool symptoms = false;       // behavioural and psychological
  bool psychotropics = false;  // in regular use
  bool coercion = false;
  bool decision = false;  // a formal decision on it

  friend bool operator==(const Behaviour&, const Behaviour&) = default;
};

/// The holdings in use of a case, in the order of their slots. Ends with the last one in use, so
/// that a case with one or two is not read to the end. The one just visited may be ended.
template <class AHolding>
class InUse {
 public:
  InUse(AHolding* first, AHolding* end, unsigned held) : begin_{first, end, held} {
    begin_.skip_empty();
  }
  class Iterator {
   public:
    Iterator(AHolding* at, AHolding* end, unsigned left) : at_(at), end_(end), left_(left) {}
    AHolding& operator*() const { return *at_; }
    Iterator& operator++() {
      ++at_;
      --left_;
      skip_empty();
      return *this;
    }
    bool operator!=(std::nullptr_t) const { return left_ != 0; }

   private:
    friend class InUse;
    void skip_empty() {
      if (left_ == 0) return;
      while (at_ != end_ && at_->service == no_service) ++at_;
      if (at_ == end_) left_ = 0;
    }
    AHolding* at_;
    AHolding* end_;
    unsigned left_;  // to visit, with the one here
  };
  [[nodiscard]] Iterator begin() const { return begin_; }
  [[nodiscard]] static std::nullptr_t end() { return nullptr; }

 private:
  Iterator begin_;
};

/// What every round asks for stands first, in one cache line or two.
struct CareCase {
  ResidentId resident;
  TieId first_tie;                    // to those who care, see carer.hpp
  base::Day accounted = never;        // unmet and informal hours booked up to this day
  NeedLevel level = NeedLevel::none;  // need level since `accounted`
  Request request = Request::none;
  std::uint8_t courses = 0;  // reablement courses had
  std::uint8_t held = 0;     // holdings in use
  std::uint8_t beside = 0;   // of these, offers beside the staircase and what was bought
  bool in_queue = false;
  NeedLevel placed_at = NeedLevel::none;  // need level when the place held was given
  bool family_known = false;    // nothing about the family has changed since ties were arranged
  bool other_language = false;  // than Norwegian, see language.hpp
  Behaviour behaviour{};
  NeedVector need{};      // gross need, hours a week
  NeedVector informal{};  // met by partner and kin
  NeedVector unmet{};     // left after informal help and services
  /// Of what is granted, hours a week that staff have not come to give lately, see delivery.hpp.
  float undelivered = 0.0F;
  Waiting place;   // waiting for a permanent place
  Waiting course;  // waiting for a reablement course
  PersonTotals totals{};
  std::array<Holding, max_holdings> holdings{};
  std::array<Faded, 4> faded{};
  /// Unmet hours a week that the latest decision left; negative before the first.
  float left_unmet = -1.0F;
  /// Staff hours a week at home when last decided upon there.
  float home_hours = 0.0F;
  /// Reablement: compensating hours are multiplied by this at `reabled`, fading back to 1.
  float hours_ratio = 1.0F;
  float year_cost = 0.0F;           // of services to the municipality, this calendar year, NOK
  float year_stay_days = 0.0F;      // of short stays that count for their fee, this calendar year
  float mastery = 0.0F;             // the resident's own standard normal number, see mastery.hpp
  base::Day reabled = never;        // end of the latest course completed
  base::Day last_course = never;    // end of the latest course, completed or not
  base::Day next_review = never;    // reassessment by the services
  base::Day request_since = never;  // in the queue since
  base::Day visited = never;        // latest preventive home visit
  base::Day appointment = never;    // next day on which the case wants attention
  PastYear past_year{};
  /// What services, and the need they leave, do to each rate; those that every event asks for are
  /// kept in the resident too.
  Ratios ratios = no_change;

  [[nodiscard]] InUse<const Holding> in_use() const {
    return {holdings.data(), holdings.data() + holdings.size(), held};
  }
  [[nodiscard]] InUse<Holding> in_use() {
    return {holdings.data(), holdings.data() + holdings.size(), held};
  }
  /// What is held of a service; of `no_service`, the first slot that is free.
  [[nodiscard]] const Holding* find(ServiceIndex service) const {
    if (held == 0 && service != no_service) return nullptr;
    for (const Holding& h : holdings) {
      if (h.service == service) return &h;
    }
    return nullptr;
  }
  [[nodiscard]] Holding* find(ServiceIndex service) {
    return const_cast<Holding*>(std::as_const(*this).find(service));
  }
  [[nodiscard]] float ratio(RateName rate) const { return ratios[index(rate)]; }
  /// Whether the municipality has granted anything.
  [[nodiscard]] bool receives_any() const { return held > beside; }
  /// Whether there is anything that hours, money or days can be booked of.
  [[nodiscard]] bool counts() const {
    return held > 0 || level != NeedLevel::none || place.service != no_service ||
           course.service != no_service || total(need) > 0.0F;
  }
};

}  // namespace carestair::model
