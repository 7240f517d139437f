#include "ledger/signed_note.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "events/encoding.hpp"

using namespace braid;
using namespace braid::ledger;
using Catch::Matchers::Contains;

namespace {

// The example of Go's golang.org/x/mod/sumdb/note.
const std::string go_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string go_secret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";  // type, then seed
const std::string go_text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string go_line =
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const std::string go_note = go_text + "\n" + go_line;

// A second published example.
const std::string foo_key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const std::string foo_note =
    "This is an example message.\n\n"
    "\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";

SecretKey go_secret_key() {
  const auto typed = from_base64(go_secret);
  REQUIRE(typed->size() == 33);
  return SecretKey::from_seed(Secret<32>(std::span(*typed).subspan<1, 32>()));
}

NoteKey key_of(const std::string& text) {
  const auto key = NoteKey::from_text(text);
  REQUIRE(key);
  return *key;
}

}  // namespace

TEST_CASE("The notes that other implementations publish verify under their keys") {
  CHECK(verify_note(go_note, key_of(go_key)) == go_text);
  CHECK(verify_note(foo_note, key_of(foo_key)) == "This is an example message.\n");
}

TEST_CASE("Signing Go's example with Go's key gives Go's note, byte for byte") {
  CHECK(sign_note(go_text, "PeterNeumann", go_secret_key()) == go_note);
}

TEST_CASE("A verifier key is read and written back, and belongs to its secret key") {
  CHECK(key_of(go_key).text() == go_key);
  CHECK(key_of(foo_key).text() == foo_key);
  CHECK(key_of(go_key) == NoteKey{"PeterNeumann", go_secret_key().public_key()});
  CHECK(key_of(go_key).id() == 0xc74f20a3);
}

TEST_CASE("No part of a verifier key is a verifier key, nor is one with any character changed") {
  for (std::size_t from = 0; from < go_key.size(); ++from)
    for (std::size_t size = 0; from + size <= go_key.size(); ++size)
      if (size != go_key.size()) CHECK_FALSE(NoteKey::from_text(go_key.substr(from, size)));
  for (std::size_t i = 0; i < go_key.size(); ++i) {
    auto altered = go_key;
    ++altered[i];
    CHECK_FALSE(NoteKey::from_text(altered));
  }
}

TEST_CASE("A verifier key that is refused says which part") {
  CHECK_THAT(NoteKey::from_text("").error(), Contains("this has no such name"));
  CHECK_THAT(NoteKey::from_text("a b+c74f20a3+AA").error(), Contains("this has no such name"));
  CHECK_THAT(NoteKey::from_text("PeterNeumann+C74F20A3+AA").error(),
             Contains("this has no such key id"));
  CHECK_THAT(NoteKey::from_text("PeterNeumann+c74f20a3+AA").error(),
             Contains("this has no such key"));
  CHECK_THAT(NoteKey::from_text("PeterNeumanm" + go_key.substr(12)).error(),
             Contains("one is mistyped"));
}

TEST_CASE("A note with any byte changed does not verify") {
  const auto key = key_of(go_key);
  for (std::size_t i = 0; i < go_note.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      auto altered = go_note;
      altered[i] = static_cast<char>(altered[i] ^ 1 << bit);
      CHECK_FALSE(verify_note(altered, key));
    }
}

TEST_CASE("Signatures of unknown keys and types are carried along and ignored") {
  auto note = *SignedNote::from_text(go_note);
  note.signatures.insert(note.signatures.begin(),
                         {"witness.example/w1", 0x01020304, OwnedBytes(72, std::byte{7})});
  note.signatures.push_back(
      {"PeterNeumann", 0x01020304, OwnedBytes(64)});  // the name alone does not make it his
  note.signatures.push_back({"other", 0xc74f20a3, OwnedBytes(2420)});
  const auto text = note.to_text();
  CHECK(SignedNote::from_text(text) == note);
  CHECK(verify_note(text, key_of(go_key)) == go_text);
}

