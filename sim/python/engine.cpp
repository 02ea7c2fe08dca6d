// The Python module carestair._engine: studies planned, lived into files or into memory, and put
// together. Thin; what it means for a user stands in python/src/carestair.
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/filesystem.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include "base/error.hpp"
#include "batch/describe.hpp"
#include "batch/merge.hpp"
#include "batch/overwrite.hpp"
#include "batch/run.hpp"
#include "cli/command_line.hpp"
#include "experiment/run.hpp"
#include "experiment/study.hpp"
#include "output/coordinates.hpp"
#include "output/file_error.hpp"
#include "output/memory_tables.hpp"
#include "output/run_text.hpp"

namespace nb = nanobind;

namespace carestair::python {
namespace {

using namespace nb::literals;
namespace fs = std::filesystem;
using Unlocked = nb::call_guard<nb::gil_scoped_release>;

/// A study with the words it was asked for in, which stand in its results.
struct Plan {
  experiment::Study study;
  output::RunDescription run;
};

std::unique_ptr<Plan> plan(const fs::path& path, const std::optional<std::string>& text,
                           const std::string& shown, int replications, int seed,
                           std::vector<std::string> scenarios, bool events, bool persons) {
  const experiment::Overrides overrides{
      .replications = replications, .seed = seed, .scenarios = std::move(scenarios)};
  auto made = std::make_unique<Plan>();
  made->study = experiment::plan_study(path, overrides, text);
  const batch::RowTables rows{.events = events, .persons = persons};
  made->run = batch::describe(made->study, batch::command_of(shown, overrides, rows), rows);
  return made;
}

/// Has results say of their run what those of another process say, for parts that are to be merged.
void describe_as(Plan& plan, const std::string& text) {
  output::RunDescription run = output::run_from_text(text);
  if (run.configuration_sha256 != plan.run.configuration_sha256) {
    throw base::UserError("the description is that of another configuration");
  }
  plan.run = std::move(run);
}

/// What the thread that lives worlds and the one that waits for it tell each other.
class Control {
 public:
  void stop() { stop_ = true; }
  [[nodiscard]] int finished() const { return finished_; }
  [[nodiscard]] int planned() const { return planned_; }

  [[nodiscard]] const std::atomic<bool>* stop_flag() const { return &stop_; }
  void tell(int finished, int planned) {
    planned_ = planned;
    finished_ = finished;
  }

 private:
  std::atomic<bool> stop_{false};
  std::atomic<int> finished_{0};
  std::atomic<int> planned_{0};
};

batch::Settings settings_of(int threads, bool resume, Control& control) {
  return {.threads = threads,
          .resume = resume,
          .stop = control.stop_flag(),
          .progress = [&control](int finished, int of) { control.tell(finished, of); }};
}

batch::Outcome run_whole(const Plan& plan, const fs::path& output, int threads, bool resume,
                         Control& control) {
  return batch::run_whole(plan.study, plan.run, output, settings_of(threads, resume, control));
}

batch::Outcome run_part(const Plan& plan, int index, int count, const fs::path& output, int threads,
                        Control& control) {
  return batch::run_part(plan.study, plan.run, {.index = index, .count = count}, output,
                         settings_of(threads, false, control));
}

std::unique_ptr<output::MemoryTables> evaluate(const Plan& plan,
                                               const std::vector<std::string>& indicators,
                                               int threads, Control& control) {
  auto tables = std::make_unique<output::MemoryTables>(plan.run, indicators);
  experiment::RunOptions options;
  options.threads = threads;
  options.stop = control.stop_flag();
  options.progress = [&control](int finished, int of) { control.tell(finished, of); };
  experiment::run_study(plan.study, options,
                        [&](const record::FinishedWorld& world) { tables->add(world); });
  return tables;
}

bool is_part(const Plan& plan, int index, int count, const fs::path& path) {
  return batch::is_finished(path, plan.run, {.index = index, .count = count});
}

nb::dlpack::dtype dtype_of(output::NumberType type) {
  switch (type) {
    case output::NumberType::u16: return nb::dtype<std::uint16_t>();
    case output::NumberType::u32: return nb::dtype<std::uint32_t>();
    case output::NumberType::f32: return nb::dtype<float>();
    case output::NumberType::f64: break;
  }
  return nb::dtype<double>();
}

/// The numbers of a column without a copy, labelled as in the file: (scenario, replication,
/// municipality, ...), time last.
nb::ndarray<nb::numpy> array_of(output::MemoryTables::Column& column, const Plan& plan) {
  auto bytes = std::make_unique<std::vector<std::byte>>(std::move(column.bytes));
  std::vector<std::size_t> shape{plan.run.scenarios.size(),
                                 static_cast<std::size_t>(plan.run.replications), 1};
  shape.insert(shape.end(), column.table.shape.begin(), column.table.shape.end());
  std::vector<std::int64_t> strides(shape.size());
  std::int64_t stride = 1;
  const auto step_over = [&](std::size_t dimension) {
    strides[dimension] = stride;
    stride *= static_cast<std::int64_t>(shape[dimension]);
  };
  // A month of an indicator lies together.
  const bool monthly = column.table.dimensions.back() == "time";
  const std::size_t inner = shape.size() - (monthly ? 1 : 0);
  for (std::size_t d = inner; d-- > 3;) step_over(d);
  if (monthly) step_over(inner);
  for (std::size_t d = 3; d-- > 0;) step_over(d);
  void* data = bytes->data();
  const nb::capsule owner(bytes.release(), [](void* held) noexcept {
    delete static_cast<std::vector<std::byte>*>(held);
  });
  return {data, shape.size(), shape.data(), owner, strides.data(), dtype_of(column.table.type)};
}

/// What the numbers of a table are, as the attributes a result file gives them.
nb::dict attributes_of(const output::WorldTable& table) {
  nb::dict attributes;
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) attributes[name] = text;
  };
  add("long_name", table.long_name);
  add("units", table.unit);
  add("description", table.description);
  add("cell_methods", table.cell_methods);
  return attributes;
}

