//! What comes after minutes are approved: they are opened again, or something is added; who has read them is told.

use backend::{
    Error,
    actor::Actor,
    audit::chain::Broken,
    usecase::{
        add_to_minutes::{add_to_minutes, answer_addendum},
        review_minutes::{approve_minutes, reopen_minutes},
        verify_audit::{Verified, verify_audit},
        write_minutes::{TypedMinutes, TypedUndertaking, save_minutes, submit_minutes},
    },
    view::{
        action_list::action_list,
        case::case_page,
        minutes_page::minutes_page,
        review::{Version, Waits, review, review_queue},
        week::{Todo, week_page},
    },
};
use chrono::TimeDelta;
use domain::{flaw::FlawKind, id::MinutesId, minutes::MinutesState, refusal::Refusal, visibility::Role};

use super::stage::{Room, first_id};
use crate::{
    agenda::{news::letters, smtp::Sink},
    cases::stage::flaws,
    on_both_engines,
    world::{Engine, TestResult, World},
};

const TEXT: &str = "Skolan: närvaron har gått från 31 till 45 procent.";
const NEWS: &str = "Något du har läst är nytt";

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// Approved, a day later, and read by Sara of the school.
async fn approved(world: &World) -> (Room, MinutesId, Sink) {
    let (room, id) = Room::submitted(world, TEXT).await;
    world.clock.advance(TimeDelta::hours(20));
    approve_minutes(&world.backend, &room.amal.actor("karin"), id, 1, false).await.expect("approved");
    minutes_page(&world.backend, &room.amal.actor("sara"), id).await.expect("read");
    world.clock.advance(TimeDelta::minutes(5));
    let sink = Sink::start().await;
    letters(world, &sink).await;
    (room, id, sink)
}

async fn told_news(world: &World, who: &Actor) -> usize {
    let week = week_page(&world.backend, who, None).await.expect("a week");
    week.todos.iter().filter(|todo| matches!(todo, Todo::News { .. })).count()
}

/// Takes the walls around what is written once down, as somebody who owns the database can.
async fn without_walls(world: &World, table: &str) -> TestResult {
    match world.engine {
        Engine::Sqlite => {
            for verb in ["update", "delete", "replace"] {
                world.sql(&format!("DROP TRIGGER {table}_no_{verb}")).await?;
            }
            Ok(())
        }
        Engine::Postgres => Ok(world.sql(&format!("ALTER TABLE {table} DISABLE TRIGGER ALL")).await?),
    }
}

async fn tampered(world: &World) -> Option<Broken> {
    match verify_audit(&world.backend, None).await.expect("the log is read") {
        Verified::Whole { .. } => None,
        Verified::Broken(broken) => Some(broken),
    }
}

