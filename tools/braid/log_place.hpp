#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "ledger/tlog_tiles.hpp"

namespace braid::cli {

/// The name of a checkpoint that asks for cosignatures and is not published yet. Ours, beside the
/// names of C2SP tlog-tiles; there where the ledger has witnesses and `checkpoint` is older.
inline constexpr std::string_view to_cosign_name = "checkpoint.to-cosign";

/// Where a tiled log is published: a folder that `braid audit export` wrote, or an address. What is
/// read there is not to be believed.
class LogPlace {
 public:
  virtual ~LogPlace() = default;
  /// What lies there under a name of C2SP tlog-tiles, at most `max_bytes`; nothing where there is
  /// none. Throws IoFault.
  [[nodiscard]] virtual std::optional<std::string> fetch(const std::string& name,
                                                         std::size_t max_bytes) const = 0;
  /// As people are told of it.
  [[nodiscard]] virtual std::string text() const = 0;
};

/// One partition's folder, or http://HOST:PORT/log/PARTITION. Throws UsageError where it is neither.
std::unique_ptr<LogPlace> open_log_place(const std::string& folder_or_url);

/// The tiles that lie at a place. Asks for a partial tile, and where it is gone for the full one.
class PublishedTiles final : public TileSource {
 public:
  /// Borrows `place`.
  explicit PublishedTiles(const LogPlace& place) : place_(place) {}
  [[nodiscard]] std::vector<Digest> tile(TileId tile, std::size_t width) const override;

 private:
  const LogPlace& place_;
};

}  // namespace braid::cli
