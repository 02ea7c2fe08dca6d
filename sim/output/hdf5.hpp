// A thin layer over the HDF5 C library: handles that close themselves, failures that throw with
// the library's own explanation, and the few reads and writes a result file needs.
#pragma once

#include <bit>
#include <cstdint>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hdf5.h>

namespace carestair::output::h5 {

static_assert(std::endian::native == std::endian::little,
              "chunks are handed to HDF5 as they lie in memory, and files are little-endian");

/// What HDF5 said when a call failed.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The library keeps global state and is not safe to enter from two threads: every use of this
/// layer happens while a Session lives. It also stops HDF5 from printing its errors.
class Session {
 public:
  Session();

 private:
  std::scoped_lock<std::mutex> lock_;
};

/// Throws Error when `result` is negative; returns it otherwise.
template <class Result>
Result check(Result result, const char* doing);
[[noreturn]] void fail(const char* doing);

template <class Result>
Result check(Result result, const char* doing) {
  if (result < 0) fail(doing);
  return result;
}

/// Something could not be closed where nobody could be told, and what HDF5 held back for it may be
/// lost: remembered until the file is closed, or another one is begun.
void note_loss() noexcept;
/// Throws Error when there was such a loss since a file was created.
void throw_if_lost();

/// An HDF5 identifier that is given back at the end of its scope. Failures cannot be told there,
/// only noted: what is written is closed by close().
template <herr_t (*Close)(hid_t)>
class Handle {
 public:
  Handle() = default;
  explicit Handle(hid_t id) : id_(id) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0 && Close(id_) < 0) note_loss();
  }
  /// HDF5 may write only now what it was given before: throws Error when it cannot.
  void close() {
    if (open()) check(Close(release()), "close what was written");
  }
  [[nodiscard]] hid_t id() const { return id_; }
  [[nodiscard]] bool open() const { return id_ >= 0; }
  [[nodiscard]] hid_t release() { return std::exchange(id_, H5I_INVALID_HID); }

 private:
  hid_t id_ = H5I_INVALID_HID;
};

using FileHandle = Handle<H5Fclose>;
using Group = Handle<H5Gclose>;
using Dataset = Handle<H5Dclose>;
using Space = Handle<H5Sclose>;
using Type = Handle<H5Tclose>;
using Attribute = Handle<H5Aclose>;
using Properties = Handle<H5Pclose>;

/// Type in the file of a C++ number, and its type in memory.
template <class Number>
hid_t file_type();
template <>
hid_t file_type<std::uint8_t>();
template <>
hid_t file_type<std::uint16_t>();
template <>
hid_t file_type<std::uint32_t>();
template <>
hid_t file_type<std::int32_t>();
template <>
hid_t file_type<std::int64_t>();
template <>
hid_t file_type<float>();
template <>
hid_t file_type<double>();
template <class Number>
hid_t memory_type();

using Shape = std::vector<hsize_t>;
Space simple_space(const Shape& shape, const Shape& largest = {});

// --- files and groups: no times of objects, links and attributes in the order of creation -----
/// Empties the file that is there; whoever calls this has locked it.
FileHandle create_file(const std::string& path);
FileHandle open_file(const std::string& path);
Group create_group(hid_t parent, const char* name);
Group open_group(hid_t parent, const char* name);
Dataset open_dataset(hid_t parent, const char* name);
/// A second name for an object, in another group.
void link_object(hid_t object, hid_t parent, const char* name);
bool has_link(hid_t parent, const char* name);
/// Names of the links of a group in the order of creation.
std::vector<std::string> link_names(hid_t group);

// --- attributes ---------------------------------------------------------------------------------
void set_text(hid_t object, const char* name, std::string_view text);
void set_numbers(hid_t object, const char* name, std::span<const std::int64_t> numbers);
void set_integer(hid_t object, const char* name, int number);
/// Declares NaN as the mark of a missing float (`_FillValue`).
void set_missing_is_nan(hid_t object);
bool has_attribute(hid_t object, const char* name);
std::string text_attribute(hid_t object, const char* name);
std::vector<std::int64_t> integer_attribute(hid_t object, const char* name);

// --- datasets -----------------------------------------------------------------------------------
/// A dataset to be filled. With `chunk`, shuffled and deflated unless `filtered` is off.
struct Layout {
  Shape shape;
  Shape largest = {};  // as shape when empty
  Shape chunk = {};    // contiguous when empty
  bool filtered = true;
};
Dataset create_dataset(hid_t parent, const char* name, hid_t type, const Layout& layout);
/// Whoever gets a dataset that was written closes it, by close().
template <class Number>
Dataset write_numbers(hid_t parent, const char* name, std::span<const Number> numbers,
                      const Layout& layout);
/// Strings of variable length, UTF-8.
Dataset write_texts(hid_t parent, const char* name, std::span<const std::string> texts);
void write_text(hid_t parent, const char* name, const std::string& text);

Shape shape_of(hid_t dataset);
/// All numbers, or those of a block, as doubles. Throws Error beyond `most` numbers.
std::vector<double> read_numbers(hid_t dataset, const Shape& from, const Shape& count);
std::vector<std::string> read_texts(hid_t dataset);

}  // namespace carestair::output::h5
