// `braid audit witness`: a partner looks at a ledger's checkpoint, makes sure that it continues the
// last one it saw, and says so with its own key.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/faults.hpp"
#include "ledger/cosignature.hpp"
#include "ledger/witness.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/log_place.hpp"

namespace braid::cli {
namespace {

using ledger::Checkpoint;
using ledger::LogKeys;
using ledger::NoteKey;
using ledger::SignedNote;

struct Options {
  std::string of;
  std::vector<std::string> log_keys;
  std::vector<std::string> former_log_keys;
  std::string key;
  std::string name;
  std::string state;
  std::string to;
  bool witness_key = false;
};

/// What a witness remembers of one log: `<state>/<hash of its origin>`, the last note it cosigned.
/// One process at a time, so that two requests are not answered from the same memory.
class Memory {
 public:
  Memory(const std::filesystem::path& folder, const LogKeys& log)
      : log_(log), file_(folder / sha256(as_bytes(log.name)).hex()), lock_(open_lock(folder)) {}

  /// Throws UsageError where the file is damaged: a witness without memory must not sign.
  [[nodiscard]] std::optional<std::string> last_note() const {
    return lmdb::read_file(file_, SignedNote::max_bytes + 1);
  }
  [[nodiscard]] std::optional<Checkpoint> last() const {
    const auto note = last_note();
    if (!note) return std::nullopt;
    auto by = log_.verify_kept(*note);
    if (!by)
      throw UsageError(file_.string() + " is not what this witness stored: " + by.error() +
                       ". If the log's key was replaced since, name the old one with "
                       "--former-log-key; else restore the file from a copy. To begin anew would "
                       "let a fork pass");
    return std::move(by->checkpoint);
  }
  /// Durable when it returns.
  void remember(const std::string& note) const { lmdb::replace_file(file_, note); }
  /// Keeps the proof that the log signed two histories. Where it lies.
  [[nodiscard]] std::filesystem::path keep_fork(const std::string& offered) const {
    auto file = file_;
    file += ".fork";
    lmdb::replace_file(file, *last_note() + "=\n" + offered);
    return file;
  }

 private:
  lmdb::Descriptor open_lock(const std::filesystem::path& folder) const {
    lmdb::make_folder(folder);
    auto file = file_;
    file += ".lock";
    lmdb::Descriptor lock(file, O_RDWR | O_CREAT);
    if (!lock.valid() || ::flock(lock.get(), LOCK_EX) != 0) lmdb::throw_errno("lock", file);
    return lock;
  }

  LogKeys log_;
  std::filesystem::path file_;
  lmdb::Descriptor lock_;
};

LogKeys log_keys_of(const Options& options) {
  LogKeys log("", {});
  const auto read = [&](std::string_view option, const std::string& text) {
    auto key = NoteKey::from_text(text);
    if (!key) throw UsageError(std::string(option) + ": " + key.error());
    if (!log.name.empty() && key->name != log.name)
      throw UsageError(std::string(option) + ": " + key->name + " and " + log.name +
                       " are two logs; a witness looks at one at a time");
    log.name = key->name;
    return key->key;
  };
  for (const auto& text : options.log_keys) log.live.push_back(read("--log-key", text));
  for (const auto& text : options.former_log_keys)
    log.former.push_back({read("--former-log-key", text), {}});
  return log;
}

std::string offered_note(const LogPlace& place) {
  for (const auto name : {to_cosign_name, ledger::checkpoint_name})
    if (auto note = place.fetch(std::string(name), SignedNote::max_bytes)) return std::move(*note);
  throw Refused(place.text() + " publishes no checkpoint");
}

void check_offered(const Memory& memory, const Checkpoint& offered, const std::string& note,
                   const LogPlace& place) {
  const auto continues = ledger::check_continues(memory.last(), offered, PublishedTiles(place));
  if (continues) return;
  const auto& refusal = continues.error();
  if (refusal.why != ledger::WitnessRefusal::Why::forked) throw Refused(refusal.sentence);
  throw Refused(refusal.sentence + ". Both notes are kept in " + memory.keep_fork(note).string());
}

/// Remembers first, then signs: whatever is signed is a continuation of what was signed before.
std::string cosigned(const Options& options, const SecretKey& key) {
  const auto log = log_keys_of(options);
  const auto place = open_log_place(options.of);
  const auto note = offered_note(*place);
  const auto offered = log.verify(note);
  if (!offered) throw Refused(place->text() + ": " + offered.error());
  const Memory memory(options.state, log);
  check_offered(memory, *offered, note, *place);
  memory.remember(note);
  auto parsed = *SignedNote::from_text(note);
  const auto now_s = static_cast<std::uint64_t>(now_us() / 1'000'000);
  parsed.signatures.push_back(ledger::cosign(parsed.text, options.name, key, now_s));
  return parsed.to_text();
}

Exit run(const Options& options) {
  if (!ledger::is_note_name(options.name))
    throw UsageError("--name: a witness's name has no blanks and no '+'; write it as "
                     "council.example/witness");
  const auto key = read_signing_key(options.key);
  if (options.witness_key) {
    fmt::print("{}\n",
               NoteKey{options.name, key.public_key(), ledger::NoteKeyType::cosignature}.text());
    return Exit::done;
  }
  if (options.of.empty() || options.log_keys.empty() || options.state.empty())
    throw UsageError("--of, --log-key and --state say whose checkpoint is looked at, whose key it "
                     "must be signed with, and where this witness keeps what it has seen");
  const auto note = cosigned(options, key);
  if (options.to.empty())
    fmt::print("{}", note);
  else
    lmdb::replace_file(std::filesystem::absolute(options.to), note);
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common&) {
  auto options = std::make_shared<Options>();
  app.add_option("--of", options->of,
                 "a partition's log: http://HOST:PORT/log/0, or a folder that `braid audit export` "
                 "wrote, such as export/0");
  app.add_option("--log-key", options->log_keys,
                 "the log's verifier key, as `braid audit checkpoint --verifier-key` prints it; "
                 "while the operator replaces it, both");
  app.add_option("--former-log-key", options->former_log_keys,
                 "a key that the operator has replaced: what this witness remembers may be signed "
                 "with it, what it is shown no more");
  app.add_option("--key", options->key, "the witness's signing key, a PEM file")->required();
  app.add_option("--name", options->name, "the witness's name, such as council.example/witness")
      ->required();
  app.add_option("--state", options->state, "folder that remembers what was cosigned: never lose it");
  app.add_option("--to", options->to, "write the cosigned note to this file instead of printing it");
  app.add_flag("--witness-key", options->witness_key,
               "only print the witness's key, for readers and for the log");
  return [options] { return run(*options); };
}

}  // namespace

const Command audit_witness_command = {
    "audit witness",
    "cosign a ledger's checkpoint, if it continues the last one this witness saw",
    "  braid audit witness --of http://127.0.0.1:8080/log/0 --log-key KEY --key witness.pem \\\n"
    "      --name council.example/witness --state ./seen --to northshire-0.cosigned\n"
    "  braid audit witness --key witness.pem --name council.example/witness --witness-key",
    declare};

}  // namespace braid::cli
