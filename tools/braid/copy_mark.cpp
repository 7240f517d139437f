#include "tools/braid/copy_mark.hpp"

#include <sstream>

#include "adapters/lmdb/durable_file.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

constexpr std::string_view cluster_word = "cluster ";
constexpr std::string_view ledger_word = "ledger ";

std::filesystem::path mark_file(const lmdb::LedgerDirectory& directory) {
  return directory.root() / "COPY";
}

std::optional<std::string> line_after(std::istream& in, std::string_view word) {
  std::string line;
  if (!std::getline(in, line) || !line.starts_with(word)) return std::nullopt;
  return line.substr(word.size());
}

/// "kafka://a:1,b:2/braid" without what comes before its last slash.
std::optional<std::string> prefix_of(const std::string& source) {
  if (!kafka::is_address(source)) return std::nullopt;
  const auto slash = source.find('/', kafka::Address::scheme.size());
  return slash == source.npos ? std::string(kafka::Address::usual_prefix)
                              : source.substr(slash + 1);
}

}  // namespace

bool CopyMark::same_source(const CopyMark& other) const {
  const auto agree = [](const std::string& a, const std::string& b) {
    return a.empty() || b.empty() || a == b;
  };
  return prefix == other.prefix && agree(cluster, other.cluster) && agree(ledger, other.ledger);
}

std::optional<CopyMark> read_copy_mark(const lmdb::LedgerDirectory& directory) {
  const auto text = lmdb::read_file(mark_file(directory));
  if (!text) return std::nullopt;
  std::istringstream in(*text);
  const auto source = line_after(in, "");
  const auto cluster = line_after(in, cluster_word);
  const auto ledger = line_after(in, ledger_word);
  const auto prefix = source ? prefix_of(*source) : std::nullopt;
  if (!prefix || !cluster || !ledger)
    throw UsageError(mark_file(directory).string() +
                     " does not say what this folder is a copy of: it was altered. Give an empty "
                     "folder; the copy is made again");
  return CopyMark{*source, *prefix, *cluster, *ledger};
}

void write_copy_mark(const lmdb::LedgerDirectory& directory, const CopyMark& mark) {
  lmdb::replace_file(mark_file(directory), mark.source + "\n" + std::string(cluster_word) +
                                               mark.cluster + "\n" + std::string(ledger_word) +
                                               mark.ledger + "\n");
}

void require_no_copy(const lmdb::LedgerDirectory& directory, std::string_view doing) {
  const auto mark = read_copy_mark(directory);
  if (!mark) return;
  throw UsageError(directory.root().string() + " is a copy of " + mark->source +
                   ", and written by nobody else; to write to the ledger, " + std::string(doing) +
                   " with --ledger '" + mark->source + "?data=DIR'");
}

}  // namespace braid::cli
