@0xa2bf7d1666f46eb8;
# 4 Budget.

using Cxx = import "/capnp/c++.capnp";
using C = import "common.capnp";
using Register = import "register.capnp";
$Cxx.namespace("braid::schema");

struct BudgetLine {
  line @0 :UInt16;                       # of the plan
  method @1 :C.Method;
}

struct BudgetOpened {
  budget @0 :C.Uuid;
  person @1 :C.PersonToken;
  plan @2 :C.Uuid;
  scheme @3 :C.Scheme;
  leadPayer @4 :Text $C.maxLength(10) $C.code(ods);
  lines @5 :List(BudgetLine) $C.maxLength(100);
  from @6 :Int32 $C.date;
  to @7 :Int32 $C.date;
}

struct StrandAgreed {
  # A funder agrees its strand of a budget. The budget is live when every strand of its plan is agreed.
  budget @0 :C.Uuid;
  strand @1 :C.Strand;
  rate @2 :C.Rate;
  pence @3 :Int64 $C.pence;              # the strand's whole cost for the budget's time
  adultPays @4 :Int64 $C.pence;          # the s.26 triple: cost = adult + body
  bodyPays @5 :Int64 $C.pence;
  chargeable @6 :Bool;
  years @7 :List(YearAmount) $C.maxLength(20);  # bodyPays by financial year, in order: whose allocation bears it
}

struct ContributionShare {
  strand @0 :C.Strand;                   # whose care the contribution pays towards
  weekly @1 :Int64 $C.pence;
}

struct ContributionAssessed {
  budget @0 :C.Uuid;
  shares @1 :List(ContributionShare) $C.maxLength(20);
  from @2 :Int32 $C.date;
  provisional @3 :Bool;
}

struct YearAmount {
  year @0 :UInt16;                       # financial year by its first calendar year
  pence @1 :Int64 $C.pence;
}

enum ClosingReason {
  ended @0;
  died @1;
  moved @2;
  notEligible @3;
  choice @4;
  misuse @5;
}

struct BudgetClosed {
  budget @0 :C.Uuid;
  on @1 :Int32 $C.date;
  reason @2 :ClosingReason;
}

struct UpliftApproved {
  # A run: `count` events UpliftApplied that name it, together `total` pence, with this root over their bytes.
  run @0 :C.Uuid;
  proposedBy @1 :Text $C.maxLength(32) $C.code(officer);  # officer of the publisher; another than the event's
  scheme @2 :C.Scheme;
  partsPerMillion @3 :UInt32;
  count @4 :UInt32;
  total @5 :Int64 $C.pence;
  root @6 :C.Digest;
}

struct UpliftApplied {
  run @0 :C.Uuid;
  budget @1 :C.Uuid;
  strand @2 :C.Strand;
  year @3 :UInt16;
  pence @4 :Int64 $C.pence;
}

struct AllocationSet {
  # A fund's money for one place and year: what everything there is measured against. Set once, then varied.
  strand @0 :C.Strand;
  year @1 :UInt16;                         # 2025: 1 April 2025 to 31 March 2026
  pence @2 :Int64 $C.pence;
}

struct AllocationVaried {
  strand @0 :C.Strand;
  year @1 :UInt16;
  change @2 :Register.Change;
  pence @3 :Int64 $C.pence;
}
