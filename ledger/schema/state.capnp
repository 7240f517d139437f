@0xbe42802486babbc5;
# What the decider knows: a projection of the log, kept in write-back tables, thrown away and rebuilt at will.
# Every partition's state follows its own history and the register's.

using Cxx = import "/capnp/c++.capnp";
using C = import "/events/schema/common.capnp";
using Register = import "/events/schema/register.capnp";
using Plan = import "/events/schema/plan.capnp";
using Payment = import "/events/schema/payment.capnp";
using Pool = import "/events/schema/pool.capnp";
using Entry = import "/events/schema/entry.capnp";
$Cxx.namespace("braid::ledger::stored");
$C.rows("braid::ledger");

# --- the register ---

struct LedgerRow $C.table("ledger") {
  one @0 :UInt16 $C.key(0);              # always 0: there is one row
  name @1 :Text;
  partitions @2 :UInt32;
  operator @3 :Text;                     # ODS code
  ruleBooks @4 :List(AdoptedRuleBook);   # in the order of adoption
}
struct AdoptedRuleBook {
  version @0 :UInt16;
  from @1 :Int32;
  switchedOn @2 :List(Text);
}

struct OrganisationRow $C.table("organisations") {
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  gss @1 :Text;
  name @2 :Text;
  kind @3 :Register.OrganisationKind;
  from @4 :Int32;
  abolished @5 :Int32 = -2147483648;     # the day its successors take over
  successors @6 :List(Text);
  closedThrough @7 :Int32 = -2147483648; # books closed up to and with this day
}

struct KeyRow $C.table("keys") {
  publicKey @0 :C.Digest $C.key(0);      # the 32 bytes of the Ed25519 public key
  organisation @1 :Text;
  revoked @2 :Bool;
  officer @3 :Text;                      # whose own it is; empty: the organisation's
  registeredAt @4 :UInt64;               # sequence in the register
}

struct OfficerRow $C.table("officers") {
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  officer @1 :Text $C.key(1) $C.maxLength(32);
  from @2 :Int32;
  ended @3 :Int32 = -2147483648;
  appointedAt @4 :UInt64;                # sequence in the register: keys from before were somebody else's
}

struct DelegationRow $C.table("delegations") {
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  officer @1 :Text $C.key(1) $C.maxLength(32);
  power @2 :Register.Power $C.key(2);
  sectors @3 :List(C.Sector);
  limit @4 :Int64;
  from @5 :Int32;
  to @6 :Int32;
}

struct PowerRow $C.table("powers") {
  # Who of an organisation has ever been given a power, so that a refusal can say whom to ask.
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  power @1 :Register.Power $C.key(1);
  officers @2 :List(Text);
}

struct OwnKeyLimitRow $C.table("own_key_limits") {
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  power @1 :Register.Power $C.key(1);
  limit @2 :Int64;                       # pence of a decision above which the officer's own key signs; 0: every decision
}

struct FundRow $C.table("funds") {
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  fund @1 :Text $C.key(1) $C.maxLength(15);
  sector @2 :C.Sector;
  capital @3 :Bool;
  ringFence @4 :Register.RingFence;
}

# --- everything ---

struct EventIdRow $C.table("event_ids") {
  id @0 :C.Uuid $C.key(0);
  sequence @1 :UInt64;                   # of its accepted entry in this partition; the bytes are there
}

struct ReversalRow $C.table("reversals") {
  event @0 :C.Uuid $C.key(0);
  by @1 :C.Uuid;
}

struct BalanceRow $C.table("balances") {
  # The sum of postings. The subject is nil for a fund's own money.
  account @0 :Entry.Account $C.key(0);
  subject @1 :C.Uuid $C.key(1);
  year @2 :UInt16 $C.key(2);
  organisation @3 :Text $C.key(3) $C.maxLength(10);
  sector @4 :C.Sector $C.key(4);
  fund @5 :Text $C.key(5) $C.maxLength(15);
  pence @6 :Int64;
}

# --- people ---

