#include "events/merkle.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <algorithm>

#include "events/encoding.hpp"

using namespace braid;

namespace {

/// The entries of certificate-transparency's reference tests.
std::vector<Digest> reference_leaves() {
  std::vector<Digest> leaves;
  for (const auto* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                          "606162636465666768696a6b6c6d6e6f"}) {
    OwnedBytes entry(std::string_view(hex).size() / 2);
    REQUIRE(from_hex(hex, entry));
    leaves.push_back(leaf_hash(entry));
  }
  return leaves;
}

constexpr const char* reference_roots[] = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

std::vector<Digest> leaves_of(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(as_bytes(std::to_string(i))));
  return leaves;
}

std::span<const Digest> first(const std::vector<Digest>& leaves, std::size_t count) {
  return std::span(leaves).first(count);
}

/// RFC 6962 section 2.1 word for word: a second implementation, for comparison only.
Digest root_by_the_book(std::span<const Digest> leaves) {
  if (leaves.empty()) return sha256({});
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return node_hash(root_by_the_book(leaves.first(k)), root_by_the_book(leaves.subspan(k)));
}

Digest with_bit_flipped(Digest digest, std::size_t bit) {
  digest.bytes[bit / 8 % 32] ^= static_cast<std::byte>(1 << bit % 8);
  return digest;
}

MerkleProof hashes(std::initializer_list<const char*> texts) {
  MerkleProof proof;
  for (const auto* text : texts) proof.push_back(*Digest::from_hex(text));
  return proof;
}

}  // namespace

TEST_CASE("The roots of the certificate-transparency reference entries are the published ones") {
  const auto leaves = reference_leaves();
  CHECK(root_of({}).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t size = 1; size <= leaves.size(); ++size)
    CHECK(root_of(first(leaves, size)).hex() == reference_roots[size - 1]);
}

