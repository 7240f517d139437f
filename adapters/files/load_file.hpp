#pragma once
#include <filesystem>
#include <tl/expected.hpp>

#include "adapters/files/problem.hpp"
#include "events/bytes.hpp"

namespace braid::files {

/// The whole of a regular file of at most `max_bytes`. A problem where it does not exist, may not
/// be read, is a directory or a device, or is larger. Throws IoFault where the machine fails while
/// reading. Read and not mapped: a mapped file that somebody cuts short meanwhile stops the
/// program, and a list is read twice (once to know its totals, once for its rows), which must see
/// the same bytes.
tl::expected<OwnedBytes, Problem> load_file(const std::filesystem::path& path,
                                            std::size_t max_bytes);

}  // namespace braid::files
