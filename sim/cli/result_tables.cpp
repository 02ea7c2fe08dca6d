#include "cli/result_tables.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "base/error.hpp"
#include "output/format.hpp"

namespace carestair::cli {

ResultTables::ResultTables(const output::Reader& reader, std::string path)
    : reader_(reader),
      path_(std::move(path)),
      indicators_(reader.indicators()),
      persons_(reader.person_tables()) {
  const output::RunDescription& run = reader.header().run;
  for (output::WorldTable& table : output::world_tables(run.month_ends.size(), run.sizes())) {
    Name name{table.group, table.name};
    written_.emplace(std::move(name), std::move(table));
  }
}

output::Array ResultTables::indicator(std::string_view name, const output::Slab& slab) const {
  return read({output::group::indicators, std::string(name)}, slab);
}

output::Array ResultTables::persons(std::string_view name, const output::Slab& slab) const {
  return read({output::group::persons, std::string(name)}, slab);
}

output::Array ResultTables::read(const Name& name, const output::Slab& slab) const {
  const bool is_indicator = name.first == output::group::indicators;
  const std::vector<std::string>& held = is_indicator ? indicators_ : persons_;
  if (std::ranges::find(held, name.second) == held.end()) {
    if (header().format_minor < output::format_minor) {
      throw base::UserError(fmt::format("{} holds no `{}`: an earlier version of the program "
                                        "wrote it",
                                        path_, name.second),
                            "run the study again");
    }
    refuse(name, "is not there, or is no table of worlds");
  }
  try {
    output::Array array = is_indicator ? reader_.indicator(name.second, slab)
                                       : reader_.person_table(name.second, slab);
    check(name, slab, array);
    return array;
  } catch (const std::out_of_range&) {
    refuse(name, "does not hold all scenarios and replications");
  }
}

void ResultTables::check(const Name& name, const output::Slab& slab,
                         const output::Array& array) const {
  const output::WorldTable& table = written_.at(name);
  const output::RunDescription& run = header().run;
  std::vector<std::string> dimensions;
  std::vector<std::size_t> shape;
  const auto outer = [&](const char* dimension, int index, std::size_t size) {
    if (index != output::Slab::all) return;
    dimensions.emplace_back(dimension);
    shape.push_back(size);
  };
  outer("scenario", slab.scenario, run.scenarios.size());
  outer("replication", slab.replication, static_cast<std::size_t>(header().replications_finished));
  outer("municipality", slab.municipality, run.municipalities.size());
  dimensions.insert(dimensions.end(), table.dimensions.begin(), table.dimensions.end());
  shape.insert(shape.end(), table.shape.begin(), table.shape.end());
  if (array.dimensions != dimensions) {
    refuse(name, fmt::format("has the dimensions {}, not {}", fmt::join(array.dimensions, ", "),
                             fmt::join(dimensions, ", ")));
  }
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (array.shape[d] == shape[d]) continue;
    refuse(name, fmt::format("has {} along `{}`, not {}", array.shape[d], dimensions[d], shape[d]));
  }
}

void ResultTables::refuse(const Name& name, const std::string& what) const {
  const output::ResultHeader& header = reader_.header();
  const bool other = header.format_minor != output::format_minor;
  throw base::UserError(
      fmt::format("{} cannot be compared: /{}/{} {}", path_, name.first, name.second, what),
      other ? fmt::format("carestair {} wrote it, in format {}.{}: compare it with that version, "
                          "or run the study again",
                          header.program_version, header.format_major, header.format_minor)
            : "it was damaged, or changed by another program: take it from where it was copied, "
              "or run the study again");
}

}  // namespace carestair::cli
