#include "tools/braid/spend_events.hpp"

#include <capnp/message.h>

#include <array>

#include "events/native_rows.hpp"

namespace braid::cli {
namespace {

/// Numbers of rows from which identifiers are derived that are no rows.
constexpr std::uint64_t run_number = 0;
constexpr std::uint64_t announcement_number = ~std::uint64_t{0};

// As events/schema/payment.capnp has them.
constexpr std::size_t max_reference = 60;
constexpr std::size_t max_expense = 200;

capnp::Text::Reader text(const std::string& from) { return {from.data(), from.size()}; }
capnp::Data::Reader raw(Bytes bytes) {
  return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}

void put(schema::Event::Builder event, const SpendRun& run, const Uuid& id, Date effective) {
  schema::write(id, event.initId());
  event.setPublisher(text(run.publisher));
  event.setPlace(text(run.place));
  event.setEffective(effective.days);
}

void put(schema::Sealed::Builder to, const SealedBox& box) {
  schema::write(box.key_id, to.initKeyId());
  to.setNonce(raw(box.nonce));
  to.setBox(raw(box.box));
}

}  // namespace

SpendRun SpendRun::of(const std::string& publisher, const std::string& place, const Digest& file,
                      Month month) {
  const auto content = Sha256()
                           .update("braid spend list\n")
                           .update(publisher)
                           .update("\n")
                           .update(file.bytes)
                           .digest();
  return {.publisher = publisher,
          .place = place,
          .content = content,
          .run = uuid_v8_from(content, run_number),
          .announcement = uuid_v8_from(content, announcement_number),
          .from = first_day(month),
          .to = add_days(first_day({month.months + 1}), -1)};
}

std::optional<std::string_view> too_long(const files::SpendRow& row) {
  if (row.reference.size() > max_reference) return "reference";
  if (row.expense_type.size() > max_expense) return "expense_type";
  if (row.expense_area.size() > max_expense) return "expense_area";
  return std::nullopt;
}

OwnedBytes list_event(const SpendRun& run, const files::SpendList& list, const SpendTotals& totals,
                      const Digest& root, const std::optional<Uuid>& replaces) {
  capnp::MallocMessageBuilder message;
  auto event = message.initRoot<schema::Event>();
  put(event, run, run.announcement, run.to);
  auto body = event.initBody().initSpendListPublished();
  schema::write(run.run, body.initRun());
  body.setOrganisation(text(run.publisher));
  body.setFrom(run.from.days);
  body.setTo(run.to.days);
  schema::write(list.digest, body.initFileHash());
  body.setRows(totals.rows);
  body.setPaid(totals.paid);
  body.setCredited(totals.credited);
  schema::write(root, body.initRoot());
  body.setLayout(text(list.layout));
  if (replaces) schema::write(*replaces, body.initReplaces());
  return canonical_bytes(event.asReader());
}

OwnedBytes line_event(const SpendRun& run, const files::SpendRow& row,
                      const SpendSuppliers::Supplier& supplier) {
  thread_local std::array<capnp::word, 2048> memory{};  // left zeroed by the builder
  capnp::MallocMessageBuilder message(kj::arrayPtr(memory.data(), memory.size()));
  auto event = message.initRoot<schema::Event>();
  put(event, run, uuid_v8_from(run.content, row.line), row.date.value_or(run.to));
  auto body = event.initBody().initSpendPublished();
  schema::write(run.run, body.initRun());
  body.setRow(row.line);
  if (row.date) body.setDate(row.date->days);
  if (!row.reference.empty()) body.setReference(text(row.reference));
  if (!row.expense_type.empty()) body.setExpenseType(text(row.expense_type));
  if (!row.expense_area.empty()) body.setExpenseArea(text(row.expense_area));
  schema::write(supplier.token, body.initSupplier());
  if (supplier.name && !row.redacted) put(body.initSupplierName(), *supplier.name);
  body.setRedacted(row.redacted);
  body.setDirection(row.direction == files::Direction::paid ? schema::Direction::PAID
                                                            : schema::Direction::CREDITED);
  body.setPence(row.pence);
  return canonical_bytes(event.asReader());
}

}  // namespace braid::cli
