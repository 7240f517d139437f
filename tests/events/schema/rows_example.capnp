@0xb2f1c2a59f0d6e11;
# Rows of every kind that the generator knows, for tests/events/rows_test.cpp.

using Cxx = import "/capnp/c++.capnp";
using C = import "/events/schema/common.capnp";
$Cxx.namespace("braid::test::schema");
$C.rows("braid::test");

enum Colour $C.meaning("What it looks like") {
  none @0;
  red @1 $C.meaning("like a post box");
  deepBlue @2;
}

struct Part {
  label @0 :Text;
  weight @1 :Int32;
  strand @2 :C.Strand;
  until @3 :Int32 = -1;
  key @4 :Bool;
}

struct Everything $C.table("everything") $C.meaning("One row of every kind of field") {
  # The key's fields lie apart and out of order on purpose.
  note @0 :Text $C.meaning("what was said");
  flag @1 :Bool;
  name @2 :Text $C.key(1) $C.maxLength(20);
  tiny @3 :Int8;
  tinyUnsigned @4 :UInt8;
  small @5 :Int16 $C.key(2);
  smallUnsigned @6 :UInt16;
  due @7 :Int32 $C.date;
  month @8 :Int32 $C.month;
  count @9 :UInt32 $C.key(4);
  balance @10 :Int64 $C.pence $C.key(3);
  big @11 :UInt64;
  colour @12 :Colour $C.key(5);
  id @13 :C.Uuid $C.key(0);
  hash @14 :C.Digest;
  person @15 :C.PersonToken;
  recordedAt @16 :Int64 $C.instant;
  part @17 :Part;
  blob @18 :Data;
  flags @19 :List(Bool);
  bytes @20 :List(UInt8);
  shorts @21 :List(Int16);
  amounts @22 :List(Int64);
  colours @23 :List(Colour);
  names @24 :List(Text);
  blobs @25 :List(Data);
  parts @26 :List(Part);
  ids @27 :List(C.Uuid);
  class @28 :Bool $C.key(6);
  strand @29 :C.Strand;
  sealed @30 :C.Sealed;
  closed @31 :Int32 = -2147483648 $C.date;
  least @32 :Int64 = -9223372036854775808;
  three @33 :UInt8 = 3;
  usually @34 :Bool = true;
  mood @35 :Mood = good;

  enum Mood {
    bad @0;
    good @1;
  }
}

struct EveryKey $C.table("every_key") {
  # Each kind of key field.
  truth @0 :Bool $C.key(0);
  a @1 :Int8 $C.key(1);
  b @2 :UInt8 $C.key(2);
  c @3 :Int32 $C.key(3);
  d @4 :UInt64 $C.key(4);
  e @5 :Text $C.key(5) $C.maxLength(40);
  f @6 :Colour $C.key(6);
  g @7 :C.Uuid $C.key(7);
  h @8 :C.Digest $C.key(8);
  i @9 :C.PersonToken $C.key(9);
  j @10 :Int64 $C.key(10);
  k @11 :Int16 $C.key(11);
  value @12 :Int64;
}

struct Payment $C.table("payments") $C.meaning("A row of the usual size: fifteen columns") {
  id @0 :C.Uuid $C.key(0);
  budget @1 :C.Uuid;
  person @2 :C.PersonToken;
  payer @3 :Text;
  payee @4 :Text;
  reference @5 :Text;
  fund @6 :Text;
  sector @7 :C.Sector;
  category @8 :C.Category;
  method @9 :C.Method;
  year @10 :UInt16;
  paidOn @11 :Int32 $C.date;
  pence @12 :Int64 $C.pence;
  refunded @13 :Int64 $C.pence;
  recordedAt @14 :Int64 $C.instant;
}

struct Counter $C.table("counters") {
  # The smallest row: its key may be zero, and then the whole row is.
  number @0 :UInt32 $C.key(0);
  total @1 :Int64;
}

struct Choice {
  # Left out by the generator: a value type has no unions.
  union {
    left @0 :Int32;
    right @1 :Text;
  }
}

struct Chosen {
  # Left out too, being made of one that is.
  choice @0 :Choice;
}
