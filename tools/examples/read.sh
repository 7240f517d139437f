#!/usr/bin/env bash
# Reads a Braid ledger's log with a stock Kafka client (kcat), and shows what every CloudEvents consumer finds: the headers.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: tools/examples/read.sh [--brokers HOST:PORT] [--topic NAME] [--from OFFSET] [--follow]

One line a message: partition/offset, then its CloudEvents headers. What is in a message is Cap'n Proto
(events/schema/entry.capnp); which entries count is the protocol's to say: `braid mirror` reads by it.

  --brokers HOST:PORT   default 127.0.0.1:9092
  --topic NAME          default braid.ledger; also braid.register, braid.submissions, braid.receipts
  --from OFFSET         default: the beginning
  --follow              go on as messages come; without it, stop at the end

Example: tools/examples/read.sh --topic braid.register
Needs kcat: tools/install --with kafka
TEXT
}

brokers=127.0.0.1:9092 topic=braid.ledger from=beginning end=(-e)
while (($# > 0)); do
  case $1 in
    --brokers) brokers=${2:?--brokers takes HOST:PORT}; shift 2 ;;
    --topic) topic=${2:?--topic takes a name}; shift 2 ;;
    --from) from=${2:?--from takes an offset}; shift 2 ;;
    --follow) end=(); shift ;;
    -h|--help) usage; exit 0 ;;
    *) echo "tools/examples/read.sh: what is '$1'? See tools/examples/read.sh --help" >&2; exit 2 ;;
  esac
done
command -v kcat >/dev/null || { echo "tools/examples/read.sh: no kcat: tools/install --with kafka" >&2; exit 3; }

# kcat writes a message as one line of JSON, in which headers stand before the content: their texts are taken out one by one.
# Those of Braid's own may hold any bytes (a writer's number has 16), so only CloudEvents' are shown.
kcat -C -q -J -b "$brokers" -t "$topic" -o "$from" "${end[@]}" -X auto.offset.reset=error | LC_ALL=C awk '
  function next_text() {
    if (!match(rest, /^("([^"\\]|\\.)*"|null),?/)) return ""
    text = substr(rest, 1, RLENGTH)
    rest = substr(rest, RLENGTH + 1)
    gsub(/^"|"?,?$/, "", text)
    return text
  }
  {
    match($0, /"partition":[0-9]+/); partition = substr($0, RSTART + 12, RLENGTH - 12)
    match($0, /"offset":[0-9]+/);    offset = substr($0, RSTART + 9, RLENGTH - 9)
    shown = partition "/" offset
    head = match($0, /^[^\[]*"headers":\[/)
    rest = head ? substr($0, RLENGTH + 1) : ""
    while (rest ~ /^"/) {
      name = next_text()
      value = next_text()
      if (name ~ /^(ce_[a-z]+|content-type)$/) shown = shown "  " name "=" value
    }
    print shown
    fflush()
  }'
