#pragma once
#include <span>

#include "tools/braid/command.hpp"

namespace braid::cli {

// One a file, in the order of `braid --help`. Adding a subcommand is adding its file, a line here
// and a line in commands.cpp.
extern const Command init_command;
extern const Command key_new_command;
extern const Command key_show_command;
extern const Command person_token_command;
extern const Command vault_seal_command;
extern const Command vault_open_command;
extern const Command vault_erase_command;
extern const Command submit_command;
extern const Command sign_command;
extern const Command import_spend_command;
extern const Command project_command;
extern const Command snapshot_keep_command;
extern const Command snapshot_list_command;
extern const Command snapshot_check_command;
extern const Command log_command;
extern const Command view_command;
extern const Command report_command;
extern const Command rules_command;
extern const Command verify_command;
extern const Command audit_verify_command;
extern const Command audit_evidence_command;
extern const Command audit_hledger_command;
extern const Command audit_sample_command;
extern const Command audit_reconcile_command;
extern const Command audit_at_command;
extern const Command audit_diff_command;
extern const Command audit_report_command;
extern const Command audit_explain_command;
extern const Command checkpoint_command;
extern const Command audit_checkpoint_command;
extern const Command audit_export_command;
extern const Command audit_proof_command;
extern const Command audit_witness_command;
extern const Command audit_cosign_command;
extern const Command serve_command;
extern const Command sequence_command;
extern const Command mirror_command;
extern const Command topics_check_command;
extern const Command status_command;
extern const Command demo_command;

std::span<const Command* const> commands();

}  // namespace braid::cli
