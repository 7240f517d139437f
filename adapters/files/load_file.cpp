#include "adapters/files/load_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "events/faults.hpp"

namespace braid::files {
namespace {

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const noexcept { return number_; }

 private:
  int number_;
};

tl::unexpected<Problem> no(const std::filesystem::path& path, std::string reason,
                           std::string remedy) {
  Problem problem;
  problem.file = path.string();
  problem.reason = std::move(reason);
  problem.remedy = std::move(remedy);
  return tl::unexpected(std::move(problem));
}

std::string why(int error) { return std::generic_category().message(error); }

}  // namespace

tl::expected<OwnedBytes, Problem> load_file(const std::filesystem::path& path,
                                            std::size_t max_bytes) {
  // Without O_NONBLOCK, opening a named pipe would wait for somebody to write to it.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0)
    return no(path, "cannot be opened: " + why(errno), "check the name and the permissions");
  struct stat status{};
  if (::fstat(file.number(), &status) != 0) throw IoFault(path.string() + ": " + why(errno));
  if (S_ISDIR(status.st_mode)) return no(path, "is a directory", "name the files in it");
  if (!S_ISREG(status.st_mode))
    return no(path, "is not a regular file", "copy what it gives into a file");
  const auto too_large = [&] {
    return no(path, "is larger than " + std::to_string(max_bytes) + " bytes",
              "split it; no known list comes near");
  };
  if (static_cast<std::uintmax_t>(status.st_size) > max_bytes) return too_large();
  // One byte more than its size, so that growth while reading is seen.
  OwnedBytes bytes(static_cast<std::size_t>(status.st_size) + 1);
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(file.number(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw IoFault(path.string() + ": cannot be read: " + why(errno));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size == bytes.size())
    return no(path, "grew while it was read", "wait until its writer is done");
  bytes.resize(size);
  return bytes;
}

}  // namespace braid::files
