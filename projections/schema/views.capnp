@0xfbbf899da62e55db;
# The views: what each table of the read side holds. Values in LMDB are these structs' canonical
# bytes, keys their marked fields; a reader in any language uses them in place. A column, once
# published, keeps its ordinal and meaning.

using Cxx = import "/capnp/c++.capnp";
using Parts = import "parts.capnp";
using C = import "/events/schema/common.capnp";
using Register = import "/events/schema/register.capnp";
using Person = import "/events/schema/person.capnp";
using Plan = import "/events/schema/plan.capnp";
using Payment = import "/events/schema/payment.capnp";
using Pool = import "/events/schema/pool.capnp";
using Entry = import "/events/schema/entry.capnp";
$Cxx.namespace("braid::projections::stored");
$C.rows("braid::projections");

struct HealthRow $C.table("health") $C.meaning("Health strands of budgets: personal health budgets, continuing care, after-care") {
  budget @0 :C.Uuid $C.key(0);
  organisation @1 :Text $C.key(1) $C.maxLength(10) $C.meaning("the body that agreed the strand, as it was then");
  fund @2 :Text $C.key(2) $C.maxLength(15);
  person @3 :C.PersonToken;
  plan @4 :C.Uuid;
  place @5 :Text;
  scheme @6 :C.Scheme;
  method @7 :C.Method;
  ratePence @8 :Int64 $C.pence;
  ratePeriod @9 :C.Period;
  progress @10 :Parts.Progress;
  leadPayer @11 :Text;
  requested @12 :Int32 = -2147483648 $C.date;
  decided @13 :Int32 = -2147483648 $C.date;
  live @14 :Int32 = -2147483648 $C.date;
  decisionDays @15 :Int32 = -1;
  planOutcomes @16 :UInt16 $C.meaning("outcomes that the plan names");
  outcomesReported @17 :UInt16;
  reviewDue @18 :Int32 = -2147483648 $C.date;
  flags @19 :UInt32;
  closed @20 :Int32 = -2147483648 $C.date;
  lastSequence @21 :UInt64;
}

struct SocialCareRow $C.table("social_care") $C.meaning("Social-care strands of budgets, with the Care Act s.26 triple") {
  budget @0 :C.Uuid $C.key(0);
  organisation @1 :Text $C.key(1) $C.maxLength(10);
  fund @2 :Text $C.key(2) $C.maxLength(15);
  person @3 :C.PersonToken;
  plan @4 :C.Uuid;
  place @5 :Text;
  scheme @6 :C.Scheme;
  method @7 :C.Method;
  ratePence @8 :Int64 $C.pence;
  ratePeriod @9 :C.Period;
  progress @10 :Parts.Progress;
  cost @11 :Int64 $C.pence $C.meaning("s.26: cost = adult + council");
  adultPays @12 :Int64 $C.pence;
  councilPays @13 :Int64 $C.pence;
  contributionWeekly @14 :Int64 $C.pence;
  contributionReceived @15 :Int64 $C.pence;
  carer @16 :Bool;
  unpaidMinutes @17 :UInt64;
  reviewDue @18 :Int32 = -2147483648 $C.date;
  flags @19 :UInt32;
  live @20 :Int32 = -2147483648 $C.date;
  closed @21 :Int32 = -2147483648 $C.date;
  lastSequence @22 :UInt64;
}

struct EducationRow $C.table("education") $C.meaning("Education strands: the high-needs block and schools' delegated budgets") {
  budget @0 :C.Uuid $C.key(0);
  organisation @1 :Text $C.key(1) $C.maxLength(10);
  fund @2 :Text $C.key(2) $C.maxLength(15);
  person @3 :C.PersonToken;
  plan @4 :C.Uuid;
  place @5 :Text;
  scheme @6 :C.Scheme;
  method @7 :C.Method;
  ratePence @8 :Int64 $C.pence;
  ratePeriod @9 :C.Period;
  progress @10 :Parts.Progress;
  ehcPlanIssued @11 :Bool;
  sectionJ @12 :Bool;
  provision @13 :C.Category $C.meaning("category of the first plan line of this strand");
  annualReviewDue @14 :Int32 = -2147483648 $C.date;
  flags @15 :UInt32;
  live @16 :Int32 = -2147483648 $C.date;
  closed @17 :Int32 = -2147483648 $C.date;
  lastSequence @18 :UInt64;
}

