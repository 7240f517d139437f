#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>

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

/// Publishes one event, effective today, and waits until it is accepted, which is durable. Throws
/// UsageError where it has no form, Fault where it was not taken, and Refused where the ledger says
/// no: `not_done`, such as "not opened", then rules and reasons.
ledger::Receipt publish_one(const LedgerPlace& place, const Ledger& ledger, const Sender& sender,
                            std::string_view not_done,
                            const std::function<void(schema::Event::Body::Builder)>& fill);

}  // namespace braid::cli
