# Keeps <build>/generated/base/version.hpp equal to the project version and the commit checked out.
# The header is rewritten only when its text changes, so a new commit rebuilds only what includes it.

set(CARESTAIR_GENERATED_DIR "${PROJECT_BINARY_DIR}/generated")

set(_write_version
    ${CMAKE_COMMAND}
    -D "SOURCE_DIR=${PROJECT_SOURCE_DIR}"
    -D "VERSION=${PROJECT_VERSION}"
    -D "TEMPLATE=${PROJECT_SOURCE_DIR}/cmake/version.hpp.in"
    -D "HEADER=${CARESTAIR_GENERATED_DIR}/base/version.hpp"
    -P "${PROJECT_SOURCE_DIR}/cmake/write_version.cmake")

execute_process(COMMAND ${_write_version} COMMAND_ERROR_IS_FATAL ANY)

add_custom_target(
  carestair_version
  COMMAND ${_write_version}
  BYPRODUCTS "${CARESTAIR_GENERATED_DIR}/base/version.hpp"
  COMMENT "Looking up version and commit"
  VERBATIM)
