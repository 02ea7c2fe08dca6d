# Language, warnings, sanitizers and floating-point rules for everything in this tree.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)  # so that the archives can go into a Python module
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CARESTAIR_CCACHE ccache)
if(CARESTAIR_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CARESTAIR_CCACHE}")
endif()

# Fused multiply-add would make results differ between machines: never contract.
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-ffp-contract=off>)

# Code for libraries may not inline what another library could replace; nobody replaces ours.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-fno-semantic-interposition CARESTAIR_HAS_NO_INTERPOSITION)
if(CARESTAIR_HAS_NO_INTERPOSITION)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-semantic-interposition>)
endif()

if(CARESTAIR_NATIVE)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-march=native>)
endif()

if(CARESTAIR_CONTRACTS)
  add_compile_definitions(CARESTAIR_CONTRACTS=1 _GLIBCXX_ASSERTIONS=1)
endif()

if(CARESTAIR_SANITIZE)
  add_compile_options(-fsanitize=${CARESTAIR_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CARESTAIR_SANITIZE})
endif()

add_library(carestair_warnings INTERFACE)
target_compile_options(
  carestair_warnings
  INTERFACE
    -Wall
    -Wextra
    -Wpedantic
    -Wshadow
    -Wcast-qual
    -Wold-style-cast
    -Wextra-semi
    -Wnon-virtual-dtor
    -Woverloaded-virtual
    -Wformat=2
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>
    $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op>
    # GCC 12 sees overlapping copies in ordinary std::string code (GCC bug 105651).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    # -Wconversion is left out: counts, shares and rates are mixed on every line of the numerics,
    # and the casts it asks for would hide them.
    $<$<BOOL:${CARESTAIR_WERROR}>:-Werror>)
if(CARESTAIR_SANITIZE)
  # Instrumented code hides initialisation and sizes from the optimiser, which then guesses.
  target_compile_options(
    carestair_warnings
    INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
              $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
              $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>)
endif()
if(CARESTAIR_SANITIZE MATCHES "thread")
  include_directories(BEFORE "${PROJECT_SOURCE_DIR}/tests/tsan")  # scheduler.hpp says why
endif()