TEST_CASE("The proofs over the certificate-transparency reference entries are the published ones") {
  const auto leaves = reference_leaves();
  CHECK(inclusion_proof(leaves, 0) ==
        hashes({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  CHECK(consistency_proof(leaves, 6) ==
        hashes({"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
}

TEST_CASE("A tree grown leaf by leaf has the root of RFC 6962 at every size") {
  const auto leaves = leaves_of(300);
  MerkleTree tree;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    const auto expected = root_by_the_book(first(leaves, size));
    CHECK(tree.size() == size);
    CHECK(tree.root() == expected);
    CHECK(root_of(first(leaves, size)) == expected);
    if (size < leaves.size()) tree.add(leaves[size]);
  }
}

TEST_CASE("A tree restored from its size and peaks goes on as the first would") {
  const auto leaves = leaves_of(70);
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    MerkleTree tree;
    tree.add(first(leaves, size));
    auto restored = MerkleTree::from(tree.size(), tree.peaks());
    REQUIRE(restored);
    CHECK(*restored == tree);
    restored->add(std::span(leaves).subspan(size));
    CHECK(restored->root() == root_of(leaves));
  }
}

TEST_CASE("Leaves added in any grouping make the same tree") {
  const auto leaves = leaves_of(3000);
  CHECK(rc::check([&](std::vector<std::uint16_t> sizes) {
    MerkleTree grouped, single;
    std::size_t at = 0;
    for (std::size_t size : sizes) {
      size = std::min<std::size_t>(size % 1200, leaves.size() - at);
      grouped.add(std::span(leaves).subspan(at, size));
      for (std::size_t i = 0; i < size; ++i) single.add(leaves[at + i]);
      at += size;
    }
    RC_ASSERT(grouped == single);
  }));
}

TEST_CASE("A first and a second batch of any size make the tree of all their leaves") {
  const auto leaves = leaves_of(80);
  for (std::size_t first_size = 0; first_size <= 40; ++first_size)
    for (std::size_t second_size = 0; second_size <= 40; ++second_size) {
      MerkleTree tree;
      tree.add(first(leaves, first_size));
      tree.add(std::span(leaves).subspan(first_size, second_size));
      CHECK(tree.root() == root_by_the_book(first(leaves, first_size + second_size)));
    }
}

TEST_CASE("The leaf hashes of many entries are those of each") {
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < 300; ++i)
    entries.push_back(std::string(i * 7 % 400, static_cast<char>(i)));
  std::vector<Bytes> views;
  for (const auto& entry : entries) views.push_back(as_bytes(entry));
  std::vector<Digest> leaves(views.size());
  leaf_hashes(views, leaves);
  for (std::size_t i = 0; i < views.size(); ++i) CHECK(leaves[i] == leaf_hash(views[i]));
}

TEST_CASE("Peaks of another number than the size has bits are refused") {
  const auto refused = MerkleTree::from(5, leaves_of(3));
  CHECK(refused.error() == "a tree of 5 leaves has 2 peaks, not 3");
  CHECK_FALSE(MerkleTree::from(0, leaves_of(1)));
  CHECK_FALSE(MerkleTree::from(1, {}));
}

TEST_CASE("Every leaf of every tree has an inclusion proof that verifies") {
  const auto leaves = leaves_of(66);
  for (std::size_t size = 1; size <= leaves.size(); ++size)
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(first(leaves, size), index);
      CHECK(verify_inclusion(leaves[index], index, size, proof, root_of(first(leaves, size))));
    }
}

TEST_CASE("Every tree has a consistency proof with every later one that verifies") {
  const auto leaves = leaves_of(66);
  for (std::size_t size = 0; size <= leaves.size(); ++size)
    for (std::size_t old_size = 0; old_size <= size; ++old_size) {
      const auto proof = consistency_proof(first(leaves, size), old_size);
      CHECK(verify_consistency(old_size, root_of(first(leaves, old_size)), size,
                               root_of(first(leaves, size)), proof));
    }
}

TEST_CASE("An inclusion proof with anything altered does not verify") {
  CHECK(rc::check([] {
    const auto size = *rc::gen::inRange<std::size_t>(1, 130);
    const auto index = *rc::gen::inRange<std::size_t>(0, size);
    const auto bit = *rc::gen::inRange<std::size_t>(0, 256);
    const auto leaves = leaves_of(size);
    const auto root = root_of(leaves);
    const auto proof = inclusion_proof(leaves, index);
    RC_ASSERT(verify_inclusion(leaves[index], index, size, proof, root));
    RC_ASSERT(!verify_inclusion(with_bit_flipped(leaves[index], bit), index, size, proof, root));
    RC_ASSERT(!verify_inclusion(leaves[index], index, size, proof, with_bit_flipped(root, bit)));
    RC_ASSERT(!verify_inclusion(leaves[index], size, size, proof, root));
    for (std::size_t other = 0; other < size; ++other)
      RC_ASSERT((other == index) == verify_inclusion(leaves[index], other, size, proof, root));
    for (std::size_t i = 0; i < proof.size(); ++i) {
      auto altered = proof;
      altered[i] = with_bit_flipped(altered[i], bit);
      RC_ASSERT(!verify_inclusion(leaves[index], index, size, altered, root));
      altered = proof;
      altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(i));
      RC_ASSERT(!verify_inclusion(leaves[index], index, size, altered, root));
    }
    auto longer = proof;
    longer.push_back(root);
    RC_ASSERT(!verify_inclusion(leaves[index], index, size, longer, root));
  }));
}

TEST_CASE("A consistency proof with anything altered does not verify") {
  CHECK(rc::check([] {
    const auto size = *rc::gen::inRange<std::size_t>(2, 130);
    const auto old_size = *rc::gen::inRange<std::size_t>(1, size);
    const auto bit = *rc::gen::inRange<std::size_t>(0, 256);
    const auto leaves = leaves_of(size);
    const auto root = root_of(leaves), old_root = root_of(first(leaves, old_size));
    const auto proof = consistency_proof(leaves, old_size);
    RC_ASSERT(verify_consistency(old_size, old_root, size, root, proof));
    RC_ASSERT(!verify_consistency(old_size, with_bit_flipped(old_root, bit), size, root, proof));
    RC_ASSERT(!verify_consistency(old_size, old_root, size, with_bit_flipped(root, bit), proof));
    RC_ASSERT(!verify_consistency(size, root, old_size, old_root, proof));
    for (std::size_t i = 0; i < proof.size(); ++i) {
      auto altered = proof;
      altered[i] = with_bit_flipped(altered[i], bit);
      RC_ASSERT(!verify_consistency(old_size, old_root, size, root, altered));
      altered = proof;
      altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(i));
      RC_ASSERT(!verify_consistency(old_size, old_root, size, root, altered));
    }
    auto longer = proof;
    longer.push_back(root);
    RC_ASSERT(!verify_consistency(old_size, old_root, size, root, longer));
  }));
}

TEST_CASE("A history rewritten before the older checkpoint has no consistency proof") {
  CHECK(rc::check([] {
    const auto size = *rc::gen::inRange<std::size_t>(2, 100);
    const auto old_size = *rc::gen::inRange<std::size_t>(1, size);
    const auto at = *rc::gen::inRange<std::size_t>(0, old_size);
    const auto honest = leaves_of(size);
    auto rewritten = honest;
    rewritten[at] = with_bit_flipped(rewritten[at], 0);
    RC_ASSERT(!verify_consistency(old_size, root_of(first(honest, old_size)), size,
                                  root_of(rewritten), consistency_proof(rewritten, old_size)));
  }));
}

TEST_CASE("Proofs about trees that cannot be have an answer too: no") {
  const auto leaf = leaves_of(1)[0];
  CHECK_FALSE(verify_inclusion(leaf, 0, 0, {}, leaf));
  CHECK_FALSE(verify_inclusion(leaf, ~0ull, ~0ull, {}, leaf));
  CHECK_FALSE(verify_consistency(0, leaf, 1, leaf, {}));
  CHECK(verify_consistency(0, root_of({}), 1, leaf, {}));
  CHECK_FALSE(verify_consistency(0, root_of({}), 1, leaf, leaves_of(1)));
  CHECK_FALSE(verify_consistency(1, leaf, ~0ull, leaf, {}));
  CHECK_FALSE(verify_consistency(3, leaf, 4, leaf, {}));
}
