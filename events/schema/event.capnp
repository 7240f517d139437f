@0xd5f41491b0322c1e;
# A fact as its publisher states it. Canonical bytes (Cap'n Proto's canonical form, one segment, no
# segment table) are what is signed, stored and hashed. A published field keeps its ordinal and its
# meaning for ever.

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
  publisher @1 :Text $C.maxLength(10) $C.code(ods);        # ODS code
  officer @2 :Text $C.maxLength(32) $C.code(officer) $C.optional;  # who of the publisher acts; a code, never a name
  place @3 :Text $C.maxLength(40) $C.code(place) $C.optional;    # the area whose partners share money; empty in the register
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

    personLinked @19 :Person.PersonLinked;
    personDied @20 :Person.PersonDied;
    consentGiven @21 :Person.ConsentGiven;
    consentWithdrawn @22 :Person.ConsentWithdrawn;
    representativeAppointed @23 :Person.RepresentativeAppointed;
    eligibilityRequested @24 :Person.EligibilityRequested;
    eligibilityDecided @25 :Person.EligibilityDecided;
    liabilityReassigned @26 :Person.LiabilityReassigned;
    budgetRequested @27 :Person.BudgetRequested;
    requestDecided @28 :Person.RequestDecided;
    ehcPlanIssued @29 :Person.EhcPlanIssued;

    planProposed @30 :Plan.PlanProposed;
    planSignedOff @31 :Plan.PlanSignedOff;
    approvalRequested @32 :Plan.ApprovalRequested;
    approvalGiven @33 :Plan.ApprovalGiven;
    approvalRefused @34 :Plan.ApprovalRefused;
    exceptionApproved @35 :Plan.ExceptionApproved;
    reviewCompleted @36 :Plan.ReviewCompleted;

    budgetOpened @37 :Budget.BudgetOpened;
    strandAgreed @38 :Budget.StrandAgreed;
    contributionAssessed @39 :Budget.ContributionAssessed;
    budgetClosed @40 :Budget.BudgetClosed;
    upliftApproved @41 :Budget.UpliftApproved;
    upliftApplied @42 :Budget.UpliftApplied;
    allocationSet @43 :Budget.AllocationSet;
    allocationVaried @44 :Budget.AllocationVaried;

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
    contributionRefunded @62 :Payment.ContributionRefunded;
    paymentsStopped @63 :Payment.PaymentsStopped;
    spendListPublished @64 :Payment.SpendListPublished;
    spendPublished @65 :Payment.SpendPublished;
    eventReversed @66 :Payment.EventReversed;

    poolAgreementProposed @67 :Pool.PoolAgreementProposed;
    partnerSigned @68 :Pool.PartnerSigned;
    contributionCommitted @69 :Pool.ContributionCommitted;
    contributionPaid @70 :Pool.ContributionPaid;
    schemeAdded @71 :Pool.SchemeAdded;
    poolSpent @72 :Pool.PoolSpent;
    riskShareApplied @73 :Pool.RiskShareApplied;
    riskShareSettled @74 :Pool.RiskShareSettled;
    grantAwarded @75 :Pool.GrantAwarded;
    grantDrawn @76 :Pool.GrantDrawn;

    outcomeReported @77 :Outcome.OutcomeReported;
    actionOwned @78 :Outcome.ActionOwned;
    actionDone @79 :Outcome.ActionDone;

    legalBasisRecorded @80 :Person.LegalBasisRecorded;
    identityOpened @81 :Person.IdentityOpened;
    identityErased @82 :Person.IdentityErased;
    ownKeyLimitSet @83 :Register.OwnKeyLimitSet;
  }
}
