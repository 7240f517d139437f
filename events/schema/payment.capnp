@0xe4afabb93dbdcd10;
# 6 Payment and settlement.

using Cxx = import "/capnp/c++.capnp";
using C = import "common.capnp";
$Cxx.namespace("braid::schema");

enum AccountKind {
  own @0;
  nominee @1;
  managed @2;
  prepaidCard @3;
}

enum Direction {
  paid @0;
  credited @1;
}

enum Payer {
  holder @0;
  representative @1;
  nominee @2;
  personalRepresentatives @3;
}

enum StopReason $C.meaning("SI 2013/1617 reg 17; Care and Support (Direct Payments) Regulations 2014") {
  none @0;
  consentWithdrawn @1;
  notSuitable @2;
  needNoLonger @3;
  misuse @4;
  died @5;
  nomineeUnsuitable @6;
}

struct AccountApproved {
  account @0 :C.Uuid;
  budget @1 :C.Uuid;
  kind @2 :AccountKind;
  auditable @3 :Bool;                    # used only for direct payments and the like, and open to audit
  details @4 :C.Sealed;
}

struct InvoiceReceived {
  invoice @0 :C.Uuid;
  order @1 :C.Uuid;
  supplier @2 :C.Uuid;
  reference @3 :C.Digest;                # keyed hash of the supplier's own number
  net @4 :Int64 $C.pence;
  vat @5 :Int64 $C.pence;
  irrecoverableVat @6 :Int64 $C.pence;
  amounts @7 :List(C.StrandAmount) $C.maxLength(20);  # net + irrecoverable VAT by strand
  from @8 :Int32 $C.date;
  to @9 :Int32 $C.date;
}

struct PaymentInstructed {
  # Asks to pay an invoice, or a direct payment into an account. Moves no money.
  payment @0 :C.Uuid;
  budget @1 :C.Uuid;
  union {
    invoice @2 :C.Uuid;
    account @3 :C.Uuid;
  }
  amounts @4 :List(C.StrandAmount) $C.maxLength(20);
  due @5 :Int32 $C.date;
}

struct PaymentSettled {
  # A supplier was paid.
  payment @0 :C.Uuid;
  budget @1 :C.Uuid;
  invoice @2 :C.Uuid;
  amounts @3 :List(C.StrandAmount) $C.maxLength(20);  # whose money was paid, not who should bear it
  on @4 :Int32 $C.date;
}

struct PaymentReturned {
  # A settled payment came back, whole or in part: the supplier refunded it, or the bank returned it.
  payment @0 :C.Uuid;
  amounts @1 :List(C.StrandAmount) $C.maxLength(20);
  on @2 :Int32 $C.date;
}

struct AccountCredited {
  # A direct payment arrived in the holder's account.
  payment @0 :C.Uuid;
  account @1 :C.Uuid;
  budget @2 :C.Uuid;
  amounts @3 :List(C.StrandAmount) $C.maxLength(20);
  on @4 :Int32 $C.date;
}

struct TransactionReported {
  # A line of the holder's account. What is paid falls on the strands in proportion to what each holds there, exactly.
  account @0 :C.Uuid;
  budget @1 :C.Uuid;
  line @2 :UInt16;                       # of the plan; 0: on nothing that the plan names
  category @3 :C.Category;
  direction @4 :Direction;
  pence @5 :Int64 $C.pence;
  payee @6 :C.Sealed;
  sameHousehold @7 :Bool;
  on @8 :Int32 $C.date;
}

struct RechargeRaised {
  # The lead payer asks a partner for its share of what was spent on a budget.
  recharge @0 :C.Uuid;
  budget @1 :C.Uuid;
  creditor @2 :C.Strand;
  debtor @3 :C.Strand;
  pence @4 :Int64 $C.pence;
}

struct RechargeSettled {
  recharge @0 :C.Uuid;
  pence @1 :Int64 $C.pence;
  on @2 :Int32 $C.date;
}

struct RepaymentNoticeIssued {
  # States reasons, amount, by when and by whom: SI 2013/1617 reg 15.
  notice @0 :C.Uuid;
  budget @1 :C.Uuid;
  reasons @2 :C.Sealed $C.optional;
  pence @3 :Int64 $C.pence;
  by @4 :Int32 = -2147483648 $C.date $C.optional;
  payer @5 :Payer;
}

struct Repaid {
  budget @0 :C.Uuid;
  notice @1 :C.Uuid $C.optional;
  amounts @2 :List(C.StrandAmount) $C.maxLength(20);
  on @3 :Int32 $C.date;
}

struct ContributionReceived {
  budget @0 :C.Uuid;
  strand @1 :C.Strand;                   # sector person
  towards @2 :C.Strand;                  # whose care it pays towards
  pence @3 :Int64 $C.pence;
  on @4 :Int32 $C.date;
}

struct ContributionRefunded {
  # What a person paid and should not have, for instance towards care that turned out to be the NHS's.
  budget @0 :C.Uuid;
  strand @1 :C.Strand;                   # sector person
  towards @2 :C.Strand;
  pence @3 :Int64 $C.pence;
  on @4 :Int32 $C.date;
}

struct PaymentsStopped {
  budget @0 :C.Uuid;
  reason @1 :StopReason;
  noticeGiven @2 :Bool;
  on @3 :Int32 $C.date;
}

struct SpendListPublished {
  # A run: a body's published list of spending. `rows` events SpendPublished name it.
  run @0 :C.Uuid;
  organisation @1 :Text $C.maxLength(10) $C.code(ods);
  from @2 :Int32 $C.date;
  to @3 :Int32 $C.date;
  fileHash @4 :C.Digest;
  rows @5 :UInt32;
  paid @6 :Int64 $C.pence;
  credited @7 :Int64 $C.pence;
  root @8 :C.Digest;                     # RFC 6962 root over the bytes of the rows' events
  layout @9 :Text $C.maxLength(40) $C.code(word);
  replaces @10 :C.Uuid $C.optional;      # the run of the list that this one restates
}

struct SpendPublished {
  run @0 :C.Uuid;
  row @1 :UInt32;                        # line in the file
  date @2 :Int32 = -2147483648 $C.date $C.optional;
  reference @3 :Text $C.maxLength(60) $C.optional;
  expenseType @4 :Text $C.maxLength(200) $C.optional;
  expenseArea @5 :Text $C.maxLength(200) $C.optional;
  supplier @6 :C.Digest;                 # keyed hash of the name as published
  supplierName @7 :C.Sealed $C.optional;
  redacted @8 :Bool;
  direction @9 :Direction;
  pence @10 :Int64 $C.pence;
}

struct EventReversed {
  # Posts the exact opposite of a money event.
  event @0 :C.Uuid;
}
