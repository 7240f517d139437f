#include "ledger/signed_note.hpp"

#include <algorithm>
#include <charconv>

#include "events/check.hpp"
#include "events/digest.hpp"
#include "events/encoding.hpp"
#include "events/utf8.hpp"

namespace braid::ledger {
namespace {

constexpr std::string_view dash = "\u2014 ";  // begins a signature line
constexpr std::size_t max_name_bytes = 200;

/// Unicode's White_Space, which contains the line and paragraph separators.
constexpr bool is_space(char32_t point) {
  return (point >= 0x09 && point <= 0x0d) || point == 0x20 || point == 0x85 || point == 0xa0 ||
         point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
         point == 0x2029 || point == 0x202f || point == 0x205f || point == 0x3000;
}

std::array<std::byte, 4> big_endian(std::uint32_t value) {
  return {static_cast<std::byte>(value >> 24), static_cast<std::byte>(value >> 16),
          static_cast<std::byte>(value >> 8), static_cast<std::byte>(value)};
}

std::uint32_t from_big_endian(Bytes bytes) {
  std::uint32_t value = 0;
  for (auto byte : bytes.first(4)) value = value << 8 | std::to_integer<std::uint32_t>(byte);
  return value;
}

/// Splits "name base64" after the dash.
Parsed<NoteSignature> signature_of(std::string_view line) {
  const auto expected =
      "a signature line of a note is: em dash, space, key name, space, base64 of key id and "
      "signature";
  if (!line.starts_with(dash)) return unreadable(expected);
  line.remove_prefix(dash.size());
  const auto space = std::min(line.find(' '), line.size());
  const auto name = line.substr(0, space);
  const auto bytes = from_base64(line.substr(std::min(space + 1, line.size())));
  if (!is_note_name(name) || !bytes || bytes->size() < 5) return unreadable(expected);
  return NoteSignature{std::string(name), from_big_endian(*bytes),
                       OwnedBytes(bytes->begin() + 4, bytes->end())};
}

}  // namespace

bool is_note_name(std::string_view name) noexcept {
  if (name.empty() || name.size() > max_name_bytes) return false;
  while (!name.empty()) {
    const auto point = take_code_point(name);
    if (!point || *point < 0x20 || *point == '+' || is_space(*point)) return false;
  }
  return true;
}

bool is_note_text(std::string_view text) noexcept {
  return text.ends_with('\n') && is_utf8(text) && std::all_of(text.begin(), text.end(), [](char c) {
           return c == '\n' || static_cast<unsigned char>(c) >= 0x20;
         });
}

std::uint32_t NoteKey::id() const noexcept {
  const auto type_byte = static_cast<std::byte>(type);
  const auto digest =
      Sha256().update(name).update("\n").update(Bytes(&type_byte, 1)).update(key.bytes).digest();
  return from_big_endian(digest.bytes);
}

std::string note_key_id_text(std::uint32_t id) { return to_hex(big_endian(id)); }

std::string NoteKey::text() const {
  OwnedBytes typed{static_cast<std::byte>(type)};
  typed.insert(typed.end(), key.bytes.begin(), key.bytes.end());
  return name + "+" + note_key_id_text(id()) + "+" + to_base64(typed);
}

Parsed<NoteKey> NoteKey::from_text(std::string_view text, NoteKeyType type) {
  const auto expected = [type](std::string_view found) {
    return unreadable("a " + std::string(type == NoteKeyType::ed25519 ? "verifier" : "witness") +
                      " key is <name>+<key id in 8 hex digits>+<base64 of 0x0" +
                      std::to_string(static_cast<unsigned>(type)) + " and an Ed25519 key>; " +
                      std::string(found));
  };
  const auto name_end = std::min(text.find('+'), text.size());
  NoteKey parsed{std::string(text.substr(0, name_end)), {}, type};
  if (!is_note_name(parsed.name)) return expected("this has no such name");
  text.remove_prefix(std::min(name_end + 1, text.size()));
  std::array<std::byte, 4> id;
  if (text.size() < 9 || text[8] != '+' || !from_hex(text.substr(0, 8), id))
    return expected("this has no such key id");
  std::array<std::byte, 33> typed;
  if (!from_base64(text.substr(9), typed) || typed[0] != static_cast<std::byte>(type))
    return expected("this has no such key");
  std::copy(typed.begin() + 1, typed.end(), parsed.key.bytes.begin());
  if (parsed.id() != from_big_endian(id))
    return expected("this one's id does not fit its key: one is mistyped");
  return parsed;
}

Parsed<SignedNote> SignedNote::from_text(std::string_view note) {
  if (note.size() > max_bytes)
    return unreadable("a note has at most " + std::to_string(max_bytes) + " bytes; this has " +
                      std::to_string(note.size()));
  if (!is_note_text(note))
    return unreadable(
        "a note is UTF-8 in lines, each with its line end and without control characters");
  const auto blank = note.rfind("\n\n");
  if (blank == note.npos)
    return unreadable("a note has an empty line between its text and its signatures");
  SignedNote parsed{std::string(note.substr(0, blank + 1)), {}};
  for (auto lines = note.substr(blank + 2); !lines.empty();) {
    if (parsed.signatures.size() == max_signatures)
      return unreadable("a note has at most " + std::to_string(max_signatures) + " signatures");
    const auto end = lines.find('\n');
    auto signature = signature_of(lines.substr(0, end));
    if (!signature) return unreadable(std::move(signature.error()));
    parsed.signatures.push_back(std::move(*signature));
    lines.remove_prefix(end + 1);
  }
  if (parsed.signatures.empty())
    return unreadable("a note has at least one signature line after its empty line");
  return parsed;
}

std::string SignedNote::to_text() const {
  std::string note = text + "\n";
  for (const auto& signature : signatures) {
    OwnedBytes bytes;
    for (auto byte : big_endian(signature.key_id)) bytes.push_back(byte);
    bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
    note.append(dash).append(signature.name).append(" ").append(to_base64(bytes)).append("\n");
  }
  return note;
}

NoteSignature note_signature(std::string_view text, std::string_view name, const SecretKey& key) {
  check(is_note_name(name), "a ledger's name was checked when it was founded");
  check(is_note_text(text), "what is signed is a text of ours");
  const auto signature = sign(key, as_bytes(text));
  const NoteKey signer{std::string(name), key.public_key(), NoteKeyType::ed25519};
  return {signer.name, signer.id(), OwnedBytes(signature.bytes.begin(), signature.bytes.end())};
}

std::string sign_note(std::string_view text, std::string_view name, const SecretKey& key) {
  return SignedNote{std::string(text), {note_signature(text, name, key)}}.to_text();
}

const NoteSignature* claimed_signature(const SignedNote& note, const NoteKey& signer) noexcept {
  const auto id = signer.id();
  const auto claimed = std::ranges::find_if(note.signatures, [&](const auto& line) {
    return line.name == signer.name && line.key_id == id;
  });
  return claimed == note.signatures.end() ? nullptr : &*claimed;
}

Parsed<std::string> verify_note(std::string_view note, const NoteKey& signer) {
  check(signer.type == NoteKeyType::ed25519, "cosignatures are checked elsewhere");
  auto parsed = SignedNote::from_text(note);
  if (!parsed) return unreadable(std::move(parsed.error()));
  const auto* claimed = claimed_signature(*parsed, signer);
  if (claimed == nullptr)
    return unreadable("this note is not signed by " + signer.name + " with the key of id " +
                      note_key_id_text(signer.id()));
  const auto signature = Signature::from_bytes(claimed->bytes);
  if (!signature || !verify(signer.key, as_bytes(parsed->text), *signature))
    return unreadable("the signature of " + signer.name +
                      " does not fit this note: it was altered, or is forged");
  return std::move(parsed->text);
}

}  // namespace braid::ledger