TEST_CASE("A note without the expected signature, or with a forged one, is refused and says so") {
  const auto key = key_of(go_key);
  CHECK(verify_note(foo_note, key).error() ==
        "this note is not signed by PeterNeumann with the key of id c74f20a3");
  auto forged = *SignedNote::from_text(go_note);
  forged.text = "Anything else.\n";
  CHECK(verify_note(forged.to_text(), key).error() ==
        "the signature of PeterNeumann does not fit this note: it was altered, or is forged");
  auto cut = *SignedNote::from_text(go_note);
  cut.signatures[0].bytes.pop_back();
  CHECK_FALSE(verify_note(cut.to_text(), key));
}

TEST_CASE("A text with empty lines is signed whole: the last empty line ends it") {
  const auto key = SecretKey::generate();
  const std::string text = "one\n\nthree\n\n\u2014 not a signature\n";
  const auto note = sign_note(text, "ledger/0", key);
  CHECK(verify_note(note, {"ledger/0", key.public_key()}) == text);
}

TEST_CASE("What is not a note is refused with what a note has") {
  const auto why = [](const std::string& note) { return SignedNote::from_text(note).error(); };
  CHECK_THAT(why(""), Contains("UTF-8 in lines"));
  CHECK_THAT(why(go_note.substr(0, go_note.size() - 1)), Contains("each with its line end"));
  CHECK_THAT(why("\xff\n\n" + go_line), Contains("UTF-8"));
  CHECK_THAT(why("tab\there\n\n" + go_line), Contains("control characters"));
  CHECK_THAT(why("crlf\r\n\n" + go_line), Contains("control characters"));
  CHECK_THAT(why(go_text + go_line), Contains("an empty line between"));
  CHECK_THAT(why(go_text + "\n"), Contains("at least one signature"));
  CHECK_THAT(why(go_text + "\n- PeterNeumann x08go/ZJ\n"), Contains("em dash"));
  CHECK_THAT(why(go_text + "\n\u2014 PeterNeumann\n"), Contains("em dash"));
  CHECK_THAT(why(go_text + "\n\u2014 PeterNeumann AAAA\n"),
             Contains("base64 of key id and signature"));
  CHECK_THAT(why(go_text + "\n\u2014 Peter+Neumann AAAAAAAA\n"), Contains("key name"));
  CHECK_THAT(why(go_text + "\n\u2014  AAAAAAAA\n"), Contains("key name"));
}

TEST_CASE("A note has bounded size and number of signatures") {
  std::string note = go_text + "\n";
  for (std::size_t i = 0; i < SignedNote::max_signatures; ++i) note += go_line;
  CHECK(SignedNote::from_text(note));
  CHECK(SignedNote::from_text(note + go_line).error() == "a note has at most 100 signatures");
  const std::string long_text(SignedNote::max_bytes, 'x');
  CHECK_THAT(SignedNote::from_text(long_text + "\n\n" + go_line).error(),
             Contains("at most 262144 bytes"));
}

TEST_CASE("A key name has no space of any alphabet, no plus and no control character") {
  for (const auto* name : {"a", "example.com/log42", "br\u00e4id/0", "Braid,\u4e2d/12"})
    CHECK(is_note_name(name));
  for (const auto* name :
       {"", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\u3000b", "a\u2028b", "a\nb", "a\x01", "\xff"})
    CHECK_FALSE(is_note_name(name));
  CHECK_FALSE(is_note_name(std::string(201, 'a')));
}

TEST_CASE("No bytes at all make reading a note misbehave") {
  CHECK(rc::check([](const std::string& bytes) {
    const auto note = SignedNote::from_text(bytes);
    if (note) RC_ASSERT(note->to_text() == bytes);
    const auto ending = SignedNote::from_text("text\n\n\u2014 " + bytes + "\n");
    if (ending) RC_ASSERT(ending->to_text() == "text\n\n\u2014 " + bytes + "\n");
  }));
}
