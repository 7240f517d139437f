// `braid vault erase`: a person's identity, for good: on the ledger first, then in the vault.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "adapters/lmdb/vault.hpp"
#include "events/native_rows.hpp"
#include "events/table/table.hpp"
#include "projections/reports/rows.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/event_ids.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/one_event.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/sealing.hpp"
#include "tools/braid/vault_person.hpp"
#include "tools/braid/views.hpp"

namespace braid::cli {
namespace {

using projections::JointBudgetRow;
using projections::LegalBasisRow;
using projections::OrganisationRow;
using schema::By;
using schema::ErasureGround;

struct Options {
  VaultPerson person;
  Sender sender;
  ErasureGround ground{};
  By by = By::PAYER;
};

const std::map<std::string, ErasureGround> grounds = {
    {"noLongerNecessary", ErasureGround::NO_LONGER_NECESSARY},
    {"consentWithdrawn", ErasureGround::CONSENT_WITHDRAWN},
    {"objection", ErasureGround::OBJECTION},
    {"unlawful", ErasureGround::UNLAWFUL},
    {"legalObligation", ErasureGround::LEGAL_OBLIGATION},
    {"retentionEnded", ErasureGround::RETENTION_ENDED},
    {"unfoundedAllegation", ErasureGround::UNFOUNDED_ALLEGATION}};

const std::map<std::string, By> askers = {
    {"self", By::SELF}, {"representative", By::REPRESENTATIVE}, {"payer", By::PAYER}};

/// Every row of a table whose key begins with this person.
template <class Row>
void for_each_of(const RowReader& rows, const PersonToken& person,
                 const std::function<void(const Row&)>& take) {
  KeyBytes from;
  append_to(from, person);
  rows.scan(Row::table, from.bytes(), [&](Bytes, Bytes value) {
    const auto row = decode<Row>(value);
    if (row.person != person) return false;
    take(row);
    return true;
  });
}

/// Whether `publisher` is that body, or has succeeded it by `today`.
bool stands_for(const RowReader& registry, const std::string& publisher,
                const std::string& organisation, std::int32_t today, int depth = 0) {
  constexpr int deepest = 16;
  if (publisher == organisation) return true;
  Table<OrganisationRow> organisations(registry);
  const auto* row = organisations.find({organisation});
  return row != nullptr && row->abolished <= today && depth < deepest &&
         std::ranges::any_of(row->successors, [&](const std::string& successor) {
           return stands_for(registry, publisher, successor, today, depth + 1);
         });
}

/// A place judges by its own history; a key is the whole ledger's. Throws Refused where some other
/// place still needs to know the person.
void require_nobody_needs(const LedgerViews& views, const Options& options,
                          const PersonToken& person) {
  const auto now = today().days;
  for (const auto& each : views.partitions()) {
    for_each_of<JointBudgetRow>(each->rows, person, [&](const JointBudgetRow& row) {
      if (!row.closed)
        throw Refused(fmt::format("not erased: budget {} of this person, in {}, is open; close it "
                                  "first",
                                  row.budget.text(), row.place));
    });
    for_each_of<LegalBasisRow>(each->rows, person, [&](const LegalBasisRow& row) {
      const bool is_live =
          row.from <= now && (Date{row.until}.is_none() || now <= row.until);
      if (is_live && !stands_for(views.registry(), options.sender.publisher, row.organisation, now))
        throw Refused(fmt::format("not erased: {} has a live legal basis to know this person; ask "
                                  "it to end its basis first",
                                  row.organisation));
    });
  }
}

/// Nothing is promised that cannot be kept.
void require_destroyable(const Ledger& ledger, const ledger::Subject& subject) {
  const auto vault = open_vault(ledger);
  if (auto can = vault->can_destroy(subject); !can) throw UsageError(can.error());
}

Exit run(const Options& options, const Common& common) {
  const auto person = options.person.token();
  const auto subject = ledger::Subject::person(person);
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  const auto& ledger = reading.ledger();
  require_destroyable(ledger, subject);
  require_nobody_needs(*views_of_now(ledger), options, person);
  const auto receipt = publish_one(reading.place(), ledger, options.sender, "not erased",
                                   [&](schema::Event::Body::Builder body) {
                                     auto erased = body.initIdentityErased();
                                     schema::write(person, erased.initPerson());
                                     erased.setGround(options.ground);
                                     erased.setBy(options.by);
                                   });
  const auto vault = open_vault(ledger);
  if (!vault->is_destroyed(subject)) vault->destroy(subject);
  fmt::print(
      "erased: entry {} of partition {}. The key is destroyed, and with it the master key under "
      "which it was\nkept: nobody reads again what was sealed about this person. Copies of the "
      "vault from before today\nopen no more: take a new one, of {} and of {}, and let no older copy "
      "of that file outlive this.\n",
      receipt.sequence, name_of_partition(receipt.partition), ledger.directory.vault().string(),
      vault_key_file(ledger.directory).string());
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  options->person.declare(app);
  options->sender.declare(app);
  app.add_option("--ground", options->ground, "why: UK GDPR art. 17(1), or the end of keeping")
      ->transform(CLI::CheckedTransformer(grounds).description(
          "{noLongerNecessary,consentWithdrawn,objection,unlawful,legalObligation,retentionEnded,"
          "unfoundedAllegation}"))
      ->required();
  app.add_option("--by", options->by, "who asked for it: payer is the body itself")
      ->transform(CLI::CheckedTransformer(askers).description("{self,representative,payer}"));
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command vault_erase_command = {
    "vault erase", "destroy for good the key of what is sealed about a person",
    "  braid vault erase \"$TOKEN\" --ground retentionEnded --publisher WMC --officer b.okafor "
    "--place westmoor \\\n      --key council.pem --ledger ./northshire",
    declare};

}  // namespace braid::cli
