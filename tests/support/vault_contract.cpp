#include "tests/support/vault_contract.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "events/sealed.hpp"

namespace braid::support {

using ledger::Subject;

Subject person(int number) {
  return Subject::person({sha256(as_bytes(std::to_string(number))).bytes});
}

bool same_key(const ledger::VaultKey& left, const ledger::VaultKey& right) {
  return left.id == right.id && std::ranges::equal(left.key.expose(), right.key.expose());
}

void check_vault_contract(const std::function<std::unique_ptr<ledger::Vault>()>& make) {
  const auto vault = make();
  const auto maya = person(1), tom = person(2);

  SECTION("a subject gets a key when first asked for, and the same ever after") {
    const auto first = vault->key_for(maya);
    REQUIRE(first);
    CHECK(same_key(*vault->key_for(maya), *first));
    CHECK(same_key(*vault->find(first->id), *first));
    CHECK(first->id.version() == 4);
  }
  SECTION("two subjects have two keys, also where their bytes are alike but their kinds differ") {
    const Digest token = sha256(as_bytes("1"));
    const auto as_person = vault->key_for(Subject::person({token.bytes})),
               as_name = vault->key_for(Subject::name(token));
    CHECK(as_person->id != as_name->id);
    CHECK_FALSE(std::ranges::equal(as_person->key.expose(), as_name->key.expose()));
    CHECK(vault->key_for(Subject::thing(uuid_v4(1, 1)))->id !=
          vault->key_for(Subject::thing(uuid_v4(1, 2)))->id);
  }
  SECTION("many subjects are asked for at once, new, known and repeated, and answered in order") {
    const auto known = vault->key_for(tom);
    const auto keys = vault->keys_for(std::array{maya, tom, maya, person(3)});
    REQUIRE(keys.size() == 4);
    CHECK(same_key(*keys[1], *known));
    CHECK(same_key(*keys[0], *keys[2]));
    CHECK(keys[0]->id != keys[3]->id);
    CHECK(vault->keys_for({}).empty());
  }
  SECTION("a destroyed key is found by nobody, and its subject gets no other") {
    const auto key = vault->key_for(maya), other = vault->key_for(tom);
    CHECK(vault->destroy(maya));
    CHECK_FALSE(vault->find(key->id));
    CHECK_FALSE(vault->key_for(maya));
    CHECK_FALSE(vault->destroy(maya));
    CHECK(vault->is_destroyed(maya));
    CHECK_FALSE(vault->is_destroyed(tom));
    CHECK(same_key(*vault->key_for(tom), *other));
  }
  SECTION("a subject that never had a key can be erased too, and then gets none") {
    CHECK_FALSE(vault->is_destroyed(maya));
    CHECK_FALSE(vault->destroy(maya));
    CHECK(vault->is_destroyed(maya));
    CHECK_FALSE(vault->key_for(maya));
    CHECK(vault->destroy(std::array{maya, tom}) == 0);
  }
  SECTION("a subject's key is found without making one") {
    CHECK_FALSE(vault->find(maya));
    const auto key = vault->key_for(maya);
    CHECK(same_key(*vault->find(maya), *key));
    CHECK(vault->find(key->id)->subject == maya);
    CHECK_FALSE(vault->find(tom));
    CHECK_FALSE(vault->is_destroyed(tom));
  }
  SECTION("an unknown key identifier is not found") { CHECK_FALSE(vault->find(uuid_v4(7, 7))); }
  SECTION(
      "what is sealed under a subject's key is read with it, and by nobody once it is destroyed") {
    const auto key = vault->key_for(maya);
    const auto box = seal(key->key, key->id, as_bytes("Maya"), {}, random_nonce());
    CHECK(as_text(*unseal(vault->find(box.key_id)->key, box, {})) == "Maya");
    vault->destroy(maya);
    CHECK_FALSE(vault->find(box.key_id));
  }
}

}  // namespace braid::support
