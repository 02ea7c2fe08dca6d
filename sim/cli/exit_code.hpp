// What the command tells the shell; the same list stands in `carestair --help` and the docs.
#pragma once

#include <string>

#include "base/error.hpp"

namespace carestair::cli {

enum class ExitCode : int {
  ok = 0,
  fault = 1,       // of the program itself
  user_error = 2,  // configuration, arguments or a file that is not what it should be, or missing
  disk_error = 3,  // cannot write
  stopped = 130    // Ctrl-C
};

/// A file that cannot be written, as against one to be read that is missing or not as it should be.
class DiskError : public base::UserError {
 public:
  using UserError::UserError;
};

/// Nobody reads what is printed any more (`carestair params | head`): no reason to complain.
struct ClosedPipe {};

}  // namespace carestair::cli
