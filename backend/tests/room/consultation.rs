//! An anonymous consultation in the room, and what happens when somebody recognises the child.

use backend::{
    Error,
    usecase::{
        open_item::{close_item, open_item},
        run_meeting::close_meeting,
        stop_consultation::stop_consultation,
    },
    view::room::{Label, StepState, pulse, room as page},
};
use domain::refusal::Refusal;

use super::stage::{Room, count};
use crate::{
    agenda::consultation::{QUESTION, kept},
    on_both_engines,
    world::{Engine, World},
};

on_both_engines! {
    /// A1: no case, no gate, nothing to write in.
    async fn g7_a_consultation_opens_with_its_question_and_nothing_of_a_case(world: World) -> TestResult {
        let room = Room::open(&world).await;
        // Nobody's consent is asked about: it is about nobody.
        for (unit, name) in [("school", "Sara Nyman"), ("af", "Lars Lund")] {
            room.enter(&world, unit, name).await?;
        }
        open_item(&world.backend, &room.maria(), room.meeting, room.anonymous).await?;
        let current = page(&world.backend, &room.maria(), room.meeting).await?.current.ok_or("under way")?;
        assert_eq!((current.label, current.question.as_deref()), (Label::Anonymous, Some(QUESTION)));
        assert!(current.case.is_none() && current.gate.is_none() && current.writing.is_none());
        assert!(current.follow_up.is_empty() && current.written.is_none());
        assert_eq!(count(&world, "minutes").await, 0);
        Ok(())
    }

    /// Everybody the meeting is for may read it; a seat in the forum that nothing calls to the meeting is too little.
    async fn the_question_is_for_the_units_that_are_invited(world: World) -> TestResult {
        let room = Room::open(&world).await;
        open_item(&world.backend, &room.maria(), room.meeting, room.anonymous).await?;
        for (who, question) in [("sara", Some(QUESTION)), ("eva", Some(QUESTION)), ("frida", None)] {
            let current = page(&world.backend, &room.amal.actor(who), room.meeting).await?.current.ok_or("under way")?;
            assert_eq!(current.question.as_deref(), question, "{who}");
        }
        Ok(())
    }

    /// Domain edge case 49
    async fn a5_somebody_recognised_the_child(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let maria = room.maria();
        open_item(&world.backend, &maria, room.meeting, room.anonymous).await?;
        let before = pulse(&world.backend, &room.amal.actor("sara"), room.meeting).await?;
        assert_eq!(before.item, Some(room.anonymous));
        let sealed = sealed(&world).await?;

        stop_consultation(&world.backend, &maria, room.meeting, room.anonymous).await?;
        stop_consultation(&world.backend, &maria, room.meeting, room.anonymous).await?; // a second click
        assert_eq!(kept(&world).await, 0);
        let after = pulse(&world.backend, &room.amal.actor("sara"), room.meeting).await?;
        assert!(after.item.is_none() && after.seen != before.seen, "every page that is open is told");
        let shown = page(&world.backend, &maria, room.meeting).await?;
        assert!(shown.current.is_none());
        assert_eq!(shown.steps[1].state, StepState::Stopped);
        assert_eq!(shown.next.map(|next| next.item), Some(room.item), "the meeting goes on");
        let again = open_item(&world.backend, &maria, room.meeting, room.anonymous).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::ItemDone))), "{again:?}");

        // The log has that it happened, once, and nothing of what it was about.
        let logged = "SELECT count(*) FROM audit WHERE action = 'consultation_stopped' AND case_id IS NULL AND basis_id IS NULL";
        assert_eq!(world.count(logged).await, 1);
        if world.engine == Engine::Sqlite {
            is_nowhere_in_the_files(&world, &sealed).await?;
        }
        Ok(())
    }

    async fn a5_it_is_stopped_before_it_is_taken_up(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let maria = room.maria();
        stop_consultation(&world.backend, &maria, room.meeting, room.anonymous).await?;
        let shown = page(&world.backend, &maria, room.meeting).await?;
        assert_eq!(shown.current.map(|current| current.item), Some(room.item), "what is under way goes on");
        assert_eq!((shown.steps[1].state, shown.next.is_none(), kept(&world).await), (StepState::Stopped, true, 0));
        Ok(())
    }

    async fn a5_it_is_stopped_after_it_was_ended(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let maria = room.maria();
        open_item(&world.backend, &maria, room.meeting, room.anonymous).await?;
        close_item(&world.backend, &maria, room.meeting).await?;
        assert_eq!(page(&world.backend, &maria, room.meeting).await?.steps[1].state, StepState::Done);
        let ended = "SELECT CAST(max(closed_at) AS TEXT) FROM agenda_item";
        let at = world.text(ended).await?;
        world.clock.advance(chrono::TimeDelta::minutes(1));
        stop_consultation(&world.backend, &maria, room.meeting, room.anonymous).await?;
        assert_eq!((world.text(ended).await?, kept(&world).await), (at, 0), "it was ended when it was");
        Ok(())
    }

    async fn a5_nobody_but_who_leads_stops_and_nothing_but_a_consultation_is_stopped(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        for who in ["sara", "per", "karin"] {
            let refused = stop_consultation(&world.backend, &room.amal.actor(who), room.meeting, room.anonymous).await;
            assert!(matches!(refused, Err(Error::Denied)), "{who}: {refused:?}");
        }
        let case = stop_consultation(&world.backend, &room.maria(), room.meeting, room.item).await;
        assert!(matches!(case, Err(Error::NotFound)), "{case:?}");
        let other = room.amal.meeting("2026-12-10");
        world.sql("UPDATE meeting SET state = 'running' WHERE on_date = '2026-12-10'").await?;
        let elsewhere = stop_consultation(&world.backend, &room.maria(), other, room.anonymous).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
        close_meeting(&world.backend, &room.maria(), room.meeting).await?;
        let late = stop_consultation(&world.backend, &room.maria(), room.meeting, room.anonymous).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::NotRunning))), "{late:?}");
        assert_eq!(world.count("SELECT count(*) FROM audit WHERE action = 'consultation_stopped'").await, 0);
        Ok(())
    }
}

/// The question as it lies in the database.
async fn sealed(world: &World) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    use sea_orm::{ConnectionTrait, Statement};
    let asked = "SELECT title FROM agenda_item WHERE kind = 'anonymous'";
    let row = world.raw.query_one_raw(Statement::from_string(world.raw.get_database_backend(), asked)).await?;
    Ok(row.ok_or("the item")?.try_get_by_index(0)?)
}

/// What was erased is written over, and does not lie in a page that was let go of.
async fn is_nowhere_in_the_files(world: &World, sealed: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let holds = |name: &str| -> std::io::Result<bool> {
        let file = std::fs::read(world.folder().join(name))?;
        Ok(file.windows(sealed.len()).any(|bytes| bytes == sealed))
    };
    assert!(holds("test.db-wal")?, "the log of writes still has it: this test can see");
    world.sql("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    for name in ["test.db", "test.db-wal"] {
        assert!(!holds(name)?, "{name} holds what was erased");
    }
    Ok(())
}
