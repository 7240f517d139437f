#include "events/submission.hpp"

#include <capnp/serialize.h>
#include <kj/exception.h>

#include "events/check.hpp"
#include "events/entry_source.hpp"
#include "events/form/code.hpp"
#include "events/murmur2.hpp"
#include "events/schema/entry.capnp.h"

namespace braid {
namespace {

using Checked = tl::expected<void, Refusal>;

tl::unexpected<Refusal> refused(std::string field, std::string sentence) {
  return tl::unexpected(Refusal{"form", std::move(field), std::move(sentence)});
}

std::string number(std::size_t value) { return std::to_string(value); }
std::string_view text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }
Bytes bytes_of(capnp::Data::Reader data) {
  return std::as_bytes(std::span(data.begin(), data.size()));
}
capnp::Data::Reader data_of(Bytes bytes) {
  return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}

kj::ArrayPtr<const capnp::word> words_of(const OwnedBytes& bytes) {
  return {reinterpret_cast<const capnp::word*>(bytes.data()), bytes.size() / sizeof(capnp::word)};
}

/// What the frame says, believed of nobody yet. Throws kj::Exception where it is not one.
Checked read_frame(Submission& to) {
  // Each word is read once or twice: what shares words, so as to grow when read, is cut off.
  const capnp::ReaderOptions options{.traversalLimitInWords = to.storage.size() / 4 + 64,
                                     .nestingLimit = 4};
  capnp::FlatArrayMessageReader message(words_of(to.storage), options);
  const auto submission = message.getRoot<schema::Submission>();
  to.ledger = text_of(submission.getLedger());
  to.publisher = text_of(submission.getPublisher());
  const auto key = PublicKey::from_bytes(bytes_of(submission.getKey()));
  if (!key) return refused("key", "An Ed25519 public key has 32 bytes.");
  const auto signature = Signature::from_bytes(bytes_of(submission.getSignature()));
  if (!signature) return refused("signature", "An Ed25519 signature has 64 bytes.");
  to.key = *key;
  to.signature = *signature;
  const auto events = submission.getEvents();
  if (events.size() == 0 || events.size() > Submission::max_events) {
    return refused("events", "A submission has 1 to " + number(Submission::max_events) +
                                 " events and this one has " + number(events.size()) +
                                 ": send them in several.");
  }
  to.events.reserve(events.size());
  for (const auto event : events) to.events.push_back(bytes_of(event));
  return {};
}

Checked unframe(Submission& to, Bytes framed) {
  if (framed.size() > Submission::max_bytes) {
    return refused("", "A submission has at most " + number(Submission::max_bytes) +
                           " bytes and this one has " + number(framed.size()) +
                           ": send its events in several.");
  }
  to.storage.assign(framed.begin(), framed.end());
  try {
    return read_frame(to);
  } catch (const kj::Exception&) {  // its text speaks of pointers, which help nobody
    return refused("",
                   "These bytes are not a framed Cap'n Proto message of "
                   "events/schema/entry.capnp's Submission.");
  }
}

/// One event's own bytes, then what it shares with the others. The first says to which partition
/// they belong.
Checked check_event(CheckedSubmission& checked, std::size_t index, std::uint32_t partitions) {
  const Bytes bytes = checked.submission.events[index];
  const auto at = [&] { return "events[" + number(index) + "]"; };
  if (auto formed = check_form(bytes); !formed) {
    Refusal refusal = std::move(formed.error());
    refusal.field = refusal.field.empty() ? at() : at() + '.' + refusal.field;
    return tl::unexpected(std::move(refusal));
  }
  const auto event = capnp::readMessageUnchecked<schema::Event>(  // whose form is proven
      reinterpret_cast<const capnp::word*>(bytes.data()));
  if (text_of(event.getPublisher()) != checked.submission.publisher) {
    return refused(at() + ".publisher",
                   "The event's publisher is " + std::string(text_of(event.getPublisher())) +
                       " and the submission's is " + checked.submission.publisher +
                       ": a body signs for itself.");
  }
  const auto partition = partition_of_event(event, partitions);
  if (index == 0) checked.partition = partition;
  if (partition == checked.partition) return {};
  return refused(at() + ".place",
                 "This event belongs to another partition than the first: send it in a submission "
                 "of its own.");
}

Checked check_signature(CheckedSubmission& checked) {
  const Submission& submission = checked.submission;
  checked.hashes.resize(submission.events.size());
  leaf_hashes(submission.events, checked.hashes);
  checked.root = root_of(checked.hashes);
  const std::string statement = signed_statement(submission.ledger, submission.publisher,
                                                 submission.events.size(), checked.root);
  if (verify(submission.key, as_bytes(statement), submission.signature)) return {};
  return refused("signature",
                 "The key's signature is not over these events: they were altered after they were "
                 "signed, or signed with another key.");
}

Checked check_names(const Submission& submission, std::string_view ledger) {
  if (submission.ledger != ledger) {
    return refused("ledger",
                   "This ledger is called \"" + std::string(ledger) +
                       "\" and the submission is signed for another: sign it for this one.");
  }
  if (!form::is_code(form::Code::ODS, submission.publisher)) {
    return refused("publisher", "Expected " + std::string(form::shape_of(form::Code::ODS)) + ".");
  }
  return {};
}

}  // namespace

