// Stands in for oneTBB's scheduler in builds with the thread sanitizer. The distribution's library
// is not built with the sanitizer, which therefore cannot see how tasks are handed over and reports
// every one as a race. Plain threads, which it does see, run our tasks here; what is checked is our
// own code. Only what sim/ uses of oneTBB is here: whatever else is needed, add it.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tbb {

namespace stand_in {

inline std::atomic<std::size_t> allowed_threads{4};  // more than the cores, to provoke orders

/// Calls `work(i)` for i in [0, count) on several threads, each taking the next i.
template <class Work>
void run_all(std::size_t count, std::size_t threads, const Work& work) {
  std::atomic<std::size_t> next{0};
  std::mutex guard;
  std::exception_ptr thrown;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(guard);
        if (!thrown) thrown = std::current_exception();
        next = count;
      }
    }
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min(threads, count); ++i) others.emplace_back(take);
  take();
  for (auto& other : others) other.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace stand_in

class global_control {
 public:
  enum parameter { max_allowed_parallelism, thread_stack_size };

  global_control(parameter which, std::size_t value) : before_(stand_in::allowed_threads) {
    if (which == max_allowed_parallelism) stand_in::allowed_threads = value;
  }
  ~global_control() { stand_in::allowed_threads = before_; }
  global_control(const global_control&) = delete;
  global_control& operator=(const global_control&) = delete;

  static std::size_t active_value(parameter) { return stand_in::allowed_threads; }

 private:
  std::size_t before_;
};

class task_arena {
 public:
  static constexpr int automatic = -1;
  explicit task_arena(int threads = automatic) : threads_(threads) {}

  [[nodiscard]] int max_concurrency() const {
    return threads_ > 0 ? threads_ : static_cast<int>(stand_in::allowed_threads.load());
  }
  template <class Work>
  auto execute(Work&& work) {
    const global_control inside(global_control::max_allowed_parallelism,
                                static_cast<std::size_t>(max_concurrency()));
    return std::forward<Work>(work)();
  }

 private:
  int threads_;
};

class simple_partitioner {};

namespace info {
inline int default_concurrency() { return static_cast<int>(stand_in::allowed_threads.load()); }
}  // namespace info

template <class Iterator, class Work>
void parallel_for_each(Iterator first, Iterator last, const Work& work) {
  std::vector<Iterator> items;
  for (; first != last; ++first) items.push_back(first);
  stand_in::run_all(items.size(), stand_in::allowed_threads,
                    [&](std::size_t i) { work(*items[i]); });
}

template <class Range, class Work>
void parallel_for_each(Range&& range, const Work& work) {
  parallel_for_each(std::begin(range), std::end(range), work);
}

template <class Index, class Work, class... Partitioner>
void parallel_for(Index first, Index last, const Work& work, Partitioner&&...) {
  if (!(first < last)) return;
  stand_in::run_all(
      static_cast<std::size_t>(last - first), stand_in::allowed_threads,
      [&](std::size_t i) { work(static_cast<Index>(first + static_cast<Index>(i))); });
}

class task_group {
 public:
  task_group() = default;
  task_group(const task_group&) = delete;
  task_group& operator=(const task_group&) = delete;

  template <class Work>
  void run(Work&& work) {
    const std::lock_guard lock(guard_);
    tasks_.emplace_back(std::forward<Work>(work));
  }
  void cancel() { cancelled_ = true; }
  /// Runs what was handed in, and what those tasks hand in themselves.
  void wait() {
    for (;;) {
      std::vector<std::function<void()>> batch;
      {
        const std::lock_guard lock(guard_);
        batch.swap(tasks_);
      }
      if (batch.empty()) break;
      stand_in::run_all(batch.size(), stand_in::allowed_threads, [&](std::size_t i) {
        if (!cancelled_) batch[i]();
      });
    }
    cancelled_ = false;
  }

 private:
  std::mutex guard_;
  std::vector<std::function<void()>> tasks_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace tbb