struct JointBudgetRow $C.table("joint_budget") $C.meaning("One row a person and budget: every strand beside every other") {
  person @0 :C.PersonToken $C.key(0);
  budget @1 :C.Uuid $C.key(1);
  plan @2 :C.Uuid;
  place @3 :Text;
  scheme @4 :C.Scheme;
  leadPayer @5 :Text;
  from @6 :Int32 $C.date;
  to @7 :Int32 $C.date;
  signedOff @8 :Bool;
  live @9 :Bool;
  stopped @10 :Bool;
  closed @11 :Bool;
  cost @12 :Int64 $C.pence $C.meaning("what the plan's lines in the budget cost");
  strands @13 :List(Parts.JointStrand);
  lines @14 :List(Parts.JointLine);
  outcomes @15 :List(Parts.JointOutcome);
  assistants @16 :List(Parts.JointAssistant);
  contributionReceived @17 :Int64 $C.pence;
  flags @18 :UInt32;
  lastSequence @19 :UInt64;
}

struct PackagePlanRow $C.table("package_plans") $C.meaning("Plans, as the budget views need them") {
  plan @0 :C.Uuid $C.key(0);
  person @1 :C.PersonToken;
  signedOff @2 :Bool;
  lines @3 :List(Parts.JointLine);
  outcomes @4 :List(Parts.JointOutcome);
  approvals @5 :List(StrandApproval);
  ehcPlanIssued @6 :Bool;
  sectionJ @7 :Bool;
  budget @8 :C.Uuid;                   # opened on it, if any
}
struct StrandApproval {
  strand @0 :C.Strand;
  officer @1 :Text;
}
struct PackageBudgetRow $C.table("package_budgets") $C.meaning("Whose a budget is, and its strands") {
  budget @0 :C.Uuid $C.key(0);
  person @1 :C.PersonToken;
  plan @2 :C.Uuid;
  scheme @3 :C.Scheme;
  strands @4 :List(C.Strand);
}
struct PackageOrderRow $C.table("package_orders") $C.meaning("Which budget an order draws on, by strand") {
  order @0 :C.Uuid $C.key(0);
  budget @1 :C.Uuid;
  amounts @2 :List(C.StrandAmount);
}
struct PackageRequestRow $C.table("package_requests") $C.meaning("When a person asked, and was answered, under a scheme") {
  person @0 :C.PersonToken $C.key(0);
  scheme @1 :C.Scheme $C.key(1);
  requested @2 :Int32 = -2147483648 $C.date;
  decided @3 :Int32 = -2147483648 $C.date;
}

struct PackageContributionRow $C.table("package_contributions") $C.meaning("What a person paid towards social care, event by event") {
  event @0 :C.Uuid $C.key(0);
  budget @1 :C.Uuid;
  towards @2 :C.Strand;
  pence @3 :Int64 $C.pence;            # given back: negative
}

struct PoolSpendRow $C.table("pool_spending") $C.meaning("What was spent from a pool, event by event") {
  event @0 :C.Uuid $C.key(0);
  pool @1 :C.Uuid;
  scheme @2 :C.Uuid;
  pence @3 :Int64 $C.pence;
}

struct DeadlineBudgetRow $C.table("deadline_budgets") $C.meaning("Whose a budget is, for its deadlines") {
  budget @0 :C.Uuid $C.key(0);
  person @1 :C.PersonToken;
}

struct PoolRow $C.table("pools") $C.meaning("Pooled funds: what each partner promised and paid, what was spent, what is left") {
  pool @0 :C.Uuid $C.key(0);
  name @1 :Text;
  place @2 :Text;
  host @3 :Text;
  manager @4 :Text;
  riskShare @5 :Pool.RiskShare;
  from @6 :Int32 $C.date;
  to @7 :Int32 $C.date;
  inForce @8 :Int32 = -2147483648 $C.date;
  partners @9 :List(Parts.PoolPartner);
  schemes @10 :List(Parts.PoolScheme);
  balance @11 :Int64 $C.pence;
  flags @12 :UInt32;
  lastSequence @13 :UInt64;
}

struct ApprovalRow $C.table("approvals") $C.meaning("Decisions: who asked, who approved which strand, when") {
  subject @0 :C.Uuid $C.key(0);
  sequence @1 :UInt64 $C.key(1);
  kind @2 :Plan.SubjectKind;
  outcome @3 :Text $C.meaning("requested, given, refused");
  organisation @4 :Text;
  officer @5 :Text;
  pence @6 :Int64 $C.pence;
  strands @7 :List(C.StrandAmount);
  interestsDeclared @8 :Bool;
  effective @9 :Int32 $C.date;
  recordedAt @10 :Int64 $C.instant;
}

