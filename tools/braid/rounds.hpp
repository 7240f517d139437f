#pragma once
#include <functional>
#include <span>
#include <vector>

#include "events/submission.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

// A round is what is checked together on several threads, decided together and appended at once.
// An append may take ten times the bytes of its submissions and must stay within one commit of the
// log.
inline constexpr std::size_t max_round_bytes = 4 << 20;
inline constexpr std::size_t max_round_events = 20'000;

/// How many of `all` are the next round: as many as its limits allow, and at least one where there is
/// one.
std::size_t round_length(std::span<const Bytes> all);

/// What came of checking a submission's bytes alone.
using Checked = tl::expected<CheckedSubmission, Refusal>;

/// Adds a task for each submission, which checks it into its place of `checked`. Borrows all until the
/// tasks have run.
void add_checks(std::span<const Bytes> framed, const Founding& founding,
                std::vector<Checked>& checked, std::vector<std::function<void()>>& tasks);

}  // namespace braid::cli
