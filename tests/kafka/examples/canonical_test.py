"""Every kind of event, built anew by Python and made canonical, has the bytes that C++ wrote (tests/golden)."""
import hashlib
import pathlib
import sys

root = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(root / "tools" / "examples"))

from canonical import canonical  # noqa: E402
from submission import Event, root_of  # noqa: E402


def rebuilt(golden):
    event = Event.new_message(num_first_segment_words=8192)
    event.from_dict(Event.from_segments([golden]).to_dict())
    return event.to_segments()[0]


def check(holds, what):
    if not holds:
        sys.exit(f"canonical_test: {what}")


files = sorted((root / "tests" / "golden" / "1").glob("*.event"))
check(len(files) >= 72, f"found {len(files)} golden events and expected 72 or more")
already = 0
for file in files:
    golden = file.read_bytes()
    built = rebuilt(golden)
    check(canonical(built) == golden, f"{file.name}: other bytes than C++ wrote")
    check(canonical(golden) == golden, f"{file.name}: canonical bytes are changed")
    already += built == golden
check(already < len(files), "Python builds canonical bytes by itself, so this shows nothing")

# Roots that the authors of Certificate Transparency published for the leaves of their test tree.
leaves = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
roots = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
for count, expected in roots.items():
    found = root_of([hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves[:count]]).hex()
    check(found == expected, f"the root of {count} leaves is {found}")
print(f"{len(files)} kinds of event, {len(roots)} roots: equal")
