#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "projections/record.hpp"

namespace braid::projections {

/// A history's postings as a plain-text journal, which hledger and its kin read: an independent
/// accountant's view of the money, computed by none of our code. An accepted entry that moves money
/// is a transaction for each strand that it moves, so that whoever checks that transactions balance
/// has checked every strand at every entry:
///
///     2021-07-22 * (0/82) 99W | strand agreed
///         ; event:c5b117d7-..., entry:0/82, recorded:2026-11-22T10:00:00.000000Z, officer:k.shah
///         99W:health:chc:allocation:2021-22    GBP -10920.00
///         99W:health:chc:allocated:2021-22     GBP 10920.00  ; subject:88cddc8c-...
///
/// The date is the day that the event is effective. `corrects` and `reverses` name the event that
/// this one is about, `flagged` the rules it breaks. Accounts are organisation, sector, fund,
/// account and financial year, in the words of the trial balance; each is declared, with its type,
/// before it is first used. Holds nothing but the accounts' names.
class Journal {
 public:
  /// What takes the text, piece by piece.
  using Sink = std::function<void(std::string_view text)>;

  /// Writes the head: what the journal is of, and the commodity.
  Journal(std::string_view ledger, Sink sink);

  /// Adds what an entry of this partition moves; nothing for entries that move no money.
  void add(std::string_view partition, const Record& record);
  /// A line for people, which accountants' programs pass over.
  void remark(std::string_view sentence);

  [[nodiscard]] std::uint64_t transactions() const { return transactions_; }
  [[nodiscard]] std::uint64_t postings() const { return postings_; }

  /// Whose money an account holds, as the journal names it: "99W:health:chc".
  static std::string name_of(const Strand& strand);

 private:
  using AccountKey = std::tuple<std::string, Sector, std::string, Account, std::uint16_t>;

  const std::string& account(const Posting& posting);
  void add_strand(std::string_view head, const Record& record, const Strand& strand);

  Sink sink_;
  std::map<AccountKey, std::string> accounts_;
  std::uint64_t transactions_ = 0;
  std::uint64_t postings_ = 0;
};

}  // namespace braid::projections
