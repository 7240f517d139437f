@0xe19a227545eb55c6;
# 5 Commitment and purchase.

using Cxx = import "/capnp/c++.capnp";
using C = import "common.capnp";
$Cxx.namespace("braid::schema");

using Plan = import "plan.capnp";

enum SupplierSize {
  unknown @0;
  micro @1;
  small @2;
  medium @3;
  large @4;
}

struct SupplierRegistered {
  supplier @0 :C.Uuid;
  name @1 :C.Sealed;
  size @2 :SupplierSize;
  userLed @3 :Bool;
  voluntary @4 :Bool;
}

struct OrderPlaced {
  order @0 :C.Uuid;
  budget @1 :C.Uuid;
  supplier @2 :C.Uuid;
  category @3 :C.Category;
  line @4 :UInt16;                       # of the plan
  amounts @5 :List(C.StrandAmount) $C.maxLength(20);
  from @6 :Int32 $C.date;
  to @7 :Int32 $C.date;
  schoolPlace @8 :Bool;                  # a place at a school or post-16 institution
}

struct OrderEnded {
  order @0 :C.Uuid;
  on @1 :Int32 $C.date;
}

struct ServiceDelivered {
  order @0 :C.Uuid;
  from @1 :Int32 $C.date;
  to @2 :Int32 $C.date;
  pence @3 :Int64 $C.pence;              # value at the ordered rate
  unpaidMinutes @4 :UInt32;              # of carers and volunteers: a memo, never money
}

struct HiddenCost {
  category @0 :C.Category;               # onCosts to replacementCover
  cost @1 :Plan.CostPlace;
  funder @2 :Text $C.maxLength(10) $C.code(ods) $C.optional;
  yearly @3 :Int64 $C.pence;
}

struct PersonalAssistantEngaged {
  engagement @0 :C.Uuid;
  budget @1 :C.Uuid;
  assistant @2 :C.PersonToken;
  weeklyMinutes @3 :UInt32;
  hourly @4 :Int64 $C.pence;
  sameHousehold @5 :Bool;
  hiddenCosts @6 :List(HiddenCost) $C.maxLength(10);
}
