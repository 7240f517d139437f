#pragma once
#include <functional>
#include <string>

#include "events/entry_chain.hpp"
#include "projections/projection.hpp"

namespace braid::projections {

/// Folds one partition's history into its views, exactly once: rows, position and Merkle root
/// reached are committed in one step. Kill it anywhere; it goes on with nothing lost and nothing
/// doubled. Called by one thread; it uses more of its own.
class Worker {
 public:
  struct Options {
    unsigned threads = 1;  ///< the caller's among them
    std::size_t batch_bytes = 4 << 20;
    std::size_t flush_rows = 1'000'000;  ///< flush when so many rows have changed
    std::size_t memory_bytes =
        768
        << 20;  ///< rows kept in memory after a flush take about so much at most; more are dropped
    std::size_t rows_kept = 200'000;  ///< of each table when rows are dropped
    /// Sees every batch once it is known to continue the chain, beside the folds and on any thread:
    /// to check more of it.
    std::function<void(std::span<const Record> records)> also;
  };

  /// Borrows source and store; they outlive it. Throws HistoryBroken where the position in the
  /// store is not one of this history, and check()s that the store is empty or was made by these
  /// projections (see `views_stamp`).
  Worker(const EntrySource& source, RowStore& store, Options options);
  ~Worker();

  /// Folds what is there now, at most a batch; waits up to `patience` for the first entry. False:
  /// nothing came. Rows become visible to readers at the next flush.
  bool step(std::chrono::milliseconds patience);
  /// Folds to the end of what is there now, then flushes. `progress` hears of each batch.
  void catch_up(const std::function<void(Sequence done, Sequence size)>& progress = {});
  /// Makes everything folded so far durable and visible to readers.
  void flush();

  /// What has been folded.
  [[nodiscard]] const EntryChain& chain() const;
  /// Entries whose rows are durable.
  [[nodiscard]] Sequence flushed() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Names the projections and versions that make rows; stored with the position. Another stamp
/// means: build anew.
std::string views_stamp();

/// What stands with the rows: how far they go, and what made them.
struct ViewPosition {
  EntryChain chain;
  std::string stamp;
};
OwnedBytes encode(const ViewPosition& position);
/// A sentence where the bytes are not a position.
tl::expected<ViewPosition, std::string> decode_position(Bytes bytes);

}  // namespace braid::projections
