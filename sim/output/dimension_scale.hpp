// Named dimensions as netCDF-4 understands them: a dataset says which other datasets (scales) hold
// the coordinates of its axes, and each scale lists who uses it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "output/hdf5.hpp"

namespace carestair::output::h5 {

/// The scales of one file. Written by the HDF5 Dimension Scale Specification rather than with
/// H5DSattach_scale, which rewrites a scale's whole list of users at each new one and leaves holes.
class DimensionScales {
 public:
  /// Makes a one-dimensional dataset the coordinates of the dimension `name`.
  void add(const std::string& name, Dataset dataset);
  /// A dimension without coordinates, of a size that is known only at the end.
  void add_unlimited(hid_t parent, const std::string& name);
  void extend(const std::string& name, hsize_t size);

  [[nodiscard]] hid_t dataset(const std::string& name) const {
    return scales_.at(name).dataset.id();
  }

  /// Names the axes of a dataset. Also done for one that is a further label of a dimension.
  void attach(hid_t dataset, std::span<const std::string> dimensions);

  /// Writes the lists of users; call once, when everything is attached.
  void write_users();

  /// Closes all of them; throws Error when what they hold cannot be written.
  void close();

 private:
  struct User {
    hobj_ref_t dataset;
    int dimension;
  };
  struct Scale {
    Dataset dataset;
    std::vector<User> users;
  };
  std::map<std::string, Scale> scales_;
};

/// Names of the dimensions of a dataset, from its scales.
std::vector<std::string> dimension_names(hid_t dataset);

}  // namespace carestair::output::h5
