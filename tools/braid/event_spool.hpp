#pragma once
#include <cstdio>
#include <functional>
#include <memory>

#include "events/merkle.hpp"

namespace braid::cli {

/// Events written once and read once, in order, in a file without a name: what is announced by the
/// root over all of them cannot be sent as it comes. Memory does not grow with them. Throws
/// StorageFull, IoFault.
class EventSpool {
 public:
  EventSpool();

  void add(OwnedBytes event);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// RFC 6962, over their bytes. Nothing is added afterwards.
  [[nodiscard]] Digest root();
  /// Each event, in order.
  void for_each(const std::function<void(OwnedBytes event)>& take);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void write_out();

  std::unique_ptr<std::FILE, Close> file_;
  std::vector<OwnedBytes> recent_;  ///< hashed several at a time
  MerkleTree tree_;
  std::uint64_t size_ = 0;
};

}  // namespace braid::cli
