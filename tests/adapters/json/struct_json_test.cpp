#include "adapters/json/struct_json.hpp"

#include <capnp/message.h>

#include <catch2/catch.hpp>

#include "tests/adapters/json/sample.hpp"

using namespace braid::json;
using namespace braid::json::test;

namespace {

const StructJson& sealing() {
  static const StructJson json(capnp::Schema::from<schema::Sample>(), backwards());
  return json;
}

tl::expected<std::string, JsonProblem> again(const StructJson& json, std::string_view line) {
  capnp::MallocMessageBuilder memory;
  auto sample = memory.initRoot<schema::Sample>();
  return json.decode(line, sample).map([&] { return json.encode(sample.asReader()); });
}

std::string with_reason(std::string_view reason) {
  return whole_with("\"body\"", "\"reason\": " + std::string(reason) + ", \"body\"");
}

JsonProblem problem_of_reason(std::string_view reason) {
  const auto line = again(sealing(), with_reason(reason));
  return line ? JsonProblem{} : line.error();
}

}  // namespace

TEST_CASE("what is decoded is what the line says") {
  const Decoded decoded(whole());
  const auto sample = *decoded;
  CHECK(sample.getId().getHigh() == 0x0192f3c17a007000);
  CHECK(sample.getId().getLow() == 0x8000000000000001);
  CHECK(sample.getHash().getA() == 0x141cfc9842c4b0e3);  // the first eight bytes, little-endian
  CHECK(sample.getPerson().getD() == 0x1111111111111111);
  CHECK(sample.getTiny() == -128);
  CHECK(sample.getAmount() == 1885000);
  CHECK(sample.getOn() == 20544);
  CHECK(sample.getUntil() == INT32_MIN);
  CHECK(sample.getMonth() == 675);
  CHECK(sample.getAt() == 1775035800000001);
  CHECK(sample.getSector() == braid::schema::Sector::SOCIAL_CARE);
  CHECK(sample.getKey().size() == 4);
  CHECK(sample.getKey()[3] == 0xff);
  CHECK(sample.getGrid()[0][1] == 2);
  CHECK(sample.getBlobs()[1].size() == 1);
  CHECK(sample.getInvoice().getLow() == 0x8000000000000002);
  CHECK(sample.getBody().getOpened().getSmall() == 3);
  CHECK_FALSE(sample.hasReason());
}

TEST_CASE(
    "escapes and characters beyond the first plane come out as the UTF-8 that they stand for") {
  const Decoded decoded(
      whole_with("Care Act", "\\ud83d\\ude00 \\u00e9\\/\\\"\\\\ \xf0\x9f\x98\x80"));
  CHECK((*decoded).getWords() ==
        "\xf0\x9f\x98\x80 \xc3\xa9/\"\\ \xf0\x9f\x98\x80 2014 s.26(1)/(2)");
}

TEST_CASE("what is written is one line, members in the schema's order, unset ones left out") {
  CHECK(
      again(sealing(), whole()).value() ==
      R"json({"id":"0192f3c1-7a00-7000-8000-000000000001",)json"
      R"json("hash":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",)json"
      R"json("person":"1111111111111111111111111111111111111111111111111111111111111111",)json"
      R"json("words":"Care Act 2014 s.26(1)/(2)","yes":true,"tiny":-128,"small":65535,"medium":-2147483648,)json"
      R"json("count":4294967295,"large":-9007199254740992,"huge":9007199254740992,"amount":1885000,)json"
      R"json("on":"2026-04-01","month":"2026-04","at":"2026-04-01T09:30:00.000001Z","sector":"socialCare",)json"
      R"json("key":"AAEC/w==","inner":{"name":"a","sector":"health","small":1},)json"
      R"json("inners":[{"name":"b","sector":"none","small":2}],"tags":["x",""],"numbers":[1,-2],)json"
      R"json("grid":[[1,2],[],[3]],"blobs":["","AA=="],"invoice":"0192f3c1-7a00-7000-8000-000000000002",)json"
      R"json("body":{"opened":{"name":"c","sector":"person","small":3}}})json");
}

TEST_CASE(
    "a number that a double would round is written in quotes, a smaller one never with an "
    "exponent") {
  CHECK(again(sealing(), whole_with("1885000", "9007199254740993"))
            .value()
            .find("\"amount\":\"9007199254740993\",") != std::string::npos);
  CHECK(again(sealing(), whole_with("1885000", "1000000000000000"))
            .value()
            .find("\"amount\":1000000000000000,") != std::string::npos);
}

TEST_CASE("bytes of a log that are no UTF-8 are still written as JSON") {
  capnp::MallocMessageBuilder memory;
  auto sample = memory.initRoot<schema::Sample>();
  sample.setWords(
      "a\xff"
      "b\x01\x7f\n\xed\xa0\x80\"");
  const auto line = sealing().encode(sample.asReader());
  CHECK(line.find("\"words\":\"a\xef\xbf\xbd"
                  "b\\u0001\\u007f\\n\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\\\"\"") != line.npos);
}

