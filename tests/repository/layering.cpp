#include "tests/repository/layering.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "tests/repository/sources.hpp"

namespace braid::test {
namespace {

using Paths = std::vector<std::string_view>;

// What the functional core is written with: Cap'n Proto's values, tl::expected, hashes, signatures.
const Paths core = {"capnp/",   "kj/",      "tl/expected.hpp", "openssl/",
                    "sodium.h", "sodium/", "immintrin.h"};

constexpr bool pure = false;
constexpr bool touches_the_machine = true;

Paths core_and(std::initializer_list<std::string_view> more) {
  Paths all = core;
  all.insert(all.end(), more);
  return all;
}

Paths ports_and(std::string_view own) { return {"events/", "ledger/", "projections/", own}; }

// clang-format off
const std::array table = {
    //    folder               may include                      third-party headers
    Layer{"events/rowgen/",    {"events/"},                     core,                   touches_the_machine},
    Layer{"events/",           {"events/"},                     core,                   pure},
    Layer{"ledger/",           {"events/", "ledger/"},          core,                   pure},
    Layer{"projections/",      {"events/", "projections/"},     core,                   pure},
    Layer{"adapters/lmdb/",    ports_and("adapters/lmdb/"),     core_and({"lmdb.h"}),   touches_the_machine},
    Layer{"adapters/files/",   ports_and("adapters/files/"),    core_and({"csv.h", "toml++/", "pugixml.hpp"}),
                                                                                        touches_the_machine},
    Layer{"adapters/json/",    ports_and("adapters/json/"),     core_and({"boost/json/"}), touches_the_machine},
    Layer{"adapters/http/",    ports_and("adapters/http/"),     core_and({"boost/asio", "boost/beast", "boost/system"}),
                                                                                        touches_the_machine},
    Layer{"adapters/socket/",  ports_and("adapters/socket/"),   core_and({"boost/asio", "boost/system"}),
                                                                                        touches_the_machine},
    Layer{"adapters/kafka/",   ports_and("adapters/kafka/"),    core_and({"librdkafka/", "boost/asio", "boost/system"}),
                                                                                        touches_the_machine},
    Layer{"tools/bench/",      {"events/", "ledger/", "projections/", "adapters/", "tools/"},
                               core_and({"CLI/", "fmt/", "librdkafka/"}),               touches_the_machine},
    Layer{"tools/",            {"events/", "ledger/", "projections/", "adapters/", "tools/"},
                               core_and({"CLI/", "fmt/", "spdlog/", "boost/asio", "boost/system"}),
                                                                                        touches_the_machine},
    Layer{"tests/",            {"events/", "ledger/", "projections/", "adapters/", "tools/", "tests/"},
                               core_and({"catch2/", "rapidcheck", "fmt/", "lmdb.h", "boost/asio", "librdkafka/"}),
                                                                                        touches_the_machine},
};
// clang-format on

// Standard headers through which a pure function would meet the machine.
constexpr std::array doors_to_the_machine = {"filesystem", "fstream", "iostream",
                                             "random",     "csignal", "ctime"};

struct Exception {
  std::string_view path, header, why;
};
constexpr std::array exceptions = {
    Exception{"events/table/key_hash.cpp", "random",
              "seeds a hash table against flooding; no answer depends on it"},
    Exception{"tests/events/table_bench.cpp", "boost/unordered/unordered_flat_map.hpp",
              "what our own index is measured against"},
};

struct Include {
  std::string_view header;
  bool quoted;
};

std::string_view without_leading_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text;
}

std::optional<Include> include_in(std::string_view line) {
  for (std::string_view word : {"#", "include"}) {
    line = without_leading_blanks(line);
    if (!line.starts_with(word)) return std::nullopt;
    line.remove_prefix(word.size());
  }
  line = without_leading_blanks(line);
  if (line.empty() || (line[0] != '"' && line[0] != '<')) return std::nullopt;
  const bool quoted = line[0] == '"';
  const auto end = line.find(quoted ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{line.substr(1, end - 1), quoted};
}

bool begins_as_one_of(std::string_view header, const Paths& allowed) {
  return std::ranges::any_of(allowed, [&](auto path) { return header.starts_with(path); });
}

/// <vector>, <cstdio>: no folder and no ending.
bool is_standard(std::string_view header) { return header.find_first_of("./") == header.npos; }

/// <unistd.h>, <sys/file.h>, <linux/futex.h>, <netinet/in.h>: what no layer names as a library.
bool is_system_call(std::string_view header) {
  const bool looks_so =
      header.ends_with(".h") && (header.find('/') == header.npos || header.starts_with("sys/") ||
                                 header.starts_with("linux/") || header.starts_with("netinet/"));
  return looks_so && std::ranges::none_of(table, [&](const Layer& layer) {
           return begins_as_one_of(header, layer.third_party);
         });
}

bool opens_a_door(std::string_view header) {
  return is_system_call(header) || std::ranges::find(doors_to_the_machine, header) !=
                                       doors_to_the_machine.end();
}

std::string list(const Paths& paths) {
  std::string text;
  for (auto path : paths) text += (text.empty() ? "" : ", ") + std::string(path);
  return text;
}

bool is_excepted(std::string_view path, const Include& include) {
  return std::ranges::any_of(exceptions, [&](const Exception& exception) {
    return exception.path == path && exception.header == include.header;
  });
}

std::optional<std::string> objection_to(const Layer& layer, const Include& include) {
  const std::string who(layer.folder);
  const std::string header(include.header);
  if (include.quoted) {
    if (begins_as_one_of(header, layer.ours)) return std::nullopt;
    return "\"" + header + "\": " + who + " includes, named from the root, only " + list(layer.ours);
  }
  if (opens_a_door(header)) {
    if (layer.may_touch_the_machine) return std::nullopt;
    return "<" + header + ">: " + who + " is pure; the machine is met in adapters and tools";
  }
  if (is_standard(header) || begins_as_one_of(header, layer.third_party)) return std::nullopt;
  return "<" + header + ">: not among the libraries of " + who + ": " + list(layer.third_party);
}

}  // namespace

std::span<const Layer> layers() { return table; }

Findings forbidden_includes(std::string_view path, std::string_view code) {
  const auto layer = std::ranges::find_if(
      table, [&](const Layer& candidate) { return path.starts_with(candidate.folder); });
  if (layer == table.end())
    return {{std::string(path), 0, "no row of the include table is about this folder"}};
  Findings found;
  const auto lines = lines_of(code);
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (const auto include = include_in(lines[i]); include && !is_excepted(path, *include))
      if (auto objection = objection_to(*layer, *include))
        found.push_back({std::string(path), i + 1, std::move(*objection)});
  return found;
}

}  // namespace braid::test
