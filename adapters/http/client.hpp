#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "events/parsed.hpp"

namespace braid::http {

/// An address: http://HOST[:PORT]/PATH.
struct Url {
  std::string host;
  std::uint16_t port = 80;
  std::string path;  ///< without an ending '/'

  /// A sentence where it is none, or asks for TLS, which is not spoken yet.
  static Parsed<Url> parse(std::string_view text);
  /// What lies below it.
  [[nodiscard]] Url below(std::string_view name) const;
  [[nodiscard]] std::string text() const;

  bool operator==(const Url&) const = default;
};

struct Answer {
  unsigned status = 0;
  std::string body;
};

/// How long one request may take, from looking the host up to the last byte.
inline constexpr std::chrono::milliseconds patience{30'000};

/// Asks and waits. The body of the answer has at most `max_bytes`. Throws IoFault where there is no
/// answer in time, a longer one, or none that is HTTP.
Answer get(const Url& url, std::size_t max_bytes, std::chrono::milliseconds within = patience);
Answer post(const Url& url, std::string body, std::size_t max_bytes,
            std::chrono::milliseconds within = patience);

}  // namespace braid::http
