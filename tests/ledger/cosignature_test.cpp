#include "ledger/cosignature.hpp"

#include <catch2/catch.hpp>

#include "events/encoding.hpp"
#include "events/merkle.hpp"

using namespace braid;
using namespace braid::ledger;
using Catch::Matchers::Contains;

namespace {

struct Witness {
  std::string name;
  SecretKey secret = SecretKey::generate();

  [[nodiscard]] NoteKey key() const {
    return {name, secret.public_key(), NoteKeyType::cosignature};
  }
};

/// A log's checkpoint, and three witnesses.
struct Signed {
  Checkpoint checkpoint{"norfolk/3", 7, root_of({})};
  SecretKey secret = SecretKey::generate();
  std::array<Witness, 3> witnesses = {
      Witness{"council.example/w"}, Witness{"icb.example/w"}, Witness{"audit.example/w"}};
  SignedNote note = *SignedNote::from_text(sign_checkpoint(checkpoint, secret));

  [[nodiscard]] NoteKey log() const { return {"norfolk/3", secret.public_key()}; }
  [[nodiscard]] WitnessPolicy any(std::size_t required) const {
    WitnessPolicy policy{{}, required};
    for (const auto& witness : witnesses) policy.witnesses.push_back(witness.key());
    return policy;
  }
  void cosigned_by(std::size_t which, std::uint64_t time_s = 1'700'000'000) {
    cosigned_by(note, which, time_s);
  }
  void cosigned_by(SignedNote& other, std::size_t which, std::uint64_t time_s) const {
    const auto& witness = witnesses[which];
    other.signatures.push_back(cosign(other.text, witness.name, witness.secret, time_s));
  }
};

}  // namespace

TEST_CASE("A cosignature has the bytes that C2SP tlog-cosignature describes") {
  const auto secret = SecretKey::from_seed(Secret<32>());
  const std::string text =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const auto line = cosign(text, "witness.example.com/w1", secret, 1679315147);
  REQUIRE(line.bytes.size() == 72);
  CHECK(to_hex(Bytes(line.bytes).first(8)) == "00000000641850cb");
  const auto signature = Signature::from_bytes(Bytes(line.bytes).subspan(8));
  CHECK(verify(secret.public_key(), as_bytes("cosignature/v1\ntime 1679315147\n" + text),
               *signature));
  const auto id = Sha256()
                      .update("witness.example.com/w1\n\x04")
                      .update(secret.public_key().bytes)
                      .digest();
  CHECK(to_hex(Bytes(id.bytes).first(4)) ==
        NoteKey{"witness.example.com/w1", secret.public_key(), NoteKeyType::cosignature}
            .text()
            .substr(23, 8));
}

TEST_CASE("A witness's key is read and written back, and is not taken for a log's") {
  const auto key = Witness{"council.example/w"}.key();
  CHECK(witness_key(key.text()) == key);
  CHECK_THAT(NoteKey::from_text(key.text()).error(), Contains("a verifier key is"));
  const NoteKey log{"council.example/w", key.key};
  CHECK_THAT(witness_key(log.text()).error(), Contains("a witness key is"));
  CHECK(log.id() != key.id());
}

TEST_CASE("A reader may demand any k of n witnesses, and is told how many cosigned") {
  Signed made;
  made.cosigned_by(0);
  made.cosigned_by(2);
  const auto note = made.note.to_text();
  CHECK(verify_cosigned(note, made.log(), made.any(0)) == made.checkpoint);
  CHECK(verify_cosigned(note, made.log(), made.any(2)) == made.checkpoint);
  CHECK(verify_cosigned(note, made.log(), made.any(3)).error() ==
        "the checkpoint of norfolk/3 at 7 entries is cosigned by 2 of 3 witnesses; 3 are required");
}

TEST_CASE("Two cosignatures of one witness count once, and those of nobody's witness not at all") {
  Signed made;
  made.cosigned_by(0);
  made.cosigned_by(0, 1'700'000'001);
  const Witness stranger{"stranger.example/w"};
  made.note.signatures.push_back(cosign(made.note.text, stranger.name, stranger.secret, 1));
  CHECK(verify_cosigned(made.note.to_text(), made.log(), made.any(1)));
  CHECK_FALSE(verify_cosigned(made.note.to_text(), made.log(), made.any(2)));
}

TEST_CASE("A cosignature with any bit changed spoils the note for those who trust the witness") {
  Signed made;
  made.cosigned_by(1);
  for (std::size_t bit = 0; bit < 72 * 8; ++bit) {
    auto altered = made.note;
    altered.signatures.back().bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    CHECK_THAT(verify_cosigned(altered.to_text(), made.log(), made.any(0)).error(),
               Contains("icb.example/w does not fit"));
    CHECK(verify_cosigned(altered.to_text(), made.log(), {}));
  }
  auto cut = made.note;
  cut.signatures.back().bytes.pop_back();
  CHECK_FALSE(verify_cosigned(cut.to_text(), made.log(), made.any(0)));
}

TEST_CASE("A cosignature of another checkpoint does not pass, nor does the log's own signature") {
  Signed made;
  auto other = made.note;
  other.text = Checkpoint{"norfolk/3", 8, Digest{}}.text();
  made.cosigned_by(other, 0, 1);
  made.note.signatures.push_back(other.signatures.back());
  CHECK_FALSE(verify_cosigned(made.note.to_text(), made.log(), made.any(1)));
  const WitnessPolicy log_as_witness{
      {{"norfolk/3", made.secret.public_key(), NoteKeyType::cosignature}}, 1};
  made.note.signatures.pop_back();
  CHECK_FALSE(verify_cosigned(made.note.to_text(), made.log(), log_as_witness));
}

TEST_CASE("Cosignatures are collected from several notes, the later one of a witness kept") {
  const Signed made;
  auto first = made.note;
  made.cosigned_by(first, 0, 100);
  auto second = made.note;
  made.cosigned_by(second, 0, 200);
  made.cosigned_by(second, 1, 150);
  const Witness stranger{"stranger.example/w"};
  second.signatures.push_back(cosign(second.text, stranger.name, stranger.secret, 1));
  const auto witnesses = made.any(0).witnesses;
  auto merged = with_cosignatures(made.note, first, witnesses);
  REQUIRE(merged);
  merged = with_cosignatures(*merged, second, witnesses);
  REQUIRE(merged);
  CHECK(merged->signatures.size() == 3);
  const auto found = cosignatures_of(*merged, witnesses);
  REQUIRE(found);
  CHECK(*found == std::vector<Cosignature>{{witnesses[0], 200}, {witnesses[1], 150}});
  CHECK(with_cosignatures(*merged, first, witnesses) == *merged);
}

TEST_CASE("Cosignatures of another text, and forged ones, are not collected") {
  const Signed made;
  auto other = made.note;
  other.text = Checkpoint{"norfolk/3", 8, Digest{}}.text();
  CHECK_THAT(with_cosignatures(made.note, other, {}).error(), Contains("another checkpoint"));
  auto forged = made.note;
  made.cosigned_by(forged, 0, 100);
  forged.signatures.back().bytes.back() ^= std::byte{1};
  CHECK_FALSE(with_cosignatures(made.note, forged, made.any(0).witnesses));
}

TEST_CASE("A time beyond 63 bits is no time") {
  Signed made;
  made.cosigned_by(0, std::uint64_t{1} << 63);
  CHECK_FALSE(verify_cosigned(made.note.to_text(), made.log(), made.any(0)));
}
