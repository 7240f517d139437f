#pragma once
#include <cstddef>
#include <filesystem>

namespace braid::bench {

/// P2, P3, P4.
void bench_accept(const std::filesystem::path& folder, int rounds);
/// P1 and P10, over `events` accepted events. Keeps the ledger in `folder` for the next run.
void bench_replay(const std::filesystem::path& folder, int rounds, std::size_t events);

}  // namespace braid::bench
