#include "projections/payments.hpp"

#include <optional>

#include "projections/fold.hpp"

namespace braid::projections {

namespace {

/// What left by an event of this kind, in pence; nothing for kinds that are no payment.
using Paid = std::optional<std::int64_t>;

std::int64_t total_of(const auto& amounts) {
  std::int64_t total = 0;
  for (const auto amount : amounts) total += amount.getPence();
  return total;
}

Paid paid_by(Body<schema::PaymentSettled> body) { return total_of(body.getAmounts()); }
Paid paid_by(Body<schema::PaymentReturned> body) { return -total_of(body.getAmounts()); }
Paid paid_by(Body<schema::AccountCredited> body) { return total_of(body.getAmounts()); }
Paid paid_by(Body<schema::PoolSpent> body) { return body.getPence(); }
Paid paid_by(Body<schema::GrantDrawn> body) { return body.getPence(); }
/// As much as the event that it reverses, which `PaymentList::finish` looks up.
Paid paid_by(Body<schema::EventReversed>) { return 0; }

Paid paid_by(RegisterKind auto) { return std::nullopt; }
Paid paid_by(PersonKind auto) { return std::nullopt; }
Paid paid_by(PlanKind auto) { return std::nullopt; }
Paid paid_by(BudgetKind auto) { return std::nullopt; }
Paid paid_by(PurchaseKind auto) { return std::nullopt; }
Paid paid_by(PaymentKind auto) { return std::nullopt; }
Paid paid_by(PoolKind auto) { return std::nullopt; }
Paid paid_by(OutcomeKind auto) { return std::nullopt; }

}  // namespace

void PaymentList::add(std::uint32_t partition, const Record& record) {
  if (!record.is_accepted()) return;
  const auto paid = visit(record.event.getBody(), [](auto body) { return paid_by(body); });
  if (!paid) return;
  if (record.kind == Kind::EVENT_REVERSED)
    reversals_[read(record.event.getBody().getEventReversed().getEvent())] = payments_.size();
  payments_.push_back({.partition = partition,
                       .kind = record.kind,
                       .sequence = record.sequence(),
                       .event = id_of(record.event),
                       .pence = *paid});
}

std::vector<Payment> PaymentList::finish() && {
  for (const auto& payment : payments_)
    if (const auto found = reversals_.find(payment.event); found != reversals_.end())
      payments_[found->second].pence = -payment.pence;
  std::erase_if(payments_, [&](const Payment& payment) {  // reversals of what was no payment
    return payment.kind == Kind::EVENT_REVERSED && payment.pence == 0;
  });
  return std::move(payments_);
}

}  // namespace braid::projections
