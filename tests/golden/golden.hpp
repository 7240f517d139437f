#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "events/entry.hpp"

namespace braid::test {

/// Entries of the four types, the same at every call: what tests/golden keeps of them, by name.
std::map<std::string, OwnedBytes> golden_entries();

/// Where the golden bytes are; a folder a released version, with a file an event and entry and
/// their leaf hashes.
std::filesystem::path golden_folder();

OwnedBytes read_file(const std::filesystem::path& path);

/// The leaf hashes in `hashes.txt`, by the name of the file.
std::map<std::string, std::string> read_hashes(const std::filesystem::path& folder);

}  // namespace braid::test
