#include "tools/braid/warm_state.hpp"

#include "adapters/lmdb/durable_file.hpp"
#include "tools/braid/ledger.hpp"

namespace braid::cli {
namespace {

constexpr std::size_t max_roots_bytes = 64 << 20;

}  // namespace

WarmState::WarmState(std::uint32_t partition, const lmdb::LedgerDirectory& directory,
                     const lmdb::EventLog& copy, ledger::StateLimits limits)
    : partition_(partition),
      limits_(limits),
      roots_file_(directory.root() / "roots" / name_of_partition(partition)),
      own_(copy.reader(partition)),
      registry_(copy.reader(register_partition)),
      store_(directory.state(partition)) {
  start_again();
  load_roots();
}

void WarmState::start_again() {
  sequencer_.reset();
  sequencer_ = std::make_unique<ledger::Sequencer>(partition_, *own_, *registry_, store_, now_us,
                                                   limits_);
}

void WarmState::follow(const std::function<bool()>& stopping) {
  sequencer_->follow(stopping);
  roots_.catch_up(*own_, stopping);
}

void WarmState::rest(const std::function<bool()>& stopping) {
  const auto size = sequencer_->state().own_chain.size();
  if (size != flushed_) {
    sequencer_->flush();
    flushed_ = size;
  }
  roots_.catch_up(*own_, stopping);
  keep_roots();
}

/// Believed where they lead to the root that the state has followed; else all is hashed anew.
void WarmState::load_roots() {
  const auto text = lmdb::read_file(roots_file_, max_roots_bytes);
  if (!text) return;
  auto stored = kafka::PastRoots::parse(as_bytes(*text));
  const auto& chain = sequencer_->state().own_chain;
  if (!stored || stored->size() > chain.size()) return;
  if (stored->root_at(chain.size(), *own_) != chain.root()) return;
  roots_ = std::move(*stored);
  roots_kept_ = roots_.size();
}

void WarmState::keep_roots() {
  if (roots_.size() == roots_kept_) return;
  lmdb::make_folder(roots_file_.parent_path());
  lmdb::replace_file(roots_file_, as_text(roots_.bytes()));
  roots_kept_ = roots_.size();
}

}  // namespace braid::cli
