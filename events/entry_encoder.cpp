#include <array>

#include "events/check.hpp"
#include "events/entry.hpp"
#include "events/table/canonical.hpp"

// The structs of events/schema/entry.capnp as events/table/canonical.hpp writes them: a RowLayout
// each, by hand, for what is written borrows the event's bytes and lists of others.
// tests/events/entry_test.cpp compares with `capnp::canonicalize`.

namespace braid {
namespace {

using Word = std::uint64_t;

/// What an empty struct's pointer says where null would be cut off.
constexpr Word empty_struct = 0xffff'fffc;

void put_bytes(Bytes bytes, Word* pointer, Word*& next) {
  *pointer = 0;
  if (bytes.empty()) return;
  canonical::put_bytes(bytes.data(), bytes.size(), bytes.size(), canonical::ElementSize::byte,
                       bytes.size(), pointer, next);
}
void put_text(std::string_view text, Word* pointer, Word*& next) {
  *pointer = 0;
  if (text.empty()) return;
  canonical::put_bytes(text.data(), text.size(), text.size() + 1, canonical::ElementSize::byte,
                       text.size() + 1, pointer, next);
}
/// At most these words for so many bytes of data or text.
std::size_t words_for(std::size_t bytes) { return bytes / 8 + 1; }

/// A strand that postings name, borrowed.
struct NamedStrand {
  const Strand* strand;
};
/// A posting with its strand's place in the list of strands.
struct StoredPosting {
  const Posting* posting;
  std::uint16_t strand;
};
/// An accepted body with the lists that are stored.
struct StoredAccepted {
  const AcceptedBody& body;
  const std::vector<NamedStrand>& strands;
  const std::vector<StoredPosting>& postings;
};
/// Head and body: an entry.
template <class Body>
struct Stored {
  const EntryHead& head;
  schema::Entry::Which which;
  const Body& body;
};

/// The sizes of a schema's struct, and how many of so many pointers are in use.
template <class Row_, class Schema>
struct LayoutOf {
  using Row = Row_;
  static constexpr unsigned data_words = Schema::_capnpPrivate::dataWordSize;
  static constexpr unsigned pointers = Schema::_capnpPrivate::pointerCount;

