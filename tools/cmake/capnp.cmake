# Cap'n Proto schemas: generated code lives under <build>/generated at the schema's own path, so
# that it is included as "events/schema/event.capnp.h" from anywhere. A schema imports another as
# "/events/schema/common.capnp".

set(BRAID_GENERATED_DIR "${PROJECT_BINARY_DIR}/generated")
file(MAKE_DIRECTORY "${BRAID_GENERATED_DIR}")

# The absolute paths of all schemas of ours that `schema` imports, directly or not. (capnp_generate_cpp does not look.)
function(braid_schema_imports result schema)
  set(found "")
  set(waiting "${schema}")
  while(waiting)
    list(POP_FRONT waiting file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    get_filename_component(folder "${file}" DIRECTORY)
    file(STRINGS "${file}" lines REGEX "import[ \t]+\"")
    foreach(line IN LISTS lines)
      string(REGEX MATCH "import[ \t]+\"([^\"]+)\"" ignored "${line}")
      set(import "${CMAKE_MATCH_1}")
      if(import MATCHES "^/")
        set(path "${PROJECT_SOURCE_DIR}${import}")
      else()
        get_filename_component(path "${folder}/${import}" ABSOLUTE)
      endif()
      if(EXISTS "${path}" AND NOT path IN_LIST found)   # /capnp/c++.capnp is not ours
        list(APPEND found "${path}")
        list(APPEND waiting "${path}")
      endif()
    endforeach()
  endwhile()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

# braid_add_schema(braid_events_schema FILES schema/common.capnp schema/event.capnp [LIBS braid_other_schema])
# A static library of the generated code, without our warnings; its headers count as system headers.
function(braid_add_schema name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FILES;LIBS")
  set(CAPNPC_SRC_PREFIX "${PROJECT_SOURCE_DIR}")
  set(CAPNPC_OUTPUT_DIR "${BRAID_GENERATED_DIR}")
  capnp_generate_cpp(sources headers ${arg_FILES})
  foreach(file source IN ZIP_LISTS arg_FILES sources)
    get_filename_component(path "${file}" ABSOLUTE)
    braid_schema_imports(imports "${path}")
    add_custom_command(OUTPUT "${source}" APPEND DEPENDS ${imports})
  endforeach()
  add_library(${name} STATIC ${sources} ${headers})
  target_include_directories(${name} SYSTEM PUBLIC "${BRAID_GENERATED_DIR}")
  target_link_libraries(${name} PUBLIC CapnProto::capnp ${arg_LIBS} PRIVATE braid_base_flags)
endfunction()

# braid_generate_rows(braid_projections schema/health.capnp ...)
# Runs our own compiler plugin (events/rowgen) over the schemas and adds the health.rows.hpp and
# health.rows.cpp it writes to the target; included as "projections/schema/health.rows.hpp".
function(braid_generate_rows target)
  foreach(file IN LISTS ARGN)
    get_filename_component(path "${file}" ABSOLUTE)
    file(RELATIVE_PATH relative "${PROJECT_SOURCE_DIR}" "${path}")
    string(REGEX REPLACE "\\.capnp$" ".rows" base "${BRAID_GENERATED_DIR}/${relative}")
    braid_schema_imports(imports "${path}")
    add_custom_command(
      OUTPUT "${base}.hpp" "${base}.cpp"
      COMMAND "${CAPNP_EXECUTABLE}" compile
        "-o$<TARGET_FILE:capnpc_braid_rows>:${BRAID_GENERATED_DIR}"
        "--src-prefix=${PROJECT_SOURCE_DIR}" -I "${PROJECT_SOURCE_DIR}" -I "${CAPNP_INCLUDE_DIRECTORY}"
        "${path}"
      DEPENDS "${path}" ${imports} capnpc_braid_rows
      COMMENT "Generating row types of ${relative}"
      VERBATIM)
    target_sources(${target} PRIVATE "${base}.cpp" "${base}.hpp")
  endforeach()
  target_include_directories(${target} SYSTEM PUBLIC "${BRAID_GENERATED_DIR}")
endfunction()
