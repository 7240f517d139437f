#include "tools/braid/moment.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "events/entry.hpp"
#include "tools/braid/command.hpp"

namespace braid::cli {
namespace {

EntryHead head_of(const EntrySource& source, Sequence sequence) {
  EntryBatch batch;
  source.read(sequence, 1, std::chrono::milliseconds{0}, batch);
  if (batch.entries.empty())
    throw HistoryBroken("entry " + std::to_string(sequence) + " is not where the log says it is");
  return EntryReader(batch.entries.front()).head();
}

/// How many entries were recorded by an instant: their times never go back.
Sequence recorded_by(const EntrySource& source, Instant instant) {
  Sequence first = 0, last = source.size();
  while (first < last) {
    const auto middle = first + (last - first) / 2;
    if (head_of(source, middle).recorded_at_us <= instant.us)
      first = middle + 1;
    else
      last = middle;
  }
  return first;
}

/// Makes a moment of one ledger.
class Finding {
 public:
  Finding(const Ledger& ledger, const lmdb::EventLog& log) : ledger_(ledger) {
    for (const auto partition : ledger.founding.all_partitions())
      sources_[partition] = log.reader(partition);
  }

  Moment now() {
    for (const auto& [partition, source] : sources_) moment_.sizes[partition] = source->size();
    for (const auto& [partition, size] : moment_.sizes)
      if (size != 0)
        moment_.until.us =
            std::max(moment_.until.us, head_of(*sources_.at(partition), size - 1).recorded_at_us);
    return finish("now");
  }

  Moment at(Instant until, std::string text) {
    moment_.until = until;
    for (const auto& [partition, source] : sources_)
      moment_.sizes[partition] = recorded_by(*source, until);
    return finish(std::move(text));
  }

  Moment at_entry(std::uint32_t partition, Sequence sequence) {
    const auto& source = *sources_.at(partition);
    const auto name = name_of_partition(partition);
    if (sequence >= source.size())
      throw UsageError("partition " + name + " holds " + std::to_string(source.size()) +
                       " entries, numbered from 0: there is no entry " + std::to_string(sequence));
    at({head_of(source, sequence).recorded_at_us}, "");
    moment_.sizes[partition] = sequence + 1;
    return finish("entry " + std::to_string(sequence) + " of partition " + name + ", recorded " +
                  moment_.until.text());
  }

 private:
  /// A place's entries rest on the register that they were judged by.
  Moment finish(std::string text) {
    auto& registry = moment_.sizes[register_partition];
    for (const auto& [partition, size] : moment_.sizes)
      if (partition != register_partition && size != 0)
        registry = std::max(registry, head_of(*sources_.at(partition), size - 1).register_size);
    registry = std::min(registry, sources_.at(register_partition)->size());
    if (registry == 0)
      throw UsageError("by " + text + " nothing was recorded: the ledger " +
                       ledger_.founding.name + " was founded at " +
                       Instant{head_of(*sources_.at(register_partition), 0).recorded_at_us}.text());
    moment_.text = std::move(text);
    return moment_;
  }

  const Ledger& ledger_;
  std::map<std::uint32_t, std::unique_ptr<EntrySource>> sources_;
  Moment moment_;
};

std::optional<Sequence> number_in(const std::string& text) {
  Sequence number = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stopped == end ? std::optional(number) : std::nullopt;
}

std::uint32_t partition_of_number(const Founding& founding, const std::string& name) {
  if (!name.empty()) return partition_named(founding, name);
  if (founding.partitions == 1) return 0;
  throw UsageError("an entry's number counts in one partition: say which by --partition (register, "
                   "or 0 to " + std::to_string(founding.partitions - 1) + ")");
}

}  // namespace

Moment moment_named(const Ledger& ledger, const lmdb::EventLog& log, const std::string& text,
                    const std::string& partition) {
  Finding finding(ledger, log);
  if (const auto number = number_in(text))
    return finding.at_entry(partition_of_number(ledger.founding, partition), *number);
  if (text == "now") return finding.now();
  if (const auto day = Date::from_text(text))
    return finding.at({start_of(add_days(*day, 1)).us - 1},
                      "the end of " + day->text() + " (UTC)");
  const auto instant = Instant::from_text(text);
  if (!instant)
    throw UsageError("\"" + text + "\" is no moment: give " + moment_help + "; " +
                     instant.error());
  return finding.at(*instant, instant->text());
}

void check_partition_is_heeded(const std::string& partition,
                               std::initializer_list<std::string> moments) {
  if (partition.empty() || std::ranges::any_of(moments, [](const std::string& each) {
        return number_in(each).has_value();
      }))
    return;
  throw UsageError("--partition says where an entry's number counts, and no such number is given");
}

}  // namespace braid::cli
