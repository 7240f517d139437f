#include "tools/bench/measure.hpp"

#include <capnp/common.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sodium/version.h>
#include <sys/resource.h>
#include <sys/utsname.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "adapters/lmdb/raii.hpp"

namespace braid::bench {

namespace {

double median_of(std::vector<double> values) {
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "an unnamed processor";
}

}  // namespace

Seconds seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  const auto processor_start = processor_seconds();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          processor_seconds() - processor_start};
}

void Series::add(double count, const Seconds& took) {
  rates.push_back(count / took.wall);
  processor_us.push_back(took.processor / count * 1e6);
}

void print(const std::string& title, const std::vector<Series>& series) {
  fmt::print("\n{}\n  {:<58} {:>12} {:>12} {:>12}   {:<5}   {}\n", title, "", "median", "least",
             "most", "ratio", "processor");
  for (const auto& each : series) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < each.rates.size(); ++i)
      ratios.push_back(each.rates[i] / series.front().rates[i]);
    fmt::print("  {:<58} {:>12.0f} {:>12.0f} {:>12.0f}   {:.3f}   {:.2f} us   {}/s\n", each.name,
               median_of(each.rates), std::ranges::min(each.rates), std::ranges::max(each.rates),
               median_of(ratios), median_of(each.processor_us), each.unit);
  }
  std::fflush(stdout);
}

std::string machine() {
  utsname system{};
  uname(&system);
  return fmt::format("{}, {} threads, {} {}; g++ {}, {}, Cap'n Proto {}.{}.{}, {}, libsodium {}",
                     processor(), std::thread::hardware_concurrency(), system.sysname,
                     system.release, __VERSION__, lmdb::version(), CAPNP_VERSION_MAJOR,
                     CAPNP_VERSION_MINOR, CAPNP_VERSION_MICRO, OpenSSL_version(OPENSSL_VERSION),
                     SODIUM_VERSION_STRING);
}

MemoryWatch::MemoryWatch()
    : thread_([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
          look();
          std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
      }) {}

void MemoryWatch::look() {
  std::ifstream status("/proc/self/status");
  std::string name;
  std::size_t kibibytes = 0;
  for (std::string line; std::getline(status, line);) {
    if (!(std::istringstream(line) >> name >> kibibytes)) continue;
    if (name == "RssAnon:") own_ = std::max<std::size_t>(own_, kibibytes << 10);
    if (name == "RssFile:") of_files_ = std::max<std::size_t>(of_files_, kibibytes << 10);
  }
}

}  // namespace braid::bench
