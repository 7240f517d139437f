#include "tools/braid/two_copies.hpp"

#include "events/faults.hpp"
#include "tools/braid/history_walk.hpp"

namespace braid::cli {
namespace {

/// One copy, entry by entry; what is wrong with it is said of it.
class Copy {
 public:
  Copy(std::string_view whose, const EntrySource& source, const CopyReader::See& see)
      : whose_(whose), walk_(source, source.size()), see_(see) {}

  /// The next entry's leaf hash; nothing behind the last.
  std::optional<Digest> next() try {
    const auto* entry = walk_.next();
    if (entry == nullptr) return std::nullopt;
    see_(*entry, walk_.bytes());
    return entry->leaf;
  } catch (const HistoryBroken& broken) {
    throw HistoryBroken(std::string(whose_) + " copy is no history: " + broken.what());
  }

  [[nodiscard]] const EntryChain& chain() const { return walk_.chain(); }
  [[nodiscard]] Sequence size() const { return walk_.size(); }

 private:
  std::string_view whose_;
  HistoryWalk walk_;
  const CopyReader::See& see_;
};

EntryChain first_entries(const EntrySource& source, Sequence size) {
  HistoryWalk walk(source, size);
  while (walk.next() != nullptr) {
  }
  return walk.chain();
}

}  // namespace

TwoCopies CopyReader::read(const EntrySource& ours, const EntrySource& theirs,
                           const std::function<void(Sequence done, Sequence size)>& progress) {
  Copy own("our", ours, see_ours_);
  Copy other("their", theirs, see_theirs_);
  const auto shorter = std::min(own.size(), other.size());
  const auto longer = std::max(own.size(), other.size());
  TwoCopies copies;
  for (Sequence at = 0; at < shorter; ++at) {
    const auto our_leaf = own.next();
    if (our_leaf != other.next() && !copies.forked) copies.forked = at;
    progress(at, longer);
  }
  copies.common = copies.forked             ? first_entries(ours, *copies.forked)
                  : own.size() == shorter   ? own.chain()
                                            : other.chain();
  while (own.next()) progress(own.chain().size(), longer);
  while (other.next()) progress(other.chain().size(), longer);
  copies.ours = own.chain();
  copies.theirs = other.chain();
  return copies;
}

}  // namespace braid::cli
