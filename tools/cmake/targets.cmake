# One way to make each kind of target, so that a folder's CMakeLists.txt is a list of its files.

# What nearly every file includes, compiled once for all folders. Files still include what they use: the preset tidy
# builds without this. What is listed here is what costs most in `ninja`'s log; nothing generated, so that a change to a
# schema does not rebuild the world.
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/precompiled.cpp" CONTENT "// Every target needs a source.\n")
add_library(braid_precompiled STATIC "${PROJECT_BINARY_DIR}/precompiled.cpp")
target_link_libraries(braid_precompiled PRIVATE braid_flags tl::expected CapnProto::capnp)
target_precompile_headers(braid_precompiled PRIVATE
  <algorithm> <array> <functional> <map> <memory> <optional> <span> <string> <string_view> <unordered_map>
  <variant> <vector> <tl/expected.hpp> <capnp/message.h>)

# braid_add_library(braid_events SOURCES a.cpp b.cpp LIBS tl::expected [PRECOMPILE <header>...])
# A folder without sources yet is a library of headers, so that what depends on it need not know.
# LIBS reach whoever links the folder: its headers show their types.
function(braid_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS;PRECOMPILE")
  if(arg_SOURCES)
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC braid_flags ${arg_LIBS})
    if(arg_PRECOMPILE)
      target_precompile_headers(${name} PRIVATE ${arg_PRECOMPILE})
    else()
      target_precompile_headers(${name} REUSE_FROM braid_precompiled)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE braid_flags ${arg_LIBS})
  endif()
endfunction()

# braid_add_executable(braid SOURCES main.cpp LIBS braid_ledger [PRECOMPILE <header>...])
function(braid_add_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS;PRECOMPILE")
  if(NOT arg_SOURCES)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE braid_flags ${arg_LIBS})
  if(arg_PRECOMPILE)
    target_precompile_headers(${name} PRIVATE ${arg_PRECOMPILE})
  endif()
endfunction()

# braid_add_tests(braid_events_tests LABEL fast SOURCES a_test.cpp LIBS braid_events)
# LABEL is fast (the default suite, also under the sanitizers), slow or bench. One label per
# executable: Catch2 2.13 loses the second. Tests run in the root of the repository.
function(braid_add_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL" "SOURCES;LIBS")
  if(NOT arg_SOURCES OR NOT BUILD_TESTING)
    return()
  endif()
  if(NOT arg_LABEL MATCHES "^(fast|slow|bench)$")
    message(FATAL_ERROR "${name}: LABEL must be fast, slow or bench, not '${arg_LABEL}'")
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE braid_flags braid_catch ${arg_LIBS})
  target_precompile_headers(${name} REUSE_FROM braid_catch)
  catch_discover_tests(${name}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    PROPERTIES LABELS ${arg_LABEL})
endfunction()

# Where the broker lives that the tests labelled kafka share: a folder that tests/kafka/shared_broker makes and removes.
set(BRAID_SHARED_BROKER "${PROJECT_BINARY_DIR}/kafka/shared")

# braid_add_kafka_tests(braid_kafka_log_tests LABEL kafka [OWN_BROKERS] SOURCES a_test.cpp LIBS braid_adapters_kafka)
# Tests on a real broker. LABEL is kafka (the default run), kafka-slow, or kafka-three (three brokers). Those labelled
# kafka get the shared broker (`shared_broker()`), started before the first and stopped after the last of them; topics
# and groups keep apart by `fresh_name()`. OWN_BROKERS: each starts a `LocalBroker` instead, since it kills, pauses or
# proxies it; one such test at a time. The other labels always have brokers of their own.
function(braid_add_kafka_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "OWN_BROKERS" "LABEL" "SOURCES;LIBS")
  if(NOT arg_SOURCES OR NOT BUILD_TESTING)
    return()
  endif()
  if(NOT arg_LABEL MATCHES "^kafka(-slow|-three)?$")
    message(FATAL_ERROR "${name}: LABEL must be kafka, kafka-slow or kafka-three, not '${arg_LABEL}'")
  endif()
  if(arg_LABEL STREQUAL "kafka" AND NOT arg_OWN_BROKERS)
    set(broker FIXTURES_REQUIRED kafka_broker)
  else()
    set(broker RESOURCE_LOCK kafka_brokers)
  endif()
  if(NOT arg_LABEL STREQUAL "kafka")
    list(APPEND broker TIMEOUT 7200)  # whole counts take long
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE braid_flags braid_catch braid_local_broker ${arg_LIBS})
  target_precompile_headers(${name} REUSE_FROM braid_catch)
  catch_discover_tests(${name}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    PROPERTIES LABELS ${arg_LABEL} ${broker})
endfunction()

# braid_add_fuzzer(braid_fuzz_json SOURCES json_fuzzer.cpp LIBS braid_adapters_json): only in the fuzz preset.
function(braid_add_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBS")
  if(NOT BRAID_FUZZ)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE braid_flags ${arg_LIBS})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()
