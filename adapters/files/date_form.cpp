#include "adapters/files/date_form.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/files/text.hpp"

namespace braid::files {
namespace {

constexpr std::array<std::string_view, 12> month_names = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

/// Takes between `least` and `most` digits from the front of `cell`; -1 where there are fewer or
/// more.
int take_digits(std::string_view& cell, std::size_t least, std::size_t most) noexcept {
  int value = 0;
  std::size_t count = 0;
  while (count < cell.size() && cell[count] >= '0' && cell[count] <= '9') {
    if (++count > most) return -1;
    value = value * 10 + (cell[count - 1] - '0');
  }
  if (count < least) return -1;
  cell.remove_prefix(count);
  return value;
}

/// Takes a month's name, whole or its first three letters ("Sept" too), from the front of `cell`;
/// -1 where there is none.
int take_month_name(std::string_view& cell) noexcept {
  std::array<char, 10> letters{};
  std::size_t count = 0;
  for (; count < cell.size(); ++count) {
    const char letter = static_cast<char>(cell[count] | 0x20);
    if (letter < 'a' || letter > 'z') break;
    if (count == letters.size()) return -1;
    letters[count] = letter;
  }
  const std::string_view word(letters.data(), count);
  for (std::size_t month = 0; count >= 3 && month < month_names.size(); ++month) {
    const bool named = word == month_names[month] || word == month_names[month].substr(0, 3) ||
                       (word == "sept" && month == 8);
    if (!named) continue;
    cell.remove_prefix(count);
    return static_cast<int>(month) + 1;
  }
  return -1;
}

}  // namespace

struct DateForm::Fields {
  int year = -1;
  int month = -1;
  int day = 1;
};

std::optional<DateForm> DateForm::from_pattern(std::string_view pattern) {
  constexpr std::array<std::pair<std::string_view, Part>, 8> words = {{{"yyyy", Part::year},
                                                                       {"Mmm", Part::month_name},
                                                                       {"yy", Part::short_year},
                                                                       {"dd", Part::day},
                                                                       {"mm", Part::month},
                                                                       {"hh", Part::hour},
                                                                       {"mi", Part::minute},
                                                                       {"ss", Part::second}}};
  DateForm form;
  form.pattern_ = pattern;
  std::array<int, 9> seen{};
  while (!pattern.empty()) {
    const auto word =
        std::ranges::find_if(words, [&](const auto& w) { return pattern.starts_with(w.first); });
    if (word != words.end()) {
      form.tokens_.push_back({word->second, '\0'});
      ++seen[static_cast<std::size_t>(word->second)];
      pattern.remove_prefix(word->first.size());
      continue;
    }
    const char literal = pattern.front();
    if ((literal >= 'a' && literal <= 'z' && literal != 'T') || (literal >= '0' && literal <= '9'))
      return std::nullopt;
    form.tokens_.push_back({Part::literal, literal});
    pattern.remove_prefix(1);
  }
  const auto count = [&](Part part) { return seen[static_cast<std::size_t>(part)]; };
  if (count(Part::month) + count(Part::month_name) != 1 ||
      count(Part::year) + count(Part::short_year) != 1 || count(Part::day) > 1) {
    return std::nullopt;
  }
  return form;
}

bool DateForm::read_fields(std::string_view cell, Fields& fields) const noexcept {
  cell = trimmed(cell);
  for (const Token& token : tokens_) {
    int value = 0;
    switch (token.part) {
      case Part::day:
        value = fields.day = take_digits(cell, 1, 2);
        break;
      case Part::month:
        value = fields.month = take_digits(cell, 1, 2);
        break;
      case Part::month_name:
        value = fields.month = take_month_name(cell);
        break;
      case Part::year:
        value = fields.year = take_digits(cell, 4, 4);
        break;
      case Part::short_year:
        value = take_digits(cell, 2, 2);
        fields.year = 2000 + value;
        break;
      case Part::hour:
        value = take_digits(cell, 1, 2);
        if (value >= 24) value = -1;
        break;
      case Part::minute:
      case Part::second:
        value = take_digits(cell, 2, 2);
        if (value >= 60) value = -1;
        break;
      case Part::literal:
        value = !cell.empty() && cell.front() == token.literal ? 0 : -1;
        if (value == 0) cell.remove_prefix(1);
        break;
    }
    if (value < 0) return false;
  }
  return cell.empty() && fields.year >= earliest_list_year && fields.year <= latest_list_year;
}

std::optional<Date> DateForm::read(std::string_view cell) const noexcept {
  Fields fields;
  if (!read_fields(cell, fields)) return std::nullopt;
  return Date::from_calendar(fields.year, fields.month, fields.day);
}

std::optional<Month> DateForm::read_month(std::string_view cell) const noexcept {
  const auto date = read(cell);
  if (!date) return std::nullopt;
  return month_of(*date);
}

bool DateForm::has_day() const noexcept {
  return std::ranges::any_of(tokens_, [](const Token& token) { return token.part == Part::day; });
}

bool DateForm::day_first() const noexcept {
  for (const Token& token : tokens_) {
    if (token.part == Part::day) return true;
    if (token.part == Part::month || token.part == Part::month_name) return false;
  }
  return false;
}

bool DateForm::mirrors(const DateForm& other) const noexcept {
  auto swapped = tokens_;
  for (Token& token : swapped) {
    if (token.part == Part::day) {
      token.part = Part::month;
    } else if (token.part == Part::month) {
      token.part = Part::day;
    }
  }
  return tokens_ != swapped && swapped == other.tokens_;
}

std::optional<Date> read_date(std::string_view cell, const std::vector<DateForm>& forms) noexcept {
  for (const DateForm& form : forms) {
    if (const auto date = form.read(cell)) return date;
  }
  return std::nullopt;
}

}  // namespace braid::files
