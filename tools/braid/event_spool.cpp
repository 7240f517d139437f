#include "tools/braid/event_spool.hpp"

#include <cerrno>
#include <system_error>

#include "events/check.hpp"
#include "events/event.hpp"
#include "events/faults.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t hashed_at_once = 512;

[[noreturn]] void fail() {
  const auto sentence =
      "a temporary file of events cannot be written: " + std::generic_category().message(errno);
  if (errno == ENOSPC) throw StorageFull(sentence + "; make room, or set TMPDIR to where there is");
  throw IoFault(sentence);
}

}  // namespace

EventSpool::EventSpool() : file_(std::tmpfile()) {
  if (file_ == nullptr) fail();
}

void EventSpool::add(OwnedBytes event) {
  check(event.size() <= max_event_bytes, "events are built within their limits");
  recent_.push_back(std::move(event));
  ++size_;
  if (recent_.size() == hashed_at_once) write_out();
}

void EventSpool::write_out() {
  const std::vector<Bytes> events(recent_.begin(), recent_.end());
  std::vector<Digest> leaves(events.size());
  leaf_hashes(events, leaves);
  tree_.add(std::span<const Digest>(leaves));
  for (const auto& event : recent_) {
    const auto size = static_cast<std::uint32_t>(event.size());
    if (std::fwrite(&size, sizeof size, 1, file_.get()) != 1 ||
        std::fwrite(event.data(), event.size(), 1, file_.get()) != 1)
      fail();
  }
  recent_.clear();
}

Digest EventSpool::root() {
  write_out();
  return tree_.root();
}

void EventSpool::for_each(const std::function<void(OwnedBytes)>& take) {
  write_out();
  if (std::fflush(file_.get()) != 0) fail();
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0) fail();
  for (std::uint32_t size = 0; std::fread(&size, sizeof size, 1, file_.get()) == 1;) {
    OwnedBytes event(size);
    if (std::fread(event.data(), size, 1, file_.get()) != 1)
      throw IoFault("a temporary file of events was cut");
    take(std::move(event));
  }
}

}  // namespace braid::cli
