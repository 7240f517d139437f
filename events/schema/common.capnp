@0xb45dbf1eae426431;
# The words that every event, entry and row is made of.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("braid::schema");

# What a number means. The JSON codec, the tables and the reports read these marks; a plain number has none.
annotation date(field) :Void;        # Int32: days since 1970-01-01. JSON "2026-04-01". The least Int32 means "none".
annotation instant(field) :Void;     # Int64: microseconds UTC since 1970. JSON "2026-04-01T09:30:00.000000Z".
annotation pence(field) :Void;       # Int64: pence. JSON a whole number of pence. Tables show pounds.
annotation month(field) :Void;       # Int32: months since 1970-01. JSON "2026-04".
annotation optional(field) :Void;    # May be left out of JSON; every other field must be said, nothing defaults silently.
annotation maxLength(field) :UInt32; # Text, Data: bytes at most (default 256). List: members at most (default 1,000).
annotation code(field) :Code;        # Text, List(Text): written as this kind of code; the form gate looks.

enum Code $meaning("How a code is written") {
  ods @0;        # ODS code of an organisation: 3 to 10 of A-Z 0-9
  gss @1;        # GSS code of an area: E, W, S or N and 8 digits
  officer @2;    # an organisation's own code for an officer: 2 to 32 of a-z 0-9 . -
  place @3;      # 2 to 40 of a-z 0-9 -
  fund @4;       # 2 to 15 of a-z 0-9 -
  rule @5;       # R and two or three digits
  word @6;       # a name in a list somewhere: 2 to 40 of a-z 0-9 -
}

# Rows of tables (ledger/schema, projections/schema).
annotation key(field) :UInt16;       # identifies a row; in the order of these marks
annotation table(struct) :Text;      # the table that a row struct is stored in; absent for structs that are parts of rows
annotation native(struct) :Text;     # a C++ value type written by hand stands for this struct ...
annotation nativeHeader(struct) :Text; # ... and this is its header
annotation rows(file) :Text;         # the C++ namespace of the value types generated from a file's structs

# A sentence for people, about a table, a column or a word.
annotation meaning(struct, field, enumerant, enum) :Text;

$rows("braid");

struct Uuid $native("braid::Uuid") $nativeHeader("events/uuid.hpp") {
  # RFC 9562; the 16 bytes as two big-endian numbers. JSON: the usual text. All zero: none.
  high @0 :UInt64;
  low @1 :UInt64;
}

struct Digest $native("braid::Digest") $nativeHeader("events/digest.hpp") {
  # 32 bytes (SHA-256), eight a word, in memory order (little-endian words). JSON: 64 hex digits.
  a @0 :UInt64;
  b @1 :UInt64;
  c @2 :UInt64;
  d @3 :UInt64;
}

struct PersonToken $native("braid::PersonToken") $nativeHeader("events/person_token.hpp") {
  # HMAC-SHA-256 of a person's number under the linkage key, as Digest. JSON: 64 hex digits.
  a @0 :UInt64;
  b @1 :UInt64;
  c @2 :UInt64;
  d @3 :UInt64;
}

enum Sector $meaning("Whose money and duty a strand is") {
  none @0;
  health @1;
  socialCare @2;
  education @3;
  housing @4;
  voluntary @5;
  person @6;
}

struct Strand {
  # Where a penny comes from. It keeps its strand through pooling, purchase, payment, refund and recovery.
  organisation @0 :Text $maxLength(10) $code(ods); # ODS code of the funding organisation
  sector @1 :Sector;
  fund @2 :Text $maxLength(15) $code(fund);        # code that FundRegistered declares; empty for sector person
}

struct StrandAmount {
  strand @0 :Strand;
  pence @1 :Int64 $pence;
}

enum Period $meaning("What a rate is for; converted once, when reporting") {
  once @0;
  weekly @1;
  fortnightly @2;
  fourWeekly @3;     # 13 a year
  monthly @4;        # 12/52 of a week's worth, never 1/4
  quarterly @5;
  annual @6;
}

struct Rate {
  pence @0 :Int64 $pence;
  period @1 :Period;
}

struct Sealed {
  # XChaCha20-Poly1305 under the key of one person; see events/sealed.hpp. Never clear text.
  keyId @0 :Uuid;
  nonce @1 :Data $maxLength(24);
  box @2 :Data $maxLength(8192);
}

enum Category $meaning("One list for plan lines, orders and transactions") {
  other @0;
  wages @1;
  onCosts @2;
  recruitment @3;
  payroll @4;
  insurance @5;
  training @6;
  replacementCover @7;
  equipment @8;
  wheelchair @9;
  transport @10;
  respite @11;
  carerBreak @12;
  emergencyBackUp @13;
  therapy @14;
  homeCare @15;
  residential @16;
  nursing @17;
  sharedLives @18;
  activity @19;
  education @20;
  contingency @21;
  brokerage @22;
  citizenInfrastructure @23;
  commissioningOverhead @24;
}

enum Scheme $meaning("The eligibility or duty under which support is given") {
  none @0;
  chc @1;
  chcFastTrack @2;
  childrensContinuingCare @3;
  s117 @4;
  wheelchair @5;
  fundedNursingCare @6;
  jointFunded @7;
  learningDisability @8;
  mentalHealth @9;
  maternity @10;
  endOfLife @11;
  longTermCondition @12;
  careAct @13;
  carer @14;
  ehcPlan @15;
  otherHealth @16;
}

enum Method $meaning("How a budget's money is held") {
  notional @0;
  thirdParty @1;
  directPayment @2;
}
