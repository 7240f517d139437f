#include "events/date.hpp"
#include "events/native_rows.hpp"
#include "tests/events/form/refusals.hpp"

using namespace braid;
using namespace braid::test;

using Event = schema::Event::Builder;

TEST_CASE("form: an event's id is a UUID of version 7 or 8") {
  const auto with_id = [](Uuid id) {
    return form_after(Kind::PERIOD_CLOSED, [&](Event event) { schema::write(id, event.initId()); });
  };
  CHECK(with_id(uuid_v7(1, 2, 3)) == "has form");
  CHECK(with_id(uuid_v8_from(Digest{}, 7)) == "has form");
  CHECK_THAT(with_id(Uuid::from_text("9b2f1d0c-4f3a-4c1e-8a55-3f1c2d4e5f60").value()),
             refused_for("id", "version 7"));
  CHECK_THAT(with_id(Uuid{}), refused_for("id", "identifier is required"));
}

TEST_CASE("form: an organisation is named by its ODS code") {
  const auto by = [](const char* code) {
    return form_after(Kind::PERIOD_CLOSED, [&](Event event) { event.setPublisher(code); });
  };
  CHECK(by("X24") == "has form");
  CHECK(by("0123456789") == "has form");
  for (const char* wrong : {"x24", "X2", "01234567890", "X-24", "X 24", "", "\xc3\x89 24"}) {
    CHECK_THAT(by(wrong), StartsWith("publisher: ") && Contains("X24"));
  }
}

TEST_CASE("form: an officer has a code and never a name") {
  const auto by = [](const char* code) {
    return form_after(Kind::PERIOD_CLOSED, [&](Event event) { event.setOfficer(code); });
  };
  CHECK(by("a.adeyemi-2") == "has form");
  CHECK(by("") == "has form");
  for (const char* wrong : {"A. Adeyemi", "a", "a_b", "an-officer-code-of-thirty-three-ch"}) {
    CHECK_THAT(by(wrong), StartsWith("officer: "));
  }
}

TEST_CASE("form: money is shared in a place, and the register belongs to none") {
  const auto in = [](Kind kind, const char* place) {
    return form_after(kind, [&](Event event) { event.setPlace(place); });
  };
  CHECK(in(Kind::ORDER_PLACED, "north-east-lincolnshire") == "has form");
  CHECK_THAT(in(Kind::ORDER_PLACED, ""), refused_for("place", "bristol"));
  CHECK_THAT(in(Kind::ORDER_PLACED, "Bristol"), refused_for("place", "a-z"));
  CHECK(in(Kind::OFFICER_ENDED, "") == "has form");
  CHECK_THAT(in(Kind::OFFICER_ENDED, "bristol"), refused_for("place", "leave the place out"));
}

TEST_CASE("form: an event takes effect on a day from 1900 to 2200") {
  const auto on = [](std::int32_t days) {
    return form_after(Kind::PERIOD_CLOSED, [&](Event event) { event.setEffective(days); });
  };
  const auto day = [](int year, int month, int of_month) {
    return Date::from_calendar(year, month, of_month)->days;
  };
  CHECK(on(day(1900, 1, 1)) == "has form");
  CHECK(on(day(2200, 12, 31)) == "has form");
  CHECK_THAT(on(day(1900, 1, 1) - 1), refused_for("effective", "1900-01-01"));
  CHECK_THAT(on(day(2200, 12, 31) + 1), refused_for("effective", "2200-12-31"));
  CHECK_THAT(on(Date::none().days), refused_for("effective", "a day"));
}

TEST_CASE("form: an event does not correct itself") {
  CHECK_THAT(form_after(Kind::REPAID,
                        [](Event event) {
                          schema::write(schema::read(event.getId().asReader()),
                                        event.initCorrects());
                        }),
             refused_for("corrects", "not itself"));
}

TEST_CASE("form: a head without officer, authority, reason and correction is whole") {
  CHECK(form_after(Kind::REPAID, [](Event event) {
          event.disownOfficer();
          event.disownAuthority();
          event.disownReason();
          event.disownCorrects();
        }) == "has form");
}

TEST_CASE("form: a text is UTF-8 that reads as it is written") {
  const auto authority = [](const std::string& text) {
    return form_after(Kind::REPAID, [&](Event event) { event.setAuthority(text.c_str()); });
  };
  CHECK(authority("D\xc3\xa9"
                  "cision n\xc2\xb0 4 \xe2\x80\x93 \xf0\x9f\x93\x9c") == "has form");
  CHECK(authority(std::string(120, 'a')) == "has form");
  CHECK_THAT(authority(std::string(121, 'a')),
             refused_for("authority", "121 bytes and at most 120"));
  CHECK_THAT(authority("Cabinet\xff"), refused_for("authority", "UTF-8"));
  CHECK_THAT(authority("Cabinet minute 12\t2026"), refused_for("authority", "control"));
  CHECK_THAT(authority("eight by\x7f"), refused_for("authority", "control"));
  CHECK_THAT(authority("\x1f"
                       "eight by"),
             refused_for("authority", "control"));
  CHECK_THAT(authority("next line \xc2\x85"), refused_for("authority", "control"));
  CHECK_THAT(authority("separator \xe2\x80\xa8"), refused_for("authority", "control"));
  CHECK_THAT(authority("turned \xe2\x80\xae"
                       "021 PBG"),
             refused_for("authority", "direction"));
  CHECK_THAT(authority("isolated \xe2\x81\xa6"), refused_for("authority", "direction"));
}

TEST_CASE(
    "form: every printable character passes wherever it stands, every control character is found") {
  for (int character = 1; character < 0x80; ++character) {
    for (std::size_t place = 0; place < 17; ++place) {
      std::string text(17, 'x');
      text[place] = static_cast<char>(character);
      const bool printable = character >= 0x20 && character < 0x7f;
      const auto answer =
          form_after(Kind::REPAID, [&](Event event) { event.setAuthority(text.c_str()); });
      if ((answer == "has form") != printable)
        FAIL_CHECK(character << " at " << place << ": " << answer);
    }
  }
}

TEST_CASE(
    "form: the first field that is wrong is named, in the schema's order, limits before meaning") {
  CHECK_THAT(form_after(Kind::STRAND_AGREED,
                        [](Event event) {
                          event.setOfficer("A");
                          event.setEffective(Date::none().days);
                          event.getBody().getStrandAgreed().setPence(-1);
                        }),
             StartsWith("officer: "));
  CHECK_THAT(form_after(Kind::STRAND_AGREED,
                        [](Event event) {
                          event.getBody().getStrandAgreed().setBodyPays(-1);
                          event.getBody().getStrandAgreed().setPence(-1);
                        }),
             StartsWith("pence: "));
  CHECK_THAT(form_after(Kind::STRAND_AGREED,
                        [](Event event) {
                          event.setPlace("");                                  // meaning
                          event.getBody().getStrandAgreed().setAdultPays(-1);  // limit
                        }),
             StartsWith("adultPays: "));
  CHECK_THAT(form_after(Kind::STRAND_AGREED,
                        [](Event event) {
                          event.setPlace("");
                          event.getBody().getStrandAgreed().disownYears();
                        }),
             StartsWith("place: "));
}
