#include "ledger/tlog_proof.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "tests/support/entry_history.hpp"

using namespace braid;
using namespace braid::ledger;
using braid::test::EntryHistory;
using Catch::Matchers::Contains;

namespace {

constexpr Sequence size = 11;

struct Proven {
  EntryHistory history{size};
  SecretKey secret = SecretKey::generate();
  NoteKey log{"norfolk/3", secret.public_key()};
  std::string note = sign_checkpoint({"norfolk/3", size, history.root(size)}, secret);

  [[nodiscard]] TlogProof of(Sequence index) const {
    return {{}, index, inclusion_proof(history.leaves(), index), note};
  }
};

}  // namespace

TEST_CASE("A proof of each entry is written, read back, and verifies for that entry alone") {
  const Proven made;
  for (Sequence index = 0; index < size; ++index) {
    const auto proof = TlogProof::from_text(made.of(index).text());
    REQUIRE(proof);
    CHECK(*proof == made.of(index));
    for (Sequence leaf = 0; leaf < size; ++leaf)
      CHECK(verify_proof(*proof, made.history.leaves()[leaf], made.log).has_value() ==
            (leaf == index));
  }
}

TEST_CASE("A proof has the lines that C2SP tlog-proof describes") {
  const Proven made;
  auto proof = made.of(2);
  proof.extra = OwnedBytes{std::byte{'p'}, std::byte{'a'}};
  const auto text = proof.text();
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nextra cGE=\nindex 2\n" +
                         made.history.leaves()[3].base64() + "\n"));
  CHECK(text.ends_with("\n\n" + made.note));
  CHECK(TlogProof::from_text(text) == proof);
}

TEST_CASE("A proof says what does not hold of it") {
  const Proven made;
  const auto& leaf = made.history.leaves()[4];
  auto wrong = made.of(4);
  wrong.index = size;
  CHECK_THAT(verify_proof(wrong, leaf, made.log).error(), Contains("of the first 11 only"));
  wrong.index = 5;
  CHECK_THAT(verify_proof(wrong, leaf, made.log).error(), Contains("does not lead from this entry"));
  wrong = made.of(4);
  wrong.path.pop_back();
  CHECK_THAT(verify_proof(wrong, leaf, made.log).error(), Contains("does not lead"));
  const NoteKey stranger{"norfolk/3", SecretKey::generate().public_key()};
  CHECK_THAT(verify_proof(made.of(4), leaf, stranger).error(), Contains("is not signed by"));
  const WitnessPolicy one{
      {{"w", SecretKey::generate().public_key(), NoteKeyType::cosignature}}, 1};
  CHECK_THAT(verify_proof(made.of(4), leaf, made.log, one).error(), Contains("0 of 1 witnesses"));
}

TEST_CASE("A text that is no proof is refused with what belongs there") {
  const Proven made;
  const auto text = made.of(4).text();
  const auto why = [](const std::string& bad) { return TlogProof::from_text(bad).error(); };
  const auto with = [&](const std::string& from, const std::string& to) {
    auto bad = text;
    return bad.replace(bad.find(from), from.size(), to);
  };
  CHECK_THAT(why(""), Contains("begins with the line"));
  CHECK_THAT(why(with("@v1", "@v2")), Contains("begins with the line"));
  CHECK_THAT(why(with("index 4", "index 04")), Contains("without leading zeroes"));
  CHECK_THAT(why(with("index 4", "index -4")), Contains("\"index\""));
  CHECK_THAT(why(with("index 4", "extra ?\nindex 4")), Contains("base64"));
  CHECK_THAT(why(with("index 4", "index 4\nAAAA")), Contains("44 characters"));
  CHECK_THAT(why(with("\n\nnorfolk", "\nnorfolk")), Contains("path is not a hash"));
  CHECK_THAT(why(text.substr(0, text.find("\n\n"))), Contains("an empty line before"));
  CHECK_THAT(why(text.substr(0, text.size() - 1)), Contains("each with its line end"));
  std::string deep = "c2sp.org/tlog-proof@v1\nindex 4\n";
  for (int i = 0; i < 64; ++i) deep += Digest{}.base64() + "\n";
  CHECK_THAT(why(deep + "\n" + made.note), Contains("at most 63 hashes"));
  CHECK_THAT(why(std::string(TlogProof::max_bytes + 1, 'a')), Contains("at most"));
}

TEST_CASE("A proof with any byte changed does not verify, or is the same proof") {
  const Proven made;
  const auto text = made.of(6).text();
  const auto& leaf = made.history.leaves()[6];
  for (std::size_t i = 0; i < text.size(); ++i)
    for (const int bit : {0, 3, 5}) {
      auto altered = text;
      altered[i] = static_cast<char>(altered[i] ^ 1 << bit);
      const auto proof = TlogProof::from_text(altered);
      if (proof) CHECK_FALSE(verify_proof(*proof, leaf, made.log));
    }
}

TEST_CASE("No bytes at all make reading a proof misbehave") {
  const Proven made;
  CHECK(rc::check([&](const std::string& bytes) {
    for (const auto& text : {bytes, "c2sp.org/tlog-proof@v1\n" + bytes,
                             "c2sp.org/tlog-proof@v1\nindex 1\n" + bytes + "\n\n" + made.note})
      if (const auto proof = TlogProof::from_text(text)) RC_ASSERT(proof->text() == text);
  }));
}
