#include "tools/braid/story_teller.hpp"

#include <fmt/format.h>

#include "tools/braid/batches.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/submitting.hpp"

namespace braid::cli {

struct StoryTeller::Outcome {
  std::vector<ledger::Receipt> receipts;
  std::string trouble;  ///< a sentence where a submission was not taken at all

  [[nodiscard]] std::size_t count(ledger::Receipt::Outcome outcome) const {
    return static_cast<std::size_t>(
        std::ranges::count(receipts, outcome, &ledger::Receipt::outcome));
  }
  [[nodiscard]] bool any_flagged() const {
    return std::ranges::any_of(receipts, [](const ledger::Receipt& receipt) {
      return receipt.outcome == ledger::Receipt::Outcome::accepted && !receipt.findings.empty();
    });
  }
};

namespace {

using ReceiptOutcome = ledger::Receipt::Outcome;

constexpr std::size_t line_columns = 100;

void print_findings(const ledger::Receipt& receipt) {
  const std::string_view word = receipt.outcome == ReceiptOutcome::refused ? "refused" : "flagged";
  for (const auto& finding : receipt.findings)
    print_paragraph(fmt::format("   {}  {:<3}  {:<8}  ", word, finding.rule, finding.field),
                    finding.sentence);
}

/// What the ledger made of a scene that the story tells otherwise; empty where both agree.
std::string contradiction(Told told, std::size_t events, std::size_t refused, bool flagged) {
  switch (told) {
    case Told::refused:
      return refused == events ? "" : "the story says that this is refused, and it was accepted";
    case Told::flagged:
      if (refused > 0)
        return "the story says that this is recorded and flagged, and it was refused";
      return flagged ? "" : "the story says that this is flagged, and it was not";
    case Told::accepted:
      if (refused > 0) return "the story says that this is accepted, and it was refused";
      return flagged ? "the story says nothing of a flag" : "";
  }
  return "";
}

}  // namespace

StoryTeller::StoryTeller(const Ledger& ledger, const StoryNames& names,
                         const std::map<std::string, SecretKey>& keys)
    : ledger_(ledger), names_(names), keys_(keys), sealing_(ledger) {}

void StoryTeller::tell(std::span<const Chapter> story) {
  note_people(story);
  const auto outlet = open_outlet(ledger_);
  for (const auto& chapter : story) {
    fmt::print("\n== {}\n", chapter.heading);
    for (const auto& scene : chapter.scenes) play(scene, *outlet);
  }
}

/// Everybody's key is had from the vault in one step, before anything is sealed.
void StoryTeller::note_people(std::span<const Chapter> story) {
  const json::EventJson reader(sealing_.noting());
  for (const auto& chapter : story)
    for (const auto& scene : chapter.scenes)
      for (const auto& event : scene.events) bytes_of(reader, event);
  sealing_.get_keys();
}

OwnedBytes StoryTeller::bytes_of(const json::EventJson& reader, const StoryEvent& event) const {
  auto bytes = reader.decode(names_.line_of(event));
  if (!bytes)
    throw UsageError(fmt::format("the story, line {}: {}", event.line, bytes.error().sentence()));
  if (const auto formed = check_form(*bytes); !formed)
    throw UsageError(fmt::format("the story, line {}: {}: {}", event.line, formed.error().field,
                                 formed.error().sentence));
  return std::move(*bytes);
}

void StoryTeller::play(const Scene& scene, Outlet& outlet) {
  fmt::print("\n");
  print_paragraph("", scene.sentence);
  const auto outcome = submit(scene, outlet);
  const auto accepted = outcome.count(ReceiptOutcome::accepted),
             refused = outcome.count(ReceiptOutcome::refused);
  if (accepted > 0) fmt::print("   accepted  {} event{}\n", accepted, accepted == 1 ? "" : "s");
  for (const auto& receipt : outcome.receipts) print_findings(receipt);
  auto wrong = outcome.trouble;
  if (wrong.empty())
    wrong = contradiction(scene.told, scene.events.size(), refused, outcome.any_flagged());
  if (!wrong.empty())
    throw Refused("the ledger and the story differ: " + wrong + " (\"" + scene.sentence + "\")");
}

StoryTeller::Outcome StoryTeller::submit(const Scene& scene, Outlet& outlet) {
  Outcome outcome;
  Submitting submitting(outlet, [&](const std::vector<SentEvent>&, const ledger::Answer& answer) {
    if (const auto* receipts = std::get_if<std::vector<ledger::Receipt>>(&answer))
      outcome.receipts.insert(outcome.receipts.end(), receipts->begin(), receipts->end());
    else if (const auto* refusal = std::get_if<Refusal>(&answer))
      outcome.trouble = refusal->sentence;
    else
      outcome.trouble = std::get<ledger::Unavailable>(answer).sentence;
  });
  const json::EventJson reader(sealing_.sealing());
  for (auto event = scene.events.begin(); event != scene.events.end();) {
    const auto& publisher = event->publisher;
    Batcher batcher(ledger_.founding, keys_.at(publisher), Submission::max_events,
                    [&](SignedBatch batch) { submitting.send(std::move(batch)); });
    for (; event != scene.events.end() && event->publisher == publisher; ++event)
      batcher.add(bytes_of(reader, *event));
    batcher.finish();
  }
  submitting.finish();
  return outcome;
}

void print_paragraph(std::string_view first, std::string_view text) {
  std::string line(first);
  const std::string indent(first.size(), ' ');
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const bool is_fresh = line.size() <= first.size();
    if (!is_fresh && line.size() + 1 + word.size() > line_columns) {
      fmt::print("{}\n", line);
      line = indent;
    }
    if (line.size() > first.size()) line += ' ';
    line += word;
  }
  fmt::print("{}\n", line);
}

}  // namespace braid::cli
