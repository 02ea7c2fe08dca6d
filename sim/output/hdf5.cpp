#include "output/hdf5.hpp"

#include <array>
#include <cstdlib>

namespace carestair::output::h5 {
namespace {

std::mutex& library() {
  static std::mutex mutex;
  return mutex;
}

constexpr unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

/// Properties of a group or file: links and attributes in the order of creation, so that ncdump
/// and xarray list them as the format's page does; no times.
Properties group_properties(hid_t kind) {
  Properties properties(check(H5Pcreate(kind), "make properties"));
  check(H5Pset_link_creation_order(properties.id(), in_order), "keep the order of links");
  check(H5Pset_attr_creation_order(properties.id(), in_order), "keep the order of attributes");
  check(H5Pset_obj_track_times(properties.id(), false), "leave out times");
  return properties;
}

Properties dataset_properties() {
  Properties properties(check(H5Pcreate(H5P_DATASET_CREATE), "make properties"));
  check(H5Pset_attr_creation_order(properties.id(), in_order), "keep the order of attributes");
  check(H5Pset_obj_track_times(properties.id(), false), "leave out times");
  return properties;
}

Type text_type() {
  Type type(check(H5Tcopy(H5T_C_S1), "make a text type"));
  check(H5Tset_size(type.id(), H5T_VARIABLE), "make a text type");
  check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a text type");
  return type;
}

hsize_t product(const Shape& shape) {
  hsize_t count = 1;
  for (const hsize_t size : shape) count *= size;
  return count;
}

/// A damaged file may claim any size. Whoever needs more than this at once (4 GB) reads by slab.
constexpr hsize_t most_numbers = hsize_t{1} << 29;

hsize_t checked_product(const Shape& shape) {
  hsize_t count = 1;
  for (const hsize_t size : shape) {
    if (size != 0 && count > most_numbers / size)
      throw Error("a dataset is too large to be read at once");
    count *= size;
  }
  return count;
}

/// The path of a dataset in its file.
std::string name_of(hid_t dataset) {
  std::array<char, 256> name{};
  const auto length = H5Iget_name(dataset, name.data(), name.size());
  return length > 0 ? std::string(name.data()) : "a dataset";
}

bool lost = false;  // guarded by library()

/// HDF5 shall not lock what this program has locked already, but HDF5_USE_FILE_LOCKING=TRUE in the
/// environment overrules what a file is opened with. HDF5 looks at it once, when it begins.
bool begin_without_forced_locks() {
  constexpr const char* variable = "HDF5_USE_FILE_LOCKING";
  const char* asked = std::getenv(variable);
  const std::string value = asked == nullptr ? "" : asked;
  if (value != "TRUE" && value != "1") return false;
  unsetenv(variable);
  H5open();
  H5Fget_obj_count(static_cast<hid_t>(H5F_OBJ_ALL), H5F_OBJ_FILE);  // the part that locks begins
  setenv(variable, value.c_str(), 1);
  return true;
}

}  // namespace

Session::Session() : lock_(library()) {
  // Files are closed by name; what a full disk has left open would end the program in a crash when
  // the library closes it once more at exit.
  [[maybe_unused]] static const herr_t no_second_closing = H5dont_atexit();
  [[maybe_unused]] static const bool without_locks = begin_without_forced_locks();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

void fail(const char* doing) {
  // The innermost entry says what went wrong; when the system refused, it quotes the reason.
  std::string innermost;
  const auto collect = [](unsigned, const H5E_error2_t* entry, void* to) -> herr_t {
    if (entry->desc != nullptr) *static_cast<std::string*>(to) = entry->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, collect, &innermost);
  H5Eclear2(H5E_DEFAULT);
  constexpr std::string_view quote = "error message = '";
  if (const auto at = innermost.find(quote); at != std::string::npos) {
    const auto from = at + quote.size();
    innermost = innermost.substr(from, innermost.find('\'', from) - from);
  }
  throw Error("cannot " + std::string(doing) + ": " +
              (innermost.empty() ? "no reason given by HDF5" : innermost));
}

void note_loss() noexcept { lost = true; }

void throw_if_lost() {
  if (!lost) return;
  throw Error(
      "cannot close what was written: the disk was full, or could not be written, for a "
      "moment");
}

Space simple_space(const Shape& shape, const Shape& largest) {
  return Space(check(H5Screate_simple(static_cast<int>(shape.size()), shape.data(),
                                      largest.empty() ? nullptr : largest.data()),
                     "describe a dataset"));
}

template <>
hid_t file_type<std::uint8_t>() {
  return H5T_STD_U8LE;
}
template <>
hid_t file_type<std::uint16_t>() {
  return H5T_STD_U16LE;
}
template <>
hid_t file_type<std::uint32_t>() {
  return H5T_STD_U32LE;
}
template <>
hid_t file_type<std::int32_t>() {
  return H5T_STD_I32LE;
}
template <>
hid_t file_type<std::int64_t>() {
  return H5T_STD_I64LE;
}
template <>
hid_t file_type<float>() {
  return H5T_IEEE_F32LE;
}
template <>
hid_t file_type<double>() {
  return H5T_IEEE_F64LE;
}
template <>
hid_t memory_type<std::int32_t>() {
  return H5T_NATIVE_INT32;
}
template <>
hid_t memory_type<std::int64_t>() {
  return H5T_NATIVE_INT64;
}
template <>
hid_t memory_type<float>() {
  return H5T_NATIVE_FLOAT;
}
template <>
hid_t memory_type<double>() {
  return H5T_NATIVE_DOUBLE;
}

FileHandle create_file(const std::string& path) {
  lost = false;
  const Properties creation = group_properties(H5P_FILE_CREATE);
  const Properties access(check(H5Pcreate(H5P_FILE_ACCESS), "make properties"));
  // Whoever writes holds a lock of his own (LockedFile): HDF5 would lock only after it has emptied
  // the file that was there.
  check(H5Pset_file_locking(access.id(), false, true), "leave out a lock");
  // The file structures of HDF5 1.8: read by every netCDF-4.
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), "choose a format");
  return FileHandle(
      check(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), "create the file"));
}

