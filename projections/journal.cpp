#include "projections/journal.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "events/date.hpp"
#include "events/faults.hpp"
#include "events/native_rows.hpp"
#include "projections/reports/rows.hpp"

namespace braid::projections {

namespace {

/// hledger's letter for what an account is: asset, expense, revenue or equity.
struct AccountType {
  Account account;
  char letter;
};
constexpr std::array account_types = {
    AccountType{Account::FUNDING, 'E'},      AccountType{Account::ALLOCATION, 'A'},
    AccountType{Account::ALLOCATED, 'A'},    AccountType{Account::COMMITTED, 'A'},
    AccountType{Account::HELD, 'A'},         AccountType{Account::POOL, 'A'},
    AccountType{Account::DUE, 'A'},          AccountType{Account::SPENT, 'X'},
    AccountType{Account::CONTRIBUTION, 'R'}, AccountType{Account::RECOVERED, 'A'},
};

char letter_of(Account account) {
  const auto found = std::ranges::find(account_types, account, &AccountType::account);
  if (found == account_types.end())
    throw HistoryBroken("a posting is to an account that there is not: " + word(account));
  return found->letter;
}

/// The text itself, if it can stand in a journal without saying more than one thing there. Codes in
/// what the ledger found are of no form that anybody has checked.
std::string code(std::string_view text) {
  const auto is_good = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  };
  if (text.empty() || !std::ranges::all_of(text, is_good))
    throw HistoryBroken("an entry names a strand or rule by what is no code. Run `braid verify`");
  return std::string(text);
}

/// "2021-22".
std::string text_of_year(std::uint16_t year) {
  const auto next = std::to_string(year + 1);
  return std::to_string(year) + "-" + next.substr(next.size() - 2);
}

/// What the transaction says of itself, as tags.
std::string tags_of(std::string_view place, const Record& record) {
  const auto event = record.event;
  auto tags = "event:" + read(event.getId()).text() + ", entry:" + std::string(place) +
              ", recorded:" + Instant{record.head.recorded_at_us}.text();
  const auto add = [&](std::string_view name, std::string_view value) {
    ((((tags += ", ") += name) += ':') += value);
  };
  if (event.getOfficer().size() != 0) add("officer", event.getOfficer().cStr());
  if (const auto corrected = read(event.getCorrects()); !corrected.is_nil())
    add("corrects", corrected.text());
  if (record.kind == Kind::EVENT_REVERSED)
    add("reverses", read(event.getBody().getEventReversed().getEvent()).text());
  std::string rules;
  for (const auto flag : record.entry.getAccepted().getFlags())
    (rules += rules.empty() ? "" : " ") += code(flag.getRule().cStr());
  if (!rules.empty()) add("flagged", rules);
  return tags;
}

/// The lines before a transaction's postings: the same for each strand of an entry.
std::string head_of(std::string_view partition, const Record& record) {
  const auto place = std::string(partition) + "/" + std::to_string(record.sequence());
  return Date{record.event.getEffective()}.text() + " * (" + place + ") " +
         record.event.getPublisher().cStr() + " | " + std::string(info_of(record.kind).title) +
         "\n    ; " + tags_of(place, record) + "\n";
}

}  // namespace

Journal::Journal(std::string_view ledger, Sink sink) : sink_(std::move(sink)) {
  sink_("; The postings of the ledger " + std::string(ledger) +
        ", by braid audit hledger. Try: hledger -f THIS check --strict\n"
        "decimal-mark .\ncommodity GBP 1000.00\n");
}

std::string Journal::name_of(const Strand& strand) {
  return code(strand.organisation) + ":" + word(strand.sector) + ":" +
         (strand.fund.empty() ? "no fund" : code(strand.fund));
}

const std::string& Journal::account(const Posting& posting) {
  const auto& strand = posting.strand;
  auto [place, is_new] = accounts_.try_emplace(
      {strand.organisation, strand.sector, strand.fund, posting.account, posting.year});
  if (!is_new) return place->second;
  place->second =
      name_of(strand) + ":" + word(posting.account) + ":" + text_of_year(posting.year);
  sink_("account " + place->second + "  ; type:" + letter_of(posting.account) + "\n");
  return place->second;
}

void Journal::add(std::string_view partition, const Record& record) {
  if (record.postings.empty()) return;
  for (const auto& posting : record.postings) account(posting);
  const auto head = head_of(partition, record);
  std::vector<const Strand*> strands;
  for (const auto& posting : record.postings) {
    const auto known = std::ranges::any_of(
        strands, [&](const Strand* strand) { return *strand == posting.strand; });
    if (known) continue;
    strands.push_back(&posting.strand);
    add_strand(head, record, posting.strand);
  }
}

void Journal::add_strand(std::string_view head, const Record& record, const Strand& strand) {
  std::string text = "\n" + std::string(head);
  for (const auto& posting : record.postings) {
    if (posting.strand != strand) continue;
    text += "    " + account(posting) + "    GBP " + format_plain_pounds(posting.pence);
    if (!posting.subject.is_nil()) text += "  ; subject:" + posting.subject.text();
    text += '\n';
    ++postings_;
  }
  ++transactions_;
  sink_(text);
}

void Journal::remark(std::string_view sentence) { sink_("; " + std::string(sentence) + "\n"); }

}  // namespace braid::projections
