#include "output/file_error.hpp"

#include <cerrno>
#include <cstring>

namespace carestair::output {

std::string hint_for(std::string_view reason) {
  const auto says = [reason](std::string_view text) {
    return reason.find(text) != std::string_view::npos;
  };
  if (says("No space left") || says("quota") || says("too large")) {
    return "make room there, or write the result to another disk";
  }
  if (says("No such file")) return "make the folder first";
  if (says("Permission denied") || says("Read-only")) return "choose a folder you may write to";
  // Only HDF5's own lock beside ours, which it was told to leave out: the environment overrides
  // that.
  if (says(std::strerror(EAGAIN))) {
    return "carestair locks its files itself: unset HDF5_USE_FILE_LOCKING";
  }
  return {};
}

}  // namespace carestair::output
