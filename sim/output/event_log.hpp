// Group /events: one row an event, in columns.
#pragma once

#include <span>

#include "model/ledger.hpp"
#include "output/row_table.hpp"

namespace carestair::output {

RowTable create_event_log(hid_t file, h5::DimensionScales& scales);

/// Rows of one world; worlds come in the order of the file.
void append(RowTable& table, const record::WorldKey& world, std::span<const model::Event> events);

}  // namespace carestair::output
