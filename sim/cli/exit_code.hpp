// What the command tells the shell; the same list stands in `carestair --help` and the docs.
#pragma once

#include <string>

#include "base/error.hpp"

namespace carestair::cli {

enum class ExitCode : int {
  ok = 0,
  fault = 1,       // of the program itself
  user_error = 2,  // configuration, arguments or a file that is not what it should be
  disk_error = 3,  // cannot write or read
  stopped = 130    // Ctrl-C
};

/// A file that cannot be opened, read or written, as against one with wrong content.
class DiskError : public base::UserError {
 public:
  using UserError::UserError;
};

}  // namespace carestair::cli
