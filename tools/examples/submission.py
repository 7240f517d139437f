"""Events and signed submissions as Braid takes them: what a publisher in any language has to make.

The rules are few: canonical bytes of each event (canonical.py), an RFC 6962 root over them, an Ed25519 signature over a
statement of five lines, and a framed Cap'n Proto message (events/schema/entry.capnp) around it all.
"""
import datetime
import hashlib
import pathlib
import secrets
import time
import uuid

import capnp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from canonical import canonical

MOST_EVENTS, MOST_BYTES = 10_000, 900_000  # of a submission
ROOM = 8192  # words: above what an event may have, so that it is built in one segment

_schemas = pathlib.Path(__file__).resolve().parents[2] / "events" / "schema"
_library = pathlib.Path(capnp.__file__).resolve().parents[1]  # where it keeps /capnp/c++.capnp


def schema(name):
    return capnp.load(str(_schemas / f"{name}.capnp"), imports=[str(_library)])


Event = schema("event").Event
Submission = schema("entry").Submission


def new_id():
    """A UUIDv7: the time in milliseconds, then chance. Keep it: the same event sent again under it counts once."""
    number = time.time_ns() // 1_000_000 << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 7 << 76
    return uuid.UUID(int=number & ~(0x3 << 62) | 0x2 << 62)


def days(text):
    """A date as events have it: days since 1970-01-01."""
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


def id_words(identifier):
    """A UUID as the schema has it."""
    return {"high": identifier.int >> 64, "low": identifier.int & 0xFFFFFFFFFFFFFFFF}


def event_bytes(**fields):
    """The canonical bytes of an event. `fields` as events/schema/event.capnp names them; `id` a uuid.UUID."""
    event = Event.new_message(num_first_segment_words=ROOM)
    event.from_dict(dict(fields, id=id_words(fields["id"])))
    return canonical(event.to_segments()[0])


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def root_of(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    left = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below
    return hashlib.sha256(b"\1" + root_of(leaves[:left]) + root_of(leaves[left:])).digest()


def read_key(path):
    """An Ed25519 key as `braid key new` and `openssl genpkey -algorithm ed25519` write it."""
    key = load_pem_private_key(pathlib.Path(path).read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} holds another kind of key than Ed25519")
    return key


def signed_submission(ledger, publisher, key, events):
    """The framed bytes of a submission of these events (canonical bytes), and their root."""
    if not 1 <= len(events) <= MOST_EVENTS:
        raise ValueError(f"a submission has 1 to {MOST_EVENTS} events: send them in several")
    root = root_of([leaf_hash(event) for event in events])
    statement = f"braid submission 1\n{ledger}\n{publisher}\n{len(events)}\n{root.hex()}\n"
    submission = Submission.new_message(num_first_segment_words=sum(map(len, events)) // 8 + 2 * len(events) + 64)
    submission.ledger = ledger
    submission.publisher = publisher
    submission.key = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    submission.signature = key.sign(statement.encode())
    submission.events = list(events)
    framed = submission.to_bytes()
    if len(framed) > MOST_BYTES:
        raise ValueError(f"a submission has at most {MOST_BYTES} bytes: send its events in several")
    return framed, root
