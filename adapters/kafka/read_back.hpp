#pragma once
#include <deque>
#include <optional>
#include <string>

#include "adapters/kafka/history_reader.hpp"

namespace braid::kafka {

/// Why a writer must end: drop what is in flight, give no further receipt.
struct WriterEnd {
  enum class Why {
    foreign_barrier,  ///< another writer has taken over: wait for the group to assign the partition
    own_entry_void,   ///< what it wrote is void for every reader
    other_entry,      ///< under its own id stands what it did not write
    not_delivered,    ///< a delivery error; whether the entry is in the log cannot be known
    offset_differs,   ///< the entry is not where the broker said that it is
  };
  Why why{};
  std::string sentence;

  /// After a foreign barrier a writer that started again would fence the other, and be fenced, for
  /// ever. After anything else it may start again at once, under a new id.
  [[nodiscard]] bool must_be_assigned_anew() const { return why == Why::foreign_barrier; }
};

/// When receipts may leave: an entry is safe when the delivery report has come and the entry was
/// read back at the offset that the report gave, it and all before it. Told of everything a writer
/// sends, hears and reads from its opening on. Once it has ended it stays so. Pure.
class ReadBack {
 public:
  /// The most entries that may be sent and not safe yet.
  static constexpr std::size_t max_in_flight = 100'000;

  /// Of the writer `own`, whose first entry will be `next`.
  ReadBack(WriterId own, Sequence next);

  /// An entry goes out: the next in sequence. There is room for it.
  void sent(Sequence sequence, const Digest& leaf);
  /// The delivery report of an entry in flight, once each: where it stands. An offset below zero
  /// (librdkafka does not know it, as after a duplicate) is no offset that can be confirmed.
  void delivered(Sequence sequence, Offset offset);
  /// A delivery error, or the producer has failed.
  void not_delivered(std::string_view why);
  /// A message read, and what `HistoryReader::take` said about it.
  void read(Offset offset, const LogMessage& message, Verdict verdict);

  /// Receipts of entries below this may leave.
  [[nodiscard]] Sequence safe() const { return safe_; }
  [[nodiscard]] std::size_t in_flight() const { return flight_.size(); }
  [[nodiscard]] const std::optional<WriterEnd>& end() const { return end_; }

 private:
  struct InFlight {
    Digest leaf;
    std::optional<Offset> reported;
    std::optional<Offset> read;
  };
  struct Read;  // an overload a kind of message

  void end_with(WriterEnd::Why why, std::string sentence);
  void read_own(Offset offset, const EntryMessage& entry, Verdict verdict);
  void settle();
  void require_not_passed();

  WriterId own_;
  Sequence safe_;                 // the sequence of the first in flight
  std::size_t read_ = 0;          // so many of those in flight were read back
  std::optional<Offset> passed_;  // the last offset read
  std::deque<InFlight> flight_;
  std::optional<WriterEnd> end_;
};

}  // namespace braid::kafka
