#include "events/digest.hpp"

#include <catch2/catch.hpp>

#include "events/encoding.hpp"

using namespace braid;

TEST_CASE("SHA-256 gives the published digests of FIPS 180-4") {
  CHECK(sha256({}).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256(as_bytes("abc")).hex() ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).hex() ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("SHA-256 in pieces equals SHA-256 at once, wherever it is cut") {
  const std::string text(200, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    const auto pieces = Sha256().update(text.substr(0, cut)).update(text.substr(cut)).digest();
    CHECK(pieces == sha256(as_bytes(text)));
  }
}

TEST_CASE("A running SHA-256 can be read, copied and continued") {
  Sha256 running;
  running.update("ab");
  Sha256 copy = running;
  CHECK(running.digest() == sha256(as_bytes("ab")));
  CHECK(running.update("c").digest() == sha256(as_bytes("abc")));
  CHECK(copy.update("d").digest() == sha256(as_bytes("abd")));
}

TEST_CASE("A digest is read back from its hexadecimal and base64 texts") {
  const auto digest = sha256(as_bytes("abc"));
  CHECK(Digest::from_hex(digest.hex()) == digest);
  CHECK(Digest::from_base64(digest.base64()) == digest);
  CHECK(Digest::from_bytes(digest.bytes) == digest);
}

TEST_CASE("A digest has one text: other spellings are refused with what is expected") {
  const auto hex = sha256(as_bytes("abc")).hex();
  auto upper = hex;
  upper[0] = 'B';
  for (const auto& text :
       {std::string(), hex.substr(1), hex + "0", " " + hex.substr(1), upper, "g" + hex.substr(1)})
    CHECK(Digest::from_hex(text).error() == "a SHA-256 digest is 64 lower-case hexadecimal digits");
  CHECK_FALSE(Digest::from_bytes(as_bytes("short")));
}

TEST_CASE("Base64 refuses white space, other alphabets, missing padding and stray low bits") {
  CHECK(from_base64("AAEC") == OwnedBytes{std::byte{0}, std::byte{1}, std::byte{2}});
  CHECK(from_base64("AQ==") == OwnedBytes{std::byte{1}});
  CHECK(from_base64("") == OwnedBytes{});
  for (const auto* text : {"AQ", "AQ=", "AQ===", "AR==", "A", "A===", "AAEC\n", " AAEC", "AA EC",
                           "AQ==AQ==", "-_-_", "=", "===="})
    CHECK_FALSE(from_base64(text));
  const auto root = sha256({}).base64();
  CHECK_FALSE(Digest::from_base64(root.substr(0, 43)));
  CHECK_FALSE(Digest::from_base64(root + "="));
  CHECK_FALSE(Digest::from_base64("AAEC"));
}

TEST_CASE("Base64 and hexadecimal take no byte but those of their alphabets, in any place") {
  const std::string base64 = "AAECAwQF", hex = "00ff10ab";
  for (std::size_t place = 0; place < base64.size(); ++place)
    for (int byte = 0; byte < 256; ++byte) {
      const auto c = static_cast<char>(byte);
      const bool digit = c >= '0' && c <= '9', lower = c >= 'a' && c <= 'z',
                 upper = c >= 'A' && c <= 'Z';
      auto text = base64;
      text[place] = c;
      const bool padding = c == '=' && place == base64.size() - 1;
      const auto decoded = from_base64(text);
      // Before padding, the last letter must have no stray bits: "AAECAwQ=" has none.
      CHECK(decoded.has_value() == (digit || lower || upper || c == '+' || c == '/' || padding));
      text = hex;
      text[place] = c;
      std::array<std::byte, 4> bytes;
      CHECK(from_hex(text, bytes) == (digit || (c >= 'a' && c <= 'f')));
    }
}

TEST_CASE("Digests order as their bytes do, as unsigned numbers") {
  Digest low, high;
  low.bytes[31] = std::byte{0x7f};
  high.bytes[31] = std::byte{0x80};
  CHECK(low < high);
  low.bytes[0] = std::byte{1};
  CHECK(low > high);
}
