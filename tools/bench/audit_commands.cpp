// What an auditor runs, as whole commands: verification, afresh and resumed; a view as it was; evidence.
#include <fmt/format.h>
#include <sys/resource.h>

#include <stdexcept>

#include "adapters/files/key_file.hpp"
#include "events/native_rows.hpp"
#include "projections/schema/views.rows.hpp"
#include "tools/bench/bench_ledger.hpp"
#include "tools/bench/benches.hpp"
#include "tools/bench/braid_process.hpp"
#include "tools/bench/measure.hpp"
#include "tools/braid/views.hpp"

namespace braid::bench {
namespace {

/// Of the processes that have ended.
double processor_seconds_of_children() {
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  const auto in = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return in(used.ru_utime) + in(used.ru_stime);
}

/// From a process's beginning to its end, with its processor's time.
class Commands {
 public:
  Commands(std::filesystem::path folder, std::string ledger)
      : folder_(std::move(folder)), ledger_(std::move(ledger)) {}

  Seconds run(std::vector<std::string> words) {
    words.insert(words.end(), {"--ledger", ledger_});
    const auto before = processor_seconds_of_children();
    auto took = seconds([&] { BraidProcess(words, folder_ / "said").expect_done(); });
    took.processor = processor_seconds_of_children() - before;
    return took;
  }

 private:
  std::filesystem::path folder_;
  std::string ledger_;
};

/// The budget about which most entries are, of those about which up to a thousand are: about funds and
/// pools there are more than one file may hold.
projections::SubjectRow busiest_budget(const cli::Ledger& ledger) {
  constexpr std::uint64_t most = 1'000;
  const cli::LedgerViews views(ledger);
  projections::SubjectRow busiest;
  views.partitions().back()->rows.scan(
      projections::SubjectRow::table, {}, [&](Bytes, Bytes value) {
        const auto row = decode<projections::SubjectRow>(value);
        if (row.entries > busiest.entries && row.entries <= most) busiest = row;
        return true;
      });
  return busiest;
}

}  // namespace

void bench_audit_commands(const std::filesystem::path& folder, int rounds, BenchLedger& ledger) {
  const auto key = folder / "operator.pem";
  if (const auto written = files::write_secret_key(
          key, ledger.county().key_of(synth::County::operator_code));
      !written)
    throw std::runtime_error(written.error());
  Commands braid(folder, ledger.directory().root().string());
  const auto entries = ledger.log().reader(0)->size();
  const auto last = std::to_string(entries - 1);
  Series rebuild{"views built anew, all of them (`project --rebuild`)", "entries"};
  Series then{"a view as it was at the last entry (`audit at`)", "entries"};
  Series whole{"the four questions answered (`audit verify`)", "entries"};
  for (int round = 0; round < rounds; ++round) {
    const auto count = static_cast<double>(entries);
    rebuild.add(count, braid.run({"project", "--rebuild"}));
    then.add(count, braid.run({"audit", "at", last, "--partition", "0", "view", "pools"}));
    std::filesystem::remove_all(folder / "auditor");
    whole.add(count, braid.run({"audit", "verify", "--resume", (folder / "auditor").string()}));
  }
  print(fmt::format("Whole commands over {} entries", entries), {rebuild, then, whole});

  const auto kept = braid.run({"snapshot", "keep"});
  fmt::print("  a snapshot kept of the views of {} entries: {:.2f} s\n", entries, kept.wall);
  const auto before = ledger.log().reader(0)->size();
  ledger.write_again();
  ledger.grow(entries / 100);
  ledger.stop_writing();
  braid.run({"project"});
  const auto more = ledger.log().reader(0)->size() - before;
  const auto resumed =
      braid.run({"audit", "verify", "--resume", (folder / "auditor").string()});
  fmt::print("  verification resumed behind {} entries, over {} more: {:.2f} s\n", before, more,
             resumed.wall);
  for (const auto& [moment, behind] : {std::pair{last, std::uint64_t{0}},
                                       std::pair{std::to_string(before + more - 1), more}}) {
    const auto took = braid.run({"audit", "at", moment, "--partition", "0", "--snapshots", "view",
                                 "pools"});
    fmt::print("  a view as it was {} entries behind a snapshot (`audit at --snapshots`): {:.2f} s\n",
               behind, took.wall);
  }

  braid.run({"checkpoint", "--key", key.string()});
  const auto subject = busiest_budget(cli::open_ledger(ledger.directory().root()));
  for (int round = 0; round < rounds; ++round) {
    const auto took = braid.run({"audit", "evidence", "budget", subject.subject.text(), "--to",
                                 (folder / fmt::format("evidence-{}", round)).string()});
    fmt::print("  evidence of a budget about which {} entries are: {:.0f} ms\n", subject.entries,
               took.wall * 1e3);
  }
}

}  // namespace braid::bench
