#include "tests/contract/event_log_contract.hpp"

#include <catch2/catch.hpp>
#include <mutex>
#include <thread>

#include "events/check.hpp"
#include "events/entry.hpp"
#include "events/merkle.hpp"

namespace braid::support {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint32_t place = 3;
constexpr milliseconds no_wait{0};
constexpr std::size_t plenty = 1 << 20;

bool equal(Bytes a, Bytes b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

EntryBatch read_now(const EntrySource& reader, Sequence from, std::size_t max_bytes = plenty) {
  EntryBatch batch;
  reader.read(from, max_bytes, no_wait, batch);
  return batch;
}

void check_sizes_and_positions(ledger::EventLog& log) {
  auto reader = log.reader(place);
  auto writer = log.take_over(place);

  SECTION("a log nobody has written has no entries") {
    CHECK(reader->size() == 0);
    CHECK(read_now(*reader, 0).entries.empty());
  }
  SECTION("what is appended is read back as it was, from any place") {
    append_numbered(*writer, 0, 1000);
    CHECK(reader->size() == 1000);
    CHECK(count_numbered(*reader) == 1000);
    auto batch = read_now(*reader, 998);
    CHECK(batch.first == 998);
    REQUIRE(batch.entries.size() == 2);
    CHECK(equal(batch.entries[1], numbered_entry(999)));
    CHECK(read_now(*reader, 1000).entries.empty());
    CHECK(read_now(*reader, 5000).entries.empty());
  }
  SECTION("an append of nothing changes nothing") {
    append_numbered(*writer, 0, 2);
    CHECK(writer->append(2, {}) == 2);
    CHECK(reader->size() == 2);
  }
  SECTION("a batch keeps to its bytes, and has one entry at least") {
    append_numbered(*writer, 0, 10);
    CHECK(read_now(*reader, 0, 1).entries.size() == 1);
    CHECK(read_now(*reader, 0, 3 * numbered_bytes).entries.size() == 3);
  }
  SECTION("a batch used again holds only what was read last") {
    append_numbered(*writer, 0, 50);
    EntryBatch batch;
    reader->read(0, plenty, no_wait, batch);
    reader->read(48, plenty, no_wait, batch);
    REQUIRE(batch.entries.size() == 2);
    CHECK(equal(batch.entries[0], numbered_entry(48)));
    reader->read(50, plenty, no_wait, batch);
    CHECK(batch.entries.empty());
  }
}

void check_read_back(const EntrySource& reader, std::span<const Bytes> appended) {
  auto batch = read_now(reader, 0);
  REQUIRE(batch.entries.size() == appended.size());
  for (std::size_t i = 0; i < appended.size(); ++i) {
    CHECK(equal(batch.entries[i], appended[i]));
    CHECK(reinterpret_cast<std::uintptr_t>(batch.entries[i].data()) % 8 == 0);
  }
}

void check_lengths(ledger::EventLog& log) {
  auto writer = log.take_over(place);
  std::vector<OwnedBytes> entries;
  Digest previous;
  for (std::size_t bytes : {smallest_numbered_entry, std::size_t{2000}, std::size_t{2040},
                            std::size_t{4096}, std::size_t{10'000}, largest_numbered_entry,
                            numbered_bytes}) {
    entries.push_back(chained_entry(entries.size(), previous, bytes));
    previous = leaf_hash(entries.back());
  }
  std::vector<Bytes> borrowed(entries.begin(), entries.end());
  REQUIRE(writer->append(0, borrowed) == borrowed.size());

  SECTION("entries of all lengths come back whole, each at a multiple of eight") {
    check_read_back(*log.reader(place), borrowed);
  }
}

void check_writers(ledger::EventLog& log) {
  auto reader = log.reader(place);
  auto writer = log.take_over(place);
  append_numbered(*writer, 0, 5);
  auto entry = numbered_entry(5);
  const Bytes borrowed[] = {entry};

  SECTION("an append that expects another end of the log is fenced and records nothing") {
    CHECK_THROWS_AS(writer->append(4, borrowed), Fenced);
    CHECK_THROWS_AS(writer->append(6, borrowed), Fenced);
    CHECK_THROWS_AS(writer->append(6, {}), Fenced);
    CHECK(reader->size() == 5);
  }
  SECTION("a new writer fences the old one and goes on") {
    auto second = log.take_over(place);
    CHECK_THROWS_AS(writer->append(5, borrowed), Fenced);
    CHECK(reader->size() == 5);
    CHECK(second->append(5, borrowed) == 6);
    CHECK(count_numbered(*reader) == 6);
  }
  SECTION("partitions are apart, the register among them") {
    auto registrar = log.take_over(register_partition);
    append_numbered(*registrar, 0, 2);
    CHECK(log.reader(register_partition)->size() == 2);
    CHECK(log.reader(0)->size() == 0);
    CHECK(writer->append(5, borrowed) == 6);
  }
}

void check_followers(ledger::EventLog& log) {
  SECTION("a reader that waits gets what is appended meanwhile") {
    auto reader = log.reader(place);
    EntryBatch batch;
    std::thread waiting([&] { reader->read(0, plenty, seconds(60), batch); });
    auto writer = log.take_over(place);
    append_numbered(*writer, 0, 1);
    waiting.join();
    CHECK(batch.entries.size() == 1);
  }
  SECTION("readers that follow a writer meet each entry once, in order") {
    constexpr Sequence end = 2000;
    Sequence met[2] = {};
    auto follow = [&](Sequence& so_far) {
      auto reader = log.reader(place);
      EntryBatch batch;
      while (so_far < end) {
        reader->read(so_far, 10'000, seconds(60), batch);
        for (auto entry : batch.entries)
          if (so_far == end || !equal(entry, numbered_entry(so_far++))) return;
      }
    };
    std::thread first(follow, std::ref(met[0]));
    std::thread second(follow, std::ref(met[1]));
    auto writer = log.take_over(place);
    append_numbered(*writer, 0, end, 37);
    first.join();
    second.join();
    CHECK(met[0] == end);
    CHECK(met[1] == end);
  }
}

bool has_a_length(Bytes entry) {
  return entry.size() >= smallest_numbered_entry && entry.size() <= largest_numbered_entry &&
         entry.size() % 8 == 0;
}

}  // namespace

OwnedBytes chained_entry(Sequence sequence, const Digest& previous, std::size_t bytes) {
  check(bytes >= smallest_numbered_entry && bytes <= largest_numbered_entry && bytes % 8 == 0,
        "an entry in canonical form has such a length");
  EntryEncoder encoder;
  const auto encode = [&](Bytes event) {
    return encoder.encode({.sequence = sequence, .previous = previous},
                          AcceptedBody{.event = event});
  };
  constexpr std::size_t word = 8;
  OwnedBytes event(word);  // how long the rest is depends on the head: its zeros are not stored
  event.resize(word + bytes - encode(event).size());
  for (std::size_t i = 0; i < event.size(); ++i)
    event[i] = static_cast<std::byte>((sequence + 1) * 0x9E37'79B9'7F4A'7C15 >> i % 8 * 8 ^ i / 8);
  const auto encoded = encode(event);
  check(encoded.size() == bytes, "an event adds its own bytes to an entry");
  return {encoded.begin(), encoded.end()};
}

OwnedBytes numbered_entry(Sequence sequence, std::size_t bytes) {
  static std::mutex mutex;
  static std::vector<Digest> leaves;  // of the entries of the usual length, as far as asked for
  std::lock_guard lock(mutex);
  const auto previous = [&](Sequence of) { return of == 0 ? Digest() : leaves[of - 1]; };
  for (auto next = leaves.size(); next < sequence; ++next)
    leaves.push_back(leaf_hash(chained_entry(next, previous(next), numbered_bytes)));
  return chained_entry(sequence, previous(sequence), bytes);
}

void append_numbered(ledger::LogWriter& writer, Sequence begin, Sequence end, std::size_t at_once) {
  std::vector<OwnedBytes> entries;
  while (begin < end) {
    entries.clear();
    for (auto i = begin; i < end && entries.size() < at_once; ++i)
      entries.push_back(numbered_entry(i));
    std::vector<Bytes> borrowed(entries.begin(), entries.end());
    begin = writer.append(begin, borrowed);
  }
}

Sequence count_numbered(const EntrySource& reader) {
  Sequence count = 0;
  EntryBatch batch;
  for (;;) {
    reader.read(count, plenty, no_wait, batch);
    if (batch.entries.empty()) return count;
    for (auto entry : batch.entries) {
      if (!has_a_length(entry) || !equal(entry, numbered_entry(count, entry.size()))) return count;
      ++count;
    }
  }
}

void check_event_log_contract(const std::function<std::unique_ptr<ledger::EventLog>()>& make) {
  auto log = make();
  check_sizes_and_positions(*log);
  check_followers(*log);
  SECTION("lengths") { check_lengths(*log); }
  SECTION("writers") { check_writers(*log); }
}

void check_any_bytes(ledger::EventLog& log) {
  std::vector<OwnedBytes> entries;
  for (std::size_t bytes : {1, 7, 24, 1999, 2040, 65'535, 300})
    entries.emplace_back(bytes, static_cast<std::byte>(bytes));
  std::vector<Bytes> borrowed(entries.begin(), entries.end());
  REQUIRE(log.take_over(place)->append(0, borrowed) == borrowed.size());
  check_read_back(*log.reader(place), borrowed);
}

}  // namespace braid::support
