#include "tests/support/kafka_ledger.hpp"

#include <fstream>
#include <set>
#include <stdexcept>

#include "adapters/files/key_file.hpp"
#include "adapters/kafka/admin.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "events/merkle.hpp"
#include "events/native_rows.hpp"
#include "events/submission.hpp"
#include "tests/support/local_broker.hpp"
#include "tests/support/soon.hpp"

namespace braid::test {
namespace {

constexpr std::chrono::seconds answered_within{60};

kafka::Address address_of(const std::string& brokers, const std::string& prefix) {
  kafka::Address address;
  address.brokers = brokers;
  address.prefix = prefix;
  return address;
}

std::string read_all(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string quoted(const std::string& word) { return "'" + word + "'"; }

void require_done(const Ran& ran) {
  if (ran.exit != 0) throw std::runtime_error(ran.out + ran.err);
}

}  // namespace

KafkaMember::KafkaMember(std::filesystem::path folder, std::vector<std::string> words)
    : folder_(std::move(folder)), running_(std::move(words), folder_) {}

std::string KafkaMember::said() const { return read_all(folder_ / "err"); }

KafkaLedger::KafkaLedger(Options options)
    : options_(std::move(options)),
      prefix_(support::fresh_name()),
      topics_(prefix_),
      county_({.seed = options_.seed, .people = 40, .panel = 10}) {
  if (options_.brokers.empty()) options_.brokers = support::shared_broker();
  const auto key = folder_ / "operator.pem";
  const auto written =
      files::write_secret_key(key, county_.key_of(synth::County::operator_code));
  if (!written) throw std::runtime_error(written.error());
  const std::string safety = options_.single_broker ? "--single-broker " : "";
  require_done(run("operator", "init " + safety + "--name " + std::string(name) +
                                   " --operator " + std::string(synth::County::operator_code) +
                                   " --partitions " + std::to_string(options_.partitions) +
                                   " --key " + quoted(key.string())));
  publisher_ = std::make_unique<kafka::Publisher>(
      kafka::Connection::open(address_of(options_.brokers, prefix_)).value(), topics_);
}

KafkaLedger::~KafkaLedger() = default;

std::filesystem::path KafkaLedger::folder(const std::string& member) const {
  auto folder = folder_ / member;
  std::filesystem::create_directories(folder);
  return folder;
}

std::string KafkaLedger::address(const std::string& member) const {
  return "kafka://" + brokers_of(member) + "/" + prefix_ +
         "?data=" + (folder(member) / "data").string();
}

lmdb::LedgerDirectory KafkaLedger::directory(const std::string& member) const {
  return lmdb::LedgerDirectory::open(folder(member) / "data").value();
}

const std::string& KafkaLedger::brokers_of(const std::string& member) const {
  const auto route = routes_.find(member);
  return route == routes_.end() ? options_.brokers : route->second;
}

KafkaMember& KafkaLedger::begin_anew(const std::string& member,
                                     const std::vector<std::string>& words) {
  auto& place = members_[member];
  place.reset();
  place = std::make_unique<KafkaMember>(folder(member), words);
  return *place;
}

KafkaMember& KafkaLedger::begin(const std::string& member, std::vector<std::string> words) {
  words.insert(words.end(), {"--ledger", address(member)});
  return begin_anew(member, words);
}

std::vector<std::string> KafkaLedger::writing(const std::string& command) const {
  std::vector<std::string> words = {command,        "--json",
                                    "--session-ms", std::to_string(options_.session_ms),
                                    "--key",        (folder_ / "operator.pem").string()};
  if (options_.single_broker) words.emplace_back("--single-broker");
  return words;
}

KafkaMember& KafkaLedger::sequence(const std::string& member) {
  auto& begun = begin(member, writing("sequence"));
  if (begun.hear().find("sequencing") == std::string::npos) throw std::runtime_error(begun.said());
  return begun;
}

KafkaMember& KafkaLedger::serve(const std::string& member) {
  auto& begun = begin(member, writing("serve"));
  if (begun.hear().find("listening") == std::string::npos) throw std::runtime_error(begun.said());
  return begun;
}

KafkaMember& KafkaLedger::mirror_on(const std::string& member) {
  return begin_anew(member, {"mirror", "--follow", "--from",
                             "kafka://" + brokers_of(member) + "/" + prefix_, "--to",
                             (folder(member) / "data").string()});
}

KafkaMember& KafkaLedger::project(const std::string& member) {
  return begin(member, {"project", "--follow"});
}

Ran KafkaLedger::run(const std::string& member, const std::string& command) const {
  return run_shell("braid " + command + " --ledger " + quoted(address(member)), folder(member));
}

Ran KafkaLedger::sign_checkpoints(const std::string& member) const {
  return run(member, "checkpoint --key " + quoted((folder_ / "operator.pem").string()));
}

Ran KafkaLedger::mirror(const std::string& member) const {
  return run_shell("braid mirror --from " + quoted("kafka://" + options_.brokers + "/" + prefix_) +
                       " --to " + quoted((folder(member) / "data").string()),
                   folder(member));
}

void KafkaLedger::add_partitions(const std::string& topic, std::size_t partitions) const {
  const auto connection = kafka::Connection::open(address_of(options_.brokers, prefix_)).value();
  char why[256];
  rd_kafka_NewPartitions_t* wanted =
      rd_kafka_NewPartitions_new(topic.c_str(), partitions, why, sizeof(why));
  if (wanted == nullptr) throw std::runtime_error(why);
  const auto send = [&](auto* client, const auto* options, auto* answers) {
    rd_kafka_CreatePartitions(client, &wanted, 1, options, answers);
  };
  const auto answer =
      kafka::Admin(connection).ask(RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, "add partitions", send);
  rd_kafka_NewPartitions_destroy(wanted);
}

OwnedBytes KafkaLedger::sign(const synth::Batch& batch) const {
  const std::vector<Bytes> events(batch.events.begin(), batch.events.end());
  return sign_submission(name, batch.publisher, county_.key_of(batch.publisher), events);
}

std::uint64_t KafkaLedger::send(std::uint32_t partition, OwnedBytes framed) {
  return publisher_->send(partition, partition == register_partition ? "" : "northshire",
                          std::move(framed));
}

const Told& KafkaLedger::receive(std::uint64_t number, std::uint32_t partition,
                                 OwnedBytes framed) {
  const auto answer = publisher_->receive(number, answered_within);
  if (!answer) throw std::runtime_error("no answer came within a minute");
  const auto* receipts = std::get_if<std::vector<ledger::Receipt>>(&*answer);
  if (receipts == nullptr) throw std::runtime_error("the submission was not recorded");
  return *told_.emplace_back(
      std::make_unique<Told>(Told{partition, std::move(framed), *receipts}));
}

const Told& KafkaLedger::publish(const synth::Batch& batch) {
  auto framed = sign(batch);
  const auto partition = partition_of_event(EventReader(batch.events.front()).get(),
                                            options_.partitions);
  const auto number = send(partition, framed);
  return receive(number, partition, std::move(framed));
}

void KafkaLedger::publish_registry() {
  for (const auto& batch : county_.registry(name, options_.partitions)) publish(batch);
  const auto size = told_.back()->receipts.back().sequence + 1;
  for (const auto& [member, process] : members_)
    if (!support::soon([&, &who = member] { return has_copied(who, size); }))
      throw std::runtime_error(member + " does not follow the register");
}

bool KafkaLedger::has_copied(const std::string& member, Sequence register_size) const {
  const auto copy = lmdb::LedgerDirectory::open(folder(member) / "data");
  return copy &&
         lmdb::EventLog(*copy).reader(register_partition)->size() >= register_size;
}

const Told& KafkaLedger::publish_next(std::size_t max_events) {
  return publish(county_.next(max_events));
}

const Told& KafkaLedger::publish_again(const Told& told) {
  const auto number = send(told.partition, told.framed);
  return receive(number, told.partition, told.framed);
}

std::string what_was_untrue(const std::vector<std::unique_ptr<Told>>& told,
                            const lmdb::LedgerDirectory& copy) {
  const lmdb::EventLog log(copy);
  std::map<std::uint32_t, std::vector<Digest>> leaves;
  std::map<std::uint32_t, std::set<Uuid>> accepted;
  for (const auto& each : told) leaves[each->partition];
  EntryBatch batch;
  for (auto& [partition, all] : leaves) {
    const auto source = log.reader(partition);
    for (;;) {
      source->read(all.size(), 1 << 20, std::chrono::milliseconds{0}, batch);
      if (batch.entries.empty()) break;
      for (const auto bytes : batch.entries) {
        all.push_back(leaf_hash(bytes));
        const EntryReader entry(bytes);
        if (!entry.get().isAccepted()) continue;
        const auto id = schema::read(EventReader(*entry.event_bytes()).get().getId());
        if (!accepted[partition].insert(id).second)
          return "event " + id.text() + " is accepted twice";
      }
    }
  }
  for (const auto& each : told)
    for (const auto& receipt : each->receipts) {
      const auto& all = leaves[each->partition];
      const auto place = receipt.event.text() + " at " + std::to_string(receipt.sequence);
      if (receipt.sequence >= all.size() || all[receipt.sequence] != receipt.leaf)
        return "the history does not hold what was told of " + place;
      if (receipt.outcome == ledger::Receipt::Outcome::accepted &&
          !accepted[each->partition].contains(receipt.event))
        return "the history did not accept " + place;
    }
  return "";
}

}  // namespace braid::test
