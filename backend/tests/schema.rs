//! What the database itself refuses, whoever asks.

use crate::on_both_engines;

on_both_engines! {
    /// AUD-03
    async fn the_log_cannot_be_edited_or_emptied(world: World) -> TestResult {
        assert!(world.sql("UPDATE audit SET action = 'nothing'").await.is_err());
        assert!(world.sql("DELETE FROM audit").await.is_err());
        Ok(())
    }

    /// CONS-01: nothing is known of the case, so nothing may be written about it.
    async fn minutes_without_an_open_gate_are_refused_beneath_the_program(world: World) -> TestResult {
        let id = "'00000000-0000-0000-0000-000000000001'";
        let refused = world
            .sql(&format!(
                "INSERT INTO minutes_revision (id, minutes_id, case_id, number, body, covered, written_by, written_at, written_ms) \
                 VALUES ({id}, {id}, {id}, 1, {blob}, '', {id}, '2026-11-22T11:00:00+00:00', 1795345200000)",
                blob = if world.engine == crate::world::Engine::Sqlite { "x'00'" } else { "'\\x00'" },
            ))
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("consent_missing"), "{refused}");
        Ok(())
    }
}
