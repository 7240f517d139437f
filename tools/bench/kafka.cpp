// P5, P6, P7 and taking over: the same ledger through a real broker.
#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <thread>

#include "adapters/kafka/cloud_events.hpp"
#include "events/entry_chain.hpp"
#include "tools/bench/benches.hpp"
#include "tools/bench/kafka_scene.hpp"
#include "tools/bench/measure.hpp"
#include "tools/braid/kafka_ledger.hpp"
#include "tools/braid/live_views.hpp"

namespace braid::bench {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t events_a_batch = 1'000;
constexpr std::size_t batches_on_their_way = 16;
constexpr std::size_t singles_a_second = 1'000;
constexpr std::chrono::seconds within{300};

std::string load() {
  std::ifstream file("/proc/loadavg");
  std::string one, five;
  file >> one >> five;
  return fmt::format("load average {} (1 minute), {} (5 minutes)", one, five);
}

void wait_until(const std::string& what, const std::function<bool()>& seen) {
  const auto until = Clock::now() + within;
  while (!seen()) {
    if (Clock::now() > until) throw std::runtime_error("in five minutes, not " + what);
    std::this_thread::sleep_for(milliseconds{2});
  }
}

void add(Series& series, double count, const std::function<void()>& work) {
  series.add(count, seconds(work));
}

/// The log's messages as they lie there: bytes and headers.
struct Copied {
  OwnedBytes value;
  kafka::HeadersHandle headers;
};

Bytes value_of(const rd_kafka_message_t& message) {
  return {static_cast<const std::byte*>(message.payload), message.len};
}

std::vector<Copied> copy_range(const KafkaScene& scene, std::int64_t first, std::int64_t end) {
  std::vector<Copied> copied;
  BareConsumer consumer(scene.connection(), scene.topics().log(KafkaScene::place));
  consumer.read_range(first, end, [&](const rd_kafka_message_t& message) {
    const auto value = value_of(message);
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR)
      headers = rd_kafka_headers_copy(headers);
    copied.push_back({{value.begin(), value.end()}, kafka::HeadersHandle(headers)});
  });
  return copied;
}

/// P5: submissions to receipts, beside a bare producer of the entries that came of it.
void bench_batches(KafkaScene& scene, int rounds, std::size_t events) {
  Series bare{"librdkafka's idempotent producer, the same entries", "entries"};
  Series entries{"P5 those entries by Braid", "entries"};
  Series p5{"P5 batches of up to 1,000, 16 on their way, to receipts", "events"};
  const BareConsumer log(scene.connection(), scene.topics().log(KafkaScene::place));
  for (int round = 0; round < rounds; ++round) {
    const auto framed = scene.sign_ahead(events, events_a_batch);
    const auto first = log.end();
    std::size_t answered = 0;
    const auto processor = scene.sequencer()->processor_seconds();
    auto took = seconds([&] {
      answered = scene.publishing().publish(framed, batches_on_their_way);
    });
    took.processor = scene.sequencer()->processor_seconds() - processor;
    const auto end = log.end();
    p5.add(static_cast<double>(answered), took);
    entries.add(static_cast<double>(end - first), took);
    auto copied = copy_range(scene, first, end);
    BareProducer producer(scene.connection(), scene.bare_topics().log(KafkaScene::place),
                          [](auto, auto) {});
    producer.send(0, "", {}, {});  // the first one pays for the connection
    producer.finish();
    add(bare, static_cast<double>(copied.size()), [&] {
      for (auto& message : copied) {
        producer.send(0, "", message.value, std::move(message.headers));
        producer.poll();
      }
      producer.finish();
    });
  }
  print("Accepting through Kafka, one partition; the processor's time is the sequencer's",
        {bare, entries, p5});
}

Digest root_of_copy(cli::KafkaLedger& kafka, const std::map<Sequence, Digest>& told) {
  EntryChain chain;
  EntryBatch batch;
  const auto source = kafka.copy().reader(KafkaScene::place);
  std::size_t borne_out = 0;
  for (;;) {
    source->read(chain.size(), 4 << 20, milliseconds{0}, batch);
    if (batch.entries.empty()) break;
    for (const auto bytes : batch.entries) {
      const auto leaf = leaf_hash(bytes);
      const auto receipt = told.find(chain.size());
      borne_out += receipt != told.end() && receipt->second == leaf;
      chain.follow(EntryReader(bytes).head(), leaf);
    }
  }
  if (borne_out != told.size()) throw std::runtime_error("the history does not bear receipts out");
  return chain.root();
}