std::string signed_statement(std::string_view ledger, std::string_view publisher, std::size_t count,
                             const Digest& root) {
  std::string statement = "braid submission 1\n";
  for (const auto line : {ledger, publisher}) (statement += line) += '\n';
  return statement += number(count) + '\n' + root.hex() + '\n';
}

OwnedBytes sign_submission(std::string_view ledger, std::string_view publisher,
                           const SecretKey& key, std::span<const Bytes> events) {
  check(!events.empty() && events.size() <= Submission::max_events,
        "the caller keeps to the limits of Submission");
  std::vector<Digest> hashes(events.size());
  leaf_hashes(events, hashes);
  std::size_t words = 64;
  for (const Bytes event : events) words += event.size() / sizeof(capnp::word) + 2;
  const std::string statement = signed_statement(ledger, publisher, events.size(), root_of(hashes));
  const PublicKey public_key = key.public_key();
  const Signature signature = sign(key, as_bytes(statement));

  capnp::MallocMessageBuilder message(static_cast<unsigned>(words));
  auto submission = message.initRoot<schema::Submission>();
  submission.setLedger(std::string(ledger).c_str());
  submission.setPublisher(std::string(publisher).c_str());
  submission.setKey(data_of(public_key.bytes));
  submission.setSignature(data_of(signature.bytes));
  auto list = submission.initEvents(static_cast<unsigned>(events.size()));
  for (unsigned i = 0; i < events.size(); ++i) list.set(i, data_of(events[i]));
  const auto flat = capnp::messageToFlatArray(message);
  const auto bytes = std::as_bytes(std::span(flat.begin(), flat.size()));
  check(bytes.size() <= Submission::max_bytes, "the caller keeps to the limits of Submission");
  return {bytes.begin(), bytes.end()};
}

tl::expected<CheckedSubmission, Refusal> check_submission(Bytes framed, std::string_view ledger,
                                                          std::uint32_t partitions) {
  CheckedSubmission checked;
  const auto done = unframe(checked.submission, framed)
                        .and_then([&] { return check_names(checked.submission, ledger); })
                        .and_then([&] { return check_signature(checked); });
  if (!done) return tl::unexpected(done.error());
  for (std::size_t i = 0; i < checked.submission.events.size(); ++i) {
    if (auto formed = check_event(checked, i, partitions); !formed)
      return tl::unexpected(formed.error());
  }
  return checked;
}

std::optional<Digest> root_of_submission(Bytes framed) {
  Submission submission;
  if (!unframe(submission, framed)) return std::nullopt;
  std::vector<Digest> hashes(submission.events.size());
  leaf_hashes(submission.events, hashes);
  return root_of(hashes);
}

std::uint32_t partition_of_event(schema::Event::Reader event, std::uint32_t partitions) {
  if (is_of_register(event.getBody().which())) return register_partition;
  return partition_of(text_of(event.getPlace()), partitions);
}

}  // namespace braid
