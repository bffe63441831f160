//! The guards on SQLite: a trigger for each.

use super::{
    APPEND_ONLY, APPROVED, DRIFT_MS, KEY_OF_APPROVED, NOT_APPROVED, OWN_ADDENDUM, OWN_APPROVAL, REOPENED,
    WORDS_SHREDDED, drafts_shredded, shredded, unnamed,
};

pub(super) fn statements() -> Vec<String> {
    let mut all = of_consent();
    all.extend(of_names());
    all.extend(of_minutes());
    all.extend(of_disposal());
    all.extend(of_working_material());
    all.extend(written_once());
    all
}

/// What asks whether consent covers it at that moment.
fn of_consent() -> Vec<String> {
    // Whether a window is open at that moment that this holds for.
    let window = |at: &str, of: &str| {
        format!(
            "SELECT RAISE(ABORT, 'consent_missing') WHERE NOT EXISTS (SELECT 1 FROM case_gate_window w \
               JOIN case_gate g ON g.id = w.case_id WHERE w.case_id = NEW.case_id {of} \
               AND w.opens_ms <= max(NEW.{at}, g.changed_ms) AND max(NEW.{at}, g.changed_ms) < w.closes_ms);"
        )
    };
    let gate = |at: &str| format!("{} {}", clock(&format!("NEW.{at}")), window(at, ""));
    vec![
        format!("CREATE TRIGGER minutes_gate_insert BEFORE INSERT ON minutes BEGIN {} END", gate("touched_ms")),
        format!(
            "CREATE TRIGGER minutes_gate_update BEFORE UPDATE ON minutes WHEN NEW.state <> 'returned' BEGIN {} END",
            gate("touched_ms")
        ),
        format!("CREATE TRIGGER revision_gate BEFORE INSERT ON minutes_revision BEGIN {} END", gate("written_ms")),
        format!("CREATE TRIGGER addendum_gate BEFORE INSERT ON minutes_addendum BEGIN {} END", gate("written_ms")),
        format!(
            "CREATE TRIGGER addendum_answer_gate BEFORE INSERT ON addendum_answer WHEN NEW.approved BEGIN {} END",
            gate("answered_ms")
        ),
        format!(
            "CREATE TRIGGER dispatch_gate BEFORE INSERT ON minutes_dispatch BEGIN {} {} {} END",
            clock("NEW.at_ms"),
            window("at_ms", "AND w.unit_id = NEW.from_unit"),
            window("at_ms", "AND w.unit_id = NEW.to_unit")
        ),
    ]
}

/// Refuses what is timed far from the database's own clock.
fn clock(at: &str) -> String {
    const NOW_MS: &str = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
    format!(
        "SELECT RAISE(ABORT, 'clock_differs') WHERE NOT EXISTS (SELECT 1 FROM installation WHERE clock = 'simulated') \
           AND abs({at} - {NOW_MS}) > {DRIFT_MS};"
    )
}

/// What asks who does it: of protected cases somebody named, and nobody answers to their own.
fn of_names() -> Vec<String> {
    vec![
        format!(
            "CREATE TRIGGER dispatch_named BEFORE INSERT ON minutes_dispatch WHEN {} \
             BEGIN SELECT RAISE(ABORT, 'not_named'); END",
            unnamed("by_person", "0")
        ),
        format!(
            "CREATE TRIGGER revision_named BEFORE INSERT ON minutes_revision WHEN {} \
             BEGIN SELECT RAISE(ABORT, 'not_named'); END",
            unnamed("written_by", "0")
        ),
        format!(
            "CREATE TRIGGER addendum_named BEFORE INSERT ON minutes_addendum WHEN {} \
             BEGIN SELECT RAISE(ABORT, 'not_named'); END",
            unnamed("written_by", "0")
        ),
        format!(
            "CREATE TRIGGER addendum_two BEFORE INSERT ON addendum_answer WHEN {OWN_ADDENDUM} \
             BEGIN SELECT RAISE(ABORT, 'own_text'); END"
        ),
        format!(
            "CREATE TRIGGER approval_two BEFORE INSERT ON minutes_approval WHEN {OWN_APPROVAL} \
             BEGIN SELECT RAISE(ABORT, 'own_text'); END"
        ),
        "CREATE TRIGGER export_two BEFORE INSERT ON case_export_answer \
           WHEN EXISTS (SELECT 1 FROM case_export e WHERE e.id = NEW.export_id AND e.asked_by = NEW.answered_by) \
           BEGIN SELECT RAISE(ABORT, 'own_export'); END"
            .into(),
    ]
}

