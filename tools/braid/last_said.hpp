#pragma once
#include <optional>
#include <string>

#include "adapters/lmdb/ledger_directory.hpp"
#include "events/date.hpp"

namespace braid::cli {

/// What the process that keeps a data folder last said of its brokers, in the folder's file SAID:
/// so that `braid status`, another process, can tell that it waits for them.
struct LastSaid {
  Instant at;
  std::string sentence;
};

/// Written without waiting for the disk: it is worth nothing after a power cut. Throws nothing; a
/// folder that takes no more files is met elsewhere.
void note_said(const lmdb::LedgerDirectory& directory, const std::string& sentence) noexcept;
/// Of a process that has just begun to keep the folder.
void forget_said(const lmdb::LedgerDirectory& directory) noexcept;
/// Nothing where it has said nothing. It says something of the present only while somebody keeps the
/// folder.
std::optional<LastSaid> read_said(const lmdb::LedgerDirectory& directory);

}  // namespace braid::cli
