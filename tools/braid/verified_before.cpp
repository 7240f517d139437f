#include "tools/braid/verified_before.hpp"

#include <fmt/format.h>

#include <future>
#include <set>
#include <sstream>

#include "adapters/lmdb/durable_file.hpp"
#include "projections/worker.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

constexpr std::string_view format_line = "braid verification 3";
constexpr std::size_t most_record_bytes = 64 << 20;  // hourly checkpoints of many years

using Roots = std::set<std::pair<Sequence, Digest>>;

Roots as_set(std::span<const ledger::KnownRoot> all) {
  Roots roots;
  for (const auto& known : all) roots.emplace(known.size, known.root);
  return roots;
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
  for (const auto& known : record.checkpoints) text += line_of("checkpoint", known);
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
    else if (name == "checkpoint") good = read_line(in, record.checkpoints.emplace_back());
    else if (name == "state") good = read_line(in, record.state);
    else if (name == "views") good = read_line(in, record.views);
    else good = false;
  }
  if (!good || text != text_of(record)) refuse("its record is damaged");
  return record;
}

void VerifiedBefore::begin(std::span<const ledger::KnownRoot> checkpoints) {
  lmdb::make_folder(folder_);
  if (std::filesystem::exists(file())) record_ = read();
  state_.remove_all_but(record_.state);  // what a run that was killed left
  views_.remove_all_but(record_.views);
  if (record_.state.base == 0) {
    if (!std::filesystem::is_empty(folder_)) refuse("it holds no record of a verification");
    state_.begin({});
    views_.begin({});
    return;
  }
  check_checkpoints(checkpoints);
  try {
    auto state = std::async(std::launch::async, [&] { return state_.go_on(record_.state); });
    const auto views = views_.go_on(record_.views);
    if (state.get() == record_.state && views == record_.views) return;
  } catch (const IoFault& fault) {
    refuse(fault.what());
  }
  refuse("what lies there is not what the verification left: it was altered");
}

void VerifiedBefore::check_checkpoints(std::span<const ledger::KnownRoot> checkpoints) {
  const auto now = as_set(checkpoints), then = as_set(record_.checkpoints);
  for (const auto& passed : record_.checkpoints)
    if (!now.contains({passed.size, passed.root}))
      refuse(fmt::format("a checkpoint of {} entries that the history passed then is no longer there",
                         passed.size));
  for (const auto& known : checkpoints)
    if (known.size <= record_.seen.size && !then.contains({known.size, known.root}))
      late_.push_back(known);
}

void VerifiedBefore::forget_views() { views_.begin(record_.views); }

std::string VerifiedBefore::keep(const ledger::Verified& verified,
                                 std::span<const ledger::KnownRoot> checkpoints) {
  auto state = std::async(std::launch::async, [&] { return state_.keep(); });
  const auto views = views_.keep();
  Record record{{verified.entries, verified.chain.root()}, {}, state.get(), views};
  for (const auto& known : checkpoints)
    if (known.size <= verified.entries) record.checkpoints.push_back(known);
  const auto text = text_of(record);
  lmdb::replace_file(file(), text);
  state_.remove_all_but(record.state);
  views_.remove_all_but(record.views);
  return sha256(as_bytes(text)).hex();
}

}  // namespace braid::cli
