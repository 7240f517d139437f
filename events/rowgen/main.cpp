// capnpc_braid_rows: reads a Cap'n Proto compiler's request from standard input and writes, in the
// current folder, x/y.rows.hpp and x/y.rows.cpp for each requested x/y.capnp. Run it as `capnp
// compile -o<this program>:<folder> ...`.
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <unistd.h>

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>

#include "events/rowgen/emit.hpp"
#include "events/rowgen/model_reader.hpp"
#include "events/rowgen/names.hpp"

namespace {

using namespace braid::rowgen;

void write_file(const std::string& path, const std::string& text) {
  if (const auto folder = std::filesystem::path(path).parent_path(); !folder.empty())
    std::filesystem::create_directories(folder);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  if (!out.flush())
    throw std::runtime_error("cannot write " + path +
                             "; is the folder writable and the disk not full?");
}

void generate() {
  capnp::ReaderOptions trusting;  // a compiler's own output
  trusting.traversalLimitInWords = std::numeric_limits<std::uint64_t>::max();
  capnp::StreamFdMessageReader message(STDIN_FILENO, trusting);
  const auto request = message.getRoot<capnp::schema::CodeGeneratorRequest>();
  const SchemaIndex index(request);
  for (const auto requested : request.getRequestedFiles()) {
    const auto file = read_model(index, requested);
    if (!file)
      throw Unsupported(std::string(requested.getFilename().cStr()) +
                        ": has no $rows(\"namespace\"), which says where its value types go");
    write_file(with_extension(file->path, "rows.hpp"), emit_header(*file));
    write_file(with_extension(file->path, "rows.cpp"), emit_source(*file));
  }
}

}  // namespace

int main() {
  try {
    generate();
    return 0;
  } catch (const kj::Exception& fault) {
    std::cerr << "capnpc_braid_rows: " << fault.getDescription().cStr() << '\n';
  } catch (const std::exception& fault) {
    std::cerr << "capnpc_braid_rows: " << fault.what() << '\n';
  }
  return 1;
}
