#include "adapters/files/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "adapters/files/descriptor.hpp"
#include "events/faults.hpp"
#include "events/pem.hpp"

namespace braid::files {
namespace {

std::string why() { return std::generic_category().message(errno); }

/// What a key file held: at most one byte more than a key file may, so that a longer one shows.
struct Content {
  Secret<max_pem_bytes + 1> bytes;
  std::size_t size = 0;
  std::string warning;

  std::string_view text() const { return as_text(bytes.expose().first(size)); }
};

std::string warning_about(const std::filesystem::path& file, const struct stat& status) {
  if (!S_ISREG(status.st_mode) || (status.st_mode & 077) == 0) return {};
  return file.string() + ": others than its owner can reach this key; run: chmod 600 " +
         file.string();
}

Parsed<Content> read(const std::filesystem::path& file) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (!in.is_open() || ::fstat(in.get(), &status) != 0)
    return unreadable(file.string() + ": cannot be opened: " + why());
  Content content;
  content.warning = warning_about(file, status);
  const auto buffer = content.bytes.expose();
  while (content.size < buffer.size()) {
    const auto got = ::read(in.get(), buffer.data() + content.size, buffer.size() - content.size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(file.string() + ": cannot be read: " + why());
    if (got == 0) break;
    content.size += static_cast<std::size_t>(got);
  }
  return content;
}

std::string in_file(const std::filesystem::path& file, const std::string& sentence) {
  return file.string() + ": " + sentence;
}

[[noreturn]] void fail_to_write(const std::filesystem::path& file) {
  const int error = errno;
  ::unlink(file.c_str());
  const auto sentence =
      file.string() + ": the key could not be written: " + std::generic_category().message(error);
  if (error == ENOSPC || error == EDQUOT) throw StorageFull(sentence + "; make room and try again");
  throw IoFault(sentence);
}

/// Makes the file's name itself durable.
bool sync_folder_of(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.is_open() && ::fsync(opened.get()) == 0;
}

void write_all(const std::filesystem::path& file, int out, std::string_view text) {
  while (!text.empty()) {
    const auto put = ::write(out, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail_to_write(file);
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  if (::fsync(out) != 0 || !sync_folder_of(file)) fail_to_write(file);
}

/// Writes a secret text to a new file and wipes it.
Parsed<void> write_new(const std::filesystem::path& file, std::string secret) {
  struct Wipe {
    std::string& text;
    ~Wipe() { wipe(std::as_writable_bytes(std::span(text))); }
  } wiped{secret};
  const Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!out.is_open() && errno == EEXIST)
    return unreadable(in_file(file, "exists; a key is never overwritten, so give another name"));
  if (!out.is_open()) return unreadable(in_file(file, "cannot be made: " + why()));
  write_all(file, out.get(), secret);
  return {};
}

}  // namespace

Parsed<KeyFile> read_secret_key(const std::filesystem::path& file) {
  auto content = read(file);
  if (!content) return unreadable(std::move(content.error()));
  auto key = secret_key_from_pem(content->text());
  if (!key) return unreadable(in_file(file, key.error()));
  return KeyFile{std::move(*key), std::move(content->warning)};
}

Parsed<void> write_secret_key(const std::filesystem::path& file, const SecretKey& key) {
  return write_new(file, to_pem(key));
}

Parsed<SymmetricKeyFile> read_symmetric_key(const std::filesystem::path& file) {
  auto content = read(file);
  if (!content) return unreadable(std::move(content.error()));
  auto key = symmetric_key_from_text(content->text());
  if (!key) return unreadable(in_file(file, key.error()));
  return SymmetricKeyFile{std::move(*key), std::move(content->warning)};
}

Parsed<void> write_symmetric_key(const std::filesystem::path& file, const SymmetricKey& key) {
  return write_new(file, to_text(key));
}

Parsed<PublicKey> read_public_key(const std::filesystem::path& file) {
  const auto content = read(file);
  if (!content) return unreadable(content.error());
  auto key = public_key_from_pem(content->text());
  if (!key) return unreadable(in_file(file, key.error()));
  return key;
}

}  // namespace braid::files
