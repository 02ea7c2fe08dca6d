// What a result file holds before the first world: who made it, the dimensions with their labels,
// and the configuration with its evidence.
#pragma once

#include "output/dimension_scale.hpp"
#include "output/hdf5.hpp"
#include "output/run_description.hpp"

namespace carestair::output {

/// Attributes of the root, all but those that finish() adds.
void write_root(hid_t file, const RunDescription& run);

/// Coordinates of all dimensions, in the root.
void write_dimensions(hid_t file, const RunDescription& run, h5::DimensionScales& scales);

/// Group /configuration: the resolved text and the evidence behind its numbers.
void write_configuration(hid_t file, const RunDescription& run, h5::DimensionScales& scales);

/// Group /draws: which parameter has which value in which draw.
void write_draws(hid_t file, const RunDescription& run, h5::DimensionScales& scales);

}  // namespace carestair::output
