# Every library Braid takes from outside, and nowhere else: a repository test forbids find_package in other files.
# The folder that uses a library says in its README why it is there.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)                    # before Cap'n Proto, whose package asks for it
find_package(CapnProto 0.9.2 CONFIG REQUIRED)
find_package(tl-expected CONFIG REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED)              # headers only: Boost::headers
find_package(fmt 9 CONFIG REQUIRED)
find_package(spdlog 1.10 CONFIG REQUIRED)
find_package(CLI11 2.1 CONFIG REQUIRED)
find_package(pugixml 1.13 CONFIG REQUIRED)
find_package(tomlplusplus 3.3 CONFIG REQUIRED)

# Without CMake packages of their own.
pkg_check_modules(lmdb REQUIRED IMPORTED_TARGET lmdb>=0.9.24)
pkg_check_modules(libsodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(rdkafka REQUIRED IMPORTED_TARGET rdkafka>=2.0.2)

# libcsv has neither a CMake package nor a pkg-config file.
find_path(LIBCSV_INCLUDE_DIR csv.h REQUIRED)
find_library(LIBCSV_LIBRARY csv REQUIRED)
mark_as_advanced(LIBCSV_INCLUDE_DIR LIBCSV_LIBRARY)
add_library(braid_libcsv UNKNOWN IMPORTED)
set_target_properties(braid_libcsv PROPERTIES
  IMPORTED_LOCATION "${LIBCSV_LIBRARY}"
  INTERFACE_INCLUDE_DIRECTORIES "${LIBCSV_INCLUDE_DIR}")

if(BUILD_TESTING)
  find_package(Catch2 2.13 CONFIG REQUIRED)
  include(Catch)                                      # catch_discover_tests
  find_package(rapidcheck CONFIG REQUIRED)
endif()
