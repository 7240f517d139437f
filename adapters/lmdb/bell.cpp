#include "adapters/lmdb/bell.hpp"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <ctime>
#include <thread>
#include <utility>

#include "adapters/lmdb/durable_file.hpp"

namespace braid::lmdb {
namespace {

using Counter = std::atomic<std::uint32_t>;
static_assert(sizeof(Counter) == 4 && Counter::is_always_lock_free);

Counter* map_counter(const Descriptor& file, int protection) {
  struct stat about{};
  if (!file.valid() || ::fstat(file.get(), &about) != 0 ||
      about.st_size < static_cast<off_t>(sizeof(Counter)))
    return nullptr;
  void* mapped = ::mmap(nullptr, sizeof(Counter), protection, MAP_SHARED, file.get(), 0);
  return mapped == MAP_FAILED ? nullptr : static_cast<Counter*>(mapped);
}

}  // namespace

Bell Bell::of_writer(const std::filesystem::path& file) {
  Descriptor opened(file, O_RDWR | O_CREAT);
  struct stat about{};
  // Written, not stretched: a page without a place on a full disk would kill whoever rings.
  constexpr char zero[sizeof(Counter)] = {};
  if (opened.valid() && ::fstat(opened.get(), &about) == 0 && about.st_size == 0 &&
      ::pwrite(opened.get(), zero, sizeof zero, 0) != sizeof zero)
    return Bell(nullptr);
  return Bell(map_counter(opened, PROT_READ | PROT_WRITE));
}

Bell Bell::of_reader(const std::filesystem::path& file) {
  return Bell(map_counter(Descriptor(file, O_RDONLY), PROT_READ));
}

Bell::~Bell() {
  if (counter_ != nullptr) ::munmap(static_cast<void*>(counter_), sizeof(Counter));
}
Bell::Bell(Bell&& other) noexcept : counter_(std::exchange(other.counter_, nullptr)) {}
Bell& Bell::operator=(Bell&& other) noexcept {
  std::swap(counter_, other.counter_);
  return *this;
}

std::uint32_t Bell::rings() const noexcept {
  return silent() ? 0 : counter_->load(std::memory_order_acquire);
}

void Bell::ring() noexcept {
  if (silent()) return;
  counter_->fetch_add(1, std::memory_order_release);
  ::syscall(SYS_futex, counter_, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

void Bell::wait(std::uint32_t seen, std::chrono::milliseconds patience) const noexcept {
  if (silent()) {
    std::this_thread::sleep_for(patience);
    return;
  }
  timespec timeout{.tv_sec = patience.count() / 1000,
                   .tv_nsec = patience.count() % 1000 * 1'000'000};
  ::syscall(SYS_futex, counter_, FUTEX_WAIT, seen, &timeout, nullptr, 0);
}

}  // namespace braid::lmdb
