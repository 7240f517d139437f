#pragma once
#include <filesystem>
#include <string>

namespace braid::socket {

/// A name for a socket file that fits the 107 bytes that the system gives it, however long its
/// path: through an open descriptor of its folder. Good while this object lives. Throws IoFault
/// where the folder cannot be opened.
class SocketPath {
 public:
  explicit SocketPath(const std::filesystem::path& socket);
  ~SocketPath();
  SocketPath(const SocketPath&) = delete;
  SocketPath& operator=(const SocketPath&) = delete;

  [[nodiscard]] const std::string& short_name() const noexcept { return short_name_; }

 private:
  int folder_ = -1;
  std::string short_name_;
};

}  // namespace braid::socket