/// The place's history, from the topic to a fresh folder; with its views, or without.
Digest follow_once(KafkaScene& scene, Series& series, const std::string& member, Sequence size,
                   bool with_views) {
  cli::KafkaLedger kafka(scene.address(member), {});
  const auto& ledger = kafka.ledger();
  std::optional<cli::LiveViews> views;
  if (with_views) views.emplace(ledger, cli::LiveViews::Options{});
  if (views) kafka.listen([&](std::uint32_t) { views->wake(); });
  add(series, static_cast<double>(size), [&] {
    kafka.follower().follow(KafkaScene::place);
    wait_until("all entries followed", [&] {
      if (!views) return kafka.copy().reader(KafkaScene::place)->size() >= size;
      const auto position = cli::view_position(ledger.directory, KafkaScene::place);
      return position && position->chain.size() >= size;
    });
  });
  kafka.listen({});
  return root_of_copy(kafka, scene.publishing().told());
}

/// P6. Returns the history's size.
Sequence bench_following(KafkaScene& scene, const std::filesystem::path& folder, int rounds) {
  Series bare{"librdkafka's consumer", "entries"};
  Series follower{"P6 a fresh copy, durable (mirror)", "entries"};
  Series views{"P6 a fresh copy and its views, durable", "entries"};
  Sequence size = 0;
  for (const auto& [sequence, leaf] : scene.publishing().told()) size = std::max(size, sequence + 1);
  std::optional<Digest> root;
  for (int round = 0; round < rounds; ++round) {
    BareConsumer consumer(scene.connection(), scene.topics().log(KafkaScene::place));
    const auto end = consumer.end();
    std::uint64_t bytes = 0;
    add(bare, static_cast<double>(end), [&] {
      consumer.read_range(0, end, [&](const auto& message) { bytes += message.len; });
    });
    for (auto* series : {&follower, &views}) {
      const auto member = fmt::format("fresh-{}-{}", round, series == &views);
      const auto reached = follow_once(scene, *series, member, size, series == &views);
      if (root.value_or(reached) != reached)
        throw std::runtime_error("two readers of one history reach two roots");
      root = reached;
      std::filesystem::remove_all(folder / member);
    }
    if (round == 0)
      fmt::print("\n{} entries of {} bytes; root {}; all receipts are borne out\n", size,
                 bytes / static_cast<std::uint64_t>(end), root->hex());
  }
  print("From the topic to this machine, one partition", {bare, follower, views});
  return size;
}

void print_latencies(const std::string& name, std::vector<double> each) {
  std::ranges::sort(each);
  const auto at = [&](double part) {
    return each[static_cast<std::size_t>(part * static_cast<double>(each.size() - 1))];
  };
  fmt::print("  {:<58} p50 {:>8.1f} ms   p99 {:>8.1f} ms   most {:>8.1f} ms\n", name, at(0.5),
             at(0.99), at(1));
}

double milliseconds_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

