# bench/<name>.cpp (or bench/bench_<name>.cpp) becomes the Google Benchmark executable bench_<name>.

find_package(benchmark QUIET)
file(GLOB _bench_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/bench/*.cpp")
if(NOT benchmark_FOUND)
  message(STATUS "Google Benchmark not found: benchmarks are left out")
  set(_bench_sources "")
endif()

foreach(source IN LISTS _bench_sources)
  get_filename_component(name "${source}" NAME_WE)
  string(REGEX REPLACE "^bench_" "" name "${name}")
  add_executable(bench_${name} "${source}")
  target_link_libraries(
    bench_${name} PRIVATE carestair::carestair benchmark::benchmark benchmark::benchmark_main
                          TBB::tbb carestair_warnings)
  target_compile_definitions(bench_${name} PRIVATE CARESTAIR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set_target_properties(bench_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                                 "${PROJECT_BINARY_DIR}/bench")
endforeach()
