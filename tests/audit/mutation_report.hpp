#pragma once
#include <cstdio>
#include <string_view>

namespace braid::test {

/// One class of tampering: how many cases of it were found and named rightly. The long run prints a
/// line for each class, for whoever reports it.
class MutationReport {
 public:
  explicit MutationReport(std::string_view name) : name_(name) {}
  ~MutationReport() {
    if (cases_ < cases_of_long_run) return;
    std::printf("%6d of %6d found: %.*s\n", found_, cases_, static_cast<int>(name_.size()),
                name_.data());
    std::fflush(stdout);
  }
  MutationReport(const MutationReport&) = delete;
  MutationReport& operator=(const MutationReport&) = delete;

  void note(bool found) {
    ++cases_;
    if (found) ++found_;
  }

 private:
  static constexpr int cases_of_long_run = 500;

  std::string_view name_;
  int found_ = 0;
  int cases_ = 0;
};

}  // namespace braid::test