TEST_CASE("a message that lacks what JSON must say is written as it is, and does not decode") {
  capnp::MallocMessageBuilder memory;
  const auto line = sealing().encode(memory.initRoot<schema::Sample>().asReader());
  CHECK(line.find("\"neither\":true") != line.npos);
  CHECK(line.find("null") == line.npos);
  CHECK(problem_with(line).path == "body");
}

TEST_CASE("a box is taken as it is, and its bytes come back") {
  const auto line = again(
      sealing(),
      with_reason(
          R"({"keyId": "0192f3c1-7a00-7000-8000-000000000003", "nonce": "AAAA", "box": "////"})"));
  CHECK(
      line.value().find(
          R"("reason":{"keyId":"0192f3c1-7a00-7000-8000-000000000003","nonce":"AAAA","box":"////"})") !=
      std::string::npos);
}

TEST_CASE("clear text is sealed on the way in and is nowhere in what is decoded") {
  for (const std::string& reason :
       {R"({"clear": "She said\nyes", "about": ")" + token('1') + "\"}",
        R"({"about": ")" + token('1') + R"(", "clear": "She said\nyes"})"}) {
    const auto line = again(sealing(), with_reason(reason));
    CHECK(line.value().find("She") == std::string::npos);
    CHECK(line.value().find("c2V5CmRpYXMgZWhT") != std::string::npos);  // "sey\ndias ehS"
  }
}

TEST_CASE("clear text is refused where nobody can seal it") {
  const auto problem =
      problem_with(with_reason(R"({"clear": "She said yes", "about": ")" + token('1') + "\"}"));
  CHECK(problem.path == "reason");
  CHECK(problem.found == "\"clear\"");
  CHECK(problem.remedy == "seal it where the person's key is; clear text does not enter a ledger");
}

TEST_CASE("a sealer that cannot says why, in its own words") {
  const auto problem =
      problem_of_reason(R"({"clear": "She said yes", "about": ")" + token('0') + "\"}");
  CHECK(problem.found == "text of 12 bytes to be sealed");
  CHECK(problem.remedy == "the vault holds no key of this person");
}

TEST_CASE("a Sealed is either a box or clear text, whole") {
  const std::string about = R"("about": ")" + token('1') + "\"";
  CHECK(problem_of_reason(R"({"clear": "x", "box": "AAAA", )" + about + "}").remedy ==
        "write either a box or clear text, not both");
  CHECK(problem_of_reason(R"({"box": "AAAA", )" + about + "}").found == "\"about\"");
  CHECK(problem_of_reason(R"({"clear": "x"})").path == "reason.about");
  CHECK(problem_of_reason("{" + about + "}").path == "reason.clear");
  CHECK(problem_of_reason(R"({"nonce": "AAAA", "box": "AAAA"})").path == "reason.keyId");
  CHECK(problem_of_reason("{}").path == "reason.keyId");
}

TEST_CASE("no problem shows clear text, whatever is wrong with it and wherever it stands") {
  const std::string about = R"(, "about": ")" + token('1') + "\"}";
  for (const auto& reason : std::vector<std::string>{
           "\"Jane Doe\"",
           "Jane Doe",
           "[\"Jane Doe\"]",
           "{\"clear\": \"Jane Doe" + std::string(9000, '.') + "\"" + about,
           "{\"clear\": \"Jane Doe\\u0000\"" + about,
           "{\"clear\": \"Jane Doe\x01\"" + about,
           "{\"clear\": \"Jane Doe\xff\"" + about,
           "{\"clear\": \"Jane Doe\\x\"" + about,
           "{\"clear\": Jane Doe" + about,
           "{\"clear\": 943 Jane Doe" + about,
           "{\"clear\": \"\" Jane Doe\"" + about,
           "{\"clear\": [\"Jane Doe\"]" + about,
           std::string("{\"clear\": \"Jane Doe\", \"about\": \"Jane Doe\"}"),
           "{\"Jane Doe\": \"x\"" + about,
           "{\"clear\": \"Jane Doe\", \"clear\": \"Jane Doe\"" + about,
           std::string("{\"keyId\": \"Jane Doe\"}"),
           std::string("{\"box\": \"Jane Doe\"}"),
           std::string("{\"nonce\": 943, \"Jane Doe\"}"),
           "{\"clear\": \"Jane Doe\", \"about\": \"" + token('0') + "\"}",
       }) {
    CAPTURE(reason.substr(0, 60));
    const auto sentence = problem_of_reason(reason).sentence();
    REQUIRE(sentence.size() > 60);
    CHECK(sentence.find("Jane") == std::string::npos);
    CHECK(sentence.find("Doe") == std::string::npos);
    CHECK(sentence.find("943") == std::string::npos);
  }
}

TEST_CASE("what is written where a person token is due is not shown: it may be an NHS number") {
  for (auto mistaken : {"\"943 476 5919\"", "9434765919", "943 476 5919", "[9434765919]"}) {
    const auto problem = problem_with(whole_with("\"" + token('1') + "\"", mistaken));
    CHECK(problem.path.starts_with("person"));
    CHECK(problem.sentence().find("943") == std::string::npos);
  }
}
