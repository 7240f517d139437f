@0xcc82c70784d26da3;
# What a publisher is told. Travels over the ledger's socket and, on Kafka, over the receipts topic.

using Cxx = import "/capnp/c++.capnp";
using Common = import "common.capnp";
using Entry = import "entry.capnp";
$Cxx.namespace("braid::schema");

struct Answer {
  # To one submission.
  union {
    receipts @0 :List(Receipt);     # one an event, in the submission's order: it is recorded
    malformed @1 :Entry.Finding;    # nothing of it is recorded: mend and send again
    unavailable @2 :Text;           # nothing of it is recorded: why, and when to send again
  }
}

struct Receipt {
  event @0 :Common.Uuid;
  outcome @1 :Outcome;
  repeated @2 :Bool;                # accepted before; this says what was said then
  partition @3 :UInt32;
  sequence @4 :UInt64;              # of the accepted entry, or of the refusal
  leaf @5 :Common.Digest;           # that entry's leaf hash
  findings @6 :List(Entry.Finding); # why refused; or what was flagged

  enum Outcome {
    accepted @0;
    refused @1;
  }
}
