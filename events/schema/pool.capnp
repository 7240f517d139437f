@0xe79c6f909c64d570;
# 7 Pools and grants.

using Cxx = import "/capnp/c++.capnp";
using C = import "common.capnp";
$Cxx.namespace("braid::schema");

using Register = import "register.capnp";

enum RiskShare $C.meaning("How a pool's over- and underspend is shared") {
  fixedShare @0;       # by the agreement's shares
  variableShare @1;    # by what each has paid in
  ownRisk @2;          # each partner bears what its own schemes vary
  waterfall @3;        # the host first, up to its cap, then the others by share
}

enum AgreementItem $C.meaning("What SI 2000/617 reg 7(3) says an agreement states in writing") {
  aims @0;
  contributions @1;
  functions @2;
  personsAndServices @3;
  staffAndGoods @4;
  duration @5;
  management @6;
}

struct AgreementText {
  item @0 :AgreementItem;
  text @1 :Text $C.maxLength(2000);
}

struct PoolPartner {
  strand @0 :C.Strand;                   # the organisation, its sector and the fund it contributes from
  partsPerMillion @1 :UInt32;            # of the risk; all partners' sum to a million
  cap @2 :Int64 $C.pence;                # waterfall: what the host bears first
}

struct PoolAgreementProposed {
  # A joint act: in force when every partner has signed under its own key.
  pool @0 :C.Uuid;
  name @1 :Text $C.maxLength(80);
  host @2 :Text $C.maxLength(10) $C.code(ods);
  manager @3 :Text $C.maxLength(32) $C.code(officer);     # the pool manager: an officer of the host
  partners @4 :List(PoolPartner) $C.maxLength(20);
  items @5 :List(AgreementText) $C.maxLength(7);
  functions @6 :List(Text) $C.maxLength(50) $C.code(word);  # codes that schemes and spending name
  riskShare @7 :RiskShare;
  capital @8 :Bool;
  hardLimit @9 :Bool;
  from @10 :Int32 $C.date;
  to @11 :Int32 $C.date;
}

struct PartnerSigned {
  act @0 :C.Uuid;                        # the pool (or other joint act)
}

struct ContributionCommitted {
  pool @0 :C.Uuid;
  strand @1 :C.Strand;
  year @2 :UInt16;
  pence @3 :Int64 $C.pence;
}

struct ContributionPaid {
  pool @0 :C.Uuid;
  strand @1 :C.Strand;
  year @2 :UInt16;
  pence @3 :Int64 $C.pence;
  on @4 :Int32 $C.date;
}

struct SchemeAdded {
  pool @0 :C.Uuid;
  scheme @1 :C.Uuid;
  function @2 :Text $C.maxLength(40) $C.code(word);
  owner @3 :Text $C.maxLength(10) $C.code(ods);       # the partner that bears its variance under ownRisk
  pence @4 :Int64 $C.pence;
}

struct PoolSpent {
  pool @0 :C.Uuid;
  scheme @1 :C.Uuid;
  function @2 :Text $C.maxLength(40) $C.code(word);
  supplier @3 :C.Uuid $C.optional;
  pence @4 :Int64 $C.pence;
  on @5 :Int32 $C.date;
}

struct RiskShareApplied {
  # The variance at a year's end, shared by the agreement's rule; the shares sum to it to the penny.
  pool @0 :C.Uuid;
  year @1 :UInt16;
  variance @2 :Register.Change;          # increase: overspent; decrease: underspent
  pence @3 :Int64 $C.pence;
  shares @4 :List(VarianceShare) $C.maxLength(20);
}

struct VarianceShare {
  strand @0 :C.Strand;
  variance @1 :Register.Change;          # increase: this partner bears so much; decrease: it gets so much back
  pence @2 :Int64 $C.pence;
}

struct RiskShareSettled {
  # A partner paid the host its share of a variance, or the host paid it.
  pool @0 :C.Uuid;
  strand @1 :C.Strand;
  variance @2 :Register.Change;          # increase: the partner paid the host
  pence @3 :Int64 $C.pence;
  on @4 :Int32 $C.date;
}

struct GrantAwarded {
  grant @0 :C.Uuid;
  strand @1 :C.Strand;
  grantee @2 :Text $C.maxLength(10) $C.code(ods);     # ODS code
  year @3 :UInt16;
  pence @4 :Int64 $C.pence;
}

struct GrantDrawn {
  grant @0 :C.Uuid;
  pence @1 :Int64 $C.pence;
  on @2 :Int32 $C.date;
}
