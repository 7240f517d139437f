@0x91ff6f74ef1798a5;
# One field of every kind that events have, for the tests of the JSON adapter.

using Cxx = import "/capnp/c++.capnp";
using C = import "/events/schema/common.capnp";
$Cxx.namespace("braid::json::test::schema");

struct Inner {
  # Every field of it must be said.
  name @0 :Text $C.maxLength(10);
  sector @1 :C.Sector;
  small @2 :UInt16;
}

struct Sample {
  id @0 :C.Uuid;
  hash @1 :C.Digest;
  person @2 :C.PersonToken;
  words @3 :Text;
  yes @4 :Bool;
  tiny @5 :Int8;
  small @6 :UInt16;
  medium @7 :Int32;
  count @8 :UInt32;
  large @9 :Int64;
  huge @10 :UInt64;
  amount @11 :Int64 $C.pence;
  on @12 :Int32 $C.date;
  until @13 :Int32 = -2147483648 $C.date $C.optional;
  month @14 :Int32 $C.month;
  at @15 :Int64 $C.instant;
  sector @16 :C.Sector;
  key @17 :Data $C.maxLength(32);
  inner @18 :Inner;
  inners @19 :List(Inner) $C.maxLength(3);
  tags @20 :List(Text);
  numbers @21 :List(Int64);
  grid @22 :List(List(UInt16));
  blobs @23 :List(Data);
  note @24 :Text $C.optional;
  reason @25 :C.Sealed $C.optional;
  deeper @26 :Sample $C.optional;
  maybe @27 :C.Uuid $C.optional;
  turns @36 :Int32 = -2147483648 $C.month $C.optional;
  union {
    neither @28 :Void;
    invoice @29 :C.Uuid;
    account @30 :Text;
  }
  body :union {
    opened @31 :Inner;
    paid :group {
      pence @32 :Int64 $C.pence;
      payee @33 :Text;
    }
    many @34 :List(Inner);
    closed @35 :Void;
  }
}
