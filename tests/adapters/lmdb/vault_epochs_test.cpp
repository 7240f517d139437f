// How keys are destroyed: for good, whoever is killed on the way, and out of reach of older copies.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "events/encoding.hpp"
#include "events/faults.hpp"
#include "tests/adapters/lmdb/vault_folder.hpp"
#include "tests/support/failing_disk.hpp"
#include "tests/support/vault_contract.hpp"

using namespace braid;
using namespace braid::test;
using braid::support::person;
using braid::support::same_key;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

constexpr int lost = 7;  // who is erased

/// Runs `work` in a process of its own, which dies before its `nth` change of the disk. Whether it
/// came to its end.
template <class Work>
bool runs_to_its_end(int nth, Work&& work) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    support::die_at_change(nth);
    try {
      work();
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  REQUIRE((WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == support::died));
  return WEXITSTATUS(status) == 0;
}

/// What the history's restart does.
void erase(const VaultFolder& folder) {
  const auto vault = folder.open();
  if (vault->find(person(lost))) vault->destroy(person(lost));
}

/// A vault of a dozen people, and what it must keep or lose.
struct Before {
  VaultFolder folder;
  std::vector<std::string> kept;  // the keys of all but one, in clear
  std::string lost_key, lost_slot, old_master;

  Before() {
    const auto vault = folder.open();
    for (int i = 0; i < 12; ++i) {
      const auto key = vault->key_for(person(i));
      (i == lost ? lost_key : kept.emplace_back()) = as_text(key->key.expose());
    }
    lost_slot = content(folder.vault() / "keys").substr(128 * (lost + 1), 104);
    old_master = content(folder.key()).substr(0, 64);
  }
};

void check_kept(const Before& before, const VaultFolder& folder) {
  const auto vault = folder.open();
  auto kept = before.kept.begin();
  for (int i = 0; i < 12; ++i) {
    const auto key = vault->find(person(i));
    REQUIRE(key.has_value() == (i != lost));
    if (key) CHECK(as_text(key->key.expose()) == *kept++);
  }
}

/// In whatever file: the key, the slot it was sealed in, the master key that opened that.
void check_gone(const Before& before, const VaultFolder& folder) {
  CHECK_FALSE(occurs_in(folder.root(), before.lost_key));
  CHECK_FALSE(occurs_in(folder.root(), to_hex(as_bytes(before.lost_key))));
  for (std::size_t at = 0; at + 8 <= before.lost_slot.size(); at += 8)
    CHECK_FALSE(occurs_in(folder.root(), before.lost_slot.substr(at, 8)));
  CHECK_FALSE(occurs_in(folder.root(), before.old_master));
  Digest raw;
  REQUIRE(from_hex(before.old_master, raw.bytes));
  CHECK_FALSE(occurs_in(folder.root(), as_text(raw.bytes)));
}

/// Nothing is left of the way.
void check_tidy(const VaultFolder& folder) {
  for (const auto* ending : {".next", ".retired"}) {
    CHECK_FALSE(fs::exists(folder.vault() / ("keys" + std::string(ending))));
    CHECK_FALSE(fs::exists(folder.key().string() + ending));
  }
}

void check_copy_opens_not(const VaultFolder& copy, const VaultFolder& today) {
  const auto refused = lmdb::Vault::open(
      copy.vault(), std::make_unique<files::MasterKeyFile>(today.key()));
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error(), Contains("is a copy from before somebody was erased"));
}

}  // namespace

TEST_CASE("A destroyed key is in no file any more, nor the master key of its day") {
  Before before;
  REQUIRE(occurs_in(before.folder.root(), before.lost_slot.substr(24)));
  REQUIRE(occurs_in(before.folder.root(), before.old_master));
  erase(before.folder);
  check_gone(before, before.folder);
  check_kept(before, before.folder);
  check_tidy(before.folder);
}

TEST_CASE("A copy of the vault from before a key was destroyed opens no more with today's key") {
  Before before;
  VaultFolder copy;
  copy.copy_of(before.folder);
  erase(before.folder);
  check_copy_opens_not(copy, before.folder);
}

TEST_CASE("A copy put back with its own master key is a vault, whose key is destroyed again") {
  Before before;
  VaultFolder copy;
  copy.copy_of(before.folder);
  erase(before.folder);
  REQUIRE(copy.open()->find(person(lost)));
  erase(copy);
  check_gone(before, copy);
  check_kept(before, copy);
}

TEST_CASE("Many keys are destroyed in one step, with one master key") {
  VaultFolder folder;
  const auto vault = folder.open();
  for (int i = 0; i < 5; ++i) vault->key_for(person(i));
  const auto master = content(folder.key());
  CHECK(vault->destroy(std::array{person(1), person(3), person(9)}) == 2);
  CHECK(content(folder.key()) != master);
  for (int i = 0; i < 5; ++i) CHECK(vault->find(person(i)).has_value() == (i != 1 && i != 3));
  CHECK_FALSE(vault->key_for(person(9)));
  CHECK(vault->key_for(person(6)));
}

