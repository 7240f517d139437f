#include "tools/braid/log_place.hpp"

#include "adapters/http/client.hpp"
#include "adapters/lmdb/durable_file.hpp"
#include "events/faults.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

class Folder final : public LogPlace {
 public:
  explicit Folder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] std::optional<std::string> fetch(const std::string& name,
                                                 std::size_t max_bytes) const override {
    return lmdb::read_file(folder_ / name, max_bytes);
  }
  [[nodiscard]] std::string text() const override { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

class Address final : public LogPlace {
 public:
  explicit Address(http::Url url) : url_(std::move(url)) {}

  [[nodiscard]] std::optional<std::string> fetch(const std::string& name,
                                                 std::size_t max_bytes) const override {
    auto answer = http::get(url_.below(name), max_bytes);
    if (answer.status == 200) return std::move(answer.body);
    if (answer.status == 404) return std::nullopt;
    throw IoFault(url_.below(name).text() + " answers with status " +
                  std::to_string(answer.status));
  }
  [[nodiscard]] std::string text() const override { return url_.text(); }

 private:
  http::Url url_;
};

}  // namespace

std::unique_ptr<LogPlace> open_log_place(const std::string& folder_or_url) {
  if (folder_or_url.find("://") != std::string::npos) {
    auto url = http::Url::parse(folder_or_url);
    if (!url) throw UsageError(url.error());
    return std::make_unique<Address>(std::move(*url));
  }
  if (!std::filesystem::is_directory(folder_or_url))
    throw UsageError(folder_or_url +
                     " is no folder: give a partition's folder as `braid audit export` wrote it, "
                     "such as export/0, or http://HOST:PORT/log/0");
  return std::make_unique<Folder>(folder_or_url);
}

std::vector<Digest> PublishedTiles::tile(TileId tile, std::size_t width) const {
  for (const auto asked : {width, tile_width}) {
    const auto name = ledger::TileName{false, tile, asked}.text();
    const auto bytes = place_.fetch(name, tile_width * sizeof(Digest) + 1);
    if (!bytes) continue;
    auto hashes = ledger::hashes_of(as_bytes(*bytes));
    if (!hashes || hashes->size() < width)
      throw HistoryBroken(place_.text() + "/" + name + " is not a tile of " +
                          std::to_string(width) + " hashes");
    hashes->resize(width);
    return std::move(*hashes);
  }
  throw HistoryBroken(place_.text() + " has no tile " + ledger::TileName{false, tile, width}.text());
}

}  // namespace braid::cli
