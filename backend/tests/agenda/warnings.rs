//! What a coordinator is warned of before invitations go out.

use backend::{
    usecase::{
        add_item::{add_case, add_general_item},
        answer_invitation::{TypedAnswer, answer_own},
        close_days::{ClosedSpanTyped, close_days},
        fill_seat::hand_over,
        publish_meeting::publish_meeting,
    },
    view::agenda::Warning,
};
use domain::{id::MeetingId, room::Side, series::SkipReason};

use super::board::{board, youth};
use crate::{
    on_both_engines,
    world::{World, amal::Amal, cases::CaseLaid},
};

async fn warned(world: &World, amal: &Amal, meeting: MeetingId) -> Vec<Warning> {
    board(world, amal, "maria", meeting).await.warnings
}

on_both_engines! {
    /// G6, C5: who was asked for and not named by all, and whose side will not be there.
    async fn g6_whoever_is_missing_from_a_case_is_named(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let named: &[&[&str]] = &[&["social", "gymnasium", "af", "bup"], &["social", "gymnasium"]];
        let spec = CaseLaid { unit: "social", born: "2012-03-01", named, until: "2027-06-10" };
        let case = world.lay_case(&amal, spec).await;
        let alone = youth(&world, &amal, "social", &["social", "bup"]).await;
        for one in [&case, &alone] {
            add_case(&world.backend, &maria, meeting, one.id).await?;
        }
        let warnings = warned(&world, &amal, meeting).await;
        let [Warning::Uncovered { of, units }, Warning::NoQuorum { of: lacks, missing: Side::School }] = &warnings[..] else {
            panic!("{warnings:?}")
        };
        assert_eq!((of.reference.as_str(), units.as_slice()), (case.reference.as_str(), ["BUP", "AF"].map(String::from).as_slice()));
        assert_eq!(lacks.reference, alone.reference);

        // Who says no is not there either.
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        publish_meeting(&world.backend, &maria, meeting, &stamp).await?;
        answer_own(&world.backend, &amal.actor("anna"), meeting, &TypedAnswer::whole("declined")).await?;
        let missing = warned(&world, &amal, meeting).await;
        let without_school = |one: &&Warning| matches!(one, Warning::NoQuorum { missing: Side::School, .. });
        assert_eq!(missing.iter().filter(without_school).count(), 2);
        Ok(())
    }

    /// V2: only where the reader plans that meeting too, and of what they may know there.
    async fn who_is_called_twice_and_what_stands_twice_is_told_to_who_may_know(world: World) -> TestResult {
        let amal = world.amal().await;
        let (karin, maria) = (amal.actor("karin"), amal.actor("maria"));
        let (meeting, other) = (amal.meeting("2026-11-26"), amal.meeting("2026-11-24"));
        world.sql("UPDATE meeting SET on_date = '2026-11-26', starts = '10:30:00' WHERE on_date = '2026-11-24'").await?;
        let named: &[&[&str]] = &[&["social", "school", "bup"]];
        let child = |born| CaseLaid { unit: "social", born, named, until: "2027-06-10" };
        let (young, old) = (world.lay_case(&amal, child("2018-03-01")).await, world.lay_case(&amal, child("2012-03-01")).await);
        add_case(&world.backend, &maria, other, young.id).await?;
        let stamp = board(&world, &amal, "maria", other).await.stamp;
        publish_meeting(&world.backend, &maria, other, &stamp).await?;
        add_case(&world.backend, &maria, meeting, old.id).await?;
        let called_twice = async || -> Vec<String> {
            let all = warned(&world, &amal, meeting).await;
            all.into_iter().filter_map(|one| match one {
                Warning::DoubleBooked { name, meeting, .. } if meeting == other => Some(name),
                _ => None,
            }).collect()
        };
        let mut twice = called_twice().await;
        twice.sort();
        assert_eq!(twice, ["Eva Sand", "Per Berg", "Sara Nyman"]);
        // Somebody else comes for BUP here, from that day on; the other meeting is the same day.
        let johan = amal.actor("johan").person.to_string();
        hand_over(&world.backend, &karin, amal.seat(amal.youth, "bup"), 1, (&johan, "2026-11-26")).await?;
        assert!(!called_twice().await.contains(&"Eva Sand".to_owned()));

        // FK plans both; that BUP comes to the other tells of a case FK may not know.
        let mut frida = amal.actor("frida");
        frida.role = domain::visibility::Role::Coordinator;
        add_general_item(&world.backend, &maria, meeting, "Lucia", "10").await?;
        let seen = backend::view::agenda::agenda_page(&world.backend, &frida, meeting).await?;
        let seen = format!("{seen:?}");
        assert!(!seen.contains("Eva Sand") && !seen.contains(&young.reference), "{seen}");
        Ok(())
    }

    async fn a_case_on_two_agendas_is_told(world: World) -> TestResult {
        let amal = world.amal().await;
        let maria = amal.actor("maria");
        let (first, second) = (amal.meeting("2026-11-26"), amal.meeting("2026-12-03"));
        let case = youth(&world, &amal, "social", &["social", "gymnasium"]).await;
        for meeting in [first, second] {
            add_case(&world.backend, &maria, meeting, case.id).await?;
        }
        for (here, there) in [(first, second), (second, first)] {
            let warnings = warned(&world, &amal, here).await;
            assert!(matches!(&warnings[..], [Warning::OnAnother { meeting, .. }] if *meeting == there), "{warnings:?}");
        }
        Ok(())
    }

    /// K2, K3
    async fn k3_a_day_that_was_closed_later_is_told(world: World) -> TestResult {
        let amal = world.amal().await;
        let typed = ClosedSpanTyped {
            kind: "school_break".into(),
            name: "Höstlov".into(),
            from: "2026-11-26".into(),
            until: String::new(),
        };
        close_days(&world.backend, &amal.actor("karin"), &typed).await?;
        let warnings = warned(&world, &amal, amal.meeting("2026-11-26")).await;
        let told = |one: &Warning| matches!(one, Warning::FreeDay { reason: SkipReason::SchoolBreak, name: Some(name) } if name == "Höstlov");
        assert!(warnings.iter().any(told), "{warnings:?}");
        Ok(())
    }

    async fn an_agenda_closes_some_days_before(world: World) -> TestResult {
        let amal = world.amal().await;
        let meeting = amal.meeting("2026-11-26");
        assert_eq!(board(&world, &amal, "maria", meeting).await.frozen_since, None, "never, where no days are given");
        world.sql("UPDATE forum SET freeze_days = 3").await?;
        assert_eq!(board(&world, &amal, "maria", meeting).await.frozen_since, None, "tomorrow");
        world.clock.advance(chrono::TimeDelta::days(1));
        assert_eq!(board(&world, &amal, "maria", meeting).await.frozen_since, Some("2026-11-23".parse()?));
        Ok(())
    }
}
