#include "adapters/json/evidence_file.hpp"

#include <capnp/message.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "adapters/json/struct_json.hpp"
#include "events/entry.hpp"
#include "events/faults.hpp"
#include "events/native_rows.hpp"
#include "ledger/schema/evidence.capnp.h"
#include "ledger/tlog_proof.hpp"

namespace braid::json {
namespace {

namespace stored = ledger::stored;
using ledger::Evidence;
using ledger::EvidenceEntry;

constexpr std::string_view format = "braid evidence 1";

const StructJson& codec() {
  static const StructJson json(capnp::Schema::from<stored::EvidenceLine>());
  return json;
}

capnp::Data::Reader data_of(Bytes bytes) {
  return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}
Bytes bytes_of(capnp::Data::Reader data) {
  return {reinterpret_cast<const std::byte*>(data.begin()), data.size()};
}

std::string name_of(std::uint32_t partition) {
  return partition == register_partition ? "register" : std::to_string(partition);
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || std::to_string(number) != text)
    return std::nullopt;
  return number;
}

std::optional<std::uint32_t> partition_of(std::string_view name) {
  if (name == "register") return register_partition;
  const auto number = number_in(name);
  return number && *number < register_partition ? std::optional(static_cast<std::uint32_t>(*number))
                                                : std::nullopt;
}

void write_hashes(const MerkleProof& hashes, capnp::List<schema::Digest>::Builder to) {
  for (unsigned i = 0; i < to.size(); ++i) schema::write(hashes[i], to[i]);
}

MerkleProof hashes_in(capnp::List<schema::Digest>::Reader from) {
  MerkleProof hashes;
  for (const auto hash : from) hashes.push_back(schema::read(hash));
  return hashes;
}

template <class Fill>
void add_line(std::string& text, Fill&& fill) {
  capnp::MallocMessageBuilder memory;
  auto line = memory.initRoot<stored::EvidenceLine>();
  fill(line);
  (text += codec().encode(line.asReader())) += '\n';
}

void write_about(const Evidence& evidence, stored::EvidenceAbout::Builder about) {
  about.setFormat(std::string(format).c_str());
  about.setLedger(evidence.ledger.c_str());
  about.setPartitions(evidence.partitions);
  about.setSubject(evidence.subject.c_str());
  write_hashes(evidence.registry_proof,
               about.initRegisterProof(static_cast<unsigned>(evidence.registry_proof.size())));
}

void write_entry(const Evidence& evidence, const EvidenceEntry& entry,
                 stored::EvidenceEntry::Builder to) {
  to.setPartition(name_of(entry.partition).c_str());
  to.setBytes(data_of(entry.bytes));
  const auto proof = ledger::TlogProof{.extra = {},
                                       .index = entry.sequence,
                                       .path = entry.proof,
                                       .checkpoint = evidence.checkpoints.at(entry.partition)}
                         .text();
  to.setProof(data_of(as_bytes(proof)));
  to.setReceived(entry.received);
  write_hashes(entry.path, to.initPath(static_cast<unsigned>(entry.path.size())));
}

/// Reads the lines of a file one by one, in the order in which they are written.
class Reading {
 public:
  /// A sentence where the line cannot be.
  std::optional<std::string> take(std::string_view text) {
    capnp::MallocMessageBuilder memory;
    auto line = memory.initRoot<stored::EvidenceLine>();
    if (const auto read = codec().decode(text, line); !read) return read.error().sentence();
    return take(line.asReader());
  }

  Evidence evidence;
  bool has_begun = false;

 private:
  std::optional<std::string> take(stored::EvidenceLine::Reader line) {
    if (line.isAbout() == has_begun) return "the first line, and only that, says what it is about";
    switch (line.which()) {
      case stored::EvidenceLine::ABOUT:
        return take(line.getAbout());
      case stored::EvidenceLine::CHECKPOINT:
        return take(line.getCheckpoint());
      case stored::EvidenceLine::REGISTER:
        return take(line.getRegister());
      case stored::EvidenceLine::ENTRY:
        return take(line.getEntry());
      case stored::EvidenceLine::REPORT:
        return take(line.getReport());
    }
    return "it is of no kind that this version knows";
  }

  std::optional<std::string> take(stored::EvidenceAbout::Reader about) {
    if (std::string_view(about.getFormat().cStr()) != format)
      return "it is not in the format \"" + std::string(format) + "\"";
    has_begun = true;
    evidence.ledger = about.getLedger();
    evidence.partitions = about.getPartitions();
    evidence.subject = about.getSubject();
    evidence.registry_proof = hashes_in(about.getRegisterProof());
    return std::nullopt;
  }

