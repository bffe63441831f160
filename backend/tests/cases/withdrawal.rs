//! Taking consent back: at once, by anybody whose yes was needed, whatever else goes on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use backend::{
    Error,
    audit::{Action, Event},
    usecase::{close_case::close_case, record_consent::record_consent, withdraw_consent::withdraw_consent},
};
use domain::{
    consent::{Scope, Signer},
    flaw::FlawKind,
};

use sea_orm::{ConnectionTrait, TransactionTrait};
use tokio::sync::watch;

use super::stage::{consented, flaws, form, guardians, registered, yes};
use crate::{on_both_engines, world::Engine};

on_both_engines! {
    /// C13, C14
    async fn either_guardian_ends_the_consent_at_once(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, eva) = (amal.actor("sara"), amal.actor("eva"));
        let case = registered(&world.backend, &sara).await?;
        for place in [0, 1] {
            consented(&world, &sara, case, &[amal.unit("school"), amal.unit("bup")]).await?;
            let by = guardians(&world, case).await[place];
            // Told to a covered unit, which then no longer knows the case.
            let done = withdraw_consent(&world.backend, &eva, case, by, Scope::All).await?;
            assert!(!done.still_known);
            let again = withdraw_consent(&world.backend, &eva, case, by, Scope::All).await;
            assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
            let twice = withdraw_consent(&world.backend, &sara, case, by, Scope::All).await?;
            assert!(twice.still_known, "to the unit that registered it, as often as it is told");
            world.clock.advance(chrono::TimeDelta::minutes(10));
        }
        Ok(())
    }

    /// CONS-04, F2: where PostgreSQL aborts the withdrawal of two that wait for each other, it is tried again. SQLite has one writer.
    async fn a_withdrawal_aborted_in_a_deadlock_is_tried_again(world: World) -> TestResult {
        if world.engine == Engine::Sqlite {
            return Ok(());
        }
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        consented(&world, &sara, case, &[amal.unit("school"), amal.unit("bup")]).await?;
        let by = guardians(&world, case).await[0];

        let other = world.raw.begin().await?;
        // Whoever looks first is aborted: not this one.
        other.execute_unprepared("SET LOCAL deadlock_timeout = '1min'").await?;
        // What a withdrawal inserts last, after its case.
        other.execute_unprepared("LOCK TABLE consent_withdrawal IN SHARE MODE").await?;
        let withdrawing = withdraw_consent(&world.backend, &sara, case, by, Scope::All);
        let crossing = async {
            let waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
            while world.count(waits).await == 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let gate = format!("UPDATE case_gate SET epoch = epoch WHERE id = {}", world.literal(case.uuid()));
            other.execute_unprepared(&gate).await?;
            other.commit().await
        };
        let (withdrawn, crossed) = tokio::join!(withdrawing, crossing);
        crossed.expect("who began to wait later is let through");
        assert!(withdrawn?.still_known);
        assert_eq!(world.count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").await, 1);
        assert_eq!(world.count("SELECT count(*) FROM consent_withdrawal").await, 1);
        Ok(())
    }

    /// C13
    async fn one_receiver_can_be_taken_back_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        consented(&world, &sara, case, &[amal.unit("social"), amal.unit("bup")]).await?;
        let by = guardians(&world, case).await[0];
        let scope = Scope::Receivers([amal.unit("bup")].into());
        withdraw_consent(&world.backend, &sara, case, by, scope.clone()).await?;
        let gone = withdraw_consent(&world.backend, &amal.actor("eva"), case, by, scope).await;
        assert!(matches!(gone, Err(Error::NotFound)));
        let kept = withdraw_consent(&world.backend, &amal.actor("maria"), case, by, Scope::All).await?;
        assert!(!kept.still_known);
        Ok(())
    }

    async fn only_those_whose_yes_is_needed_take_it_back(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let child = withdraw_consent(&world.backend, &sara, case, Signer::Child, Scope::All).await;
        assert_eq!(flaws(child), [("by".to_owned(), FlawKind::NotAChoice)], "14 years old");
        let nobody = Scope::Receivers([].into());
        let by = guardians(&world, case).await[0];
        let refused = withdraw_consent(&world.backend, &sara, case, by, nobody).await;
        assert_eq!(flaws(refused), [("receivers".to_owned(), FlawKind::Required)]);
        Ok(())
    }

    /// C13: a form that was signed before the withdrawal has been overtaken.
    async fn an_older_form_does_not_bring_the_consent_back(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let units = [amal.unit("social")];
        consented(&world, &sara, case, &units).await?;
        world.clock.advance(chrono::TimeDelta::days(2));
        let both = guardians(&world, case).await;
        withdraw_consent(&world.backend, &sara, case, both[1], Scope::All).await?;
        let old = form(both.iter().map(|by| yes(*by, "2026-11-23", &units)).collect(), "2026-11-24");
        let told = flaws(record_consent(&world.backend, &sara, case, old).await);
        assert_eq!(told, [("answers[1][signed_on]".to_owned(), FlawKind::BeforeWithdrawal)]);
        Ok(())
    }

    /// CONS-06
    async fn it_succeeds_in_a_closed_case_without_consent(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        close_case(&world.backend, &sara, case, 0).await?;
        let by = guardians(&world, case).await[0];
        withdraw_consent(&world.backend, &sara, case, by, Scope::All).await?;
        Ok(())
    }

    /// F2: on SQLite, where one writes at a time, it passes everybody who waits; on PostgreSQL it waits for nobody who holds.
    async fn it_passes_the_writers_who_wait(world: World) -> TestResult {
        const WRITERS: usize = 10;
        let holds = world.engine == Engine::Postgres;
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        consented(&world, &sara, case, &[amal.unit("social")]).await?;
        let by = guardians(&world, case).await[0];
        let finished = Arc::new(AtomicUsize::new(0));
        let (let_go, _) = watch::channel(false);
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                let (backend, sara) = (world.backend.clone(), sara.clone());
                let (finished, mut going) = (Arc::clone(&finished), let_go.subscribe());
                tokio::spawn(async move {
                    let tx = backend.write(&sara).await?;
                    if holds {
                        let _ = going.wait_for(|go| *go).await;
                    } else {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                    tx.commit(Event::new(Action::Housekeeping)).await?;
                    finished.fetch_add(1, Ordering::SeqCst);
                    backend::Result::Ok(())
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(25)).await;
        let before = finished.load(Ordering::SeqCst);
        withdraw_consent(&world.backend, &sara, case, by, Scope::All).await?;
        let meanwhile = finished.load(Ordering::SeqCst) - before;
        assert!(meanwhile <= if holds { 0 } else { 3 }, "{meanwhile} of {WRITERS} went first");
        let_go.send_replace(true);
        for writer in writers {
            writer.await??;
        }
        Ok(())
    }
}
