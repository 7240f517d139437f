#include "events/table/row_message.hpp"

#include <cstring>

#include "events/faults.hpp"

namespace braid {
namespace {

constexpr std::uint64_t empty_elements =
    1 << 16;  // lists of structs that are all zero take no words; so many may be read
constexpr int nesting = 16;

capnp::ReaderOptions limits(std::size_t words) {
  capnp::ReaderOptions options;
  options.traversalLimitInWords = words + empty_elements;
  options.nestingLimit = nesting;
  return options;
}

}  // namespace

RowMessage::RowMessage(Bytes bytes)
    : segments_{aligned(bytes)},
      message_(kj::arrayPtr(segments_, 1), limits(bytes.size() / sizeof(capnp::word))) {}

kj::ArrayPtr<const capnp::word> RowMessage::aligned(Bytes bytes) {
  const auto count = bytes.size() / sizeof(capnp::word);
  const void* words = bytes.data();
  if (reinterpret_cast<std::uintptr_t>(words) % alignof(std::uint64_t) != 0) {
    std::uint64_t* copy = near_.data();
    if (count > near_.size()) {
      far_.resize(count);
      copy = far_.data();
    }
    std::memcpy(copy, bytes.data(), count * sizeof(capnp::word));
    words = copy;
  }
  return kj::arrayPtr(static_cast<const capnp::word*>(words), count);
}

void row_unreadable(std::string_view what, const kj::Exception& why) {
  throw HistoryBroken("a stored row of '" + std::string(what) + "' cannot be read (" +
                      why.getDescription().cStr() +
                      "): the file was altered or damaged. It can be rebuilt from the log.");
}

}  // namespace braid
