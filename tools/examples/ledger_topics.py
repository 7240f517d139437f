"""The topics of a Braid ledger on Kafka, as a publisher uses them: a submission out, its receipts in.

adapters/kafka/README.md says what is in them.
"""
import dataclasses
import hashlib
import time

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError  # noqa: F401 (for who imports this)
from kafka.partitioner.default import murmur2

from submission import leaf_hash, schema

Answer = schema("receipt").Answer
Entry = schema("entry").Entry
# An answer has a receipt an event, and Cap'n Proto bounds how much of a message may be read.
READ_ALL = {"traversal_limit_in_words": 1 << 23}


class NoAnswer(Exception):
    """The brokers or the ledger have not answered in time. The same events may be sent again under the same ids."""


@dataclasses.dataclass
class Sent:
    """Where a submission went, and what its answers must name."""

    partition: int
    offset: int
    of: set
    receipts_from: int  # ends of the other topics before it was sent: what is about it comes later
    ledger_from: int


class LedgerTopics:
    def __init__(self, brokers, prefix="braid", of_register=False, patience=60, client=None):
        self.patience = patience
        self.client = {"bootstrap_timeout_ms": patience * 1000, **(client or {}), "bootstrap_servers": brokers.split(",")}
        self.submissions = f"{prefix}.register.submissions" if of_register else f"{prefix}.submissions"
        self.receipts = f"{prefix}.register.receipts" if of_register else f"{prefix}.receipts"
        self.ledger = f"{prefix}.register" if of_register else f"{prefix}.ledger"
        self.prefix, self.of_register = prefix, of_register

    def partition_name(self, partition):
        """As the ledger calls it."""
        return "register" if self.of_register else str(partition)

    def consumer(self):
        return KafkaConsumer(enable_auto_commit=False, auto_offset_reset="none", **self.client)

    def send(self, place, framed, root):
        """Returns when all in-sync replicas have it."""
        producer = KafkaProducer(acks="all", enable_idempotence=True, max_block_ms=self.patience * 1000, **self.client)
        consumer = self.consumer()
        try:
            # The place decides, by murmur2: this client's own partitioner does the same, librdkafka's default does not.
            partition = (murmur2(place.encode()) & 0x7FFFFFFF) % len(producer.partitions_for(self.submissions))
            where = [TopicPartition(self.receipts, partition), TopicPartition(self.ledger, partition)]
            ends = consumer.end_offsets(where)
            source = f"/{self.prefix}/{self.partition_name(partition)}"
            headers = [("ce_specversion", b"1.0"), ("ce_id", root.hex().encode()), ("ce_source", source.encode()),
                       ("ce_type", b"braid.submission"), ("content-type", b"application/x-capnp")]
            sent = producer.send(self.submissions, key=place.encode(), value=framed, headers=headers,
                                 partition=partition).get(self.patience)
        finally:
            consumer.close()
            producer.close(self.patience)
        of = {"root:" + root.hex(), "sha256:" + hashlib.sha256(framed).hexdigest()}
        return Sent(sent.partition, sent.offset, of, ends[where[0]], ends[where[1]])

    def messages(self, topic, partition, offset):
        """Those of one partition from an offset on, until no longer asked; NoAnswer when patience runs out."""
        consumer, where = self.consumer(), TopicPartition(topic, partition)
        end = time.monotonic() + self.patience
        try:
            consumer.assign([where])
            consumer.seek(where, offset)
            while time.monotonic() < end:
                for message in consumer.poll(timeout_ms=500).get(where, []):
                    yield message
        finally:
            consumer.close()
        raise NoAnswer(f"no answer in {topic} for {self.patience} seconds")

    def answer(self, sent, count):
        """A receipt an event, in order; or the finding that says why the submission is malformed."""
        receipts = {}
        for message in self.messages(self.receipts, sent.partition, sent.receipts_from):
            headers = {name: value.decode() for name, value in message.headers}
            # An offset alone may name another submission, of a topic that was made anew.
            if headers.get("submission") != str(sent.offset) or headers.get("of") not in sent.of:
                continue
            with Answer.from_bytes(message.value, **READ_ALL) as answer:
                if answer.which() == "malformed":
                    return answer.malformed.to_dict()
                for index, receipt in enumerate(answer.receipts, int(headers["first"])):
                    # Answers may come twice; of two the one with the higher sequence stands.
                    if index not in receipts or receipt.sequence >= receipts[index]["sequence"]:
                        receipts[index] = receipt.to_dict()
            if len(receipts) == count:
                return [receipts[index] for index in range(count)]

    def entry(self, sent, receipt):
        """The entry that a receipt names, out of the ledger itself: its leaf hash is what the receipt says."""
        leaf = b"".join(receipt["leaf"][word].to_bytes(8, "little") for word in "abcd")
        begin = 0 if receipt["repeated"] else sent.ledger_from
        for message in self.messages(self.ledger, sent.partition, begin):
            if leaf_hash(message.value) == leaf:
                return Entry.from_segments([message.value]).to_dict()  # an entry's bytes have no segment table
