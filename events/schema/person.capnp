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

enum LegalBasis $C.meaning("Why a body may use what is known of a person: UK GDPR art. 6(1)") {
  consent @0;              # (a)
  contract @1;             # (b)
  legalObligation @2;      # (c)
  vitalInterests @3;       # (d)
  publicTask @4;           # (e)
  legitimateInterests @5;  # (f): never of a public authority in its tasks
  recognisedInterests @6;  # (ea), since the Data (Use and Access) Act 2025
}

enum SpecialCondition $C.meaning("Why it may use what concerns their health and care: UK GDPR art. 9(2)") {
  none @0;
  explicitConsent @1;                # (a)
  employmentOrSocialProtection @2;   # (b); Data Protection Act 2018 Sch.1 para.1
  vitalInterests @3;                 # (c)
  legalClaims @4;                    # (f)
  substantialPublicInterest @5;      # (g); Sch.1 Part 2
  healthOrSocialCare @6;             # (h); Sch.1 para.2
  publicHealth @7;                   # (i); Sch.1 para.3
}

enum OpeningPurpose $C.meaning("What a sealed text is opened for") {
  care @0;
  payment @1;
  review @2;
  safeguarding @3;
  audit @4;
  subjectAccess @5;        # the person asked to see it: UK GDPR art. 15
}

enum ErasureGround $C.meaning("Why an identity is erased: UK GDPR art. 17(1), or the end of its keeping") {
  noLongerNecessary @0;    # (a)
  consentWithdrawn @1;     # (b)
  objection @2;            # (c)
  unlawful @3;             # (d)
  legalObligation @4;      # (e)
  retentionEnded @5;       # art. 5(1)(e)
  unfoundedAllegation @6;  # (g)
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

struct LegalBasisRecorded {
  # Why the publisher may use what is known of this person. The law it rests on stands in the event's
  # `authority`. What the same body records later stands in its place; it ends with its last day.
  person @0 :C.PersonToken;
  basis @1 :LegalBasis;
  condition @2 :SpecialCondition;
  from @3 :Int32 $C.date;
  until @4 :Int32 = -2147483648 $C.date $C.optional;
}

struct IdentityOpened {
  # The access record: an officer of the publisher is about to read what is sealed about this person.
  # In the history before the text is shown.
  person @0 :C.PersonToken;
  purpose @1 :OpeningPurpose;
  event @2 :C.Uuid $C.optional;    # whose texts alone are opened; else all about the person
}

struct IdentityErased {
  # The person's key is destroyed when this is accepted, and whatever it sealed is lost for good.
  person @0 :C.PersonToken;
  ground @1 :ErasureGround;
  by @2 :By;                       # who asked for it
}
