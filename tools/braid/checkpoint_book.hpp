#pragma once
#include <filesystem>
#include <functional>
#include <optional>

#include "events/entry_chain.hpp"
#include "ledger/cosignature.hpp"
#include "tools/braid/operator_keys.hpp"

namespace braid::cli {

/// What a ledger has committed itself to in one partition, and what it shows of it to others. Files
/// in `<ledger>/checkpoints/`:
///
///     <partition>            every checkpoint kept, for ever: tools/braid/checkpoints.hpp
///     <partition>.promised   the text of the last one signed, or about to be
///     <partition>.chain      what the history came to there: the next is held against it and what
///                            came since, and not against all that there is
///     <partition>.latest     the last one signed, a note
///     <partition>.published  the last one that a witness has cosigned, a note
///     witnesses              keys of the witnesses, one a line
///
/// Safe in several processes and threads at once: one at a time holds `<partition>.lock`.
class CheckpointBook {
 public:
  /// Borrows `ledger`.
  CheckpointBook(const Ledger& ledger, std::uint32_t partition);

  /// Signs, with a key that may, that the history is `chain`: makes sure that it continues what was
  /// promised last, stores the new promise durably, then signs. Where more was promised already, and
  /// the log holds it, that is signed instead. Another live key's signature of the same stays beside
  /// it. Throws HistoryBroken, signing nothing, where the history does not hold what was promised: a
  /// log that was cut, set back or altered. `promised` runs between promise and signature. Throws
  /// IoFault, StorageFull.
  std::string sign(const EntryChain& chain, const SecretKey& key,
                   const std::function<void()>& promised = {});

  /// The last checkpoint signed, as a note; of a copy, whose operator signs elsewhere, the last one
  /// kept. Nothing where there is none.
  [[nodiscard]] std::optional<std::string> latest() const;
  /// What readers are shown: the latest, or where the ledger has witnesses, the last that one of
  /// them has cosigned. Throws IoFault.
  [[nodiscard]] std::optional<std::string> published() const;

  /// The witnesses whose cosignatures are collected. Throws UsageError where the file is damaged.
  [[nodiscard]] std::vector<ledger::NoteKey> witnesses() const;
  /// Adds one; of the whole ledger. Throws UsageError where one of that name has another key.
  void add_witness(const ledger::NoteKey& witness);
  /// Collects the cosignatures of our witnesses that `note` carries, and publishes it where it is
  /// the largest cosigned so far. How many it has now. Throws Refused where the note is not one of
  /// ours, carries none or a forged one.
  std::size_t add_cosignatures(const std::string& note);

  /// <ledger name>/<partition>: the first line of its checkpoints, and the name of their keys.
  [[nodiscard]] std::string origin() const;
  /// Whose signatures count, by the register as it stands now.
  [[nodiscard]] ledger::LogKeys keys() const;

 private:
  [[nodiscard]] std::filesystem::path file(std::string_view ending) const;
  [[nodiscard]] std::optional<ledger::Checkpoint> last_promised() const;
  [[nodiscard]] std::optional<EntryChain> chain_at(const ledger::Checkpoint& promised,
                                                   const EntrySource& log) const;
  [[nodiscard]] ledger::Checkpoint agreed(const EntryChain& chain) const;
  [[nodiscard]] ledger::Checkpoint own(const std::string& note) const;
  [[nodiscard]] std::optional<ledger::Checkpoint> kept(const std::string& note) const;
  [[nodiscard]] ledger::SignedNote with_lines_of(ledger::SignedNote note,
                                                 const ledger::SignedNote& other) const;

  const Ledger& ledger_;
  std::uint32_t partition_;
};

}  // namespace braid::cli
