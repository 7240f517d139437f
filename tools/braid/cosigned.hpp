#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "ledger/cosignature.hpp"

namespace braid::cli {

/// Which witnesses a reader trusts, as the command line says.
struct WitnessOptions {
  std::vector<std::string> witnesses;
  std::size_t required = 0;

  /// Throws UsageError where a key cannot be read, or more are required than named.
  [[nodiscard]] ledger::WitnessPolicy policy() const;
};

/// Declares `--witness` and `--require`.
void add_witness_options(CLI::App& app, WitnessOptions& options);

/// A sentence for each of these partitions whose published checkpoint is not cosigned as the reader
/// asks, or is not of this history. None where no witness was named.
std::vector<std::string> not_cosigned(const WitnessOptions& options,
                                      const std::filesystem::path& path,
                                      const std::vector<std::uint32_t>& partitions);

}  // namespace braid::cli
