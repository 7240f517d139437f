#include <catch2/catch.hpp>

#include "events/native_rows.hpp"
#include "events/read_entries.hpp"
#include "ledger/agreement.hpp"
#include "ledger/memory_log.hpp"
#include "ledger/pending_history.hpp"
#include "ledger/replay.hpp"
#include "ledger/verify.hpp"
#include "tests/support/small_ledger.hpp"
#include "tools/synth/event_writer.hpp"

// A ledger that lives by two rule books, one after the other. The second has R14 switched on and
// waits for the day of a succession; it is adopted with a day long before the first entry. What was
// judged before its adoption stays as it was judged, and the auditor who judges it again agrees.

namespace braid::test {
namespace {

using synth::County;

constexpr std::string_view abolished_later = "RVJ";

/// By which rule book old entries are judged again.
enum class By { the_book_of_their_day, the_newest_book };

class TwoBooks {
 public:
  explicit TwoBooks(std::uint64_t seed)
      : dice_(seed),
        writer_(seed + 1'000),
        county_({.seed = seed, .people = 20, .panel = 6}),
        ledger_(log_),
        key_(SecretKey::generate()) {
    for (const auto& batch : county_.registry(SmallLedger::name, 1)) ledger_.publish(county_, batch);
    register_trust();
    live(20 + dice_.below(20));
    before_ = log_.reader(0)->size();
    adopt_second_book();
    live(20 + dice_.below(20));
  }

  [[nodiscard]] ledger::Verified verify(std::uint32_t partition) const {
    const auto own = log_.reader(partition);
    const auto lookups = log_.reader(partition);
    const auto registry = log_.reader(register_partition);
    MemoryRowStore scratch;
    return ledger::Verifier(std::string(SmallLedger::name), partition, {*own, *lookups, *registry},
                            scratch, {})
        .run();
  }

  /// How many of the entries before the adoption come out otherwise when they are judged again.
  [[nodiscard]] std::size_t judged_otherwise(By by) const {
    const auto own = log_.reader(0);
    const auto registry = log_.reader(register_partition);
    ledger::PendingHistory history(*own);
    MemoryRowStore rows;
    ledger::State state(rows, history);
    if (by == By::the_newest_book) follow_register(state, *registry, registry->size());
    ReadEntries batch;
    std::size_t otherwise = 0;
    Digest key;
    while (state.own_chain.size() < before_) {
      batch.read(*own, state.own_chain.size(), 1 << 20, std::chrono::milliseconds{0});
      for (const auto& entry : batch.entries()) {
        if (state.own_chain.size() == before_) break;
        follow_register(state, *registry, entry.head.register_size);
        if (entry.entry.isReceived()) key = key_of(entry.entry.getReceived());
        if (entry.is_accepted()) otherwise += !comes_out_the_same(state, entry, key, by);
        take_entry(state, entry, false);
      }
    }
    return otherwise;
  }

  /// How often what the trust's successor says in advance, with the trust's key, was accepted.
  [[nodiscard]] std::size_t said_in_advance() const { return in_advance_; }
  [[nodiscard]] std::size_t flagged_by_choice() const { return flagged_; }

 private:
  static Digest key_of(schema::Received::Reader received) {
    Digest key;
    const auto bytes = received.getKey();
    std::ranges::copy(std::as_bytes(std::span(bytes.begin(), bytes.size())), key.bytes.begin());
    return key;
  }

  static bool comes_out_the_same(const ledger::State& state, const ReadEntry& entry,
                                 const Digest& key, By by) {
    auto moment = ledger::moment_of(entry.head);
    if (by == By::the_newest_book)
      moment.rule_book = state.rule_book_at(moment.recorded_at_us).version;
    const std::string publisher = entry.event.getPublisher();
    const auto decision =
        decide(state, {publisher, key, entry.event, entry.event_bytes, entry.event_hash}, moment);
    return agrees(decision, entry.entry, entry.postings);
  }

  template <class Fill>
  OwnedBytes by_operator(Fill&& fill) {
    return writer_.write(County::operator_code, "", "", *Date::from_calendar(2024, 4, 1), fill);
  }

  void operator_says(std::vector<OwnedBytes> events) {
    for (const auto& receipt :
         ledger_.publish(county_, {std::string(County::operator_code), std::move(events)}))
      REQUIRE(receipt.outcome == ledger::Receipt::Outcome::accepted);
  }

  /// A trust with a key of its own, whose successor is to be the council, on a day far ahead.
  void register_trust() {
    operator_says({by_operator([](auto body) {
                     auto registered = body.initOrganisationRegistered();
                     registered.setOrganisation(std::string(abolished_later));
                     registered.setName("A trust");
                     registered.setKind(schema::OrganisationKind::TRUST);
                     registered.setFrom(Date::from_calendar(2014, 4, 1)->days);
                   }),
                   by_operator([&](auto body) {
                     auto added = body.initSigningKeyAdded();
                     added.setOrganisation(std::string(abolished_later));
                     const auto key = key_.public_key();
                     std::ranges::copy(key.bytes,
                                       reinterpret_cast<std::byte*>(added.initKey(32).begin()));
                   }),
                   by_operator([](auto body) {
                     auto succeeded = body.initOrganisationSucceeded();
                     succeeded.initPredecessors(1).set(0, std::string(abolished_later));
                     auto share = succeeded.initSuccessors(1)[0];
                     share.setOrganisation(std::string(County::council_code));
                     share.setPartsPerMillion(1'000'000);
                     succeeded.setOn(Date::from_calendar(2040, 4, 1)->days);
                   })});
  }

  void adopt_second_book() {
    operator_says({by_operator([](auto body) {
      auto adopted = body.initRuleBookAdopted();
      adopted.setVersion(2);
      adopted.setFrom(Date::from_calendar(2021, 4, 1)->days);
      adopted.initSwitchedOn(1).set(0, "R14");
    })});
  }

  void live(std::uint64_t batches) {
    for (std::uint64_t i = 0; i < batches; ++i) {
      auto batch = county_.next(1 + dice_.below(20));
      for (auto& event : batch.events) event = now_and_then_of_no_category(event);
      for (const auto& receipt : ledger_.publish(county_, batch))
        for (const auto& finding : receipt.findings) flagged_ += finding.rule == "R14";
      if (dice_.one_in(3)) in_advance_ += successor_reports_a_death();
    }
  }

  /// What R14 asks about, where it is asked.
  OwnedBytes now_and_then_of_no_category(const OwnedBytes& bytes) {
    const EventReader event(bytes);
    if (event.kind() != Kind::TRANSACTION_REPORTED || dice_.one_in(2)) return bytes;
    capnp::MallocMessageBuilder message;
    message.setRoot(event.get());
    auto changed = message.getRoot<schema::Event>();
    changed.getBody().getTransactionReported().setCategory(schema::Category::OTHER);
    return canonical_bytes(changed.asReader());
  }

  /// The council says something under the key of the trust that it is to succeed one day.
  bool successor_reports_a_death() {
    const auto event = writer_.write(
        County::council_code, "", "northshire", *Date::from_calendar(2025, 5, 1), [&](auto body) {
          schema::write(PersonToken{sha256(as_bytes(std::to_string(dice_.next()))).bytes},
                        body.initPersonDied().initPerson());
          body.getPersonDied().setOn(Date::from_calendar(2025, 4, 30)->days);
        });
    const std::vector<Bytes> events = {event};
    const auto framed = sign_submission(SmallLedger::name, County::council_code, key_, events);
    return ledger_.submit(framed).at(0).outcome == ledger::Receipt::Outcome::accepted;
  }

  synth::Dice dice_;
  synth::EventWriter writer_;
  ledger::MemoryLog log_;
  County county_;
  SmallLedger ledger_;
  SecretKey key_;
  Sequence before_ = 0;
  std::size_t in_advance_ = 0;
  std::size_t flagged_ = 0;
};

}  // namespace

TEST_CASE("a new rule book never changes old judgements, whatever day it is adopted from") {
  const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{6}));
  CAPTURE(seed);
  const TwoBooks books(seed);
  for (const auto partition : {register_partition, 0U}) {
    const auto verified = books.verify(partition);
    INFO((verified.bad ? verified.bad->found + " / " + verified.bad->expected : ""));
    CHECK_FALSE(verified.bad.has_value());
    CHECK(verified.answer(ledger::Question::lawful).asked == verified.entries);
  }
  CHECK(books.judged_otherwise(By::the_book_of_their_day) == 0);
}

TEST_CASE("by the new rule book, old judgements would come out otherwise") {
  const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{6}));
  CAPTURE(seed);
  const TwoBooks books(seed);
  CHECK(books.said_in_advance() > 0);
  CHECK(books.flagged_by_choice() > 0);
  CHECK(books.judged_otherwise(By::the_newest_book) >
        books.said_in_advance());  // R14 flags the rest
}

}  // namespace braid::test
