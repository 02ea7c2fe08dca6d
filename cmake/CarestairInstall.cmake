# Headers under include/carestair, archives, the command, and a package for find_package(carestair).

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/carestair")

install(DIRECTORY "${PROJECT_SOURCE_DIR}/sim/" DESTINATION include/carestair
        FILES_MATCHING PATTERN "*.hpp")
install(FILES "${CARESTAIR_GENERATED_DIR}/base/version.hpp" DESTINATION include/carestair/base)

list(TRANSFORM CARESTAIR_ROOMS PREPEND carestair_ OUTPUT_VARIABLE _room_targets)
install(TARGETS ${_room_targets} carestair_umbrella EXPORT carestair
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
if(TARGET carestair_command)
  install(TARGETS carestair_command RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()

install(EXPORT carestair NAMESPACE carestair:: FILE carestairTargets.cmake
        DESTINATION "${_package_dir}")
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/carestairConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/carestairConfig.cmake" INSTALL_DESTINATION "${_package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/carestairConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/carestairConfig.cmake"
        "${PROJECT_BINARY_DIR}/carestairConfigVersion.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/FindRandom123.cmake"
  DESTINATION "${_package_dir}")
