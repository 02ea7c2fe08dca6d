#include "batch/merge.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "batch/overwrite.hpp"
#include "output/journal.hpp"
#include "output/run_text.hpp"
#include "output/writer.hpp"

namespace carestair::batch {
namespace {

using output::JournalReader;
using output::RunDescription;

void check_same_run(const std::vector<JournalReader>& parts, const std::string& run_text) {
  for (const JournalReader& part : parts) {
    const std::string difference = output::difference_of(part.run_text(), run_text);
    if (difference.empty()) continue;
    throw base::UserError(
        fmt::format("{} and {} are not parts of one run: {}", parts.front().path().string(),
                    part.path().string(), difference),
        "run all parts with the same carestair, configuration, seed and options");
  }
}

/// Which part holds each replication; refuses what is missing and what is there twice.
std::vector<std::size_t> owners(const std::vector<JournalReader>& parts,
                                const RunDescription& run) {
  const std::size_t nobody = parts.size();
  std::vector<std::size_t> owner(static_cast<std::size_t>(run.replications), nobody);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const std::vector<bool> whole = parts[p].whole_replications(run);
    for (std::size_t r = 0; r < whole.size(); ++r) {
      if (!whole[r]) continue;
      if (owner[r] != nobody) {
        throw base::UserError(
            fmt::format("replication {} is in two parts: {} and {}", r,
                        parts[owner[r]].path().string(), parts[p].path().string()),
            "name each part once");
      }
      owner[r] = p;
    }
  }
  const auto missing = std::ranges::count(owner, nobody);
  if (missing > 0) {
    const auto first = std::ranges::find(owner, nobody) - owner.begin();
    throw base::UserError(
        fmt::format("{} of {} are in no part, the first of them {}", missing,
                    base::counted(run.replications, "replication"), first),
        "name all parts; one that was stopped is finished with `carestair run --resume`");
  }
  return owner;
}

}  // namespace

std::size_t merge(const std::vector<std::filesystem::path>& files,
                  const std::filesystem::path& path) {
  if (files.empty()) throw base::UserError("there are no parts to merge");
  refuse_to_overwrite_inputs(path, files);
  refuse_to_overwrite(path);
  std::vector<JournalReader> parts;
  for (const auto& file : files) parts.emplace_back(file);
  // In the order of the parts, whatever the order they were named in: the same command stands in
  // the file, and little has to wait for its turn.
  std::ranges::stable_sort(parts, {}, [](const JournalReader& part) {
    return std::pair(part.shard().count, part.shard().index);
  });
  check_same_run(parts, parts.front().run_text());
  const RunDescription run = output::run_from_text(parts.front().run_text());
  if (!output::difference_of(parts.front().run_text(), output::to_text(run)).empty()) {
    throw base::UserError("the parts were run by another version of carestair",
                          "merge them with the version that ran them");
  }
  const std::vector<std::size_t> owner = owners(parts, run);
  output::Writer writer(path, run);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    std::set<record::WorldKey> seen;
    parts[p].each([&](const record::WorldKey& key, output::EncodedWorld world) {
      if (owner[static_cast<std::size_t>(key.replication)] != p) return;
      if (seen.insert(key).second) writer.add(key, std::move(world));
    });
  }
  writer.finish();
  return run.scenarios.size() * static_cast<std::size_t>(run.replications);
}

}  // namespace carestair::batch
