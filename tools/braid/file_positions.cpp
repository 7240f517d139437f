#include "tools/braid/file_positions.hpp"

#include "adapters/lmdb/durable_file.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

std::filesystem::path FilePositions::file(std::uint32_t partition) const {
  return folder_ / name_of_partition(partition);
}

std::optional<OwnedBytes> FilePositions::load(std::uint32_t partition) const {
  const auto text = lmdb::read_file(file(partition), max_bytes);
  if (!text) return std::nullopt;
  const auto bytes = as_bytes(*text);
  return OwnedBytes(bytes.begin(), bytes.end());
}

void FilePositions::store(std::uint32_t partition, Bytes position) {
  lmdb::make_folder(folder_);
  lmdb::replace_file(file(partition), as_text(position));
}

}  // namespace braid::cli
