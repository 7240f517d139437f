#include "tools/braid/checkpoint_book.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/support/entry_ledger.hpp"
#include "tools/braid/checkpoints.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/evidence_sources.hpp"

using namespace braid;
using namespace braid::cli;
using braid::test::EntryHistory;
using braid::test::EntryLedger;
using Catch::Matchers::Contains;

namespace {

ledger::Checkpoint checked(const EntryLedger& made, const std::string& note) {
  const auto checkpoint = ledger::verify_checkpoint(note, made.signer());
  REQUIRE(checkpoint);
  return *checkpoint;
}

/// Signs in another process, which is killed between the promise and the signature.
void killed_while_signing(const EntryLedger& made, const EntryChain& chain) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const auto ledger = made.ledger();
    CheckpointBook(ledger, 0).sign(chain, made.key(), [] { ::kill(::getpid(), SIGKILL); });
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
}

/// A witness of this ledger, known to it.
struct Witness {
  std::string name;
  SecretKey key = SecretKey::generate();

  [[nodiscard]] ledger::NoteKey public_key() const {
    return {name, key.public_key(), ledger::NoteKeyType::cosignature};
  }
  [[nodiscard]] std::string cosigned(const std::string& note) const {
    auto parsed = *ledger::SignedNote::from_text(note);
    parsed.signatures.push_back(ledger::cosign(parsed.text, name, key, 1'700'000'000));
    return parsed.to_text();
  }
};

}  // namespace

TEST_CASE("Checkpoints of a growing history are signed one after another, with and without a tree") {
  const EntryHistory history(900);
  const EntryLedger made;
  const auto ledger = made.ledger();
  for (const Sequence size : {10, 300, 300, 900}) {
    made.grow(history, size);
    if (size == 300) made.keep_tree();
    const auto note = CheckpointBook(ledger, 0).sign(made.chain(), made.key());
    CHECK(checked(made, note) == ledger::Checkpoint{"northshire/0", size, history.root(size)});
    CHECK(CheckpointBook(ledger, 0).latest() == note);
    CHECK(CheckpointBook(ledger, 0).published() == note);
  }
}

TEST_CASE("A promise outlives a kill before its signature: another history is not signed for") {
  const EntryHistory history(20);
  const EntryHistory other(40, 1);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 20);
  killed_while_signing(made, made.chain());
  CHECK_FALSE(CheckpointBook(ledger, 0).latest());
  made.cut();
  made.grow(other, 40);
  CHECK_THROWS_WITH(CheckpointBook(ledger, 0).sign(made.chain(), made.key()),
                    Contains("not the one that was promised"));
  CHECK_FALSE(CheckpointBook(ledger, 0).latest());
}

TEST_CASE("After a kill before its signature the same checkpoint is signed, and later ones") {
  const EntryHistory history(40);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 20);
  const auto promised = made.chain();
  killed_while_signing(made, promised);
  CHECK(checked(made, CheckpointBook(ledger, 0).sign(promised, made.key())).size == 20);
  made.grow(history, 40);
  CHECK(checked(made, CheckpointBook(ledger, 0).sign(made.chain(), made.key())).size == 40);
}

TEST_CASE("What the history came to at the last promise is believed where it is that, else read again") {
  const EntryHistory history(40);
  const EntryHistory other(40, 1);
  const EntryLedger made;
  const EntryLedger stranger;
  const auto ledger = made.ledger();
  made.grow(history, 20);
  CheckpointBook(ledger, 0).sign(made.chain(), made.key());
  made.grow(history, 40);
  const auto chain = ledger.directory.root() / "checkpoints/0.chain";
  REQUIRE(std::filesystem::exists(chain));
  SECTION("as it was left") {}
  SECTION("gone, as a ledger has it that older versions signed for") {
    std::filesystem::remove(chain);
  }
  SECTION("cut") {
    std::filesystem::resize_file(chain, 30);
  }
  SECTION("another history's") {
    stranger.grow(other, 20);
    CheckpointBook(stranger.ledger(), 0).sign(stranger.chain(), stranger.key());
    std::filesystem::copy_file(stranger.ledger().directory.root() / "checkpoints/0.chain", chain,
                               std::filesystem::copy_options::overwrite_existing);
  }
  CHECK(checked(made, CheckpointBook(ledger, 0).sign(made.chain(), made.key())) ==
        ledger::Checkpoint{"northshire/0", 40, history.root(40)});
}

TEST_CASE("A log that was replaced behind a promise of which all is known is not signed for") {
  const EntryHistory history(20);
  const EntryHistory other(40, 1);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 20);
  CheckpointBook(ledger, 0).sign(made.chain(), made.key());
  made.cut();
  made.grow(other, 40);
  CHECK_THROWS_WITH(CheckpointBook(ledger, 0).sign(made.chain(), made.key()),
                    Contains("not the one that was promised"));
}

TEST_CASE("A ledger that was set back signs nothing more, and says what to do") {
  const EntryHistory history(40);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 40);
  const auto signed_before = CheckpointBook(ledger, 0).sign(made.chain(), made.key());
  made.cut();
  made.grow(history, 30);
  CHECK_THROWS_WITH(
      CheckpointBook(ledger, 0).sign(made.chain(), made.key()),
      Contains("a checkpoint of 40 entries was signed, and the log holds 30") &&
          Contains("restore the log"));
  CHECK(CheckpointBook(ledger, 0).latest() == signed_before);
  made.grow(history, 40);  // and when it is whole again it goes on
  CHECK(CheckpointBook(ledger, 0).sign(made.chain(), made.key()) == signed_before);
}

