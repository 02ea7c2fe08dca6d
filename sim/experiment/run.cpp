#include "experiment/run.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "processes/buildings.hpp"
#include "record/months.hpp"
#include "record/recorder.hpp"
#include "synth/populate.hpp"

namespace carestair::experiment {

namespace {

using processes::World;

record::Frame frame_of(const Study& study, const Prepared& prepared) {
  record::Frame frame;
  frame.start = study.period.report_from;
  frame.month_ends = record::month_ends(study.period.report_from, study.period.end);
  const auto& services = study.config().services;
  frame.services = services.size();
  frame.units = std::max<std::size_t>(1, study.config().units.size());
  frame.home_services = 0;
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (services[i].form == config::ServiceForm::hours)
      frame.home_services |= std::uint64_t{1} << i;
  }
  frame.utility = prepared.utility;
  return frame;
}

random::WorldSeed seed_of(const Study& study, int replication) {
  return random::WorldSeed::of(static_cast<std::uint32_t>(study.config().simulation.seed),
                               static_cast<std::uint32_t>(study.chance_of(replication)),
                               static_cast<std::uint32_t>(study.config().municipality.number));
}

/// A world with its recorder: what branches off together.
struct Life {
  World world;
  record::Recorder recorder;
  std::vector<float> capacity;

  void live_until(base::Day day) {
    while (!world.finished() && world.today() < day) {
      if (world.today() == world.period().report_from) recorder.begin(world.state);
      world.run_day();
      if (world.month_closed()) {
        for (std::size_t i = 0; i < capacity.size(); ++i) {
          const float places = processes::capacity_of(world, static_cast<model::ServiceIndex>(i));
          capacity[i] = places < std::numeric_limits<float>::max() ? places : -1.0F;
        }
        recorder.month_end(world.state, world.today() - 1, capacity);
      }
    }
  }
};

Life begin(const Study& study, const Prepared& prepared, std::size_t scenario, int replication,
           const RunOptions& options, std::uint64_t traced_uid = 0) {
  const random::WorldSeed seed = seed_of(study, replication);
  const double years =
      static_cast<double>(study.period.end - study.period.report_from) / base::days_per_year;
  model::State state = synth::populate(prepared.population, seed, study.period.report_from,
                                       study.period.first, years);
  state.log_events = options.log_events;
  state.traced_uid = traced_uid;
  return {World(std::move(state), prepared.policies[scenario], seed, study.period),
          record::Recorder(frame_of(study, prepared)),
          std::vector<float>(study.config().services.size())};
}

struct Finished {
  record::FinishedWorld world;
  std::vector<record::PersonOutcome> persons;
};

Finished finish(Life& life, std::size_t scenario, int replication) {
  life.live_until(life.world.period().end);
  Finished done;
  done.world.key = {static_cast<int>(scenario), replication, 0};
  done.persons =
      life.recorder.persons(life.world.state, {life.world.state.arrived, life.world.state.left});
  done.world.sums = record::sum_up(done.persons);
  done.world.result = life.recorder.take_result();
  done.world.events = std::move(life.world.state.events);
  return done;
}

/// Day on which each scenario parts from the baseline, and the order in which they do.
struct Branch {
  base::Day day;
  std::size_t scenario;
};

std::vector<Branch> branches_of(const Study& study, const Prepared& prepared, bool branch) {
  std::vector<Branch> branches;
  for (std::size_t s = 1; s < prepared.policies.size(); ++s) {
    const base::Day parts = World::first_difference(prepared.policies[0], prepared.policies[s]);
    branches.push_back({branch ? std::max(parts, study.period.first) : study.period.first, s});
  }
  std::ranges::stable_sort(branches, {}, &Branch::day);
  return branches;
}

std::vector<record::FinishedWorld> live(const Study& study, const Prepared& prepared,
                                        int replication, const RunOptions& options,
                                        RunSummary* summary) {
  Life baseline = begin(study, prepared, 0, replication, options);
  const std::vector<Branch> branches = branches_of(study, prepared, options.branch);
  std::vector<std::optional<Life>> others(study.scenarios.size());
  std::uint64_t shared_events = 0;
  double days = 0.0;
  for (const Branch& b : branches) {
    if (!options.branch) {
      others[b.scenario].emplace(begin(study, prepared, b.scenario, replication, options));
      continue;
    }
    baseline.live_until(b.day);
    others[b.scenario].emplace(baseline);
    others[b.scenario]->world.follow(prepared.policies[b.scenario]);
    shared_events += baseline.world.events_lived();
    days += static_cast<double>(study.period.end - std::min(b.day, study.period.end));
  }
  std::vector<record::FinishedWorld> worlds;
  Finished base = finish(baseline, 0, replication);
  std::uint64_t events = baseline.world.events_lived();
  days += static_cast<double>(study.period.end - study.period.first);
  worlds.push_back(std::move(base.world));
  for (std::size_t s = 1; s < study.scenarios.size(); ++s) {
    Finished other = finish(*others[s], s, replication);
    other.world.pairing = record::pair(base.persons, other.persons);
    if (options.log_persons) other.world.persons = std::move(other.persons);
    events += others[s]->world.events_lived();
    others[s].reset();
    worlds.push_back(std::move(other.world));
  }
  if (options.log_persons) worlds.front().persons = std::move(base.persons);
  if (summary != nullptr) {
    summary->events += events - shared_events;
    summary->person_years += days * static_cast<double>(study.residents()) / base::days_per_year;
  }
  return worlds;
}

/// Rules of a draw, built by the first worker that needs them and gone with the last of its worlds:
/// memory does not grow with the number of draws.
class Shelf {
 public:
  explicit Shelf(const Study& study) : study_(study) {}