struct AllocationRow $C.table("allocation") $C.meaning("A fund's year: allocated, agreed to budgets and pools, spent") {
  fund @0 :Text $C.key(0) $C.maxLength(15);
  year @1 :UInt16 $C.key(1);
  organisation @2 :Text $C.key(2) $C.maxLength(10);
  sector @3 :C.Sector;
  allocation @4 :Int64 $C.pence;
  allocated @5 :Int64 $C.pence $C.meaning("agreed to budgets and grants, not yet ordered");
  committed @6 :Int64 $C.pence;
  held @7 :Int64 $C.pence;
  pooled @8 :Int64 $C.pence;
  due @9 :Int64 $C.pence;
  spent @10 :Int64 $C.pence;
  recovered @11 :Int64 $C.pence;
  exceeded @12 :UInt32 $C.meaning("times that allocation_exceeded was flagged");
  lastSequence @13 :UInt64;
}

struct DeadlineRow $C.table("deadlines") $C.meaning("What the law says must happen by a day") {
  rule @0 :Text $C.key(0) $C.maxLength(8);
  subject @1 :C.Uuid $C.key(1);
  person @2 :C.PersonToken;
  organisation @3 :Text $C.meaning("who must act");
  place @4 :Text;
  since @5 :Int32 $C.date;
  due @6 :Int32 $C.date;
  done @7 :Int32 = -2147483648 $C.date;
  lastSequence @8 :UInt64;
}

struct TrialBalanceRow $C.table("trial_balance") $C.meaning("The sum of postings by strand and account; each strand sums to zero") {
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  sector @1 :C.Sector $C.key(1);
  fund @2 :Text $C.key(2) $C.maxLength(15);
  account @3 :Entry.Account $C.key(3);
  pence @4 :Int64 $C.pence;
  postings @5 :UInt64;
  lastSequence @6 :UInt64;
}

struct PublishedSpendRow $C.table("published_spend") $C.meaning("Published spending, line by line; of a period the latest list counts") {
  run @0 :C.Uuid $C.key(0);
  row @1 :UInt32 $C.key(1);
  organisation @2 :Text;
  date @3 :Int32 = -2147483648 $C.date;
  reference @4 :Text;
  expenseType @5 :Text;
  expenseArea @6 :Text;
  supplier @7 :C.Digest;
  supplierName @8 :C.Sealed;
  redacted @9 :Bool;
  direction @10 :Payment.Direction;
  pence @11 :Int64 $C.pence;
  sequence @12 :UInt64;
}

struct SpendListRow $C.table("spend_lists") $C.meaning("Published lists (runs): complete or not, current or replaced") {
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  from @1 :Int32 $C.key(1) $C.date;
  to @2 :Int32 $C.key(2) $C.date;
  run @3 :C.Uuid $C.key(3);
  layout @4 :Text;
  rows @5 :UInt32 $C.meaning("that the list says it has");
  paid @6 :Int64 $C.pence;
  credited @7 :Int64 $C.pence;
  rowsSeen @8 :UInt32;
  paidSeen @9 :Int64 $C.pence;
  creditedSeen @10 :Int64 $C.pence;
  replacedBy @11 :C.Uuid;
  fileHash @12 :C.Digest;
  lastSequence @13 :UInt64;
}

struct SpendListKeyRow $C.table("spend_list_keys") $C.meaning("Which list a run is: how its lines find it") {
  run @0 :C.Uuid $C.key(0);
  organisation @1 :Text;
  from @2 :Int32 $C.date;
  to @3 :Int32 $C.date;
}

struct RunRow $C.table("runs") $C.meaning("Runs: whether count and total of the members agree with what the run said") {
  run @0 :C.Uuid $C.key(0);
  kind @1 :Text;
  organisation @2 :Text;
  count @3 :UInt32;
  total @4 :Int64 $C.pence;
  seen @5 :UInt32;
  seenTotal @6 :Int64 $C.pence;
  complete @7 :Bool $C.meaning("count, total and Merkle root of the members are what the run said");
  root @8 :C.Digest;
  peaks @9 :List(C.Digest) $C.meaning("of the tree over the members seen so far");
  lastSequence @10 :UInt64;
}

struct ControlExceptionRow $C.table("control_exceptions") $C.meaning("What was refused, and what was recorded although it breaks a rule") {
  sequence @0 :UInt64 $C.key(0);
  finding @1 :UInt16 $C.key(1);
  outcome @2 :Text $C.meaning("refused, or flagged");
  rule @3 :Text;
  field @4 :Text;
  sentence @5 :Text;
  event @6 :C.Uuid;
  kind @7 :Text;
  publisher @8 :Text;
  officer @9 :Text;
  place @10 :Text;
  subject @11 :C.Uuid $C.meaning("the budget, plan, pool or run that it concerns");
  effective @12 :Int32 $C.date;
  recordedAt @13 :Int64 $C.instant;
}

