#include "tools/braid/signed_file.hpp"

#include <capnp/serialize.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <kj/exception.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "adapters/lmdb/faults.hpp"
#include "events/schema/entry.capnp.h"
#include "tools/braid/command.hpp"
#include "tools/braid/event_ids.hpp"

namespace braid::cli {
namespace {

std::string why() { return std::generic_category().message(errno); }

void write_all(int file, Bytes bytes, const std::string& path) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) lmdb::throw_errno("write", path);
    if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

/// What is in a submission, read lightly: its signature and form are the ledger's to check. Throws
/// kj::Exception.
void look_into(SignedBatch& batch, std::uint32_t partitions) {
  std::vector<capnp::word> words(batch.framed.size() / sizeof(capnp::word));
  std::memcpy(words.data(), batch.framed.data(), words.size() * sizeof(capnp::word));
  capnp::FlatArrayMessageReader message({words.data(), words.size()},
                                        {.traversalLimitInWords = words.size() + 64});
  for (const auto event : message.getRoot<schema::Submission>().getEvents()) {
    const Bytes bytes = std::as_bytes(std::span(event.begin(), event.size()));
    if (bytes.empty() || bytes.size() % sizeof(capnp::word) != 0)
      throw UsageError("an event in it has no whole number of words");
    batch.events.push_back(sent_event(bytes));
    if (batch.events.size() == 1)
      batch.of_register =
          partition_of_event(EventReader(bytes).get(), partitions) == register_partition;
  }
}

}  // namespace

SignedFileWriter::SignedFileWriter(const std::string& path)
    : path_(path), file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644)) {
  if (file_ < 0)
    throw UsageError(path + " cannot be made: " + why() + "; give the name of a new file");
}

SignedFileWriter::~SignedFileWriter() { ::close(file_); }

void SignedFileWriter::add(const SignedBatch& batch) {
  const auto size = static_cast<std::uint32_t>(batch.framed.size());
  write_all(file_, std::as_bytes(std::span(&size, 1)), path_);
  write_all(file_, batch.framed, path_);
}

void SignedFileWriter::finish() {
  if (::fsync(file_) != 0) lmdb::throw_errno("sync", path_);
}

void read_signed_file(const std::string& path, std::uint32_t partitions,
                      const std::function<void(SignedBatch)>& take) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "re"),
                                                             std::fclose);
  if (file == nullptr) throw UsageError(path + " cannot be opened: " + why());
  std::uint64_t at = 0;
  for (std::uint32_t size = 0;;) {
    const auto got = std::fread(&size, 1, sizeof size, file.get());
    if (got == 0) break;
    SignedBatch batch;
    const bool sized = got == sizeof size && size <= Submission::max_bytes;
    if (sized) batch.framed.resize(size);
    if (!sized || std::fread(batch.framed.data(), 1, size, file.get()) != size)
      throw UsageError(
          fmt::format("{}, byte {}: expected the length of a submission, of at most {} bytes, and "
                      "the submission; "
                      "make such files with `braid sign`",
                      path, at, Submission::max_bytes));
    try {
      look_into(batch, partitions);
    } catch (const kj::Exception&) {
      throw UsageError(fmt::format(
          "{}, byte {}: these bytes are no submission; make such files with `braid sign`", path,
          at));
    } catch (const UsageError& error) {
      throw UsageError(fmt::format("{}, byte {}: {}; make such files with `braid sign`", path, at,
                                   error.what()));
    }
    at += sizeof size + size;
    take(std::move(batch));
  }
  if (std::ferror(file.get()) != 0) throw IoFault(path + " cannot be read: " + why());
}

}  // namespace braid::cli
