#pragma once
#include <cstdint>
#include <string_view>

#include "events/form/form.hpp"
#include "events/visit.hpp"

// What the families' checks have in common. Each names the field it refuses.

namespace braid::form {

/// From a day to the same day or a later one.
void check_period(Form& form, std::int32_t from, std::int32_t to, const Where& to_where = "to");

/// A financial year by its first calendar year, 2000 to 2100.
void check_year(Form& form, std::uint16_t year, const Where& where = "year");

/// An Ed25519 public key.
void check_key(Form& form, capnp::Data::Reader key, const Where& where);

/// A scheme is said.
void check_scheme(Form& form, schema::Scheme scheme);

/// A cost that somebody meets beside the budget says who; one in the budget has no funder of its
/// own.
void check_funder(Form& form, schema::CostPlace cost, capnp::Text::Reader funder,
                  const Where& where);

bool same_strand(schema::Strand::Reader a, schema::Strand::Reader b);

/// Not empty, and no strand twice: of a list whose members have a strand.
template <class List>
void check_strands(Form& form, List list, std::string_view name) {
  form.expect(list.size() != 0, name, "At least one strand and its amount are required here.");
  for (unsigned i = 1; i < list.size(); ++i) {
    for (unsigned earlier = 0; earlier < i; ++earlier) {
      form.expect(!same_strand(list[i].getStrand(), list[earlier].getStrand()), {name, i, "strand"},
                  "A strand stands in a list once: add its amounts up.");
    }
  }
}

/// Not empty, where a list without members says nothing.
template <class List>
void check_some(Form& form, List list, std::string_view name) {
  form.expect(list.size() != 0, name, "At least one is required here.");
}

/// No value twice in a list, as `value_of` sees its members. `field` is what to name.
template <class List, class ValueOf>
void check_distinct(Form& form, List list, std::string_view name, std::string_view field,
                    ValueOf value_of) {
  for (unsigned i = 1; i < list.size(); ++i) {
    for (unsigned earlier = 0; earlier < i; ++earlier) {
      form.expect(!(value_of(list[i]) == value_of(list[earlier])), {name, i, field},
                  "This is in the list already: say it once.");
    }
  }
}

/// Parts of the whole, as `parts_of` sees the members: none of them nothing, together a million.
template <class List, class PartsOf>
void check_shares(Form& form, List list, std::string_view name, PartsOf parts_of) {
  std::uint64_t sum = 0;
  for (unsigned i = 0; i < list.size(); ++i) {
    sum += parts_of(list[i]);
    form.expect(parts_of(list[i]) != 0, {name, i, "partsPerMillion"},
                "A share is at least one part in a million.");
  }
  form.expect(list.size() == 0 || sum == 1'000'000, name, "The shares sum to 1,000,000 parts.");
}

}  // namespace braid::form
