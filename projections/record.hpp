#pragma once
#include "events/entry.hpp"
#include "events/visit.hpp"

namespace braid::projections {

/// An entry as folds take it: facts that the ledger found, in place. Borrows the entry's bytes.
struct Record {
  std::uint32_t partition = 0;
  EntryHead head;
  schema::Entry::Reader entry;
  /// The event of an accepted or refused entry; only where `has_event`.
  schema::Event::Reader event;
  bool has_event = false;
  /// Of an accepted entry.
  std::span<const Posting> postings;

  [[nodiscard]] bool is_accepted() const { return entry.isAccepted(); }
  [[nodiscard]] Sequence sequence() const { return head.sequence; }
};

/// Satisfied by the reader of one of these kinds: how a view names, once, the kinds it leaves
/// alone, so that the compiler still asks about every new kind.
///     void fold(PoolTables&, const Record&, AnyOf<schema::PersonLinked, schema::PlanProposed>
///     auto) {}
template <class Reader, class... Kinds>
concept AnyOf = (std::same_as<Reader, typename Kinds::Reader> || ...);

}  // namespace braid::projections
