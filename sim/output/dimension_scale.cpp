#include "output/dimension_scale.hpp"

#include <cstddef>

namespace carestair::output::h5 {
namespace {

// Texts of the specification are null-terminated, unlike our other attributes.
void set_terminated(hid_t object, const char* name, const std::string& text) {
  const Type type(check(H5Tcopy(H5T_C_S1), "make a text type"));
  check(H5Tset_size(type.id(), text.size() + 1), "make a text type");
  const Space space(check(H5Screate(H5S_SCALAR), "describe a text"));
  const Attribute attribute(
      check(H5Acreate2(object, name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
            "add an attribute"));
  check(H5Awrite(attribute.id(), type.id(), text.c_str()), "write an attribute");
}

hobj_ref_t reference_to(hid_t dataset) {
  hobj_ref_t reference{};
  check(H5Rcreate(&reference, dataset, ".", H5R_OBJECT, H5I_INVALID_HID), "refer to a dataset");
  return reference;
}

/// netCDF-4's mark of a dimension that has no variable.
std::string without_variable() {
  return "This is a netCDF dimension but not a netCDF variable.         0";
}

}  // namespace

void DimensionScales::add(const std::string& name, Dataset dataset) {
  set_terminated(dataset.id(), "CLASS", "DIMENSION_SCALE");
  set_terminated(dataset.id(), "NAME", name);
  scales_[name].dataset = std::move(dataset);
}

void DimensionScales::add_unlimited(hid_t parent, const std::string& name) {
  Dataset dataset = create_dataset(
      parent, name.c_str(), H5T_IEEE_F32LE,
      {.shape = {0}, .largest = {H5S_UNLIMITED}, .chunk = {65536}, .filtered = false});
  set_terminated(dataset.id(), "CLASS", "DIMENSION_SCALE");
  set_terminated(dataset.id(), "NAME", without_variable());
  scales_[name].dataset = std::move(dataset);
}

void DimensionScales::extend(const std::string& name, hsize_t size) {
  check(H5Dset_extent(dataset(name), &size), "set the size of a dimension");
}

void DimensionScales::attach(hid_t dataset, std::span<const std::string> dimensions) {
  std::vector<hobj_ref_t> references;
  references.reserve(dimensions.size());
  std::vector<hvl_t> list;
  const hobj_ref_t user = reference_to(dataset);
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    Scale& scale = scales_.at(dimensions[i]);
    references.push_back(reference_to(scale.dataset.id()));
    list.push_back({1, &references.back()});
    scale.users.push_back({user, static_cast<int>(i)});
  }
  const Type type(check(H5Tvlen_create(H5T_STD_REF_OBJ), "make a list type"));
  const hsize_t rank = dimensions.size();
  const Space space(check(H5Screate_simple(1, &rank, nullptr), "describe a list"));
  const Attribute attribute(
      check(H5Acreate2(dataset, "DIMENSION_LIST", type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
            "add an attribute"));
  check(H5Awrite(attribute.id(), type.id(), list.data()), "write an attribute");
}

void DimensionScales::write_users() {
  const Type in_memory(check(H5Tcreate(H5T_COMPOUND, sizeof(User)), "make a list type"));
  check(H5Tinsert(in_memory.id(), "dataset", offsetof(User, dataset), H5T_STD_REF_OBJ),
        "make a list type");
  check(H5Tinsert(in_memory.id(), "dimension", offsetof(User, dimension), H5T_NATIVE_INT),
        "make a list type");
  const Type in_file(check(H5Tcreate(H5T_COMPOUND, 12), "make a list type"));
  check(H5Tinsert(in_file.id(), "dataset", 0, H5T_STD_REF_OBJ), "make a list type");
  check(H5Tinsert(in_file.id(), "dimension", 8, H5T_STD_I32LE), "make a list type");
  for (const auto& [name, scale] : scales_) {
    if (scale.users.empty()) continue;
    const hsize_t count = scale.users.size();
    const Space space(check(H5Screate_simple(1, &count, nullptr), "describe a list"));
    const Attribute attribute(check(H5Acreate2(scale.dataset.id(), "REFERENCE_LIST", in_file.id(),
                                               space.id(), H5P_DEFAULT, H5P_DEFAULT),
                                    "add an attribute"));
    check(H5Awrite(attribute.id(), in_memory.id(), scale.users.data()), "write an attribute");
  }
}

void DimensionScales::close() {
  for (auto& [name, scale] : scales_) scale.dataset.close();
}

std::vector<std::string> dimension_names(hid_t dataset) {
  const std::size_t rank = shape_of(dataset).size();
  const Attribute attribute(
      check(H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT), "find the dimensions of a dataset"));
  const Type stored(check(H5Aget_type(attribute.id()), "find the dimensions of a dataset"));
  const Space space(check(H5Aget_space(attribute.id()), "find the dimensions of a dataset"));
  const hssize_t listed = H5Sget_simple_extent_npoints(space.id());
  const Type type(check(H5Tvlen_create(H5T_STD_REF_OBJ), "make a list type"));
  if (listed < 0 || static_cast<std::size_t>(listed) != rank ||
      H5Tequal(stored.id(), type.id()) <= 0) {
    throw Error("a dataset does not name its dimensions");
  }
  std::vector<hvl_t> list(rank, hvl_t{0, nullptr});
  check(H5Aread(attribute.id(), type.id(), list.data()), "find the dimensions of a dataset");
  struct Reclaim {
    hid_t type, space;
    std::vector<hvl_t>& list;
    ~Reclaim() { H5Dvlen_reclaim(type, space, H5P_DEFAULT, list.data()); }
  } const reclaim{type.id(), space.id(), list};
  std::vector<std::string> names;
  for (const hvl_t& entry : list) {
    if (entry.len < 1) break;
    const Dataset scale(H5Rdereference2(dataset, H5P_DEFAULT, H5R_OBJECT, entry.p));
    if (!scale.open()) break;
    const std::string name = text_attribute(scale.id(), "NAME");
    names.push_back(name.substr(0, name.find('\0')));
  }
  if (names.size() != rank) throw Error("a dataset does not name its dimensions");
  return names;
}

}  // namespace carestair::output::h5
