#pragma once
#include <functional>

#include "events/entry_chain.hpp"
#include "projections/projection.hpp"

namespace braid::projections {

/// Folds one partition's history into its views, exactly once: rows, position and Merkle root
/// reached are committed in one step. Kill it anywhere; it goes on with nothing lost and nothing
/// doubled. Threads: `step` is called by one; it uses a second one for hashing and half of the
/// folds when `threads` is 2.
class Worker {
 public:
  struct Options {
    unsigned threads = 1;
    std::size_t batch_bytes = 4 << 20;
    std::size_t flush_rows = 500'000;      ///< flush when so many rows have changed
    std::function<void(Sequence done, Sequence size)> progress;
  };

  /// Borrows source and store. Throws HistoryBroken where the stored position does not fit the source.
  Worker(std::uint32_t partition, const EntrySource& source, RowStore& store, Options options);
  ~Worker();

  /// Folds what is there now, at most one batch; waits up to `patience` for the first entry. False: nothing came.
  bool step(std::chrono::milliseconds patience);
  /// Folds to the end of what is there now, then flushes.
  void catch_up();
  /// Makes everything folded so far durable and visible to readers.
  void flush();

  [[nodiscard]] const EntryChain& chain() const;
  /// Entries whose rows are durable.
  [[nodiscard]] Sequence flushed() const;
};

/// Says which projections, in which versions, made a store's rows; stored with the position.
/// Another stamp means: rebuild.
std::string views_stamp();

/// What a store's position says: the chain reached and the stamp.
struct ViewPosition {
  EntryChain chain;
  std::string stamp;
};
OwnedBytes encode(const ViewPosition& position);
tl::expected<ViewPosition, std::string> decode_position(Bytes bytes);

}  // namespace braid::projections