/// Hands the arrays over; afterwards the tables are empty.
nb::list take_arrays(output::MemoryTables& tables, const Plan& plan) {
  nb::list all;
  for (output::MemoryTables::Column& column : tables.columns()) {
    all.append(nb::make_tuple(column.table.group, column.table.name, column.table.dimensions,
                              array_of(column, plan), attributes_of(column.table)));
  }
  return all;
}

nb::list coordinates_of(const Plan& plan) {
  nb::list all;
  for (const auto& some :
       {output::scenario_coordinates(plan.run), output::municipality_coordinates(plan.run),
        output::axis_coordinates(plan.run)}) {
    for (const output::Coordinate& c : some) {
      all.append(nb::make_tuple(c.dimension, c.name, c.texts, c.long_name));
    }
  }
  return all;
}

int command(const std::vector<std::string>& arguments) {
  std::vector<const char*> words{"carestair"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  return cli::run_command_line(static_cast<int>(words.size()), words.data());
}

/// Faults as carestair.errors.ConfigurationError with each of them, those of files as ResultError.
void translate(const std::exception_ptr& thrown, void* /*unused*/) {
  const auto raise = [](const char* name, const base::UserError& error) {
    nb::list faults;
    for (const base::Diagnostic& d : error.diagnostics()) {
      faults.append(nb::make_tuple(std::string(d.position.file()), d.position.line,
                                   d.position.column, d.message, d.hint));
    }
    const nb::object type = nb::module_::import_("carestair.errors").attr(name);
    std::string text = error.what();
    while (text.ends_with('\n')) text.pop_back();
    PyErr_SetObject(type.ptr(), type.attr("of_engine")(text, faults).ptr());
  };
  try {
    std::rethrow_exception(thrown);
  } catch (const output::FileError& error) {
    raise("ResultError", error);
  } catch (const base::UserError& error) {
    raise("ConfigurationError", error);
  }
}

}  // namespace
}  // namespace carestair::python

NB_MODULE(_engine, m) {
  using namespace carestair;
  using namespace carestair::python;
  m.doc() = "The engine of carestair; use it by way of the package carestair.";
  nb::register_exception_translator(translate);

  nb::class_<Control>(m, "Control", "How far a run is, and the wish that it stop.")
      .def(nb::init<>())
      .def("stop", &Control::stop, "Start no further replication.")
      .def_prop_ro("finished", &Control::finished, "Replications finished.")
      .def_prop_ro("planned", &Control::planned, "Replications to live; 0 before the first.");

  nb::class_<Plan>(m, "Plan", "A configuration read and checked.")
      .def_prop_ro(
          "replications", [](const Plan& plan) { return plan.run.replications; },
          "Worlds of each scenario.")
      .def_prop_ro(
          "configuration", [](const Plan& plan) { return plan.run.configuration_yaml; },
          "Resolved, as YAML without includes.")
      .def(
          "description", [](const Plan& plan) { return output::to_text(plan.run); },
          "What a result says of its run, as JSON.")
      .def("describe_as", &describe_as, "description"_a,
           "Take the description of the same run planned elsewhere.")
      .def("coordinates", &coordinates_of,
           nb::sig("def coordinates(self) -> list[tuple[str, str, list[str], str]]"),
           "Dimension, name, texts and meaning of each.");

  nb::class_<batch::Outcome>(m, "Outcome", "How a run ended.")
      .def_ro("stopped", &batch::Outcome::stopped)
      .def_ro("kept", &batch::Outcome::kept)
      .def_prop_ro("journal", [](const batch::Outcome& o) { return o.journal.string(); });

  nb::class_<output::MemoryTables>(m, "Tables", "Worlds in memory.")
      .def_prop_ro("whole_replications", &output::MemoryTables::whole_replications)
      .def("take_arrays", &take_arrays, "plan"_a,
           nb::sig("def take_arrays(self, plan: Plan) -> list[tuple[str, str, list[str], "
                   "typing.Any, dict[str, str]]]"),
           "Group, name, dimensions, numbers and attributes of each; the tables are empty then.");

  m.def("plan", &plan, "path"_a, "text"_a, "shown"_a, "replications"_a, "seed"_a, "scenarios"_a,
        "events"_a, "persons"_a, Unlocked());
  m.def("run_whole", &run_whole, "plan"_a, "output"_a, "threads"_a, "resume"_a, "control"_a,
        Unlocked());
  m.def("run_part", &run_part, "plan"_a, "index"_a, "count"_a, "output"_a, "threads"_a, "control"_a,
        Unlocked());
  m.def("is_part", &is_part, "plan"_a, "index"_a, "count"_a, "path"_a, Unlocked());
  m.def("check_output", &batch::refuse_to_overwrite, "path"_a, Unlocked());
  m.def("evaluate", &evaluate, "plan"_a, "indicators"_a, "threads"_a, "control"_a, Unlocked());
  m.def("merge", &batch::merge, "parts"_a, "path"_a, Unlocked());
  m.def("command", &command, "arguments"_a, Unlocked());
}
