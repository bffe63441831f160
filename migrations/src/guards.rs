//! The text of the guarding triggers.
//!
//! - *Consent gate* (CONS-01, M1): minutes and their revisions are refused unless a window of the case's gate is open at the
//!   moment of writing. PostgreSQL locks the gate row `FOR SHARE` first; a plain check, and even SERIALIZABLE, lets minutes
//!   commit after a withdrawal has. Past windows are kept, so what is timed before the gate's last change counts as timed
//!   at it: a writer who took the time, then waited, does not slip through the window that was closed meanwhile.
//!   Who locks a row `FOR SHARE` passes by who waits to change it: many writers one after the other kept a withdrawal waiting
//!   until it gave up. So on PostgreSQL they stand in line by an advisory lock first, where nobody passes; it is for that alone.
//! - *Named* (I1): a revision of a case whose identity is protected is refused of somebody who is not named.
//! - *Nobody approves their own* (I1): who asked to hand something out does not answer.
//! - *Append only*: consents, their answers and withdrawals, phases, revisions and the audit log are never edited (C24, AUD-03), nor
//!   the figures of a year that were published: worked out anew after a late entry they would differ by one case (V11).
//! - *Approved is final*: approved minutes do not change (M5), but to be opened again where a reason is kept; what was approved stays.
//!   Whoever wrote a revision, or an addendum, cannot approve it.
//! - *Handed over* (M7): approved minutes only, and only between units that are covered at that moment.
//! - *Disposed of by two, a day apart* (L7): the keys of a case go only where its disposal was carried out, which the table itself keeps
//!   to two people and a day; what was stopped or carried out does not change, and what is gone is not written in again. So with what
//!   goes before its case: the keys of drafts that were never approved, and the words of the queue.
//! - *An item stays what it is*: minutes are of the item of their own case, so that an anonymous consultation has none (A1); no
//!   item becomes another kind or another case's (A3); and the text of a consultation, once erased, does not come back (A5).

mod postgres;
mod sqlite;

/// The two database engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded; bundled library.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

/// Tables whose rows are written once.
pub const APPEND_ONLY: [&str; 26] = [
    "access_log_review",
    "access_log_review_line",
    "addendum_answer",
    "audit",
    "case_export",
    "case_export_answer",
    "case_reader",
    "consent",
    "consent_acknowledgement",
    "consent_annulment",
    "consent_party",
    "consent_prevented",
    "consent_signature",
    "consent_withdrawal",
    "figure_release",
    "minutes_addendum",
    "minutes_approval",
    "minutes_dispatch",
    "minutes_reopening",
    "minutes_revision",
    "phase_change",
    "retention_hold",
    "retention_hold_lift",
    "retention_rule",
    "signature_receiver",
    "withdrawal_receiver",
];

/// How far the program's clock may be from the database's, in milliseconds (CONS-09).
const DRIFT_MS: i64 = 10_000;

/// All statements that put the guards up.
pub fn statements(engine: Engine) -> Vec<String> {
    match engine {
        Engine::Sqlite => sqlite::statements(),
        Engine::Postgres => postgres::statements(),
    }
}

