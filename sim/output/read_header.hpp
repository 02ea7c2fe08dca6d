// Reads back what a result file says about its run.
#pragma once

#include "output/hdf5.hpp"
#include "output/reader.hpp"

namespace carestair::output {

/// Throws h5::Error when something is missing or of another kind. Needs an h5::Session.
ResultHeader read_header(hid_t file);

}  // namespace carestair::output
