#pragma once
#include <capnp/message.h>

#include <array>
#include <string_view>
#include <vector>

#include "events/bytes.hpp"

namespace braid {

/// A row's stored bytes as a Cap'n Proto message, bounded however they may have been altered.
/// Borrows the bytes where they start at a multiple of eight, copies them where they do not.
/// Reading altered bytes may throw kj::Exception; `decode` (row.hpp) turns it into HistoryBroken.
class RowMessage {
 public:
  explicit RowMessage(Bytes bytes);
  RowMessage(const RowMessage&) = delete;
  RowMessage& operator=(const RowMessage&) = delete;

  template <class Schema>
  [[nodiscard]] typename Schema::Reader get() {
    return message_.getRoot<Schema>();
  }
  [[nodiscard]] capnp::MessageReader& reader() { return message_; }

 private:
  kj::ArrayPtr<const capnp::word> aligned(Bytes bytes);

  std::array<std::uint64_t, 64> near_;  // where a copy of most rows has room
  std::vector<std::uint64_t> far_;
  kj::ArrayPtr<const capnp::word> segments_[1];
  capnp::SegmentArrayMessageReader message_;
};

/// Throws HistoryBroken: a stored row cannot be read.
[[noreturn]] void row_unreadable(std::string_view what, const kj::Exception& why);

}  // namespace braid
