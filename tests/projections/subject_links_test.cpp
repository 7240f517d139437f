#include <catch2/catch.hpp>

#include "projections/subject_entries.hpp"
#include "tests/projections/folded.hpp"

namespace braid::test {

using namespace projections;

TEST_CASE("every entry that names a budget or posts to it is found, in the order of the history") {
  auto given = history().with(a_direct_payment("maya", {.health = 210'00}));
  const auto before = Folded(given).rows<SubjectLinkRow>().size();
  given.with(a_joint_budget("noor", {.health = 100'00}));
  const Folded folded(given);
  CHECK(folded.rows<SubjectLinkRow>().size() > before);
  const auto store = folded.snapshot();
  std::map<Uuid, std::vector<Sequence>> expected;
  for (const auto& link : folded.rows<SubjectLinkRow>())
    expected[link.subject].push_back(link.sequence);
  const auto subjects = folded.rows<SubjectRow>();
  CHECK(subjects.size() == expected.size());
  for (const auto& row : subjects) {
    CHECK(row.entries == expected.at(row.subject).size());
    CHECK(row.first == expected.at(row.subject).front());
    CHECK(row.last == expected.at(row.subject).back());
    CHECK(entries_about(*store.places.front(), row.subject) == expected.at(row.subject));
  }
}

TEST_CASE("a reversal is about the budget whose money it takes back, though it names only an event") {
  auto given = history()
                   .with(a_joint_budget("maya", {.health = 60'00, .social_care = 99'00}))
                   .with(an_invoiced_order("maya", {{care, 80'00}}))
                   .with(payment_settled("pay", "maya", "maya's invoice", {{care, 80'00}})
                             .numbered(id("wrong")));
  const auto budget = Folded(given).rows<PackageBudgetRow>().at(0).budget;
  const auto count = [&] {
    const Folded folded(given);
    return folded.row<SubjectRow>([&](const auto& row) { return row.subject == budget; }).entries;
  };
  const auto before = count();
  given.with(event_reversed(id("wrong")));
  CHECK(count() == before + 1);
}

TEST_CASE("what names a person is found by the token, and a stranger has nothing") {
  const Folded folded(history().with(a_joint_budget("maya", {.health = 210'00})));
  const auto person = folded.rows<PersonSubjectRow>().at(0);
  const auto found = entries_about(*folded.snapshot().places.front(), person.person);
  CHECK(found.size() == person.entries);
  CHECK(found.size() >= 2);
  CHECK(entries_about(*folded.snapshot().places.front(), PersonToken{}).empty());
}

}  // namespace braid::test
