@0xeb9f36bbc74935a0;
# What the log holds. Encoded once, when written: these bytes are stored, hashed and verified for ever.

using Cxx = import "/capnp/c++.capnp";
using Common = import "common.capnp";
$Cxx.namespace("braid::schema");

struct Submission {
  # What a publisher sends: 1 to 10,000 events, at most 900 kB, all of one partition, under one signature.
  ledger @0 :Text $Common.maxLength(64);     # the ledger's name, so that a signature is good for one ledger only
  publisher @1 :Text $Common.maxLength(10);  # ODS code
  key @2 :Data $Common.maxLength(32);        # Ed25519 public key
  signature @3 :Data $Common.maxLength(64);  # over the statement of events/submission.hpp
  events @4 :List(Data);                     # canonical bytes of each Event
}

struct Entry {
  sequence @0 :UInt64;              # 0, 1, 2 ... in its partition, without gaps
  previous @1 :Common.Digest;       # leaf hash of the entry before; all zero for the first
  recordedAt @2 :Int64 $Common.instant;
  queueOffset @3 :UInt64;           # position of the submission in its queue
  queueGeneration @4 :UInt32;
  ruleBook @5 :UInt16;              # version of the rules by which it was judged
  registerSize @6 :UInt64;          # register entries seen when it was judged
  union {
    received @7 :Received;
    accepted @8 :Accepted;
    refused @9 :Refused;
    repeated @10 :Repeated;
  }
}

struct Received {
  # A submission arrived; its events' entries follow, one each, in order.
  publisher @0 :Text;
  key @1 :Data;
  signature @2 :Data;
  count @3 :UInt32;
  root @4 :Common.Digest;           # RFC 6962 root over the events' bytes
  registerHead @5 :Common.Digest;   # leaf hash of the last register entry seen: binds this history to that register
}

struct Accepted {
  index @0 :UInt32;                 # which event of the submission
  event @1 :Data;                   # the publisher's bytes, verbatim
  strands @2 :List(Common.Strand);  # the strands that the postings name by index
  postings @3 :List(Posting);
  flags @4 :List(Finding);
}

struct Refused {
  index @0 :UInt32;
  count @1 :UInt32;                 # more than 1: a whole submission, whose key gives it no say
  id @2 :Common.Uuid;               # of the (first) event
  hash @3 :Common.Digest;           # leaf hash of its bytes; with a whole submission, its root
  event @4 :Data;                   # verbatim, so that an auditor can judge again; empty where the key had no say
  finding @5 :Finding;
}

struct Repeated {
  # An event that is already in the history came again. One entry stands for a whole repeated
  # submission, count > 1, where its events were accepted one after another.
  index @0 :UInt32;
  count @1 :UInt32;
  id @2 :Common.Uuid;
  hash @3 :Common.Digest;           # leaf hash of the event's bytes; with count > 1 the submission's root
  first @4 :UInt64;                 # sequence of the (first) event's accepted entry
}

struct Finding {
  rule @0 :Text;                    # "R29", or a gate's name: "form", "authority", "duplicate"
  field @1 :Text;
  sentence @2 :Text;
}

enum Account $Common.meaning("Where money stands; debits positive, credits negative; every strand sums to zero") {
  funding @0;        # credit side: where a fund's allocation comes from
  allocation @1;     # the year's money of a fund, not yet given to a budget, pool or grant
  allocated @2;      # agreed to a budget, grant or scheme, not yet ordered
  committed @3;      # ordered, not yet paid
  held @4;           # in the person's direct-payment account
  pool @5;           # paid into a pooled fund, not yet spent
  due @6;            # owed between bodies: a debit is owed to the strand's organisation
  spent @7;
  contribution @8;   # credit side: what people paid towards their care
  recovered @9;      # came back from a holder
}

struct Posting {
  account @0 :Account;
  strand @1 :UInt16;                # index into Accepted.strands
  year @2 :UInt16;                  # financial year by its first calendar year: 2025 is 2025-26
  amount @3 :Int64 $Common.pence;   # signed; a debit is positive
  subjectHigh @4 :UInt64;           # Uuid of the budget, pool or grant; zero where the fund itself
  subjectLow @5 :UInt64;
}
