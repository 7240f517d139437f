#pragma once
#include <capnp/message.h>

#include <string_view>

#include "events/date.hpp"
#include "events/event.hpp"
#include "events/native_rows.hpp"

namespace braid::synth {

/// Seeded numbers: splitmix64 (Steele, Lea, Flood 2014).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    auto z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// From 0 to `below` - 1.
  std::uint64_t below(std::uint64_t below) { return next() % below; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

/// Writes events one after another, with identifiers that grow as a publisher's clock does.
class EventWriter {
 public:
  explicit EventWriter(std::uint64_t seed) : dice_(seed) {}

  Uuid new_id() {
    ++clock_ms_;
    return uuid_v7(clock_ms_, static_cast<std::uint16_t>(dice_.next() & 0xfff), dice_.next() >> 2);
  }

  /// The canonical bytes of an event whose body `fill` writes.
  template <class Fill>
  OwnedBytes write(std::string_view publisher, std::string_view officer, std::string_view place,
                   Date effective, Fill&& fill) {
    capnp::MallocMessageBuilder message(256);
    auto event = message.initRoot<schema::Event>();
    schema::write(new_id(), event.initId());
    event.setPublisher(std::string(publisher));
    if (!officer.empty()) event.setOfficer(std::string(officer));
    if (!place.empty()) event.setPlace(std::string(place));
    event.setEffective(effective.days);
    fill(event.initBody());
    return canonical_bytes(event.asReader());
  }

  Dice& dice() { return dice_; }

 private:
  Dice dice_;
  std::uint64_t clock_ms_ = 1'700'000'000'000;
};

}  // namespace braid::synth
