#pragma once
#include <functional>
#include <memory>
#include <unordered_set>

#include "adapters/json/event_json.hpp"
#include "tools/braid/event_ids.hpp"
#include "tools/braid/line_file.hpp"
#include "tools/braid/problems.hpp"
#include "tools/braid/sealing.hpp"

namespace braid::cli {

/// A file of events, one a line of JSON, read twice: first every line is held to form and the
/// problems are listed, then the good ones are handed over as the bytes to be signed. Nothing is
/// sealed and no key is made before all is known to be good.
class EventLines {
 public:
  struct Options {
    bool assign_ids = false;  ///< a line without an id gets one
    std::string publisher;    ///< whose events they must be; empty: any
  };

  /// Borrows `ledger`, which must outlive it. Throws as LineFile does.
  EventLines(const Ledger& ledger, const std::string& path, Options options);

  /// The first reading: what is wrong, line by line.
  const Problems& check();
  [[nodiscard]] std::uint64_t good() const { return good_; }

  /// After `check`: each good line's event, in order; bad ones are passed over.
  void for_each(const std::function<void(OwnedBytes event)>& take);

 private:
  using Decoded = tl::expected<OwnedBytes, LineProblem>;

  void read_all(const json::EventJson& reader, const std::function<void(Decoded)>& take);
  Decoded decode(const json::EventJson& reader, std::string_view line);
  Decoded decode_json(const json::EventJson& reader, std::string_view line);
  [[nodiscard]] LineProblem problem(std::size_t column, std::string field, std::string what,
                                    std::string remedy) const;

  LineFile file_;
  Options options_;
  Sealing sealing_;
  EventIds ids_;
  Problems problems_;
  std::uint64_t good_ = 0;
};

}  // namespace braid::cli