/// What holds minutes, items and what is handed over to their states.
fn of_minutes() -> Vec<String> {
    vec![
        format!(
            "CREATE TRIGGER dispatch_approved BEFORE INSERT ON minutes_dispatch WHEN {NOT_APPROVED} \
             BEGIN SELECT RAISE(ABORT, 'not_approved'); END"
        ),
        format!(
            "CREATE TRIGGER minutes_final BEFORE UPDATE ON minutes WHEN OLD.state = 'approved' AND NOT ({REOPENED}) \
             BEGIN SELECT RAISE(ABORT, 'minutes_final'); END"
        ),
        format!(
            "CREATE TRIGGER minutes_approved_stays BEFORE UPDATE ON minutes \
             WHEN NEW.approved_revision IS NOT OLD.approved_revision AND NOT ({APPROVED}) \
             BEGIN SELECT RAISE(ABORT, 'minutes_final'); END"
        ),
        "CREATE TRIGGER minutes_kept BEFORE DELETE ON minutes BEGIN SELECT RAISE(ABORT, 'append_only'); END".into(),
        "CREATE TRIGGER minutes_own_text BEFORE UPDATE ON minutes WHEN NEW.state = 'approved' \
           AND EXISTS (SELECT 1 FROM minutes_revision r WHERE r.minutes_id = NEW.id AND r.written_by = NEW.approved_by) \
           BEGIN SELECT RAISE(ABORT, 'own_text'); END"
            .into(),
        "CREATE TRIGGER minutes_of_case BEFORE INSERT ON minutes \
           WHEN NOT EXISTS (SELECT 1 FROM agenda_item i WHERE i.id = NEW.item_id AND i.case_id = NEW.case_id) \
           BEGIN SELECT RAISE(ABORT, 'item_differs'); END"
            .into(),
        "CREATE TRIGGER item_kind BEFORE UPDATE ON agenda_item \
           WHEN NEW.kind <> OLD.kind OR NEW.case_id IS NOT OLD.case_id \
           BEGIN SELECT RAISE(ABORT, 'item_kind'); END"
            .into(),
        "CREATE TRIGGER item_no_replace BEFORE INSERT ON agenda_item \
           WHEN EXISTS (SELECT 1 FROM agenda_item k WHERE k.id = NEW.id) \
           BEGIN SELECT RAISE(ABORT, 'item_kind'); END"
            .into(),
        "CREATE TRIGGER item_erased BEFORE UPDATE ON agenda_item \
           WHEN OLD.kind = 'anonymous' AND OLD.title IS NULL AND NEW.title IS NOT NULL \
           BEGIN SELECT RAISE(ABORT, 'item_erased'); END"
            .into(),
    ]
}

