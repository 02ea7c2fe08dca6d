#include "output/memory_tables.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>

#include "base/contract.hpp"
#include "base/error.hpp"
#include "output/format.hpp"
#include "output/world_numbers.hpp"

namespace carestair::output {
namespace {

constexpr std::size_t size_of(NumberType type) {
  switch (type) {
    case NumberType::u16: return sizeof(std::uint16_t);
    case NumberType::u32: return sizeof(std::uint32_t);
    case NumberType::f32: return sizeof(float);
    case NumberType::f64: break;
  }
  return sizeof(double);
}

void refuse_unknown(const std::vector<std::string>& indicators) {
  for (const std::string& name : indicators) {
    const auto known = record::definitions();
    if (std::ranges::find(known, name, &record::Definition::name) != known.end()) continue;
    throw base::UserError("there is no indicator `" + name + "`",
                          "`carestair explain --indicators` lists them");
  }
}

/// Puts the numbers of one world where they belong, table by table.
class Placer {
 public:
  Placer(std::vector<MemoryTables::Column>& columns,
         const std::vector<std::size_t>& column_of_table, std::size_t world)
      : columns_(columns), column_of_table_(column_of_table), world_(world) {}

  template <class Number>
  void months(std::span<const Number> numbers, std::size_t /*months*/) {
    place(numbers);
  }
  template <class Number>
  void numbers(std::span<const Number> numbers) {
    place(numbers);
  }

 private:
  template <class Number>
  void place(std::span<const Number> numbers) {
    const std::size_t at = column_of_table_[table_++];
    if (at == columns_.size()) return;
    MemoryTables::Column& column = columns_[at];
    CARE_EXPECTS(numbers.size_bytes() == column.bytes_of_world);
    std::memcpy(column.bytes.data() + world_ * column.bytes_of_world, numbers.data(),
                numbers.size_bytes());
  }

  std::vector<MemoryTables::Column>& columns_;
  const std::vector<std::size_t>& column_of_table_;
  std::size_t world_;
  std::size_t table_ = 0;
};

}  // namespace

MemoryTables::MemoryTables(const RunDescription& run, const std::vector<std::string>& indicators)
    : scenarios_(run.scenarios.size()),
      replications_(static_cast<std::size_t>(run.replications)),
      worlds_in_(replications_, 0) {
  CARE_EXPECTS(run.municipalities.size() == 1);
  refuse_unknown(indicators);
  std::vector<WorldTable> tables = world_tables(run.month_ends.size(), run.sizes());
  const auto kept = [&](const WorldTable& table) {
    return indicators.empty() || std::string_view(table.group) != group::indicators ||
           std::ranges::find(indicators, table.name) != indicators.end();
  };
  const auto count = static_cast<std::size_t>(std::ranges::count_if(tables, kept));
  for (WorldTable& table : tables) {
    if (!kept(table)) {
      column_of_table_.push_back(count);
      continue;
    }
    column_of_table_.push_back(columns_.size());
    std::size_t bytes = size_of(table.type);
    for (const std::size_t length : table.shape) bytes *= length;
    columns_.push_back({.table = std::move(table),
                        .bytes = std::vector<std::byte>(bytes * scenarios_ * replications_),
                        .bytes_of_world = bytes});
  }
}

void MemoryTables::add(const record::FinishedWorld& world) {
  const auto scenario = static_cast<std::size_t>(world.key.scenario);
  const auto replication = static_cast<std::size_t>(world.key.replication);
  CARE_EXPECTS(scenario < scenarios_ && replication < replications_);
  Placer placer(columns_, column_of_table_, scenario * replications_ + replication);
  hand_out(world, placer);
  const std::scoped_lock lock(mutex_);
  ++worlds_in_[replication];
}

std::size_t MemoryTables::whole_replications() const {
  const auto first_gap =
      std::ranges::find_if(worlds_in_, [this](std::size_t worlds) { return worlds < scenarios_; });
  return static_cast<std::size_t>(first_gap - worlds_in_.begin());
}

}  // namespace carestair::output