/// Sends a thousand a second, whatever comes back; when each was sent.
std::vector<Clock::time_point> send_paced(std::size_t count,
                                          const std::function<void(std::size_t)>& send,
                                          const std::function<void()>& poll) {
  std::vector<Clock::time_point> sent;
  const auto start = Clock::now();
  while (sent.size() < count) {
    const auto due = start + std::chrono::microseconds(sent.size() * 1'000'000 / singles_a_second);
    std::this_thread::sleep_until(due);
    sent.push_back(Clock::now());
    send(sent.size() - 1);
    poll();
  }
  fmt::print("  sent {} in {:.1f} s\n", count,
             milliseconds_between(start, Clock::now()) / 1'000);
  return sent;
}

void bare_latencies(KafkaScene& scene, std::span<const OwnedBytes> framed) {
  const auto place = scene.bare_topics().submissions(KafkaScene::place);
  BareConsumer consumer(scene.connection(), place);
  const auto begin = consumer.end();
  consumer.start(begin);
  BareProducer producer(scene.connection(), place, [](auto, auto) {});
  producer.send(0, "", {}, {});
  producer.finish();
  std::vector<Clock::time_point> read(framed.size() + 1);
  std::jthread reader([&] {
    const auto until = Clock::now() + within;
    for (std::size_t count = 0; count < read.size() && Clock::now() < until;)
      consumer.read(milliseconds{100}, [&](const rd_kafka_message_t& message) {
        read.at(static_cast<std::size_t>(message.offset - begin)) = Clock::now();
        ++count;
      });
  });
  const auto sent = send_paced(
      framed.size(), [&](std::size_t i) { producer.send(i, "", framed[i], {}); },
      [&] { producer.poll(); });
  producer.finish();
  reader.join();
  std::vector<double> each;
  for (std::size_t i = 0; i < sent.size(); ++i)
    each.push_back(milliseconds_between(sent[i], read[i + 1]));
  print_latencies("librdkafka: sent to read back", std::move(each));
}

/// How far a folder's views went, as a reader of another process sees them.
struct Seen {
  Clock::time_point at;
  Sequence folded = 0;
};

Sequence folded_of(const lmdb::LedgerDirectory& directory) {
  const auto position = cli::view_position(directory, KafkaScene::place);
  return position ? position->chain.size() : 0;
}

/// P5 and P7, one event a submission, with a process that keeps views live.
void bench_latency(KafkaScene& scene, Sequence size, std::size_t count) {
  fmt::print("\nOne event a submission, 1,000 a second, views kept by a process of its own\n");
  const auto framed = scene.sign_ahead(count, 1);
  bare_latencies(scene, framed);
  const auto project = scene.run("project", {"project", "--follow"});
  std::optional<lmdb::LedgerDirectory> directory;
  wait_until("views by `braid project --follow`", [&] {
    if (scene.copied("project") < size) return false;
    directory = *lmdb::LedgerDirectory::open(scene.address("project").data);
    return folded_of(*directory) >= size;
  });
  auto& publishing = scene.publishing();
  const auto before = publishing.answered();
  publishing.expect_answers();
  std::atomic<bool> sending = true;
  std::jthread reader([&] {
    const auto until = Clock::now() + within;
    while ((sending || publishing.answered() - before < framed.size()) && Clock::now() < until)
      publishing.read(milliseconds{20});
  });
  std::vector<Seen> seen;
  std::jthread watcher([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto folded = folded_of(*directory);
      if (seen.empty() || seen.back().folded != folded) seen.push_back({Clock::now(), folded});
      std::this_thread::sleep_for(milliseconds{1});
    }
  });
  std::size_t first = 0;
  const auto sent = send_paced(
      framed.size(),
      [&](std::size_t i) {
        const auto number = publishing.send(framed[i]);
        if (i == 0) first = number;
      },
      [&] { publishing.poll(); });
  publishing.finish();
  sending = false;
  reader.join();
  Sequence last = 0;
  for (std::size_t i = 0; i < sent.size(); ++i)
    last = std::max(last, publishing.answer(first + i).last);
  wait_until("the last event in the views", [&] { return folded_of(*directory) > last; });
  std::this_thread::sleep_for(milliseconds{100});
  watcher.request_stop();
  watcher.join();
  std::vector<double> receipts;
  std::vector<double> visible;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const auto& answer = publishing.answer(first + i);
    receipts.push_back(milliseconds_between(sent[i], answer.at));
    const auto shown =
        std::ranges::find_if(seen, [&](const Seen& each) { return each.folded > answer.last; });
    visible.push_back(milliseconds_between(sent[i], shown->at));
  }
  print_latencies("P5 sent to receipt", std::move(receipts));
  print_latencies("P7 sent to visible in a view", std::move(visible));
}

/// From kill -9 of the place's sequencer to the first receipt by the other.
void bench_takeover(KafkaScene& scene, Sequence size) {
  constexpr milliseconds at_once{1'500};
  constexpr std::chrono::seconds to_settle{8};
  fmt::print("\nTaking over a place of {} entries, session timeout 6 s\n", size);
  std::string other = "b";
  std::string leader = "a";
  auto& leading = scene.sequencer();
  auto standing_by = scene.sequence(other);
  for (int attempt = 0; attempt < 4; ++attempt) {
    const auto started = Clock::now();
    wait_until("a warm standby", [&] {
      return standing_by->said().find("ready to serve") != std::string::npos;
    });
    fmt::print("  a process stands by warm {:.1f} s after its start\n",
               milliseconds_between(started, Clock::now()) / 1'000);
    std::this_thread::sleep_for(to_settle);
    leading->kill();
    const auto killed = Clock::now();
    scene.publishing().publish(scene.sign_ahead(1, 1), 1);
    const auto took = milliseconds_between(killed, Clock::now());
    std::swap(leading, standing_by);
    std::swap(leader, other);
    if (took > static_cast<double>(at_once.count())) {
      fmt::print("  kill -9 to the next receipt: {:.1f} s\n", took / 1'000);
      return;
    }
    standing_by = scene.sequence(other);  // the other led the place already
  }
  throw std::runtime_error("no sequencer that was killed led the place");
}

}  // namespace

void bench_kafka(const std::filesystem::path& folder, const KafkaOptions& options) {
  fmt::print("librdkafka {}, Kafka {}; {}\n", rd_kafka_version_str(), options.kafka_version,
             load());
  KafkaScene scene(folder, options.brokers);
  bench_batches(scene, options.rounds, options.events);
  auto size = bench_following(scene, folder, options.rounds);
  bench_latency(scene, size, options.seconds * singles_a_second);
  size = scene.publishing().told().rbegin()->first + 1;
  bench_takeover(scene, size);
  cli::KafkaLedger auditor(scene.address("auditor"), {});
  auditor.catch_up_all();
  fmt::print("\nAt the end all {} receipts are borne out, root {}; {}\n",
             scene.publishing().told().size(),
             root_of_copy(auditor, scene.publishing().told()).hex(), load());
}

}  // namespace braid::bench
