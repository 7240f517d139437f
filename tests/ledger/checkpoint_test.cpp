#include "ledger/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "events/merkle.hpp"

using namespace braid;
using namespace braid::ledger;
using Catch::Matchers::Contains;

namespace {

// The example of C2SP tlog-checkpoint.
const std::string published =
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

Checkpoint a_checkpoint() {
  return {origin_of("norfolk", 3), 2, root_of(std::array{Digest{}, Digest{}})};
}

}  // namespace

TEST_CASE("The published example of a checkpoint is read and written back unchanged") {
  const auto checkpoint = Checkpoint::from_text(published);
  REQUIRE(checkpoint);
  CHECK(checkpoint->origin == "example.com/behind-the-sofa");
  CHECK(checkpoint->size == 20852163);
  CHECK(checkpoint->text() == published);
}

TEST_CASE("A checkpoint's origin is the ledger's name and the partition") {
  CHECK(a_checkpoint().origin == "norfolk/3");
}

TEST_CASE("A signed checkpoint verifies under the key named as its origin") {
  const auto key = SecretKey::generate();
  const auto note = sign_checkpoint(a_checkpoint(), key);
  CHECK(verify_checkpoint(note, {"norfolk/3", key.public_key()}) == a_checkpoint());
  CHECK_FALSE(verify_checkpoint(note, {"norfolk/4", key.public_key()}));
  CHECK_FALSE(verify_checkpoint(note, {"norfolk/3", SecretKey::generate().public_key()}));
}

TEST_CASE("A checkpoint of one partition does not pass for another's, whoever signed it") {
  const auto key = SecretKey::generate();
  const auto note = sign_note(a_checkpoint().text(), "norfolk/4", key);
  CHECK(verify_checkpoint(note, {"norfolk/4", key.public_key()}).error() ==
        "this checkpoint is of norfolk/3, not of norfolk/4");
}

TEST_CASE("An origin names the ledger and the partition as its folders do") {
  CHECK(origin_of("norfolk", 3) == "norfolk/3");
  CHECK(origin_of("norfolk", 0xffff'ffff) == "norfolk/register");
}

TEST_CASE("The checkpoint of an empty partition has the root of nothing, and no other") {
  const Checkpoint empty{"norfolk/0", 0, MerkleTree().root()};
  CHECK(Checkpoint::from_text(empty.text()) == empty);
  CHECK(Checkpoint::from_text(Checkpoint{"norfolk/0", 0, Digest{}}.text()).error() ==
        "the root of no entries is the SHA-256 of nothing");
}

TEST_CASE("The largest size is read, but no larger one and no other spelling of a number") {
  const auto with_size = [](const std::string& size) {
    return Checkpoint::from_text("norfolk/0\n" + size + "\n" + Digest{}.base64() + "\n");
  };
  CHECK(with_size("18446744073709551615")->size == ~std::uint64_t{0});
  for (const auto* size :
       {"18446744073709551616", "", "00", "01", "-1", "+1", " 1", "1 ", "0x1", "1e3", "1.0"})
    CHECK(with_size(size).error() ==
          "the second line of a checkpoint is the number of entries, without leading zeroes");
}

TEST_CASE("A checkpoint with a line missing, added or damaged is refused with what belongs there") {
  CHECK_THAT(Checkpoint::from_text("").error(), Contains("its origin"));
  CHECK_THAT(Checkpoint::from_text("\n1\n").error(), Contains("its origin"));
  CHECK_THAT(Checkpoint::from_text(std::string(201, 'a') + published).error(),
             Contains("its origin"));
  CHECK_THAT(Checkpoint::from_text("norfolk/0\n1\n").error(), Contains("its root"));
  CHECK_THAT(Checkpoint::from_text("norfolk/0\n1\nAAAA\n").error(), Contains("44 characters"));
  CHECK_THAT(Checkpoint::from_text(published.substr(0, published.size() - 1)).error(),
             Contains("its root"));
  CHECK_THAT(Checkpoint::from_text(published + "extension\n").error(),
             Contains("which nobody could audit"));
  CHECK_THAT(Checkpoint::from_text(published + "\n").error(), Contains("which nobody could audit"));
}
