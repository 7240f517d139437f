#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "events/schema/event.capnp.h"
#include "ledger/receipt.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/ledger_place.hpp"

namespace braid::cli {

/// Who says what a command publishes by itself.
struct Sender {
  std::string key;
  std::string publisher;
  std::string officer;
  std::string place;

  void declare(CLI::App& app);
};

/// Publishes one event, effective today, and waits for its receipt: what is accepted is durable.
/// Throws UsageError where it has no form, Fault where it was not taken.
ledger::Receipt publish_one(const LedgerPlace& place, const Ledger& ledger, const Sender& sender,
                            const std::function<void(schema::Event::Body::Builder)>& fill);

/// "R75 person: ..." of a refusal.
std::string why_refused(const ledger::Receipt& receipt);

}  // namespace braid::cli
