#include "ledger/answer.hpp"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/exception.h>

#include "events/native_rows.hpp"
#include "events/schema/receipt.capnp.h"

namespace braid::ledger {
namespace {

std::string text(capnp::Text::Reader from) { return {from.begin(), from.size()}; }

void write(const Finding& finding, schema::Finding::Builder to) {
  to.setRule(finding.rule.c_str());
  to.setField(finding.field.c_str());
  to.setSentence(finding.sentence.c_str());
}

Finding read_finding(schema::Finding::Reader from) {
  return {text(from.getRule()), text(from.getField()), text(from.getSentence())};
}

void write(const Receipt& receipt, schema::Receipt::Builder to) {
  schema::write(receipt.event, to.initEvent());
  to.setOutcome(receipt.outcome == Receipt::Outcome::accepted ? schema::Receipt::Outcome::ACCEPTED
                                                              : schema::Receipt::Outcome::REFUSED);
  to.setRepeated(receipt.repeated);
  to.setPartition(receipt.partition);
  to.setSequence(receipt.sequence);
  schema::write(receipt.leaf, to.initLeaf());
  if (receipt.findings.empty()) return;
  auto findings = to.initFindings(static_cast<unsigned>(receipt.findings.size()));
  for (unsigned i = 0; i < findings.size(); ++i) write(receipt.findings[i], findings[i]);
}

Receipt read_receipt(schema::Receipt::Reader from) {
  Receipt receipt;
  receipt.event = schema::read(from.getEvent());
  receipt.outcome = from.getOutcome() == schema::Receipt::Outcome::ACCEPTED
                        ? Receipt::Outcome::accepted
                        : Receipt::Outcome::refused;
  receipt.repeated = from.getRepeated();
  receipt.partition = from.getPartition();
  receipt.sequence = from.getSequence();
  receipt.leaf = schema::read(from.getLeaf());
  for (const auto finding : from.getFindings()) receipt.findings.push_back(read_finding(finding));
  return receipt;
}

struct Writing {
  schema::Answer::Builder to;

  void operator()(const std::vector<Receipt>& receipts) {
    auto list = to.initReceipts(static_cast<unsigned>(receipts.size()));
    for (unsigned i = 0; i < list.size(); ++i) write(receipts[i], list[i]);
  }
  void operator()(const Refusal& refusal) { write(refusal, to.initMalformed()); }
  void operator()(const Unavailable& unavailable) {
    to.setUnavailable(unavailable.sentence.c_str());
  }
};

Answer read_answer(schema::Answer::Reader from) {
  switch (from.which()) {
    case schema::Answer::RECEIPTS: {
      std::vector<Receipt> receipts;
      receipts.reserve(from.getReceipts().size());
      for (const auto receipt : from.getReceipts()) receipts.push_back(read_receipt(receipt));
      return receipts;
    }
    case schema::Answer::MALFORMED:
      return read_finding(from.getMalformed());
    case schema::Answer::UNAVAILABLE:
      return Unavailable{text(from.getUnavailable())};
  }
  return Unavailable{
      "the ledger answered in words that this program does not know; use the ledger's own version"};
}

std::size_t words_for(const Answer& answer) {
  const auto* receipts = std::get_if<std::vector<Receipt>>(&answer);
  return receipts == nullptr ? 64 : 64 + receipts->size() * 16;
}

}  // namespace

OwnedBytes encode_answer(const Answer& answer) {
  capnp::MallocMessageBuilder message(static_cast<unsigned>(words_for(answer)));
  std::visit(Writing{message.initRoot<schema::Answer>()}, answer);
  const auto flat = capnp::messageToFlatArray(message);
  const auto bytes = std::as_bytes(std::span(flat.begin(), flat.size()));
  return {bytes.begin(), bytes.end()};
}

Parsed<Answer> decode_answer(Bytes framed) {
  if (framed.size() > max_answer_bytes || framed.size() % sizeof(capnp::word) != 0)
    return unreadable("the ledger's answer is cut or too long");
  std::vector<capnp::word> words(framed.size() / sizeof(capnp::word));
  if (!framed.empty()) std::memcpy(words.data(), framed.data(), framed.size());
  const kj::ArrayPtr<const capnp::word> all{words.data(), words.size()};
  try {
    capnp::FlatArrayMessageReader message(
        all, {.traversalLimitInWords = words.size() * 2 + 64, .nestingLimit = 8});
    return read_answer(message.getRoot<schema::Answer>());
  } catch (const kj::Exception&) {
    return unreadable("these bytes are not an answer of events/schema/receipt.capnp");
  }
}

}  // namespace braid::ledger
