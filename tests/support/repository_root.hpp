#pragma once
#include <filesystem>

namespace braid::test {

/// The folder of the sources these tests were built from.
std::filesystem::path repository_root();

}  // namespace braid::test
