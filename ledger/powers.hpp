#pragma once
#include "ledger/context.hpp"

namespace braid::ledger {

using schema::Power;
using schema::Sector;

/// Some of the sectors.
class Sectors {
 public:
  void add(Sector sector) { bits_ |= 1u << static_cast<unsigned>(sector); }
  [[nodiscard]] bool has(Sector sector) const {
    return (bits_ >> static_cast<unsigned>(sector) & 1u) != 0;
  }
  [[nodiscard]] bool has_all(Sectors other) const { return (bits_ & other.bits_) == other.bits_; }
  [[nodiscard]] bool is_empty() const { return bits_ == 0; }

 private:
  std::uint32_t bits_ = 0;
};

/// The sectors among these, by name: "health and socialCare".
std::string names_of(Sectors sectors);
/// As in JSON: "approve".
std::string_view name_of(Power power);

/// The money that an event decides on.
struct Decided {
  Sectors
      sectors;  ///< of the strands of the publisher's own: others' funders decide for themselves
  std::int64_t pence = 0;  ///< all of it, whoever's
};
Decided decided_by(const Context& context);

/// Whether the event's officer holds this power over this money today: appointed, delegated, within
/// sectors and limit. The refusal (rule "authority") names up to three officers who do. And whether
/// it is signed as the body asks (`signs_as_asked`).
Checked holds_power(const Context& context, Power power, const Decided& decided);

/// "b.okafor and c.lind hold it.", up to three officers of the publisher other than the event's; or
/// whom to ask where nobody does.
std::string holders_of(const Context& context, Power power, const Decided& decided);

}  // namespace braid::ledger
