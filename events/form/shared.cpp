#include "events/form/shared.hpp"

namespace braid::form {

std::string Where::text() const {
  if (list_.empty()) return std::string(field_);
  std::string text = std::string(list_) + '[' + std::to_string(index_) + ']';
  if (!field_.empty()) (text += '.') += field_;
  return text;
}

void check_period(Form& form, std::int32_t from, std::int32_t to, const Where& to_where) {
  form.expect(from <= to, to_where, "The last day is before the first.");
}

void check_year(Form& form, std::uint16_t year, const Where& where) {
  form.expect(year >= 2000 && year <= 2100, where,
              "A financial year is named by the calendar year in which it begins, 2000 to 2100: "
              "2025 is 2025-26.");
}

void check_key(Form& form, capnp::Data::Reader key, const Where& where) {
  form.expect(key.size() == 32, where, "An Ed25519 public key has 32 bytes.");
}

void check_scheme(Form& form, schema::Scheme scheme) {
  form.expect(scheme != schema::Scheme::NONE, "scheme", "Say under which scheme.");
}

void check_funder(Form& form, schema::CostPlace cost, capnp::Text::Reader funder,
                  const Where& where) {
  if (cost == schema::CostPlace::SEPARATELY) {
    form.expect(funder.size() != 0, where,
                "Say who meets a cost that is separate: the body's ODS code.");
  } else {
    form.expect(funder.size() == 0, where,
                "A cost in the budget is met by its strand: leave the funder out.");
  }
}

bool same_strand(schema::Strand::Reader a, schema::Strand::Reader b) {
  return a.getSector() == b.getSector() && a.getFund() == b.getFund() &&
         a.getOrganisation() == b.getOrganisation();
}

}  // namespace braid::form
