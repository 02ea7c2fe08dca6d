// Contracts for programmer errors. User errors are reported with a position (base/error.hpp);
// the two are never mixed. Checked in debug and sanitizer builds, free in release.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace carestair::base {

[[noreturn]] inline void contract_violation(const char* kind, const char* what, const char* file,
                                            int line) {
  std::fprintf(stderr, "%s:%d: %s violated: %s\n", file, line, kind, what);
  std::abort();
}

}  // namespace carestair::base

#if defined(CARESTAIR_CONTRACTS)
#define CARE_EXPECTS(condition) \
  ((condition)                  \
       ? static_cast<void>(0)   \
       : ::carestair::base::contract_violation("precondition", #condition, __FILE__, __LINE__))
#define CARE_ENSURES(condition) \
  ((condition)                  \
       ? static_cast<void>(0)   \
       : ::carestair::base::contract_violation("postcondition", #condition, __FILE__, __LINE__))
#else
#define CARE_EXPECTS(condition) static_cast<void>(0)
#define CARE_ENSURES(condition) static_cast<void>(0)
#endif
