#include "tools/braid/subjects.hpp"

#include <array>
#include <set>

#include "events/entry.hpp"
#include "events/native_rows.hpp"
#include "events/table/table.hpp"
#include "projections/reports/rows.hpp"
#include "projections/subject_entries.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

using ledger::EntryPlace;
using Kind = Subject::Kind;

constexpr std::array kind_names = {std::pair{"event", Kind::event},
                                   std::pair{"budget", Kind::budget},
                                   std::pair{"person", Kind::person},
                                   std::pair{"pool", Kind::pool}};

/// What the entries of one partition tell of a subject.
class Search {
 public:
  Search(const PartitionViews& views, const lmdb::EventLog& log)
      : rows_(views.rows), partition_(views.partition), source_(log.reader(views.partition)) {}

  void receipt(const Uuid& id) {
    Table<projections::ReceiptRow> receipts(rows_);
    if (const auto* receipt = receipts.find({id})) found_.insert(receipt->sequence);
  }

  void pool(const Uuid& id) { add(id); }

  /// A budget's orders and recharges are named by its entries, and then by others alone.
  void budget(const Uuid& id) {
    Table<projections::PackageBudgetRow> budgets(rows_);
    if (const auto* budget = budgets.find({id})) add(budget->plan);
    for (const auto sequence : add(id)) add_what_it_begins(sequence);
  }

  void person(const PersonToken& token) {
    for (const auto sequence : projections::entries_about(rows_, token)) {
      found_.insert(sequence);
      add_what_it_begins(sequence);  // a plan that came to no budget
    }
    std::vector<Uuid> budgets;
    KeyBytes key;
    append_to(key, token);
    rows_.scan(projections::JointBudgetRow::table, key.bytes(), [&](Bytes, Bytes value) {
      const auto row = decode<projections::JointBudgetRow>(value);
      if (row.person != token) return false;
      budgets.push_back(row.budget);
      return true;
    });
    for (const auto& each : budgets) budget(each);
  }

  void add_to(std::vector<EntryPlace>& all) const {
    for (const auto sequence : found_) all.push_back({partition_, sequence});
  }

 private:
  std::vector<Sequence> add(const Uuid& id) {
    if (id.is_nil()) return {};
    auto sequences = projections::entries_about(rows_, id);
    found_.insert(sequences.begin(), sequences.end());
    return sequences;
  }

  void add_what_it_begins(Sequence sequence) {
    source_->read(sequence, 1, std::chrono::milliseconds{0}, batch_);
    if (batch_.entries.empty()) return;
    const EntryReader entry(batch_.entries.front());
    const auto bytes = entry.event_bytes();
    if (!entry.get().isAccepted() || !bytes) return;
    const EventReader event(*bytes);
    const auto body = event.get().getBody();
    if (body.isPlanProposed()) add(schema::read(body.getPlanProposed().getPlan()));
    if (body.isOrderPlaced()) add(schema::read(body.getOrderPlaced().getOrder()));
    if (body.isRechargeRaised()) add(schema::read(body.getRechargeRaised().getRecharge()));
  }

  const RowReader& rows_;
  std::uint32_t partition_;
  std::unique_ptr<EntrySource> source_;
  EntryBatch batch_;
  std::set<Sequence> found_;
};

Uuid uuid_of(const Subject& subject) {
  const auto id = Uuid::from_text(subject.id);
  if (!id) throw UsageError(subject.text() + ": " + id.error());
  return *id;
}

void look_for(Search& search, const Subject& subject) {
  switch (subject.kind) {
    case Kind::event:
      return search.receipt(uuid_of(subject));
    case Kind::budget:
      return search.budget(uuid_of(subject));
    case Kind::pool:
      return search.pool(uuid_of(subject));
    case Kind::person: {
      const auto token = PersonToken::from_hex(subject.id);
      if (!token) throw UsageError("a person is named by the token: " + token.error());
      return search.person(*token);
    }
  }
}

}  // namespace

std::string Subject::text() const {
  for (const auto& [name, each] : kind_names)
    if (each == kind) return std::string(name) + " " + id;
  return id;
}

Subject::Kind subject_kind(const std::string& word) {
  for (const auto& [name, kind] : kind_names)
    if (word == name) return kind;
  throw UsageError("entries are about an event, budget, person or pool, not about \"" + word +
                   "\"");
}

std::vector<EntryPlace> entries_about(const LedgerViews& views, const lmdb::EventLog& log,
                                      const Subject& subject) {
  std::vector<EntryPlace> all;
  for (const auto& partition : views.partitions()) {
    Search searching(*partition, log);
    look_for(searching, subject);
    searching.add_to(all);
  }
  if (all.empty())
    throw UsageError("nothing in this ledger is about " + subject.text() +
                     "; if it is new, run `braid project` first");
  return all;
}

}  // namespace braid::cli