/// What lets a case go only by its disposal.
fn of_disposal() -> Vec<String> {
    vec![
        "CREATE TRIGGER disposal_over BEFORE UPDATE ON disposal WHEN OLD.state IN ('stopped', 'shredded') \
           OR NEW.case_id <> OLD.case_id OR NEW.kind <> OLD.kind OR NEW.unit_id <> OLD.unit_id \
           OR NEW.proposed_by <> OLD.proposed_by \
           OR (OLD.approved_by IS NOT NULL AND (NEW.approved_by IS NOT OLD.approved_by OR NEW.approved_ms IS NOT OLD.approved_ms)) \
           BEGIN SELECT RAISE(ABORT, 'disposal_over'); END"
            .into(),
        "CREATE TRIGGER disposal_kept BEFORE DELETE ON disposal BEGIN SELECT RAISE(ABORT, 'append_only'); END".into(),
        format!(
            "CREATE TRIGGER disposal_clock BEFORE UPDATE ON disposal WHEN NEW.state IN ('approved', 'shredded') BEGIN {} END",
            clock("coalesce(NEW.shredded_ms, NEW.approved_ms)")
        ),
        format!(
            "CREATE TRIGGER case_key_kept BEFORE DELETE ON case_key WHEN NOT {} \
             BEGIN SELECT RAISE(ABORT, 'not_disposed'); END",
            shredded("OLD.case_id")
        ),
        format!(
            "CREATE TRIGGER case_key_gone BEFORE INSERT ON case_key WHEN {} \
             BEGIN SELECT RAISE(ABORT, 'disposed'); END",
            shredded("NEW.case_id")
        ),
        format!(
            "CREATE TRIGGER case_disposed BEFORE UPDATE ON case_file \
             WHEN OLD.disposed_at IS NULL AND NEW.disposed_at IS NOT NULL AND NOT {} \
             BEGIN SELECT RAISE(ABORT, 'not_disposed'); END",
            shredded("NEW.id")
        ),
        "CREATE TRIGGER case_stays_disposed BEFORE UPDATE ON case_file WHEN OLD.disposed_at IS NOT NULL \
           BEGIN SELECT RAISE(ABORT, 'disposed'); END"
            .into(),
    ]
}

/// What lets drafts and the words of the queue go only by their disposal.
fn of_working_material() -> Vec<String> {
    vec![
        format!(
            "CREATE TRIGGER draft_key_kept BEFORE DELETE ON draft_key WHEN {KEY_OF_APPROVED} OR NOT {} \
             BEGIN SELECT RAISE(ABORT, 'not_disposed'); END",
            drafts_shredded("OLD")
        ),
        "CREATE TRIGGER draft_key_same BEFORE UPDATE ON draft_key BEGIN SELECT RAISE(ABORT, 'append_only'); END".into(),
        // INSERT OR REPLACE would overwrite a key past the two triggers above.
        format!(
            "CREATE TRIGGER draft_key_gone BEFORE INSERT ON draft_key \
             WHEN EXISTS (SELECT 1 FROM draft_key k WHERE k.revision_id = NEW.revision_id) OR {} \
             BEGIN SELECT RAISE(ABORT, 'disposed'); END",
            drafts_shredded("NEW")
        ),
        format!(
            "CREATE TRIGGER words_kept BEFORE UPDATE ON proposal \
             WHEN length(OLD.question) > 0 AND length(NEW.question) = 0 AND NOT {WORDS_SHREDDED} \
             BEGIN SELECT RAISE(ABORT, 'not_disposed'); END"
        ),
        "CREATE TRIGGER words_gone BEFORE UPDATE ON proposal WHEN length(OLD.question) = 0 AND length(NEW.question) > 0 \
           BEGIN SELECT RAISE(ABORT, 'disposed'); END"
            .into(),
    ]
}

/// What keeps rows as they were written.
fn written_once() -> Vec<String> {
    let mut all = Vec::new();
    for table in APPEND_ONLY {
        for verb in ["update", "delete"] {
            all.push(format!(
                "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            ));
        }
        // INSERT OR REPLACE would overwrite a row past the two triggers above.
        let same = match table {
            "audit" => "k.seq = NEW.seq",
            "addendum_answer" => "k.addendum_id = NEW.addendum_id",
            "consent_acknowledgement" | "consent_party" => "k.consent_id = NEW.consent_id AND k.unit_id = NEW.unit_id",
            "case_export_answer" => "k.export_id = NEW.export_id",
            "retention_hold_lift" => "k.hold_id = NEW.hold_id",
            "consent_annulment" => "k.consent_id = NEW.consent_id",
            "consent_prevented" => "k.consent_id = NEW.consent_id AND k.guardian_id = NEW.guardian_id",
            "figure_release" => "k.first_year = NEW.first_year",
            "signature_receiver" => "k.signature_id = NEW.signature_id AND k.unit_id = NEW.unit_id",
            "withdrawal_receiver" => "k.withdrawal_id = NEW.withdrawal_id AND k.unit_id = NEW.unit_id",
            _ => "k.id = NEW.id",
        };
        all.push(format!(
            "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} k WHERE {same}) \
             BEGIN SELECT RAISE(ABORT, 'append_only'); END"
        ));
    }
    all
}