  static unsigned used(std::initializer_list<bool> in_use) {
    unsigned count = pointers;
    while (count != 0 && !in_use.begin()[count - 1]) --count;
    return count;
  }
};

}  // namespace

template <>
struct RowLayout<NamedStrand> : LayoutOf<NamedStrand, schema::Strand> {
  using Whole = RowLayout<Strand>;
  static void put_data(Row row, Word* data) noexcept { Whole::put_data(*row.strand, data); }
  static unsigned used_pointers(Row row) noexcept { return Whole::used_pointers(*row.strand); }
  static void put_pointers(Row row, unsigned count, Word* at, Word*& next) {
    Whole::put_pointers(*row.strand, count, at, next);
  }
  static std::size_t word_bound(Row row) noexcept { return Whole::word_bound(*row.strand); }
};

template <>
struct RowLayout<StoredPosting> : LayoutOf<StoredPosting, schema::Posting> {
  static void put_data(const Row& row, Word* data) noexcept {
    const Posting& posting = *row.posting;
    data[0] = static_cast<Word>(posting.account) | static_cast<Word>(row.strand) << 16 |
              static_cast<Word>(posting.year) << 32;
    data[1] = static_cast<Word>(posting.pence);
    data[2] = posting.subject.high;
    data[3] = posting.subject.low;
  }
  static unsigned used_pointers(const Row&) noexcept { return 0; }
  static void put_pointers(const Row&, unsigned, Word*, Word*&) noexcept {}
  static std::size_t word_bound(const Row&) noexcept { return data_words; }
};

template <>
struct RowLayout<Finding> : LayoutOf<Finding, schema::Finding> {
  static void put_data(const Row&, Word*) noexcept {}
  static unsigned used_pointers(const Row& row) noexcept {
    return used({!row.rule.empty(), !row.field.empty(), !row.sentence.empty()});
  }
  static void put_pointers(const Row& row, unsigned count, Word* at, Word*& next) {
    const std::string* const texts[] = {&row.rule, &row.field, &row.sentence};
    for (unsigned i = 0; i < count; ++i) canonical::put(*texts[i], at + i, next);
  }
  static std::size_t word_bound(const Row& row) noexcept {
    return 3 + words_for(row.rule.size()) + words_for(row.field.size()) +
           words_for(row.sentence.size());
  }
};

template <>
struct RowLayout<ReceivedBody> : LayoutOf<ReceivedBody, schema::Received> {
  static void put_data(const Row& row, Word* data) noexcept { data[0] = row.count; }
  static unsigned used_pointers(const Row& row) noexcept {
    return used({!row.publisher.empty(), !row.key.empty(), !row.signature.empty(),
                 row.root != Digest{}, row.register_head != Digest{}});
  }
  static void put_pointers(const Row& row, unsigned count, Word* at, Word*& next) {
    if (count > 0) put_text(row.publisher, at, next);
    if (count > 1) put_bytes(row.key, at + 1, next);
    if (count > 2) put_bytes(row.signature, at + 2, next);
    if (count > 3) canonical::put(row.root, at + 3, next);
    if (count > 4) canonical::put(row.register_head, at + 4, next);
  }
  static std::size_t word_bound(const Row& row) noexcept {
    return data_words + pointers + words_for(row.publisher.size()) + words_for(row.key.size()) +
           words_for(row.signature.size()) + 8;
  }
};

template <>
struct RowLayout<StoredAccepted> : LayoutOf<StoredAccepted, schema::Accepted> {
  static void put_data(const Row& row, Word* data) noexcept { data[0] = row.body.index; }
  static unsigned used_pointers(const Row& row) noexcept {
    return used({!row.body.event.empty(), !row.strands.empty(), !row.postings.empty(),
                 !row.body.flags.empty()});
  }
  static void put_pointers(const Row& row, unsigned count, Word* at, Word*& next) {
    if (count > 0) put_bytes(row.body.event, at, next);
    if (count > 1) canonical::put(row.strands, at + 1, next);
    if (count > 2) canonical::put(row.postings, at + 2, next);
    if (count > 3) canonical::put_structs(row.body.flags, at + 3, next);
  }
  static std::size_t word_bound(const Row& row) noexcept {
    std::size_t words = data_words + pointers + words_for(row.body.event.size()) +
                        +canonical::bound(row.strands) + canonical::bound(row.postings) + 1;
    for (const Finding& flag : row.body.flags) words += RowLayout<Finding>::word_bound(flag);
    return words;
  }
};

template <>
struct RowLayout<RefusedBody> : LayoutOf<RefusedBody, schema::Refused> {
  static void put_data(const Row& row, Word* data) noexcept {
    data[0] = row.index | static_cast<Word>(row.count) << 32;
  }
  static unsigned used_pointers(const Row&) noexcept { return pointers; }
  static void put_pointers(const Row& row, unsigned, Word* at, Word*& next) {
    canonical::put(row.id, at, next);
    canonical::put(row.hash, at + 1, next);
    put_bytes(row.event, at + 2, next);
    canonical::put_struct(*row.finding, empty_struct, at + 3, next);
  }
  static std::size_t word_bound(const Row& row) noexcept {
    return data_words + pointers + 2 + 4 + words_for(row.event.size()) +
           RowLayout<Finding>::word_bound(*row.finding);
  }
};

template <>
struct RowLayout<RepeatedBody> : LayoutOf<RepeatedBody, schema::Repeated> {
  static void put_data(const Row& row, Word* data) noexcept {
    data[0] = row.index | static_cast<Word>(row.count) << 32;
    data[1] = row.first;
  }
  static unsigned used_pointers(const Row& row) noexcept {
    return used({!row.id.is_nil(), row.hash != Digest{}});
  }
  static void put_pointers(const Row& row, unsigned count, Word* at, Word*& next) {
    if (count > 0) canonical::put(row.id, at, next);
    if (count > 1) canonical::put(row.hash, at + 1, next);
  }
  static std::size_t word_bound(const Row&) noexcept { return data_words + pointers + 2 + 4; }
};

template <class Body>
struct RowLayout<Stored<Body>> : LayoutOf<Stored<Body>, schema::Entry> {
  using Row = Stored<Body>;
  static void put_data(const Row& row, Word* data) noexcept {
    data[0] = row.head.sequence;
    data[1] = static_cast<Word>(row.head.recorded_at_us);
    data[2] = row.head.queue_offset;
    data[3] = row.head.queue_generation | static_cast<Word>(row.head.rule_book) << 32 |
              static_cast<Word>(row.which) << 48;
    data[4] = row.head.register_size;
  }
  static unsigned used_pointers(const Row&) noexcept { return 2; }
  static void put_pointers(const Row& row, unsigned, Word* at, Word*& next) {
    canonical::put(row.head.previous, at, next);
    canonical::put_struct(row.body, empty_struct, at + 1, next);
  }
  static std::size_t word_bound(const Row& row) noexcept {
    return 5 + 2 + 4 + RowLayout<Body>::word_bound(row.body);
  }
};

/// Blocks of words, filled one after another; entries never move.
struct EntryEncoder::Memory {
  static constexpr std::size_t block_words = std::size_t{1} << 17;  // 1 MiB

