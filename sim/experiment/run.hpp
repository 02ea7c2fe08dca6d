// Running a study: one task a replication, which lives the baseline and lets every other scenario
// branch off on the first day its rules differ. Tasks share nothing, so results do not depend on
// the number of threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "experiment/study.hpp"
#include "model/state.hpp"
#include "record/finished_world.hpp"

namespace carestair::experiment {

struct RunOptions {
  int threads = 0;  // 0: all cores
  bool log_events = false;
  bool log_persons = false;
  bool branch = true;  // off: every scenario is lived from its first day (a test's check)
  const std::atomic<bool>* stop = nullptr;      // set: no further replication is started
  std::function<bool(int replication)> wanted;  // empty: all are lived
  /// Called after each replication with how many are finished, from the thread that finished it,
  /// one call at a time.
  std::function<void(int finished, int of)> progress;
};

/// Takes a finished world; called from several threads, in whatever order worlds finish.
using Sink = std::function<void(record::FinishedWorld)>;

/// What a run was, for the line at its end.
struct RunSummary {
  int replications_finished = 0;
  std::uint64_t events = 0;  // clocks fired and birthdays, all worlds
  double person_years = 0;   // lived, burn-in included, shared past counted once
};

/// Replications that a run with these options lives.
int wanted_replications(const Study& study, const RunOptions& options);

RunSummary run_study(const Study& study, const RunOptions& options, const Sink& sink);

/// Lives replication `replication` of every scenario; what run_study does in a task. The baseline
/// comes first in the result.
std::vector<record::FinishedWorld> run_replication(const Study& study, int replication,
                                                   const RunOptions& options,
                                                   RunSummary* summary = nullptr);

/// The traced life of one resident in one scenario and replication.
struct Trace {
  bool found = false;  // there is (or was) such a resident
  std::vector<model::TraceLine> lines;
};
Trace trace_resident(const Study& study, std::size_t scenario, int replication, std::uint64_t uid);

}  // namespace carestair::experiment
