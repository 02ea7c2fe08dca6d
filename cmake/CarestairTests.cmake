# tests/<room>/*.cpp becomes test_<room>, linked to that room and what it may use. Any other folder
# with .cpp files (tests/integration, ...) becomes test_<folder> on top of everything.

find_package(Catch2 REQUIRED)
find_package(rapidcheck QUIET)
if(NOT rapidcheck_FOUND)
  message(STATUS "RapidCheck not found: property tests are left out")
endif()

# main() once for all; it is the slow part of Catch2 version 2.
add_library(carestair_test_main STATIC "${PROJECT_SOURCE_DIR}/tests/main.cpp")
target_include_directories(carestair_test_main PUBLIC "${PROJECT_SOURCE_DIR}/tests")
target_link_libraries(carestair_test_main PUBLIC Catch2::Catch2)

file(GLOB_RECURSE _test_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/*/*.cpp")
set(_test_folders "")
foreach(source IN LISTS _test_sources)
  file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}/tests" "${source}")
  string(REGEX REPLACE "/.*" "" folder "${path}")
  if(folder MATCHES "\\.cpp$" OR path MATCHES "^package/")
    continue()  # main.cpp, and the example of an outside user
  endif()
  list(APPEND _test_folders ${folder})
  list(APPEND _sources_of_${folder} "${source}")
endforeach()
list(REMOVE_DUPLICATES _test_folders)

foreach(folder IN LISTS _test_folders)
  set(target test_${folder})
  add_executable(${target} ${_sources_of_${folder}})
  if(folder IN_LIST CARESTAIR_ROOMS)
    target_link_libraries(${target} PRIVATE carestair::${folder})
  else()
    target_link_libraries(${target} PRIVATE carestair::carestair)
  endif()
  target_link_libraries(
    ${target}
    PRIVATE carestair_test_main
            carestair_warnings
            Eigen3::Eigen
            HDF5::HDF5
            TBB::tbb
            ${CARESTAIR_YAML}
            nlohmann_json::nlohmann_json
            Threads::Threads)
  target_compile_definitions(
    ${target} PRIVATE CARESTAIR_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                      CARESTAIR_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(rapidcheck_FOUND)
    target_link_libraries(${target} PRIVATE rapidcheck)
    target_compile_definitions(${target} PRIVATE CARESTAIR_HAS_RAPIDCHECK=1)
  endif()
  if(TARGET carestair_command AND NOT folder IN_LIST CARESTAIR_ROOMS)
    add_dependencies(${target} carestair_command)
    target_compile_definitions(${target}
                               PRIVATE CARESTAIR_COMMAND="$<TARGET_FILE:carestair_command>")
  elseif(TARGET carestair_command AND folder STREQUAL "cli")
    add_dependencies(${target} carestair_command)
    target_compile_definitions(${target}
                               PRIVATE CARESTAIR_COMMAND="$<TARGET_FILE:carestair_command>")
  endif()
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                             "${PROJECT_BINARY_DIR}/tests")
  add_test(NAME ${target} COMMAND ${target} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${target} PROPERTIES TIMEOUT 1200 LABELS ${folder})
endforeach()

find_package(Python3 QUIET COMPONENTS Interpreter)
if(Python3_Interpreter_FOUND)
  add_test(NAME rooms COMMAND Python3::Interpreter
                              "${PROJECT_SOURCE_DIR}/scripts/check_rooms.py")
  add_test(NAME rooms_self_test
           COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/scripts/check_rooms.py"
                   --self-test)
endif()
