#pragma once
#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/files/problem.hpp"

namespace braid::files {

/// Reads values out of a TOML document and keeps the first problem; after one, everything read is
/// empty.
class TomlReader {
 public:
  explicit TomlReader(std::string_view file) : file_(file) {}

  const std::optional<Problem>& problem() const noexcept { return problem_; }

  void fail(const toml::node* at, std::string reason, std::string remedy) {
    if (problem_) return;
    Problem problem;
    problem.file = file_;
    problem.line = at == nullptr ? 0 : static_cast<std::uint32_t>(at->source().begin.line);
    problem.reason = std::move(reason);
    problem.remedy = std::move(remedy);
    problem_ = std::move(problem);
  }

  /// Refuses keys of `table` that are none of `known`.
  void only(const toml::table& table, std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : table) {
      if (std::ranges::count(known, key.str()) == 0) {
        fail(&value, "unknown key '" + std::string(key.str()) + "'",
             "use one of: " + joined(known));
      }
    }
  }

  std::string text(const toml::table& table, std::string_view key, bool required) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      if (required)
        fail(&table, "'" + std::string(key) + "' is missing",
             "add it: layouts/README.md explains each key");
      return {};
    }
    const auto value = node->value<std::string>();
    if (!value) fail(node, "'" + std::string(key) + "' is not a text", "put it in quotes");
    return value.value_or("");
  }

  /// The texts under `key` with the node of each: one text counts as a list of one.
  std::vector<std::pair<std::string, const toml::node*>> texts(const toml::table& table,
                                                               std::string_view key,
                                                               bool required) {
    std::vector<std::pair<std::string, const toml::node*>> found;
    const toml::node* node = table.get(key);
    if (node == nullptr || node->is_string()) {
      if (node != nullptr || required) found.emplace_back(text(table, key, required), node);
      return found;
    }
    const toml::array* list = node->as_array();
    if (list == nullptr)
      fail(node, "'" + std::string(key) + "' is not a list of texts", "write [\"...\", \"...\"]");
    if (list == nullptr) return found;
    for (const toml::node& item : *list) {
      const auto value = item.value<std::string>();
      if (!value)
        fail(&item, "'" + std::string(key) + "' has something that is not a text",
             "put it in quotes");
      found.emplace_back(value.value_or(""), &item);
    }
    return found;
  }

  static std::string joined(std::initializer_list<std::string_view> words) {
    std::string all;
    for (const std::string_view word : words) all.append(all.empty() ? "" : ", ").append(word);
    return all;
  }

 private:
  std::string file_;
  std::optional<Problem> problem_;
};

}  // namespace braid::files