FileHandle open_file(const std::string& path) {
  return FileHandle(check(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "open the file"));
}

Group create_group(hid_t parent, const char* name) {
  const Properties creation = group_properties(H5P_GROUP_CREATE);
  return Group(
      check(H5Gcreate2(parent, name, H5P_DEFAULT, creation.id(), H5P_DEFAULT), "create a group"));
}

Group open_group(hid_t parent, const char* name) {
  return Group(
      check(H5Gopen2(parent, name, H5P_DEFAULT), (std::string("open the group ") + name).c_str()));
}

Dataset open_dataset(hid_t parent, const char* name) {
  return Dataset(check(H5Dopen2(parent, name, H5P_DEFAULT),
                       (std::string("open the dataset ") + name).c_str()));
}

void link_object(hid_t object, hid_t parent, const char* name) {
  check(H5Olink(object, parent, name, H5P_DEFAULT, H5P_DEFAULT), "link a dataset");
}

bool has_link(hid_t parent, const char* name) {
  return check(H5Lexists(parent, name, H5P_DEFAULT), "look for a dataset") > 0;
}

std::vector<std::string> link_names(hid_t group) {
  H5G_info_t info{};
  check(H5Gget_info(group, &info), "list a group");
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const auto length = check(
        H5Lget_name_by_idx(group, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT),
        "list a group");
    std::string name(static_cast<std::size_t>(length), '\0');
    check(H5Lget_name_by_idx(group, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name.data(),
                             name.size() + 1, H5P_DEFAULT),
          "list a group");
    names.push_back(std::move(name));
  }
  return names;
}

