#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "adapters/lmdb/event_log.hpp"
#include "adapters/lmdb/row_store.hpp"
#include "tests/contract/event_log_contract.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/failing_disk.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace braid;
using braid::support::append_numbered;
using braid::support::ChildProcess;
using braid::support::count_numbered;
using braid::support::TemporaryFolder;
using Catch::Contains;

// A fault is met in a child process, which says what it saw line by line: limits, rights and mounts
// are a process's own.
namespace {

constexpr std::uint32_t place = 0;
constexpr uid_t nobody = 65'534;

std::unique_ptr<lmdb::EventLog> open_log(const std::filesystem::path& root) {
  auto directory = lmdb::LedgerDirectory::open(root);
  if (!directory) directory = lmdb::LedgerDirectory::create(root);
  return std::make_unique<lmdb::EventLog>(directory.value());
}

template <class Work>
std::string fault_of(Work&& work) {
  try {
    work();
  } catch (const StorageFull& fault) {
    return std::string("StorageFull: ") + fault.what();
  } catch (const HistoryBroken& fault) {
    return std::string("HistoryBroken: ") + fault.what();
  } catch (const IoFault& fault) {
    return std::string("IoFault: ") + fault.what();
  } catch (const Fault& fault) {
    return std::string("Fault: ") + fault.what();
  }
  return "no fault";
}

/// Appends until it fails; how many the log then holds, and with what it failed.
std::string append_until_fault(lmdb::EventLog& log, const ChildProcess::Say& say) {
  auto writer = log.take_over(place);
  Sequence at = log.reader(place)->size();
  auto fault = fault_of([&] {
    for (;; at += 17) append_numbered(*writer, at, at + 17);
  });
  say(fault);
  say(log.reader(place)->size() == at && count_numbered(*log.reader(place)) == at ? "nothing lost"
                                                                                  : "lost");
  return fault;
}

/// Appends ten with the writer that met the fault and with a new one, and reads all.
void go_on(lmdb::EventLog& log, const ChildProcess::Say& say) {
  auto at = log.reader(place)->size();
  append_numbered(*log.take_over(place), at, at + 10);
  say(count_numbered(*log.reader(place)) == at + 10 ? "went on" : "lost");
}

void limit_files_to(rlim_t bytes) {
  rlimit limit{bytes, RLIM_INFINITY};
  ::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

bool mount_small_disk(const std::filesystem::path& where, const char* options) {
  std::filesystem::create_directory(where);
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("none", where.c_str(), "tmpfs", 0, options) == 0;
}

}  // namespace

TEST_CASE("A log at its limit of bytes says so, loses nothing, and goes on when there is room") {
  TemporaryFolder folder;
  ChildProcess child([&](const ChildProcess::Say& say) {
    auto log = open_log(folder / "ledger");
    append_numbered(*log->take_over(place), 0, 10);
    limit_files_to(200'000);
    append_until_fault(*log, say);
    append_until_fault(*log, say);
    limit_files_to(RLIM_INFINITY);
    go_on(*log, say);
    return 0;
  });
  for (int attempt = 0; attempt < 2; ++attempt) {
    CHECK_THAT(child.hear(), Catch::StartsWith("StorageFull: no room on ") &&
                                 Contains("/ledger/log/0: ") && Contains(" bytes free") &&
                                 Contains("make room and send again; nothing was recorded"));
    CHECK(child.hear() == "nothing lost");
  }
  CHECK(child.hear() == "went on");
  CHECK(child.wait() == 0);
}

TEST_CASE("A log on a full disk says so, loses nothing, and goes on when there is room") {
  TemporaryFolder folder;
  ChildProcess child([&](const ChildProcess::Say& say) {
    if (!mount_small_disk(folder / "disk", "size=1m")) {
      say("may not mount");
      return 0;
    }
    auto log = open_log(folder / "disk/ledger");
    std::ofstream(folder / "disk/ballast") << std::string(100'000, 'x');
    append_until_fault(*log, say);
    append_until_fault(*log, say);
    std::filesystem::remove(folder / "disk/ballast");
    go_on(*log, say);
    return 0;
  });
  auto first = child.hear();
  if (first == "may not mount") {
    WARN(
        "not tried: this user may not mount a small disk; the limit of bytes above meets the same "
        "code");
    return;
  }
  CHECK_THAT(first,
             Catch::StartsWith("StorageFull: no room on ") && Contains("nothing was recorded"));
  CHECK(child.hear() == "nothing lost");
  CHECK_THAT(child.hear(), Catch::StartsWith("StorageFull: no room on "));
  CHECK(child.hear() == "nothing lost");
  CHECK(child.hear() == "went on");
  CHECK(child.wait() == 0);
}

TEST_CASE("A ledger that cannot be begun for want of room is begun when there is") {
  TemporaryFolder folder;
  ChildProcess child([&](const ChildProcess::Say& say) {
    auto log = open_log(folder / "ledger");
    limit_files_to(6000);  // the lock file and half of the first two pages
    say(fault_of([&] { auto writer = log->take_over(place); }));
    limit_files_to(20'000);
    say(fault_of([&] { auto writer = log->take_over(place); }));
    limit_files_to(RLIM_INFINITY);
    go_on(*log, say);
    return 0;
  });
  CHECK_THAT(child.hear(), Catch::StartsWith("StorageFull: no room on "));
  child.hear();
  CHECK(child.hear() == "went on");
  CHECK(child.wait() == 0);
}

TEST_CASE("Rows on a full disk stay as they were, and go on when there is room") {
  TemporaryFolder folder;
  ChildProcess child([&](const ChildProcess::Say& say) {
    lmdb::RowStore store(folder / "rows");
    auto put = [&](const std::string& key, const std::string& value) {
      const RowChange rows[] = {{as_bytes(key), as_bytes(value)}};
      const TableChanges changes[] = {{"table", rows}};
      store.commit(changes, as_bytes(key));
    };
    put("a", "first");
    limit_files_to(100'000);
    say(fault_of([&] { put("b", std::string(200'000, 'x')); }));
    say(std::string(as_text(*store.position())) +
        (store.get("table", as_bytes("b")) ? " with b" : " without b"));
    limit_files_to(RLIM_INFINITY);
    put("c", std::string(200'000, 'x'));
    say(std::string(as_text(*store.position())));
    return 0;
  });
  CHECK_THAT(child.hear(), Catch::StartsWith("StorageFull: no room on "));
  CHECK(child.hear() == "a without b");
  CHECK(child.hear() == "c");
  CHECK(child.wait() == 0);
}

TEST_CASE("A ledger that may only be read is read, and a writer is refused with a sentence") {
  TemporaryFolder folder;
  auto root = folder / "ledger";
  append_numbered(*open_log(root)->take_over(place), 0, 50);
  for (const auto& found : std::filesystem::recursive_directory_iterator(root))
    ::chmod(found.path().c_str(), found.is_directory() ? 0555 : 0444);
  ::chmod(root.c_str(), 0555);
  ::chmod(folder.path().c_str(), 0555);
  ChildProcess child([&](const ChildProcess::Say& say) {
    if (::geteuid() == 0 && ::setuid(nobody) != 0) return 1;
    auto log = open_log(root);
    say(std::to_string(count_numbered(*log->reader(place))));
    say(lmdb::Environment::open(root / "log/0")->warning());
    say(fault_of([&] { auto writer = log->take_over(place); }));
    return 0;
  });
  CHECK(child.hear() == "50");
  CHECK_THAT(child.hear(), Contains("is read without telling its writer"));
  CHECK_THAT(child.hear(), Catch::StartsWith("IoFault: cannot write ") &&
                               Contains("Run as the owner of the ledger"));
  CHECK(child.wait() == 0);
  ::chmod(folder.path().c_str(), 0755);
  ::chmod(root.c_str(), 0755);
  for (const auto& found : std::filesystem::recursive_directory_iterator(root))
    ::chmod(found.path().c_str(), 0755);
}

TEST_CASE("A log that was cut short while it was made is empty, and can be written") {
  TemporaryFolder folder;
  auto log = open_log(folder / "ledger");
  std::filesystem::create_directories(folder / "ledger/log/0");
  std::ofstream(folder / "ledger/log/0/data.mdb") << std::string(4096, '\0');
  CHECK(log->reader(place)->size() == 0);
  append_numbered(*log->take_over(place), 0, 5);
  CHECK(count_numbered(*log->reader(place)) == 5);
}

TEST_CASE(
    "A log whose disk fails before the last step of an append records nothing and can be written "
    "again") {
  TemporaryFolder folder;
  auto log = open_log(folder / "ledger");
  auto writer = log->take_over(place);
  append_numbered(*writer, 0, 5);
  support::fail_disk(support::DiskFailure::sync_fails);
  CHECK_THAT(
      fault_of([&] { append_numbered(*writer, 5, 10); }),
      Catch::StartsWith("IoFault: cannot record anything in ") && Contains("Input/output error"));
  CHECK(count_numbered(*log->reader(place)) == 5);
  append_numbered(*writer, 5, 10);
  CHECK(count_numbered(*log->reader(place)) == 10);
}

TEST_CASE(
    "An append whose last step fails has an unknown outcome, and the program must start again") {
  TemporaryFolder folder;
  auto log = open_log(folder / "ledger");
  auto writer = log->take_over(place);
  append_numbered(*writer, 0, 5);
  support::fail_disk(support::DiskFailure::small_write_fails);
  CHECK_THROWS_AS(append_numbered(*writer, 5, 10), OutcomeUnknown);
  CHECK_THROWS_AS(append_numbered(*writer, 5, 10), Fenced);
  CHECK_THROWS_AS(append_numbered(*writer, 10, 15), Fenced);
  CHECK_THAT(fault_of([&] { log->reader(place)->size(); }), Contains("start this program again"));
  writer.reset();
  log = open_log(folder / "ledger");  // the environment was closed with its last user
  auto there = log->reader(place)->size();
  CHECK(count_numbered(*log->reader(place)) == there);
  append_numbered(*log->take_over(place), there, 12);
  CHECK(count_numbered(*log->reader(place)) == 12);
}

TEST_CASE("A ledger on a medium that is read-only is read, and a writer is refused") {
  TemporaryFolder folder;
  ChildProcess child([&](const ChildProcess::Say& say) {
    if (!mount_small_disk(folder / "disk", "size=1m")) {
      say("may not mount");
      return 0;
    }
    append_numbered(*open_log(folder / "disk/ledger")->take_over(place), 0, 50);
    if (::mount(nullptr, (folder / "disk").c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0)
      return 1;
    auto log = open_log(folder / "disk/ledger");
    say(std::to_string(count_numbered(*log->reader(place))));
    say(fault_of([&] { auto writer = log->take_over(place); }));
    return 0;
  });
  auto first = child.hear();
  if (first == "may not mount") {
    WARN("not tried: this user may not mount a small disk");
    return;
  }
  CHECK(first == "50");
  CHECK_THAT(child.hear(),
             Catch::StartsWith("IoFault: cannot write ") && Contains("Read-only file system"));
  CHECK(child.wait() == 0);
}
