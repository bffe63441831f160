//! Items begin, people come and go, consent is taken back in the middle.

use backend::{
    Error,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        open_item::open_item,
        record_consent::{RecordConsent, TypedObtaining, TypedPrevented, record_consent},
        run_meeting::{check_out_unit, close_meeting},
        write_minutes::{save_minutes, submit_minutes},
    },
    view::{
        minutes_page::minutes_page,
        room::{StepState, Way, pulse, room as page},
    },
};
use chrono::TimeDelta;
use domain::{refusal::Refusal, room::Side};

use super::stage::{Room, count};
use crate::{
    cases::stage::{form, guardians, yes},
    on_both_engines,
    world::explained,
};

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

on_both_engines! {
    /// G1
    async fn g1_an_item_waits_until_the_uncovered_have_left(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let maria = room.maria();
        for (unit, name) in [("school", "Sara Nyman"), ("social", "Per Berg"), ("af", "Lars Lund")] {
            room.enter(&world, unit, name).await?;
        }
        let shown = page(&world.backend, &maria, room.meeting).await?;
        let Some(Way::Blocked { must_leave, covered }) = shown.next.map(|next| next.way) else { panic!("not blocked") };
        assert_eq!((must_leave[0].unit_name.as_str(), must_leave[0].people[0].1.as_str()), ("AF", "Lars Lund"));
        assert_eq!(covered, ["Soc", "Skola", "BUP"]);
        assert_eq!(refused(open_item(&world.backend, &maria, room.meeting, room.item).await), Refusal::UncoveredPresent);
        assert_eq!(count(&world, "minutes").await, 0);

        check_out_unit(&world.backend, &maria, room.meeting, room.amal.unit("af")).await?;
        open_item(&world.backend, &maria, room.meeting, room.item).await?;
        open_item(&world.backend, &maria, room.meeting, room.item).await?; // a second click
        let shown = page(&world.backend, &maria, room.meeting).await?;
        assert_eq!(shown.steps[0].state, StepState::Now);
        assert_eq!(shown.current.map(|current| current.item), Some(room.item));
        assert_eq!(count(&world, "minutes").await, 1);
        Ok(())
    }

    /// C8: marked on every use
    async fn c8_the_room_says_that_one_guardian_decides_alone_and_what_may_not_be_told(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let [mother, father] = guardians(&world, room.case).await[..] else { panic!("two guardians") };
        let units = ["school", "social", "bup"].map(|unit| room.amal.unit(unit));
        let prevented = TypedPrevented {
            who: father.to_string(),
            cause: "absence".into(),
            note: "Till sjöss.".into(),
            until: "2026-12-10".into(),
            approved_by: "Lena Fors, rektor".into(),
        };
        let obtaining = TypedObtaining { not_covered: "Familjens ekonomi.".into(), ..explained() };
        let renewed =
            RecordConsent { prevented, obtaining, ..form(vec![yes(mother, "2026-11-26", &units)], "2026-11-26") };
        world.clock.advance(chrono::TimeDelta::minutes(1));
        let renewed = record_consent(&world.backend, &room.amal.actor("sara"), room.case, renewed).await?;
        room.enter(&world, "social", "Per Berg").await?;
        open_item(&world.backend, &room.maria(), room.meeting, room.item).await?;
        let shown = page(&world.backend, &room.maria(), room.meeting).await?;
        let gate = shown.current.and_then(|current| current.gate).ok_or("the item goes on")?;
        assert_eq!((gate.guardians, gate.child), (1, false));
        assert_eq!(gate.alone_until.map(|on| on.to_string()).as_deref(), Some("2026-12-10"));
        assert_eq!(gate.not_covered, "Familjens ekonomi.");
        assert!(gate.to_acknowledge.is_some(), "the school renewed it, and the social services have not read it (C20)");
        acknowledge_consent(&world.backend, &room.maria(), room.case, renewed).await?;
        save_minutes(&world.backend, &room.maria(), room.item, &room.whole()).await?;
        let minutes = submit_minutes(&world.backend, &room.maria(), room.item, 1).await?;
        assert!(minutes_page(&world.backend, &room.maria(), minutes).await?.head.alone, "marked in the minutes too");
        Ok(())
    }

    /// G2
    async fn g2_who_comes_late_is_let_in_to_an_open_item_only_if_covered(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        assert_eq!(refused(room.enter(&world, "fk", "Frida Kvist").await), Refusal::UncoveredPresent);
        room.enter(&world, "bup", "Eva Sand").await?;
        open_item(&world.backend, &room.maria(), room.meeting, room.anonymous).await?;
        room.enter(&world, "fk", "Frida Kvist").await?;
        Ok(())
    }

    /// G3, CONS-05
    async fn g3_a_withdrawal_in_the_middle_ends_the_item_and_locks_the_text(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let maria = room.maria();
        let typed = room.whole();
        save_minutes(&world.backend, &maria, room.item, &typed).await?;
        let before = pulse(&world.backend, &maria, room.meeting).await?;
        assert_eq!(before.item, Some(room.item));

        world.clock.advance(TimeDelta::minutes(5));
        room.withdraw(&world).await;
        let after = pulse(&world.backend, &maria, room.meeting).await?;
        assert_eq!(after.item, None);
        assert_ne!(after.seen, before.seen);
        let more = backend::usecase::write_minutes::TypedMinutes { seen: 1, agreed: "Mer.".into(), ..typed };
        let late = save_minutes(&world.backend, &maria, room.item, &more).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        assert_eq!(count(&world, "minutes_revision").await, 1);

        let shown = page(&world.backend, &maria, room.meeting).await?;
        assert!(shown.current.is_none() && !shown.interrupted, "the social services no longer know of it");
        assert_eq!(shown.steps.len(), 1);
        let registrant = page(&world.backend, &room.amal.actor("sara"), room.meeting).await?;
        assert!(registrant.interrupted, "the unit that registered the case is told");
        Ok(())
    }

    /// G6
    async fn g6_a_missing_side_is_warned_of_and_stops_nothing(world: World) -> TestResult {
        let room = Room::open(&world).await;
        room.enter(&world, "social", "Per Berg").await?;
        let shown = page(&world.backend, &room.maria(), room.meeting).await?;
        let Some(Way::Open { missing }) = shown.next.map(|next| next.way) else { panic!("not open") };
        assert_eq!(missing, [Side::School].into());
        open_item(&world.backend, &room.maria(), room.meeting, room.item).await?;
        Ok(())
    }

    async fn an_item_begins_once(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        open_item(&world.backend, &room.maria(), room.meeting, room.anonymous).await?;
        let again = open_item(&world.backend, &room.maria(), room.meeting, room.item).await;
        assert_eq!(refused(again), Refusal::ItemDone);
        Ok(())
    }

    async fn nobody_but_a_coordinator_with_a_seat_leads(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let per = open_item(&world.backend, &room.amal.actor("per"), room.meeting, room.item).await;
        assert!(matches!(per, Err(Error::Denied)), "{per:?}");
        let mut elsewhere = room.maria();
        elsewhere.unit = Some(room.amal.unit("preschool")); // no seat in this forum
        let other = open_item(&world.backend, &elsewhere, room.meeting, room.item).await;
        assert!(matches!(other, Err(Error::NotFound)), "{other:?}");
        Ok(())
    }

    async fn the_end_of_the_meeting_ends_its_item_and_empties_the_room(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        close_meeting(&world.backend, &room.maria(), room.meeting).await?;
        let shown = page(&world.backend, &room.maria(), room.meeting).await?;
        assert!(shown.current.is_none() && shown.here.is_empty());
        assert_eq!(shown.steps[0].state, StepState::Done);
        Ok(())
    }
}
