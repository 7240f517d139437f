#pragma once
// How Catch2 prints the values of this folder. Rows are not printed: they may name people.
#include <catch2/catch.hpp>
#include <optional>

#include "adapters/files/spend_list.hpp"

namespace Catch {

template <>
struct StringMaker<braid::Date> {
  static std::string convert(const braid::Date& date) { return date.text(); }
};
template <>
struct StringMaker<braid::Month> {
  static std::string convert(const braid::Month& month) { return month.text(); }
};
template <typename T>
struct StringMaker<std::optional<T>> {
  static std::string convert(const std::optional<T>& value) {
    return value ? StringMaker<T>::convert(*value) : "nothing";
  }
};

}  // namespace Catch
