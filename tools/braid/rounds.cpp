#include "tools/braid/rounds.hpp"

#include <algorithm>

namespace braid::cli {
namespace {

/// An event takes at least this many bytes of a framed submission: how many events bytes may hold,
/// before they are read.
constexpr std::size_t least_event_bytes = 64;

std::size_t most_events_of(Bytes framed) {
  return std::min(Submission::max_events, framed.size() / least_event_bytes + 1);
}

}  // namespace

std::size_t round_length(std::span<const Bytes> all) {
  std::size_t bytes = 0;
  std::size_t events = 0;
  std::size_t count = 0;
  for (const auto framed : all) {
    bytes += framed.size();
    events += most_events_of(framed);
    if (count != 0 && (bytes > max_round_bytes || events > max_round_events)) break;
    ++count;
  }
  return count;
}

void add_checks(std::span<const Bytes> framed, const Founding& founding,
                std::vector<Checked>& checked, std::vector<std::function<void()>>& tasks) {
  checked.clear();
  checked.resize(framed.size(), tl::unexpected(Refusal{}));
  for (std::size_t i = 0; i < framed.size(); ++i)
    tasks.emplace_back([&checked, &founding, bytes = framed[i], i] {
      checked[i] = check_submission(bytes, founding.name, founding.partitions);
    });
}

}  // namespace braid::cli
