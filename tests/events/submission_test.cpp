#include "events/submission.hpp"

#include <capnp/message.h>
#include <capnp/serialize.h>

#include <catch2/catch.hpp>

#include "events/entry_source.hpp"
#include "events/murmur2.hpp"
#include "events/schema/entry.capnp.h"
#include "tests/support/specimens.hpp"

using namespace braid;
using braid::test::specimen;
using Catch::Matchers::Contains;

namespace {

constexpr std::uint32_t partitions = 4;

SecretKey some_key(std::uint8_t number = 1) {
  std::array<std::byte, 32> seed;
  seed.fill(std::byte{number});
  return SecretKey::from_seed(Secret<32>(seed));
}

using Specimens = std::vector<OwnedBytes>;

OwnedBytes signed_by(const SecretKey& key, const Specimens& events,
                     std::string_view ledger = "bnssg", std::string_view publisher = "X24") {
  return sign_submission(ledger, publisher, key, std::vector<Bytes>(events.begin(), events.end()));
}

/// "accepted", or "field: sentence".
std::string answer(Bytes framed, std::string_view ledger = "bnssg") {
  const auto checked = check_submission(framed, ledger, partitions);
  if (checked) return "accepted";
  CHECK(checked.error().rule == "form");
  return checked.error().field + ": " + checked.error().sentence;
}

/// An unsigned frame, as `fill` makes it.
template <class Fill>
OwnedBytes frame(Fill fill) {
  capnp::MallocMessageBuilder message(20'000);  // words: one segment
  auto submission = message.initRoot<schema::Submission>();
  submission.setLedger("bnssg");
  submission.setPublisher("X24");
  submission.initKey(32);
  submission.initSignature(64);
  fill(submission);
  const auto flat = capnp::messageToFlatArray(message);
  const auto bytes = std::as_bytes(std::span(flat.begin(), flat.size()));
  return {bytes.begin(), bytes.end()};
}

capnp::Data::Reader data_of(Bytes bytes) {
  return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}

}  // namespace

TEST_CASE(
    "A signed submission is read with its events verbatim, their hashes, root and partition") {
  const Specimens events = {specimen(Kind::ORDER_PLACED), specimen(Kind::REPAID),
                            specimen(Kind::PERSON_LINKED)};
  const SecretKey key = some_key();
  const auto checked = check_submission(signed_by(key, events), "bnssg", partitions);
  REQUIRE(checked);
  CHECK(checked->submission.ledger == "bnssg");
  CHECK(checked->submission.publisher == "X24");
  CHECK(checked->submission.key == key.public_key());
  REQUIRE(checked->submission.events.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const Bytes event = checked->submission.events[i];
    CHECK(std::equal(event.begin(), event.end(), events[i].begin(), events[i].end()));
    CHECK(reinterpret_cast<std::uintptr_t>(event.data()) % 8 == 0);
    CHECK(checked->hashes[i] == leaf_hash(events[i]));
  }
  CHECK(checked->root == root_of(checked->hashes));
  CHECK(checked->partition == partition_of_event(EventReader(events[0]).get(), partitions));
  CHECK(checked->partition < partitions);
}

TEST_CASE("Bytes that nobody has checked have the root that checking finds, or none") {
  const auto framed = signed_by(some_key(), {specimen(Kind::ORDER_PLACED)});
  CHECK(root_of_submission(framed) == check_submission(framed, "bnssg", partitions)->root);
  CHECK_FALSE(root_of_submission(as_bytes("nonsense")));
  CHECK_FALSE(root_of_submission({}));
}

TEST_CASE("A moved submission keeps its events") {
  const Specimens events = {specimen(Kind::REPAID)};
  auto checked = check_submission(signed_by(some_key(), events), "bnssg", partitions).value();
  const CheckedSubmission moved = std::move(checked);
  const Bytes event = moved.submission.events[0];
  CHECK(std::equal(event.begin(), event.end(), events[0].begin(), events[0].end()));
}

TEST_CASE("What is signed names the ledger, the publisher, the number of events and their root") {
  CHECK(signed_statement("bnssg", "X24", 3, Digest{}) ==
        "braid submission 1\nbnssg\nX24\n3\n" + std::string(64, '0') + "\n");
}

TEST_CASE("Signing is deterministic: a batch sent again is the same batch") {
  const Specimens events = {specimen(Kind::REPAID)};
  CHECK(signed_by(some_key(), events) == signed_by(some_key(), events));
}

TEST_CASE("A submission signed for another ledger is refused") {
  CHECK_THAT(answer(signed_by(some_key(), {specimen(Kind::REPAID)}, "elsewhere")),
             Contains("ledger: "));
}

TEST_CASE("A signature over other events, of another key or for another ledger is refused") {
  const OwnedBytes one = specimen(Kind::REPAID);
  const OwnedBytes other = specimen(Kind::ORDER_PLACED);
  const auto resigned = [&](const SecretKey& key, const SecretKey& signer, std::string_view ledger,
                            const OwnedBytes& event) {
    const Digest leaf = leaf_hash(one);
    const Signature signature =
        sign(signer, as_bytes(signed_statement(ledger, "X24", 1, root_of(std::span(&leaf, 1)))));
    return frame([&](auto submission) {
      submission.setKey(data_of(key.public_key().bytes));
      submission.setSignature(data_of(signature.bytes));
      submission.initEvents(1).set(0, data_of(event));
    });
  };
  const SecretKey key = some_key(1);
  CHECK(answer(resigned(key, key, "bnssg", one)) == "accepted");
  CHECK_THAT(answer(resigned(key, key, "bnssg", other)),
             Contains("signature: ") && Contains("altered"));
  CHECK_THAT(answer(resigned(key, some_key(2), "bnssg", one)), Contains("signature: "));
  CHECK_THAT(answer(resigned(key, key, "elsewhere", one)), Contains("signature: "));
}

TEST_CASE("An altered bit anywhere in a submission is refused") {
  const OwnedBytes good = signed_by(some_key(), {specimen(Kind::PARTNER_SIGNED)});
  REQUIRE(answer(good) == "accepted");
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    OwnedBytes bytes = good;
    bytes[bit / 8] ^= std::byte{1} << bit % 8;
    const auto checked = check_submission(bytes, "bnssg", partitions);
    // A bit that nobody reads, in the frame's padding, may differ: then what is read is the same.
    if (checked) {
      const Bytes event = checked->submission.events.at(0);
      const OwnedBytes expected = specimen(Kind::PARTNER_SIGNED);
      CHECK(std::equal(event.begin(), event.end(), expected.begin(), expected.end()));
    }
  }
}

