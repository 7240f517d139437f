// `braid key`: signing keys in files that openssl reads and writes too.
#include <fmt/format.h>

#include "adapters/files/key_file.hpp"
#include "events/encoding.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/keys.hpp"

namespace braid::cli {
namespace {

Exit make(const std::string& file) {
  const auto key = SecretKey::generate();
  if (auto written = files::write_secret_key(file, key); !written)
    throw UsageError(written.error());
  fmt::print("{}\n", to_base64(key.public_key().bytes));
  return Exit::done;
}

Exit show(const std::string& file) {
  if (const auto key = files::read_public_key(file)) {
    fmt::print("{}\n", to_base64(key->bytes));
    return Exit::done;
  }
  fmt::print("{}\n", to_base64(read_signing_key(file).public_key().bytes));
  return Exit::done;
}

template <Exit (*run)(const std::string&)>
Command::Run declare(CLI::App& app, const Common&) {
  auto file = std::make_shared<std::string>();
  app.add_option("FILE", *file, "a PEM file")->required();
  return [file] { return run(*file); };
}

}  // namespace

const Command key_new_command = {
    "key new", "make a signing key (Ed25519, PKCS#8 PEM) and print its public half",
    "  braid key new council.pem\n  openssl genpkey -algorithm ed25519 -out council.pem   # does "
    "the same",
    declare<make>};

const Command key_show_command = {"key show", "print the public half of a key, as events name it",
                                  "  braid key show council.pem", declare<show>};

}  // namespace braid::cli