/// All statements that take the guards down.
pub fn drop_all(engine: Engine) -> Vec<String> {
    match engine {
        Engine::Sqlite => {
            let mut names: Vec<String> = [
                "minutes_gate_insert",
                "minutes_gate_update",
                "revision_gate",
                "revision_named",
                "addendum_gate",
                "addendum_named",
                "addendum_answer_gate",
                "addendum_two",
                "approval_two",
                "dispatch_gate",
                "dispatch_named",
                "dispatch_approved",
                "export_two",
                "minutes_final",
                "minutes_approved_stays",
                "minutes_kept",
                "minutes_own_text",
                "minutes_of_case",
                "item_kind",
                "item_no_replace",
                "item_erased",
                "disposal_over",
                "disposal_kept",
                "disposal_clock",
                "case_key_kept",
                "case_key_gone",
                "draft_key_kept",
                "draft_key_same",
                "draft_key_gone",
                "words_kept",
                "words_gone",
                "case_disposed",
                "case_stays_disposed",
            ]
            .map(String::from)
            .to_vec();
            names.extend(
                APPEND_ONLY
                    .iter()
                    .flat_map(|table| ["update", "delete", "replace"].map(|verb| format!("{table}_no_{verb}"))),
            );
            names.into_iter().map(|name| format!("DROP TRIGGER IF EXISTS {name}")).collect()
        }
        Engine::Postgres => [
            "guard_gate(uuid, bigint, uuid)",
            "guard_dispatch()",
            "guard_minutes()",
            "guard_revision()",
            "guard_addendum_answer()",
            "guard_approval()",
            "guard_export()",
            "guard_item()",
            "guard_append_only()",
            "guard_disposal()",
            "guard_case_key()",
            "guard_draft_key()",
            "guard_words()",
            "guard_disposed()",
        ]
        .map(|function| format!("DROP FUNCTION IF EXISTS {function} CASCADE"))
        .to_vec(),
    }
}

/// Whether approved minutes go no further than back to their writer, with a reason that is kept of that revision.
const REOPENED: &str = "NEW.state = 'returned' AND NEW.revision = OLD.revision AND EXISTS (SELECT 1 FROM minutes_reopening o \
    WHERE o.minutes_id = OLD.id AND o.revision = OLD.revision)";
/// Whether what was approved last is what is approved in this moment.
const APPROVED: &str = "OLD.state = 'submitted' AND NEW.state = 'approved' AND NEW.approved_revision = NEW.revision";
/// Whether who answers to an addendum wrote it.
const OWN_ADDENDUM: &str =
    "EXISTS (SELECT 1 FROM minutes_addendum a WHERE a.id = NEW.addendum_id AND a.written_by = NEW.answered_by)";
/// Whether who approves minutes wrote in them.
const OWN_APPROVAL: &str =
    "EXISTS (SELECT 1 FROM minutes_revision r WHERE r.minutes_id = NEW.minutes_id AND r.written_by = NEW.by_person)";

/// Whether what is handed over is not what was approved last, or is under way again.
const NOT_APPROVED: &str = "NOT EXISTS (SELECT 1 FROM minutes m WHERE m.id = NEW.minutes_id AND m.case_id = NEW.case_id \
    AND m.state = 'approved' AND m.approved_revision = NEW.revision)";

/// Whether a case's disposal was carried out.
fn shredded(case: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM disposal d WHERE d.case_id = {case} AND d.kind = 'case_file' AND d.state = 'shredded')"
    )
}

/// Whether the drafts of a case were disposed of after a revision was written.
fn drafts_shredded(key: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM disposal d JOIN minutes_revision r ON r.case_id = d.case_id WHERE r.id = {key}.revision_id \
         AND d.kind = 'drafts' AND d.state = 'shredded' AND d.shredded_ms > r.written_ms)"
    )
}

/// Whether the revision a key opens was approved.
const KEY_OF_APPROVED: &str =
    "EXISTS (SELECT 1 FROM minutes_approval a WHERE a.minutes_id = OLD.minutes_id AND a.revision = OLD.number)";
/// Whether what a unit asked for a case was disposed of.
const WORDS_SHREDDED: &str = "EXISTS (SELECT 1 FROM disposal d WHERE d.case_id = OLD.case_id AND d.unit_id = OLD.unit_id \
    AND d.kind = 'queue_words' AND d.state = 'shredded')";

/// Whether who writes or hands over something of a protected case is not among those named: the last word about a person holds.
fn unnamed(who: &str, no: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.protection <> 'none') \
         AND NOT coalesce((SELECT r.named FROM case_reader r WHERE r.case_id = NEW.case_id \
           AND r.person_id = NEW.{who} ORDER BY r.at DESC, r.named LIMIT 1), {no})"
    )
}