struct ReceiptRow $C.table("receipts") $C.meaning("What every event was told") {
  event @0 :C.Uuid $C.key(0);
  sequence @1 :UInt64 $C.meaning("of the accepted entry, or of the last refusal");
  outcome @2 :Outcome;
  rule @3 :Text $C.meaning("why refused");
  field @4 :Text;
  flags @5 :UInt16;
  repeats @6 :UInt32 $C.meaning("times the same event came again");

  enum Outcome {
    accepted @0;
    refused @1;
  }
}

struct OrganisationRow $C.table("organisations") $C.meaning("The register's organisations and who succeeded whom") {
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  name @1 :Text;
  kind @2 :Register.OrganisationKind;
  gss @3 :Text;
  from @4 :Int32 $C.date;
  abolished @5 :Int32 = -2147483648 $C.date;
  successors @6 :List(Text);
  officers @7 :UInt32;
  keys @8 :UInt32;
  lastSequence @9 :UInt64;
}

struct SubjectRow $C.table("subjects") $C.meaning("Budgets, plans, pools, grants, orders and recharges: how many entries concern each, and the last of them") {
  subject @0 :C.Uuid $C.key(0);
  entries @1 :UInt64 $C.meaning("accepted entries that name it or post to it");
  first @2 :UInt64 $C.meaning("sequence of the first");
  last @3 :UInt64 $C.meaning("sequence of the last; subject_links leads from there to all others");
}
struct SubjectLinkRow $C.table("subject_links") $C.meaning("Which entries concern a subject: from each to the one before it") {
  sequence @0 :UInt64 $C.key(0);
  subject @1 :C.Uuid $C.key(1);
  previous @2 :UInt64 $C.meaning("the entry before it about the same subject; itself where it is the first");
}
struct PersonSubjectRow $C.table("persons") $C.meaning("People: how many entries name each token, and the last of them") {
  person @0 :C.PersonToken $C.key(0);
  entries @1 :UInt64;
  first @2 :UInt64;
  last @3 :UInt64 $C.meaning("person_links leads from there to all others");
}
struct PersonLinkRow $C.table("person_links") $C.meaning("Which entries name a person: from each to the one before it") {
  sequence @0 :UInt64 $C.key(0);
  person @1 :C.PersonToken $C.key(1);
  previous @2 :UInt64 $C.meaning("the entry before it about the same person; itself where it is the first");
}

struct IdentityRow $C.table("identities") $C.meaning("People who are linked, looked at or erased: whether they can still be known") {
  person @0 :C.PersonToken $C.key(0);
  linkedBy @1 :Text $C.meaning("the body that linked the token to a sealed identity");
  linked @2 :Int32 = -2147483648 $C.date;
  openings @3 :UInt32 $C.meaning("times that what is sealed about the person was opened: see openings");
  erased @4 :Int32 = -2147483648 $C.date $C.meaning("from this day on nobody can read what was sealed about the person");
  lastSequence @5 :UInt64;
}
struct OpeningRow $C.table("openings") $C.meaning("Who looked: each opening of what is sealed about a person") {
  person @0 :C.PersonToken $C.key(0);
  sequence @1 :UInt64 $C.key(1);
  organisation @2 :Text;
  officer @3 :Text;
  purpose @4 :Person.OpeningPurpose;
  event @5 :C.Uuid $C.meaning("whose texts alone were opened; nil: all about the person");
  place @6 :Text;
  recordedAt @7 :Int64 $C.instant;
}
struct LegalBasisRow $C.table("legal_bases") $C.meaning("Why a body may know a person: the last basis that it recorded") {
  person @0 :C.PersonToken $C.key(0);
  organisation @1 :Text $C.key(1) $C.maxLength(10);
  basis @2 :Person.LegalBasis;
  condition @3 :Person.SpecialCondition;
  authority @4 :Text $C.meaning("the law that it rests on");
  from @5 :Int32 $C.date;
  until @6 :Int32 = -2147483648 $C.date $C.meaning("the last day; none: open");
  lastSequence @7 :UInt64;
}
struct ErasureRow $C.table("erasures") $C.meaning("Identities that were erased: by whom, why, and who asked") {
  sequence @0 :UInt64 $C.key(0);
  person @1 :C.PersonToken;
  organisation @2 :Text;
  officer @3 :Text;
  ground @4 :Person.ErasureGround;
  by @5 :Person.By;
  place @6 :Text;
  effective @7 :Int32 $C.date;
  recordedAt @8 :Int64 $C.instant;
}
