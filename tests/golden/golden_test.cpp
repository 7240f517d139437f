#include <catch2/catch.hpp>
#include <set>

#include "events/merkle.hpp"
#include "tests/golden/golden.hpp"
#include "tests/support/specimens.hpp"

using namespace braid;
using namespace braid::test;

namespace {

/// Every golden file of every version.
std::vector<std::filesystem::path> golden_files(const std::string& extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(golden_folder())) {
    if (file.path().extension() == extension) files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The same entry, said again by this version's encoder from what its reader reads.
OwnedBytes encoded_again(Bytes bytes) {
  const EntryReader reader(bytes);
  const auto entry = reader.get();
  const EntryHead head = reader.head();
  EntryEncoder encoder;
  const auto owned = [](Bytes from) { return OwnedBytes(from.begin(), from.end()); };
  const auto bytes_of = [](capnp::Data::Reader data) {
    return std::as_bytes(std::span(data.begin(), data.size()));
  };
  const auto finding_of = [](schema::Finding::Reader from) {
    return Finding{from.getRule(), from.getField(), from.getSentence()};
  };
  switch (entry.which()) {
    case schema::Entry::RECEIVED: {
      const auto body = entry.getReceived();
      return owned(encoder.encode(
          head, ReceivedBody{body.getPublisher().cStr(), bytes_of(body.getKey()),
                             bytes_of(body.getSignature()), body.getCount(),
                             schema::read(body.getRoot()), schema::read(body.getRegisterHead())}));
    }
    case schema::Entry::ACCEPTED: {
      const auto body = entry.getAccepted();
      const auto postings = postings_of(body);
      std::vector<Finding> flags;
      for (const auto flag : body.getFlags()) flags.push_back(finding_of(flag));
      return owned(encoder.encode(
          head, AcceptedBody{body.getIndex(), *reader.event_bytes(), postings, flags}));
    }
    case schema::Entry::REFUSED: {
      const auto body = entry.getRefused();
      const Finding finding = finding_of(body.getFinding());
      return owned(
          encoder.encode(head, RefusedBody{body.getIndex(), body.getCount(),
                                           schema::read(body.getId()), schema::read(body.getHash()),
                                           reader.event_bytes().value_or(Bytes()), &finding}));
    }
    case schema::Entry::REPEATED: {
      const auto body = entry.getRepeated();
      return owned(encoder.encode(
          head, RepeatedBody{body.getIndex(), body.getCount(), schema::read(body.getId()),
                             schema::read(body.getHash()), body.getFirst()}));
    }
  }
  return {};
}

}  // namespace

TEST_CASE("golden: every event of every version decodes, has form and encodes to the same bytes") {
  for (const auto& path : golden_files(".event")) {
    INFO(path.string());
    const OwnedBytes bytes = read_file(path);
    const auto formed = check_form(bytes);
    if (!formed) FAIL_CHECK(formed.error().field << ": " << formed.error().sentence);
    const EventReader reader(bytes);
    CHECK(info_of(reader.kind()).name == path.stem().string());
    CHECK(canonical_bytes(reader.get()) == bytes);
  }
}

TEST_CASE("golden: every entry of every version decodes and is encoded to the same bytes") {
  for (const auto& path : golden_files(".entry")) {
    INFO(path.string());
    const OwnedBytes bytes = read_file(path);
    CHECK(encoded_again(bytes) == bytes);
  }
}

TEST_CASE("golden: every file has the leaf hash that was noted when it was written") {
  std::size_t noted = 0;
  for (const auto& folder : std::filesystem::directory_iterator(golden_folder())) {
    if (!folder.is_directory()) continue;
    for (const auto& [name, hash] : read_hashes(folder.path())) {
      INFO(folder.path().string() << '/' << name);
      CHECK(leaf_hash(read_file(folder.path() / name)).hex() == hash);
      ++noted;
    }
  }
  CHECK(noted == golden_files(".event").size() + golden_files(".entry").size());
}

TEST_CASE("golden: every kind of event and every type of entry has golden bytes") {
  std::set<std::string> kept;
  for (const auto& path : golden_files(".event")) kept.insert(path.stem().string());
  for (const auto& kind : kinds()) {
    INFO("run braid_write_golden with the version to be released");
    CHECK(kept.count(std::string(kind.name)) == 1);
  }
  kept.clear();
  for (const auto& path : golden_files(".entry")) kept.insert(path.stem().string());
  CHECK(kept == std::set<std::string>{"accepted", "received", "refused", "repeated"});
}
