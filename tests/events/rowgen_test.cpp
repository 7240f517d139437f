#include <sys/wait.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "events/check.hpp"
#include "tests/support/repository_root.hpp"

namespace {

/// A folder of its own, gone at the end.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "braid-rowgen-XXXXXX").string();
    braid::check(mkdtemp(pattern.data()) != nullptr, "a test needs a folder to write in");
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Outcome {
  int status = 0;
  std::string said;
  std::string header;
};

/// Generates the rows of a schema file with these declarations.
Outcome generate(const std::string& declarations, const std::string& rows = "$C.rows(\"x\");\n") {
  const Folder folder;
  std::ofstream(folder.path() / "example.capnp")
      << "@0xb2f1c2a59f0d6e12;\nusing Cxx = import \"/capnp/c++.capnp\";\n"
         "using C = import \"/events/schema/common.capnp\";\n$Cxx.namespace(\"x::schema\");\n"
      << rows << declarations;
  const auto root = braid::test::repository_root().string();
  const auto command = "capnp compile -o" BRAID_ROWGEN ":'" + folder.path().string() +
                       "' --src-prefix='" + folder.path().string() + "' -I '" + root + "' '" +
                       folder.path().string() + "/example.capnp' 2>&1";
  Outcome outcome;
  FILE* const pipe = popen(command.c_str(), "r");
  braid::check(pipe != nullptr, "a test can run a command");
  std::array<char, 4096> buffer;
  for (std::size_t size; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    outcome.said.append(buffer.data(), size);
  outcome.status = pclose(pipe);
  std::ifstream header(folder.path() / "example.rows.hpp");
  outcome.header.assign(std::istreambuf_iterator<char>(header), {});
  return outcome;
}

/// What the generator says of a table with these fields.
std::string refusal(const std::string& fields) {
  const auto outcome = generate("struct Row $C.table(\"rows\") {\n" + fields + "\n}\n");
  CHECK(outcome.status != 0);
  CHECK(outcome.header.empty());
  return outcome.said;
}

}  // namespace

TEST_CASE("a table that a value type cannot hold stops the build with a sentence that names it") {
  const std::string id = "id @0 :UInt64 $C.key(0);";
  CHECK_THAT(refusal(id + "rate @1 :Float64;"),
             Catch::Contains(
                 "example.capnp:Row: field 'rate': a row cannot hold a floating-point number"));
  CHECK_THAT(refusal(id + "rates @1 :List(Float32);"), Catch::Contains("field 'rates'"));
  CHECK_THAT(refusal(id + "union { a @1 :Int8; b @2 :Text; }"),
             Catch::Contains("cannot have a union"));
  CHECK_THAT(refusal(id + "part :group { a @1 :Int8; }"),
             Catch::Contains("field 'part': a row cannot have a group"));
  CHECK_THAT(refusal(id + "rows @1 :List(List(Int8));"), Catch::Contains("list of lists"));
  CHECK_THAT(refusal(id + "any @1 :AnyPointer;"), Catch::Contains("nothing else"));
  CHECK_THAT(refusal(id + "nothing @1 :Void;"), Catch::Contains("Void"));
  CHECK_THAT(refusal(id + "rows @1 :List(Row);"), Catch::Contains("holds itself"));
  CHECK_THAT(refusal(id + "text @1 :Text = \"hello\";"),
             Catch::Contains("field 'text': only a number"));
}

TEST_CASE("a table without a key that sorts stops the build with a sentence that says why") {
  CHECK_THAT(refusal("id @0 :UInt64;"), Catch::Contains("at least one field with $key"));
  CHECK_THAT(refusal("a @0 :UInt8 $C.key(1); b @1 :UInt8 $C.key(1);"),
             Catch::Contains("same place in $key"));
  CHECK_THAT(refusal("a @0 :Data $C.key(0);"),
             Catch::Contains("field 'a' cannot be part of a key"));
  CHECK_THAT(refusal("a @0 :C.Strand $C.key(0);"),
             Catch::Contains("field 'a' cannot be part of a key"));
  CHECK_THAT(refusal("a @0 :Text $C.key(0); b @1 :Text $C.key(1);"),
             Catch::Contains("may take 514 bytes"));
}

TEST_CASE("a file without $rows, given to the generator, is refused") {
  const auto outcome = generate("struct Row {}\n", "");
  CHECK(outcome.status != 0);
  CHECK_THAT(outcome.said, Catch::Contains("example.capnp: has no $rows"));
}

TEST_CASE("structs that no table needs are left out where a value cannot hold them") {
  const auto outcome = generate(
      "struct Choice { union { a @0 :Int8; b @1 :Int8; } }\nstruct Chosen { choice @0 :Choice; }\n"
      "struct Tree { branches @0 :List(Tree); }\nstruct Plain { deep @0 :Deep; struct Deep { a @0 "
      ":Int8; } }\n");
  CHECK(outcome.status == 0);
  CHECK(outcome.header.find("struct Choice") == std::string::npos);
  CHECK(outcome.header.find("struct Chosen") == std::string::npos);
  CHECK(outcome.header.find("struct Tree") == std::string::npos);
  CHECK_THAT(outcome.header, Catch::Contains("struct Plain {\n  ::x::Plain_Deep deep;"));
}
