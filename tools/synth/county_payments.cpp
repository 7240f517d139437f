// What moves week by week: invoices, payments, account lines, pool spending.
#include "tools/synth/county_life.hpp"

namespace braid::synth {

void County::Impl::pay_week() {
  for (int i = 0; i < 8; ++i) {
    auto& package = packages_[next_package_++ % packages_.size()];
    pay_supplier(package);
    spend_from_account(package);
  }
  spend_from_pool();
  if (next_package_ % (packages_.size() + 1) == 0) today_ = add_days(today_, 7);
}

void County::Impl::pay_supplier(const Package& package) {
  const auto invoice = writer_.new_id();
  const auto payment = writer_.new_id();
  const auto pence = static_cast<std::int64_t>(10'00 + writer_.dice().below(200'00));
  publish(council_code, "", [&](auto body) {
    auto received = body.initInvoiceReceived();
    schema::write(invoice, received.initInvoice());
    schema::write(package.order, received.initOrder());
    schema::write(package.supplier, received.initSupplier());
    auto reference = received.initReference();
    reference.setA(writer_.dice().next());
    reference.setB(1);
    received.setNet(pence);
    auto amount = received.initAmounts(1)[0];
    set(amount.initStrand(), adult_care);
    amount.setPence(pence);
    received.setFrom(today_.days);
    received.setTo(today_.days + 6);
  });
  const auto pay = [&](auto body) {
    auto instructed = body.initPaymentInstructed();
    schema::write(writer_.new_id(), instructed.initPayment());
    schema::write(package.budget, instructed.initBudget());
    schema::write(invoice, instructed.initInvoice());
    auto amount = instructed.initAmounts(1)[0];
    set(amount.initStrand(), adult_care);
    amount.setPence(pence);
    instructed.setDue(today_.days + 28);
  };
  publish(council_code, "p.ayer", pay);
  if (writer_.dice().one_in(50))
    publish(council_code, "p.ayer", pay);  // refused: exceeds the invoice
  publish(council_code, "", [&](auto body) {
    auto settled = body.initPaymentSettled();
    schema::write(payment, settled.initPayment());
    schema::write(package.budget, settled.initBudget());
    schema::write(invoice, settled.initInvoice());
    auto amount = settled.initAmounts(1)[0];
    set(amount.initStrand(), adult_care);
    amount.setPence(pence);
    settled.setOn(today_.days);
  });
}

void County::Impl::spend_from_account(Package& package) {
  if (package.held < package.weekly) {
    publish(council_code, "", [&](auto body) {
      auto credited = body.initAccountCredited();
      schema::write(writer_.new_id(), credited.initPayment());
      schema::write(package.account, credited.initAccount());
      schema::write(package.budget, credited.initBudget());
      auto amounts = credited.initAmounts(static_cast<unsigned>(package.strands.size() - 1));
      for (unsigned i = 0; i < amounts.size(); ++i) {
        set(amounts[i].initStrand(), *package.strands[i + 1]);
        amounts[i].setPence(4 * package.weekly);
        package.held += 4 * package.weekly;
      }
      credited.setOn(today_.days);
    });
  }
  for (int i = 0; i < 3; ++i) {
    const auto pence = package.weekly / 3;
    package.held -= pence;
    publish(council_code, "", [&](auto body) {
      auto reported = body.initTransactionReported();
      schema::write(package.account, reported.initAccount());
      schema::write(package.budget, reported.initBudget());
      reported.setLine(writer_.dice().one_in(100)
                           ? 0
                           : 2);  // now and then on nothing that the plan names: flagged
      reported.setCategory(schema::Category::WAGES);
      reported.setPence(pence);
      seal(reported.initPayee(), writer_.dice());
      reported.setOn(today_.days);
    });
  }
}

void County::Impl::spend_from_pool() {
  publish(council_code, "p.ooler", [&](auto body) {
    auto spent = body.initPoolSpent();
    schema::write(pool_, spent.initPool());
    schema::write(scheme_, spent.initScheme());
    spent.setFunction("reablement");
    spent.setPence(static_cast<std::int64_t>(100'00 + writer_.dice().below(900'00)));
    spent.setOn(today_.days);
  });
}

}  // namespace braid::synth
