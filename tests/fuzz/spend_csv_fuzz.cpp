// Any bytes are a spend list, or a problem that says why not; read twice they give the same; totals
// are those of the rows.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "adapters/files/spend_list.hpp"
#include "events/check.hpp"

using namespace braid::files;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const LayoutBook book = LayoutBook::built_in();
  const SpendSource source = {"fuzz.csv", {reinterpret_cast<const std::byte*>(data), size}};
  const auto once = read_spend_contents(source, book);
  const auto twice = read_spend_contents(source, book);
  braid::check(once.has_value() == twice.has_value(), "reading has no memory");
  if (!once) {
    braid::check(!once.error().reason.empty() && !once.error().remedy.empty(),
                 "a problem has a reason and a remedy");
    return 0;
  }
  braid::check(once->rows == twice->rows && once->bad_rows == twice->bad_rows,
               "reading has no memory");
  std::int64_t net = 0;
  for (const SpendRow& row : once->rows) {
    braid::check(row.pence >= 0 && row.pence <= max_amount_pence, "amounts are bounded");
    braid::check(!first_invalid_utf8(row.supplier), "text is UTF-8");
    net += row.direction == Direction::credit ? -row.pence : row.pence;
  }
  braid::check(net == once->list.net_pence(), "the total is that of the rows");
  braid::check(
      once->list.rows == once->rows.size() &&
          std::min<std::uint64_t>(once->list.bad_rows, max_bad_rows_kept) == once->bad_rows.size(),
      "the counts are those of the rows");
  return 0;
}
