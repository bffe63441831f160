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
//! - *Append only*: consents, their answers and withdrawals, phases, revisions and the audit log are never edited (C24, AUD-03).
//! - *Approved is final*: approved minutes do not change (M5), and whoever wrote a revision cannot approve.
//! - *An item stays what it is*: minutes are of the item of their own case, so that an anonymous consultation has none (A1); no
//!   item becomes another kind or another case's (A3); and the text of a consultation, once erased, does not come back (A5).

/// The two database engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded; bundled library.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

/// Tables whose rows are written once.
pub const APPEND_ONLY: [&str; 17] = [
    "access_log_review",
    "access_log_review_line",
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
    "minutes_revision",
    "phase_change",
    "signature_receiver",
    "withdrawal_receiver",
];

/// How far the program's clock may be from the database's, in milliseconds (CONS-09).
const DRIFT_MS: i64 = 10_000;

/// All statements that put the guards up.
pub fn statements(engine: Engine) -> Vec<String> {
    match engine {
        Engine::Sqlite => sqlite(),
        Engine::Postgres => postgres(),
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
                "export_two",
                "minutes_final",
                "minutes_kept",
                "minutes_own_text",
                "minutes_of_case",
                "item_kind",
                "item_no_replace",
                "item_erased",
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
            "guard_gate(uuid, bigint)",
            "guard_minutes()",
            "guard_revision()",
            "guard_export()",
            "guard_item()",
            "guard_append_only()",
        ]
        .map(|function| format!("DROP FUNCTION IF EXISTS {function} CASCADE"))
        .to_vec(),
    }
}

/// Whether who writes a revision of a protected case is not among those named: the last word about a person holds.
fn unnamed(no: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.protection <> 'none') \
         AND NOT coalesce((SELECT r.named FROM case_reader r WHERE r.case_id = NEW.case_id \
           AND r.person_id = NEW.written_by ORDER BY r.at DESC, r.named LIMIT 1), {no})"
    )
}