TEST_CASE("A submission has 1 to 10,000 events") {
  const auto of = [](unsigned count) {
    return answer(frame([&](auto submission) { submission.initEvents(count); }));
  };
  CHECK_THAT(of(0), Contains("events: ") && Contains("1 to 10000"));
  CHECK_THAT(of(10'001), Contains("events: ") && Contains("has 10001"));
  CHECK_THAT(of(10'000), Contains("signature: "));
}

TEST_CASE("Thousands of small events are one submission, up to its last byte") {
  const OwnedBytes small = specimen(Kind::PARTNER_SIGNED, [](auto event) {
    event.disownReason();
    event.disownAuthority();
    event.disownCorrects();
    event.disownOfficer();
  });
  const std::size_t fitting = (Submission::max_bytes - 264) / (small.size() + 8);
  REQUIRE(fitting > 5'000);
  const OwnedBytes framed = signed_by(some_key(), Specimens(fitting, small));
  CHECK(framed.size() > Submission::max_bytes - 2 * small.size());
  CHECK(answer(framed) == "accepted");
}

TEST_CASE("A submission has at most 900,000 bytes") {
  CHECK_THAT(answer(OwnedBytes(900'001)), Contains("at most 900000 bytes"));
  CHECK_THAT(answer(OwnedBytes(900'000)), !Contains("at most 900000 bytes"));
}

TEST_CASE("A key has 32 bytes and a signature 64") {
  CHECK_THAT(answer(frame([](auto submission) { submission.initKey(31); })), Contains("key: "));
  CHECK_THAT(answer(frame([](auto submission) { submission.initSignature(63); })),
             Contains("signature: "));
}

TEST_CASE("A publisher is an ODS code and nothing that could forge a line of the statement") {
  CHECK_THAT(answer(frame([](auto submission) {
               submission.setPublisher("X24\n9");
               submission.initEvents(1);
             })),
             Contains("publisher: "));
}

TEST_CASE("A body signs for itself: an event of another publisher is refused and named") {
  const Specimens events = {specimen(Kind::REPAID),
                            specimen(Kind::REPAID, [](auto event) { event.setPublisher("BRI"); })};
  CHECK_THAT(answer(signed_by(some_key(), events)),
             Contains("events[1].publisher: ") && Contains("BRI") && Contains("X24"));
}

TEST_CASE("The first event without form is named by its place in the submission") {
  const Specimens events = {
      specimen(Kind::REPAID),
      specimen(Kind::REPAID, [](auto event) { event.setEffective(INT32_MIN); }),
      specimen(Kind::REPAID, [](auto event) { event.setPlace(""); })};
  CHECK_THAT(answer(signed_by(some_key(), events)), Contains("events[1].effective: "));
}

TEST_CASE("An event that is not canonical is refused as a whole") {
  OwnedBytes event = specimen(Kind::REPAID);
  event.resize(event.size() + 8);
  CHECK_THAT(answer(signed_by(some_key(), {event})),
             Contains("events[0]: ") && Contains("canonical"));
  CHECK_THAT(answer(signed_by(some_key(), {OwnedBytes(3)})),
             Contains("events[0]: ") && Contains("eight-byte"));
  CHECK_THAT(answer(signed_by(some_key(), {OwnedBytes(48'008)})),
             Contains("events[0]: ") && Contains("48000"));
}

TEST_CASE("Events of several partitions travel in several submissions") {
  const auto in = [](const char* place) {
    return specimen(Kind::REPAID, [&](auto event) { event.setPlace(place); });
  };
  const auto partition = [](const OwnedBytes& event) {
    return partition_of_event(EventReader(event).get(), partitions);
  };
  REQUIRE(partition(in("bristol")) != partition(in("york")));
  CHECK_THAT(answer(signed_by(some_key(), {in("bristol"), in("york")})),
             Contains("events[1].place: "));
  CHECK_THAT(answer(signed_by(some_key(), {specimen(Kind::OFFICER_ENDED), in("york")})),
             Contains("events[1].place: "));
}

TEST_CASE("Events of two places that share a partition travel together") {
  const auto partition = [](const std::string& place) {
    const OwnedBytes event = specimen(Kind::REPAID, [&](auto to) { to.setPlace(place.c_str()); });
    return partition_of_event(EventReader(event).get(), partitions);
  };
  std::string other = "aa";
  while (partition(other) != partition("bristol")) ++other[1];
  const Specimens events = {specimen(Kind::REPAID), specimen(Kind::REPAID, [&](auto event) {
                              event.setPlace(other.c_str());
                            })};
  CHECK(answer(signed_by(some_key(), events)) == "accepted");
}

TEST_CASE("The register's events belong to its partition") {
  const auto checked =
      check_submission(signed_by(some_key(), {specimen(Kind::OFFICER_ENDED)}), "bnssg", partitions);
  REQUIRE(checked);
  CHECK(checked->partition == register_partition);
}

TEST_CASE("A place's partition is the one that Kafka's own clients would choose") {
  // murmur2 of "bristol", as org.apache.kafka.common.utils.Utils has it, modulo 4: also in
  // tests/events/murmur2_test.cpp.
  CHECK(partition_of_event(EventReader(specimen(Kind::REPAID)).get(), partitions) ==
        partition_of("bristol", partitions));
}

TEST_CASE("Bytes that are no frame are refused, however they begin") {
  CHECK_THAT(answer({}), Contains("framed Cap'n Proto"));
  CHECK_THAT(answer(OwnedBytes(7)), Contains("framed Cap'n Proto"));
  CHECK_THAT(answer(OwnedBytes(4'096, std::byte{0xff})), Contains("framed Cap'n Proto"));
  const OwnedBytes good = signed_by(some_key(), {specimen(Kind::REPAID)});
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK(answer(Bytes(good).first(size)) != "accepted");
}

TEST_CASE("A frame whose events share their bytes is cut off before it grows") {
  // 10,000 pointers to one event of 40 kB: 400 MB for whoever would follow them all.
  const OwnedBytes big(40'000, std::byte{1});
  OwnedBytes framed = frame([&](auto submission) {
    auto events = submission.initEvents(9'999);
    events.set(0, data_of(big));
  });
  auto* const words = reinterpret_cast<std::uint64_t*>(framed.data());
  const std::size_t count = framed.size() / 8;
  // The list's first pointer is the only one of 40,000 bytes; the 9,998 after it are null: let them
  // lead there as well.
  std::size_t first = 0;
  while (first < count && words[first] >> 32 != (40'000ull << 3 | 2)) ++first;
  REQUIRE(first < count);
  const auto offset = static_cast<std::uint32_t>(words[first]) >> 2;
  for (std::uint32_t i = 1; i < 9'999; ++i)
    words[first + i] = words[first] >> 32 << 32 | (offset - i) << 2 | 1;
  CHECK_THAT(answer(framed), Contains("framed Cap'n Proto"));
}
