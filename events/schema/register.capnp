@0xe4a9fca737393644;
# 1 Organisations and authority: what stands in the register.

using Cxx = import "/capnp/c++.capnp";
using C = import "common.capnp";
$Cxx.namespace("braid::schema");

enum OrganisationKind {
  other @0;
  ccg @1;
  icb @2;
  council @3;
  trust @4;
  school @5;
  academyTrust @6;
  provider @7;
  vcse @8;
  userLed @9;
  coProductionGroup @10;
  nhsEngland @11;
}

enum Power $C.meaning("What an officer may do for an organisation") {
  none @0;
  propose @1;
  approve @2;
  broker @3;
  pay @4;
  pool @5;
  sign @6;
  scrutinise @7;
}

enum RingFence {
  none @0;
  coreAdultSocialCare @1;
  chc @2;
  fundedNursingCare @3;
  bcfMinimum @4;
  improvedBcf @5;
  disabledFacilities @6;
  dsgHighNeeds @7;
  schoolDelegated @8;
  s256 @9;
  grant @10;
}

enum Change {
  increase @0;
  decrease @1;
}

struct LedgerFounded {
  # The first entry of the register. Its publisher is the operator.
  name @0 :Text $C.maxLength(64);
  partitions @1 :UInt32;
  operatorKey @2 :Data $C.maxLength(32);   # Ed25519 public key
}

struct OrganisationRegistered {
  organisation @0 :Text $C.maxLength(10) $C.code(ods);  # ODS code
  gss @1 :Text $C.maxLength(9) $C.code(gss) $C.optional;
  name @2 :Text $C.maxLength(120);
  kind @3 :OrganisationKind;
  from @4 :Int32 $C.date;
}

struct OrganisationSucceeded {
  # From `on`, the predecessors are abolished; only a successor publishes for them.
  predecessors @0 :List(Text) $C.maxLength(50) $C.code(ods);
  successors @1 :List(SuccessorShare) $C.maxLength(50);
  on @2 :Int32 $C.date;
}

struct SuccessorShare {
  organisation @0 :Text $C.maxLength(10) $C.code(ods);
  partsPerMillion @1 :UInt32;              # of the predecessors' duties and money; all sum to a million
}

struct OfficerAppointed {
  officer @0 :Text $C.maxLength(32) $C.code(officer);       # a code that the organisation chooses; never a name
  from @1 :Int32 $C.date;
}

struct OfficerEnded {
  officer @0 :Text $C.maxLength(32) $C.code(officer);
  on @1 :Int32 $C.date;
}

struct DelegationSet {
  # What an officer of the publisher may do, up to a limit. A later one replaces an earlier one of the same power.
  officer @0 :Text $C.maxLength(32) $C.code(officer);
  power @1 :Power;
  sectors @2 :List(C.Sector) $C.maxLength(7);
  limit @3 :Int64 $C.pence;                # for one decision
  from @4 :Int32 $C.date;
  to @5 :Int32 = -2147483648 $C.date $C.optional;
}

struct SigningKeyAdded {
  # A key is registered once, ever. With an officer, it is that officer's own and signs only for it.
  organisation @0 :Text $C.maxLength(10) $C.code(ods);
  key @1 :Data $C.maxLength(32);
  officer @2 :Text $C.maxLength(32) $C.code(officer) $C.optional;
}

struct SigningKeyRevoked {
  organisation @0 :Text $C.maxLength(10) $C.code(ods);
  key @1 :Data $C.maxLength(32);
}

struct OwnKeyLimitSet {
  # Above this limit, what an officer decides by this power is signed with the officer's own key. A later one replaces
  # an earlier one of the same power. Any body lowers its own limit; raising it takes the operator too.
  organisation @0 :Text $C.maxLength(10) $C.code(ods);
  power @1 :Power;
  limit @2 :Int64 $C.pence;                # for one decision; of nothing: for every decision
}

struct RuleBookAdopted {
  version @0 :UInt16;
  from @1 :Int32 $C.date;
  switchedOn @2 :List(Text) $C.optional $C.maxLength(100) $C.code(rule);  # rules that ship switched off, adopted by choice: "R14"
}

struct PeriodClosed {
  # The publisher's books are closed up to and with this day; what comes later posts in the open period.
  through @0 :Int32 $C.date;
}

struct FundRegistered {
  fund @0 :Text $C.maxLength(15) $C.code(fund);
  sector @1 :C.Sector;
  capital @2 :Bool;
  ringFence @3 :RingFence;
}
