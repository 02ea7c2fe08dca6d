# The Python module carestair._engine: sim/python on top of carestair::carestair, for the Python that
# Python_EXECUTABLE names. Also used by python/CMakeLists.txt, which pip builds.

# carestair_python_module([REQUIRED]): makes the target carestair_python. Without headers of Python or
# without nanobind there is none, which REQUIRED makes an error.
macro(carestair_python_module)
  set(_wanted "${ARGN}")
  find_package(Python 3.10 ${_wanted} COMPONENTS Interpreter Development.Module)
  if(Python_FOUND)
    execute_process(
      COMMAND "${Python_EXECUTABLE}" -m nanobind --cmake_dir
      OUTPUT_VARIABLE nanobind_ROOT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    find_package(nanobind CONFIG ${_wanted})
  endif()
  if(nanobind_FOUND)
    _carestair_add_python_module()
  else()
    message(STATUS "No Python with headers and nanobind (scripts/install-dependencies.sh brings "
                   "both): the Python module is left out")
  endif()
endmacro()

function(_carestair_add_python_module)
  set(folder "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../sim/python")
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  nanobind_add_module(carestair_python NB_STATIC NOMINSIZE ${sources})
  set_target_properties(carestair_python PROPERTIES OUTPUT_NAME _engine)
  target_include_directories(carestair_python SYSTEM PRIVATE "${NB_DIR}/include")
  target_link_libraries(carestair_python PRIVATE carestair::carestair)
  if(TARGET carestair_warnings)
    target_link_libraries(carestair_python PRIVATE carestair_warnings)
  endif()
  # Other modules of the same program bring libraries of the same names: ours show nothing.
  target_link_options(carestair_python PRIVATE -Wl,--exclude-libs,ALL)
endfunction()
