@0xd2c5a90be1774f38;
# What rows of the views are made of: structs that stand in several, or in lists.

using Cxx = import "/capnp/c++.capnp";
using C = import "/events/schema/common.capnp";
using Plan = import "/events/schema/plan.capnp";
$Cxx.namespace("braid::projections::stored");
$C.rows("braid::projections");

struct JointStrand {
  strand @0 :C.Strand;
  ratePence @1 :Int64 $C.pence;
  ratePeriod @2 :C.Period;
  progress @3 :Progress;
  approvedBy @4 :Text;                 # officer of the funder
  contributionWeekly @5 :Int64 $C.pence;
  adultPays @6 :Int64 $C.pence;        # of the strand's cost, by assessment
}

struct JointLine {
  number @0 :UInt16;
  outcome @1 :UInt16;
  category @2 :C.Category;
  strand @3 :C.Strand;
  pence @4 :Int64 $C.pence;
  cost @5 :Plan.CostPlace;
  funder @6 :Text;
  method @7 :C.Method;
}

struct JointOutcome {
  number @0 :UInt16;
  wellbeing @1 :Text;
  words @2 :C.Sealed;
  reported @3 :Bool;
  achieved @4 :UInt16;                 # Outcome.Achieved
  holderWords @5 :C.Sealed;
}

struct JointAssistant {
  engagement @0 :C.Uuid;
  weeklyMinutes @1 :UInt32;
  hourly @2 :Int64 $C.pence;
  hiddenInBudget @3 :Int64 $C.pence;   # a year
  hiddenSeparate @4 :Int64 $C.pence;
}

struct PoolPartner {
  strand @0 :C.Strand;
  partsPerMillion @1 :UInt32;
  signed @2 :Int32 = -2147483648 $C.date;
  committed @3 :Int64 $C.pence;
  paid @4 :Int64 $C.pence;
  spent @5 :Int64 $C.pence;
  riskShare @6 :Int64 $C.pence;        # owed to the pool (positive) or by it
}

struct PoolScheme {
  scheme @0 :C.Uuid;
  function @1 :Text;
  owner @2 :Text;
  budget @3 :Int64 $C.pence;
  spent @4 :Int64 $C.pence;
}

struct Progress {
  # What has become of one strand of one budget, in pence. Each is a sum of what the events said, signed by reversals.
  agreed @0 :Int64 $C.pence;       # by the funder, for the budget's time, uplifts included
  committed @1 :Int64 $C.pence;    # ordered and not yet paid
  delivered @2 :Int64 $C.pence;    # value of services delivered
  invoiced @3 :Int64 $C.pence;
  paid @4 :Int64 $C.pence;         # to suppliers
  credited @5 :Int64 $C.pence;     # direct payments into the holder's account
  used @6 :Int64 $C.pence;         # by the holder, from that account
  recovered @7 :Int64 $C.pence;    # came back from the holder
  recharged @8 :Int64 $C.pence;    # asked of (negative) or owed to (positive) another body, settled or not
}
