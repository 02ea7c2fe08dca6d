# A room is a folder of sim/: one static library carestair_<room>, or an interface library while the
# room has headers only. Sources are found by pattern, so a new file needs no line here.

set(CARESTAIR_ROOMS "")

# carestair_room(<name> [USES <room>...] [PUBLIC <target>...] [PRIVATE <target>...])
function(carestair_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "USES;PUBLIC;PRIVATE")
  set(target carestair_${name})
  set(folder "${PROJECT_SOURCE_DIR}/sim/${name}")

  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  list(REMOVE_ITEM sources "${folder}/main.cpp")  # belongs to the command, not to the library

  list(TRANSFORM room_USES PREPEND carestair_)
  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(
      ${target}
      PUBLIC ${room_USES} fmt::fmt ${room_PUBLIC}
      PRIVATE ${room_PRIVATE} $<BUILD_INTERFACE:carestair_warnings>)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
    target_link_libraries(${target} INTERFACE ${room_USES} fmt::fmt ${room_PUBLIC})
  endif()
  target_include_directories(
    ${target} ${scope} $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/sim>
    $<BUILD_INTERFACE:${CARESTAIR_GENERATED_DIR}> $<INSTALL_INTERFACE:include/carestair>)
  target_compile_features(${target} ${scope} cxx_std_20)
  # Templates compiled by a user of the library must round as the library does.
  target_compile_options(${target} INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-ffp-contract=off>)
  add_dependencies(${target} carestair_version)

  add_library(carestair::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  set(CARESTAIR_ROOMS ${CARESTAIR_ROOMS} ${name} PARENT_SCOPE)
endfunction()

# carestair::carestair: all rooms.
function(carestair_umbrella)
  add_library(carestair_umbrella INTERFACE)
  list(TRANSFORM CARESTAIR_ROOMS PREPEND carestair_ OUTPUT_VARIABLE targets)
  target_link_libraries(carestair_umbrella INTERFACE ${targets})
  set_target_properties(carestair_umbrella PROPERTIES EXPORT_NAME carestair)
  add_library(carestair::carestair ALIAS carestair_umbrella)
endfunction()

# The command: sim/cli/main.cpp on top of the room cli, so that tests reach everything but main().
function(carestair_command)
  set(main "${PROJECT_SOURCE_DIR}/sim/cli/main.cpp")
  file(GLOB found CONFIGURE_DEPENDS "${main}")
  if(NOT found)
    message(STATUS "No sim/cli/main.cpp: the command carestair is not built")
    return()
  endif()
  add_executable(carestair_command "${main}")
  set_target_properties(
    carestair_command PROPERTIES OUTPUT_NAME carestair
                                 RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
  target_link_libraries(carestair_command PRIVATE carestair::carestair CLI11::CLI11
                                                  carestair_warnings)
endfunction()
