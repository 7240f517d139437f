@0xc1b7e4d2a94f6035;
# An evidence file: entries of a ledger with everything by which somebody who has never seen that
# ledger can check them. A page in plain words; then one line of JSON each of these, in this order:
# about; the report, where it is about one; a checkpoint for each partition; the register's first entries; the entries.

using Cxx = import "/capnp/c++.capnp";
using C = import "/events/schema/common.capnp";
$Cxx.namespace("braid::ledger::stored");

struct EvidenceLine {
  union {
    about @0 :EvidenceAbout;
    checkpoint @1 :EvidenceCheckpoint;
    register @2 :EvidenceRegister;
    entry @3 :EvidenceEntry;
    report @4 :EvidenceReport;
  }
}

struct EvidenceAbout {
  format @0 :Text;                  # "braid evidence 1"
  ledger @1 :Text $C.maxLength(64);
  partitions @2 :UInt32;
  subject @3 :Text $C.maxLength(120);  # "budget 0192f3c1-..."
  registerProof @4 :List(C.Digest) $C.maxLength(64);
  # RFC 6962 consistency: the register's checkpoint begins with the register lines of this file
}

struct EvidenceCheckpoint {
  partition @0 :Text $C.maxLength(10);                 # "register", "0", "1" ...
  note @1 :Data $C.maxLength(65535);                   # C2SP tlog-checkpoint with its signatures: text
}

struct EvidenceReport {
  text @0 :Data $C.maxLength(700000);                  # the file as `braid report` wrote it
}

struct EvidenceRegister {
  bytes @0 :Data $C.maxLength(65535);
}

struct EvidenceEntry {
  partition @0 :Text $C.maxLength(10);
  bytes @1 :Data $C.maxLength(65535);                  # as they stand in the log, and are hashed
  proof @2 :Data $C.maxLength(131072);                 # C2SP tlog-proof: text
  received @3 :UInt64;                                 # sequence of its submission's entry: its own, for that one
  path @4 :List(C.Digest) $C.maxLength(14);            # RFC 6962 inclusion of its event in that submission
}
