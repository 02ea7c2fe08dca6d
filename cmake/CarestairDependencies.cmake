# Libraries of others, all from the distribution; scripts/install-dependencies.sh names the packages.

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(Eigen3 3.3 REQUIRED NO_MODULE)
find_package(yaml-cpp REQUIRED)
set(CARESTAIR_YAML yaml-cpp)  # the name changed with version 0.8
if(TARGET yaml-cpp::yaml-cpp)
  set(CARESTAIR_YAML yaml-cpp::yaml-cpp)
endif()
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(TBB REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Random123 REQUIRED)  # cmake/FindRandom123.cmake

# A serial HDF5 is wanted; the finder follows the compiler wrapper h5cc.
find_package(HDF5 REQUIRED COMPONENTS C)
