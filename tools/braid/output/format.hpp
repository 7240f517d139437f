#pragma once
#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace braid::cli {

/// How a reading command prints: columns for people, CSV for spreadsheets, a JSON object a line for programs.
enum class Format { table, csv, json };

/// Declares `--format`.
inline void add_format_option(CLI::App& app, Format& format) {
  static const std::map<std::string, Format> names = {
      {"table", Format::table}, {"csv", Format::csv}, {"json", Format::json}};
  app.add_option("--format", format, "table, csv or json")
      ->transform(CLI::CheckedTransformer(names).description("{table,csv,json}"));
}

}  // namespace braid::cli
