#include "tools/braid/log_site.hpp"

#include "events/stored_tree.hpp"
#include "ledger/tlog_tiles.hpp"
#include "tools/braid/checkpoint_book.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/log_place.hpp"
#include "tools/braid/tree_keeper.hpp"

namespace braid::cli {
namespace {

constexpr std::string_view root = "/log/";
constexpr std::size_t batch_bytes = 4 << 20;

http::Resource missing(std::string sentence) {
  return {.status = 404, .body = std::move(sentence) + "\n"};
}

http::Resource bytes_for_ever(std::string body) {
  return {.content_type = "application/octet-stream", .immutable = true, .body = std::move(body)};
}

std::optional<std::uint32_t> partition_in(const Founding& founding, std::string_view name) {
  for (const auto partition : founding.all_partitions())
    if (name_of_partition(partition) == name) return partition;
  return std::nullopt;
}

}  // namespace

LogSite::LogSite(const Ledger& ledger) : ledger_(ledger), log_(ledger.directory) {}

http::Resource LogSite::at(std::string_view path) const {
  const auto nothing =
      "there is nothing here; a log is at /log/PARTITION/checkpoint, /log/PARTITION/tile/...";
  if (!path.starts_with(root)) return missing(nothing);
  path.remove_prefix(root.size());
  const auto slash = path.find('/');
  if (slash == path.npos) return missing(nothing);
  const auto partition = partition_in(ledger_.founding, path.substr(0, slash));
  if (!partition) return missing("this ledger has no such partition");
  const auto name = path.substr(slash + 1);
  if (name == ledger::checkpoint_name) return note(*partition, false);
  if (name == to_cosign_name) return note(*partition, true);
  return tile(*partition, name);
}

http::Resource LogSite::note(std::uint32_t partition, bool to_cosign) const {
  const CheckpointBook book(ledger_, partition);
  if (to_cosign && book.witnesses().empty()) return missing("this ledger has no witnesses");
  auto found = to_cosign ? book.latest() : book.published();
  if (!found) return missing("no checkpoint of this partition is published yet");
  return {.body = std::move(*found)};
}

http::Resource LogSite::tile(std::uint32_t partition, std::string_view text) const {
  const auto name = ledger::TileName::from_text(text);
  if (!name) return missing("this is no name of a tile or of a bundle of entries");
  const auto folder = ledger_.directory.tree(partition);
  auto nothing = missing("the tree does not reach so far");
  if (!lmdb::Environment::exists(folder)) return nothing;
  const lmdb::RowSnapshot rows(folder);
  const StoredTree tree(rows);
  if (name->width > width_in(name->tile, tree.chain().size())) return nothing;
  if (name->entries) return bundle(partition, name->tile.index, name->width);
  const auto hashes = tree.tile(name->tile, name->width);
  return bytes_for_ever(std::string(as_text(std::as_bytes(std::span(hashes)))));
}

http::Resource LogSite::bundle(std::uint32_t partition, std::uint64_t index,
                               std::size_t width) const {
  const auto log = log_.reader(partition);
  const auto first = index * tile_width;
  EntryBatch batch;
  OwnedBytes bytes;
  for (std::size_t done = 0; done < width;) {
    log->read(first + done, batch_bytes, std::chrono::milliseconds{0}, batch);
    if (batch.entries.empty()) return missing("the log does not reach so far");
    for (const auto entry : batch.entries) {
      if (done++ == width) break;
      ledger::add_to_bundle(bytes, entry);
    }
  }
  return bytes_for_ever(std::string(as_text(bytes)));
}

LogService::LogService(const Ledger& ledger, const http::ListenAddress& address,
                       const std::filesystem::path& key)
    : ledger_(ledger),
      site_(ledger),
      server_(address, [this](std::string_view path) { return site_.at(path); }),
      checkpoints_(ledger, key),
      serving_([this] { server_.run(); }),
      signing_([this] { sign_now_and_then(); }) {}

LogService::~LogService() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  server_.stop();
  signing_.join();
  serving_.join();
}

void LogService::sign_now_and_then() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    if (checkpoints_.has_key())
      for (const auto partition : ledger_.founding.all_partitions()) sign(partition);
    lock.lock();
    changed_.wait_for(lock, between_checkpoints, [this] { return stopping_; });
  }
}

/// Where it fails, it is said once and not tried again: the ledger goes on without.
void LogService::sign(std::uint32_t partition) try {
  if (refused_.contains(partition)) return;
  const auto chain = tree_chain(ledger_.directory.tree(partition));
  if (chain.size() == 0) return;
  const auto latest = CheckpointBook(ledger_, partition).latest();
  const auto shown = latest ? checkpoints_.keys(partition).verify(*latest)
                            : Parsed<ledger::Checkpoint>(unreadable("there is none yet"));
  if (shown && shown->size >= chain.size()) return;
  static_cast<void>(checkpoints_.sign(partition, chain));
} catch (const std::exception& fault) {
  refused_.insert(partition);
  say(fault.what());
}

std::unique_ptr<LogService> serve_log(const Ledger& ledger, const std::string& address,
                                      const std::filesystem::path& key) {
  if (address.empty()) return nullptr;
  const auto where = http::ListenAddress::parse(address);
  if (!where) throw UsageError("--http: " + where.error());
  auto service = std::make_unique<LogService>(ledger, *where, key);
  const bool six = where->host.find(':') != std::string::npos;
  say("showing the log at http://" + (six ? "[" + where->host + "]" : where->host) + ":" +
      std::to_string(service->port()) + "/log/");
  return service;
}

}  // namespace braid::cli
