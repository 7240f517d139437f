#include "adapters/lmdb/ledger_directory.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "events/entry_source.hpp"
#include "tests/support/temporary_folder.hpp"

using braid::lmdb::LedgerDirectory;
using braid::support::TemporaryFolder;
using Catch::Contains;

namespace {

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file) << text;
}

}  // namespace

TEST_CASE("A ledger's directory is made for its owner alone, and opened again") {
  TemporaryFolder folder;
  auto made = LedgerDirectory::create(folder / "a");
  REQUIRE(made);
  CHECK(std::filesystem::status(folder / "a").permissions() == std::filesystem::perms::owner_all);
  auto opened = LedgerDirectory::open(folder / "a");
  REQUIRE(opened);
  CHECK(opened->log(7) == folder.path() / "a/log/7");
  CHECK(opened->tree(0) == folder.path() / "a/tree/0");
  CHECK(opened->views(braid::register_partition) == folder.path() / "a/views/register");
}

TEST_CASE("A ledger is not made where anything is already") {
  TemporaryFolder folder;
  write_text(folder / "letter.txt", "Dear Maya");
  CHECK_THAT(LedgerDirectory::create(folder.path()).error(), Contains("is not empty"));
  CHECK_THAT(LedgerDirectory::create(folder / "letter.txt").error(), Contains("is a file"));
  REQUIRE(LedgerDirectory::create(folder / "a"));
  CHECK_THAT(LedgerDirectory::create(folder / "a").error(), Contains("is a ledger already"));
}

TEST_CASE("An interrupted making of a ledger is taken up again") {
  TemporaryFolder folder;
  write_text(folder / "FORMAT.new", "bra");
  CHECK(LedgerDirectory::create(folder.path()));
  CHECK(LedgerDirectory::open(folder.path()));
}

TEST_CASE("What is no ledger, or a newer one, is not opened but named") {
  TemporaryFolder folder;
  auto open_with = [&](const std::string& format) {
    write_text(folder / "FORMAT", format);
    auto opened = LedgerDirectory::open(folder.path());
    return opened ? "opened" : opened.error();
  };
  CHECK_THAT(LedgerDirectory::open(folder / "nowhere").error(),
             Contains("is no ledger: it has no file FORMAT"));
  CHECK_THAT(LedgerDirectory::open(folder.path()).error(),
             Contains("is no ledger: it has no file FORMAT"));
  CHECK(open_with("braid ledger 1\n") == "opened");
  CHECK_THAT(open_with("braid ledger 2\n"), Contains("version 2") && Contains("use a newer braid"));
  for (const auto* text :
       {"", "1", "braid ledger 1", "braid ledger 0\n", "braid ledger 01x\n", "braid ledger -1\n",
        "braid ledger 99999999999999999999\n", "Braid Ledger 1\n", "braid ledger 1\n\n"})
    CHECK_THAT(open_with(text), Contains("does not say \"braid ledger 1\""));
}
