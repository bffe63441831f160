//! What a database is held against after a kill: all of a change is there, or nothing of it.

use domain::id::CaseId;
use sea_orm::{DatabaseConnection, DbBackend};
use uuid::Uuid;

use super::at_work::{People, first, rows};
use crate::world::TestResult;

/// What goes together: each of these pairs gives the same ids, each as often. One statement asks for both: on a server the last
/// change of whoever was killed may come to its end between two.
const TOGETHER: &[(&str, &str)] = &[
    // A case has its guardians, its key, its gate and its line in the log.
    ("SELECT id FROM case_file", "SELECT id FROM case_gate"),
    ("SELECT id FROM case_file", "SELECT case_id FROM case_key"),
    ("SELECT id FROM case_file", "SELECT case_id FROM guardian GROUP BY case_id HAVING count(*) = 2"),
    ("SELECT id FROM case_file", "SELECT case_id FROM audit WHERE action = 'case_registered'"),
    // A consent has everybody's signature, each with all who are named; who recorded it holds it; and the gate is open to them.
    ("SELECT id FROM consent", "SELECT consent_id FROM consent_signature GROUP BY consent_id HAVING count(*) = 2"),
    (
        "SELECT id FROM consent_signature",
        "SELECT signature_id FROM signature_receiver GROUP BY signature_id HAVING count(*) = 4",
    ),
    (
        "SELECT id FROM consent",
        "SELECT k.consent_id FROM consent_acknowledgement k JOIN consent c ON c.id = k.consent_id \
         WHERE c.recorded_unit = k.unit_id",
    ),
    (
        "SELECT DISTINCT case_id FROM consent",
        "SELECT case_id FROM case_gate_window GROUP BY case_id HAVING count(DISTINCT unit_id) = 4",
    ),
    ("SELECT id FROM consent", "SELECT basis_id FROM audit WHERE action = 'consent_recorded'"),
    (
        "SELECT DISTINCT c.case_id FROM consent_acknowledgement k JOIN consent c ON c.id = k.consent_id \
         WHERE c.recorded_unit <> k.unit_id",
        "SELECT DISTINCT case_id FROM audit WHERE action = 'consent_acknowledged'",
    ),
    // An agenda has its items in their places, and a meeting that everybody was called to has them called.
    ("SELECT case_id FROM agenda_item", "SELECT case_id FROM audit WHERE action = 'agenda_changed'"),
    (
        "SELECT meeting_id FROM agenda_item GROUP BY meeting_id",
        "SELECT meeting_id FROM agenda_item GROUP BY meeting_id \
         HAVING count(DISTINCT position) = count(*) AND min(position) = 0 AND max(position) = count(*) - 1",
    ),
    (
        "SELECT id FROM meeting WHERE published_at IS NOT NULL",
        "SELECT subject_id FROM audit WHERE action = 'meeting_published'",
    ),
    ("SELECT id FROM meeting WHERE published_at IS NOT NULL", "SELECT id FROM meeting WHERE state <> 'draft'"),
    (
        "SELECT id FROM meeting WHERE published_at IS NOT NULL",
        "SELECT meeting_id FROM invitation GROUP BY meeting_id HAVING count(*) = 4",
    ),
    (
        "SELECT '{\"invitation\":\"' || {id} || '\"}' FROM invitation",
        "SELECT payload FROM job WHERE kind = 'invitation_mail'",
    ),
    // A meeting runs or is over, and is written down so; who came in as well.
    (
        "SELECT id FROM meeting WHERE opened_at IS NOT NULL",
        "SELECT subject_id FROM audit WHERE action = 'meeting_opened'",
    ),
    (
        "SELECT id FROM meeting WHERE opened_at IS NOT NULL",
        "SELECT id FROM meeting WHERE state = 'running' OR state = 'held'",
    ),
    (
        "SELECT id FROM meeting WHERE closed_at IS NOT NULL",
        "SELECT subject_id FROM audit WHERE action = 'meeting_closed'",
    ),
    ("SELECT id FROM meeting WHERE closed_at IS NOT NULL", "SELECT id FROM meeting WHERE state = 'held'"),
    ("SELECT id FROM attendance", "SELECT subject_id FROM audit WHERE action = 'attendance_changed'"),
    (
        "SELECT a.id FROM attendance a WHERE a.left_at IS NOT NULL",
        "SELECT a.id FROM attendance a JOIN meeting m ON m.id = a.meeting_id WHERE m.state = 'held'",
    ),
    // An item that was begun has its minutes. The one that is open is its meeting's current one: there is at most one.
    (
        "SELECT id FROM agenda_item WHERE opened_at IS NOT NULL",
        "SELECT subject_id FROM audit WHERE action = 'item_opened'",
    ),
    (
        "SELECT id FROM agenda_item WHERE opened_at IS NOT NULL",
        "SELECT id FROM agenda_item WHERE state = 'open' OR state = 'done'",
    ),
    ("SELECT id FROM agenda_item WHERE opened_at IS NOT NULL", "SELECT item_id FROM minutes"),
    ("SELECT id FROM agenda_item WHERE closed_at IS NOT NULL", "SELECT id FROM agenda_item WHERE state = 'done'"),
    (
        "SELECT id FROM agenda_item WHERE state = 'open'",
        "SELECT i.id FROM meeting m JOIN agenda_item i ON i.id = m.current_item_id AND i.meeting_id = m.id \
         WHERE m.state = 'running'",
    ),
    (
        "SELECT current_item_id FROM meeting WHERE current_item_id IS NOT NULL",
        "SELECT id FROM agenda_item WHERE state = 'open'",
    ),
    (
        "SELECT i.id FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id WHERE i.state = 'done' \
         AND (m.closed_at IS NULL OR m.closed_at <> i.closed_at)",
        "SELECT subject_id FROM audit WHERE action = 'item_closed'",
    ),
    // Every version up to the last is there once, and in the log, which holds what it came to.
    (
        "SELECT id FROM minutes_revision",
        "SELECT subject_id FROM audit WHERE action = 'minutes_saved' AND digest IS NOT NULL",
    ),
    // And none without the key that opens it.
    ("SELECT id FROM minutes_revision", "SELECT revision_id FROM draft_key"),
    (
        "SELECT id FROM minutes WHERE revision > 0",
        "SELECT m.id FROM minutes m JOIN minutes_revision r ON r.minutes_id = m.id GROUP BY m.id, m.revision \
         HAVING count(*) = m.revision AND count(DISTINCT r.number) = m.revision AND min(r.number) = 1 \
         AND max(r.number) = m.revision",
    ),
    // The undertakings are those of what was approved last, or before that of what was written last.
    (
        "SELECT id FROM minutes WHERE revision > 0",
        "SELECT m.id FROM minutes m JOIN action_item a ON a.minutes_id = m.id \
         GROUP BY m.id, m.revision, m.approved_revision HAVING count(*) = coalesce(m.approved_revision, m.revision)",
    ),
    (
        "SELECT id FROM action_item WHERE done_at IS NOT NULL",
        "SELECT subject_id FROM audit WHERE action = 'action_item_done'",
    ),
    // What was handed in was answered, or waits.
    (
        "SELECT minutes_id FROM review_note UNION ALL SELECT minutes_id FROM minutes_approval \
         UNION ALL SELECT id FROM minutes WHERE state = 'submitted'",
        "SELECT subject_id FROM audit WHERE action = 'minutes_submitted'",
    ),
    ("SELECT minutes_id FROM review_note", "SELECT subject_id FROM audit WHERE action = 'minutes_returned'"),
    ("SELECT minutes_id FROM minutes_approval", "SELECT subject_id FROM audit WHERE action = 'minutes_approved'"),
    (
        "SELECT m.id FROM minutes m WHERE m.approved_revision IS NOT NULL",
        "SELECT m.id FROM minutes m JOIN minutes_approval a ON a.minutes_id = m.id GROUP BY m.id, m.approved_revision \
         HAVING max(a.revision) = m.approved_revision",
    ),
    (
        "SELECT id FROM minutes WHERE state = 'approved'",
        "SELECT m.id FROM minutes m JOIN minutes_approval a ON a.minutes_id = m.id AND a.revision = m.revision \
         AND a.by_person = m.approved_by WHERE NOT EXISTS \
         (SELECT 1 FROM minutes_reopening o WHERE o.minutes_id = m.id AND o.revision = m.revision)",
    ),
    ("SELECT minutes_id FROM minutes_reopening", "SELECT subject_id FROM audit WHERE action = 'minutes_reopened'"),
    // What was handed over went to both units at once; that is in the log, and one of each unit is to be told.
    ("SELECT case_id FROM minutes_dispatch", "SELECT case_id FROM audit WHERE action = 'minutes_dispatched'"),
    ("SELECT to_unit FROM minutes_dispatch", "SELECT subject_id FROM audit WHERE action = 'minutes_dispatched'"),
    (
        "SELECT minutes_id FROM minutes_dispatch GROUP BY minutes_id, at",
        "SELECT minutes_id FROM minutes_dispatch GROUP BY minutes_id, at HAVING count(DISTINCT to_unit) = 2",
    ),
    (
        "SELECT kind FROM job WHERE kind = 'minutes_news' AND payload LIKE '%\"handed_to\":\"%'",
        "SELECT 'minutes_news' FROM minutes_dispatch",
    ),
    // What was added and what became of it.
    (
        "SELECT id FROM minutes_addendum",
        "SELECT subject_id FROM audit WHERE action = 'addendum_written' AND digest IS NOT NULL",
    ),
    ("SELECT addendum_id FROM addendum_answer", "SELECT subject_id FROM audit WHERE action = 'addendum_approved'"),
];

