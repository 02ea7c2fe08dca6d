#include "output/reader.hpp"

#include <array>
#include <new>
#include <stdexcept>
#include <utility>

#include "output/dimension_scale.hpp"
#include "output/format.hpp"
#include "output/hdf5.hpp"
#include "output/open_checked.hpp"
#include "output/read_header.hpp"

namespace carestair::output {
namespace {

constexpr std::size_t world_dimensions = 3;  // scenario, replication, municipality

/// Datasets with the dimensions of worlds; the coordinates linked beside them are not results.
std::vector<std::string> tables_of(hid_t file, const char* group_name) {
  const h5::Group group = h5::open_group(file, group_name);
  std::vector<std::string> names;
  for (std::string& name : h5::link_names(group.id())) {
    const h5::Dataset dataset = h5::open_dataset(group.id(), name.c_str());
    if (h5::shape_of(dataset.id()).size() >= world_dimensions) names.push_back(std::move(name));
  }
  return names;
}

Array read_table(hid_t file, const char* group_name, const std::string& name, const Slab& slab) {
  const h5::Group group = h5::open_group(file, group_name);
  if (!h5::has_link(group.id(), name.c_str())) {
    throw std::out_of_range("there is no " + name + " in /" + group_name);
  }
  const h5::Dataset dataset = h5::open_dataset(group.id(), name.c_str());
  const h5::Shape shape = h5::shape_of(dataset.id());
  const std::vector<std::string> dimensions = h5::dimension_names(dataset.id());
  if (shape.size() < world_dimensions) throw h5::Error(name + " does not hold results of worlds");

  h5::Shape from(shape.size(), 0);
  h5::Shape count = shape;
  const std::array<int, world_dimensions> wanted{slab.scenario, slab.replication,
                                                 slab.municipality};
  Array array;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i < world_dimensions && wanted[i] != Slab::all) {
      if (wanted[i] < 0 || static_cast<hsize_t>(wanted[i]) >= shape[i]) {
        throw std::out_of_range("there is no " + dimensions[i] + " " + std::to_string(wanted[i]));
      }
      from[i] = static_cast<hsize_t>(wanted[i]);
      count[i] = 1;
      continue;
    }
    array.dimensions.push_back(dimensions[i]);
    array.shape.push_back(shape[i]);
  }
  array.values = h5::read_numbers(dataset.id(), from, count);
  return array;
}

}  // namespace

class Reader::File {
 public:
  explicit File(std::filesystem::path path) : path_(std::move(path)) {
    const h5::Session session;
    h5::FileHandle file = open_checked(path_);
    try {
      header_ = read_header(file.id());
    } catch (const h5::Error& error) {
      throw damaged(error);
    } catch (const std::bad_alloc&) {
      throw too_large();
    }
    file_ = std::move(file);
  }
  ~File() {
    const h5::Session session;
    file_ = {};
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] const ResultHeader& header() const { return header_; }

  [[nodiscard]] FileError damaged(const h5::Error& error) const {
    return {path_, std::string("cannot be read: ") + error.what(),
            "the file may be damaged; run the simulation again"};
  }
  template <class Work>
  auto guarded(Work&& work) const {
    const h5::Session session;
    try {
      return work();
    } catch (const h5::Error& error) {
      throw damaged(error);
    } catch (const std::bad_alloc&) {
      throw too_large();
    }
  }

  [[nodiscard]] FileError too_large() const {
    return {path_, "does not fit the memory", "read one scenario or replication at a time"};
  }

  [[nodiscard]] std::vector<std::string> tables(const char* group) const {
    return guarded([&] { return tables_of(file_.id(), group); });
  }
  [[nodiscard]] Array table(const char* group, std::string_view name, const Slab& slab) const {
    return guarded([&] { return read_table(file_.id(), group, std::string(name), slab); });
  }

 private:
  std::filesystem::path path_;
  h5::FileHandle file_;
  ResultHeader header_;
};

Reader::Reader(std::filesystem::path path) : file_(std::make_unique<File>(std::move(path))) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

const ResultHeader& Reader::header() const { return file_->header(); }
std::vector<std::string> Reader::indicators() const { return file_->tables(group::indicators); }
std::vector<std::string> Reader::person_tables() const { return file_->tables(group::persons); }
Array Reader::indicator(std::string_view name, const Slab& slab) const {
  return file_->table(group::indicators, name, slab);
}
Array Reader::person_table(std::string_view name, const Slab& slab) const {
  return file_->table(group::persons, name, slab);
}

}  // namespace carestair::output