Dataset create_dataset(hid_t parent, const char* name, hid_t type, const Layout& layout) {
  const Properties creation = dataset_properties();
  if (!layout.chunk.empty()) {
    check(H5Pset_chunk(creation.id(), static_cast<int>(layout.chunk.size()), layout.chunk.data()),
          "set the chunks");
    if (layout.filtered) {
      if (H5Tget_size(type) > 1) check(H5Pset_shuffle(creation.id()), "set the filters");
      check(H5Pset_deflate(creation.id(), 1), "set the filters");
    }
  }
  const Space space = simple_space(layout.shape, layout.largest);
  return Dataset(
      check(H5Dcreate2(parent, name, type, space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
            "create a dataset"));
}

template <class Number>
Dataset write_numbers(hid_t parent, const char* name, std::span<const Number> numbers,
                      const Layout& layout) {
  Dataset dataset = create_dataset(parent, name, file_type<Number>(), layout);
  if (product(layout.shape) != numbers.size()) throw std::logic_error("shape of a dataset");
  if (!numbers.empty()) {
    check(H5Dwrite(dataset.id(), memory_type<Number>(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                   numbers.data()),
          "write a dataset");
  }
  return dataset;
}
template Dataset write_numbers(hid_t, const char*, std::span<const std::int32_t>, const Layout&);
template Dataset write_numbers(hid_t, const char*, std::span<const std::int64_t>, const Layout&);
template Dataset write_numbers(hid_t, const char*, std::span<const double>, const Layout&);

Dataset write_texts(hid_t parent, const char* name, std::span<const std::string> texts) {
  const Type type = text_type();
  Dataset dataset = create_dataset(parent, name, type.id(), {.shape = {texts.size()}});
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  if (!texts.empty()) {
    check(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
          "write a dataset");
  }
  return dataset;
}

void write_text(hid_t parent, const char* name, const std::string& text) {
  const Type type = text_type();
  const Space space(check(H5Screate(H5S_SCALAR), "describe a text"));
  const Properties creation = dataset_properties();
  Dataset dataset(check(
      H5Dcreate2(parent, name, type.id(), space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
      "create a dataset"));
  const char* pointer = text.c_str();
  check(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, &pointer),
        "write a dataset");
  dataset.close();
}

Shape shape_of(hid_t dataset) {
  const Space space(check(H5Dget_space(dataset), "read a dataset"));
  const int rank = check(H5Sget_simple_extent_ndims(space.id()), "read a dataset");
  Shape shape(static_cast<std::size_t>(rank));
  check(H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr), "read a dataset");
  return shape;
}

std::vector<double> read_numbers(hid_t dataset, const Shape& from, const Shape& count) {
  const Space in_file(check(H5Dget_space(dataset), "read a dataset"));
  const Type type(check(H5Dget_type(dataset), "read a dataset"));
  const H5T_class_t kind = H5Tget_class(type.id());
  if (kind != H5T_INTEGER && kind != H5T_FLOAT)
    throw Error(name_of(dataset) + " does not hold numbers");
  std::vector<double> numbers(checked_product(count));
  if (numbers.empty()) return numbers;
  if (!count.empty()) {
    check(H5Sselect_hyperslab(in_file.id(), H5S_SELECT_SET, from.data(), nullptr, count.data(),
                              nullptr),
          "select a part of a dataset");
  }
  const Space in_memory =
      count.empty() ? Space(check(H5Screate(H5S_SCALAR), "read a dataset")) : simple_space(count);
  check(H5Dread(dataset, memory_type<double>(), in_memory.id(), in_file.id(), H5P_DEFAULT,
                numbers.data()),
        ("read " + name_of(dataset)).c_str());
  return numbers;
}

std::vector<std::string> read_texts(hid_t dataset) {
  const Type stored(check(H5Dget_type(dataset), "read a dataset"));
  if (H5Tget_class(stored.id()) != H5T_STRING || H5Tis_variable_str(stored.id()) <= 0) {
    throw Error(name_of(dataset) + " does not hold texts");
  }
  const hsize_t count = checked_product(shape_of(dataset));
  std::vector<char*> pointers(count, nullptr);
  if (count == 0) return {};
  const Type type = text_type();
  const Space space(check(H5Dget_space(dataset), "read a dataset"));
  check(H5Dread(dataset, type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
        ("read " + name_of(dataset)).c_str());
  std::vector<std::string> texts;
  for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
  H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, pointers.data());
  return texts;
}

}  // namespace carestair::output::h5