/// Nothing is there without what belongs to it.
pub async fn nothing_by_halves(raw: &DatabaseConnection, round: u32) -> TestResult {
    // As the program writes ids into JSON.
    let id = match raw.get_database_backend() {
        DbBackend::Sqlite => {
            "lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' \
             || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21))"
        }
        _ => "CAST(id AS text)",
    };
    for (these, those) in TOGETHER {
        let sql = format!(
            "WITH these (what) AS ({these}), those (what) AS ({those}) \
             SELECT count(*) FROM (SELECT what FROM (SELECT what, 1 AS n FROM these \
             UNION ALL SELECT what, -1 AS n FROM those) b GROUP BY what HAVING sum(n) <> 0) d"
        );
        let sql = sql.replace("{id}", id);
        let alone: i64 = first(raw, &sql).await?.ok_or("an answer")?;
        assert_eq!(alone, 0, "after kill {round}, {alone} in one of these and not in the other: {these} | {those}");
    }
    let readers: i64 = first(raw, TOLD).await?.ok_or("an answer")?;
    assert!(readers >= 0, "after kill {round}: {readers} who had read were not told");
    Ok(())
}

/// Letters to those who had read minutes, less what they are to be told of: there is a reader before any of it.
const TOLD: &str = "SELECT (SELECT count(*) FROM job WHERE kind = 'minutes_news' AND payload LIKE '%\"handed_to\":null%') \
    - (SELECT count(*) FROM minutes_reopening) - (SELECT count(*) FROM addendum_answer) \
    - (SELECT count(*) FROM minutes_approval a WHERE EXISTS \
       (SELECT 1 FROM minutes_reopening o WHERE o.minutes_id = a.minutes_id AND o.revision < a.revision))";

/// The database itself is sound. PostgreSQL sees to that: its server was not killed.
pub async fn sound(raw: &DatabaseConnection, round: u32) -> TestResult {
    if raw.get_database_backend() == DbBackend::Sqlite {
        let said: Option<String> = first(raw, "PRAGMA integrity_check").await?;
        assert_eq!(said.as_deref(), Some("ok"), "after kill {round}");
        assert!(rows(raw, "PRAGMA foreign_key_check").await?.is_empty(), "after kill {round}");
    }
    Ok(())
}

/// The case that was registered last, and at which table.
pub async fn newest_case(raw: &DatabaseConnection, people: &People) -> backend::Result<Option<(usize, CaseId)>> {
    let sql = "SELECT id, registered_by FROM case_file ORDER BY registered_at DESC LIMIT 1";
    let Some(row) = rows(raw, sql).await?.pop() else { return Ok(None) };
    let (case, by): (Uuid, Uuid) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let table = people.registrars.iter().position(|one| one.person.uuid() == by);
    Ok(table.map(|table| (table, CaseId::from_uuid(case))))
}
