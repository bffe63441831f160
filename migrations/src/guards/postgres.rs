//! The guards on PostgreSQL: functions, and the triggers that call them.

use super::{
    APPEND_ONLY, APPROVED, DRIFT_MS, KEY_OF_APPROVED, NOT_APPROVED, OWN_ADDENDUM, OWN_APPROVAL, REOPENED,
    WORDS_SHREDDED, drafts_shredded, shredded, unnamed,
};

pub(super) fn statements() -> Vec<String> {
    let mut all = vec![gate()];
    all.extend(of_minutes());
    all.extend(of_others());
    all.extend(of_disposal());
    all.extend(of_working_material());
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

/// The one that asks for consent.
fn gate() -> String {
    format!(
        "CREATE FUNCTION guard_gate(the_case uuid, at_ms bigint, the_unit uuid DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$ \
             DECLARE counts_ms bigint; \
             BEGIN \
               IF NOT EXISTS (SELECT 1 FROM installation WHERE clock = 'simulated') \
                  AND abs(at_ms - (extract(epoch FROM clock_timestamp()) * 1000)::bigint) > {DRIFT_MS} THEN \
                 RAISE EXCEPTION 'clock_differs' USING ERRCODE = '23514'; \
               END IF; \
               PERFORM pg_advisory_xact_lock_shared(hashtextextended(the_case::text, 0)); \
               SELECT greatest(at_ms, changed_ms) INTO counts_ms FROM case_gate WHERE id = the_case FOR SHARE; \
               IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM case_gate_window w \
                  WHERE w.case_id = the_case AND (the_unit IS NULL OR w.unit_id = the_unit) AND w.opens_ms <= counts_ms AND counts_ms < w.closes_ms) THEN \
                 RAISE EXCEPTION 'consent_missing' USING ERRCODE = '23514'; \
               END IF; \
             END $$"
    )
}

/// Minutes, their revisions, approvals and addenda.
fn of_minutes() -> Vec<String> {
    vec![
        format!(
                "CREATE FUNCTION guard_minutes() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'append_only' USING ERRCODE = '23514'; END IF; \
               IF TG_OP = 'UPDATE' AND OLD.state = 'approved' AND NOT ({REOPENED}) THEN \
                 RAISE EXCEPTION 'minutes_final' USING ERRCODE = '23514'; \
               END IF; \
               IF TG_OP = 'UPDATE' AND NEW.approved_revision IS DISTINCT FROM OLD.approved_revision AND NOT ({APPROVED}) THEN \
                 RAISE EXCEPTION 'minutes_final' USING ERRCODE = '23514'; \
               END IF; \
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
        ),
        "CREATE TRIGGER minutes_guard BEFORE INSERT OR UPDATE OR DELETE ON minutes FOR EACH ROW EXECUTE FUNCTION guard_minutes()".into(),
        format!(
            "CREATE FUNCTION guard_revision() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               PERFORM guard_gate(NEW.case_id, NEW.written_ms); \
               IF {} THEN RAISE EXCEPTION 'not_named' USING ERRCODE = '23514'; END IF; \
               RETURN NEW; \
             END $$",
            unnamed("written_by", "false")
        ),
        format!(
            "CREATE FUNCTION guard_addendum_answer() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               IF {OWN_ADDENDUM} THEN RAISE EXCEPTION 'own_text' USING ERRCODE = '23514'; END IF; \
               IF NEW.approved THEN PERFORM guard_gate(NEW.case_id, NEW.answered_ms); END IF; \
               RETURN NEW; \
             END $$"
        ),
        "CREATE TRIGGER addendum_two BEFORE INSERT ON addendum_answer FOR EACH ROW EXECUTE FUNCTION guard_addendum_answer()".into(),
        format!(
            "CREATE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               IF {OWN_APPROVAL} THEN RAISE EXCEPTION 'own_text' USING ERRCODE = '23514'; END IF; \
               RETURN NEW; \
             END $$"
        ),
        format!(
            "CREATE FUNCTION guard_dispatch() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               PERFORM guard_gate(NEW.case_id, NEW.at_ms, NEW.from_unit); \
               PERFORM guard_gate(NEW.case_id, NEW.at_ms, NEW.to_unit); \
               IF {} THEN RAISE EXCEPTION 'not_named' USING ERRCODE = '23514'; END IF; \
               IF {NOT_APPROVED} THEN RAISE EXCEPTION 'not_approved' USING ERRCODE = '23514'; END IF; \
               RETURN NEW; \
             END $$",
            unnamed("by_person", "false")
        ),
        "CREATE TRIGGER dispatch_gate BEFORE INSERT ON minutes_dispatch FOR EACH ROW EXECUTE FUNCTION guard_dispatch()".into(),
        "CREATE TRIGGER approval_two BEFORE INSERT ON minutes_approval FOR EACH ROW EXECUTE FUNCTION guard_approval()".into(),
        "CREATE TRIGGER addendum_gate BEFORE INSERT ON minutes_addendum FOR EACH ROW EXECUTE FUNCTION guard_revision()".into(),
        "CREATE TRIGGER revision_gate BEFORE INSERT ON minutes_revision FOR EACH ROW EXECUTE FUNCTION guard_revision()".into(),
    ]
}

/// Handing out, the items of an agenda, and what is written once.
fn of_others() -> Vec<String> {
    vec![
        "CREATE FUNCTION guard_export() RETURNS trigger LANGUAGE plpgsql AS $$ \
         BEGIN \
           IF EXISTS (SELECT 1 FROM case_export e WHERE e.id = NEW.export_id AND e.asked_by = NEW.answered_by) THEN \
             RAISE EXCEPTION 'own_export' USING ERRCODE = '23514'; \
           END IF; \
           RETURN NEW; \
         END $$"
            .into(),
        "CREATE TRIGGER export_two BEFORE INSERT ON case_export_answer FOR EACH ROW EXECUTE FUNCTION guard_export()"
            .into(),
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
    ]
}

/// What lets a case go only by its disposal.
fn of_disposal() -> Vec<String> {
    vec![
        format!(
            "CREATE FUNCTION guard_disposal() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'append_only' USING ERRCODE = '23514'; END IF; \
               IF OLD.state IN ('stopped', 'shredded') OR NEW.case_id <> OLD.case_id OR NEW.kind <> OLD.kind OR NEW.unit_id <> OLD.unit_id \
                  OR NEW.proposed_by <> OLD.proposed_by \
                  OR (OLD.approved_by IS NOT NULL AND (NEW.approved_by IS DISTINCT FROM OLD.approved_by \
                      OR NEW.approved_ms IS DISTINCT FROM OLD.approved_ms)) THEN \
                 RAISE EXCEPTION 'disposal_over' USING ERRCODE = '23514'; \
               END IF; \
               IF NEW.state IN ('approved', 'shredded') \
                  AND NOT EXISTS (SELECT 1 FROM installation WHERE clock = 'simulated') \
                  AND abs(coalesce(NEW.shredded_ms, NEW.approved_ms) - (extract(epoch FROM clock_timestamp()) * 1000)::bigint) > {DRIFT_MS} THEN \
                 RAISE EXCEPTION 'clock_differs' USING ERRCODE = '23514'; \
               END IF; \
               RETURN NEW; \
             END $$"
        ),
        "CREATE TRIGGER disposal_guard BEFORE UPDATE OR DELETE ON disposal FOR EACH ROW EXECUTE FUNCTION guard_disposal()".into(),
        format!(
            "CREATE FUNCTION guard_case_key() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               IF TG_OP = 'DELETE' THEN \
                 IF NOT {} THEN RAISE EXCEPTION 'not_disposed' USING ERRCODE = '23514'; END IF; \
                 RETURN OLD; \
               END IF; \
               IF {} THEN RAISE EXCEPTION 'disposed' USING ERRCODE = '23514'; END IF; \
               RETURN NEW; \
             END $$",
            shredded("OLD.case_id"),
            shredded("NEW.case_id")
        ),
        "CREATE TRIGGER case_key_guard BEFORE INSERT OR DELETE ON case_key FOR EACH ROW EXECUTE FUNCTION guard_case_key()".into(),
        format!(
            "CREATE FUNCTION guard_disposed() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               IF OLD.disposed_at IS NOT NULL THEN RAISE EXCEPTION 'disposed' USING ERRCODE = '23514'; END IF; \
               IF NEW.disposed_at IS NOT NULL AND NOT {} THEN \
                 RAISE EXCEPTION 'not_disposed' USING ERRCODE = '23514'; \
               END IF; \
               RETURN NEW; \
             END $$",
            shredded("NEW.id")
        ),
        "CREATE TRIGGER case_disposed BEFORE UPDATE ON case_file FOR EACH ROW EXECUTE FUNCTION guard_disposed()".into(),
    ]
}

/// What lets drafts and the words of the queue go only by their disposal.
fn of_working_material() -> Vec<String> {
    vec![
        format!(
            "CREATE FUNCTION guard_draft_key() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'append_only' USING ERRCODE = '23514'; END IF; \
               IF TG_OP = 'DELETE' THEN \
                 IF {KEY_OF_APPROVED} OR NOT {} THEN RAISE EXCEPTION 'not_disposed' USING ERRCODE = '23514'; END IF; \
                 RETURN OLD; \
               END IF; \
               IF {} THEN RAISE EXCEPTION 'disposed' USING ERRCODE = '23514'; END IF; \
               RETURN NEW; \
             END $$",
            drafts_shredded("OLD"),
            drafts_shredded("NEW")
        ),
        "CREATE TRIGGER draft_key_guard BEFORE INSERT OR UPDATE OR DELETE ON draft_key FOR EACH ROW EXECUTE FUNCTION guard_draft_key()".into(),
        format!(
            "CREATE FUNCTION guard_words() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN \
               IF length(OLD.question) = 0 AND length(NEW.question) > 0 THEN \
                 RAISE EXCEPTION 'disposed' USING ERRCODE = '23514'; \
               END IF; \
               IF length(OLD.question) > 0 AND length(NEW.question) = 0 AND NOT {WORDS_SHREDDED} THEN \
                 RAISE EXCEPTION 'not_disposed' USING ERRCODE = '23514'; \
               END IF; \
               RETURN NEW; \
             END $$"
        ),
        "CREATE TRIGGER words_guard BEFORE UPDATE ON proposal FOR EACH ROW EXECUTE FUNCTION guard_words()".into(),
    ]
}
