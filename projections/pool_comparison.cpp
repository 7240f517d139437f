#include "projections/pool_comparison.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace braid::projections {

namespace {

using Name = std::tuple<std::string, std::string, std::string>;

Name name_of(const PoolFigure& figure) { return {figure.organisation, figure.of, figure.name}; }

void add_partner(const PoolPartner& partner, std::vector<PoolFigure>& figures) {
  const auto add = [&](std::string_view name, std::int64_t value, bool pence = true) {
    figures.push_back(
        {partner.strand.organisation, partner.strand.fund, std::string(name), value, pence});
  };
  add("committed", partner.committed);
  add("paid", partner.paid);
  add("spent", partner.spent);
  add("riskShare", partner.risk_share);
  add("partsPerMillion", partner.parts_per_million, false);
  add("signed", partner.signed_ == INT32_MIN ? 0 : 1, false);
}

void compare_figures(const PoolReading& ours, const PoolReading& theirs,
                     PoolComparison& comparison) {
  const auto of = [](const PoolReading& reading) {
    return reading.pool ? figures_of(*reading.pool) : std::vector<PoolFigure>{};
  };
  const auto own = of(ours);
  std::map<Name, PoolFigure> others;
  for (const auto& figure : of(theirs)) others.emplace(name_of(figure), figure);
  const auto add = [&](const PoolFigure& our_figure, const PoolFigure& their_figure) {
    if (our_figure == their_figure)
      ++comparison.agreeing;
    else
      comparison.figures.push_back({our_figure, their_figure});
  };
  const auto nothing_of = [](PoolFigure figure) {
    figure.value = 0;
    return figure;
  };
  for (const auto& figure : own) {
    const auto other = others.find(name_of(figure));
    add(figure, other == others.end() ? nothing_of(figure) : other->second);
    if (other != others.end()) others.erase(other);
  }
  for (const auto& [name, figure] : others) add(nothing_of(figure), figure);
}

}  // namespace

std::vector<PoolFigure> figures_of(const PoolRow& pool) {
  std::vector<PoolFigure> figures;
  for (const auto& partner : pool.partners) add_partner(partner, figures);
  for (const auto& scheme : pool.schemes) {
    // two schemes of one owner and function are told apart by their identifiers
    const auto of = scheme.function + " " + scheme.scheme.text();
    figures.push_back({scheme.owner, of, "budget", scheme.budget});
    figures.push_back({scheme.owner, of, "spent", scheme.spent});
  }
  figures.push_back({"", "", "balance", pool.balance});
  figures.push_back({"", "", "flags", pool.flags, false});
  return figures;
}

PoolComparison compare(const PoolReading& ours, const PoolReading& theirs) {
  PoolComparison comparison;
  compare_figures(ours, theirs, comparison);
  std::map<Uuid, const PoolEntry*> others;
  for (const auto& entry : theirs.entries) others.emplace(entry.event, &entry);
  for (const auto& entry : ours.entries) {
    const auto other = others.find(entry.event);
    if (other == others.end()) {
      comparison.only_ours.push_back(&entry);
      continue;
    }
    if (other->second->found != entry.found)
      comparison.told_otherwise.push_back({&entry, other->second});
    others.erase(other);
  }
  for (const auto& entry : theirs.entries)
    if (others.contains(entry.event)) comparison.only_theirs.push_back(&entry);
  return comparison;
}

}  // namespace braid::projections
