// Sigstore's verifier of RFC 6962 inclusion proofs and signed checkpoints, on proofs that Braid made. It takes entries of
// its own kind; the parts that know proofs and checkpoints are asked alone.
"use strict";
const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");

const dist = path.join(path.dirname(require.resolve("@sigstore/verify")), "timestamp");
const { verifyCheckpoint } = require(path.join(dist, "checkpoint.js"));
const { verifyMerkleInclusion } = require(path.join(dist, "merkle.js"));

/** What `run` has prepared. */
function setting(name) {
  const value = process.env["BRAID_" + name];
  assert.ok(value, `BRAID_${name} is not set: these tests are run by tests/foreign/run`);
  return value;
}

/** A verifier key as the log that sigstore trusts. */
function trusted(verifierKey) {
  const [, id, key] = verifierKey.match(/\+([0-9a-f]{8})\+(.*)$/);
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(key, "base64").subarray(1)]);
  return {
    logID: Buffer.from(id, "hex"),
    publicKey: crypto.createPublicKey({ key: der, format: "der", type: "spki" }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  };
}

/** A bundle's entry number `index` in all. */
function entryOf(index) {
  const folder = path.join(setting("EXPORT"), "tile/entries");
  const group = String(Math.floor(index / 256)).padStart(3, "0");
  const file = [group, ...fs.readdirSync(folder).filter((name) => name === group + ".p")
    .map((name) => path.join(name, fs.readdirSync(path.join(folder, name))[0]))]
    .map((name) => path.join(folder, name)).find((name) => fs.existsSync(name) && fs.statSync(name).isFile());
  let bundle = fs.readFileSync(file);
  for (let i = index % 256; i > 0; --i) bundle = bundle.subarray(2 + bundle.readUInt16BE());
  return bundle.subarray(2, 2 + bundle.readUInt16BE());
}

/** A C2SP tlog-proof file as an entry of sigstore's. */
function proofFrom(text, leaf) {
  const split = text.indexOf("\n\n");
  const lines = text.slice(0, split).split("\n");
  const envelope = text.slice(split + 2);
  const [, size, root] = envelope.split("\n");
  return {
    integratedTime: "1",
    canonicalizedBody: leaf,
    inclusionProof: {
      logIndex: lines[1].replace("index ", ""),
      treeSize: size,
      rootHash: Buffer.from(root, "base64"),
      hashes: lines.slice(2).map((line) => Buffer.from(line, "base64")),
      checkpoint: { envelope },
    },
  };
}

function verify(entry, log) {
  verifyMerkleInclusion(entry);
  verifyCheckpoint(entry, [log]);
}

const flipped = (bytes) => { const copy = Buffer.from(bytes); copy[copy.length - 1] ^= 1; return copy; };

const mutations = {
  "another leaf": (entry) => { entry.canonicalizedBody = flipped(entry.canonicalizedBody); },
  "the index of its neighbour": (entry) => {
    entry.inclusionProof.logIndex = String(Number(entry.inclusionProof.logIndex) ^ 1);
  },
  "an index beyond the tree": (entry) => { entry.inclusionProof.logIndex = entry.inclusionProof.treeSize; },
  "a hash altered": (entry) => { entry.inclusionProof.hashes[0] = flipped(entry.inclusionProof.hashes[0]); },
  "a hash left out": (entry) => { entry.inclusionProof.hashes.pop(); },
  "a hash too many": (entry) => { entry.inclusionProof.hashes.push(Buffer.alloc(32)); },
  "two hashes swapped": (entry) => { entry.inclusionProof.hashes.reverse(); },
  "another root": (entry) => { entry.inclusionProof.rootHash = flipped(entry.inclusionProof.rootHash); },
  "another tree": (entry) => { entry.inclusionProof.treeSize = String(2 * Number(entry.inclusionProof.treeSize)); },
  "a checkpoint of another origin": (entry) => { altered(entry, (text) => "x" + text); },
  "a checkpoint of another size": (entry) => { altered(entry, (text) => text.replace(/\n\d+\n/, "\n7\n")); },
  "a checkpoint whose signature is altered": (entry) => {
    altered(entry, (text) => text.slice(0, -10) + (text.at(-10) === "A" ? "B" : "A") + text.slice(-9));
  },
  "a checkpoint without signatures": (entry) => { altered(entry, (text) => text.slice(0, text.indexOf("\n\n") + 2)); },
};

function altered(entry, to) {
  const before = entry.inclusionProof.checkpoint.envelope;
  entry.inclusionProof.checkpoint.envelope = to(before);
  assert.notEqual(entry.inclusionProof.checkpoint.envelope, before);
}

const proofs = fs.readdirSync(setting("PROOFS")).filter((name) => name.endsWith(".tlog-proof"));
assert.ok(proofs.length >= 3);
const log = trusted(setting("VERIFIER_KEY"));
for (const name of proofs) {
  const text = fs.readFileSync(path.join(setting("PROOFS"), name), "utf8");
  const leaf = entryOf(parseInt(name, 10));
  test(`sigstore verifies ${name}`, () => verify(proofFrom(text, leaf), log));
  for (const [what, mutate] of Object.entries(mutations))
    test(`sigstore refuses ${name} with ${what}`, () => {
      const entry = proofFrom(text, leaf);
      mutate(entry);
      assert.throws(() => verify(entry, log));
    });
  test(`sigstore refuses ${name} under another key`, () => {
    const other = trusted(setting("VERIFIER_KEY"));
    other.publicKey = crypto.generateKeyPairSync("ed25519").publicKey;
    assert.throws(() => verify(proofFrom(text, leaf), other));
  });
}
