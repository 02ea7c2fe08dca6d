#include "output/world_tables.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "output/deflate.hpp"
#include "output/format.hpp"
#include "output/shuffle.hpp"
#include "output/world_numbers.hpp"

namespace carestair::output {
namespace {

// Order is that of hand_out().
constexpr std::array<PersonTableInfo, 10> person_tables{{
    {"persons", false, false, "persons who lived here at some time of the reported period"},
    {"total", true, true, "sum of the outcome over these persons"},
    {"paired", false, false, "persons who live both in the baseline and in the scenario"},
    {"touched", false, false, "of the paired, those with any outcome changed beyond rounding"},
    {"only_baseline", false, false, "persons who live here in the baseline alone"},
    {"only_scenario", false, false, "persons who live here in the scenario alone"},
    {"more", true, false, "paired persons whose outcome is larger than in the baseline"},
    {"less", true, false, "paired persons whose outcome is smaller than in the baseline"},
    {"difference_sum", true, true, "sum over the paired of scenario minus baseline"},
    {"difference_sum_squares", true, true, "sum over the paired of the squared difference"},
}};

NumberType type_of(record::Storage storage) {
  switch (storage) {
    case record::Storage::u16: return NumberType::u16;
    case record::Storage::u32: return NumberType::u32;
    case record::Storage::f32: break;
  }
  return NumberType::f32;
}

class Encoder {
 public:
  explicit Encoder(EncodedWorld& world) : world_(world) {}

  template <class Number>
  void months(std::span<const Number> numbers, std::size_t count) {
    // What is zero all along is left out of the file, and reads as zero.
    if (std::ranges::all_of(numbers, [](Number n) { return n == Number{}; })) {
      world_.sizes.push_back(0);
      return;
    }
    transpose_and_shuffle(numbers, count, planes_);
    world_.sizes.push_back(static_cast<std::uint32_t>(append_deflated(planes_, world_.bytes)));
  }
  template <class Number>
  void numbers(std::span<const Number> numbers) {
    months(numbers, 1);
  }

 private:
  EncodedWorld& world_;
  std::vector<unsigned char> planes_;
};

/// Rows as they lie in memory. What lies behind the last field is zero: equal worlds are equal
/// bytes.
template <class Row>
void append_rows(std::span<const Row> rows, std::size_t used, EncodedWorld& encoded) {
  const std::size_t before = encoded.bytes.size();
  encoded.bytes.resize(before + rows.size_bytes());
  unsigned char* to = encoded.bytes.data() + before;
  for (const Row& row : rows) {
    std::memcpy(to, &row, used);
    std::memset(to + used, 0, sizeof row - used);
    to += sizeof row;
  }
  encoded.sizes.push_back(static_cast<std::uint32_t>(rows.size_bytes()));
}

}  // namespace

std::span<const PersonTableInfo> person_table_infos() { return person_tables; }

std::vector<WorldTable> world_tables(std::size_t months, const record::Sizes& sizes) {
  std::vector<WorldTable> tables;
  for (const record::Definition& d : record::definitions()) {
    WorldTable table{.group = group::indicators,
                     .name = std::string(d.name),
                     .type = type_of(d.storage),
                     .dimensions = {},
                     .shape = {},
                     .unit = std::string(d.unit),
                     .long_name = std::string(d.long_name),
                     .description = std::string(d.counts),
                     .cell_methods = d.kind == record::Kind::stock ? "time: point" : "time: sum",
                     .may_miss = d.indicator == record::Indicator::capacity};
    for (const record::Axis axis : d.axes) {
      table.dimensions.emplace_back(record::axis_name(axis));
      table.shape.push_back(record::axis_size(axis, sizes));
    }
    table.dimensions.emplace_back("time");
    table.shape.push_back(months);
    tables.push_back(std::move(table));
  }
  for (const PersonTableInfo& info : person_tables) {
    WorldTable table{.group = group::persons,
                     .name = std::string(info.name),
                     .type = info.real ? NumberType::f64 : NumberType::u32,
                     .dimensions = {"age_group", "sex"},
                     .shape = {model::age_group_count, model::sex_count},
                     .unit = info.real ? "" : "persons",
                     .long_name = std::string(info.meaning),
                     .description = {},
                     .cell_methods = {}};
    if (info.by_outcome) {
      table.dimensions.emplace_back("outcome");
      table.shape.push_back(record::outcome_count);
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

EncodedWorld encode(const record::FinishedWorld& world) {
  EncodedWorld encoded;
  encoded.bytes.reserve(std::size_t{256} << 10);
  Encoder encoder(encoded);
  hand_out(world, encoder);
  append_rows(std::span<const model::Event>(world.events),
              offsetof(model::Event, to) + sizeof(model::Event::to), encoded);
  append_rows(std::span<const record::PersonOutcome>(world.persons),
              offsetof(record::PersonOutcome, first_day) + sizeof(record::FirstDay), encoded);
  return encoded;
}

}  // namespace carestair::output
