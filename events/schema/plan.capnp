@0xc3da168da8ffb4c8;
# 3 Plan and approval.

using Cxx = import "/capnp/c++.capnp";
using C = import "common.capnp";
$Cxx.namespace("braid::schema");

using Person = import "person.capnp";

enum CostPlace $C.meaning("Whether a cost is met from the budget or by somebody else beside it") {
  inBudget @0;
  separately @1;
}

enum SubjectKind {
  plan @0;
  budget @1;
  pool @2;
  scheme @3;
  uplift @4;
  payRun @5;
  order @6;
  payment @7;
}

struct Outcome {
  number @0 :UInt16;
  wellbeing @1 :Text $C.maxLength(1);    # the letter of Care Act 2014 s.1(2): "a" to "i"
  words @2 :C.Sealed;
}

struct PlanLine {
  number @0 :UInt16;
  outcome @1 :UInt16;
  category @2 :C.Category;
  strand @3 :C.Strand;
  rate @4 :C.Rate;
  pence @5 :Int64 $C.pence;              # for the whole of the plan's time
  cost @6 :CostPlace;
  funder @7 :Text $C.maxLength(10) $C.code(ods) $C.optional;  # who meets a cost that is separate
}

struct PlanProposed {
  plan @0 :C.Uuid;
  person @1 :C.PersonToken;
  needs @2 :C.Sealed;
  outcomes @3 :List(Outcome) $C.maxLength(50);
  lines @4 :List(PlanLine) $C.maxLength(100);
  from @5 :Int32 $C.date;
  to @6 :Int32 $C.date;
  risksAgreed @7 :Bool;
  replaces @8 :C.Uuid $C.optional;
}

struct PlanSignedOff {
  plan @0 :C.Uuid;
  by @1 :Person.By;
  evidence @2 :C.Digest;                 # of the signed document or recording
}

struct ApprovalRequested {
  subject @0 :C.Uuid;
  kind @1 :SubjectKind;
  amounts @2 :List(C.StrandAmount) $C.maxLength(50);
}

struct ApprovalGiven {
  # One funder's approval of its own strands. The decision record of SI 2012/2089 and SI 2014/2095.
  subject @0 :C.Uuid;
  kind @1 :SubjectKind;
  amounts @2 :List(C.StrandAmount) $C.maxLength(50);
  reasons @3 :C.Sealed $C.optional;
  alternatives @4 :C.Sealed $C.optional;
  interestsDeclared @5 :Bool;            # the officer was asked for conflicts of interest and answered
  interests @6 :C.Sealed $C.optional;
}

struct ApprovalRefused {
  subject @0 :C.Uuid;
  kind @1 :SubjectKind;
  reasons @2 :C.Sealed;
}

struct ExceptionApproved {
  # Lifts a flag of this rule about this subject until a day.
  rule @0 :Text $C.maxLength(8) $C.code(rule);
  subject @1 :C.Uuid;
  reasons @2 :C.Sealed;
  until @3 :Int32 $C.date;
}

struct ReviewCompleted {
  budget @0 :C.Uuid;
  plan @1 :C.Uuid;
  planStillRight @2 :Finding;
  moneyUsedEffectively @3 :Finding;
  amountSufficient @4 :Finding;
  obligationsMet @5 :Finding;
  on @6 :Int32 $C.date;
  nextDue @7 :Int32 $C.date;

  enum Finding {
    notFound @0;
    yes @1;
    no @2;
  }
}
