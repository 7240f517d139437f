#include "adapters/files/key_file.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "events/pem.hpp"

using namespace braid;
using namespace braid::files;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
namespace fs = std::filesystem;

namespace {

fs::path make_folder() {
  auto name = (fs::temp_directory_path() / "braid-key-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  return name;
}

/// A folder of its own, gone afterwards.
struct Folder {
  fs::path path = make_folder();
  ~Folder() { fs::remove_all(path); }
  fs::path operator/(const char* name) const { return path / name; }
};

void put(const fs::path& file, std::string_view text) { std::ofstream(file) << text; }

}  // namespace

TEST_CASE("A key that was written is read back, and only its owner can read the file") {
  const Folder folder;
  const auto key = SecretKey::generate();
  REQUIRE(write_secret_key(folder / "council.pem", key));
  struct stat status{};
  REQUIRE(::stat((folder / "council.pem").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
  const auto read = read_secret_key(folder / "council.pem");
  REQUIRE(read);
  CHECK(read->key.public_key() == key.public_key());
  CHECK(read->warning.empty());
}

TEST_CASE("A file that exists is never overwritten by a key") {
  const Folder folder;
  put(folder / "council.pem", "precious");
  const auto refused = write_secret_key(folder / "council.pem", SecretKey::generate());
  CHECK_THAT(refused.error(),
             EndsWith("council.pem: exists; a key is never overwritten, so give another name"));
  std::string left;
  std::ifstream(folder / "council.pem") >> left;
  CHECK(left == "precious");
}

TEST_CASE("A key that others can reach is read with a warning that says what to do") {
  const Folder folder;
  REQUIRE(write_secret_key(folder / "council.pem", SecretKey::generate()));
  ::chmod((folder / "council.pem").c_str(), 0640);
  const auto read = read_secret_key(folder / "council.pem");
  REQUIRE(read);
  CHECK_THAT(read->warning, Contains("run: chmod 600 "));
}

TEST_CASE(
    "A key file that is missing, a folder, too long or something else is a sentence with its "
    "name") {
  const Folder folder;
  CHECK_THAT(read_secret_key(folder / "none.pem").error(),
             EndsWith("none.pem: cannot be opened: No such file or directory"));
  CHECK_THAT(read_secret_key(folder.path).error(), EndsWith("cannot be read: Is a directory"));
  put(folder / "long.pem", std::string(100'000, 'x'));
  CHECK_THAT(read_secret_key(folder / "long.pem").error(),
             Contains("long.pem: expected one unencrypted Ed25519"));
  put(folder / "list.csv", "a,b\n");
  CHECK_THAT(read_secret_key(folder / "list.csv").error(),
             Contains("list.csv: expected one unencrypted Ed25519"));
  CHECK_THAT(write_secret_key(folder / "no" / "such.pem", SecretKey::generate()).error(),
             Contains("cannot be made: No such"));
}

TEST_CASE("A public key is read from its file") {
  const Folder folder;
  const auto key = SecretKey::generate().public_key();
  put(folder / "public.pem", to_pem(key));
  CHECK(read_public_key(folder / "public.pem") == key);
  put(folder / "public.pem", "x");
  CHECK_THAT(read_public_key(folder / "public.pem").error(),
             Contains("public.pem: expected one Ed25519 public key"));
}

TEST_CASE(
    "A shared key is written for its owner alone, read back, and refused where it is something "
    "else") {
  const Folder folder;
  const auto key = SymmetricKey::random();
  REQUIRE(write_symmetric_key(folder / "linkage.key", key));
  const auto read = read_symmetric_key(folder / "linkage.key");
  REQUIRE(read);
  CHECK(to_text(read->key) == to_text(key));
  CHECK(read->warning.empty());
  CHECK_FALSE(write_symmetric_key(folder / "linkage.key", key));
  REQUIRE(write_secret_key(folder / "council.pem", SecretKey::generate()));
  CHECK_THAT(read_symmetric_key(folder / "council.pem").error(),
             Contains("council.pem: a secret key is 64 lower-case"));
  put(folder / "linkage.txt", to_text(key));
  ::chmod((folder / "linkage.txt").c_str(), 0644);
  CHECK_THAT(read_symmetric_key(folder / "linkage.txt")->warning, Contains("run: chmod 600 "));
}
