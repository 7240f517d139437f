#include "events/pem.hpp"

#include <catch2/catch.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "events/encoding.hpp"

using namespace braid;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

// RFC 8410 section 10.3 and 10.1: one key pair.
const std::string rfc_secret =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
    "-----END PRIVATE KEY-----\n";
const std::string rfc_public =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
    "-----END PUBLIC KEY-----\n";

using OpensslKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using OpensslText = std::unique_ptr<BIO, decltype(&BIO_free)>;

/// Borrows `text`.
OpensslText reading(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

std::string written(const OpensslText& out) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("The key pair of RFC 8410 is read from PEM and written back unchanged") {
  const auto secret = secret_key_from_pem(rfc_secret);
  const auto open = public_key_from_pem(rfc_public);
  REQUIRE(secret);
  REQUIRE(open);
  CHECK(secret->public_key() == *open);
  CHECK(to_pem(*secret) == rfc_secret);
  CHECK(to_pem(*open) == rfc_public);
}

TEST_CASE("Keys that OpenSSL makes are read here") {
  const OpensslKey made(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
  const OpensslText secret(BIO_new(BIO_s_mem()), BIO_free), open(BIO_new(BIO_s_mem()), BIO_free);
  REQUIRE(PEM_write_bio_PrivateKey(secret.get(), made.get(), nullptr, nullptr, 0, nullptr,
                                   nullptr) == 1);
  REQUIRE(PEM_write_bio_PUBKEY(open.get(), made.get()) == 1);
  const auto key = secret_key_from_pem(written(secret));
  REQUIRE(key);
  CHECK(public_key_from_pem(written(open)) == key->public_key());
}

TEST_CASE("Keys that are made here are read by OpenSSL") {
  const auto key = SecretKey::generate();
  const auto secret_pem = to_pem(key), public_pem = to_pem(key.public_key());
  const auto secret = reading(secret_pem), open = reading(public_pem);
  const OpensslKey theirs(PEM_read_bio_PrivateKey(secret.get(), nullptr, nullptr, nullptr),
                          EVP_PKEY_free);
  const OpensslKey their_public(PEM_read_bio_PUBKEY(open.get(), nullptr, nullptr, nullptr),
                                EVP_PKEY_free);
  REQUIRE(theirs);
  REQUIRE(their_public);
  CHECK(EVP_PKEY_eq(theirs.get(), their_public.get()) == 1);
}

TEST_CASE("Windows line ends and a missing last line end are read") {
  CHECK(secret_key_from_pem(rfc_secret.substr(0, rfc_secret.size() - 1)));
  std::string windows;
  for (char c : rfc_secret) windows += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(secret_key_from_pem(windows));
}

TEST_CASE("What is not one Ed25519 key is refused with what is expected and what was found") {
  const auto found = [](const std::string& pem) {
    const auto key = secret_key_from_pem(pem);
    REQUIRE_FALSE(key);
    CHECK_THAT(
        key.error(),
        StartsWith("expected one unencrypted Ed25519 private key in PEM, as `braid key new`"));
    return key.error();
  };
  CHECK_THAT(found(""), Contains("does not begin with a line -----BEGIN"));
  CHECK_THAT(found("\n" + rfc_secret), Contains("does not begin with a line -----BEGIN"));
  CHECK_THAT(found(rfc_public), Contains("this one is a public key"));
  CHECK_THAT(found("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"),
             Contains("decrypt it with `openssl pkey"));
  CHECK_THAT(found("-----BEGIN RSA PRIVATE KEY-----\n"), Contains("this one is of another kind"));
  CHECK_THAT(found("-----BEGIN OPENSSH PRIVATE KEY-----\n"), Contains("an OpenSSH key"));
  CHECK_THAT(found(rfc_secret + rfc_secret), Contains("followed by more"));
  CHECK_THAT(found(rfc_secret.substr(0, 90)), Contains("lacks its line -----END PRIVATE KEY-----"));
  CHECK_THAT(found(std::string(max_pem_bytes + 1, 'A')), Contains("longer than any"));
  CHECK_THAT(found(replaced(rfc_secret, "MC4C", "MC4D")),
             Contains("another kind of key, or is damaged"));
  CHECK_THAT(found(replaced(rfc_secret, "K2Vw", "K2Vu")),
             Contains("another kind of key, or is damaged"));
  CHECK_THAT(found(replaced(rfc_secret, "VhC", "Vh")),
             Contains("another kind of key, or is damaged"));
  CHECK_THAT(found(replaced(rfc_secret, "VhC", "VhCAAAA")), Contains("another kind of key"));
  CHECK_THAT(found(replaced(rfc_secret, "BCIE", "BC E")),
             Contains("another kind of key, or is damaged"));
  CHECK_THAT(found(replaced(rfc_secret, "BCIE", "\n\nBCIE")), Contains("an empty line"));
}

TEST_CASE("A private key is not taken for a public one") {
  CHECK_THAT(public_key_from_pem(rfc_secret).error(), Contains("this one is a private key"));
  CHECK_THAT(public_key_from_pem(rfc_secret).error(),
             StartsWith("expected one Ed25519 public key in PEM"));
}