struct PersonRow $C.table("persons") {
  person @0 :C.PersonToken $C.key(0);
  linked @1 :Bool;
  died @2 :Int32 = -2147483648;
  turns16 @3 :Int32 = -2147483648;
  directPayment @4 :Consent;
  sharing @5 :Consent;
  planning @6 :Consent;
  eligible @7 :List(C.Scheme);
  liabilities @8 :List(Liability);
  linkedBy @9 :Text;                     # who links answers for what is known of the person
  bases @10 :List(LegalBasisHeld);       # a body's last one
  sharedWith @11 :List(Text);            # bodies that recorded consent to sharing, until it is withdrawn
  openBudgets @12 :UInt32;
  erased @13 :Int32 = -2147483648;       # the day on which the ledger learned of it
}
struct LegalBasisHeld {
  organisation @0 :Text;
  from @1 :Int32;
  until @2 :Int32;                       # the last day; none: open
}
enum Consent {
  unknown @0;
  given @1;
  withdrawn @2;
}
struct Liability {
  from @0 :Text;
  to @1 :Text;
  since @2 :Int32;
  until @3 :Int32;
}

struct RequestRow $C.table("requests") {
  # Of eligibility or of a budget.
  request @0 :C.Uuid $C.key(0);
  person @1 :C.PersonToken;
  scheme @2 :C.Scheme;
  decided @3 :Bool;
}

# --- plans and approvals ---

struct PlanRow $C.table("plans") {
  plan @0 :C.Uuid $C.key(0);
  person @1 :C.PersonToken;
  organisation @2 :Text;
  officer @3 :Text;                      # who proposed it
  from @4 :Int32;
  to @5 :Int32;
  risksAgreed @6 :Bool;
  signedOff @7 :Bool;
  lines @8 :List(PlanLineRow);
  outcomes @9 :List(UInt16);
}
struct PlanLineRow {
  number @0 :UInt16;
  category @1 :C.Category;
  strand @2 :C.Strand;
  pence @3 :Int64;
  inBudget @4 :Bool;
}

struct ApprovalRow $C.table("approvals") {
  subject @0 :C.Uuid $C.key(0);
  kind @1 :Plan.SubjectKind;
  organisation @2 :Text;
  officer @3 :Text;                      # who asked
  requested @4 :List(C.StrandAmount);
  given @5 :List(ApprovedStrand);
  refusedBy @6 :List(Text);              # organisations that said no and have not given it since
}
struct ApprovedStrand {
  strand @0 :C.Strand;
  pence @1 :Int64;
  organisation @2 :Text;
  officer @3 :Text;
}

struct ExceptionRow $C.table("exceptions") {
  rule @0 :Text $C.key(0) $C.maxLength(8);
  subject @1 :C.Uuid $C.key(1);
  until @2 :Int32;
}

# --- budgets ---

struct BudgetRow $C.table("budgets") {
  budget @0 :C.Uuid $C.key(0);
  person @1 :C.PersonToken;
  plan @2 :C.Uuid;
  scheme @3 :C.Scheme;
  leadPayer @4 :Text;
  organisation @5 :Text;
  officer @6 :Text;                      # who opened it
  from @7 :Int32;
  to @8 :Int32;
  strands @9 :List(BudgetStrand);
  methods @10 :List(C.Method);           # of the plan's lines, in their order
  live @11 :Bool;                        # every strand of the plan is agreed
  stopped @12 :Bool;                     # no further direct payment
  closed @13 :Bool;
  contributions @14 :List(StrandContribution);
  lots @15 :List(MoneyLot);              # every strand and year that has had postings, by year
  uplifts @16 :List(StrandUplift);
}

struct DutyRow $C.table("duties") {
  # Which duties an officer has performed on a subject (budget, plan, pool): kept apart by R69.
  subject @0 :C.Uuid $C.key(0);
  organisation @1 :Text $C.key(1) $C.maxLength(10);
  officer @2 :Text $C.key(2) $C.maxLength(32);
  proposed @3 :Bool;
  approved @4 :Bool;
  brokered @5 :Bool;
  approvedBrokerage @6 :Bool;
  paid @7 :Bool;
  approvedPayment @8 :Bool;
}
struct BudgetStrand {
  strand @0 :C.Strand;
  pence @1 :Int64;
  adultPays @2 :Int64;
  bodyPays @3 :Int64;
  chargeable @4 :Bool;
}
struct MoneyLot {
  # Money of one strand and financial year.
  strand @0 :C.Strand;
  year @1 :UInt16;
}
struct StrandUplift {
  # A strand that has had its part of an uplift: once only.
  run @0 :C.Uuid;
  strand @1 :C.Strand;
}
struct StrandContribution {
  strand @0 :C.Strand;
  weekly @1 :Int64;
  from @2 :Int32;
}