fn sqlite() -> Vec<String> {
    const NOW_MS: &str = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
    let gate = |at: &str| {
        format!(
            "SELECT RAISE(ABORT, 'clock_differs') WHERE NOT EXISTS (SELECT 1 FROM installation WHERE clock = 'simulated') \
               AND abs(NEW.{at} - {NOW_MS}) > {DRIFT_MS}; \
             SELECT RAISE(ABORT, 'consent_missing') WHERE NOT EXISTS (SELECT 1 FROM case_gate_window w \
               JOIN case_gate g ON g.id = w.case_id WHERE w.case_id = NEW.case_id \
               AND w.opens_ms <= max(NEW.{at}, g.changed_ms) AND max(NEW.{at}, g.changed_ms) < w.closes_ms);"
        )
    };
    let mut all = vec![
        format!("CREATE TRIGGER minutes_gate_insert BEFORE INSERT ON minutes BEGIN {} END", gate("touched_ms")),
        format!(
            "CREATE TRIGGER minutes_gate_update BEFORE UPDATE ON minutes WHEN NEW.state <> 'returned' BEGIN {} END",
            gate("touched_ms")
        ),
        format!("CREATE TRIGGER revision_gate BEFORE INSERT ON minutes_revision BEGIN {} END", gate("written_ms")),
        format!(
            "CREATE TRIGGER revision_named BEFORE INSERT ON minutes_revision WHEN {} \
             BEGIN SELECT RAISE(ABORT, 'not_named'); END",
            unnamed("0")
        ),
        "CREATE TRIGGER export_two BEFORE INSERT ON case_export_answer \
           WHEN EXISTS (SELECT 1 FROM case_export e WHERE e.id = NEW.export_id AND e.asked_by = NEW.answered_by) \
           BEGIN SELECT RAISE(ABORT, 'own_export'); END"
            .into(),
        "CREATE TRIGGER minutes_final BEFORE UPDATE ON minutes WHEN OLD.state = 'approved' \
           BEGIN SELECT RAISE(ABORT, 'minutes_final'); END"
            .into(),
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
    ];
    for table in APPEND_ONLY {
        for verb in ["update", "delete"] {
            all.push(format!(
                "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            ));
        }
        // INSERT OR REPLACE would overwrite a row past the two triggers above.
        let same = match table {
            "audit" => "k.seq = NEW.seq",
            "consent_acknowledgement" | "consent_party" => "k.consent_id = NEW.consent_id AND k.unit_id = NEW.unit_id",
            "case_export_answer" => "k.export_id = NEW.export_id",
            "consent_annulment" => "k.consent_id = NEW.consent_id",
            "consent_prevented" => "k.consent_id = NEW.consent_id AND k.guardian_id = NEW.guardian_id",
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

fn postgres() -> Vec<String> {
    let mut all = vec![
        format!(
            "CREATE FUNCTION guard_gate(the_case uuid, at_ms bigint) RETURNS void LANGUAGE plpgsql AS $$ \
             DECLARE counts_ms bigint; \
             BEGIN \
               IF NOT EXISTS (SELECT 1 FROM installation WHERE clock = 'simulated') \
                  AND abs(at_ms - (extract(epoch FROM clock_timestamp()) * 1000)::bigint) > {DRIFT_MS} THEN \
                 RAISE EXCEPTION 'clock_differs' USING ERRCODE = '23514'; \
               END IF; \
               PERFORM pg_advisory_xact_lock_shared(hashtextextended(the_case::text, 0)); \
               SELECT greatest(at_ms, changed_ms) INTO counts_ms FROM case_gate WHERE id = the_case FOR SHARE; \
               IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM case_gate_window w \
                  WHERE w.case_id = the_case AND w.opens_ms <= counts_ms AND counts_ms < w.closes_ms) THEN \
                 RAISE EXCEPTION 'consent_missing' USING ERRCODE = '23514'; \
               END IF; \
             END $$"
        ),
        "CREATE FUNCTION guard_minutes() RETURNS trigger LANGUAGE plpgsql AS $$ \
         BEGIN \
           IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'append_only' USING ERRCODE = '23514'; END IF; \
           IF TG_OP = 'UPDATE' AND OLD.state = 'approved' THEN RAISE EXCEPTION 'minutes_final' USING ERRCODE = '23514'; END IF; \
           IF NEW.state = 'approved' AND EXISTS (SELECT 1 FROM minutes_revision r \
              WHERE r.minutes_id = NEW.id AND r.written_by = NEW.approved_by) THEN \
             RAISE EXCEPTION 'own_text' USING ERRCODE = '23514'; \
           END IF; \
           IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT 1 FROM agenda_item i \
              WHERE i.id = NEW.item_id AND i.case_id = NEW.case_id) THEN \
             RAISE EXCEPTION 'item_differs' USING ERRCODE = '23514'; \
           END IF; \
           IF TG_OP = 'INSERT' OR NEW.state <> 'returned' THEN PERFORM guard_gate(NEW.case_id, NEW.touched_ms); END IF; \
           RETURN NEW; \
         END $$"
            .into(),
        "CREATE TRIGGER minutes_guard BEFORE INSERT OR UPDATE OR DELETE ON minutes FOR EACH ROW EXECUTE FUNCTION guard_minutes()".into(),
        format!(
            "CREATE FUNCTION guard_revision() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               PERFORM guard_gate(NEW.case_id, NEW.written_ms); \
               IF {} THEN RAISE EXCEPTION 'not_named' USING ERRCODE = '23514'; END IF; \
               RETURN NEW; \
             END $$",
            unnamed("false")
        ),
        "CREATE FUNCTION guard_export() RETURNS trigger LANGUAGE plpgsql AS $$ \
         BEGIN \
           IF EXISTS (SELECT 1 FROM case_export e WHERE e.id = NEW.export_id AND e.asked_by = NEW.answered_by) THEN \
             RAISE EXCEPTION 'own_export' USING ERRCODE = '23514'; \
           END IF; \
           RETURN NEW; \
         END $$"
            .into(),
        "CREATE TRIGGER export_two BEFORE INSERT ON case_export_answer FOR EACH ROW EXECUTE FUNCTION guard_export()".into(),
        "CREATE TRIGGER revision_gate BEFORE INSERT ON minutes_revision FOR EACH ROW EXECUTE FUNCTION guard_revision()".into(),
        "CREATE FUNCTION guard_item() RETURNS trigger LANGUAGE plpgsql AS $$ \
         BEGIN \
           IF NEW.kind <> OLD.kind OR NEW.case_id IS DISTINCT FROM OLD.case_id THEN \
             RAISE EXCEPTION 'item_kind' USING ERRCODE = '23514'; \
           END IF; \
           IF OLD.kind = 'anonymous' AND OLD.title IS NULL AND NEW.title IS NOT NULL THEN \
             RAISE EXCEPTION 'item_erased' USING ERRCODE = '23514'; \
           END IF; \
           RETURN NEW; \
         END $$"
            .into(),
        "CREATE TRIGGER item_guard BEFORE UPDATE ON agenda_item FOR EACH ROW EXECUTE FUNCTION guard_item()".into(),
        "CREATE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ \
         BEGIN RAISE EXCEPTION 'append_only' USING ERRCODE = '23514'; END $$"
            .into(),
    ];
    for table in APPEND_ONLY {
        all.push(format!(
            "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION guard_append_only()"
        ));
        all.push(format!(
            "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()"
        ));
    }
    all
}
