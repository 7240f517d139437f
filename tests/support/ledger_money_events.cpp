#include "events/native_rows.hpp"
#include "tests/support/ledger_events.hpp"

// Orders, payments, pools and grants, as they are said in stories.

namespace braid::test {

namespace {

using Filling = schema::Event::Body::Builder;

template <class Builder>
void set_amounts(Builder list, const Amounts& amounts) {
  for (unsigned i = 0; i < list.size(); ++i) {
    write(amounts[i].first, list[i].initStrand());
    list[i].setPence(amounts[i].second);
  }
}

unsigned count(const Amounts& amounts) { return static_cast<unsigned>(amounts.size()); }

std::int64_t sum(const Amounts& amounts) {
  std::int64_t total = 0;
  for (const auto& [strand, pence] : amounts) total += pence;
  return total;
}

schema::Change direction(std::int64_t change) {
  return change < 0 ? schema::Change::DECREASE : schema::Change::INCREASE;
}

}  // namespace

Said supplier_registered(std::string supplier) {
  return {
      .kind = Kind::SUPPLIER_REGISTERED,
      .fill =
          [=](Filling body) { write(id(supplier), body.getSupplierRegistered().initSupplier()); },
      .officer = "d.moss"};
}

Said order_placed(std::string order, std::string budget, Amounts amounts, std::uint16_t line) {
  return {.kind = Kind::ORDER_PLACED,
          .fill =
              [=](Filling body) {
                auto placed = body.getOrderPlaced();
                write(id(order), placed.initOrder());
                write(id(budget), placed.initBudget());
                write(id("supplier"), placed.initSupplier());
                placed.setLine(line);
                placed.setSchoolPlace(false);
                set_amounts(placed.initAmounts(count(amounts)), amounts);
              },
          .officer = "d.moss"};
}

Said order_ended(std::string order) {
  return {.kind = Kind::ORDER_ENDED,
          .fill = [=](Filling body) { write(id(order), body.getOrderEnded().initOrder()); },
          .officer = "d.moss"};
}

Said invoice_received(std::string invoice, std::string order, Amounts amounts) {
  return {.kind = Kind::INVOICE_RECEIVED, .fill = [=](Filling body) {
            auto received = body.getInvoiceReceived();
            write(id(invoice), received.initInvoice());
            write(id(order), received.initOrder());
            write(id("supplier"), received.initSupplier());
            write(sha256(as_bytes(invoice)), received.initReference());
            received.setNet(sum(amounts));
            received.setVat(0);
            received.setIrrecoverableVat(0);
            set_amounts(received.initAmounts(count(amounts)), amounts);
          }};
}

Said payment_instructed(std::string payment, std::string budget, std::string invoice,
                        Amounts amounts) {
  return {.kind = Kind::PAYMENT_INSTRUCTED,
          .fill =
              [=](Filling body) {
                auto instructed = body.getPaymentInstructed();
                write(id(payment), instructed.initPayment());
                write(id(budget), instructed.initBudget());
                write(id(invoice), instructed.initInvoice());
                set_amounts(instructed.initAmounts(count(amounts)), amounts);
              },
          .officer = "e.hart"};
}

Said direct_payment_instructed(std::string payment, std::string budget, std::string account,
                               Amounts amounts) {
  return vary(payment_instructed(std::move(payment), std::move(budget), "", std::move(amounts)),
              [=](Filling body) { write(id(account), body.getPaymentInstructed().initAccount()); });
}

Said payment_settled(std::string payment, std::string budget, std::string invoice,
                     Amounts amounts) {
  return {.kind = Kind::PAYMENT_SETTLED, .fill = [=](Filling body) {
            auto settled = body.getPaymentSettled();
            write(id(payment), settled.initPayment());
            write(id(budget), settled.initBudget());
            write(id(invoice), settled.initInvoice());
            set_amounts(settled.initAmounts(count(amounts)), amounts);
          }};
}

Said payment_returned(std::string payment, Amounts amounts) {
  return {.kind = Kind::PAYMENT_RETURNED, .fill = [=](Filling body) {
            write(id(payment), body.getPaymentReturned().initPayment());
            set_amounts(body.getPaymentReturned().initAmounts(count(amounts)), amounts);
          }};
}

Said account_approved(std::string account, std::string budget, bool auditable) {
  return {.kind = Kind::ACCOUNT_APPROVED,
          .fill =
              [=](Filling body) {
                write(id(account), body.getAccountApproved().initAccount());
                write(id(budget), body.getAccountApproved().initBudget());
                body.getAccountApproved().setAuditable(auditable);
              },
          .officer = "e.hart"};
}

Said account_credited(std::string payment, std::string account, std::string budget,
                      Amounts amounts) {
  return {.kind = Kind::ACCOUNT_CREDITED, .fill = [=](Filling body) {
            auto credited = body.getAccountCredited();
            write(id(payment), credited.initPayment());
            write(id(account), credited.initAccount());
            write(id(budget), credited.initBudget());
            set_amounts(credited.initAmounts(count(amounts)), amounts);
          }};
}

Said transaction_reported(std::string account, std::string budget, std::int64_t pence,
                          std::uint16_t line) {
  return {.kind = Kind::TRANSACTION_REPORTED, .fill = [=](Filling body) {
            auto transaction = body.getTransactionReported();
            write(id(account), transaction.initAccount());
            write(id(budget), transaction.initBudget());
            transaction.setLine(line);
            transaction.setDirection(schema::Direction::PAID);
            transaction.setPence(pence);
            transaction.setSameHousehold(false);
          }};
}

Said repaid(std::string budget, Amounts amounts) {
  return {.kind = Kind::REPAID, .fill = [=](Filling body) {
            write(id(budget), body.getRepaid().initBudget());
            body.getRepaid().disownNotice();
            set_amounts(body.getRepaid().initAmounts(count(amounts)), amounts);
          }};
}

Said recharge_raised(std::string recharge, std::string budget, Strand creditor, Strand debtor,
                     std::int64_t pence) {
  return {.kind = Kind::RECHARGE_RAISED,
          .fill =
              [=](Filling body) {
                auto raised = body.getRechargeRaised();
                write(id(recharge), raised.initRecharge());
                write(id(budget), raised.initBudget());
                write(creditor, raised.initCreditor());
                write(debtor, raised.initDebtor());
                raised.setPence(pence);
              },
          .publisher = creditor.organisation};
}

Said recharge_settled(std::string recharge, std::int64_t pence) {
  return {.kind = Kind::RECHARGE_SETTLED, .fill = [=](Filling body) {
            write(id(recharge), body.getRechargeSettled().initRecharge());
            body.getRechargeSettled().setPence(pence);
          }};
}

Said contribution_received(std::string budget, Strand towards, std::int64_t pence) {
  return {.kind = Kind::CONTRIBUTION_RECEIVED, .fill = [=](Filling body) {
            auto received = body.getContributionReceived();
            write(id(budget), received.initBudget());
            write(contribution, received.initStrand());
            write(towards, received.initTowards());
            received.setPence(pence);
          }};
}

Said contribution_refunded(std::string budget, Strand towards, std::int64_t pence) {
  return {.kind = Kind::CONTRIBUTION_REFUNDED, .fill = [=](Filling body) {
            auto refunded = body.getContributionRefunded();
            write(id(budget), refunded.initBudget());
            write(contribution, refunded.initStrand());
            write(towards, refunded.initTowards());
            refunded.setPence(pence);
          }};
}

Said event_reversed(const Uuid& event) {
  return {.kind = Kind::EVENT_REVERSED,
          .fill = [=](Filling body) { write(event, body.getEventReversed().initEvent()); }};
}

Said pool_proposed(std::string pool, std::vector<std::pair<Strand, std::uint32_t>> partners,
                   std::string host) {
  return {.kind = Kind::POOL_AGREEMENT_PROPOSED,
          .fill =
              [=](Filling body) {
                auto proposed = body.getPoolAgreementProposed();
                write(id(pool), proposed.initPool());
                proposed.setHost(host);
                proposed.setCapital(false);
                proposed.setHardLimit(false);
                proposed.setRiskShare(schema::RiskShare::FIXED_SHARE);
                proposed.initFunctions(1).set(0, "reablement");
                auto items = proposed.initItems(7);
                for (unsigned i = 0; i < 7; ++i) {
                  items[i].setItem(static_cast<schema::AgreementItem>(i));
                  items[i].setText("As agreed.");
                }
                auto list = proposed.initPartners(static_cast<unsigned>(partners.size()));
                for (unsigned i = 0; i < partners.size(); ++i) {
                  write(partners[i].first, list[i].initStrand());
                  list[i].setPartsPerMillion(partners[i].second);
                }
              },
          .officer = "a.adeyemi"};
}

Said partner_signed(std::string pool) {
  return {.kind = Kind::PARTNER_SIGNED,
          .fill = [=](Filling body) { write(id(pool), body.getPartnerSigned().initAct()); },
          .officer = "f.reid"};
}

Said contribution_committed(std::string pool, Strand strand, std::int64_t pence) {
  return {.kind = Kind::CONTRIBUTION_COMMITTED,
          .fill =
              [=](Filling body) {
                auto committed = body.getContributionCommitted();
                write(id(pool), committed.initPool());
                write(strand, committed.initStrand());
                committed.setYear(2026);
                committed.setPence(pence);
              },
          .publisher = strand.organisation,
          .officer = "f.reid"};
}

Said contribution_paid(std::string pool, Strand strand, std::int64_t pence) {
  return {.kind = Kind::CONTRIBUTION_PAID,
          .fill =
              [=](Filling body) {
                auto paid = body.getContributionPaid();
                write(id(pool), paid.initPool());
                write(strand, paid.initStrand());
                paid.setYear(2026);
                paid.setPence(pence);
              },
          .publisher = strand.organisation};
}

Said scheme_added(std::string pool, std::string scheme, std::string owner, std::int64_t pence) {
  return {.kind = Kind::SCHEME_ADDED,
          .fill =
              [=](Filling body) {
                auto added = body.getSchemeAdded();
                write(id(pool), added.initPool());
                write(id(scheme), added.initScheme());
                added.setFunction("reablement");
                added.setOwner(owner);
                added.setPence(pence);
              },
          .officer = "f.reid"};
}

Said pool_spent(std::string pool, std::string scheme, std::int64_t pence) {
  return {.kind = Kind::POOL_SPENT,
          .fill =
              [=](Filling body) {
                auto spent = body.getPoolSpent();
                write(id(pool), spent.initPool());
                write(id(scheme), spent.initScheme());
                spent.setFunction("reablement");
                spent.setPence(pence);
              },
          .officer = "f.reid"};
}

Said risk_share_applied(std::string pool, std::int64_t variance, Amounts shares) {
  return {.kind = Kind::RISK_SHARE_APPLIED,
          .fill =
              [=](Filling body) {
                auto applied = body.getRiskShareApplied();
                write(id(pool), applied.initPool());
                applied.setYear(2026);
                applied.setVariance(direction(variance));
                applied.setPence(variance < 0 ? -variance : variance);
                auto list = applied.initShares(count(shares));
                for (unsigned i = 0; i < shares.size(); ++i) {
                  write(shares[i].first, list[i].initStrand());
                  list[i].setVariance(direction(shares[i].second));
                  list[i].setPence(shares[i].second < 0 ? -shares[i].second : shares[i].second);
                }
              },
          .officer = "f.reid"};
}

Said risk_share_settled(std::string pool, Strand strand, std::int64_t paid_to_host) {
  return {.kind = Kind::RISK_SHARE_SETTLED, .fill = [=](Filling body) {
            auto settled = body.getRiskShareSettled();
            write(id(pool), settled.initPool());
            write(strand, settled.initStrand());
            settled.setVariance(direction(paid_to_host));
            settled.setPence(paid_to_host < 0 ? -paid_to_host : paid_to_host);
          }};
}

Said grant_awarded(std::string grant, Strand strand, std::int64_t pence) {
  return {.kind = Kind::GRANT_AWARDED,
          .fill =
              [=](Filling body) {
                auto awarded = body.getGrantAwarded();
                write(id(grant), awarded.initGrant());
                write(strand, awarded.initStrand());
                awarded.setYear(2026);
                awarded.setPence(pence);
              },
          .publisher = strand.organisation,
          .officer = "b.okafor"};
}

Said grant_drawn(std::string grant, std::int64_t pence) {
  return {.kind = Kind::GRANT_DRAWN, .fill = [=](Filling body) {
            write(id(grant), body.getGrantDrawn().initGrant());
            body.getGrantDrawn().setPence(pence);
          }};
}

}  // namespace braid::test
