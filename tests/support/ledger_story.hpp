#pragma once
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/date.hpp"
#include "ledger/decide.hpp"

// Given a history, when somebody says something, then: what the decider answers.
//     auto given = history().with(a_joint_budget("maya", {.health = 210'00}));
//     CHECK(when(given, contribution_assessed("maya", {{nhs, 30'00}})) == refused("R29",
//     "shares[0].strand"));

namespace braid::test {

/// What somebody sends. A value: the specimen of its kind, with a body of its own.
struct Said {
  Kind kind{};
  std::function<void(schema::Event::Body::Builder)> fill;
  std::string publisher = "E10000008";
  std::string officer;
  std::string authority;          ///< a minute or instrument; mostly none
  Date effective = Date::none();  ///< the day on which it is recorded
  Uuid id;                        ///< drawn where nil
  std::string key;                ///< who signs; the publisher where empty

  [[nodiscard]] Said from(std::string organisation) const;
  [[nodiscard]] Said by(std::string officer_code) const;
  [[nodiscard]] Said on(std::string_view day) const;
  [[nodiscard]] Said under(std::string minute) const;
  [[nodiscard]] Said numbered(const Uuid& own) const;
  [[nodiscard]] Said signed_with_key_of(std::string organisation) const;

  /// Its canonical bytes. Fails the test where they have no form.
  [[nodiscard]] OwnedBytes bytes() const;
};

/// The public key that stands for an organisation or an officer ("E10000008", "b.okafor").
Digest key_named(std::string_view owner);
/// An identifier by a word: the same word, the same identifier.
Uuid id(std::string_view word);
PersonToken person(std::string_view name);
Date day(std::string_view text);

struct Answer;

/// A history and the state that follows it. A handle: copies share the history.
class Given {
 public:
  /// Nothing is recorded, not even the founding.
  Given();

  /// Records what is said. Fails the test where it is refused.
  Given& with(const Said& said);
  Given& with(const std::vector<Said>& all);
  /// What comes later is recorded on this day.
  Given& today(std::string_view day);

  [[nodiscard]] const ledger::State& state() const;
  [[nodiscard]] ledger::Moment moment() const;
  /// Every accepted event in order, with what the ledger found.
  [[nodiscard]] std::vector<ledger::Original> accepted() const;
  /// The state's rows, flushed, table by table, as text: to compare two states.
  [[nodiscard]] std::string rows_of(std::string_view table) const;
  /// As `with`, but whatever the answer is, which it returns; nothing where what is said has no
  /// form.
  std::optional<Answer> offer(const Said& said);
  /// Applies an accepted event without judging it, as a replay does.
  void replay(const ledger::Original& original);

 private:
  friend Answer when(const Given& given, const Said& said);
  struct History;
  std::shared_ptr<History> history_;
};

/// What the decider answered.
struct Answer {
  ledger::Decision decision;

  [[nodiscard]] const std::string& sentence() const;  ///< of the refusal or of the first flag
  [[nodiscard]] const std::vector<Posting>& postings() const;
};

/// What is expected of an answer.
struct Expected {
  std::string rule, field;         ///< empty: accepted
  std::vector<std::string> flags;  ///< rules, in the order in which they are asked

  [[nodiscard]] Expected flagged(std::string flag_rule) const;
};
Expected accepted();
Expected refused(std::string rule, std::string field);

/// Judges, and records nothing.
Answer when(const Given& given, const Said& said);
bool operator==(const Answer& answer, const Expected& expected);
std::ostream& operator<<(std::ostream& out, const Answer& answer);
std::ostream& operator<<(std::ostream& out, const Expected& expected);

}  // namespace braid::test
