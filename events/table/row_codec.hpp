#pragma once
#include <capnp/list.h>

#include <string>
#include <vector>

#include "events/bytes.hpp"
#include "events/table/canonical.hpp"

/// What the generated `read` and `write` are made of: one overload for each kind of field.
namespace braid::row_codec {

inline capnp::Text::Reader view(const std::string& text) { return {text.data(), text.size()}; }
inline capnp::Data::Reader view(const OwnedBytes& bytes) {
  return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}

template <canonical::Scalar T>
void assign(T& to, T from) noexcept {
  to = from;
}
inline void assign(std::string& to, capnp::Text::Reader from) {
  to.assign(from.begin(), from.size());
}
inline void assign(OwnedBytes& to, capnp::Data::Reader from) {
  const auto bytes = std::as_bytes(std::span(from.begin(), from.size()));
  to.assign(bytes.begin(), bytes.end());
}
template <HasRowLayout Row>
void assign(Row& to, typename RowLayout<Row>::Schema::Reader from) {
  to = read(from);
}
template <class T, class List>
void assign(std::vector<T>& to, List from) {
  to.resize(from.size());
  for (unsigned i = 0; i < from.size(); ++i) {
    if constexpr (std::is_same_v<T, bool>)
      to[i] = from[i];
    else
      assign(to[i], from[i]);
  }
}

/// An empty text stays a null pointer, as in the canonical encoding.
template <class T, class Builder>
void fill(Builder to, const std::vector<T>& from) {
  for (unsigned i = 0; i < from.size(); ++i) {
    if constexpr (HasRowLayout<T>)
      write(from[i], to[i]);
    else if constexpr (canonical::Scalar<T>)
      to.set(i, from[i]);
    else if (!canonical::is_empty(from[i]))
      to.set(i, view(from[i]));
  }
}

}  // namespace braid::row_codec
