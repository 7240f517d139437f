#pragma once
#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <vector>

#include "tools/braid/cosigned.hpp"
#include "tools/braid/ledger_place.hpp"
#include "tools/braid/partition_check.hpp"

namespace braid::cli {

/// What an auditor asks for.
struct VerifyOptions {
  bool no_redecide = false;
  std::string partition;  ///< empty: all of them
  unsigned jobs = 0;      ///< processors to use; 0: all there are
  std::filesystem::path resume;
  WitnessOptions witnesses;
};

/// One partition and what was found in it.
struct Checked {
  std::uint32_t partition = 0;
  PartitionReport report;
  std::chrono::duration<double> time{};
};

/// Declares the options that `braid verify` and `braid audit verify` share.
void add_verify_options(CLI::App& app, VerifyOptions& options);

/// Asks the four questions of the ledger at `place`, several partitions at a time, each in a process
/// of its own: a file that cannot even be read without a crash ends that one alone. In the order of
/// the partitions. Throws Refused where it cannot be known which there are.
std::vector<Checked> verify_ledger(const LedgerPlace& place, const VerifyOptions& options);

/// What the witnesses that were named have not cosigned, a sentence each.
std::vector<std::string> not_cosigned(const LedgerPlace& place, const VerifyOptions& options,
                                      const std::vector<Checked>& all);

/// "partition 0, entry 12: not whole: ...; expected ...".
std::string sentence_of(const ledger::BadEntry& bad);

}  // namespace braid::cli
