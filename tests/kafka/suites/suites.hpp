#pragma once
#include <string>

namespace braid::test {

// The proofs of a ledger on Kafka, by the real command under load, with chance from a seed that is
// printed. Each says on standard output what it counted. Within a Catch2 test case. `rounds`: how
// often the thing is done that might go wrong. `brokers`: empty for the broker that tests share;
// suites without it have brokers of their own, or are always on the shared one.

/// Sequencers, view workers and a mirror are killed (kill -9) at any moment, and begin again.
void kill_processes(int rounds, const std::string& brokers = "");
/// A sequencer is stopped in the middle of its work, another takes over, the first is continued.
void stop_and_continue(int rounds, const std::string& brokers = "");
/// What a sequencer sent is held on the wire until another has taken over. A broker of its own.
void deliver_late(int rounds);
/// A hand that is no sequencer's sends what a writer that lost messages would have sent, and old
/// barriers.
void forge_gaps_and_barriers(int rounds, const std::string& brokers = "");
/// The broker is killed, stopped, or stands still for longer than sessions last. One of its own.
void lose_the_broker(int rounds);
/// One or two of three brokers are killed, at most one after another. Three of its own.
void lose_brokers_of_three(int rounds);
/// The log's topic is made anew with a part of what it held, or with an entry altered.
void alter_the_log();
/// What nobody should send comes to every partition's queue, between what is honest.
void send_hostile_messages(int rounds, const std::string& brokers = "");
/// Sequencers come and go while four partitions are busy.
void come_and_go(int rounds, const std::string& brokers = "");

}  // namespace braid::test
