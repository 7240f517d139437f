#include "events/pem.hpp"

#include <algorithm>
#include <cstring>

#include "events/encoding.hpp"

namespace braid {
namespace {

constexpr std::array<unsigned char, 16> secret_prefix = {
    0x30, 0x2e,                                // SEQUENCE of 46: PrivateKeyInfo (RFC 5208)
    0x02, 0x01, 0x00,                          //   INTEGER 0: version
    0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70,  //   SEQUENCE: 1.3.101.112, id-Ed25519
    0x04, 0x22, 0x04, 0x20};                   //   OCTET STRING of OCTET STRING of 32: the seed
constexpr std::array<unsigned char, 12> public_prefix = {
    0x30, 0x2a,                                // SEQUENCE of 42: SubjectPublicKeyInfo (RFC 5280)
    0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70,  //   SEQUENCE: id-Ed25519
    0x03, 0x21, 0x00};                         //   BIT STRING of 32 bytes: the key

/// A kind of PEM text: its label, what its DER begins with, and the sentence for anything else.
struct Kind {
  std::string_view label;
  std::span<const unsigned char> prefix;
  std::string_view expected;
};

constexpr Kind secret_kind = {"PRIVATE KEY", secret_prefix,
                              "expected one unencrypted Ed25519 private key in PEM, as `braid key new` "
                              "and `openssl genpkey -algorithm ed25519` write it"};
constexpr Kind public_kind = {
    "PUBLIC KEY", public_prefix,
    "expected one Ed25519 public key in PEM, as `openssl pkey -in KEY -pubout` writes it"};

constexpr std::size_t key_bytes = 32;
constexpr std::size_t max_der_bytes = secret_prefix.size() + key_bytes;

using Sentence = tl::unexpected<std::string>;

Sentence refused(const Kind& kind, std::string_view found) {
  return unreadable(std::string(kind.expected) + "; " + std::string(found));
}

/// Takes the line that `text` begins with, without its end (LF or CRLF).
std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// What to say of a first line that is not ours.
std::string_view said_of(std::string_view first_line) {
  if (first_line == "-----BEGIN ENCRYPTED PRIVATE KEY-----")
    return "this one is encrypted: decrypt it with `openssl pkey -in FILE -out NEW`";
  if (first_line == "-----BEGIN OPENSSH PRIVATE KEY-----") return "this one is an OpenSSH key";
  if (first_line == "-----BEGIN PRIVATE KEY-----") return "this one is a private key";
  if (first_line == "-----BEGIN PUBLIC KEY-----") return "this one is a public key";
  if (first_line.starts_with("-----BEGIN ")) return "this one is of another kind";
  return "this does not begin with a line -----BEGIN ...-----";
}

/// Reads the key's 32 bytes out of `pem`.
tl::expected<Secret<key_bytes>, std::string> read(const Kind& kind, std::string_view pem) {
  if (pem.size() > max_pem_bytes) return refused(kind, "this is longer than any");
  const auto label = std::string(kind.label) + "-----";
  if (const auto first = take_line(pem); first != "-----BEGIN " + label)
    return refused(kind, said_of(first));

  // One character more than the longest key: enough to see that something is too long.
  Secret<(max_der_bytes + 2) / 3 * 4 + 1> body;
  std::size_t length = 0;
  const auto last_line = "-----END " + label;
  for (;;) {
    if (pem.empty()) return refused(kind, "this one lacks its line " + last_line);
    const auto line = take_line(pem);
    if (line == last_line) break;
    if (line.size() > body.expose().size() - length)
      return refused(kind, "this one holds another kind of key");
    if (line.empty()) return refused(kind, "this one has an empty line");
    std::memcpy(body.expose().data() + length, line.data(), line.size());
    length += line.size();
  }
  if (!pem.empty()) return refused(kind, "this one is followed by more");

  Secret<max_der_bytes> der;
  const auto bytes = der.expose().first(kind.prefix.size() + key_bytes);
  if (!from_base64(as_text(body.expose().first(length)), bytes) ||
      std::memcmp(bytes.data(), kind.prefix.data(), kind.prefix.size()) != 0)
    return refused(kind, "this one holds another kind of key, or is damaged");
  return Secret<key_bytes>(bytes.last<key_bytes>());
}

std::string write(const Kind& kind, std::span<const std::byte, key_bytes> key) {
  Secret<max_der_bytes> der;
  const auto bytes = der.expose().first(kind.prefix.size() + key_bytes);
  std::memcpy(bytes.data(), kind.prefix.data(), kind.prefix.size());
  std::memcpy(bytes.data() + kind.prefix.size(), key.data(), key.size());
  auto body = to_base64(bytes);
  std::string pem;
  pem.reserve(128);  // in one piece, so that no copy of a secret stays behind
  pem.append("-----BEGIN ").append(kind.label).append("-----\n").append(body);
  pem.append("\n-----END ").append(kind.label).append("-----\n");
  wipe(std::as_writable_bytes(std::span(body)));
  return pem;
}

}  // namespace

Parsed<SecretKey> secret_key_from_pem(std::string_view pem) {
  return read(secret_kind, pem).map([](const Secret<32>& seed) {
    return SecretKey::from_seed(seed);
  });
}

std::string to_pem(const SecretKey& key) { return write(secret_kind, key.seed().expose()); }

Parsed<PublicKey> public_key_from_pem(std::string_view pem) {
  return read(public_kind, pem).map([](const Secret<32>& bytes) {
    return *PublicKey::from_bytes(bytes.expose());
  });
}

std::string to_pem(const PublicKey& key) { return write(public_kind, key.bytes); }

}  // namespace braid