  std::vector<std::unique_ptr<Word[]>> blocks;
  std::size_t block = 0;
  std::size_t used = 0;
  std::vector<NamedStrand> strands;
  std::vector<StoredPosting> postings;

  template <class Body>
  Bytes write(const EntryHead& head, schema::Entry::Which which, const Body& body) {
    const Stored<Body> entry{head, which, body};
    Word* const begin = reserve(1 + RowLayout<Stored<Body>>::word_bound(entry));
    Word* const end = canonical::put_message(entry, begin);
    const auto bytes = std::as_bytes(std::span(begin, end));
    check(bytes.size() <= max_entry_bytes,
          "events and findings are limited so that an entry holds them");
    used += bytes.size() / sizeof(Word);
    return bytes;
  }

  /// Fills `strands` with each strand that is named, once, in the order in which they are first
  /// named.
  void index(std::span<const Posting> from) {
    strands.clear();
    postings.clear();
    for (const Posting& posting : from) postings.push_back({&posting, index_of(posting.strand)});
  }

 private:
  Word* reserve(std::size_t words) {
    check(words <= block_words, "an entry is far smaller than a block");
    if (!blocks.empty() && used + words > block_words) {
      ++block;
      used = 0;
    }
    if (block == blocks.size()) {
      blocks.push_back(std::make_unique_for_overwrite<Word[]>(block_words));
    }
    return blocks[block].get() + used;
  }

  std::uint16_t index_of(const Strand& strand) {
    for (std::size_t i = strands.size(); i-- != 0;) {  // the legs of one movement stand together
      if (*strands[i].strand == strand) return static_cast<std::uint16_t>(i);
    }
    strands.push_back({&strand});
    return static_cast<std::uint16_t>(strands.size() - 1);
  }
};

EntryEncoder::EntryEncoder() : memory_(std::make_unique<Memory>()) {}
EntryEncoder::~EntryEncoder() = default;

Bytes EntryEncoder::encode(const EntryHead& head, const ReceivedBody& body) {
  return memory_->write(head, schema::Entry::RECEIVED, body);
}
Bytes EntryEncoder::encode(const EntryHead& head, const AcceptedBody& body) {
  memory_->index(body.postings);
  const StoredAccepted stored{body, memory_->strands, memory_->postings};
  return memory_->write(head, schema::Entry::ACCEPTED, stored);
}
Bytes EntryEncoder::encode(const EntryHead& head, const RefusedBody& body) {
  check(body.finding != nullptr, "a refusal says why");
  return memory_->write(head, schema::Entry::REFUSED, body);
}
Bytes EntryEncoder::encode(const EntryHead& head, const RepeatedBody& body) {
  return memory_->write(head, schema::Entry::REPEATED, body);
}

void EntryEncoder::clear() {
  memory_->block = 0;
  memory_->used = 0;
}

}  // namespace braid