TEST_CASE("What was signed before promises were stored counts as promised") {
  const EntryHistory history(40);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 40);
  Checkpoints(ledger).keep(0, made.chain(), true);
  for (const auto* name : {"0.promised", "0.latest"})
    std::filesystem::remove(ledger.directory.root() / "checkpoints" / name);
  made.cut();
  made.grow(history, 30);
  CHECK_THROWS_WITH(CheckpointBook(ledger, 0).sign(made.chain(), made.key()),
                    Contains("a checkpoint of 40 entries was signed"));
}

TEST_CASE("Who offers less than was promised is given what was promised, if the log holds it") {
  const EntryHistory history(40);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 20);
  const auto earlier = made.chain();
  made.grow(history, 40);
  const auto note = CheckpointBook(ledger, 0).sign(made.chain(), made.key());
  CHECK(CheckpointBook(ledger, 0).sign(earlier, made.key()) == note);
}

TEST_CASE("A damaged promise keeps everything from being signed") {
  const EntryHistory history(20);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 20);
  CheckpointBook(ledger, 0).sign(made.chain(), made.key());
  std::filesystem::resize_file(ledger.directory.root() / "checkpoints/0.promised", 20);
  CHECK_THROWS_WITH(CheckpointBook(ledger, 0).sign(made.chain(), made.key()),
                    Contains("is damaged"));
}

TEST_CASE("The last checkpoint signed counts as kept, and one by another key does not pass") {
  const EntryHistory history(20);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 20);
  CheckpointBook(ledger, 0).sign(made.chain(), made.key());
  REQUIRE(read_checkpoints(ledger, 0));
  CHECK(read_checkpoints(ledger, 0)->back().checkpoint.size == 20);
  auto stranger = ledger;
  stranger.founding.operator_key = SecretKey::generate().public_key();
  CHECK_FALSE(read_checkpoints(stranger, 0));
}

TEST_CASE("A ledger with witnesses publishes what they have cosigned, the largest so far") {
  const EntryHistory history(40);
  const EntryLedger made;
  const auto ledger = made.ledger();
  const Witness one{"one.example/w"};
  const Witness two{"two.example/w"};
  CheckpointBook book(ledger, 0);
  made.grow(history, 20);
  const auto first = book.sign(made.chain(), made.key());
  book.add_witness(one.public_key());
  book.add_witness(two.public_key());
  CHECK_FALSE(book.published());
  CHECK(book.add_cosignatures(one.cosigned(first)) == 1);
  CHECK(book.add_cosignatures(two.cosigned(first)) == 2);
  CHECK(ledger::verify_cosigned(*book.published(), made.signer(), {book.witnesses(), 2}));
  made.grow(history, 40);
  const auto second = book.sign(made.chain(), made.key());
  CHECK(checked(made, *book.published()).size == 20);
  CHECK(book.add_cosignatures(one.cosigned(second)) == 1);
  CHECK(checked(made, *book.published()).size == 40);
  CHECK(book.add_cosignatures(two.cosigned(first)) == 1);  // late, and no longer the largest
  CHECK(checked(made, *book.published()).size == 40);
}

TEST_CASE("Until a witness has cosigned anything, evidence rests on the last checkpoint signed") {
  const EntryHistory history(10);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 10);
  CheckpointBook book(ledger, 0);
  const auto note = book.sign(made.chain(), made.key());
  book.add_witness(Witness{"auditor"}.public_key());
  REQUIRE_FALSE(book.published());
  const auto shown = shown_checkpoint(ledger, 0);
  REQUIRE(shown);
  CHECK(shown->note == note);
  CHECK(shown->checkpoint == checked(made, note));
}

TEST_CASE("A copy, whose operator signs elsewhere, shows the newest checkpoint that it has kept") {
  const EntryHistory history(20);
  const EntryLedger made;
  const auto ledger = made.ledger();
  made.grow(history, 20);
  std::string kept;
  for (const Sequence size : {10, 20}) {
    kept = ledger::sign_checkpoint({"northshire/0", size, history.root(size)}, made.key());
    keep_note(ledger, 0, kept);
  }
  CHECK(CheckpointBook(ledger, 0).latest() == kept);
  CHECK(shown_checkpoint(ledger, 0)->checkpoint.size == 20);
}

TEST_CASE("Only cosignatures by this ledger's witnesses of this ledger's history are taken") {
  const EntryHistory history(20);
  const EntryLedger made;
  const auto ledger = made.ledger();
  const Witness known{"known.example/w"};
  const Witness stranger{"stranger.example/w"};
  CheckpointBook book(ledger, 0);
  made.grow(history, 20);
  const auto note = book.sign(made.chain(), made.key());
  book.add_witness(known.public_key());
  CHECK_THROWS_WITH(book.add_cosignatures(stranger.cosigned(note)), Contains("no cosignature"));
  auto forged = *ledger::SignedNote::from_text(known.cosigned(note));
  forged.signatures.back().bytes.back() ^= std::byte{1};
  CHECK_THROWS_WITH(book.add_cosignatures(forged.to_text()), Contains("does not fit"));
  const auto elsewhere = ledger::sign_checkpoint({"northshire/0", 20, Digest{}}, made.key());
  CHECK_THROWS_AS(book.add_cosignatures(known.cosigned(elsewhere)), Refused);
  const auto stolen = ledger::sign_checkpoint({"northshire/0", 20, history.root(20)}, known.key);
  CHECK_THROWS_AS(book.add_cosignatures(known.cosigned(stolen)), Refused);
  CHECK_FALSE(book.published());
  const Witness other{"known.example/w"};
  CHECK_THROWS_WITH(book.add_witness(other.public_key()), Contains("another key already"));
}
