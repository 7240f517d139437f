#pragma once
#include <deque>
#include <string>
#include <vector>

#include "events/entry.hpp"

namespace braid {

/// An entry with all that its own bytes tell, read in place. Borrows the bytes and the postings.
struct ReadEntry {
  EntryHead head;
  schema::Entry::Reader entry;
  Digest leaf;                        ///< leaf hash of the entry
  Bytes event_bytes;                  ///< of an accepted or refused entry; empty: it has no event
  schema::Event::Reader event;        ///< where it has one
  Kind kind{};                        ///< likewise
  Digest event_hash;                  ///< likewise: leaf hash of its bytes
  std::span<const Posting> postings;  ///< of an accepted entry
  std::string_view formless;  ///< why `check_form` refuses the event, where that was asked; there
                              ///< is then no `event`

  [[nodiscard]] bool has_event() const { return !event_bytes.empty(); }
  [[nodiscard]] bool is_accepted() const { return entry.isAccepted(); }
  [[nodiscard]] Sequence sequence() const { return head.sequence; }
};

/// One entry by itself; borrows `postings` too, which it fills. Throws HistoryBroken where the bytes
/// are no entry.
ReadEntry read_entry(Bytes entry, std::vector<Posting>& postings);

/// A batch of a history, read once for everybody who follows it: hashed many at a time, every
/// pointer looked at once. Whether the entries continue a chain is its reader's to check. Reused
/// batch after batch: its memory is kept. Thread: one at a time.
class ReadEntries {
 public:
  static constexpr std::size_t batch_bytes = 4 << 20;

  /// What is asked of the events of entries.
  enum class Events {
    readable,  ///< that they are in canonical form
    formed,    ///< that `check_form` passes them, as it did before they were recorded
  };

  /// Reads a batch from `from` on: see EntrySource::read.
  void read(const EntrySource& source, Sequence from, std::size_t max_bytes,
            std::chrono::milliseconds patience, Events events = Events::readable);
  /// As if it had read to the end and found nothing.
  void clear();

  /// The entries up to the first that cannot be read. Good until the next `read`.
  [[nodiscard]] std::span<const ReadEntry> entries() const { return entries_; }
  /// Why the one after them is no entry; empty where all could be read.
  [[nodiscard]] const std::string& unreadable() const { return unreadable_; }
  [[nodiscard]] bool empty() const { return batch_.entries.empty(); }
  [[nodiscard]] Sequence first() const { return batch_.first; }
  /// The bytes of each entry, the unreadable ones included.
  [[nodiscard]] std::span<const Bytes> bytes() const { return batch_.entries; }

 private:
  void add(Bytes bytes, Events events);
  void add_event(ReadEntry& entry, const EntryReader& reader, Events events);
  void hash();

  EntryBatch batch_;
  std::vector<ReadEntry> entries_;
  std::vector<Posting> postings_;             // of all of them, one after another
  std::vector<std::size_t> postings_before_;  // of each entry
  std::deque<std::string> formless_;
  std::string unreadable_;
  std::vector<Digest> leaves_;
  std::vector<Bytes> events_;
  std::vector<Digest> event_hashes_;
};

}  // namespace braid