  std::shared_ptr<const Prepared> of(std::size_t draw) {
    std::shared_ptr<Slot> slot;
    {
      const std::scoped_lock lock(mutex_);
      std::erase_if(slots_, [](const auto& entry) { return entry.second.expired(); });
      slot = slots_[draw].lock();
      if (!slot) slots_[draw] = slot = std::make_shared<Slot>();
    }
    std::call_once(slot->built, [&] { slot->prepared = prepare(study_, draw); });
    return {slot, slot->prepared.get()};
  }

 private:
  struct Slot {
    std::once_flag built;
    std::shared_ptr<const Prepared> prepared;
  };
  const Study& study_;
  std::mutex mutex_;
  std::map<std::size_t, std::weak_ptr<Slot>> slots_;
};

/// Replications a worker takes at a time, all of one draw. With many draws it takes whole ones, so
/// that nobody waits while rules are built.
int block_size(const Study& study, int threads) {
  constexpr int fair_share = 8;  // blocks a thread at least
  const int of_draw = study.config().simulation.replications;
  return std::clamp(study.replications() / (threads * fair_share), 1, of_draw);
}

}  // namespace

std::vector<record::FinishedWorld> run_replication(const Study& study, int replication,
                                                   const RunOptions& options, RunSummary* summary) {
  return live(study, *prepare(study, study.draw_of(replication)), replication, options, summary);
}

int wanted_replications(const Study& study, const RunOptions& options) {
  if (!options.wanted) return study.replications();
  int wanted = 0;
  for (int r = 0; r < study.replications(); ++r) wanted += options.wanted(r) ? 1 : 0;
  return wanted;
}

RunSummary run_study(const Study& study, const RunOptions& options, const Sink& sink) {
  const int replications = study.replications();
  const int wanted = wanted_replications(study, options);
  const int threads = options.threads > 0 ? options.threads : tbb::info::default_concurrency();
  tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                            static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  std::mutex mutex;
  RunSummary total;
  int next = 0;  // guarded by the mutex
  Shelf shelf(study);
  const auto stopped = [&] {
    return options.stop != nullptr && options.stop->load(std::memory_order_relaxed);
  };
  // One draw stays on the shelf; of many, none longer than its worlds need it.
  const auto only = study.draws.count() == 1 ? shelf.of(0) : nullptr;
  const int block = study.draws.count() > 1 ? block_size(study, threads) : 1;
  const auto take = [&] {
    const std::scoped_lock lock(mutex);
    const int of_draw = study.config().simulation.replications;
    const int until_next_draw = of_draw - next % of_draw;
    const int first = next;
    next += std::min({block, until_next_draw, replications - next});
    return std::pair(first, next);
  };
  // Each worker takes the next replications in order, so that a stopped run has the first ones
  // and the writer never waits long for the oldest.
  arena.execute([&] {
    tbb::parallel_for(
        0, threads,
        [&](int) {
          for (;;) {
            const auto [first, end] = take();
            if (first == end || stopped()) return;
            std::shared_ptr<const Prepared> prepared;
            for (int replication = first; replication < end; ++replication) {
              if (stopped()) return;
              if (options.wanted && !options.wanted(replication)) continue;
              if (!prepared) prepared = shelf.of(study.draw_of(replication));
              RunSummary own;
              std::vector<record::FinishedWorld> worlds =
                  live(study, *prepared, replication, options, &own);
              for (record::FinishedWorld& world : worlds) sink(std::move(world));
              const std::scoped_lock lock(mutex);
              total.events += own.events;
              total.person_years += own.person_years;
              ++total.replications_finished;
              if (options.progress) options.progress(total.replications_finished, wanted);
            }
          }
        },
        tbb::simple_partitioner());
  });
  return total;
}

Trace trace_resident(const Study& study, std::size_t scenario, int replication, std::uint64_t uid) {
  const auto prepared = prepare(study, study.draw_of(replication));
  Life life = begin(study, *prepared, scenario, replication, {}, uid);
  life.live_until(study.period.end);
  Trace trace;
  trace.lines = std::move(life.world.state.trace);
  trace.found = std::ranges::any_of(life.world.state.residents,
                                    [uid](const model::Resident& who) { return who.uid == uid; });
  return trace;
}

}  // namespace carestair::experiment
