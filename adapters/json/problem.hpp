#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace braid::json {

/// Why a line of JSON is refused, for whoever wrote it. Never holds what may be said only sealed:
/// of a `Sealed` field, a clear text or a person token it tells kind and length, not the words.
struct JsonProblem {
  std::string
      path;  ///< "body.strandAgreed.strand.sector", "lines[3].from"; empty: the line as a whole
  std::size_t offset = 0;  ///< the byte of the line where it begins, from 0
  std::string found;  ///< what stands there: printable ASCII, 40 bytes at most (52 with quotes and
                      ///< the like)
  std::string expected;  ///< what is due there
  std::string remedy;    ///< what to do: "write 1234"

  /// All of it: "body.repaid.pence, byte 87: found 12.34; expected a whole number of pence; ...".
  std::string sentence() const;

  bool operator==(const JsonProblem&) const = default;
};

/// `text` cut to 40 bytes, what is not printable ASCII as "?".
std::string printable(std::string_view text);
/// The same in quotes.
std::string quoted(std::string_view text);

/// "a, b, c"; of more than twelve the first ones "and 58 more".
template <class Names>
std::string list_of(const Names& names) {
  constexpr std::size_t most = 12;
  std::string text;
  std::size_t count = 0;
  for (const auto& name : names)
    if (count++ < most) text += (text.empty() ? "" : ", ") + std::string(name);
  if (count > most) text += " and " + std::to_string(count - most) + " more";
  return text;
}

/// The name of `names` that is most like `word`, or an empty text when none is near (edit distance
/// above a third of its length). `word` may be hostile: longer than 64 bytes is like nothing.
template <class Names>
std::string nearest(std::string_view word, const Names& names);

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other,
/// case aside; both at most 64 bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

template <class Names>
std::string nearest(std::string_view word, const Names& names) {
  constexpr std::size_t longest = 64;
  std::string best;
  std::size_t least = word.size() / 3 + 1;
  if (word.empty() || word.size() > longest) return best;
  for (const auto& name : names) {
    if (std::string_view(name).size() > longest) continue;
    const std::size_t distance = edit_distance(word, name);
    if (distance >= least + (best.empty() ? 1 : 0)) continue;
    least = distance;
    best = name;
  }
  return best;
}

}  // namespace braid::json
