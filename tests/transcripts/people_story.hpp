#pragma once
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/temporary_folder.hpp"
#include "tests/transcripts/run_program.hpp"

namespace braid::test {

// What nobody may find in clear: identifiers made up for the purpose, so that they occur nowhere else.
inline const std::string name = "Wilhelmina Quigglesworth";
inline const std::string street = "14 Bramblewick Terrace";
inline const std::string nhs_number = "9434765919";
inline const std::string needs = "Zolpidem withdrawal seizures";
inline const std::string linking = "0192f3c1-7a00-7000-8000-000000000077";  // the event that links her

inline const std::string refusal = "Grizelda Thrapple objects";

/// A ledger whose council has linked one person, whose number came from standard input, and said
/// two sealed things about her. `inputs` is the council's own business, beside the ledger.
class Story {
 public:
  Story() {
    std::filesystem::create_directory(path() / "inputs");
    check("braid init --ledger L --name people --operator X26 --partitions 2");
    check("braid key new council.pem > inputs/council.key && "
          "braid key new board.pem > inputs/board.key");
    write("register", register_events());
    check("braid submit inputs/register --ledger L --key L/keys/operator.pem --assign-ids");
    write("officers", officer("WMC") + fund() + power("propose") + power("approve"));
    check("braid submit inputs/officers --ledger L --key council.pem --assign-ids");
    write("others", officer("QUY"));
    check("braid submit inputs/others --ledger L --key board.pem --assign-ids");
    token = check("echo '943 476 5919' | braid person token --ledger L").out;
    token.pop_back();
    write("person", person_events());
    check("braid submit inputs/person --ledger L --key council.pem --assign-ids");
    write("plan", plan_events());
    check("braid submit inputs/plan --ledger L --key council.pem --assign-ids");
  }

  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }
  [[nodiscard]] Ran run(const std::string& command) {
    auto ran = run_shell(command, path());
    printed_ += ran.out + ran.err;
    return ran;
  }
  Ran check(const std::string& command) {
    auto ran = run(command);
    INFO(command << "\n" << ran.out << ran.err);
    REQUIRE(ran.exit == 0);
    return ran;
  }
  void write(const std::string& file, const std::string& lines) const {
    std::ofstream(path() / "inputs" / file) << lines;
  }
  /// One event of the council's in her place.
  Ran say(const std::string& body, const std::string& more = "") {
    write("one", event("WMC", body, more));
    return run("braid submit inputs/one --ledger L --key council.pem --assign-ids");
  }
  Ran open(const std::string& options = "", const std::string& environment = "") {
    return run(environment + "braid vault open " + token +
               " --ledger L --key council.pem --publisher WMC --officer b.okafor --place westmoor "
               "--purpose review " +
               options);
  }
  Ran erase(const std::string& as = "--key council.pem --publisher WMC",
            const std::string& environment = "") {
    return run(environment + "braid vault erase " + token + " --ledger L " + as +
               " --officer b.okafor --place westmoor --ground retentionEnded");
  }
  Ran record_basis(const std::string& until = "") {
    return say(R"("legalBasisRecorded":{"person":")" + token +
                   R"(","basis":"publicTask","condition":"healthOrSocialCare","from":"2020-01-01")" +
                   (until.empty() ? "" : R"(,"until":")" + until + '"') + "}",
               R"("authority":"Care Act 2014 s.9",)");
  }

  std::string token;
  std::string printed_;  ///< by every command so far, but what a test takes out

 private:
  [[nodiscard]] static std::string event(const std::string& publisher, const std::string& body,
                                         const std::string& more = "") {
    return R"({"publisher":")" + publisher +
           R"(","place":"westmoor","officer":"b.okafor","effective":"2026-04-01",)" + more +
           R"("body":{)" + body + "}}\n";
  }
  [[nodiscard]] static std::string register_event(const std::string& publisher,
                                                  const std::string& body) {
    return R"({"publisher":")" + publisher + R"(","effective":"2026-04-01","body":{)" + body +
           "}}\n";
  }
  [[nodiscard]] std::string register_events() const {
    std::string lines;
    for (const auto& [code, kind, key] :
         {std::tuple{"WMC", "council", "council"}, std::tuple{"QUY", "icb", "board"}}) {
      lines += register_event("X26", R"("organisationRegistered":{"organisation":")" +
                                         std::string(code) + R"(","name":"Body","kind":")" + kind +
                                         R"(","from":"2009-04-01"})");
      std::ifstream in(path() / "inputs" / (std::string(key) + ".key"));
      std::string hex;
      in >> hex;
      lines += register_event("X26", R"("signingKeyAdded":{"organisation":")" + std::string(code) +
                                         R"(","key":")" + hex + R"("})");
    }
    return lines;
  }
  [[nodiscard]] static std::string officer(const std::string& body) {
    return register_event(body, R"("officerAppointed":{"officer":"b.okafor","from":"2020-04-01"})");
  }
  [[nodiscard]] static std::string fund() {
    return register_event("WMC", R"("fundRegistered":{"fund":"adult-care","sector":"socialCare",)"
                                 R"("capital":false,"ringFence":"none"})");
  }
  [[nodiscard]] static std::string power(const std::string& word) {
    return register_event("WMC", R"("delegationSet":{"officer":"b.okafor","power":")" + word +
                                     R"(","sectors":["socialCare"],"limit":5000000,)" +
                                     R"("from":"2020-04-01"})");
  }
  [[nodiscard]] std::string sealed(const std::string& text) const {
    return R"({"clear":")" + text + R"(","about":")" + token + R"("})";
  }
  [[nodiscard]] std::string person_events() const {
    const std::string request = "0192f3c1-7a00-7000-8000-000000000099";
    return event("WMC", R"("personLinked":{"person":")" + token + R"(","identity":)" +
                            sealed(name + ", " + street + ", NHS " + nhs_number) + "}",
                 R"("id":")" + linking + R"(",)") +
           event("WMC", R"("budgetRequested":{"request":")" + request + R"(","person":")" + token +
                            R"(","scheme":"careAct","on":"2026-04-01"})") +
           event("WMC",
                 R"("requestDecided":{"request":")" + request + R"(","person":")" + token +
                     R"(","outcome":"notAppropriate","reasons":)" + sealed(needs) + "}",
                 R"("reason":)" + sealed("Asked for by " + name) + ",");
  }

  /// A plan that came to nothing: why stands in an event that does not name her.
  [[nodiscard]] std::string plan_events() const {
    const std::string plan = "0192f3c1-7a00-7000-8000-000000000055";
    return event("WMC",
                 R"("planProposed":{"plan":")" + plan + R"(","person":")" + token +
                     R"(","needs":)" + sealed("Lives at " + street) +
                     R"(,"outcomes":[{"number":1,"wellbeing":"b","words":)" + sealed("I sleep.") +
                     R"(}],"lines":[{"number":1,"outcome":1,"category":"homeCare","strand":)"
                     R"({"organisation":"WMC","sector":"socialCare","fund":"adult-care"},"rate":)"
                     R"({"pence":100,"period":"weekly"},"pence":5200,"cost":"inBudget"}],)"
                     R"("from":"2026-04-01","to":"2027-03-31","risksAgreed":true})") +
           event("WMC", R"("approvalRefused":{"subject":")" + plan +
                            R"(","kind":"plan","reasons":)" + sealed(refusal) + "}");
  }

  support::TemporaryFolder folder_;
};

}  // namespace braid::test
