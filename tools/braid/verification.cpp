#include "tools/braid/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "events/faults.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/progress.hpp"
#include "tools/braid/reading_ledger.hpp"

namespace braid::cli {
namespace {

using Clock = std::chrono::steady_clock;
using ledger::Question;

/// What the directory says of itself, asked in a child like everything else.
std::vector<std::uint32_t> partitions_of(const VerifyOptions& options,
                                         const std::filesystem::path& path) try {
  const auto end = run_in_child(
      [&](ChildProgress&) {
        const auto ledger = open_ledger(path);
        std::string all;
        for (const auto partition : partitions_named(ledger.founding, options.partition))
          all += std::to_string(partition) + " ";
        return all;
      },
      [](const ChildProgress&) {});
  if (!end.said)
    throw Refused(
        "partition register: its file cannot be read; keep it as it is, and restore the ledger "
        "from a copy");
  std::vector<std::uint32_t> partitions;
  for (const char* at = end.said->c_str(); *at != '\0';) {
    char* after = nullptr;
    partitions.push_back(static_cast<std::uint32_t>(std::strtoul(at, &after, 10)));
    at = after + 1;
  }
  return partitions;
} catch (const HistoryBroken& broken) {
  throw Refused(fmt::format("partition register, entry 0: not whole: {}", broken.what()));
}

/// Two threads for a partition that has more than its share of all that is to be read: else the
/// others are done, and processors stand idle. By the files' sizes, for nothing is read here.
std::vector<unsigned> threads_of(const std::filesystem::path& path,
                                 std::span<const std::uint32_t> partitions, unsigned jobs) {
  std::vector<std::uintmax_t> bytes;
  std::uintmax_t all = 0;
  for (const auto partition : partitions) {
    std::error_code missing;
    const auto file = path / "log" / name_of_partition(partition) / "data.mdb";
    const auto size = std::filesystem::file_size(file, missing);
    all += bytes.emplace_back(missing ? 0 : size);
  }
  std::vector<unsigned> threads;
  for (const auto own : bytes) threads.push_back(own * jobs > all ? 2 : 1);
  return threads;
}

/// All partitions' progress as one.
class SharedProgress {
 public:
  explicit SharedProgress(std::size_t partitions)
      : done_(partitions),
        whole_(partitions),
        shown_(fmt::format("verifying {} partitions", partitions), "entries") {}

  void note(std::size_t which, const ChildProgress& progress) {
    done_[which] = progress.done;
    whole_[which] = progress.whole;
    std::uint64_t done = 0, whole = 0;
    for (const auto each : done_) done += each;
    for (const auto each : whole_) whole += each;
    shown_.show(done, whole);
  }

 private:
  std::vector<std::uint64_t> done_;
  std::vector<std::uint64_t> whole_;
  Progress shown_;
};

PartitionReport report_of(std::uint32_t partition, const std::function<ChildEnd()>& ended) {
  PartitionReport report;
  const auto broken_at = [&](Sequence entries, std::string found) {
    report.entries = entries;
    report.fail({Question::whole, partition, entries, std::move(found), "a readable file"});
  };
  try {
    const auto end = ended();
    if (end.said) return PartitionReport::from_bytes(*end.said);
    broken_at(end.done, fmt::format("the file cannot be read after entry {} (signal {})", end.done,
                                    end.signal));
  } catch (const HistoryBroken& broken) {
    broken_at(0, broken.what());
  }
  return report;
}

}  // namespace

void add_verify_options(CLI::App& app, VerifyOptions& options) {
  app.add_flag("--no-redecide", options.no_redecide,
               "do not judge every event again by the rules of its day: faster");
  app.add_option("--partition", options.partition, "only this one: register, 0, 1 ...");
  app.add_option("--jobs", options.jobs, "processors to use; as many as there are if left out")
      ->check(CLI::Range(1, 1024));
  add_witness_options(app, options.witnesses);
  app.add_option("--resume", options.resume,
                 "a folder of the auditor's own: go on from what the last verification kept there, "
                 "and keep what the next one can go on from");
}

std::vector<Checked> verify_ledger(const LedgerPlace& place, const VerifyOptions& options) {
  if (options.no_redecide && !options.resume.empty())
    throw UsageError("--resume keeps the state in which events are judged again: leave out "
                     "--no-redecide");
  if (place.kafka) ReadingLedger(place, ReadingLedger::Views::not_needed);  // closed again: see child
  const auto& path = place.directory;
  static_cast<void>(options.witnesses.policy());  // said before hours of work
  const auto partitions = partitions_of(options, path);
  const auto jobs = options.jobs != 0 ? options.jobs
                                      : std::max(1U, std::thread::hardware_concurrency());
  const auto at_once = std::min<std::size_t>(jobs, partitions.size());
  const auto threads = threads_of(path, partitions, jobs);
  std::vector<ChildWork> works;
  for (std::size_t i = 0; i < partitions.size(); ++i)
    works.emplace_back([&, partition = partitions[i], own = threads[i]](ChildProgress& progress) {
      const PartitionCheck check{
          .redecide = !options.no_redecide, .threads = own, .resume = options.resume};
      return check_partition(open_ledger(path), partition, check, progress).bytes();
    });
  std::vector<Checked> all(partitions.size());
  SharedProgress progress(partitions.size());
  std::vector<Clock::time_point> begun(partitions.size());
  run_in_children(
      works, at_once,
      [&](std::size_t which, const ChildProgress& now) {
        if (begun[which] == Clock::time_point()) begun[which] = Clock::now();
        progress.note(which, now);
      },
      [&](std::size_t which, const std::function<ChildEnd()>& ended) {
        all[which] = {partitions[which], report_of(partitions[which], ended),
                      Clock::now() - begun[which]};
      });
  return all;
}

std::vector<std::string> not_cosigned(const LedgerPlace& place, const VerifyOptions& options,
                                      const std::vector<Checked>& all) {
  std::vector<std::uint32_t> partitions;
  for (const auto& checked : all) partitions.push_back(checked.partition);
  return not_cosigned(options.witnesses, place.directory, partitions);
}

std::string sentence_of(const ledger::BadEntry& bad) {
  return fmt::format("partition {}, entry {}: not {}: {}; expected {}",
                     name_of_partition(bad.partition), bad.sequence, name_of(bad.question),
                     bad.found, bad.expected);
}

}  // namespace braid::cli
