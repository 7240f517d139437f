#include "adapters/lmdb/view_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "adapters/lmdb/faults.hpp"

namespace braid::lmdb {
namespace {

constexpr int most_attempts = 100;

std::filesystem::path held_file(const std::filesystem::path& generation) {
  return generation / "held";
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::uint64_t> generations_in(const std::filesystem::path& folder) try {
  std::vector<std::uint64_t> numbers;
  if (!std::filesystem::exists(folder)) return numbers;
  for (const auto& found : std::filesystem::directory_iterator(folder))
    if (auto number = parse_number(found.path().filename().string())) numbers.push_back(*number);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
} catch (const std::filesystem::filesystem_error& error) {
  throw_fault(error.code().value(), "read", folder);
}

// A file that was removed while we waited for its lock holds nothing.
bool lock(const Descriptor& file, int how) {
  struct stat about{};
  return file.valid() && ::flock(file.get(), how | LOCK_NB) == 0 &&
         ::fstat(file.get(), &about) == 0 && about.st_nlink > 0;
}

}  // namespace

Generation::Generation(std::uint64_t number, std::filesystem::path folder, Descriptor held)
    : number_(number), folder_(std::move(folder)), held_(std::move(held)) {}

ViewDirectory::ViewDirectory(std::filesystem::path folder) : folder_(std::move(folder)) {}

std::optional<std::uint64_t> ViewDirectory::current_number() const {
  auto text = read_file(folder_ / "current");
  if (!text) return std::nullopt;
  auto number = text->ends_with('\n')
                    ? parse_number(std::string_view(*text).substr(0, text->size() - 1))
                    : std::nullopt;
  if (!number)
    throw IoFault((folder_ / "current").string() + " names no generation of views; remove " +
                  folder_.string() + " and project again");
  return number;
}

std::optional<Generation> ViewDirectory::current() const {
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    auto number = current_number();
    if (!number) return std::nullopt;
    auto folder = folder_ / std::to_string(*number);
    Descriptor held(held_file(folder), O_RDONLY);
    // Replaced and removed since it was looked up: the next look finds its successor.
    if (lock(held, LOCK_SH) && current_number() == number)
      return Generation(*number, folder, std::move(held));
  }
  throw IoFault("the views that " + (folder_ / "current").string() +
                " names are not there; remove " + folder_.string() + " and project again");
}

Generation ViewDirectory::begin() {
  make_folder(folder_);
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    auto numbers = generations_in(folder_);
    auto number = std::max(numbers.empty() ? 0 : numbers.back(), current_number().value_or(0)) + 1;
    auto folder = folder_ / std::to_string(number);
    make_folder(folder);
    Descriptor held(held_file(folder), O_RDWR | O_CREAT | O_EXCL);
    if (!held.valid() && errno != ENOENT && errno != EEXIST) throw_errno("write to", folder);
    if (lock(held, LOCK_SH)) return Generation(number, folder, std::move(held));
  }
  throw IoFault("cannot begin views in " + folder_.string() +
                ": other processes keep removing them");
}

void ViewDirectory::make_current(const Generation& built) {
  replace_file(folder_ / "current", std::to_string(built.number()) + "\n");
}

std::size_t ViewDirectory::remove_unused() {
  std::size_t removed = 0;
  for (auto number : generations_in(folder_)) {
    auto folder = folder_ / std::to_string(number);
    Descriptor held(held_file(folder), O_RDONLY);
    bool nobody = held.valid() ? lock(held, LOCK_EX) : errno == ENOENT;
    if (!nobody || current_number() == number) continue;
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    if (failed) throw_fault(failed.value(), "remove", folder);
    ++removed;
  }
  return removed;
}

}  // namespace braid::lmdb
