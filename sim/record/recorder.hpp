// Reads a world at the end of each month and writes down the indicators. One recorder a world; it
// is plain data, so a world forked at a policy's first change takes a copy of it along.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/day.hpp"
#include "model/state.hpp"
#include "record/census.hpp"
#include "record/persons.hpp"
#include "record/world_result.hpp"

namespace carestair::record {

/// What is common to the records of all worlds of a run.
struct Frame {
  base::Day start;                    // first day reported
  std::vector<base::Day> month_ends;  // record::month_ends(start, end)
  std::size_t services = 0;           // as many as the configuration has
  std::size_t units = 1;              // the same; see record::Sizes
  std::uint64_t home_services =
      ~std::uint64_t{0};  // bit i: hours of service i are given in the own home
  /// What a year is worth: [age 0..110][sex][need level][cognition][in a nursing home]. Empty: no
  /// quality-adjusted life years are counted.
  std::vector<float> utility{};
};

/// Day of arrival and of leaving (death or moving out; model::never while here) by resident index.
/// Either may be empty: then the middle of the month in which it was noticed stands in.
struct Stays {
  std::span<const base::Day> arrived;
  std::span<const base::Day> left;
};

class Recorder {
 public:
  explicit Recorder(Frame frame);

  /// At the start of reporting, before the first day: clears what the burn-in has summed up
  /// (ledger, totals of the cases, event log) and notes who is here.
  void begin(model::State& state);

  /// At the end of the last day of a month: takes stock and takes over the ledger's flows, which
  /// are cleared. `capacity` in persons by service, NaN or a negative number where unlimited.
  void month_end(model::State& state, base::Day day, std::span<const float> capacity);

  [[nodiscard]] std::size_t months_recorded() const { return month_; }
  [[nodiscard]] const WorldResult& result() const { return result_; }
  [[nodiscard]] WorldResult take_result() { return std::move(result_); }

  /// Everybody who lived here at some time of the reported period, sorted by uid. Mechanisms must
  /// have booked hours and money up to the last month end before.
  [[nodiscard]] std::vector<PersonOutcome> persons(const model::State& state,
                                                   const Stays& stays = {}) const;

 private:
  void count_cases(const model::State& state, base::Day day);
  void count_carers(const model::State& state, base::Day day);
  void count_volunteers(const model::State& state, base::Day day);
  void count_employees(const model::State& state, base::Day day);
  void take_flows(const model::Ledger& ledger);
  [[nodiscard]] base::Day first_day(std::size_t month) const {
    return month == 0 ? frame_.start : frame_.month_ends[month - 1] + 1;
  }
  [[nodiscard]] float life_days(std::size_t resident, std::size_t last_here,
                                const Stays& stays) const;

  Frame frame_;
  WorldResult result_;
  std::size_t month_ = 0;
  Census census_;
  std::vector<FirstDay> first_days_;  // of those here when reporting began
  // Number of residents the world knew at the start and at each month end: tells arrivals apart.
  std::vector<std::uint32_t> known_;
};

}  // namespace carestair::record
