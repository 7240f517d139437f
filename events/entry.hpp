#pragma once
#include <capnp/message.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/entry_source.hpp"
#include "events/event.hpp"
#include "events/schema/common.rows.hpp"
#include "events/schema/entry.capnp.h"

namespace braid {

using schema::Account;
using schema::Sector;

/// One leg of a double entry. `subject` is the budget, pool or grant, or nil where the fund itself.
struct Posting {
  Account account{};
  Strand strand;
  std::uint16_t year = 0;  ///< financial year by its first calendar year
  std::int64_t pence = 0;  ///< a debit is positive
  Uuid subject;

  bool operator==(const Posting&) const = default;
};

/// What every entry says first.
struct EntryHead {
  Sequence sequence = 0;
  Digest previous;                  ///< leaf hash of the entry before
  std::int64_t recorded_at_us = 0;  ///< UTC
  std::uint64_t queue_offset = 0;
  std::uint32_t queue_generation = 0;
  std::uint16_t rule_book = 0;
  std::uint64_t register_size = 0;  ///< register entries seen when it was judged

  bool operator==(const EntryHead&) const = default;
};

/// The bodies of entries as values, for encoding. Borrow what they name.
struct ReceivedBody {
  std::string_view publisher;
  Bytes key;
  Bytes signature;
  std::uint32_t count = 0;
  Digest root;
  Digest register_head;  ///< leaf hash of the last register entry seen
};
struct AcceptedBody {
  std::uint32_t index = 0;
  Bytes event;
  std::span<const Posting> postings;
  std::span<const Finding> flags;
};
struct RefusedBody {
  std::uint32_t index = 0;
  std::uint32_t count =
      1;  ///< more: a whole submission whose key gives it no say; then `event` is empty
  Uuid id;
  Digest hash;
  Bytes event;
  const Finding* finding = nullptr;
};
struct RepeatedBody {
  std::uint32_t index = 0;
  std::uint32_t count = 1;
  Uuid id;
  Digest hash;
  Sequence first = 0;
};

/// Encodes entries into canonical bytes, each starting at a multiple of eight. Deterministic: equal
/// arguments, equal bytes, in every version to come (tests/golden). Reuses its memory; the returned
/// bytes are good until `clear`.
class EntryEncoder {
 public:
  EntryEncoder();
  ~EntryEncoder();
  Bytes encode(const EntryHead& head, const ReceivedBody& body);
  Bytes encode(const EntryHead& head, const AcceptedBody& body);
  Bytes encode(const EntryHead& head, const RefusedBody& body);
  Bytes encode(const EntryHead& head, const RepeatedBody& body);
  void clear();

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

/// An entry's bytes, read in place: looked through once, then read without looking again. Borrows
/// them; they start at a multiple of eight. Throws HistoryBroken where the bytes are not one entry
/// in canonical form: a log holds nothing else. Nothing that is read afterwards throws.
class EntryReader {
 public:
  explicit EntryReader(Bytes entry);
  /// Of bytes that this process has just encoded.
  static EntryReader of_encoded(Bytes entry) { return EntryReader(entry, 0); }

  [[nodiscard]] schema::Entry::Reader get() const { return entry_; }
  [[nodiscard]] EntryHead head() const;
  /// The bytes of the event of an accepted or refused entry; nothing for other entries.
  [[nodiscard]] std::optional<Bytes> event_bytes() const;
  /// That event, read in place. Throws HistoryBroken where the bytes are not one event in canonical
  /// form. Whether it keeps the limits of its kind only `check_form` can tell.
  [[nodiscard]] std::optional<schema::Event::Reader> event() const;

 private:
  EntryReader(Bytes entry, int) : entry_(read_unchecked(entry)) {}
  static schema::Entry::Reader read_unchecked(Bytes entry);

  schema::Entry::Reader entry_;
};

/// The postings of an accepted entry as values, added to `postings`. Throws HistoryBroken where one
/// names a strand that the entry does not list.
void append_postings(schema::Accepted::Reader accepted, std::vector<Posting>& postings);
std::vector<Posting> postings_of(schema::Accepted::Reader accepted);

}  // namespace braid
