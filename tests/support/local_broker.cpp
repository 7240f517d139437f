#include "tests/support/local_broker.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>

#include "tests/support/repository_root.hpp"

namespace braid::support {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Runs a program to its end, what it prints in `output`. Between fork and exec only system calls:
/// other threads of the test may hold any lock.
int run_program(std::vector<std::string>& words, const std::string& output) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto child = ::fork();
  if (child < 0) throw std::runtime_error("no process can be started");
  if (child == 0) {
    const int in = ::open("/dev/null", O_RDONLY);
    const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (::dup2(in, STDIN_FILENO) < 0 || ::dup2(out, STDOUT_FILENO) < 0 ||
        ::dup2(out, STDERR_FILENO) < 0)
      ::_exit(126);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// The line "key=..." of the file that tools/kafka/local keeps beside its brokers.
std::string line_of(const std::filesystem::path& cluster, const std::string& key) {
  std::ifstream in(cluster);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key + "=")) return line.substr(key.size() + 1);
  return {};
}

}  // namespace

LocalBroker::LocalBroker(const LocalBrokerOptions& options) {
  std::vector<std::string> words = {"start", "--port", "0", "--temporary"};
  const auto add = [&](const char* option, std::string value) {
    words.emplace_back(option);
    words.push_back(std::move(value));
  };
  add("--while", std::to_string(::getpid()));
  add("--brokers", std::to_string(options.brokers));
  // A group may drop a member after half a second: tests of takeovers need not wait six.
  add("--broker-option", "group.min.session.timeout.ms=500");
  for (const auto& setting : options.settings) add("--broker-option", setting);
  for (const auto& [number, address] : options.advertised)
    add("--advertise", std::to_string(number) + "=" + address);
  for (const auto* option : {"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
    add("--java-option", option);
  run(words);
}

LocalBroker::~LocalBroker() {
  try {
    run({"kill"});
    run({"stop"});  // and remove its data
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
}

std::string LocalBroker::bootstrap() const { return remembered("bootstrap"); }

std::string LocalBroker::proxied(int number) const {
  return remembered("proxied" + std::to_string(number));
}

void LocalBroker::stop(int number) { command("stop", number); }
void LocalBroker::kill(int number) { command("kill", number); }
void LocalBroker::pause(int number) { command("pause", number); }
void LocalBroker::resume(int number) { command("resume", number); }
void LocalBroker::restart(int number) { command("restart", number); }

void LocalBroker::command(const std::string& word, int number) {
  run({word, std::to_string(number)});
}

void LocalBroker::run(std::vector<std::string> words) const {
  words.insert(words.begin(), (test::repository_root() / "tools/kafka/local").string());
  words.insert(words.end(), {"--data", data().string()});
  const auto output = folder_ / "said";
  if (run_program(words, output.string()) != 0)
    throw std::runtime_error("tools/kafka/local " + words[1] + ": " + text_of(output));
}

std::string LocalBroker::remembered(const std::string& key) const {
  auto value = line_of(data() / "cluster", key);
  if (value.empty()) throw std::runtime_error("these brokers have no " + key);
  return value;
}

std::string shared_broker() {
  auto value = line_of(std::filesystem::path(BRAID_SHARED_BROKER) / "cluster", "bootstrap");
  if (value.empty())
    throw std::runtime_error(
        "no shared broker runs: ctest starts it; by hand: tests/kafka/shared_broker start " +
        std::string(BRAID_SHARED_BROKER));
  return value;
}

std::string fresh_name() {
  std::random_device random;
  std::string name = "test-";
  for (int i = 0; i < 12; ++i) name += "0123456789abcdef"[random() % 16];
  return name;
}

}  // namespace braid::support
