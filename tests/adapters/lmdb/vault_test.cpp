#include "adapters/lmdb/vault.hpp"

#include <stdlib.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "events/faults.hpp"
#include "tests/support/vault_contract.hpp"

using namespace braid;
using namespace braid::lmdb;
using braid::support::person;
using braid::support::same_key;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
namespace fs = std::filesystem;

namespace {

fs::path make_folder() {
  auto name = (fs::temp_directory_path() / "braid-vault-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  return name;
}

struct Folder {
  fs::path path = make_folder();
  ~Folder() { fs::remove_all(path); }
};

SymmetricKey master(int number = 1) {
  return SymmetricKey(sha256(as_bytes("master " + std::to_string(number))).bytes);
}

std::unique_ptr<Vault> open(const fs::path& folder) {
  auto vault = Vault::open(folder, master());
  REQUIRE(vault);
  return std::move(*vault);
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool occurs_in(const fs::path& folder, std::string_view bytes) {
  const fs::recursive_directory_iterator files(folder);
  return std::any_of(begin(files), end(files), [&](const auto& file) {
    return file.is_regular_file() && content(file.path()).find(bytes) != std::string::npos;
  });
}

void overwrite(const fs::path& file, std::size_t at, std::string_view bytes) {
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(static_cast<std::streamoff>(at))
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

TEST_CASE("A vault in a folder keeps every promise of a vault") {
  const Folder folder;
  support::check_vault_contract([&] { return open(folder.path / "vault"); });
}

TEST_CASE("Keys are the same and destroyed ones stay destroyed when the vault is opened again") {
  const Folder folder;
  auto vault = open(folder.path);
  const auto maya = vault->key_for(person(1)), tom = vault->key_for(person(2));
  vault->destroy(person(2));
  vault.reset();
  vault = open(folder.path);
  CHECK(same_key(*vault->key_for(person(1)), *maya));
  CHECK_FALSE(vault->find(tom->id));
  CHECK_FALSE(vault->key_for(person(2)));
  CHECK(vault->key_for(person(3)));
}

TEST_CASE("No key lies in the vault in clear, and only its owner can read the files") {
  const Folder folder;
  const auto vault = open(folder.path);
  const auto key = vault->key_for(person(1));
  CHECK_FALSE(occurs_in(folder.path, as_text(key->key.expose())));
  CHECK(occurs_in(folder.path, as_text(key->id.bytes())));
  CHECK(fs::status(folder.path / "keys").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("Nothing of a destroyed key is left in any file of the vault") {
  const Folder folder;
  const auto vault = open(folder.path);
  for (int i = 0; i < 20; ++i) vault->key_for(person(i));
  const auto slot = content(folder.path / "keys").substr(128 * 8, 104);
  REQUIRE(occurs_in(folder.path, slot.substr(24)));
  REQUIRE(vault->destroy(person(7)));  // the eighth, so slot 8
  for (std::size_t at = 0; at + 8 <= slot.size(); at += 8)
    CHECK_FALSE(occurs_in(folder.path, slot.substr(at, 8)));
  for (int i = 0; i < 20; ++i) CHECK(vault->key_for(person(i)).has_value() == (i != 7));
}

TEST_CASE("Another master key does not open a vault, and the vault is none the worse") {
  const Folder folder;
  const auto key = open(folder.path)->key_for(person(1));
  const auto refused = Vault::open(folder.path, master(2));
  CHECK_THAT(refused.error(),
             EndsWith("this vault was made with another master key; give that one"));
  CHECK(same_key(*open(folder.path)->key_for(person(1)), *key));
}

TEST_CASE("A folder with other keys in it is not taken for a vault") {
  const Folder folder;
  std::ofstream(folder.path / "keys") << "something else";
  CHECK_THAT(Vault::open(folder.path, master()).error(), Contains("keys: not the keys of a vault"));
}

TEST_CASE("An altered key is named by its slot and not used, and can still be destroyed") {
  const Folder folder;
  const auto vault = open(folder.path);
  for (int i = 0; i < 3; ++i) vault->key_for(person(i));
  auto byte = content(folder.path / "keys").substr(128 * 2 + 30, 1);
  byte[0] = static_cast<char>(byte[0] ^ 1);
  overwrite(folder.path / "keys", 128 * 2 + 30, byte);
  CHECK_THROWS_WITH(vault->key_for(person(1)),
                    Contains("keys: slot 2 was altered; restore the vault from a copy"));
  CHECK(vault->key_for(person(2)));
  CHECK(vault->destroy(person(1)));
  CHECK_FALSE(vault->key_for(person(1)));
}

TEST_CASE("One subject's key put in another's place is found out") {
  const Folder folder;
  const auto vault = open(folder.path);
  for (int i = 0; i < 2; ++i) vault->key_for(person(i));
  overwrite(folder.path / "keys", 128 * 2, content(folder.path / "keys").substr(128, 128));
  CHECK_THROWS_AS(vault->key_for(person(1)), HistoryBroken);
}

TEST_CASE("A kill between writing keys and indexing them costs nothing") {
  const Folder folder;
  auto vault = open(folder.path);
  const auto maya = vault->key_for(person(1));
  overwrite(folder.path / "keys", 128 * 2, std::string(300, 'x'));  // slots that no index names
  vault = nullptr;
  vault = open(folder.path);
  CHECK(same_key(*vault->key_for(person(1)), *maya));
  const auto tom = vault->key_for(person(2));
  CHECK(same_key(*vault->key_for(person(2)), *tom));
}
