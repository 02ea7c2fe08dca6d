#include "output/person_log.hpp"

#include "output/format.hpp"

namespace carestair::output {

RowTable create_person_log(hid_t file, h5::DimensionScales& scales) {
  std::vector<ColumnInfo> columns{
      column_info<std::int64_t>("uid", "the resident, the same in every scenario"),
      column_info<std::uint8_t>("age", "age on the first reported day; 0 of those born later",
                                "years"),
      column_info<std::uint8_t>("sex", "position in sex"),
      column_info<std::uint8_t>("user_group", "position in user_group"),
      column_info<std::uint8_t>("need_level",
                                "position in need_level on the first reported day; 255 of "
                                "those who were not here"),
      column_info<std::uint8_t>(
          "living_alone",
          "1: adult, at home and without partner on the first reported day; 255 "
          "of those who were not here"),
      column_info<std::uint8_t>("dwelling",
                                "position in dwelling on the first reported day; 255 of "
                                "those who were not here"),
      column_info<std::uint8_t>("cognition",
                                "position in cognition on the first reported day; 255 of "
                                "those who were not here")};
  for (const record::OutcomeDefinition& outcome : record::outcomes()) {
    columns.push_back(column_info<float>(std::string(outcome.name), std::string(outcome.meaning),
                                         std::string(outcome.unit)));
  }
  return {file, group::person_rows, "person", std::move(columns), scales};
}

void append(RowTable& table, const record::WorldKey& world,
            std::span<const record::PersonOutcome> persons) {
  for (const record::PersonOutcome& person : persons) {
    table.begin(world);
    table.put(static_cast<std::int64_t>(person.uid));
    table.put(person.age);
    table.put(static_cast<std::uint8_t>(model::index(person.sex)));
    table.put(static_cast<std::uint8_t>(model::index(person.user_group)));
    table.put(person.first_day.need_level);
    table.put(person.first_day.living_alone);
    table.put(person.first_day.dwelling);
    table.put(person.first_day.cognition);
    for (const float value : person.values) table.put(value);
    table.end();
  }
}

}  // namespace carestair::output
