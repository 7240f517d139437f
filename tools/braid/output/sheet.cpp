#include "tools/braid/output/sheet.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace braid::cli {
namespace {

constexpr std::size_t rows_laid_out_at_once = 1000;
constexpr std::size_t width_in_a_pipe = 160;
constexpr std::string_view gap = "  ";

void put(std::string_view text, std::FILE* out) { std::fwrite(text.data(), 1, text.size(), out); }

std::string padded(std::string_view text, std::size_t width, bool right) {
  const auto have = columns_of_text(text);
  const std::string blanks(width > have ? width - have : 0, ' ');
  return right ? blanks + std::string(text) : std::string(text) + blanks;
}

std::string sentence_of(const Position& position) {
  auto text = "partition " + position.partition + " to entry " + std::to_string(position.size) +
              ", root " + position.root;
  if (position.partition == "register") text.replace(0, 18, "the register");
  if (position.behind > 0)
    text += " (" + std::to_string(position.behind) +
            " newer entries are not in it yet: `braid project`)";
  return text;
}

/// `"asked":{...},` where there is a statement, then `"positions":{...}`.
std::string json_of(const std::optional<Statement>& statement,
                    std::span<const Position> positions) {
  std::string text;
  if (statement)
    text += "\"asked\":{\"ledger\":" + json_text(statement->ledger) +
            ",\"report\":" + json_text(statement->name) +
            ",\"subject\":" + json_text(statement->subject) +
            ",\"on\":" + json_text(statement->on) + ",\"views\":" + json_text(statement->views) +
            "},";
  text += "\"positions\":{";
  for (const auto& each : positions) {
    text += (&each == positions.data() ? "" : ",") + json_text(each.partition) +
            ":{\"size\":" + std::to_string(each.size) + ",\"root\":" + json_text(each.root) +
            ",\"behind\":" + std::to_string(each.behind);
    if (statement)
      text += ",\"checkpoint\":" +
              (each.checkpoint_root.empty()
                   ? "null"
                   : "{\"size\":" + std::to_string(each.checkpoint_size) +
                         ",\"root\":" + json_text(each.checkpoint_root) + "}") +
              ",\"digest\":" + (each.digest.empty() ? "null" : json_text(each.digest));
    text += "}";
  }
  return text + "}";
}

/// Lays out a thousand rows at a time; a later thousand may need wider columns, and gets a line of
/// headings of its own.
class TablePrinter final : public SheetPrinter {
 public:
  TablePrinter(Sheet sheet, std::FILE* out, std::size_t width)
      : sheet_(std::move(sheet)), out_(out), width_(width) {
    if (!sheet_.title.empty()) put(sheet_.title + "\n\n", out_);
  }

  void row(std::span<const Cell> cells) override {
    auto& texts = rows_.emplace_back();
    for (const auto& cell : cells) texts.push_back(shown(cell));
    ++count_;
    if (rows_.size() == rows_laid_out_at_once) lay_out();
  }

  void end(std::span<const std::string> remarks, std::span<const Position> positions) override {
    lay_out();
    if (count_ == 0) put("(no rows)\n", out_);
    if (!remarks.empty()) put("\n", out_);
    for (const auto& remark : remarks) put(remark + "\n", out_);
    if (!positions.empty()) put("\n", out_);
    for (const auto& position : positions) put("as of " + sentence_of(position) + "\n", out_);
  }

 private:
  void lay_out() {
    if (rows_.empty()) return;
    std::size_t total = 0;
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < sheet_.headings.size(); ++i) {
      widths.push_back(columns_of_text(sheet_.headings[i].name));
      for (const auto& row : rows_) widths[i] = std::max(widths[i], columns_of_text(row[i]));
      total += widths[i] + gap.size();
    }
    if (total <= width_ + gap.size())
      as_lines(widths);
    else
      as_records();
    rows_.clear();
  }