  std::optional<std::string> take(stored::EvidenceReport::Reader report) {
    if (!evidence.report.empty()) return "it carries one report at most";
    evidence.report = as_text(bytes_of(report.getText()));
    if (evidence.report.empty()) return "its report is empty";
    return std::nullopt;
  }

  std::optional<std::string> take(stored::EvidenceCheckpoint::Reader checkpoint) {
    const auto partition = partition_of(checkpoint.getPartition().cStr());
    if (!partition) return "it names no partition";
    const std::string note(as_text(bytes_of(checkpoint.getNote())));
    if (!evidence.checkpoints.emplace(*partition, note).second)
      return "a partition has one checkpoint";
    return std::nullopt;
  }

  std::optional<std::string> take(stored::EvidenceRegister::Reader entry) {
    if (evidence.registry.size() == Evidence::max_register) return "there are too many of these";
    const auto bytes = bytes_of(entry.getBytes());
    evidence.registry.emplace_back(bytes.begin(), bytes.end());
    return std::nullopt;
  }

  std::optional<std::string> take(stored::EvidenceEntry::Reader entry) {
    if (evidence.entries.size() == Evidence::max_entries) return "there are too many of these";
    const auto partition = partition_of(entry.getPartition().cStr());
    if (!partition) return "it names no partition";
    const auto checkpoint = evidence.checkpoints.find(*partition);
    if (checkpoint == evidence.checkpoints.end()) return "there is no checkpoint for its partition";
    auto proof = ledger::TlogProof::from_text(as_text(bytes_of(entry.getProof())));
    if (!proof) return "its proof: " + proof.error();
    if (proof->checkpoint != checkpoint->second || proof->extra)
      return "its proof has another checkpoint than its partition, or more than a proof needs";
    const auto bytes = bytes_of(entry.getBytes());
    evidence.entries.push_back({.partition = *partition,
                                .sequence = proof->index,
                                .bytes = {bytes.begin(), bytes.end()},
                                .proof = std::move(proof->path),
                                .received = entry.getReceived(),
                                .path = hashes_in(entry.getPath())});
    return std::nullopt;
  }
};

Parsed<std::string> page_of(const Evidence& evidence) try {
  return ledger::evidence_page(evidence);
} catch (const HistoryBroken& broken) {
  return unreadable(std::string("an entry in it cannot be read: ") + broken.what());
}

}  // namespace

std::string EvidenceFile::write(const Evidence& evidence) {
  auto text = ledger::evidence_page(evidence);
  add_line(text, [&](auto line) { write_about(evidence, line.initAbout()); });
  if (!evidence.report.empty())
    add_line(text, [&](auto line) {
      line.initReport().setText(data_of(as_bytes(evidence.report)));
    });
  for (const auto& [partition, note] : evidence.checkpoints)
    add_line(text, [&](auto line) {
      auto checkpoint = line.initCheckpoint();
      checkpoint.setPartition(name_of(partition).c_str());
      checkpoint.setNote(data_of(as_bytes(note)));
    });
  for (const auto& entry : evidence.registry)
    add_line(text, [&](auto line) { line.initRegister().setBytes(data_of(entry)); });
  for (const auto& entry : evidence.entries)
    add_line(text, [&](auto line) { write_entry(evidence, entry, line.initEntry()); });
  return text;
}

Parsed<Evidence> EvidenceFile::read(std::string_view file) {
  if (file.size() > max_bytes) return unreadable("it is larger than an evidence file may be");
  const auto machine_part = file.starts_with("{") ? 0 : file.find("\n{");
  if (machine_part == file.npos)
    return unreadable("no line of it begins with {: this is no evidence file");
  const auto page = file.substr(0, machine_part == 0 ? 0 : machine_part + 1);
  auto rest = file.substr(page.size());
  auto number = static_cast<std::size_t>(std::ranges::count(page, '\n'));
  Reading reading;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    ++number;
    if (end == rest.npos)
      return unreadable("line " + std::to_string(number) + " is cut off: the file is not whole");
    if (auto wrong = reading.take(rest.substr(0, end)))
      return unreadable("line " + std::to_string(number) + ": " + *wrong);
    rest.remove_prefix(end + 1);
  }
  const auto expected = page_of(reading.evidence);
  if (!expected) return unreadable(expected.error());
  if (page != *expected)
    return unreadable("its page in plain words does not say what its entries say");
  return std::move(reading.evidence);
}

}  // namespace braid::json
