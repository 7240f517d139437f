#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "events/entry_source.hpp"
#include "events/uuid.hpp"
#include "projections/record.hpp"

namespace braid::projections {

/// One entry by which money left the bodies, or came back to them. 48 bytes: all payments of a
/// history are held at once.
struct Payment {
  std::uint32_t partition = 0;
  Kind kind{};
  Sequence sequence = 0;
  Uuid event;
  std::int64_t pence = 0;  ///< what left; negative where it came back
};

/// The payments of a history, as an auditor counts them: what suppliers and grantees were paid, what
/// holders were credited, what was spent from pools; and, negative, what was returned, and reversals
/// of any of them. Not among them: what moves from one body to another (contributions to a pool,
/// recharges, risk shares), which the spending behind it counts already, and what holders paid out
/// of their own accounts.
class PaymentList {
 public:
  /// Takes the next entry, of any type. Entries come in the order of the history.
  void add(std::uint32_t partition, const Record& record);
  /// All of them, in the order in which they came. Once, at the end.
  std::vector<Payment> finish() &&;

 private:
  std::vector<Payment> payments_;
  std::map<Uuid, std::size_t> reversals_;  ///< by the event reversed: where it stands in the list
};

}  // namespace braid::projections
