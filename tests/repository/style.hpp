#pragma once
#include <string_view>

#include "tests/repository/finding.hpp"
#include "tests/repository/sources.hpp"

// The rules of the house that a machine can check. Each takes a path and a text and names the lines
// that break it; a rule that is not about that kind of file finds nothing.

namespace braid::test {

/// g++ 12.2 destroys some temporaries of a `co_await` statement twice: aggregates, and lambdas that
/// capture by value. So no `{` and no `[` after a `co_await` in its statement.
Findings temporaries_after_co_await(std::string_view path, std::string_view text);

/// No tabs, no blanks at a line's end, no carriage returns.
Findings stray_blanks(std::string_view path, std::string_view text);

/// Code aims at 100 columns and stops at 120; tables laid out by hand (between `clang-format off` and
/// `on`) and schemas, where a line is a row with its meaning, stop at 160.
Findings long_lines(std::string_view path, std::string_view text);

/// Files of code aim at 100 lines and stop at 400; longer ones are listed with their reason.
Findings long_files(std::string_view path, std::string_view text);

/// Nothing is left for later in the tree.
Findings notes_to_self(std::string_view path, std::string_view text);

/// Libraries are looked for in tools/cmake/dependencies.cmake only.
Findings stray_dependencies(std::string_view path, std::string_view text);

/// `check` instead of `assert`, which vanishes in what we ship; `#pragma once` in every header.
Findings foreign_idioms(std::string_view path, std::string_view text);

/// A test's name goes through CMake lists: `;`, brackets and backslashes would tear it apart.
Findings torn_test_names(std::string_view path, std::string_view text);

/// Every folder of the include table that holds code has a README.md.
Findings folders_without_readme(const std::vector<SourceFile>& files);

}  // namespace braid::test
