#include "tests/events/rows_example.hpp"

namespace braid::test {
namespace {

/// Zero half of the time, and at the edges often.
template <class T>
T number() {
  return *rc::gen::weightedOneOf<T>({{4, rc::gen::just(T{0})},
                                     {1, rc::gen::just(std::numeric_limits<T>::min())},
                                     {1, rc::gen::just(std::numeric_limits<T>::max())},
                                     {2, rc::gen::arbitrary<T>()}});
}
bool truth() { return *rc::gen::arbitrary<bool>(); }
template <class T>
T enumerant(int count) {
  return static_cast<T>(*rc::gen::inRange(0, count));
}
std::string text() {
  return *rc::gen::oneOf(rc::gen::just(std::string()), rc::gen::string<std::string>());
}
OwnedBytes bytes() {
  const auto chars = text();
  const auto view = as_bytes(chars);
  return {view.begin(), view.end()};
}
Uuid uuid() { return {number<std::uint64_t>(), number<std::uint64_t>()}; }
template <class T>
T four_words() {
  T value;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto word = number<std::uint64_t>();
    std::memcpy(value.bytes.data() + 8 * i, &word, sizeof word);
  }
  return value;
}
Strand strand() { return {.organisation = text(), .sector = enumerant<Sector>(7), .fund = text()}; }
Part part() { return {text(), number<std::int32_t>(), strand(), number<std::int32_t>(), truth()}; }

template <class Make>
auto list(Make make) {
  std::vector<decltype(make())> values;
  for (auto size = *rc::gen::element(0, 0, 1, 2, 3, 9, 65); size > 0; --size)
    values.push_back(make());
  return values;
}

Everything everything() {
  Everything row;
  row.note = text();
  row.flag = truth();
  row.name = text();
  row.tiny = number<std::int8_t>();
  row.tiny_unsigned = number<std::uint8_t>();
  row.small = number<std::int16_t>();
  row.small_unsigned = number<std::uint16_t>();
  row.due = number<std::int32_t>();
  row.month = number<std::int32_t>();
  row.count = number<std::uint32_t>();
  row.balance = number<std::int64_t>();
  row.big = number<std::uint64_t>();
  row.colour = enumerant<Colour>(3);
  row.id = uuid();
  row.hash = four_words<Digest>();
  row.person = four_words<PersonToken>();
  row.recorded_at = number<std::int64_t>();
  row.part = part();
  row.blob = bytes();
  row.flags = list(truth);
  row.bytes = list(number<std::uint8_t>);
  row.shorts = list(number<std::int16_t>);
  row.amounts = list(number<std::int64_t>);
  row.colours = list([] { return enumerant<Colour>(3); });
  row.names = list(text);
  row.blobs = list(bytes);
  row.parts = list(part);
  row.ids = list(uuid);
  row.class_ = truth();
  row.strand = strand();
  row.sealed = {.key_id = uuid(), .nonce = bytes(), .box = bytes()};
  row.closed = number<std::int32_t>();
  row.least = number<std::int64_t>();
  row.three = number<std::uint8_t>();
  row.usually = truth();
  row.mood = enumerant<Everything::Mood>(2);
  return row;
}

}  // namespace

Everything full_row() {
  Everything row;
  row.note = "a note that is longer than a word";
  row.flag = true;
  row.name = "Maya";
  row.tiny = -1;
  row.tiny_unsigned = 255;
  row.small = -300;
  row.small_unsigned = 60'000;
  row.due = 20'544;
  row.month = 675;
  row.count = 3;
  row.balance = -210'00;
  row.big = ~std::uint64_t{0};
  row.colour = Colour::DEEP_BLUE;
  row.id = {0x0192f3c17a007000, 0x8000000000000001};
  row.hash.bytes.fill(std::byte{0xab});
  row.person.bytes.fill(std::byte{0xcd});
  row.recorded_at = 1'775'000'000'000'000;
  row.part = {.label = "chair",
              .weight = 12,
              .strand = {.organisation = "QKK", .sector = Sector::HEALTH, .fund = "chc"}};
  row.blob = {std::byte{1}, std::byte{0}, std::byte{2}};
  row.flags = {true, false, true};
  row.bytes = {1, 2, 3};
  row.shorts = {-1, 0, 1};
  row.amounts = {210'00, -145'00};
  row.colours = {Colour::RED, Colour::NONE};
  row.names = {"one", "", "three"};
  row.blobs = {{std::byte{9}}, {}};
  row.parts = {{}, row.part, {.label = "", .weight = 1, .strand = {}, .until = 5, .key_ = false}};
  row.ids = {row.id, {}, {0, 5}};
  row.class_ = true;
  row.strand = {.organisation = "E10000014", .sector = Sector::SOCIAL_CARE, .fund = "asc"};
  row.closed = 1;
  row.least = 2;
  row.three = 0;
  row.usually = false;
  row.mood = Everything::Mood::BAD;
  row.sealed = {.key_id = row.id, .nonce = OwnedBytes(24), .box = OwnedBytes(100, std::byte{7})};
  return row;
}

Payment a_payment(std::uint64_t number) {
  Payment row;
  row.id = {0x0192f3c17a007000 + (number >> 4), 0x8000000000000000 | number};
  row.budget = {number % 1000 + 1, 77};
  row.person.bytes.fill(static_cast<std::byte>(number));
  row.payer = "E10000014";
  row.payee = "Sunny Day Care Limited";
  row.reference = "INV-" + std::to_string(number);
  row.fund = "asc";
  row.sector = Sector::SOCIAL_CARE;
  row.category = Category::HOME_CARE;
  row.method = Method::DIRECT_PAYMENT;
  row.year = 2025;
  row.paid_on = 20'544;
  row.pence = 210'00 + static_cast<std::int64_t>(number);
  row.recorded_at = 1'775'000'000'000'000 + static_cast<std::int64_t>(number);
  return row;
}

rc::Gen<EveryKey::Key> near_key() {
  return rc::gen::exec([] {
    const auto low = [] { return *rc::gen::weightedElement<int>({{20, 0}, {1, -1}, {1, 1}}); };
    const auto texts = [] {
      return *rc::gen::weightedElement<std::string>(
          {{20, "b"}, {1, ""}, {1, "ba"}, {1, "\x01"}, {1, "\xff"}});
    };
    EveryKey::Key key;
    key.truth = low() == 1;
    key.a = static_cast<std::int8_t>(low());
    key.b = static_cast<std::uint8_t>(low());
    key.c = low() * 70'000;
    key.d = static_cast<std::uint64_t>(low());
    key.e = texts();
    key.f = static_cast<Colour>(low() + 1);
    key.g = {static_cast<std::uint64_t>(low()), static_cast<std::uint64_t>(low())};
    key.h.bytes[31] = static_cast<std::byte>(low());
    key.i.bytes[0] = static_cast<std::byte>(low());
    key.j = low() == 0 ? number<std::int64_t>() : low();
    key.k = static_cast<std::int16_t>(low() * 300);
    return key;
  });
}

}  // namespace braid::test

namespace rc {

Gen<braid::test::Everything> Arbitrary<braid::test::Everything>::arbitrary() {
  return gen::exec(braid::test::everything);
}

Gen<braid::test::Payment> Arbitrary<braid::test::Payment>::arbitrary() {
  return gen::exec([] {
    auto row = braid::test::a_payment(*gen::inRange<std::uint64_t>(0, 100));
    row.person = braid::test::four_words<braid::PersonToken>();
    row.payee = braid::test::text();
    row.recorded_at = braid::test::number<std::int64_t>();
    return row;
  });
}

}  // namespace rc
