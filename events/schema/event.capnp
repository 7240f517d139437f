@0xd5f41491b0322c1e;
# A fact as its publisher states it. Canonical bytes (Cap'n Proto's canonical form, one segment, no segment table) are what is
# signed, stored and hashed. A published field keeps its ordinal and its meaning for ever.

using Cxx = import "/capnp/c++.capnp";
using C = import "common.capnp";
using Register = import "register.capnp";
using Person = import "person.capnp";
using Plan = import "plan.capnp";
using Budget = import "budget.capnp";
using Purchase = import "purchase.capnp";
using Payment = import "payment.capnp";
using Pool = import "pool.capnp";
using Outcome = import "outcome.capnp";
$Cxx.namespace("braid::schema");

struct Event {
  id @0 :C.Uuid;                              # UUIDv7, or v8 derived from content: the idempotency key
  publisher @1 :Text $C.maxLength(10);        # ODS code
  officer @2 :Text $C.maxLength(32) $C.optional;  # who of the publisher acts; a code, never a name
  place @3 :Text $C.maxLength(40) $C.optional;    # the area whose partners share money; empty in the register
  effective @4 :Int32 $C.date;                # when it takes effect in the world
  authority @5 :Text $C.maxLength(120) $C.optional; # the instrument or minute it rests on
  reason @6 :C.Sealed $C.optional;
  corrects @7 :C.Uuid $C.optional;            # the event that this one says anew
  body :union {
    ledgerFounded @8 :Register.LedgerFounded;
    organisationRegistered @9 :Register.OrganisationRegistered;
    organisationSucceeded @10 :Register.OrganisationSucceeded;
    officerAppointed @11 :Register.OfficerAppointed;
    officerEnded @12 :Register.OfficerEnded;
    delegationSet @13 :Register.DelegationSet;
    signingKeyAdded @14 :Register.SigningKeyAdded;
    signingKeyRevoked @15 :Register.SigningKeyRevoked;
    ruleBookAdopted @16 :Register.RuleBookAdopted;
    periodClosed @17 :Register.PeriodClosed;
    fundRegistered @18 :Register.FundRegistered;
    allocationSet @19 :Register.AllocationSet;
    allocationVaried @20 :Register.AllocationVaried;

    personLinked @21 :Person.PersonLinked;
    personDied @22 :Person.PersonDied;
    consentGiven @23 :Person.ConsentGiven;
    consentWithdrawn @24 :Person.ConsentWithdrawn;
    representativeAppointed @25 :Person.RepresentativeAppointed;
    eligibilityRequested @26 :Person.EligibilityRequested;
    eligibilityDecided @27 :Person.EligibilityDecided;
    liabilityReassigned @28 :Person.LiabilityReassigned;
    budgetRequested @29 :Person.BudgetRequested;
    requestDecided @30 :Person.RequestDecided;
    ehcPlanIssued @31 :Person.EhcPlanIssued;

    planProposed @32 :Plan.PlanProposed;
    planSignedOff @33 :Plan.PlanSignedOff;
    approvalRequested @34 :Plan.ApprovalRequested;
    approvalGiven @35 :Plan.ApprovalGiven;
    approvalRefused @36 :Plan.ApprovalRefused;
    exceptionApproved @37 :Plan.ExceptionApproved;
    reviewCompleted @38 :Plan.ReviewCompleted;

    budgetOpened @39 :Budget.BudgetOpened;
    strandAgreed @40 :Budget.StrandAgreed;
    contributionAssessed @41 :Budget.ContributionAssessed;
    budgetClosed @42 :Budget.BudgetClosed;
    upliftApproved @43 :Budget.UpliftApproved;
    upliftApplied @44 :Budget.UpliftApplied;

    supplierRegistered @45 :Purchase.SupplierRegistered;
    orderPlaced @46 :Purchase.OrderPlaced;
    orderEnded @47 :Purchase.OrderEnded;
    serviceDelivered @48 :Purchase.ServiceDelivered;
    personalAssistantEngaged @49 :Purchase.PersonalAssistantEngaged;

    accountApproved @50 :Payment.AccountApproved;
    invoiceReceived @51 :Payment.InvoiceReceived;
    paymentInstructed @52 :Payment.PaymentInstructed;
    paymentSettled @53 :Payment.PaymentSettled;
    paymentReturned @54 :Payment.PaymentReturned;
    accountCredited @55 :Payment.AccountCredited;
    transactionReported @56 :Payment.TransactionReported;
    rechargeRaised @57 :Payment.RechargeRaised;
    rechargeSettled @58 :Payment.RechargeSettled;
    repaymentNoticeIssued @59 :Payment.RepaymentNoticeIssued;
    repaid @60 :Payment.Repaid;
    contributionReceived @61 :Payment.ContributionReceived;
    paymentsStopped @62 :Payment.PaymentsStopped;
    spendListPublished @63 :Payment.SpendListPublished;
    spendPublished @64 :Payment.SpendPublished;
    eventReversed @65 :Payment.EventReversed;

    poolAgreementProposed @66 :Pool.PoolAgreementProposed;
    partnerSigned @67 :Pool.PartnerSigned;
    contributionCommitted @68 :Pool.ContributionCommitted;
    contributionPaid @69 :Pool.ContributionPaid;
    schemeAdded @70 :Pool.SchemeAdded;
    poolSpent @71 :Pool.PoolSpent;
    riskShareApplied @72 :Pool.RiskShareApplied;
    grantAwarded @73 :Pool.GrantAwarded;
    grantDrawn @74 :Pool.GrantDrawn;

    outcomeReported @75 :Outcome.OutcomeReported;
    actionOwned @76 :Outcome.ActionOwned;
    actionDone @77 :Outcome.ActionDone;
  }
}
