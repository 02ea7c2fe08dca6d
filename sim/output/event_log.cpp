#include "output/event_log.hpp"

#include "output/format.hpp"

namespace carestair::output {

RowTable create_event_log(hid_t file, h5::DimensionScales& scales) {
  return {file,
          group::events,
          "event",
          {column_info<std::int64_t>("uid", "the resident, the same in every scenario"),
           column_info<std::int32_t>("day", "day of the event", "days since 1970-01-01"),
           column_info<std::uint8_t>("kind", "position in event_kind"),
           column_info<std::uint8_t>("from", "level or service before, by kind"),
           column_info<std::uint8_t>("to", "level or service after, by kind")},
          scales};
}

void append(RowTable& table, const record::WorldKey& world, std::span<const model::Event> events) {
  for (const model::Event& event : events) {
    table.begin(world);
    table.put(static_cast<std::int64_t>(event.uid));
    table.put(event.day.number);
    table.put(static_cast<std::uint8_t>(event.kind));
    table.put(event.from);
    table.put(event.to);
    table.end();
  }
}

}  // namespace carestair::output
