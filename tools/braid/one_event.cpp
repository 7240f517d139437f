#include "tools/braid/one_event.hpp"

#include <fmt/format.h>

#include "events/check.hpp"
#include "events/faults.hpp"
#include "events/native_rows.hpp"
#include "events/submission.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/event_ids.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/outlet.hpp"

namespace braid::cli {
namespace {

OwnedBytes event_of(const Sender& sender,
                    const std::function<void(schema::Event::Body::Builder)>& fill) {
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  EventIds ids;
  schema::write(ids.next(), event.initId());
  event.setPublisher(sender.publisher.c_str());
  if (!sender.officer.empty()) event.setOfficer(sender.officer.c_str());
  event.setPlace(sender.place.c_str());
  event.setEffective(today().days);
  fill(event.initBody());
  auto bytes = canonical_bytes(event.asReader());
  if (auto formed = check_form(bytes); !formed)
    throw UsageError(formed.error().field + ": " + formed.error().sentence);
  return bytes;
}

/// The one receipt of an answer.
struct OnlyReceipt {
  ledger::Receipt operator()(std::vector<ledger::Receipt>& receipts) const {
    check(receipts.size() == 1, "one event is answered by one receipt");
    return std::move(receipts.front());
  }
  ledger::Receipt operator()(const Finding& malformed) const {
    throw UsageError(malformed.field + ": " + malformed.sentence);
  }
  ledger::Receipt operator()(const ledger::Unavailable& unavailable) const {
    throw IoFault(unavailable.sentence);
  }
};

/// "R75 person: ..." of a refusal.
std::string why_refused(const ledger::Receipt& receipt) {
  std::string why;
  for (const auto& finding : receipt.findings)
    why += fmt::format("{}{} {}: {}", why.empty() ? "" : "; ", finding.rule, finding.field,
                       finding.sentence);
  return why;
}

}  // namespace

void Sender::declare(CLI::App& app) {
  app.add_option("--key", key, "the signing key of the body, a PEM file")->required();
  app.add_option("--publisher", publisher, "the body's ODS code")->required();
  app.add_option("--officer", officer, "who of that body acts: an officer's code")->required();
  app.add_option("--place", place, "the place whose history is asked")->required();
}

ledger::Receipt publish_one(const LedgerPlace& place, const Ledger& ledger, const Sender& sender,
                            std::string_view not_done,
                            const std::function<void(schema::Event::Body::Builder)>& fill) {
  const auto key = read_signing_key(sender.key);
  const auto event = event_of(sender, fill);
  const std::vector<Bytes> borrowed = {event};
  const auto outlet = open_outlet(place, ledger);
  outlet->send(sign_submission(ledger.founding.name, sender.publisher, key, borrowed));
  auto answer = outlet->receive();
  auto receipt = std::visit(OnlyReceipt{}, answer);
  if (receipt.outcome == ledger::Receipt::Outcome::refused)
    throw Refused(fmt::format("{}. {}", not_done, why_refused(receipt)));
  return receipt;
}

}  // namespace braid::cli
