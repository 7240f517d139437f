#include "adapters/socket/socket_path.hpp"

#include <fcntl.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "events/faults.hpp"

namespace braid::socket {

SocketPath::SocketPath(const std::filesystem::path& socket) : short_name_(socket.string()) {
  if (short_name_.size() < sizeof(sockaddr_un::sun_path)) return;
  folder_ = ::open(socket.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder_ < 0)
    throw IoFault("cannot open " + socket.parent_path().string() + ": " +
                  std::generic_category().message(errno));
  short_name_ = "/proc/self/fd/" + std::to_string(folder_) + "/" + socket.filename().string();
}

SocketPath::~SocketPath() {
  if (folder_ >= 0) ::close(folder_);
}

}  // namespace braid::socket
