#include <catch2/catch.hpp>

#include "adapters/json/evidence_file.hpp"
#include "ledger/audit/evidence.hpp"
#include "tests/audit/audited_ledger.hpp"

namespace braid::test {

using json::EvidenceFile;

namespace {

ledger::EvidenceChecked check(const ledger::Evidence& evidence) {
  return ledger::check_evidence(evidence, {{audited_ledger().operator_key().public_key()}, {}});
}

const ledger::Evidence& honest() {
  static const auto evidence = audited_ledger().evidence();
  return evidence;
}

/// The sentence that checking ends with; empty: nothing was found.
std::string found_in(const ledger::Evidence& evidence) { return check(evidence).wrong.value_or(""); }

bool says(const std::string& sentence, std::string_view words) {
  INFO(sentence);
  return sentence.find(words) != sentence.npos;
}

/// The first entry that is an event's.
ledger::EvidenceEntry& an_event_of(ledger::Evidence& evidence) {
  for (auto& entry : evidence.entries)
    if (!entry.is_submission()) return entry;
  throw std::runtime_error("no event in the evidence");
}

}  // namespace

TEST_CASE("evidence of a budget checks on a machine that has only the file and the operator's key") {
  const auto file = EvidenceFile::write(honest());
  const auto read = EvidenceFile::read(file);
  INFO((read ? "" : read.error()));
  REQUIRE(read);
  CHECK(*read == honest());
  const auto checked = check(*read);
  INFO(checked.wrong.value_or(""));
  REQUIRE_FALSE(checked.wrong);
  CHECK(checked.asked == audited_ledger().busiest_budget().second.size());
  CHECK(checked.asked > 5);
  CHECK(checked.shown.size() == 3);
}

TEST_CASE("evidence of entries of the register is taken and checked like any other") {
  const std::vector<ledger::EntryPlace> places = {{register_partition, 1}, {register_partition, 3}};
  const auto evidence = ledger::gather_evidence(audited_ledger().sources(), "the register", places);
  INFO((evidence ? "" : evidence.error()));
  REQUIRE(evidence);
  CHECK(found_in(*evidence).empty());
}

TEST_CASE("evidence without the operator's key says that it takes the file's word for it") {
  const auto checked = ledger::check_evidence(honest(), {});
  REQUIRE_FALSE(checked.wrong);
  CHECK(says(checked.trusted.front(), "the file itself names"));
  const auto stranger = SecretKey::generate().public_key();
  CHECK(says(*ledger::check_evidence(honest(), {{stranger}, {}}).wrong, "the key that you trust"));
}

TEST_CASE("an entry recorded after the checkpoint is no evidence yet") {
  auto sources = audited_ledger().sources();
  auto& place = sources.by_partition.at(0);
  place.checkpoint.size = 3;
  const std::vector<ledger::EntryPlace> places = {{0, 5}};
  const auto evidence = ledger::gather_evidence(sources, "event", places);
  REQUIRE_FALSE(evidence);
  CHECK(says(evidence.error(), "after the last signed checkpoint"));
}

TEST_CASE("evidence with one thing exchanged is refused, and the sentence says which") {
  auto forged = honest();
  SECTION("an entry's bytes") {
    an_event_of(forged).bytes[60] ^= std::byte{1};
    CHECK(says(found_in(forged), "not the entry that was recorded there"));
  }
  SECTION("a proof for another leaf") {
    auto& entries = forged.entries;
    std::swap(entries.front().proof, entries.back().proof);
    CHECK(says(found_in(forged), "its proof does not lead to the root"));
  }
  SECTION("the path of another event") {
    auto& path = an_event_of(forged).path;
    REQUIRE_FALSE(path.empty());
    path.front().bytes[0] ^= std::byte{1};
    CHECK(says(found_in(forged), "its event is not under the root that"));
  }
  SECTION("a submission left out") {
    std::erase_if(forged.entries, [](const auto& entry) { return entry.is_submission(); });
    CHECK(says(found_in(forged), "the arrival of its submission is not in the file"));
  }
  SECTION("a register that is cut by one") {
    forged.registry.pop_back();
    CHECK(says(found_in(forged), "register"));
  }
  SECTION("a checkpoint of another partition") {
    forged.checkpoints.at(0) = forged.checkpoints.at(register_partition);
    CHECK(says(found_in(forged), "the checkpoint of partition 0"));
  }
  SECTION("a checkpoint signed by somebody else") {
    const auto stranger = SecretKey::generate();
    const ledger::Checkpoint same{ledger::origin_of(SmallLedger::name, 0),
                                  audited_ledger().size(0),
                                  audited_ledger().root(0, audited_ledger().size(0))};
    forged.checkpoints.at(0) = ledger::sign_checkpoint(same, stranger);
    CHECK(says(found_in(forged), "the checkpoint of partition 0"));
  }
  SECTION("another ledger's name") {
    forged.ledger = "other";
    CHECK_FALSE(found_in(forged).empty());
  }
}

TEST_CASE("each letter of an evidence file counts") {
  const auto file = EvidenceFile::write(honest());
  synth::Dice dice(20261124);
  for (int i = 0; i < 150; ++i) {
    auto changed = file;
    const auto at = dice.below(changed.size());
    changed[at] = static_cast<char>(changed[at] ^ (1 << dice.below(7)));
    const auto read = EvidenceFile::read(changed);
    INFO("byte " << at);
    CHECK((!read || check(*read).wrong.has_value()));
  }
  CHECK_FALSE(EvidenceFile::read(file.substr(0, file.size() - 1)));
  CHECK_FALSE(EvidenceFile::read(""));
  CHECK_FALSE(EvidenceFile::read("{"));
  CHECK_FALSE(EvidenceFile::read("{}\n"));
}

}  // namespace braid::test
