#include "tests/support/ledger_story.hpp"

#include <ostream>
#include <stdexcept>

#include "events/merkle.hpp"
#include "events/native_rows.hpp"
#include "events/table/memory_row_store.hpp"
#include "ledger/replay.hpp"
#include "tests/support/specimens.hpp"

namespace braid::test {

namespace {

using ledger::Moment;
using ledger::Record;

std::uint64_t number_of(const Digest& digest, std::size_t at) {
  std::uint64_t number;
  std::memcpy(&number, digest.bytes.data() + at, sizeof number);
  return number;
}

struct NoForm : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string describe(const Finding& finding) {
  return finding.rule + " at \"" + finding.field + "\": " + finding.sentence;
}

}  // namespace

Said Said::from(std::string organisation) const {
  auto copy = *this;
  copy.publisher = std::move(organisation);
  return copy;
}
Said Said::by(std::string officer_code) const {
  auto copy = *this;
  copy.officer = std::move(officer_code);
  return copy;
}
Said Said::on(std::string_view text) const {
  auto copy = *this;
  copy.effective = day(text);
  return copy;
}
Said Said::under(std::string minute) const {
  auto copy = *this;
  copy.authority = std::move(minute);
  return copy;
}
Said Said::numbered(const Uuid& own) const {
  auto copy = *this;
  copy.id = own;
  return copy;
}
Said Said::signed_with_key_of(std::string organisation) const {
  auto copy = *this;
  copy.key = std::move(organisation);
  return copy;
}

OwnedBytes Said::bytes() const {
  auto encoded = specimen(kind, [&](schema::Event::Builder event) {
    schema::write(id, event.initId());
    event.setPublisher(publisher);
    event.disownOfficer();
    event.disownAuthority();
    event.disownReason();
    event.disownCorrects();
    if (!officer.empty()) event.setOfficer(officer);
    if (!authority.empty()) event.setAuthority(authority);
    event.setEffective(effective.days);
    if (fill) fill(event.getBody());
  });
  if (auto form = check_form(encoded); !form)
    throw NoForm(std::string(info_of(kind).name) + " has no form: " + describe(form.error()));
  return encoded;
}

Digest key_named(std::string_view owner) {
  return sha256(as_bytes("key of " + std::string(owner)));
}

Uuid id(std::string_view word) {
  const auto digest = sha256(as_bytes(word));
  return uuid_v7(1'774'000'000'000, static_cast<std::uint16_t>(number_of(digest, 0)),
                 number_of(digest, 8));
}

PersonToken person(std::string_view name) {
  return {sha256(as_bytes("person " + std::string(name))).bytes};
}

Date day(std::string_view text) {
  const auto date = Date::from_text(text);
  if (!date) throw std::runtime_error("no day: " + std::string(text));
  return *date;
}

struct Given::History : ledger::History {
  std::vector<OwnedBytes> entries;
  MemoryRowStore store;
  ledger::State state{store, *this};
  std::int64_t recorded_at_us = start_of(day("2026-05-01")).us;
  std::uint64_t drawn = 0;
  EntryEncoder encoder;

  [[nodiscard]] OwnedBytes entry_at(Sequence sequence) const override {
    return entries.at(sequence);
  }

  [[nodiscard]] Moment moment() const {
    return {recorded_at_us, state.rule_book_at(recorded_at_us).version, 0};
  }

  /// With an identifier and a day of its own where it had none.
  [[nodiscard]] Said complete(Said said) const {
    if (said.id.is_nil()) said.id = uuid_v7(1'775'000'000'000 + drawn, 7, drawn);
    if (said.effective.is_none()) said.effective = date_of(Instant{recorded_at_us});
    return said;
  }

  [[nodiscard]] ledger::Decision judge(const Said& said, const OwnedBytes& bytes) const {
    const EventReader event(bytes);
    return decide(state,
                  {.publisher = said.publisher,
                   .key = key_named(said.key.empty() ? said.publisher : said.key),
                   .event = event.get(),
                   .bytes = bytes,
                   .hash = leaf_hash(bytes)},
                  moment());
  }

