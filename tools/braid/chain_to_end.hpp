#pragma once
#include <filesystem>

#include "events/entry_chain.hpp"

namespace braid::cli {

/// The chain over all that the log holds now: from where the stored tree in `tree` stands, if it is
/// there, to the end. Throws HistoryBroken where the log contradicts itself or the tree.
EntryChain chain_to_end(const std::filesystem::path& tree, const EntrySource& log);

}  // namespace braid::cli
