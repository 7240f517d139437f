#include "adapters/lmdb/vault.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "events/faults.hpp"
#include "tests/adapters/lmdb/vault_folder.hpp"
#include "tests/support/vault_contract.hpp"

using namespace braid;
using namespace braid::test;
using braid::support::person;
using braid::support::same_key;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

void overwrite(const fs::path& file, std::size_t at, std::string_view bytes) {
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(static_cast<std::streamoff>(at))
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

TEST_CASE("A vault in a folder keeps every promise of a vault") {
  const VaultFolder folder;
  support::check_vault_contract([&] { return folder.open(); });
}

TEST_CASE("Keys are the same and destroyed ones stay destroyed when the vault is opened again") {
  const VaultFolder folder;
  auto vault = folder.open();
  const auto maya = vault->key_for(person(1)), tom = vault->key_for(person(2));
  vault->destroy(person(2));
  vault.reset();
  vault = folder.open();
  CHECK(same_key(*vault->key_for(person(1)), *maya));
  CHECK_FALSE(vault->find(tom->id));
  CHECK_FALSE(vault->key_for(person(2)));
  CHECK(vault->key_for(person(3)));
}

TEST_CASE("No key lies in the vault in clear, and only its owner can read the files") {
  const VaultFolder folder;
  const auto vault = folder.open();
  const auto key = vault->key_for(person(1));
  CHECK_FALSE(occurs_in(folder.vault(), as_text(key->key.expose())));
  CHECK(occurs_in(folder.vault(), as_text(key->id.bytes())));
  CHECK(fs::status(folder.vault() / "keys").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("Nothing of a destroyed key is left in any file of the vault") {
  const VaultFolder folder;
  const auto vault = folder.open();
  for (int i = 0; i < 20; ++i) vault->key_for(person(i));
  const auto slot = content(folder.vault() / "keys").substr(128 * 8, 104);
  REQUIRE(occurs_in(folder.vault(), slot.substr(24)));
  REQUIRE(vault->destroy(person(7)));  // the eighth, so slot 8
  for (std::size_t at = 0; at + 8 <= slot.size(); at += 8)
    CHECK_FALSE(occurs_in(folder.vault(), slot.substr(at, 8)));
  for (int i = 0; i < 20; ++i) CHECK(vault->key_for(person(i)).has_value() == (i != 7));
}

TEST_CASE("Another master key does not open a vault, and the vault is none the worse") {
  const VaultFolder folder;
  const auto key = folder.open()->key_for(person(1));
  const VaultFolder other;
  const auto refused =
      lmdb::Vault::open(folder.vault(), std::make_unique<files::MasterKeyFile>(other.key()));
  CHECK_THAT(refused.error(), Contains("this vault was made with another master key"));
  CHECK(same_key(*folder.open()->key_for(person(1)), *key));
}

TEST_CASE("A folder with other keys in it is not taken for a vault") {
  const VaultFolder folder;
  fs::create_directories(folder.vault());
  std::ofstream(folder.vault() / "keys") << "something else";
  CHECK_THROWS_WITH(folder.open(), Contains("keys: not the keys of a vault"));
}

TEST_CASE("An altered key is named by its slot and not used, and can still be destroyed") {
  const VaultFolder folder;
  const auto vault = folder.open();
  for (int i = 0; i < 3; ++i) vault->key_for(person(i));
  auto byte = content(folder.vault() / "keys").substr(128 * 2 + 30, 1);
  byte[0] = static_cast<char>(byte[0] ^ 1);
  overwrite(folder.vault() / "keys", 128 * 2 + 30, byte);
  CHECK_THROWS_WITH(vault->key_for(person(1)),
                    Contains("keys: slot 2 was altered; restore the vault from a copy"));
  CHECK(vault->key_for(person(2)));
  CHECK(vault->destroy(person(1)));
  CHECK_FALSE(vault->key_for(person(1)));
}

TEST_CASE("One subject's key put in another's place is found out") {
  const VaultFolder folder;
  const auto vault = folder.open();
  for (int i = 0; i < 2; ++i) vault->key_for(person(i));
  overwrite(folder.vault() / "keys", 128 * 2, content(folder.vault() / "keys").substr(128, 128));
  CHECK_THROWS_AS(vault->key_for(person(1)), HistoryBroken);
}

TEST_CASE("A kill between writing keys and indexing them costs nothing") {
  const VaultFolder folder;
  auto vault = folder.open();
  const auto maya = vault->key_for(person(1));
  overwrite(folder.vault() / "keys", 128 * 2, std::string(300, 'x'));  // slots that no index names
  vault = nullptr;
  vault = folder.open();
  CHECK(same_key(*vault->key_for(person(1)), *maya));
  const auto tom = vault->key_for(person(2));
  CHECK(same_key(*vault->key_for(person(2)), *tom));
}
