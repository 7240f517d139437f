#include "events/entry.hpp"

#include <capnp/message.h>

#include <catch2/catch.hpp>

using namespace braid;

namespace {

Digest digest_of(std::uint8_t byte) {
  Digest digest;
  digest.bytes.fill(std::byte{byte});
  return digest;
}

const EntryHead head = {.sequence = 41,
                        .previous = digest_of(7),
                        .recorded_at_us = 1'774'000'000'000'000,
                        .queue_offset = 12,
                        .queue_generation = 3,
                        .rule_book = 2,
                        .register_size = 9};
const Strand health{"X24", schema::Sector::HEALTH, "chc"};
const Strand council{"ABCDE", schema::Sector::SOCIAL_CARE, "core"};
const Uuid budget{0x0192f3c1'0000'7000, 0x8000'0000'0000'0001};

/// Words as a publisher's event would be; the encoder looks no further.
OwnedBytes some_event(std::size_t size = 304) {
  OwnedBytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 7 + 1);
  return bytes;
}

const std::vector<Posting> postings = {
    {Account::COMMITTED, health, 2025, -21'000, budget},
    {Account::SPENT, health, 2025, 21'000, budget},
    {Account::COMMITTED, council, 2025, -14'500, budget},
    {Account::SPENT, council, 2025, 14'500, budget},
};
const std::vector<Finding> flags = {
    {"R19", "notice", "GBP 412.60 was repaid without a repayment notice."}, {"R13", "", ""}};

/// Whether the bytes are what capnp itself makes of the same entry: canonical, and to the byte.
bool is_what_capnp_writes(Bytes bytes) {
  const EntryReader reader(bytes);
  const auto words = capnp::canonicalize(reader.get());
  const auto theirs = std::as_bytes(std::span(words.begin(), words.size()));
  return std::equal(theirs.begin(), theirs.end(), bytes.begin(), bytes.end());
}

bool is_canonical(Bytes bytes) {
  const kj::ArrayPtr<const capnp::word> segments[] = {
      {reinterpret_cast<const capnp::word*>(bytes.data()), bytes.size() / sizeof(capnp::word)}};
  capnp::SegmentArrayMessageReader message(segments);
  return message.isCanonical();
}

}  // namespace

TEST_CASE("An accepted entry reads back as it was said") {
  const OwnedBytes event = some_event();
  EntryEncoder encoder;
  const Bytes bytes = encoder.encode(head, AcceptedBody{2, event, postings, flags});

  const EntryReader entry(bytes);
  CHECK(entry.head() == head);
  REQUIRE(entry.get().isAccepted());
  const auto accepted = entry.get().getAccepted();
  CHECK(accepted.getIndex() == 2);
  const Bytes stored = entry.event_bytes().value();
  CHECK(std::equal(stored.begin(), stored.end(), event.begin(), event.end()));
  CHECK(accepted.getStrands().size() == 2);
  CHECK(postings_of(accepted) == postings);
  REQUIRE(accepted.getFlags().size() == 2);
  CHECK(accepted.getFlags()[0].getSentence() == flags[0].sentence.c_str());
  CHECK(accepted.getFlags()[1].getRule() == "R13");
}

TEST_CASE("Every entry's bytes are canonical, and the same as capnp's own") {
  const OwnedBytes event = some_event();
  const Finding finding{"R69", "officer", "Ask another officer."};
  const Finding terse{"form", "", ""};
  const OwnedBytes key(32, std::byte{5});
  const OwnedBytes signature(64, std::byte{6});
  const EntryHead first = {};
  const std::vector<Posting> zero_amounts = {{Account::FUNDING, {}, 0, 0, {}}};
  const std::vector<Finding> silent = {{}};

  EntryEncoder encoder;
  for (const EntryHead& its_head : {head, first}) {
    std::vector<Bytes> entries = {
        encoder.encode(its_head,
                       ReceivedBody{"X24", key, signature, 3, digest_of(1), digest_of(2)}),
        encoder.encode(its_head, ReceivedBody{"X24", key, signature, 3, digest_of(1), {}}),
        encoder.encode(its_head, ReceivedBody{}),
        encoder.encode(its_head, AcceptedBody{0, event, postings, {}}),
        encoder.encode(its_head, AcceptedBody{1, event, {}, flags}),
        encoder.encode(its_head, AcceptedBody{1, event, {}, {}}),
        encoder.encode(its_head, AcceptedBody{1, event, zero_amounts, silent}),
        encoder.encode(its_head, AcceptedBody{}),
        encoder.encode(its_head, RefusedBody{4, 1, budget, digest_of(3), event, &finding}),
        encoder.encode(its_head, RefusedBody{0, 9, budget, digest_of(3), {}, &terse}),
        encoder.encode(its_head, RefusedBody{0, 1, {}, {}, {}, &silent[0]}),
        encoder.encode(its_head, RepeatedBody{1, 1, budget, digest_of(4), 12}),
        encoder.encode(its_head, RepeatedBody{0, 0, {}, {}, 0}),
    };
    for (std::size_t i = 0; i < entries.size(); ++i) {
      INFO("entry " << i);
      CHECK(is_canonical(entries[i]));
      CHECK(is_what_capnp_writes(entries[i]));
      CHECK(reinterpret_cast<std::uintptr_t>(entries[i].data()) % 8 == 0);
      CHECK(EntryReader(entries[i]).head() == its_head);
    }
  }
}

TEST_CASE("Entries stay where they are until the encoder is cleared, over any number of blocks") {
  const OwnedBytes event = some_event(40'000);
  EntryEncoder encoder;
  for (int round = 0; round < 2; ++round) {
    std::vector<Bytes> entries;
    for (std::uint32_t i = 0; i < 100; ++i)
      entries.push_back(encoder.encode(head, AcceptedBody{i, event, {}, {}}));
    for (std::uint32_t i = 0; i < 100; ++i)
      CHECK(EntryReader(entries[i]).get().getAccepted().getIndex() == i);
    encoder.clear();
  }
}

TEST_CASE("A refused entry that keeps no bytes has no event") {
  const Finding finding{"authority", "key", "This key is not registered."};
  EntryEncoder encoder;
  CHECK_FALSE(
      EntryReader(encoder.encode(head, RefusedBody{0, 3, budget, digest_of(3), {}, &finding}))
          .event_bytes());
  CHECK_FALSE(EntryReader(encoder.encode(head, RepeatedBody{})).event_bytes());
}

TEST_CASE("Bytes that are not one canonical entry break the history, and say so") {
  const OwnedBytes event = some_event();
  EntryEncoder encoder;
  const Bytes good = encoder.encode(head, AcceptedBody{2, event, postings, flags});
  OwnedBytes bytes(good.begin(), good.end());

  CHECK_THROWS_AS(EntryReader(Bytes()), HistoryBroken);
  CHECK_THROWS_AS(EntryReader(Bytes(bytes).first(bytes.size() - 8)), HistoryBroken);
  CHECK_THROWS_AS(EntryReader(Bytes(bytes).first(bytes.size() - 1)), HistoryBroken);
  bytes.resize(bytes.size() + 8);
  CHECK_THROWS_AS(EntryReader(bytes), HistoryBroken);
  CHECK_THROWS_AS(EntryReader(OwnedBytes(max_entry_bytes + 9)), HistoryBroken);
}

TEST_CASE("A flipped bit in an entry is found, or is read without harm") {
  const OwnedBytes event = some_event(48);
  EntryEncoder encoder;
  const Bytes good = encoder.encode(head, AcceptedBody{2, event, postings, flags});
  OwnedBytes bytes(good.begin(), good.end());
  std::size_t found = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] ^= std::byte{1} << bit % 8;
    try {
      const EntryReader entry(bytes);
      if (entry.get().isAccepted()) postings_of(entry.get().getAccepted());
    } catch (const HistoryBroken&) {
      ++found;
    }
    bytes[bit / 8] ^= std::byte{1} << bit % 8;
  }
  CHECK(
      found >
      bytes.size());  // pointers, sizes, gaps; the rest is content, which the chain's hashes watch
}
