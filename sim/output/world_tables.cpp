#include "output/world_tables.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "output/deflate.hpp"
#include "output/format.hpp"

namespace carestair::output {
namespace {

using record::person_group_count;

// Order is that of encode_persons().
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

hid_t type_of(record::Storage storage) {
  switch (storage) {
    case record::Storage::u16: return h5::file_type<std::uint16_t>();
    case record::Storage::u32: return h5::file_type<std::uint32_t>();
    case record::Storage::f32: return h5::file_type<float>();
  }
  return H5I_INVALID_HID;
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
    deflate();
  }
  template <class Number>
  void numbers(std::span<const Number> numbers) {
    shuffle(numbers, planes_);
    deflate();
  }

 private:
  void deflate() {
    world_.sizes.push_back(static_cast<std::uint32_t>(append_deflated(planes_, world_.bytes)));
  }

  EncodedWorld& world_;
  std::vector<unsigned char> planes_;
};

void encode_indicators(const record::WorldResult& result, Encoder& encoder) {
  for (const record::Definition& d : record::definitions()) {
    switch (d.storage) {
      case record::Storage::u16:
        encoder.months(result.all<std::uint16_t>(d.indicator), result.months());
        break;
      case record::Storage::u32:
        encoder.months(result.all<std::uint32_t>(d.indicator), result.months());
        break;
      case record::Storage::f32:
        encoder.months(result.all<float>(d.indicator), result.months());
        break;
    }
  }
}

/// The baseline compared with itself: everybody paired, nobody touched.
record::Pairing with_itself(const record::PersonSums& sums) {
  record::Pairing pairing;
  for (std::size_t g = 0; g < person_group_count; ++g) pairing.groups[g].paired = sums.persons[g];
  return pairing;
}

void encode_persons(const record::FinishedWorld& world, Encoder& encoder) {
  using record::PairedGroup;
  const record::Pairing pairing = world.pairing ? *world.pairing : with_itself(world.sums);
  const auto counts = [&](std::uint32_t PairedGroup::*member) {
    std::array<std::uint32_t, person_group_count> all{};
    for (std::size_t g = 0; g < all.size(); ++g) all[g] = pairing.groups[g].*member;
    encoder.numbers(std::span<const std::uint32_t>(all));
  };
  const auto by_outcome =
      [&]<class Number>(std::array<Number, record::outcome_count> PairedGroup::*member) {
        std::vector<Number> all;
        for (const PairedGroup& g : pairing.groups) {
          all.insert(all.end(), (g.*member).begin(), (g.*member).end());
        }
        encoder.numbers(std::span<const Number>(all));
      };
  encoder.numbers(std::span<const std::uint32_t>(world.sums.persons));
  encoder.numbers(std::span<const double>(world.sums.sum.front().data(),
                                          person_group_count * record::outcome_count));
  counts(&PairedGroup::paired);
  counts(&PairedGroup::touched);
  counts(&PairedGroup::only_baseline);
  counts(&PairedGroup::only_other);
  by_outcome(&PairedGroup::more);
  by_outcome(&PairedGroup::less);
  by_outcome(&PairedGroup::sum);
  by_outcome(&PairedGroup::sum_squares);
}

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
                     .type = info.real ? h5::file_type<double>() : h5::file_type<std::uint32_t>(),
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
  encode_indicators(world.result, encoder);
  encode_persons(world, encoder);
  append_rows(std::span<const model::Event>(world.events),
              offsetof(model::Event, to) + sizeof(model::Event::to), encoded);
  append_rows(std::span<const record::PersonOutcome>(world.persons),
              offsetof(record::PersonOutcome, first_day) + sizeof(record::FirstDay), encoded);
  return encoded;
}

}  // namespace carestair::output
