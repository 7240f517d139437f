#include "tools/braid/verified_before.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <future>
#include <set>
#include <sstream>

#include "adapters/lmdb/faults.hpp"
#include "projections/worker.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

constexpr std::string_view format_line = "braid verification 3";
constexpr const char* lock_name = "lock";
constexpr std::size_t most_record_bytes = 64 << 20;  // hourly checkpoints of many years

using Roots = std::set<std::pair<Sequence, Digest>>;

Roots as_set(const VerifiedBefore::Checkpoints& checkpoints) {
  Roots roots;
  for (const auto* list : {&checkpoints.kept, &checkpoints.shown})
    for (const auto& known : *list) roots.emplace(known.size, known.root);
  return roots;
}

std::vector<ledger::KnownRoot> up_to(Sequence size, std::span<const ledger::KnownRoot> all) {
  std::vector<ledger::KnownRoot> some;
  for (const auto& known : all)
    if (known.size <= size) some.push_back(known);
  return some;
}

std::string line_of(std::string_view name, const ledger::KnownRoot& known) {
  return fmt::format("{} {} {}\n", name, known.size, known.root.hex());
}

std::string line_of(std::string_view name, const KeptRows::Kept& kept) {
  return fmt::format("{} {} {} {} {}\n", name, kept.base, kept.base_digest.hex(), kept.since,
                     kept.since_digest.hex());
}

bool read_digest(std::istream& in, Digest& digest) {
  std::string text;
  in >> text;
  const auto read = Digest::from_hex(text);
  if (read) digest = *read;
  return bool{read};
}

bool read_line(std::istream& in, ledger::KnownRoot& known) {
  in >> known.size;
  return read_digest(in, known.root);
}

bool read_line(std::istream& in, KeptRows::Kept& kept) {
  in >> kept.base;
  if (!read_digest(in, kept.base_digest)) return false;
  in >> kept.since;
  return read_digest(in, kept.since_digest);
}

}  // namespace

VerifiedBefore::VerifiedBefore(const std::filesystem::path& folder, const Ledger& ledger,
                               std::uint32_t partition)
    : folder_(std::filesystem::absolute(folder) / name_of_partition(partition)),
      ledger_(ledger),
      partition_(partition),
      state_(folder_, "state"),
      views_(folder_, "views") {}

void VerifiedBefore::refuse(std::string_view why) const {
  throw Refused(fmt::format("{}: {}. Nothing of it is believed: verify from the beginning with "
                            "--resume and an empty folder",
                            folder_.string(), why));
}

std::string VerifiedBefore::head() const {
  const auto versions = sha256(as_bytes(projections::views_stamp())).hex();
  return fmt::format("{}\nledger {}\noperator key {}\npartition {}\nviews of {}\n", format_line,
                     ledger_.founding.name, ledger_.founding.operator_key.hex(),
                     name_of_partition(partition_), versions);
}

std::string VerifiedBefore::text_of(const Record& record) const {
  auto text = head() + line_of("entries", record.seen);
  for (const auto& known : record.passed.kept) text += line_of("checkpoint", known);
  for (const auto& known : record.passed.shown) text += line_of("shown", known);
  text += line_of("state", record.state) + line_of("views", record.views);
  return text + "sha256 " + sha256(as_bytes(text)).hex() + "\n";
}

VerifiedBefore::Record VerifiedBefore::read() const {
  const auto text = lmdb::read_file(file(), most_record_bytes).value_or("");
  if (!text.starts_with(head()))
    refuse(text.starts_with("braid verification ")
               ? "it is of another ledger or partition, or of another version of Braid"
               : "it holds no record of a verification");
  Record record;
  std::istringstream in(text.substr(head().size()));
  bool good = true;
  for (std::string name; good && in >> name && name != "sha256";) {
    if (name == "entries") good = read_line(in, record.seen);
    else if (name == "checkpoint") good = read_line(in, record.passed.kept.emplace_back());
    else if (name == "shown") good = read_line(in, record.passed.shown.emplace_back());
    else if (name == "state") good = read_line(in, record.state);
    else if (name == "views") good = read_line(in, record.views);
    else good = false;
  }
  if (!good || text != text_of(record)) refuse("its record is damaged");
  return record;
}

/// Two processes at once would take each other's stores away.
void VerifiedBefore::lock() {
  lmdb::make_folder(folder_);
  lock_.emplace(folder_ / lock_name, O_RDWR | O_CREAT);
  if (!lock_->valid()) lmdb::throw_errno("write to", folder_);
  if (::flock(lock_->get(), LOCK_EX | LOCK_NB) != 0)
    throw Refused("another process is verifying with " + folder_.string() + ": wait for it");
}

void VerifiedBefore::check_nothing_else() const {
  for (const auto& found : std::filesystem::directory_iterator(folder_)) {
    const auto name = found.path().filename().string();
    if (name != lock_name && !name.starts_with("record") && !name.starts_with("state.") &&
        !name.starts_with("views."))
      refuse("it holds no record of a verification, and " + name);
  }
}

void VerifiedBefore::begin(const Checkpoints& checkpoints) {
  lock();
  if (std::filesystem::exists(file())) record_ = read();
  else check_nothing_else();  // what a first run that was killed left is not missed
  state_.remove_all_but(record_.state);
  views_.remove_all_but(record_.views);
  if (record_.state.base == 0) {
    state_.begin({});
    views_.begin({});
    return;
  }
  if (!state_.is_there(record_.state) || !views_.is_there(record_.views))
    refuse("a part of it is missing");
  check_checkpoints(checkpoints);
  auto state = std::async(std::launch::async, [&] { return state_.go_on(record_.state); });
  const bool views = views_.go_on(record_.views);
  if (!state.get() || !views)
    refuse("what lies there is not what the verification left: it was altered");
}

void VerifiedBefore::check_checkpoints(const Checkpoints& checkpoints) {
  const auto now = as_set(checkpoints), then = as_set(record_.passed);
  for (const auto& passed : record_.passed.kept)
    if (!now.contains({passed.size, passed.root}))
      refuse(fmt::format("a checkpoint of {} entries that the history passed then is no longer there",
                         passed.size));
  for (const auto& [size, root] : now)
    if (size <= record_.seen.size && !then.contains({size, root})) late_.push_back({size, root});
}

void VerifiedBefore::forget_views() { views_.begin(record_.views); }

std::string VerifiedBefore::keep(const ledger::Verified& verified,
                                 const Checkpoints& checkpoints) {
  auto state = std::async(std::launch::async, [&] { return state_.keep(); });
  const auto views = views_.keep();
  const auto size = verified.entries;
  const Record record{{size, verified.chain.root()},
                      {up_to(size, checkpoints.kept), up_to(size, checkpoints.shown)},
                      state.get(),
                      views};
  const auto text = text_of(record);
  lmdb::replace_file(file(), text);
  state_.remove_all_but(record.state);
  views_.remove_all_but(record.views);
  return sha256(as_bytes(text)).hex();
}

}  // namespace braid::cli
