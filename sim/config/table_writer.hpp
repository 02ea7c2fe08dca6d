// A table back to CSV text, ages with equal values joined to bands.
#pragma once

#include <string>

#include "config/evidence.hpp"
#include "config/table.hpp"

namespace carestair::config {

/// Columns low, high, source, kind and note are written only when some row has them. `about` may
/// be null: then only values are written. With `every_age` no ages are joined but those of nobody:
/// a count in a band would be that of the whole band.
std::string to_csv(const Table& table, const TableEvidence* about, bool every_age = false);

}  // namespace carestair::config
