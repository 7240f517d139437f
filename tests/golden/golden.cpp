#include "tests/golden/golden.hpp"

#include <fstream>
#include <iterator>

#include "events/merkle.hpp"
#include "tests/support/repository_root.hpp"
#include "tests/support/specimens.hpp"

namespace braid::test {
namespace {

Digest digest_of(std::uint8_t number) {
  Digest digest;
  digest.bytes.fill(std::byte{number});
  return digest;
}

}  // namespace

std::map<std::string, OwnedBytes> golden_entries() {
  const EntryHead head = {.sequence = 41,
                          .previous = digest_of(7),
                          .recorded_at_us = 1'774'000'000'123'456,
                          .queue_offset = 12,
                          .queue_generation = 3,
                          .rule_book = 2,
                          .register_size = 9};
  const Strand health{"X24", schema::Sector::HEALTH, "chc"};
  const Strand council{"BRI", schema::Sector::SOCIAL_CARE, "core"};
  const Uuid budget = specimen_id(6);
  const std::vector<Posting> postings = {{Account::COMMITTED, health, 2026, -21'000, budget},
                                         {Account::SPENT, health, 2026, 21'000, budget},
                                         {Account::COMMITTED, council, 2026, -14'500, budget},
                                         {Account::SPENT, council, 2026, 14'500, budget}};
  const std::vector<Finding> flags = {
      {"R31", "sameHousehold", "Paid to a relative of the same household."}};
  const Finding refusal{"R69", "officer",
                        "Who proposed a plan cannot approve it: ask another officer."};
  const OwnedBytes settled = specimen(Kind::PAYMENT_SETTLED);
  const OwnedBytes approval = specimen(Kind::APPROVAL_GIVEN);
  const OwnedBytes key(32, std::byte{5});
  const OwnedBytes signature(64, std::byte{6});

  EntryEncoder encoder;
  const auto owned = [](Bytes bytes) { return OwnedBytes(bytes.begin(), bytes.end()); };
  return {
      {"received", owned(encoder.encode(
                       head, ReceivedBody{"X24", key, signature, 3, digest_of(1), digest_of(2)}))},
      {"accepted", owned(encoder.encode(head, AcceptedBody{0, settled, postings, flags}))},
      {"refused",
       owned(encoder.encode(
           head, RefusedBody{1, 1, specimen_id(900), leaf_hash(approval), approval, &refusal}))},
      {"repeated",
       owned(encoder.encode(head, RepeatedBody{2, 1, specimen_id(901), digest_of(3), 17}))},
  };
}

std::filesystem::path golden_folder() { return repository_root() / "tests/golden"; }

OwnedBytes read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const Bytes bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

std::map<std::string, std::string> read_hashes(const std::filesystem::path& folder) {
  std::map<std::string, std::string> hashes;
  std::ifstream file(folder / "hashes.txt");
  std::string hash;
  for (std::string name; file >> hash >> name;) hashes[name] = hash;
  return hashes;
}

}  // namespace braid::test
