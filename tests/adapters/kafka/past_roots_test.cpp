#include "adapters/kafka/past_roots.hpp"

#include <catch2/catch.hpp>
#include <cstring>

using namespace braid;
using kafka::PastRoots;

namespace {

/// Entry n is n, eight bytes; counts what is read of it.
class Numbers final : public EntrySource {
 public:
  explicit Numbers(Sequence size) : size_(size) {}

  [[nodiscard]] Sequence size() const override { return size_; }
  void read(Sequence from, std::size_t, std::chrono::milliseconds,
            EntryBatch& batch) const override {
    constexpr Sequence at_once = 10'000;
    const auto count = from < size_ ? std::min(size_ - from, at_once) : 0;
    batch.first = from;
    batch.entries.clear();
    batch.storage.resize(count * sizeof from);
    for (Sequence i = 0; i < count; ++i) {
      const auto number = from + i;
      std::memcpy(batch.storage.data() + i * sizeof from, &number, sizeof number);
      batch.entries.emplace_back(batch.storage.data() + i * sizeof from, sizeof number);
    }
    first_read = std::min(first_read, from);
  }

  mutable Sequence first_read = ~Sequence{0};

 private:
  Sequence size_;
};

Digest root_of_numbers(Sequence size) {
  MerkleTree tree;
  for (Sequence i = 0; i < size; ++i)
    tree.add(leaf_hash(std::as_bytes(std::span(&i, 1))));
  return tree.root();
}

constexpr auto block = PastRoots::block;

}  // namespace

TEST_CASE("The root at any earlier size is that of the tree which the history then was") {
  const Numbers history(3 * block + 100);
  PastRoots roots;
  roots.catch_up(history);
  CHECK(roots.size() == 3 * block);
  for (const Sequence size : {Sequence{0}, Sequence{1}, block - 1, block, block + 1, 2 * block + 77,
                              3 * block, 3 * block + 100})
    CHECK(roots.root_at(size, history) == root_of_numbers(size));
}

TEST_CASE("A root at an earlier size costs reading less than a block") {
  const Numbers history(3 * block + 100);
  PastRoots roots;
  roots.catch_up(history);
  history.first_read = history.size();
  (void)roots.root_at(2 * block + 77, history);
  CHECK(history.first_read == 2 * block);
}

TEST_CASE("Roots of a growing history are as those made at once") {
  PastRoots grown;
  for (const auto size : {Sequence{5}, block + 5, block + 6, 2 * block})
    grown.catch_up(Numbers(size));
  PastRoots at_once;
  at_once.catch_up(Numbers(2 * block));
  CHECK(grown == at_once);
  CHECK(grown.size() == 2 * block);
}

TEST_CASE("Roots that have not caught up read the history instead") {
  const Numbers history(block + 10);
  CHECK(PastRoots().root_at(block + 10, history) == root_of_numbers(block + 10));
}

TEST_CASE("Catching up ends at a block where it is told to") {
  PastRoots roots;
  int asked = 0;
  roots.catch_up(Numbers(3 * block), [&] { return ++asked == 2; });
  CHECK(roots.size() == block);
}

TEST_CASE("Stored roots are read back, and others than whole ones refused") {
  PastRoots roots;
  roots.catch_up(Numbers(2 * block));
  auto bytes = roots.bytes();
  CHECK(bytes.size() == 64);
  CHECK(PastRoots::parse(bytes) == roots);
  bytes.pop_back();
  CHECK_FALSE(PastRoots::parse(bytes));
}