on_both_engines! {
    /// M5, feature 82
    async fn m5_what_is_opened_again_stays_as_it_was_approved_until_it_is_approved_anew(world: World) -> TestResult {
        let (room, id, sink) = approved(&world).await;
        let (karin, sara) = (room.amal.actor("karin"), room.amal.actor("sara"));
        let silent = flaws(reopen_minutes(&world.backend, &karin, id, 1, " ").await);
        assert_eq!(silent, [("reason".to_owned(), FlawKind::Required)]);
        let stale = reopen_minutes(&world.backend, &karin, id, 2, "Fel siffra.").await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let other = reopen_minutes(&world.backend, &room.maria(), id, 1, "Fel siffra.").await;
        assert!(matches!(other, Err(Error::Denied)), "{other:?}");
        assert_eq!(told_news(&world, &sara).await, 0);

        reopen_minutes(&world.backend, &karin, id, 1, "Fel siffra om närvaron.").await?;
        assert_eq!(letters(&world, &sink).await, [("sara@amal.test".to_owned(), NEWS.to_owned())]);
        let letter = sink.arrived().pop().expect("a letter").text();
        for secret in ["närvaro", "siffra", "anteckning", "justera"] {
            assert!(!letter.contains(secret), "{secret} in {letter}");
        }
        assert_eq!(told_news(&world, &sara).await, 1);

        // The school reads what was approved, and that it is under way again and why.
        let read = minutes_page(&world.backend, &sara, id).await?;
        assert_eq!((read.head.revision, read.head.state), (1, MinutesState::Approved));
        assert_eq!(read.body.contributions[0].text, TEXT);
        assert_eq!(read.reopened.len(), 1);
        assert_eq!((read.reopened[0].reason.as_str(), read.reopened[0].over), ("Fel siffra om närvaron.", false));
        assert_eq!(told_news(&world, &sara).await, 0, "read");
        assert_eq!(action_list(&world.backend, &sara).await?.own.len(), 1);

        let writing = minutes_page(&world.backend, &room.maria(), id).await?.writing.expect("it is written in again");
        assert!(writing.remarks.is_none());
        assert_eq!(refused(submit_minutes(&world.backend, &room.maria(), room.item, 1).await), Refusal::UnchangedMinutes);
        let typed = TypedMinutes {
            seen: 1,
            contributions: room.told("Skolan: närvaron har gått från 31 till 54 procent."),
            undertakings: vec![TypedUndertaking {
                what: "Ny tid hos mentor".into(),
                unit: room.amal.unit("school").to_string(),
                due_on: "2026-12-11".into(),
            }],
            ..room.whole()
        };
        save_minutes(&world.backend, &room.maria(), room.item, &typed).await?;
        let own = case_page(&world.backend, &sara, room.case).await?.undertaken;
        assert_eq!(own.iter().map(|one| one.what.as_str()).collect::<Vec<_>>(), ["Möte med mentor om schemat"]);
        assert_eq!(minutes_page(&world.backend, &sara, id).await?.body.contributions[0].text, TEXT);
        submit_minutes(&world.backend, &room.maria(), room.item, 2).await?;

        let desk = review(&world.backend, &karin, id, None).await?;
        assert_eq!(desk.compared_with, Some(1));
        assert!(matches!(desk.versions[..], [Version { revision: 1, approved: true, .. }]));
        assert_eq!(desk.reopened.len(), 1);
        world.clock.advance(TimeDelta::minutes(5));
        approve_minutes(&world.backend, &room.amal.actor("bengt"), id, 2, false).await?;
        assert_eq!(told_news(&world, &sara).await, 1);
        // Karin has read it at the desk, and Maria as she wrote: they are told too.
        let news = ["karin@amal.test", "maria@amal.test", "sara@amal.test"].map(|to| (to.to_owned(), NEWS.to_owned()));
        assert_eq!(letters(&world, &sink).await, news);
        let read = minutes_page(&world.backend, &sara, id).await?;
        assert_eq!((read.head.revision, read.reopened[0].over), (2, true));
        assert_eq!(read.approved.map(|(_, by)| by).as_deref(), Some("Bengt Ås"));
        let own = case_page(&world.backend, &sara, room.case).await?.undertaken;
        assert_eq!(own.iter().map(|one| one.what.as_str()).collect::<Vec<_>>(), ["Ny tid hos mentor"]);
        Ok(())
    }

    /// M5
    async fn m5_nobody_opens_approved_minutes_past_the_program_without_a_reason(world: World) -> TestResult {
        let (_room, _, _) = approved(&world).await;
        let back = "state = 'returned', approved_by = NULL, approved_at = NULL";
        for change in [back.to_owned(), format!("{back}, approved_revision = NULL"), "approved_revision = 9".into()] {
            let said = world.sql(&format!("UPDATE minutes SET {change}")).await.unwrap_err().to_string();
            assert!(said.contains("minutes_final"), "{change}: {said}");
        }
        assert!(world.sql("DELETE FROM minutes_approval").await.is_err());
        assert!(world.sql("UPDATE minutes_approval SET revision = 2").await.is_err());
        Ok(())
    }

    /// V3, V5: after a withdrawal nobody is told of what they may not know any more.
    async fn v3_no_letter_about_minutes_leaves_after_a_withdrawal(world: World) -> TestResult {
        let (room, id, sink) = approved(&world).await;
        reopen_minutes(&world.backend, &room.amal.actor("karin"), id, 1, "Fel siffra.").await?;
        room.withdraw(&world).await;
        let told: Vec<_> = letters(&world, &sink).await.into_iter().filter(|(_, about)| about == NEWS).collect();
        assert!(told.is_empty(), "{told:?}");
        Ok(())
    }

    /// M5
    async fn m5_what_is_added_is_approved_by_another_and_read_by_all_from_then_on(world: World) -> TestResult {
        let (room, id, sink) = approved(&world).await;
        let (karin, sara, maria) = (room.amal.actor("karin"), room.amal.actor("sara"), room.maria());
        for (text, kind) in [(" ", FlawKind::Required), ("Ring 121212-1212.", FlawKind::PersonalNumberInText)] {
            assert_eq!(flaws(add_to_minutes(&world.backend, &maria, id, text).await), [("addendum".to_owned(), kind)]);
        }
        let added = add_to_minutes(&world.backend, &maria, id, "Mötet med mentor blev den 8 december.").await?;
        assert!(minutes_page(&world.backend, &sara, id).await?.addenda.is_empty(), "not before it is approved");
        assert_eq!(minutes_page(&world.backend, &maria, id).await?.addenda.len(), 1);
        assert!(letters(&world, &sink).await.is_empty());
        let queue = review_queue(&world.backend, &karin).await?;
        assert_eq!((queue[0].id, queue[0].waits, queue[0].own), (id, Waits::Addendum, false));

        // Whoever wrote it does not approve it, neither here nor past the program.
        let mut own = maria.clone();
        own.role = Role::Administrator;
        assert_eq!(refused(answer_addendum(&world.backend, &own, added, true, "").await), Refusal::OwnText);
        let now = world.backend.now();
        let row = format!(
            "INSERT INTO addendum_answer (addendum_id, case_id, approved, answered_by, answered_at, answered_ms) \
             VALUES ({}, {}, TRUE, {}, '{}', {})",
            world.literal(added.uuid()),
            world.literal(room.case.uuid()),
            world.literal(maria.person.uuid()),
            now.to_rfc3339(),
            now.timestamp_millis()
        );
        let said = world.sql(&row).await.unwrap_err().to_string();
        assert!(said.contains("own_text"), "{said}");

        world.clock.advance(TimeDelta::minutes(5));
        let silent = flaws(answer_addendum(&world.backend, &karin, added, false, "").await);
        assert_eq!(silent, [("comment".to_owned(), FlawKind::Required)]);
        answer_addendum(&world.backend, &karin, added, true, "").await?;
        let again = answer_addendum(&world.backend, &karin, added, false, "Nej.").await;
        assert!(matches!(again, Err(Error::Stale)), "{again:?}");
        let read = minutes_page(&world.backend, &sara, id).await?;
        assert_eq!(read.addenda[0].text, "Mötet med mentor blev den 8 december.");
        assert!(read.addenda[0].answer.as_ref().is_some_and(|answer| answer.approved));
        let told: Vec<_> = letters(&world, &sink).await.into_iter().map(|(to, _)| to).collect();
        assert_eq!(told, ["maria@amal.test", "sara@amal.test"]);
        assert!(review_queue(&world.backend, &karin).await?.is_empty());

        let second = add_to_minutes(&world.backend, &maria, id, "Och en sak till.").await?;
        answer_addendum(&world.backend, &karin, second, false, "Det stod redan.").await?;
        assert_eq!(minutes_page(&world.backend, &sara, id).await?.addenda.len(), 1);
        let written = minutes_page(&world.backend, &maria, id).await?.addenda.pop().expect("the second");
        assert_eq!(written.answer.expect("answered").comment, "Det stod redan.");
        assert_eq!(tampered(&world).await, None);
        Ok(())
    }

    /// V5
    async fn v5_nothing_is_added_after_a_withdrawal_not_even_by_raw_sql(world: World) -> TestResult {
        let (room, id, _) = approved(&world).await;
        let waiting = add_to_minutes(&world.backend, &room.maria(), id, "Mer.").await?;
        world.clock.advance(TimeDelta::minutes(1));
        room.withdraw(&world).await;
        let late = add_to_minutes(&world.backend, &room.maria(), id, "Ännu mer.").await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        let karin = room.amal.actor("karin");
        let late = answer_addendum(&world.backend, &karin, waiting, true, "").await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        let now = world.backend.now();
        let (at, ms) = (now.to_rfc3339(), now.timestamp_millis());
        let (case, by) = (world.literal(room.case.uuid()), world.literal(karin.person.uuid()));
        for row in [
            format!(
                "INSERT INTO addendum_answer (addendum_id, case_id, approved, answered_by, answered_at, answered_ms) \
                 VALUES ({}, {case}, TRUE, {by}, '{at}', {ms})",
                world.literal(waiting.uuid())
            ),
            format!(
                "INSERT INTO minutes_addendum (id, minutes_id, case_id, body, covered, written_by, written_at, written_ms) \
                 SELECT {}, minutes_id, case_id, body, covered, written_by, '{at}', {ms} FROM minutes_addendum",
                world.literal(uuid::Uuid::from_u128(77))
            ),
        ] {
            let said = world.sql(&row).await.unwrap_err().to_string();
            assert!(said.contains("consent_missing"), "{row}: {said}");
        }
        Ok(())
    }

    /// AUD-04, feature 81: a version that is not what the log says it was, one that is gone and one nobody wrote.
    async fn aud04_a_version_changed_past_the_walls_is_found(world: World) -> TestResult {
        let (room, id, _) = approved(&world).await;
        add_to_minutes(&world.backend, &room.maria(), id, "Mer.").await?;
        assert_eq!(tampered(&world).await, None);
        for table in ["minutes_revision", "minutes_addendum"] {
            without_walls(&world, table).await?;
            let row = first_id(&world, table).await;
            world.sql(&format!("UPDATE {table} SET covered = covered || ','")).await?;
            assert!(matches!(tampered(&world).await, Some(Broken::Rewritten { subject, .. }) if subject == row), "{table}");
            let shorter = format!("UPDATE {table} SET covered = substr(covered, 1, length(covered) - 1)");
            world.sql(&shorter).await?;
            assert_eq!(tampered(&world).await, None);
        }
        let of = "id, minutes_id, case_id, body, covered, written_by, written_at, written_ms";
        let new = uuid::Uuid::from_u128(78);
        let from = of.replacen("id", &world.literal(new), 1);
        world.sql(&format!("INSERT INTO minutes_addendum ({of}) SELECT {from} FROM minutes_addendum")).await?;
        assert_eq!(tampered(&world).await, Some(Broken::Unknown { subject: new }));
        world.sql(&format!("DELETE FROM minutes_addendum WHERE id = {}", world.literal(new))).await?;
        assert_eq!(tampered(&world).await, None);
        let row = first_id(&world, "minutes_addendum").await;
        world.sql("DELETE FROM minutes_addendum").await?;
        assert!(matches!(tampered(&world).await, Some(Broken::Rewritten { subject, .. }) if subject == row));
        Ok(())
    }
}
