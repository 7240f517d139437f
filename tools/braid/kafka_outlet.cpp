#include "tools/braid/kafka_outlet.hpp"

#include <fmt/format.h>

#include <deque>

#include "events/check.hpp"
#include "events/submission.hpp"
#include "tools/braid/command.hpp"
#include "tools/braid/kafka_ledger.hpp"

namespace braid::cli {
namespace {

constexpr std::chrono::seconds before_saying_so{15};

class Topics final : public Outlet {
 public:
  Topics(const kafka::Address& address, const Founding& founding)
      : founding_(founding),
        address_(address),
        publisher_(open_connection(address), kafka::Topics(address.prefix)) {}

  void send(OwnedBytes framed) override {
    const auto number = send_where_it_belongs(publisher_, founding_, std::move(framed));
    if (!number)
      throw UsageError(fmt::format("the submission is malformed at {}: {}; it was not sent",
                                   number.error().field, number.error().sentence));
    on_the_way_.push_back(*number);
  }

  ledger::Answer receive() override {
    check(!on_the_way_.empty(), "an answer is asked for after something was sent");
    const auto number = on_the_way_.front();
    on_the_way_.pop_front();
    for (;;) {
      if (auto answer = publisher_.receive(number, before_saying_so)) return std::move(*answer);
      say(fmt::format("it is sent, and waits for its answer; is a `braid sequence` running for {}?",
                      kafka::shown(address_)));
    }
  }

 private:
  const Founding& founding_;
  kafka::Address address_;
  kafka::Publisher publisher_;
  std::deque<std::uint64_t> on_the_way_;
};

}  // namespace

tl::expected<std::uint64_t, Refusal> send_where_it_belongs(kafka::Publisher& publisher,
                                                           const Founding& founding,
                                                           OwnedBytes framed) {
  const auto checked = check_submission(framed, founding.name, founding.partitions);
  if (!checked) return tl::unexpected(checked.error());
  const EventReader first(checked->submission.events.front());
  const std::string place = first.get().getPlace();
  return publisher.send(checked->partition, place, std::move(framed));
}

std::unique_ptr<Outlet> open_kafka_outlet(const kafka::Address& address,
                                          const Founding& founding) {
  return std::make_unique<Topics>(address, founding);
}

}  // namespace braid::cli
