#include "tools/braid/demo_tour.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "adapters/lmdb/event_log.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/command_line.hpp"
#include "tools/braid/ledger.hpp"
#include "tools/braid/story_teller.hpp"

namespace braid::cli {
namespace {

/// The bytes of one entry in the middle of the first place's history.
OwnedBytes entry_in_the_middle(const std::filesystem::path& ledger, std::uint64_t& sequence) {
  const auto opened = open_ledger(ledger);
  const auto source = lmdb::EventLog(opened.directory).reader(0);
  sequence = source->size() / 2;
  EntryBatch batch;
  source->read(sequence, 1, std::chrono::milliseconds{0}, batch);
  if (batch.entries.empty()) throw UsageError(ledger.string() + " holds no entry to alter");
  return {batch.entries.front().begin(), batch.entries.front().end()};
}

std::string read_all(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Alters these bytes wherever the engine's files hold them: pages that it has left behind hold old
/// copies, and altering one of those alone would alter nothing.
void flip_one_bit(const std::filesystem::path& folder, Bytes bytes) {
  bool found = false;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto content = read_all(entry.path());
    for (auto at = content.find(as_text(bytes)); at != content.npos;
         at = content.find(as_text(bytes), at + bytes.size())) {
      found = true;
      const auto where = at + bytes.size() / 2;
      std::fstream out(entry.path(), std::ios::binary | std::ios::in | std::ios::out);
      out.seekp(static_cast<std::streamoff>(where));
      out.put(static_cast<char>(content[where] ^ 1));
      if (!out.flush()) throw IoFault(entry.path().string() + " cannot be written to");
    }
  }
  if (!found)
    throw UsageError("no file under " + folder.string() + " holds the entry that was to be altered");
}

}  // namespace

std::string typed(const std::vector<std::string>& words) {
  std::string line = "braid";
  for (const auto& word : words)
    line += " " + (word.find(' ') == word.npos ? word : "'" + word + "'");
  return line;
}

void tour(std::span<const Stop> stops) {
  for (const auto& stop : stops) {
    fmt::print("\n");
    print_paragraph("", stop.sentence);
    fmt::print("$ {}\n", typed(stop.words));
    std::fflush(stdout);
    const int exit = run_command_line(stop.words);
    if (exit != stop.exit)
      throw Refused(
          fmt::format("`{}` ended with {}, not with {}", typed(stop.words), exit, stop.exit));
  }
}

AlteredCopy::AlteredCopy(const std::filesystem::path& ledger) {
  auto pattern = (std::filesystem::temp_directory_path() / "braid-altered-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    throw IoFault("no directory can be made in " + std::filesystem::temp_directory_path().string());
  path_ = pattern;
  for (const auto& part : std::filesystem::directory_iterator(ledger))
    if (!part.is_socket())
      std::filesystem::copy(part.path(), path_ / part.path().filename(),
                            std::filesystem::copy_options::recursive);
  const auto bytes = entry_in_the_middle(ledger, entry_);
  flip_one_bit(path_ / "log" / "0", bytes);
}

AlteredCopy::~AlteredCopy() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace braid::cli
