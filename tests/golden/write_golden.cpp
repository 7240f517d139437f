// Writes the golden bytes that are missing from a version's folder, and their hashes. Never touches
// what is there.
//   braid_write_golden 1
#include <cstdio>
#include <fstream>

#include "events/merkle.hpp"
#include "tests/golden/golden.hpp"
#include "tests/support/specimens.hpp"

using namespace braid;
using namespace braid::test;

namespace {

/// Whether the file was missing and is written.
bool write_missing(const std::filesystem::path& folder, const std::string& name, Bytes bytes) {
  const auto path = folder / name;
  if (std::filesystem::exists(path)) return false;
  std::ofstream(path, std::ios::binary) << as_text(bytes);
  std::ofstream(folder / "hashes.txt", std::ios::app)
      << leaf_hash(bytes).hex() << "  " << name << '\n';
  std::printf("written %s\n", name.c_str());
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: braid_write_golden VERSION, such as: braid_write_golden 1\n");
    return 2;
  }
  const auto folder = golden_folder() / arguments[1];
  std::filesystem::create_directories(folder);
  int written = 0;
  for (const auto& kind : kinds()) {
    written += write_missing(folder, std::string(kind.name) + ".event", specimen(kind.kind));
  }
  for (const auto& [name, bytes] : golden_entries())
    written += write_missing(folder, name + ".entry", bytes);
  std::printf("%d written, nothing else touched\n", written);
  return 0;
}
