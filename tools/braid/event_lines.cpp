#include "tools/braid/event_lines.hpp"

#include <fmt/format.h>

namespace braid::cli {
namespace {

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == line.npos; }

}  // namespace

EventLines::EventLines(const Ledger& ledger, const std::string& path, Options options)
    : file_(path), options_(std::move(options)), sealing_(ledger) {}

const Problems& EventLines::check() {
  const auto take = [&](const Decoded& decoded) {
    if (decoded)
      ++good_;
    else
      problems_.add(decoded.error());
  };
  read_all(json::EventJson(sealing_.noting()), take);
  if (problems_.count() != 0 || sealing_.get_keys()) return problems_;
  good_ = 0;
  read_all(json::EventJson(sealing_.sealing()), take);
  return problems_;
}

void EventLines::for_each(const std::function<void(OwnedBytes)>& take) {
  read_all(json::EventJson(sealing_.sealing()), [&](Decoded decoded) {
    if (decoded) take(std::move(*decoded));
  });
}

void EventLines::read_all(const json::EventJson& reader, const std::function<void(Decoded)>& take) {
  file_.rewind();
  for (std::string_view line; file_.next(line);)
    if (!is_blank(line)) take(decode(reader, line));
}

EventLines::Decoded EventLines::decode(const json::EventJson& reader, std::string_view line) {
  auto event = decode_json(reader, line);
  if (!event) return event;
  if (const auto formed = check_form(*event); !formed)
    return tl::unexpected(problem(0, formed.error().field, formed.error().sentence, ""));
  const EventReader read(*event);
  const std::string publisher = read.get().getPublisher().cStr();
  if (!options_.publisher.empty() && publisher != options_.publisher)
    return tl::unexpected(problem(
        0, "publisher", fmt::format("{} where --publisher says {}", publisher, options_.publisher),
        "sign each publisher's events with its own key"));
  return event;
}

EventLines::Decoded EventLines::decode_json(const json::EventJson& reader, std::string_view line) {
  auto decoded = reader.decode(line);
  std::size_t inserted = 0;
  if (const auto brace = line.find('{'); !decoded && options_.assign_ids && brace != line.npos) {
    const auto id = fmt::format(R"("id":"{}",)", ids_.next().text());
    auto with_id = reader.decode(std::string(line.substr(0, brace + 1)) + id +
                                 std::string(line.substr(brace + 1)));
    if (with_id) return std::move(*with_id);
    if (with_id.error().path != "id") {  // it had none: what is wrong lies elsewhere
      decoded = std::move(with_id);
      inserted = decoded.error().offset > brace ? id.size() : 0;
    }
  }
  if (decoded) return std::move(*decoded);
  const auto& wrong = decoded.error();
  return tl::unexpected(problem(wrong.offset - std::min(inserted, wrong.offset) + 1, wrong.path,
                                fmt::format("found {}; expected {}", wrong.found, wrong.expected),
                                wrong.remedy));
}

LineProblem EventLines::problem(std::size_t column, std::string field, std::string what,
                                std::string remedy) const {
  return {file_.name(),     file_.number(),  column,
          std::move(field), std::move(what), std::move(remedy)};
}

}  // namespace braid::cli
