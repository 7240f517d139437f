#pragma once
#include <array>
#include <deque>
#include <map>
#include <utility>

#include "tools/synth/county.hpp"
#include "tools/synth/event_writer.hpp"

namespace braid::synth {

struct Fund {
  std::string_view organisation;
  schema::Sector sector;
  std::string_view code;
};
inline constexpr Fund adult_care{County::council_code, schema::Sector::SOCIAL_CARE, "adult-care"};
inline constexpr Fund high_needs{County::council_code, schema::Sector::EDUCATION, "high-needs"};
inline constexpr Fund chc{County::icb_code, schema::Sector::HEALTH, "chc"};
inline constexpr std::array funds = {adult_care, high_needs, chc};

/// Pence of each strand of every package in its year.
inline constexpr std::int64_t yearly = 52 * 1'000'00;

/// A package of care from two or three funders.
struct Package {
  std::array<std::uint64_t, 4> person{};
  Uuid plan;
  Uuid budget;
  Uuid account;
  Uuid order;
  Uuid supplier;
  std::vector<const Fund*> strands;
  std::int64_t weekly = 0;  ///< of each strand's direct payment
  std::int64_t held = 0;
};

/// The education strand is approved by another officer than the council's other strands.
std::string_view approver_of(const Fund& fund);
void set(schema::Strand::Builder strand, const Fund& fund);
void set(schema::PersonToken::Builder person, const Package& package);
/// A box of random bytes: nobody can open it, and none need to.
void seal(schema::Sealed::Builder sealed, Dice& dice);

class County::Impl {
 public:
  explicit Impl(Options options);

  [[nodiscard]] const SecretKey& key_of(std::string_view organisation) const {
    return keys_.at(organisation);
  }
  std::vector<Batch> registry(std::string_view ledger_name, std::uint32_t partitions);

  Batch next(std::size_t max_events) {
    while (waiting_.empty()) live_on();
    Batch batch{.publisher = waiting_.front().publisher, .events = {}};
    while (!waiting_.empty() && waiting_.front().publisher == batch.publisher &&
           batch.events.size() < max_events) {
      batch.events.push_back(std::move(waiting_.front().event));
      waiting_.pop_front();
    }
    return batch;
  }

 private:
  struct Waiting {
    std::string publisher;
    OwnedBytes event;
  };

  template <class Fill>
  void publish(std::string_view publisher, std::string_view officer, Fill&& fill) {
    waiting_.push_back({std::string(publisher), writer_.write(publisher, officer, options_.place,
                                                              today_, std::forward<Fill>(fill))});
  }

  void start_place();
  void start_pool();
  void live_on();
  void open_packages();
  Package new_package();
  void propose(const Package& package);
  void approve(const Package& package, std::string_view organisation);
  void open_budget(const Package& package);
  void agree_strands(const Package& package, std::string_view organisation);
  void equip(const Package& package);
  void pay_week();
  void pay_supplier(const Package& package);
  void spend_from_account(Package& package);
  void spend_from_pool();
  void write_plan(schema::PlanProposed::Builder plan, const Package& package);

  Options options_;
  EventWriter writer_;
  std::map<std::string_view, SecretKey> keys_;
  std::deque<Waiting> waiting_;
  std::vector<Package> packages_;
  std::vector<Uuid> suppliers_;
  std::size_t next_package_ = 0;
  Date today_;
  Uuid pool_;
  Uuid scheme_;
};

}  // namespace braid::synth
