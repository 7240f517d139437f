#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "events/signature.hpp"

namespace braid::synth {

/// A batch of events of one publisher, in the order in which they must be judged. Not signed yet.
struct Batch {
  std::string publisher;
  std::vector<OwnedBytes> events;
};

/// One made-up county: a council, an integrated care board and the operator, their officers, funds,
/// pool, suppliers and people, living year after year. Everything it publishes is accepted but for
/// the attempts that it means to be refused, in about the proportions of the field: mostly payments
/// and account lines, then invoices and orders, then budgets with their plans and approvals, a
/// pooled fund, a few refusals and flags. Deterministic by seed. Names and numbers are invented.
class County {
 public:
  struct Options {
    std::uint64_t seed = 1;
    std::string place = "northshire";
    std::uint32_t people = 1'000;  ///< with a budget
    std::uint32_t panel = 100;     ///< people whose packages are approved together
  };

  explicit County(Options options);
  ~County();

  static constexpr std::string_view operator_code = "X26";
  static constexpr std::string_view council_code = "E60";
  static constexpr std::string_view icb_code = "QZY";

  /// The key of one of the three; the same for the same seed.
  [[nodiscard]] const SecretKey& key_of(std::string_view organisation) const;

  /// The register's batches: founding, organisations, keys, officers, powers, funds. Publish these
  /// first.
  [[nodiscard]] std::vector<Batch> registry(std::string_view ledger_name,
                                            std::uint32_t partitions) const;

  /// The next batch of the place, of at most `max_events` and at least one. Never ends.
  Batch next(std::size_t max_events);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace braid::synth
