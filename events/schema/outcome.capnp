@0xa6bfc5883a7e0377;
# 8 Outcomes and people power.

using Cxx = import "/capnp/c++.capnp";
using C = import "common.capnp";
$Cxx.namespace("braid::schema");

using Person = import "person.capnp";

enum Achieved {
  notAtAll @0;
  aLittle @1;
  toSomeExtent @2;
  completely @3;
}

enum Transfer {
  money @0;
  knowledge @1;
  power @2;
  responsibility @3;
}

struct OutcomeReported {
  # What became of a plan's outcome, in the holder's words.
  plan @0 :C.Uuid;
  outcome @1 :UInt16;
  achieved @2 :Achieved;
  by @3 :Person.By;
  words @4 :C.Sealed $C.optional;
}

struct ActionOwned {
  # A promise with an owner and a day.
  action @0 :C.Uuid;
  due @1 :Int32 $C.date;
  transfers @2 :Transfer;
  pence @3 :Int64 $C.pence;
  words @4 :C.Sealed;
}

struct ActionDone {
  action @0 :C.Uuid;
  on @1 :Int32 $C.date;
}
