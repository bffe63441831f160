//! What the database itself refuses, whoever asks.

use backend::usecase::{
    annul_consent::annul_consent,
    record_consent::{RecordConsent, record_consent},
    withdraw_consent::withdraw_consent,
};
use domain::consent::Scope;
use migrations::{fingerprint::differences, guards::APPEND_ONLY};

use crate::{
    cases::{
        circumstances::away,
        stage::{form, guardians, registered, yes},
    },
    on_both_engines,
    world::Engine,
};

fn is_of_consent(table: &str) -> bool {
    ["consent", "signature", "withdrawal"].iter().any(|start| table.starts_with(start))
}

on_both_engines! {
    /// AUD-03
    async fn the_log_cannot_be_edited_or_emptied(world: World) -> TestResult {
        assert!(world.sql("UPDATE audit SET action = 'nothing'").await.is_err());
        assert!(world.sql("DELETE FROM audit").await.is_err());
        Ok(())
    }

    /// What was written of a consent stays, also that it was a mistake and whose answer it did without.
    async fn what_is_written_once_stays(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let [mother, father] = guardians(&world, case).await[..] else { panic!("two guardians") };
        let units = [amal.unit("school"), amal.unit("social")];
        let prevented = away(father, "2026-12-21");
        let alone = RecordConsent { prevented, listeners: vec![units[1].to_string()], ..form(vec![yes(mother, "2026-11-22", &units)], "2026-11-22") };
        let consent = record_consent(&world.backend, &sara, case, alone).await?;
        withdraw_consent(&world.backend, &sara, case, mother, Scope::Receivers([units[1]].into())).await?;
        annul_consent(&world.backend, &sara, case, consent, "wrong_case").await?;
        // What has nothing to do with a consent is written by other tests, and held there.
        for table in APPEND_ONLY.into_iter().filter(|table| *table == "audit" || is_of_consent(table)) {
            let rows = world.text(&format!("SELECT CAST(count(*) AS TEXT) FROM {table}")).await?;
            assert_ne!(rows, "0", "{table} is empty: nothing is proven");
            let column = world.text(&match world.engine {
                Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{table}') LIMIT 1"),
                Engine::Postgres => format!("SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' LIMIT 1"),
            }).await?;
            assert!(world.sql(&format!("UPDATE {table} SET {column} = {column}")).await.is_err(), "{table} was changed");
            assert!(world.sql(&format!("DELETE FROM {table}")).await.is_err(), "{table} was emptied");
            if world.engine == Engine::Sqlite {
                let replaced = world.sql(&format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}")).await;
                assert!(replaced.is_err(), "{table} was written over");
            }
        }
        Ok(())
    }

    /// F14: a wall that was taken down is seen, and one that was put up beside it.
    async fn a_guard_that_is_gone_changed_or_switched_off_is_told(world: World) -> TestResult {
        assert_eq!(differences(&world.raw).await?, Vec::<String>::new());
        let (drop, told) = match world.engine {
            Engine::Sqlite => ("DROP TRIGGER audit_no_update", "trigger audit_no_update"),
            Engine::Postgres => ("ALTER TABLE audit DISABLE TRIGGER audit_append_only", "trigger audit.audit_append_only"),
        };
        world.sql(drop).await?;
        assert_eq!(differences(&world.raw).await?, [told]);
        let (loosen, told) = match world.engine {
            Engine::Sqlite => (
                "CREATE TRIGGER audit_no_update BEFORE update ON audit WHEN OLD.seq > 3 \
                 BEGIN SELECT RAISE(ABORT, 'append_only'); END",
                vec!["trigger audit_no_update"],
            ),
            Engine::Postgres => (
                "CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN RETURN NEW; END $$",
                vec!["function guard_append_only", "trigger audit.audit_append_only"],
            ),
        };
        world.sql(loosen).await?;
        assert_eq!(differences(&world.raw).await?, told);
        Ok(())
    }

    /// I2: there is no place to put where anybody lives or how a family is reached.
    async fn i2_no_table_has_room_for_an_address_or_a_telephone(world: World) -> TestResult {
        let columns = match world.engine {
            Engine::Sqlite => {
                "SELECT group_concat(m.name || '.' || c.name, ' ') FROM sqlite_schema m, pragma_table_info(m.name) c \
                 WHERE m.type = 'table'"
            }
            Engine::Postgres => {
                "SELECT string_agg(table_name || '.' || column_name, ' ') FROM information_schema.columns \
                 WHERE table_schema = 'public'"
            }
        };
        let columns = world.text(columns).await?;
        assert!(columns.contains("case_file.born_on"), "{columns}");
        for word in ["address", "street", "postal", "zip", "phone", "mobile", "photo"] {
            assert!(!columns.contains(word), "{word} in {columns}");
        }
        let mail: Vec<_> = columns.split(' ').filter(|column| column.contains("mail")).collect();
        assert!(mail.iter().all(|column| ["person.email"].contains(column)), "staff's only: {mail:?}");
        Ok(())
    }

    /// CONS-01: nothing is known of the case, so nothing may be written about it.
    async fn minutes_without_an_open_gate_are_refused_beneath_the_program(world: World) -> TestResult {
        let id = "'00000000-0000-0000-0000-000000000001'";
        let refused = world
            .sql(&format!(
                "INSERT INTO minutes_revision (id, minutes_id, case_id, number, body, covered, written_by, written_at, written_ms) \
                 VALUES ({id}, {id}, {id}, 1, {blob}, '', {id}, '2026-11-22T11:00:00+00:00', 1795345200000)",
                blob = if world.engine == Engine::Sqlite { "x'00'" } else { "'\\x00'" },
            ))
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("consent_missing"), "{refused}");
        Ok(())
    }
}
