// Any bytes are a key in PEM, an identifier, a token, or a sentence that says why not; what is read
// is written back.
#include <string>

#include "events/check.hpp"
#include "events/encoding.hpp"
#include "events/pem.hpp"
#include "events/person_token.hpp"
#include "events/utf8.hpp"
#include "events/uuid.hpp"

using namespace braid;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto key = secret_key_from_pem(text))
    check(secret_key_from_pem(to_pem(*key))->public_key() == key->public_key(),
          "a key that is written is read");
  if (const auto key = public_key_from_pem(text))
    check(public_key_from_pem(to_pem(*key)) == *key, "a key that is written is read");
  if (const auto id = Uuid::from_text(text))
    check(Uuid::from_text(id->text()) == *id, "an identifier is read again");
  if (const auto bytes = from_base64(text)) check(to_base64(*bytes) == text, "bytes have one text");
  if (const auto number = PersonIdentifier::nhs_number(text))
    check(number->value().size() == 10, "ten digits");
  if (const auto other = PersonIdentifier::other("upn", text))
    check(is_utf8(other->value()), "it is UTF-8");
  check(utf8_prefix(text) <= size, "a prefix");
  return 0;
}
