// `braid audit cosign`: the operator collects what witnesses say of a checkpoint.
#include <fmt/format.h>

#include <charconv>

#include "adapters/http/client.hpp"
#include "adapters/lmdb/durable_file.hpp"
#include "events/faults.hpp"
#include "ledger/witness.hpp"
#include "tools/braid/commands.hpp"
#include "tools/braid/published_log.hpp"
#include "tools/braid/reading_ledger.hpp"
#include "tools/braid/tree_keeper.hpp"

namespace braid::cli {
namespace {

using ledger::SignedNote;

constexpr unsigned done = 200;
constexpr unsigned conflict = 409;

struct Options {
  std::string partition;
  std::vector<std::string> witnesses;
  std::string file;
  std::string url;
};

/// The proof that a tree of `size` continues one of `old_size`, from the stored tree.
MerkleProof proof_from(const Ledger& ledger, std::uint32_t partition, Sequence old_size,
                       Sequence size) {
  const auto folder = ledger.directory.tree(partition);
  if (tree_chain(folder).size() < size)
    throw UsageError("the stored tree of partition " + name_of_partition(partition) +
                     " is behind the checkpoint; bring it up with `braid project`");
  const lmdb::RowSnapshot rows(folder);
  return consistency_proof(StoredTree(rows), old_size, size);
}

std::optional<Sequence> size_told(std::string_view body) {
  if (!body.ends_with('\n')) return std::nullopt;
  body.remove_suffix(1);
  Sequence size = 0;
  const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), size);
  if (error != std::errc() || end != body.data() + body.size()) return std::nullopt;
  return size;
}

/// Asks a witness as C2SP tlog-witness has it: it tells the size it has seen, and is asked again
/// with the proof from there.
std::string cosigned_by(const http::Url& witness, const Ledger& ledger, std::uint32_t partition,
                        const LogExport::Published& published) {
  const auto where = witness.below("add-checkpoint");
  Sequence seen = 0;
  for (const bool first : {true, false}) {
    const auto proof = proof_from(ledger, partition, seen, published.latest.size);
    const auto answer = http::post(
        where, ledger::add_checkpoint_request(seen, proof, published.latest_note), SignedNote::max_bytes);
    if (answer.status == done) return published.latest_note + answer.body;
    const auto told = answer.status == conflict && first ? size_told(answer.body) : std::nullopt;
    if (!told)
      throw Refused(where.text() + " does not cosign: status " + std::to_string(answer.status) +
                    " " + answer.body.substr(0, 200));
    if (*told > published.latest.size)
      throw Refused(where.text() + " has seen " + std::to_string(*told) +
                    " entries of this log, and it holds " + std::to_string(published.latest.size) +
                    ": it was cut, or restored from an older copy");
    seen = *told;
  }
  throw Refused(where.text() + " does not keep to what it has told");
}

std::string read_note(const std::string& file) {
  auto note = lmdb::read_file(file, SignedNote::max_bytes + 1);
  if (!note) throw UsageError("there is no file " + file);
  return std::move(*note);
}

void trust(const Options& options, CheckpointBook& book) {
  for (const auto& text : options.witnesses) {
    const auto key = ledger::witness_key(text);
    if (!key) throw UsageError("--witness: " + key.error());
    book.add_witness(*key);
  }
}

Exit run(const Options& options, const Common& common) try {
  const ReadingLedger reading(common.place(), ReadingLedger::Views::brought_up);
  const auto& ledger = reading.ledger();
  const auto partition = partition_named(ledger.founding, options.partition);
  CheckpointBook book(ledger, partition);
  trust(options, book);
  if (options.file.empty() && options.url.empty() && options.witnesses.empty())
    throw UsageError("--add FILE takes a note that a witness cosigned, --push URL asks a witness");
  const auto tell = [&](std::size_t count) {
    fmt::print("partition {}: cosigned by {} of {} witnesses\n", name_of_partition(partition), count,
               book.witnesses().size());
  };
  if (!options.file.empty()) tell(book.add_cosignatures(read_note(options.file)));
  if (options.url.empty()) return Exit::done;
  auto url = http::Url::parse(options.url);
  if (!url) throw UsageError("--push: " + url.error());
  const lmdb::EventLog log(ledger.directory);
  Checkpoints checkpoints(ledger);
  const auto published = published_now(ledger, *log.reader(partition), checkpoints, partition);
  tell(book.add_cosignatures(cosigned_by(*url, ledger, partition, published)));
  return Exit::done;
} catch (const HistoryBroken& broken) {
  throw Refused(broken.what());
}

Command::Run declare(CLI::App& app, const Common& common) {
  auto options = std::make_shared<Options>();
  app.add_option("--partition", options->partition, "whose checkpoint: register, 0, 1 ...")->required();
  app.add_option("--witness", options->witnesses,
                 "a witness's key, as it prints it; from now on checkpoints are published when one "
                 "of the ledger's witnesses has cosigned them");
  app.add_option("--add", options->file, "a note that a witness cosigned");
  app.add_option("--push", options->url,
                 "a witness's address: it is asked for a cosignature now (C2SP tlog-witness)");
  return [options, &common] { return run(*options, common); };
}

}  // namespace

const Command audit_cosign_command = {
    "audit cosign", "collect witnesses' cosignatures of a checkpoint, and publish it with them",
    "  braid audit cosign --ledger ./northshire --partition 0 --witness KEY\n"
    "  braid audit cosign --ledger ./northshire --partition 0 --add northshire-0.cosigned\n"
    "  braid audit cosign --ledger ./northshire --partition 0 --push http://127.0.0.1:7380",
    declare};

}  // namespace braid::cli
