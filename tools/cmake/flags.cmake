# How everything is compiled and linked: one interface target, `braid_flags`. Presets only choose among these.

set(BRAID_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them: address,undefined or thread")
option(BRAID_WERROR "Treat warnings as errors" OFF)
option(BRAID_HARDEN "Compile with the checks and defences of a program that meets hostile input" ON)
option(BRAID_FUZZ "Build the fuzzers (clang only)" OFF)
set(BRAID_MARCH "" CACHE STRING "Baseline instruction set, such as x86-64-v2; empty: the compiler's")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

# ccache, where present. Relative paths, so that clones share; the sloppiness is what precompiled headers need.
find_program(CCACHE_PROGRAM ccache)
mark_as_advanced(CCACHE_PROGRAM)
if(CCACHE_PROGRAM)
  foreach(language C CXX)
    set(CMAKE_${language}_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      "CCACHE_SLOPPINESS=pch_defines,time_macros"
      "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" "CCACHE_NOHASHDIR=1"
      "${CCACHE_PROGRAM}")
  endforeach()
endif()

add_library(braid_flags INTERFACE)
target_include_directories(braid_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_features(braid_flags INTERFACE cxx_std_20)

# What our own code must not do. Generated code is compiled with braid_base_flags, which lack these.
add_library(braid_base_flags INTERFACE)
target_link_libraries(braid_flags INTERFACE braid_base_flags)
target_compile_options(braid_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wextra-semi -Wnon-virtual-dtor -Woverloaded-virtual
  -Wold-style-cast -Wcast-qual -Wfloat-conversion -Wimplicit-fallthrough -Wundef
  -Wno-missing-field-initializers       # what designated initializers leave out is zero, and meant to be
  -Werror=switch -Werror=return-type)   # a fold that has not met an event kind does not compile, in any preset
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(braid_flags INTERFACE -Wduplicated-cond -Wlogical-op -Wduplicated-branches)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(braid_flags INTERFACE -Wno-restrict)   # false alarms in std::string at -O2
  endif()
endif()
if(BRAID_WERROR)
  target_compile_options(braid_flags INTERFACE -Werror)
endif()

# -fPIE here rather than by CMake's property: libraries and programs must agree to share precompiled headers.
target_compile_options(braid_base_flags INTERFACE
  -fPIE -fno-omit-frame-pointer "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
target_link_options(braid_base_flags INTERFACE -pie)
target_link_libraries(braid_base_flags INTERFACE Threads::Threads)
if(BRAID_MARCH AND CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  target_compile_options(braid_base_flags INTERFACE "-march=${BRAID_MARCH}")
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(braid_base_flags INTERFACE -fpch-preprocess)   # ccache asks for it
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(braid_base_flags INTERFACE
    -Wno-deprecated-declarations)   # libstdc++ 12's own, in std::stable_sort
  # Cap'n Proto 0.9.2 does not compile as C++20 with clang 16 or later without this.
  target_compile_options(braid_base_flags INTERFACE
    "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include ${PROJECT_SOURCE_DIR}/tools/cmake/clang_capnp.hpp>")
endif()

if(BRAID_SANITIZE)
  target_compile_options(braid_base_flags INTERFACE
    "-fsanitize=${BRAID_SANITIZE}" -fno-sanitize-recover=all)
  target_link_options(braid_base_flags INTERFACE "-fsanitize=${BRAID_SANITIZE}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(braid_base_flags INTERFACE -Wno-maybe-uninitialized)   # false alarms in std::regex
  endif()
  if(BRAID_SANITIZE MATCHES "thread")
    add_library(braid_c11_threads OBJECT tools/cmake/c11_threads.cpp)   # says why
    target_link_libraries(braid_base_flags INTERFACE $<TARGET_OBJECTS:braid_c11_threads>)
  endif()
elseif(BRAID_HARDEN)
  target_compile_options(braid_base_flags INTERFACE
    -fstack-protector-strong -fstack-clash-protection -fcf-protection
    $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE> $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
  target_link_options(braid_base_flags INTERFACE -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
if(BRAID_HARDEN)
  target_compile_definitions(braid_base_flags INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(BRAID_FUZZ)
  target_compile_options(braid_base_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(MOLD_PROGRAM mold)
mark_as_advanced(MOLD_PROGRAM)
if(MOLD_PROGRAM)
  target_link_options(braid_base_flags INTERFACE -fuse-ld=mold)
endif()
