#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "adapters/lmdb/event_log.hpp"
#include "tests/contract/event_log_contract.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace braid;
using braid::support::append_numbered;
using braid::support::count_numbered;
using braid::support::TemporaryFolder;

namespace {

constexpr std::uint32_t place = 0;
constexpr Sequence length = 2000;

/// A log of 2,000 entries, some of them larger than a page, made once; `data` is its file.
struct Sample {
  TemporaryFolder folder;
  std::filesystem::path root = folder / "ledger";
  std::filesystem::path data = root / "log/0/data.mdb";
  std::string whole;
  std::vector<OwnedBytes> meant;

  Sample() {
    lmdb::EventLog log(lmdb::LedgerDirectory::create(root).value());
    auto writer = log.take_over(place);
    append_numbered(*writer, 0, 1000);
    for (Sequence at = 1000; at < length; at += 25) {
      auto large = support::numbered_entry(at, 20'000);
      const Bytes entries[] = {large};
      writer->append(at, entries);
      append_numbered(*writer, at + 1, at + 25);
    }
    for (Sequence at = 0; at < length; ++at) {
      const bool large = at >= 1000 && at % 25 == 0;
      meant.push_back(support::numbered_entry(at, large ? 20'000 : support::numbered_bytes));
    }
    std::ifstream in(data, std::ios::binary);
    whole.assign(std::istreambuf_iterator<char>(in), {});
  }

  void replace_data(const std::string& bytes) const {
    std::ofstream(data, std::ios::binary | std::ios::trunc) << bytes;
  }

  void replace_byte(std::size_t at, char byte) const {
    std::fstream file(data, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at)).put(byte);
  }

  /// How many entries are read before anything is wrong, and the sentence if the engine itself
  /// found it.
  std::pair<Sequence, std::string> read_all() const {
    lmdb::EventLog log(lmdb::LedgerDirectory::open(root).value());
    Sequence good = 0;
    try {
      auto reader = log.reader(place);
      EntryBatch batch;
      for (;;) {
        reader->read(good, 10'000, std::chrono::milliseconds(0), batch);
        if (batch.entries.empty()) return {good, ""};
        for (auto entry : batch.entries) {
          if (good == length || !std::ranges::equal(entry, meant[good])) return {good, ""};
          ++good;
        }
      }
    } catch (const Fault& fault) {
      return {good, fault.what()};
    }
  }
};

}  // namespace

TEST_CASE(
    "A log with a flipped bit anywhere is read to the damage and named, and never crashes its "
    "reader") {
  Sample sample;
  REQUIRE(sample.read_all() == std::pair<Sequence, std::string>(length, ""));
  auto seed = std::random_device()();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  int met = 0;
  for (int i = 0; i < 1000; ++i) {
    // Every third flip in the head of a page, where the tree is.
    auto at = i % 3 == 0 ? random() % (sample.whole.size() / 4096) * 4096 + random() % 160
                         : random() % sample.whole.size();
    auto flipped = static_cast<char>(sample.whole[at] ^ 1 << random() % 8);
    sample.replace_byte(at, flipped);
    auto [good, sentence] = sample.read_all();
    INFO("bit of byte " << at << ", good to " << good << ": " << sentence);
    sample.replace_byte(at, sample.whole[at]);
    bool told = good < length || !sentence.empty();
    if (!sentence.empty() && sentence.find("data.mdb is damaged at entry ") != std::string::npos)
      CHECK(sentence.find("damaged at entry " + std::to_string(good) + ":") != std::string::npos);
    met += told;
  }
  CHECK(met > 100);
}

TEST_CASE("A log whose file was cut anywhere says so") {
  Sample sample;
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    auto kept = 8192 + random() % (sample.whole.size() - 8192);
    sample.replace_data(sample.whole.substr(0, kept));
    auto [good, sentence] = sample.read_all();
    INFO("kept " << kept << ", good to " << good);
    if (good < length) CHECK_THAT(sentence, Catch::Contains("is damaged"));
  }
  sample.replace_data(sample.whole.substr(0, sample.whole.size() / 2));
  CHECK_THAT(sample.read_all().second, Catch::Contains("is damaged at entry "));
}

TEST_CASE("What is no log at all says so") {
  Sample sample;
  sample.replace_data(std::string(10'000, 'x'));
  CHECK_THAT(sample.read_all().second, Catch::Contains("it does not begin as an LMDB file"));
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    auto noise = sample.whole.substr(0, 8192);
    for (int n = 0; n < 100'000; ++n) noise += static_cast<char>(random());
    sample.replace_data(noise);
    CHECK_THAT(sample.read_all().second, Catch::Contains("is damaged"));
  }
}
