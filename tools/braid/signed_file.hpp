#pragma once
#include <functional>
#include <string>

#include "tools/braid/batches.hpp"

namespace braid::cli {

/// Files of signed submissions: each framed (schema::Submission), after its length as 4 bytes,
/// little-endian.
class SignedFileWriter {
 public:
  /// Throws UsageError where the file exists or cannot be made.
  explicit SignedFileWriter(const std::string& path);
  ~SignedFileWriter();
  SignedFileWriter(const SignedFileWriter&) = delete;
  SignedFileWriter& operator=(const SignedFileWriter&) = delete;

  void add(const SignedBatch& batch);
  /// All of it is on the disk when this returns. Throws StorageFull, IoFault.
  void finish();

 private:
  std::string path_;
  int file_;
};

/// Reads every submission of a file, twice the same. Throws UsageError, naming the byte, where one
/// is no submission.
void read_signed_file(const std::string& path, std::uint32_t partitions,
                      const std::function<void(SignedBatch)>& take);

}  // namespace braid::cli
