#!/usr/bin/env python3
"""Tells a Braid ledger on Kafka what a council or board has decided, with nothing of Braid's but its schemas.

Makes the events, signs them, sends them, waits for their receipts, and looks up in the ledger what the receipts claim.

  publish.py officer    f.reid --since 2021-04-01                appoints an officer (a code, never a name)
  publish.py fund       adult-care --sector socialCare           registers a fund
  publish.py allocation adult-care=4500000 --sector socialCare --year 2026 --place westmoor --officer f.reid
                                                                 a year's money of funds, in pounds; several in one go

Exit codes: 0 accepted, 1 refused, 2 misused, 3 no answer: send the same again, with --id of the first try.

Example, with the key that `braid key new wmc.pem` made and the operator added for WMC:
  publish.py fund adult-care --sector socialCare --ledger westmoor-care --publisher WMC --key wmc.pem
"""
import argparse
import decimal
import json
import pathlib
import struct
import sys
import uuid

import submission
from submission import days, event_bytes, leaf_hash, new_id

DECIDED, REFUSED, MISUSED, NO_ANSWER = 0, 1, 2, 3


def arguments():
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--ledger", required=True, metavar="NAME", help="the ledger's name, as it was founded")
    shared.add_argument("--publisher", required=True, metavar="ODS", help="whose word this is: an ODS code")
    shared.add_argument("--key", required=True, metavar="FILE", help="the publisher's Ed25519 key (PEM)")
    shared.add_argument("--effective", default="2026-04-01", metavar="DAY", help="when it takes effect (%(default)s)")
    shared.add_argument("--id", action="append", type=uuid.UUID, metavar="UUID", help="an event's own; one each")
    shared.add_argument("--brokers", default="127.0.0.1:9092", help="HOST:PORT[,HOST:PORT] (%(default)s)")
    shared.add_argument("--prefix", default="braid", help="of the topics' names (%(default)s)")
    shared.add_argument("--client", metavar="FILE", help="JSON: further settings of kafka-python (TLS, SASL)")
    shared.add_argument("--patience", type=int, default=60, metavar="SECONDS", help="for an answer (%(default)s)")
    shared.add_argument("--to-file", metavar="FILE", help="send nothing: write what `braid submit --signed` takes")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    officer = kinds.add_parser("officer", parents=[shared], help="an officer of the publisher")
    officer.add_argument("officer", metavar="CODE")
    officer.add_argument("--since", required=True, metavar="DAY")
    fund = kinds.add_parser("fund", parents=[shared], help="a fund of the publisher")
    fund.add_argument("fund", metavar="FUND")
    fund.add_argument("--sector", required=True)
    allocation = kinds.add_parser("allocation", parents=[shared], help="a year's money of the publisher's funds")
    allocation.add_argument("amounts", nargs="+", metavar="FUND=POUNDS")
    allocation.add_argument("--sector", required=True)
    allocation.add_argument("--year", type=int, required=True, help="2026: 1 April 2026 to 31 March 2027")
    allocation.add_argument("--place", required=True, help="the area whose partners share the money")
    allocation.add_argument("--officer", required=True, metavar="CODE", help="who acts for the publisher")
    return parser.parse_args()


def pence(pounds):
    exact = decimal.Decimal(pounds) * 100
    if exact != exact.to_integral_value():
        raise ValueError(f"{pounds} pounds are no whole number of pence")
    return int(exact)


def bodies(asked):
    """The body of each event, as events/schema/ has it."""
    if asked.kind == "officer":
        return [{"officerAppointed": {"officer": asked.officer, "from": days(asked.since)}}]
    if asked.kind == "fund":
        return [{"fundRegistered": {"fund": asked.fund, "sector": asked.sector}}]
    return [{"allocationSet": {"strand": {"organisation": asked.publisher, "sector": asked.sector, "fund": fund},
                               "year": asked.year, "pence": pence(pounds)}}
            for fund, _, pounds in (amount.partition("=") for amount in asked.amounts)]


def head(asked):
    """What all events of it share. Those of the register have no place."""
    said = {"publisher": asked.publisher, "effective": days(asked.effective)}
    return dict(said, place=asked.place, officer=asked.officer) if asked.kind == "allocation" else said


def check(topics, sent, receipt, identifier, event):
    """What the ledger holds is what was sent. A sentence where it is not."""
    if receipt["event"] != submission.id_words(identifier):
        return "the receipt is for another event"
    entry = topics.entry(sent, receipt)
    if entry["sequence"] != receipt["sequence"]:
        return "the entry stands elsewhere than the receipt says"
    if receipt["outcome"] == "accepted" and entry["accepted"]["event"] != event:
        return "the ledger holds other bytes than were signed"
    if receipt["outcome"] == "refused" and bytes.fromhex(hexed(entry["refused"]["hash"])) != leaf_hash(event):
        return "the refusal is of another event"
    return None


def hexed(digest):
    return b"".join(digest[word].to_bytes(8, "little") for word in "abcd").hex()


def report(topics, sent, answer, ids, events):
    if isinstance(answer, dict):
        print(f"malformed  {answer['field']}  {answer['sentence']}")
        return REFUSED
    code = DECIDED
    for identifier, event, receipt in zip(ids, events, answer):
        wrong = check(topics, sent, receipt, identifier, event)
        if wrong:
            sys.exit(f"publish.py: event {identifier}: {wrong}. Tell the operator, and keep the receipt: {receipt}")
        word = "repeated" if receipt["repeated"] else receipt["outcome"]
        said = "; ".join(f"{finding['rule']} {finding['field']} {finding['sentence']}"
                         for finding in receipt.get("findings", []))
        stands = f"{topics.partition_name(sent.partition)}/{receipt['sequence']}"
        print(f"{word:<9} {stands}  {hexed(receipt['leaf'])}  {identifier}  {said}".rstrip())
        if receipt["outcome"] == "refused":
            code = REFUSED
    return code


def publish(asked, framed, root, ids, events):
    from ledger_topics import KafkaError, LedgerTopics, NoAnswer  # not needed to write a file

    client = json.loads(pathlib.Path(asked.client).read_text()) if asked.client else {}
    topics = LedgerTopics(asked.brokers, asked.prefix, asked.kind != "allocation", asked.patience, client)
    try:
        sent = topics.send(getattr(asked, "place", ""), framed, root)
        return report(topics, sent, topics.answer(sent, len(events)), ids, events)
    except (KafkaError, NoAnswer) as problem:
        print(f"publish.py: {problem}. Send the same again with: " + " ".join(f"--id {i}" for i in ids), file=sys.stderr)
        return NO_ANSWER


def main():
    asked = arguments()
    try:
        said = bodies(asked)
        ids = asked.id or [new_id() for _ in said]
        if len(ids) != len(said):
            raise ValueError(f"{len(said)} events and {len(ids)} times --id")
        events = [event_bytes(id=identifier, body=body, **head(asked)) for identifier, body in zip(ids, said)]
        framed, root = submission.signed_submission(
            asked.ledger, asked.publisher, submission.read_key(asked.key), events)
    except (ValueError, ArithmeticError, OSError, submission.capnp.KjException) as problem:
        print("publish.py: " + str(problem).split("\nstack:")[0], file=sys.stderr)
        return MISUSED
    if asked.to_file:
        with open(asked.to_file, "xb") as file:
            file.write(struct.pack("<I", len(framed)) + framed)
        return DECIDED
    return publish(asked, framed, root, ids, events)


if __name__ == "__main__":
    sys.exit(main())
