// Group /person_rows: one row a person and world, in columns.
#pragma once

#include <span>

#include "output/row_table.hpp"
#include "record/persons.hpp"

namespace carestair::output {

RowTable create_person_log(hid_t file, h5::DimensionScales& scales);

/// Rows of one world, sorted by uid; worlds come in the order of the file.
void append(RowTable& table, const record::WorldKey& world,
            std::span<const record::PersonOutcome> persons);

}  // namespace carestair::output
