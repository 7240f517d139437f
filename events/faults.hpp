#pragma once
#include <stdexcept>
#include <string>

namespace braid {

/// The machine failed. Thrown by adapters, handled by the loop in tools/; named by what can be done about it.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// No room; nothing was written. Make room and go on.
struct StorageFull : Fault {
  using Fault::Fault;
};
/// Another writer holds or has taken over the ledger: stop, give no receipt.
struct Fenced : Fault {
  using Fault::Fault;
};
/// Whether a write happened cannot be known. Never retry it: read back what the log holds, then go on from there.
struct OutcomeUnknown : Fault {
  using Fault::Fault;
};
/// The disk or the operating system refused; says which file and why.
struct IoFault : Fault {
  using Fault::Fault;
};
/// What was read contradicts itself: altered, cut or mixed up. Says where. Stop and look.
struct HistoryBroken : Fault {
  using Fault::Fault;
};

}  // namespace braid
