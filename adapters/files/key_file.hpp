#pragma once
#include <filesystem>
#include <string>

#include "events/parsed.hpp"
#include "events/signature.hpp"
#include "events/symmetric_key.hpp"

namespace braid::files {

/// A key as its file had it.
struct KeyFile {
  SecretKey key;
  std::string
      warning;  ///< empty, or a sentence for the owner: who else can read the file, and what to do
};

/// Reads an Ed25519 key from a PEM file (events/pem.hpp). A file that is missing, unreadable or
/// something else is a sentence that begins with the file's name.
Parsed<KeyFile> read_secret_key(const std::filesystem::path& file);

/// Writes `key` to a new file that only its owner can read (mode 0600), durable when this returns.
/// A file that exists is left alone, and so is a place where nobody may write: both are sentences.
/// Throws StorageFull or IoFault (events/faults.hpp) when the disk fails; then there is no file.
Parsed<void> write_secret_key(const std::filesystem::path& file, const SecretKey& key);

/// Reads an Ed25519 public key from a PEM file.
Parsed<PublicKey> read_public_key(const std::filesystem::path& file);

/// A key that its holders share, as its file had it: the linkage key, a vault's master key.
struct SymmetricKeyFile {
  SymmetricKey key;
  std::string warning;  ///< as KeyFile's
};

/// Reads a file of 64 hexadecimal digits (events/symmetric_key.hpp).
Parsed<SymmetricKeyFile> read_symmetric_key(const std::filesystem::path& file);
/// Writes one as `write_secret_key` does.
Parsed<void> write_symmetric_key(const std::filesystem::path& file, const SymmetricKey& key);

}  // namespace braid::files
