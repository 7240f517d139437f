@0x9d04e4096dcd4f13;
# 2 Person, consent, eligibility.

using Cxx = import "/capnp/c++.capnp";
using C = import "common.capnp";
$Cxx.namespace("braid::schema");

enum By $C.meaning("Who speaks") {
  self @0;
  representative @1;
  payer @2;
  carer @3;
}

enum ConsentPurpose {
  directPayment @0;
  sharing @1;
  planning @2;
}

enum RepresentativeKind {
  attorney @0;
  deputy @1;
  parent @2;
  nominee @3;
  advocate @4;
}

enum EligibilityOutcome {
  eligible @0;
  notEligible @1;
  jointlyFunded @2;
}

enum LiabilityGround {
  lateEligibility @0;
  dispute @1;
  moved @2;
}

enum RequestOutcome {
  granted @0;
  notAppropriate @1;
}

struct PersonLinked {
  person @0 :C.PersonToken;
  identity @1 :C.Sealed;
  turns18 @2 :Int32 = -2147483648 $C.month $C.optional;
  turns25 @3 :Int32 = -2147483648 $C.month $C.optional;
  turns16 @4 :Int32 = -2147483648 $C.month $C.optional;
}

struct PersonDied {
  person @0 :C.PersonToken;
  on @1 :Int32 $C.date;
}

struct ConsentGiven {
  person @0 :C.PersonToken;
  purpose @1 :ConsentPurpose;
  by @2 :By;
  capacity @3 :Bool;
}

struct ConsentWithdrawn {
  person @0 :C.PersonToken;
  purpose @1 :ConsentPurpose;
  by @2 :By;
}

struct RepresentativeAppointed {
  person @0 :C.PersonToken;
  representative @1 :C.PersonToken;
  kind @2 :RepresentativeKind;
}

struct EligibilityRequested {
  request @0 :C.Uuid;
  person @1 :C.PersonToken;
  scheme @2 :C.Scheme;
  on @3 :Int32 $C.date;
}

struct EligibilityDecided {
  request @0 :C.Uuid;
  person @1 :C.PersonToken;
  scheme @2 :C.Scheme;
  outcome @3 :EligibilityOutcome;
  from @4 :Int32 $C.date;
  delegatedTo @5 :Text $C.maxLength(10) $C.code(ods) $C.optional;  # ODS code, where somebody else than the publisher decided
}

struct LiabilityReassigned {
  # Who should have paid for this person in this time turns out to be another body.
  person @0 :C.PersonToken;
  from @1 :Text $C.maxLength(10) $C.code(ods);
  to @2 :Text $C.maxLength(10) $C.code(ods);
  since @3 :Int32 $C.date;
  until @4 :Int32 $C.date;
  ground @5 :LiabilityGround;
}

struct BudgetRequested {
  request @0 :C.Uuid;
  person @1 :C.PersonToken;
  scheme @2 :C.Scheme;
  on @3 :Int32 $C.date;
}

struct RequestDecided {
  request @0 :C.Uuid;
  person @1 :C.PersonToken;
  outcome @2 :RequestOutcome;
  reasons @3 :C.Sealed $C.optional;
}

struct EhcPlanIssued {
  plan @0 :C.Uuid;
  person @1 :C.PersonToken;
  request @2 :C.Uuid;              # of EligibilityRequested
  sectionJ @3 :Bool;               # the plan's Section J states the personal budget
}
