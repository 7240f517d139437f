#pragma once
#include <filesystem>
#include <string_view>

#include "events/faults.hpp"

namespace braid::lmdb {

/// Throws the fault that an error of LMDB or of the operating system (errno) means for the one who
/// meets it: StorageFull, HistoryBroken or IoFault, as a sentence with the folder and what to do.
/// `doing` completes "cannot ...".
[[noreturn]] void throw_fault(int code, std::string_view doing,
                              const std::filesystem::path& folder);

/// Does nothing where `code` is 0.
inline void expect_success(int code, std::string_view doing, const std::filesystem::path& folder) {
  if (code != 0) [[unlikely]]
    throw_fault(code, doing, folder);
}

/// Throws for the last failed call of the operating system (errno).
[[noreturn]] void throw_errno(std::string_view doing, const std::filesystem::path& path);

}  // namespace braid::lmdb