  void as_lines(const std::vector<std::size_t>& widths) {
    std::vector<std::string> names, rules;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      names.push_back(sheet_.headings[i].name);
      rules.emplace_back(widths[i], '-');
    }
    line(names, widths);
    line(rules, widths);
    for (const auto& row : rows_) line(row, widths);
  }

  void line(const std::vector<std::string>& texts, const std::vector<std::size_t>& widths) {
    std::string text;
    for (std::size_t i = 0; i < texts.size(); ++i)
      (text += padded(texts[i], widths[i], sheet_.headings[i].right)) += gap;
    text.erase(text.find_last_not_of(' ') + 1);
    put(text + "\n", out_);
  }

  /// A row as lines of name and value, without what is empty.
  void as_records() {
    std::size_t width = 0;
    for (const auto& heading : sheet_.headings)
      width = std::max(width, columns_of_text(heading.name));
    for (const auto& row : rows_) {
      if (!is_first_record_) put("\n", out_);
      is_first_record_ = false;
      for (std::size_t i = 0; i < row.size(); ++i)
        if (!row[i].empty())
          put(padded(sheet_.headings[i].name, width, false) + std::string(gap) + row[i] + "\n",
              out_);
    }
  }

  Sheet sheet_;
  std::FILE* out_;
  std::size_t width_;
  std::vector<std::vector<std::string>> rows_;
  std::size_t count_ = 0;
  bool is_first_record_ = true;
};

/// RFC 4180: CRLF, quotes where a value holds a quote, comma or line end, and doubled within.
class CsvPrinter final : public SheetPrinter {
 public:
  CsvPrinter(Sheet sheet, std::FILE* out, std::FILE* beside)
      : sheet_(std::move(sheet)), out_(out), beside_(beside) {
    std::string text;
    for (const auto& heading : sheet_.headings) {
      if (&heading != sheet_.headings.data()) text += ',';
      append(heading.name, text);
    }
    put(text + "\r\n", out_);
  }

  void row(std::span<const Cell> cells) override {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += ',';
      append(plain(cells[i]), text);
    }
    put(text + "\r\n", out_);
  }

  void end(std::span<const std::string> remarks, std::span<const Position> positions) override {
    if (sheet_.statement) {
      std::string text;
      append("# {" + json_of(sheet_.statement, positions) + "}", text);
      put(text + std::string(sheet_.headings.size() - 1, ',') + "\r\n", out_);
    }
    if (beside_ == nullptr) return;
    for (const auto& remark : remarks) put(remark + "\n", beside_);
    for (const auto& position : positions) put("as of " + sentence_of(position) + "\n", beside_);
  }

 private:
  static void append(std::string_view value, std::string& text) {
    if (value.find_first_of("\",\r\n") == value.npos) {
      text += value;
      return;
    }
    text += '"';
    for (const char c : value) text.append(c == '"' ? 2 : 1, c);
    text += '"';
  }

  Sheet sheet_;
  std::FILE* out_;
  std::FILE* beside_;
};

class JsonPrinter final : public SheetPrinter {
 public:
  JsonPrinter(Sheet sheet, std::FILE* out) : statement_(sheet.statement), out_(out) {
    put("{" + json_text(sheet.kind) + ":" + json_text(sheet.name), out_);
    if (!sheet.title.empty()) put(",\"title\":" + json_text(sheet.title), out_);
    put(",\"rows\":[", out_);
    for (const auto& heading : sheet.headings) names_.push_back(json_text(heading.name) + ":");
  }

  void row(std::span<const Cell> cells) override {
    std::string text = is_first_ ? "\n{" : ",\n{";
    is_first_ = false;
    for (std::size_t i = 0; i < cells.size(); ++i)
      text += (i > 0 ? "," : "") + names_[i] + json(cells[i]);
    put(text + "}", out_);
  }

  void end(std::span<const std::string> remarks, std::span<const Position> positions) override {
    std::string text = "\n]";
    if (!remarks.empty()) {
      text += ",\"remarks\":[";
      for (const auto& remark : remarks)
        text += (&remark == remarks.data() ? "" : ",") + json_text(remark);
      text += "]";
    }
    put(text + "," + json_of(statement_, positions) + "}\n", out_);
  }

 private:
  std::optional<Statement> statement_;
  std::FILE* out_;
  std::vector<std::string> names_;
  bool is_first_ = true;
};

}  // namespace

std::unique_ptr<SheetPrinter> make_printer(Format format, Sheet sheet, std::FILE* out,
                                           std::size_t width, std::FILE* beside) {
  switch (format) {
    case Format::table:
      return std::make_unique<TablePrinter>(std::move(sheet), out, width);
    case Format::csv:
      return std::make_unique<CsvPrinter>(std::move(sheet), out, beside);
    case Format::json:
      return std::make_unique<JsonPrinter>(std::move(sheet), out);
  }
  return nullptr;
}

std::size_t line_width(std::FILE* out) {
  winsize size{};
  const bool is_terminal = ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_terminal ? size.ws_col : width_in_a_pipe;
}

}  // namespace braid::cli