TEST_CASE("Killed at any moment of a destruction, a vault opens, and the restart finishes it") {
  const Before before;
  for (int nth = 1;; ++nth) {
    CAPTURE(nth);
    REQUIRE(nth < 400);
    VaultFolder folder;
    folder.copy_of(before.folder);
    const bool finished = runs_to_its_end(nth, [&] { erase(folder); });
    // the restart is killed, too, somewhere on its way
    runs_to_its_end(nth * 7 % 23 + 1, [&] { erase(folder); });
    erase(folder);
    check_kept(before, folder);
    check_gone(before, folder);
    check_tidy(folder);
    check_copy_opens_not(before.folder, folder);
    if (!finished) continue;
    CHECK(nth > 30);  // slots, index, new file, master key: there is much to be killed in
    break;
  }
}

TEST_CASE("Killed at any moment, a vault that is opened again has lost nobody else's key") {
  const Before before;
  for (int nth = 1;; ++nth) {
    CAPTURE(nth);
    REQUIRE(nth < 400);
    VaultFolder folder;
    folder.copy_of(before.folder);
    const bool finished = runs_to_its_end(nth, [&] { erase(folder); });
    const auto vault = folder.open();  // before the history is asked
    auto kept = before.kept.begin();
    for (int i = 0; i < 12; ++i)
      if (i != lost) CHECK(as_text(vault->find(person(i))->key.expose()) == *kept++);
    CHECK(vault->key_for(person(50)));
    if (finished) break;
  }
}

TEST_CASE("A vault in use by another process is written anew when that one has ended") {
  Before before;
  int to_child[2], to_parent[2];
  REQUIRE(::pipe(to_child) == 0);
  REQUIRE(::pipe(to_parent) == 0);
  const auto child = ::fork();
  if (child == 0) {
    char byte = 0;
    const auto vault = before.folder.open();
    (void)!::write(to_parent[1], &byte, 1);
    (void)!::read(to_child[0], &byte, 1);
    const auto key = vault->key_for(person(60));  // while the other waits
    (void)!::write(to_parent[1], key->key.expose().data(), 32);
    ::_exit(0);
  }
  char byte = 0;
  REQUIRE(::read(to_parent[0], &byte, 1) == 1);
  std::thread erasing([&] { erase(before.folder); });
  REQUIRE(::write(to_child[1], &byte, 1) == 1);
  std::array<char, 32> made{};
  const auto got = ::read(to_parent[0], made.data(), made.size());
  int status = 0;
  ::waitpid(child, &status, 0);
  erasing.join();
  REQUIRE(got == 32);
  const auto vault = before.folder.open();
  CHECK_FALSE(vault->find(person(lost)));
  CHECK(as_text(vault->find(person(60))->key.expose()) == std::string_view(made.data(), 32));
}

TEST_CASE("A vault that is open while another process destroys keys sees it when it can go on") {
  VaultFolder folder;
  folder.open()->key_for(person(1));
  const auto first = folder.open();
  CHECK(first->find(person(1)));
  CHECK(first->destroy(person(1)));
  CHECK_FALSE(first->find(person(1)));
  CHECK(first->key_for(person(2)));
}

TEST_CASE("Whoever could not finish a destruction says so before it is promised") {
  if (::geteuid() == 0) return;  // may write everywhere
  VaultFolder folder;
  const auto vault = folder.open();
  vault->key_for(person(1));
  fs::permissions(folder.key(), fs::perms::owner_read);
  CHECK_THAT(vault->can_destroy(person(1)).error(), Contains("this process may not write it"));
}

TEST_CASE("Two processes that destroy keys at once both have theirs destroyed") {
  Before before;
  const auto begin = [&](int who) {
    const auto child = ::fork();
    if (child != 0) return child;
    int failed = 0;
    try {
      const auto vault = before.folder.open();
      failed = vault->destroy(person(who)) ? 0 : 1;
    } catch (...) {
      failed = 2;
    }
    ::_exit(failed);
  };
  const std::array children = {begin(2), begin(5), begin(8)};
  for (const auto child : children) {
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  const auto vault = before.folder.open();
  for (int i = 0; i < 12; ++i)
    CHECK(vault->find(person(i)).has_value() == (i != 2 && i != 5 && i != 8));
  check_tidy(before.folder);
}

TEST_CASE("A disk that fails in a destruction is named, and the next one finishes") {
  Before before;
  {
    const auto vault = before.folder.open();
    support::fail_disk(support::DiskFailure::sync_fails);
    CHECK_THROWS_AS(vault->destroy(person(lost)), Fault);
    CHECK(vault->find(person(1)));
  }
  erase(before.folder);
  check_kept(before, before.folder);
  check_gone(before, before.folder);
}

TEST_CASE("A master key behind a link is changed where the link leads, and the link stays") {
  VaultFolder folder;
  const auto real = folder.root() / "elsewhere.key";
  fs::rename(folder.key(), real);
  fs::create_symlink(real, folder.key());
  const auto before = content(real);
  const auto vault = folder.open();
  vault->key_for(person(1));
  vault->destroy(person(1));
  CHECK(fs::is_symlink(folder.key()));
  CHECK(content(real) != before);
  CHECK_FALSE(occurs_in(folder.root(), before.substr(0, 64)));
}