struct RunRow $C.table("runs") {
  run @0 :C.Uuid $C.key(0);
  organisation @1 :Text;
  count @2 :UInt32;
  total @3 :Int64;
  seen @4 :UInt32;
  seenTotal @5 :Int64;
  uplift @6 :Bool;                       # else a list of published spending
}

# --- purchase and payment ---

struct SupplierRow $C.table("suppliers") {
  supplier @0 :C.Uuid $C.key(0);
}

struct OrderRow $C.table("orders") {
  order @0 :C.Uuid $C.key(0);
  budget @1 :C.Uuid;
  supplier @2 :C.Uuid;
  category @3 :C.Category;
  amounts @4 :List(C.StrandAmount);      # ordered
  paid @5 :List(C.StrandAmount);         # of it
  ended @6 :Bool;
}

struct AccountRow $C.table("accounts") {
  account @0 :C.Uuid $C.key(0);
  budget @1 :C.Uuid;
  kind @2 :Payment.AccountKind;
  auditable @3 :Bool;
}

struct InvoiceRow $C.table("invoices") {
  invoice @0 :C.Uuid $C.key(0);
  order @1 :C.Uuid;
  supplier @2 :C.Uuid;
  pence @3 :Int64;
  instructed @4 :Int64;
  paid @5 :Int64;
}

struct PaymentRow $C.table("payments") {
  payment @0 :C.Uuid $C.key(0);
  budget @1 :C.Uuid;
  invoice @2 :C.Uuid;                    # nil for a direct payment
  order @3 :C.Uuid;
  instructed @4 :Int64;
  settled @5 :Int64;
  returned @6 :Int64;
}

struct NoticeRow $C.table("notices") {
  notice @0 :C.Uuid $C.key(0);
  budget @1 :C.Uuid;
  pence @2 :Int64;
  repaid @3 :Int64;
}

struct RechargeRow $C.table("recharges") {
  recharge @0 :C.Uuid $C.key(0);
  budget @1 :C.Uuid;
  creditor @2 :C.Strand;
  debtor @3 :C.Strand;
  pence @4 :Int64;
  settled @5 :Int64;
}

struct SuspicionRow $C.table("suspicions") {
  # What makes two payments look like one: supplier, reference, amount, time.
  likeness @0 :C.Digest $C.key(0);
  first @1 :C.Uuid;
}

struct SpendListRow $C.table("spend_lists") {
  organisation @0 :Text $C.key(0) $C.maxLength(10);
  from @1 :Int32 $C.key(1);
  to @2 :Int32 $C.key(2);
  run @3 :C.Uuid;                        # the latest
}

# --- pools, grants, promises ---

struct PoolRow $C.table("pools") {
  pool @0 :C.Uuid $C.key(0);
  organisation @1 :Text;
  officer @2 :Text;
  host @3 :Text;
  manager @4 :Text;
  partners @5 :List(PartnerRow);
  functions @6 :List(Text);
  riskShare @7 :Pool.RiskShare;
  capital @8 :Bool;
  hardLimit @9 :Bool;
  from @10 :Int32;
  to @11 :Int32;
  inForce @12 :Bool;
  sharedYears @13 :List(UInt16);         # whose variances were shared, in order: what is due is due for these
}
struct PartnerRow {
  strand @0 :C.Strand;
  partsPerMillion @1 :UInt32;
  cap @2 :Int64;
  signed @3 :Bool;
  committed @4 :Int64;
  paid @5 :Int64;
  varied @6 :Int64;                      # ownRisk: what its schemes spent beyond their amounts
}

struct SchemeRow $C.table("schemes") {
  scheme @0 :C.Uuid $C.key(0);
  pool @1 :C.Uuid;
  function @2 :Text;
  owner @3 :Text;
  pence @4 :Int64;
  spent @5 :Int64;
}

struct GrantRow $C.table("grants") {
  grant @0 :C.Uuid $C.key(0);
  strand @1 :C.Strand;
  year @2 :UInt16;
  pence @3 :Int64;
  drawn @4 :Int64;
}

struct ActionRow $C.table("actions") {
  action @0 :C.Uuid $C.key(0);
  done @1 :Bool;
}
