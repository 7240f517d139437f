#include "tests/repository/layering.hpp"

#include <catch2/catch.hpp>

#include "tests/repository/sources.hpp"
#include "tests/support/repository_root.hpp"

using namespace braid::test;

namespace {

bool allowed(std::string_view path, const std::string& header) {
  return forbidden_includes(path, "#pragma once\n#include " + header + "\n").empty();
}

}  // namespace

TEST_CASE("every file of the repository keeps to the include table") {
  Findings found;
  std::size_t files = 0;
  for (const auto& file : sources_below(repository_root())) {
    if (!is_cpp(file.path)) continue;
    ++files;
    for (auto& finding : forbidden_includes(file.path, file.text)) found.push_back(finding);
  }
  CHECK(files > 10);
  CHECK(found == Findings{});
}

TEST_CASE("include table: arrows point inwards") {
  CHECK(allowed("ledger/decide.cpp", "\"events/merkle.hpp\""));
  CHECK(allowed("adapters/lmdb/log.cpp", "\"ledger/event_log.hpp\""));
  CHECK(allowed("tools/braid/serve.cpp", "\"adapters/lmdb/log.hpp\""));
  CHECK(allowed("tests/ledger/decide_test.cpp", "\"ledger/decide.hpp\""));

  CHECK_FALSE(allowed("events/merkle.cpp", "\"ledger/decide.hpp\""));
  CHECK_FALSE(allowed("projections/pools.cpp", "\"ledger/decide.hpp\""));
  CHECK_FALSE(allowed("ledger/decide.cpp", "\"projections/pools.hpp\""));
  CHECK_FALSE(allowed("ledger/decide.cpp", "\"adapters/lmdb/log.hpp\""));
  CHECK_FALSE(allowed("adapters/lmdb/log.cpp", "\"adapters/json/codec.hpp\""));
  CHECK_FALSE(allowed("tools/braid/serve.cpp", "\"tests/support/clock.hpp\""));
}

TEST_CASE("include table: an adapter knows one library, the core knows no machine") {
  CHECK(allowed("adapters/lmdb/log.cpp", "<lmdb.h>"));
  CHECK(allowed("adapters/files/csv.cpp", "<csv.h>"));
  CHECK(allowed("adapters/lmdb/lock.cpp", "<sys/file.h>"));
  CHECK(allowed("events/digest.cpp", "<openssl/sha.h>"));
  CHECK(allowed("ledger/decide.cpp", "<vector>"));

  CHECK_FALSE(allowed("ledger/decide.cpp", "<lmdb.h>"));
  CHECK_FALSE(allowed("adapters/files/csv.cpp", "<lmdb.h>"));
  CHECK_FALSE(allowed("adapters/json/codec.cpp", "<boost/json.hpp>"));
  CHECK_FALSE(allowed("events/digest.cpp", "<fmt/core.h>"));
  CHECK_FALSE(allowed("ledger/decide.cpp", "<fstream>"));
  CHECK_FALSE(allowed("projections/pools.cpp", "<unistd.h>"));
  CHECK_FALSE(allowed("tools/braid/serve.cpp", "<catch2/catch.hpp>"));
}

TEST_CASE("include table: our headers are named from the root, and every folder has a row") {
  CHECK_FALSE(allowed("ledger/decide.cpp", "\"decide.hpp\""));
  CHECK_FALSE(allowed("ledger/decide.cpp", "\"../events/merkle.hpp\""));
  CHECK_FALSE(allowed("ledger/decide.cpp", "\"ledgers/merkle.hpp\""));
  CHECK_FALSE(allowed("adapters/carrier_pigeon/coop.cpp", "<vector>"));
}

TEST_CASE("include table: an include is found however it is spaced, and named with its line") {
  const auto found = forbidden_includes("events/a.cpp", "\n  #  include  <lmdb.h>  // why not\n");
  REQUIRE(found.size() == 1);
  CHECK(found[0].line == 2);
  CHECK(found[0].why.starts_with("<lmdb.h>: "));
}
