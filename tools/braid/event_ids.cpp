#include "tools/braid/event_ids.hpp"

#include "events/native_rows.hpp"
#include "events/secret.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {

Uuid EventIds::next() {
  std::array<std::byte, 10> random;
  fill_random(random);
  std::uint16_t a;
  std::uint64_t b;
  std::memcpy(&a, random.data(), sizeof a);
  std::memcpy(&b, random.data() + sizeof a, sizeof b);
  auto id = uuid_v7(static_cast<std::uint64_t>(now_us() / 1000), a, b);
  if (id <= last_)
    id = Uuid{last_.high,
              last_.low + 1};  // the same millisecond: 62 random bits give way to a count
  return last_ = id;
}

Date today() { return date_of(Instant{now_us()}); }

SentEvent sent_event(Bytes event) {
  const EventReader reader(event);
  return {schema::read(reader.get().getId()), reader.kind()};
}

}  // namespace braid::cli
