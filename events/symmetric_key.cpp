#include "events/symmetric_key.hpp"

#include "events/encoding.hpp"

namespace braid {

Parsed<SymmetricKey> symmetric_key_from_text(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  SymmetricKey key;
  if (!from_hex(text, key.expose()))
    return unreadable(
        "a secret key is 64 lower-case hexadecimal digits, as `openssl rand -hex 32` writes them");
  return key;
}

std::string to_text(const SymmetricKey& key) {
  auto text = to_hex(key.expose());  // with room for one more: to_hex wrote a zero there
  text += '\n';
  return text;
}

}  // namespace braid
