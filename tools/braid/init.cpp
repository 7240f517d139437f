// `braid init`: makes a ledger's directory or topics, its keys, and founds it.
#include <fmt/format.h>

#include "adapters/files/key_file.hpp"
#include "adapters/lmdb/durable_file.hpp"
#include "adapters/lmdb/event_log.hpp"
#include "ledger/checkpoint.hpp"
#include "ledger/rules/rule.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/copy_mark.hpp"
#include "tools/braid/event_ids.hpp"
#include "tools/braid/found_on_kafka.hpp"
#include "tools/braid/keys.hpp"
#include "tools/braid/ledger_host.hpp"
#include "tools/braid/receipts.hpp"

namespace braid::cli {
namespace {

/// A founded number is for ever: more partitions than any machine has use for.
constexpr std::uint32_t max_partitions = 1024;

struct Options {
  std::string name;
  std::uint32_t partitions = 1;
  std::string operator_ = "OPR";
  std::string operator_name;
  std::string key;
  bool single_broker = false;
};

lmdb::LedgerDirectory make_directory(const std::filesystem::path& path) {
  if (auto made = lmdb::LedgerDirectory::create(path)) return std::move(*made);
  auto opened = lmdb::LedgerDirectory::open(path);
  const auto why = lmdb::LedgerDirectory::create(path);
  if (!opened) throw UsageError(why.error());
  if (read_copy_mark(*opened)) throw UsageError(why.error());
  if (read_founding(*lmdb::EventLog(*opened).reader(register_partition)))
    throw UsageError(why.error());
  return std::move(*opened);  // an earlier `init` was stopped half-way
}

SecretKey operator_key(const lmdb::LedgerDirectory& directory, const std::string& given) {
  if (!given.empty()) return read_signing_key(given);
  const auto file = operator_key_file(directory);
  if (std::filesystem::exists(file)) return read_signing_key(file);
  auto key = SecretKey::generate();
  if (auto written = files::write_secret_key(file, key); !written)
    throw UsageError(written.error());
  return key;
}

void head(schema::Event::Builder event, EventIds& ids, const std::string& publisher) {
  schema::write(ids.next(), event.initId());
  event.setPublisher(publisher.c_str());
  event.setEffective(today().days);
}

OwnedBytes founding_event(const Options& options, EventIds& ids, const PublicKey& key) {
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  head(event, ids, options.operator_);
  auto founded = event.initBody().initLedgerFounded();
  founded.setName(options.name.c_str());
  founded.setPartitions(options.partitions);
  founded.setOperatorKey({reinterpret_cast<const kj::byte*>(key.bytes.data()), key.bytes.size()});
  return canonical_bytes(event.asReader());
}

OwnedBytes registering_event(const Options& options, EventIds& ids) {
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  head(event, ids, options.operator_);
  auto registered = event.initBody().initOrganisationRegistered();
  registered.setOrganisation(options.operator_.c_str());
  registered.setName(
      (options.operator_name.empty() ? options.name + " operator" : options.operator_name).c_str());
  registered.setFrom(today().days);
  return canonical_bytes(event.asReader());
}

OwnedBytes rules_event(const Options& options, EventIds& ids) {
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  head(event, ids, options.operator_);
  auto adopted = event.initBody().initRuleBookAdopted();
  adopted.setVersion(ledger::newest_rule_book);
  adopted.setFrom(today().days);
  return canonical_bytes(event.asReader());
}

/// The first submission of every ledger.
struct FirstSubmission {
  std::vector<SentEvent> sent;
  OwnedBytes framed;
};

FirstSubmission first_submission(const Options& options, EventIds& ids, const SecretKey& key) {
  const std::vector<OwnedBytes> events = {founding_event(options, ids, key.public_key()),
                                          registering_event(options, ids),
                                          rules_event(options, ids)};
  const std::vector<Bytes> borrowed(events.begin(), events.end());
  FirstSubmission first;
  for (const auto& event : events) first.sent.push_back(sent_event(event));
  first.framed = sign_submission(options.name, options.operator_, key, borrowed);
  return first;
}

void require_good_name(const Options& options, EventIds& ids) {
  if (!ledger::is_note_name(ledger::origin_of(options.name, 0)))  // checkpoints are signed under it
    throw UsageError(
        "--name: a ledger's name has no blanks, control characters or '+'; write it as "
        "northshire-care");
  const auto trial = founding_event(options, ids, {});
  if (auto formed = check_form(trial); !formed)
    throw UsageError("--name or --operator: " + formed.error().sentence);
}

SecretKey make_keys(const lmdb::LedgerDirectory& directory, const Options& options) {
  lmdb::make_folder(directory.keys());
  auto key = operator_key(directory, options.key);
  make_symmetric_key(linkage_key_file(directory));
  make_symmetric_key(vault_key_file(directory));
  lmdb::make_folder(directory.vault());
  return key;
}

Founding founding_of(const Options& options, const SecretKey& key) {
  return {options.name, options.partitions, options.operator_, key.public_key()};
}

ledger::Answer found_in_directory(const lmdb::LedgerDirectory& directory, const Options& options,
                                  const SecretKey& key, const OwnedBytes& framed) {
  LedgerHost host({directory, founding_of(options, key)}, {});
  const std::vector<OwnedBytes> submission = {framed};
  return host.submit(submission).front();
}

Exit init(const Options& options, const LedgerPlace& place) {
  EventIds ids;
  require_good_name(options, ids);
  if (!place.kafka && options.single_broker)
    throw UsageError("--single-broker is for ledgers on Kafka; leave it out");
  std::unique_ptr<KafkaLedger> kafka;
  if (place.kafka) kafka = make_topics(*place.kafka, options.partitions, options.single_broker);
  const auto directory = kafka ? kafka->directory() : make_directory(place.directory);
  const auto key = make_keys(directory, options);
  const auto first = first_submission(options, ids, key);
  ReceiptPrinter printer(Format::table, false);
  printer.print(first.sent, kafka ? found_on_kafka(*kafka, founding_of(options, key), first.framed)
                                  : found_in_directory(directory, options, key, first.framed));
  if (printer.counts().refused != 0) throw Refused("the ledger was not founded: see above");
  fmt::print("{}: the ledger \"{}\" is founded, with {} partition{}.\n", place.text(), options.name,
             options.partitions, options.partitions == 1 ? "" : "s");
  fmt::print("Its keys are in {}: keep a copy where the ledger is not.\n",
             directory.keys().string());
  return Exit::done;
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--name", options->name,
                 "what the ledger is called, in every signature; it stays for ever")
      ->required();
  app.add_option("--partitions", options->partitions,
                 "how many places may be written side by side; it stays for ever")
      ->check(CLI::Range(1u, max_partitions));
  app.add_option("--operator", options->operator_, "ODS code of the body that runs the ledger");
  app.add_option("--operator-name", options->operator_name, "that body's name");
  app.add_option("--key", options->key,
                 "the operator's key; without it one is made in DIR/keys/operator.pem");
  app.add_flag("--single-broker", options->single_broker,
               "on Kafka: topics for a single broker, which keeps nothing safe; to try things out");
  return [options, &common] { return init(*options, common.place()); };
}

}  // namespace

const Command init_command = {
    "init", "make a directory or topics for a ledger, its keys, and found it",
    "  braid init --ledger ./northshire --name northshire-care --operator NSX\n"
    "  braid init --ledger 'kafka://localhost:9092?data=./here' --name northshire-care",
    declare};

}  // namespace braid::cli
