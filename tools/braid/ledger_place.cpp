#include "tools/braid/ledger_place.hpp"

#include "tools/braid/command.hpp"

namespace braid::cli {

LedgerPlace Common::place() const {
  if (!ledger.empty()) return LedgerPlace::of(ledger);
  throw UsageError("which ledger? Give --ledger DIR, or set BRAID_LEDGER to its directory");
}

LedgerPlace LedgerPlace::of(const std::string& text) {
  if (!kafka::is_address(text)) return {text, std::nullopt};
  auto address = kafka::parse_address(text);
  if (!address) throw UsageError("--ledger: " + address.error());
  return {address->data, std::move(*address)};
}

std::string LedgerPlace::text() const {
  return kafka ? kafka::shown(*kafka) : directory.string();
}

const kafka::Address& LedgerPlace::on_kafka(std::string_view instead) const {
  if (kafka) return *kafka;
  throw UsageError(directory.string() + " is a directory, and this is for ledgers on Kafka: " +
                   std::string(instead));
}

}  // namespace braid::cli
