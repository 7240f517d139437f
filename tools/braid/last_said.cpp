#include "tools/braid/last_said.hpp"

#include <chrono>
#include <fstream>
#include <system_error>

#include "adapters/lmdb/durable_file.hpp"

namespace braid::cli {
namespace {

std::filesystem::path file_of(const lmdb::LedgerDirectory& directory) {
  return directory.root() / "SAID";
}

Instant now() {
  using namespace std::chrono;
  return {duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace

void note_said(const lmdb::LedgerDirectory& directory, const std::string& sentence) noexcept try {
  const auto file = file_of(directory);
  auto fresh = file;
  fresh += ".new";
  std::ofstream(fresh, std::ios::trunc) << now().text() << '\n' << sentence << '\n';
  std::filesystem::rename(fresh, file);
} catch (const std::exception&) {
  return;  // said on standard error all the same
}

void forget_said(const lmdb::LedgerDirectory& directory) noexcept {
  std::error_code none;
  std::filesystem::remove(file_of(directory), none);
}

std::optional<LastSaid> read_said(const lmdb::LedgerDirectory& directory) {
  const auto text = lmdb::read_file(file_of(directory));
  if (!text) return std::nullopt;
  const auto line = text->find('\n');
  const auto at = Instant::from_text(text->substr(0, line));
  if (!at || line == text->npos) return std::nullopt;
  auto sentence = text->substr(line + 1);
  if (sentence.ends_with('\n')) sentence.pop_back();
  return LastSaid{*at, std::move(sentence)};
}

}  // namespace braid::cli
