#include "tools/bench/measure.hpp"

#include <capnp/common.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sodium/version.h>
#include <sys/resource.h>
#include <sys/utsname.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "adapters/lmdb/raii.hpp"

namespace braid::bench {

namespace {

double median_of(std::vector<double> values) {
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "an unnamed processor";
}

}  // namespace

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double Series::median() const { return median_of(rates); }
double Series::least() const { return *std::ranges::min_element(rates); }
double Series::most() const { return *std::ranges::max_element(rates); }

void print(const std::string& title, const std::vector<Series>& series) {
  fmt::print("\n{}\n  {:<58} {:>12} {:>12} {:>12}   {}\n", title, "", "median", "least", "most",
             "ratio to the first");
  for (const auto& each : series) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < each.rates.size(); ++i)
      ratios.push_back(each.rates[i] / series.front().rates[i]);
    fmt::print("  {:<58} {:>12.0f} {:>12.0f} {:>12.0f}   {:.3f}   {}/s\n", each.name, each.median(),
               each.least(), each.most(), median_of(ratios), each.unit);
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

std::size_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

}  // namespace braid::bench
