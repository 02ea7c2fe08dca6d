// The attributes of hdf5.hpp.
#include <algorithm>
#include <limits>

#include "output/hdf5.hpp"

namespace carestair::output::h5 {

void set_text(hid_t object, const char* name, std::string_view text) {
  // Fixed length: netCDF then sees characters, its classic kind of text attribute.
  const Type type(check(H5Tcopy(H5T_C_S1), "make a text type"));
  check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a text type");
  check(H5Tset_size(type.id(), std::max<std::size_t>(text.size(), 1)), "make a text type");
  const Space space(check(H5Screate(text.empty() ? H5S_NULL : H5S_SCALAR), "describe a text"));
  const Attribute attribute(
      check(H5Acreate2(object, name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
            "add an attribute"));
  if (!text.empty()) check(H5Awrite(attribute.id(), type.id(), text.data()), "write an attribute");
}

void set_numbers(hid_t object, const char* name, std::span<const std::int64_t> numbers) {
  const Space space = numbers.size() == 1 ? Space(check(H5Screate(H5S_SCALAR), "describe a number"))
                                          : simple_space({numbers.size()});
  const Attribute attribute(check(
      H5Acreate2(object, name, file_type<std::int64_t>(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
      "add an attribute"));
  check(H5Awrite(attribute.id(), memory_type<std::int64_t>(), numbers.data()),
        "write an attribute");
}

void set_integer(hid_t object, const char* name, int number) {
  const Space space(check(H5Screate(H5S_SCALAR), "describe a number"));
  const Attribute attribute(check(
      H5Acreate2(object, name, file_type<std::int32_t>(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
      "add an attribute"));
  check(H5Awrite(attribute.id(), H5T_NATIVE_INT, &number), "write an attribute");
}

void set_missing_is_nan(hid_t object) {
  const hsize_t one = 1;  // netCDF wants a list of one
  const Space space(check(H5Screate_simple(1, &one, nullptr), "describe a number"));
  const Attribute attribute(check(
      H5Acreate2(object, "_FillValue", file_type<float>(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
      "add an attribute"));
  const float missing = std::numeric_limits<float>::quiet_NaN();
  check(H5Awrite(attribute.id(), memory_type<float>(), &missing), "write an attribute");
}

bool has_attribute(hid_t object, const char* name) {
  return check(H5Aexists(object, name), "look for an attribute") > 0;
}

std::string text_attribute(hid_t object, const char* name) {
  const Attribute attribute(check(H5Aopen(object, name, H5P_DEFAULT),
                                  (std::string("open the attribute ") + name).c_str()));
  const Space space(check(H5Aget_space(attribute.id()), "read an attribute"));
  if (check(H5Sget_simple_extent_npoints(space.id()), "read an attribute") == 0) return {};
  const Type type(check(H5Aget_type(attribute.id()), "read an attribute"));
  if (H5Tget_class(type.id()) != H5T_STRING || H5Tis_variable_str(type.id()) != 0 ||
      H5Sget_simple_extent_npoints(space.id()) != 1) {
    throw Error("attribute " + std::string(name) + " is not a text");
  }
  std::string text(H5Tget_size(type.id()), '\0');
  check(H5Aread(attribute.id(), type.id(), text.data()), "read an attribute");
  return text;
}

std::vector<std::int64_t> integer_attribute(hid_t object, const char* name) {
  const Attribute attribute(check(H5Aopen(object, name, H5P_DEFAULT),
                                  (std::string("open the attribute ") + name).c_str()));
  const Space space(check(H5Aget_space(attribute.id()), "read an attribute"));
  const hssize_t count = check(H5Sget_simple_extent_npoints(space.id()), "read an attribute");
  const Type type(check(H5Aget_type(attribute.id()), "read an attribute"));
  if (H5Tget_class(type.id()) != H5T_INTEGER || count > 1000) {
    throw Error("attribute " + std::string(name) + " is not a number");
  }
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
  check(H5Aread(attribute.id(), memory_type<std::int64_t>(), numbers.data()), "read an attribute");
  return numbers;
}

}  // namespace carestair::output::h5
