// `braid vault seal`: a text about a person, read from standard input, as it may stand in an event.
#include <fmt/format.h>
#include <unistd.h>

#include <array>

#include "adapters/json/struct_json.hpp"
#include "events/faults.hpp"
#include "events/native_rows.hpp"
#include "events/sealed.hpp"
#include "events/utf8.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/sealing.hpp"
#include "tools/braid/vault_person.hpp"

namespace braid::cli {
namespace {

struct Options {
  VaultPerson person;
};

/// Standard input to its end, wiped by who owns it.
class ClearText {
 public:
  ClearText() {
    while (size_ < bytes_.size()) {
      const auto got = ::read(STDIN_FILENO, bytes_.data() + size_, bytes_.size() - size_);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw IoFault("standard input cannot be read");
      if (got == 0) break;
      size_ += static_cast<std::size_t>(got);
    }
    if (text().ends_with('\n')) --size_;
    if (text().ends_with('\r')) --size_;
  }
  ~ClearText() { wipe(bytes_); }
  ClearText(const ClearText&) = delete;
  ClearText& operator=(const ClearText&) = delete;

  [[nodiscard]] std::string_view text() const {
    return as_text(std::span(bytes_).first(size_));
  }

 private:
  std::array<std::byte, SealedBox::max_plaintext_bytes + 3> bytes_{};  // so that a longer one shows
  std::size_t size_ = 0;
};

void print(const SealedBox& box) {
  capnp::MallocMessageBuilder message;
  auto sealed = message.initRoot<schema::Sealed>();
  schema::write(box.key_id, sealed.initKeyId());
  const auto data = [](Bytes bytes) {
    return capnp::Data::Reader(reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size());
  };
  sealed.setNonce(data(box.nonce));
  sealed.setBox(data(box.box));
  const json::StructJson json(capnp::Schema::from<schema::Sealed>());
  fmt::print("{}\n", json.encode(sealed.asReader()));
}

Exit run(const Options& options, const Common& common) {
  const auto person = options.person.token();
  const auto ledger = open_founded(common.place());
  const ClearText clear;
  if (clear.text().empty())
    throw UsageError("standard input: expected the text to be sealed, and there is none");
  if (clear.text().size() > SealedBox::max_plaintext_bytes || !is_utf8(clear.text()))
    throw UsageError(fmt::format("standard input: a text to be sealed is UTF-8, {} bytes at most",
                                 SealedBox::max_plaintext_bytes));
  const auto key = open_vault(ledger)->key_for(ledger::Subject::person(person));
  if (!key)
    throw Refused("this person's identity was erased: nothing about them is sealed again");
  print(seal(key->key, key->id, as_bytes(clear.text()),
             as_bytes(sealing_context(ledger.founding.name)), random_nonce()));
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  options->person.declare(app, "whom the text is about: ");
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command vault_seal_command = {
    "vault seal", "seal a text about a person, read from standard input, for use in an event",
    "  braid vault seal \"$TOKEN\" --ledger ./northshire < needs.txt\n"
    "prints {\"keyId\":...,\"nonce\":...,\"box\":...}: in an event, where a sealed text stands",
    declare};

}  // namespace braid::cli
