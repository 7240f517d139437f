#include "tools/braid/commands.hpp"

#include <array>

namespace braid::cli {

std::span<const Command* const> commands() {
  static constexpr std::array all = {
      &init_command,   &key_new_command,    &key_show_command,     &person_token_command,
      &submit_command, &sign_command,       &import_spend_command, &project_command,
      &log_command,    &view_command,       &report_command,       &rules_command,
      &verify_command, &checkpoint_command, &serve_command,        &sequence_command,
      &mirror_command, &topics_check_command, &status_command, &demo_command,
      // the views as they stood
      &snapshot_keep_command, &snapshot_list_command, &snapshot_check_command,
      // what is known of people, and forgotten
      &vault_seal_command, &vault_open_command, &vault_erase_command,
      // for auditors, witnesses and whoever else does not trust the operator
      &audit_verify_command, &audit_checkpoint_command, &audit_export_command,
      &audit_proof_command, &audit_witness_command, &audit_cosign_command,
      &audit_evidence_command, &audit_hledger_command, &audit_sample_command,
      &audit_reconcile_command,
      &audit_at_command, &audit_diff_command,
      &audit_report_command, &audit_explain_command,
  };
  return all;
}

}  // namespace braid::cli
