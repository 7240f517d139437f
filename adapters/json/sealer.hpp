#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "events/person_token.hpp"
#include "events/sealed.hpp"

namespace braid::json {

/// Seals clear text, of SealedBox::max_plaintext_bytes at most, under the key of the person whom it
/// is about, or says in a sentence, without the text, why it cannot.
using Sealer = std::function<tl::expected<SealedBox, std::string>(const PersonToken& about,
                                                                  std::string_view clear)>;

}  // namespace braid::json
