#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/http/server.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "tools/braid/checkpoints.hpp"

namespace braid::cli {

/// What a ledger shows of its partitions, by path: `/log/<partition>/` and a name of C2SP tlog-tiles
/// (ledger/tlog_tiles.hpp). Reads the files of the moment. Thread: one.
class LogSite {
 public:
  /// Borrows `ledger`.
  explicit LogSite(const Ledger& ledger);
  [[nodiscard]] http::Resource at(std::string_view path) const;

 private:
  [[nodiscard]] http::Resource note(std::uint32_t partition, bool to_cosign) const;
  [[nodiscard]] http::Resource tile(std::uint32_t partition, std::string_view name) const;
  [[nodiscard]] http::Resource bundle(std::uint32_t partition, std::uint64_t index,
                                      std::size_t width) const;

  const Ledger& ledger_;
  lmdb::EventLog log_;
};

/// Serves a `LogSite` beside whoever writes the ledger in this process, and where the operator's key
/// is here, signs a checkpoint of what the stored tree covers every few seconds while it grows.
class LogService {
 public:
  static constexpr std::chrono::milliseconds between_checkpoints{2'000};
  static constexpr auto option_text =
      "PORT or HOST:PORT on this machine: show history, tree and checkpoints over HTTP, at "
      "/log/PARTITION/ (C2SP tlog-tiles)";

  /// Signs with the key in `key`; where none is named, with that of the ledger's folder. Borrows
  /// `ledger`. Throws IoFault where the address cannot be listened on.
  LogService(const Ledger& ledger, const http::ListenAddress& address,
             const std::filesystem::path& key = {});
  ~LogService();
  LogService(const LogService&) = delete;
  LogService& operator=(const LogService&) = delete;

  [[nodiscard]] std::uint16_t port() const { return server_.port(); }

 private:
  void sign_now_and_then();
  void sign(std::uint32_t partition);

  const Ledger& ledger_;
  LogSite site_;
  http::Server server_;
  Checkpoints checkpoints_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::set<std::uint32_t> refused_;
  std::thread serving_;
  std::thread signing_;
};

/// What `serve --http` asks for; nothing where it asks for nothing. Says where it listens. Throws
/// UsageError where the address is none, or can be reached by others.
std::unique_ptr<LogService> serve_log(const Ledger& ledger, const std::string& address,
                                      const std::filesystem::path& key);

}  // namespace braid::cli