  void record(Bytes bytes, std::span<const Posting> postings, std::span<const Finding> flags) {
    const EntryHead head{.sequence = entries.size(),
                         .previous = state.own_chain.last_leaf(),
                         .recorded_at_us = recorded_at_us,
                         .queue_offset = 0,
                         .queue_generation = 0,
                         .rule_book = 0,
                         .register_size = 0};
    const auto entry = encoder.encode(
        head, AcceptedBody{.index = 0, .event = bytes, .postings = postings, .flags = flags});
    entries.emplace_back(entry.begin(), entry.end());
    encoder.clear();
    std::vector<Posting> read_postings;
    take_entry(state, read_entry(entries.back(), read_postings), false);
    recorded_at_us += 1'000'000;
    ++drawn;
  }
};

Given::Given() : history_(std::make_shared<History>()) {}

std::optional<Answer> Given::offer(const Said& said) {
  const auto complete = history_->complete(said);
  OwnedBytes bytes;
  try {
    bytes = complete.bytes();
  } catch (const NoForm&) {
    return std::nullopt;
  }
  Answer answer{history_->judge(complete, bytes)};
  if (const auto* findings = std::get_if<ledger::Findings>(&answer.decision))
    history_->record(bytes, findings->postings, findings->flags);
  return answer;
}

Given& Given::with(const Said& said) {
  const auto complete = history_->complete(said);
  const auto bytes = complete.bytes();
  const auto decision = history_->judge(complete, bytes);
  if (const auto* refusal = std::get_if<Refusal>(&decision))
    throw std::runtime_error("the story does not go so: " + std::string(info_of(said.kind).name) +
                             " was refused, " + describe(*refusal));
  if (const auto* findings = std::get_if<ledger::Findings>(&decision))
    history_->record(bytes, findings->postings, findings->flags);
  return *this;
}

Given& Given::with(const std::vector<Said>& all) {
  for (const auto& said : all) with(said);
  return *this;
}

Given& Given::today(std::string_view text) {
  history_->recorded_at_us = start_of(day(text)).us;
  return *this;
}

const ledger::State& Given::state() const { return history_->state; }
ledger::Moment Given::moment() const { return history_->moment(); }

std::vector<ledger::Original> Given::accepted() const {
  std::vector<ledger::Original> all;
  for (const auto& bytes : history_->entries) {
    const EntryReader entry(bytes);
    const auto event = *entry.event_bytes();
    all.push_back({{event.begin(), event.end()},
                   postings_of(entry.get().getAccepted()),
                   entry.head().sequence});
  }
  return all;
}

void Given::replay(const ledger::Original& original) {
  history_->record(original.event, original.postings, {});
}

std::string Given::rows_of(std::string_view table) const {
  history_->state.flush();
  std::string rows;
  history_->store.scan(table, {}, [&](Bytes key, Bytes value) {
    rows += sha256(key).hex() + ' ' + sha256(value).hex() + '\n';
    return true;
  });
  return rows;
}

const std::string& Answer::sentence() const {
  static const std::string nothing;
  if (const auto* refusal = std::get_if<Refusal>(&decision)) return refusal->sentence;
  const auto* findings = std::get_if<ledger::Findings>(&decision);
  return findings == nullptr || findings->flags.empty() ? nothing
                                                        : findings->flags.front().sentence;
}

const std::vector<Posting>& Answer::postings() const {
  static const std::vector<Posting> none;
  const auto* findings = std::get_if<ledger::Findings>(&decision);
  return findings == nullptr ? none : findings->postings;
}

Expected Expected::flagged(std::string flag_rule) const {
  auto copy = *this;
  copy.flags.push_back(std::move(flag_rule));
  return copy;
}
Expected accepted() { return {}; }
Expected refused(std::string rule, std::string field) {
  return {std::move(rule), std::move(field), {}};
}

Answer when(const Given& given, const Said& said) {
  const auto complete = given.history_->complete(said);
  const auto bytes = complete.bytes();
  return {given.history_->judge(complete, bytes)};
}

bool operator==(const Answer& answer, const Expected& expected) {
  if (const auto* refusal = std::get_if<Refusal>(&answer.decision))
    return refusal->rule == expected.rule && refusal->field == expected.field;
  const auto* findings = std::get_if<ledger::Findings>(&answer.decision);
  if (findings == nullptr || !expected.rule.empty()) return false;
  std::vector<std::string> rules;
  for (const auto& flag : findings->flags) rules.push_back(flag.rule);
  return rules == expected.flags;
}

std::ostream& operator<<(std::ostream& out, const Answer& answer) {
  if (const auto* refusal = std::get_if<Refusal>(&answer.decision))
    return out << "refused " << describe(*refusal);
  if (const auto* already = std::get_if<ledger::AlreadyRecorded>(&answer.decision))
    return out << "recorded already at " << already->first;
  out << "accepted";
  for (const auto& flag : std::get<ledger::Findings>(answer.decision).flags)
    out << ", flagged " << describe(flag);
  return out;
}

std::ostream& operator<<(std::ostream& out, const Expected& expected) {
  if (!expected.rule.empty())
    return out << "refused " << expected.rule << " at \"" << expected.field << '"';
  out << "accepted";
  for (const auto& flag : expected.flags) out << ", flagged " << flag;
  return out;
}

}  // namespace braid::test
