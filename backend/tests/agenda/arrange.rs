//! Order and length of an agenda's items, and two people at one board.

use backend::{
    Error,
    usecase::{
        add_item::{add_anonymous_consultation, add_case, add_general_item},
        arrange_agenda::{Step, arrange_agenda, move_item, set_order, undo_order},
        change_item::{change_minutes, remove_item, shorten_items},
        people::{TypedWork, add_assignment},
        publish_meeting::publish_meeting,
        tidy::tidy,
        withdraw_consent::withdraw_consent,
    },
    view::agenda,
};
use domain::{
    consent::Scope,
    flaw::{Flaw, FlawKind},
    id::AgendaItemId,
    refusal::Refusal,
};

use super::{
    board::{board, youth},
    consultation::QUESTION,
};
use crate::{cases::stage::guardians, on_both_engines, world::cases::CaseLaid};

on_both_engines! {
    async fn an_item_goes_up_down_and_to_a_place(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        for title in ["Ett", "Två", "Tre"] {
            add_general_item(&world.backend, &maria, meeting, title, "15").await?;
        }
        let first = board(&world, &amal, "maria", meeting).await;
        let [one, two, three] = [0, 1, 2].map(|place: usize| first.rows[place].id);
        for (item, step, expected) in [
            (one, Step::Down, [two, one, three]),
            (three, Step::Up, [two, three, one]),
            (two, Step::Up, [two, three, one]),
            (one, Step::Down, [two, three, one]),
            (one, Step::To(1), [one, two, three]),
            (one, Step::To(99), [two, three, one]),
        ] {
            let stamp = board(&world, &amal, "maria", meeting).await.stamp;
            move_item(&world.backend, &maria, meeting, item, step, &stamp).await?;
            let order: Vec<_> = board(&world, &amal, "maria", meeting).await.rows.iter().map(|row| row.id).collect();
            assert_eq!(order, expected, "{step:?}");
        }
        Ok(())
    }

    /// Feature 18: nobody's change is lost under somebody else's.
    async fn a_board_that_is_no_longer_as_seen_is_refused_and_nothing_changes(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        for title in ["Ett", "Två"] {
            add_general_item(&world.backend, &maria, meeting, title, "15").await?;
        }
        let seen = board(&world, &amal, "maria", meeting).await;
        let [one, two] = [0, 1].map(|place: usize| seen.rows[place].id);
        change_minutes(&world.backend, &maria, meeting, one, "25", &seen.stamp).await?;
        let after = board(&world, &amal, "maria", meeting).await;

        let stale = set_order(&world.backend, &maria, meeting, &[two, one], &seen.stamp).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let stale = remove_item(&world.backend, &maria, meeting, one, &seen.stamp).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let missing = set_order(&world.backend, &maria, meeting, &[two], &after.stamp).await;
        assert!(matches!(missing, Err(Error::Stale)), "an order must hold every item: {missing:?}");
        assert_eq!(board(&world, &amal, "maria", meeting).await, after);
        Ok(())
    }

    async fn two_at_once_never_both_win(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        for title in ["Ett", "Två", "Tre"] {
            add_general_item(&world.backend, &maria, meeting, title, "15").await?;
        }
        for _ in 0..10 {
            let seen = board(&world, &amal, "maria", meeting).await;
            let (item, stamp) = (seen.rows[0].id, &seen.stamp);
            let (a, b) = tokio::join!(
                move_item(&world.backend, &maria, meeting, item, Step::Down, stamp),
                move_item(&world.backend, &maria, meeting, item, Step::To(3), stamp),
            );
            assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
            let order: std::collections::BTreeSet<AgendaItemId> =
                board(&world, &amal, "maria", meeting).await.rows.iter().map(|row| row.id).collect();
            assert_eq!(order.len(), 3);
        }
        Ok(())
    }

    /// V7
    async fn the_order_is_made_so_that_partners_wait_least(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        for named in [["social", "bup"], ["social", "af"], ["social", "bup"], ["social", "af"]] {
            let case = youth(&world, &amal, "social", &named).await;
            add_case(&world.backend, &maria, meeting, case.id).await?;
        }
        let seen = board(&world, &amal, "maria", meeting).await;
        assert_eq!(seen.waiting, 40);
        let done = arrange_agenda(&world.backend, &maria, meeting, &seen.stamp).await?;
        assert_eq!((done.before, done.after, done.at_least), (40, 0, 0));
        assert_eq!(board(&world, &amal, "maria", meeting).await.waiting, 0);
        Ok(())
    }

    /// V8
    async fn items_that_do_not_fit_are_shortened_alike(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        for _ in 0..13 {
            let case = youth(&world, &amal, "social", &["social", "bup"]).await;
            add_case(&world.backend, &maria, meeting, case.id).await?;
        }
        let seen = board(&world, &amal, "maria", meeting).await;
        let refused = shorten_items(&world.backend, &maria, meeting, &seen.stamp).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::DoesNotFit))), "ten minutes each are too many: {refused:?}");
        remove_item(&world.backend, &maria, meeting, seen.rows[12].id, &seen.stamp).await?;
        assert!(matches!(shorten_items(&world.backend, &maria, meeting, &seen.stamp).await, Err(Error::Stale)));
        let seen = board(&world, &amal, "maria", meeting).await;
        let pulse = agenda::pulse(&world.backend, &maria, meeting).await?;
        assert_eq!(pulse, seen.pulse);
        shorten_items(&world.backend, &maria, meeting, &seen.stamp).await?;
        let after = board(&world, &amal, "maria", meeting).await;
        assert!(after.rows.iter().all(|row| row.minutes == 10) && after.planned == 120);
        assert_ne!(after.pulse, pulse, "the board is another");
        Ok(())
    }

    /// V2: what is not known keeps its place, whoever arranges the rest.
    async fn arranging_leaves_unknown_items_where_they_are(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let mut anna = amal.actor("anna");
        anna.role = domain::visibility::Role::Coordinator;
        add_general_item(&world.backend, &maria, meeting, "Ett", "15").await?;
        let mut hidden = youth(&world, &amal, "gymnasium", &["gymnasium", "bup", "social"]).await;
        add_case(&world.backend, &anna, meeting, hidden.id).await?;
        add_general_item(&world.backend, &maria, meeting, "Två", "15").await?;
        world.lay_withdrawal(&amal, &mut hidden).await;
        let seen = board(&world, &amal, "maria", meeting).await;
        assert_eq!(seen.rows.len(), 2);
        move_item(&world.backend, &maria, meeting, seen.rows[0].id, Step::Down, &seen.stamp).await?;
        let page = backend::view::agenda::agenda_page(&world.backend, &anna, meeting).await?;
        let backend::view::agenda::AgendaPage::Board(whole) = page else { panic!("no board") };
        assert!(matches!(&whole.rows[1].about, backend::view::agenda::About::Case(case) if case.id == hidden.id));
        assert_eq!(whole.rows[0].id, seen.rows[1].id);
        Ok(())
    }

    /// V2: nor on another forum's; and a case another planner may not know would show as a gap in the times they see.
    async fn a_case_comes_on_an_agenda_only_if_all_who_plan_it_may_know(world: World) -> TestResult {
        let amal = world.amal().await;
        let meeting = amal.meeting("2026-11-26");
        let mut anna = amal.actor("anna");
        anna.role = domain::visibility::Role::Coordinator;
        let case = youth(&world, &amal, "gymnasium", &["gymnasium", "bup"]).await;
        let refused = add_case(&world.backend, &anna, meeting, case.id).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::PlannerUncovered))), "{refused:?}");
        assert!(board(&world, &amal, "maria", meeting).await.rows.is_empty());
        let known = youth(&world, &amal, "gymnasium", &["gymnasium", "social"]).await;
        add_case(&world.backend, &anna, meeting, known.id).await?;
        assert_eq!(board(&world, &amal, "maria", meeting).await.rows.len(), 1);
        Ok(())
    }

    /// V2, V6: nor does it stay there: what is taken back from one who plans leaves no gap in the times that one sees.
    async fn a_case_stays_on_an_agenda_only_as_long_as_all_who_plan_it_may_know(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let case = youth(&world, &amal, "gymnasium", &["gymnasium", "social", "bup"]).await;
        let stays = youth(&world, &amal, "social", &["social", "bup"]).await;
        for one in [&case, &stays] {
            add_case(&world.backend, &maria, meeting, one.id).await?;
        }
        let times = async || -> Vec<String> {
            let rows = board(&world, &amal, "maria", meeting).await.rows;
            rows.iter().map(|row| row.starts.format("%H.%M").to_string()).collect()
        };
        assert_eq!(times().await, ["09.00", "09.20"]);
        let take_back = async |unit: &str| {
            let by = guardians(&world, case.id).await[0];
            let scope = Scope::Receivers([amal.unit(unit)].into());
            withdraw_consent(&world.backend, &amal.actor("anna"), case.id, by, scope).await
        };
        take_back("bup").await?;
        assert_eq!(times().await, ["09.00", "09.20"], "BUP plans nothing");
        world.clock.advance(chrono::TimeDelta::minutes(1));
        take_back("social").await?;
        assert_eq!(times().await, ["09.00"]);
        Ok(())
    }

    async fn one_press_lays_the_order_that_was_there_before(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        for units in [&["social", "bup"][..], &["social", "af"], &["social", "gymnasium", "bup"]] {
            let case = youth(&world, &amal, "social", units).await;
            add_case(&world.backend, &maria, meeting, case.id).await?;
        }
        let order = async || -> Vec<AgendaItemId> {
            board(&world, &amal, "maria", meeting).await.rows.iter().map(|row| row.id).collect()
        };
        let before = order().await;
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        let moved = move_item(&world.backend, &maria, meeting, before[2], Step::To(1), &stamp).await?;
        assert_eq!(order().await, [before[2], before[0], before[1]]);
        let stale = undo_order(&world.backend, &maria, meeting, &moved.places, &stamp).await;
        assert!(matches!(stale, Err(Error::Stale)), "the board that was seen is another");
        for wrong in [&[0, 0, 1][..], &[0, 1], &[0, 1, 3]] {
            let refused = undo_order(&world.backend, &maria, meeting, wrong, &moved.stamp).await;
            assert!(matches!(refused, Err(Error::Stale)), "{wrong:?}");
        }
        undo_order(&world.backend, &maria, meeting, &moved.places, &moved.stamp).await?;
        assert_eq!(order().await, before);

        let arranged = arrange_agenda(&world.backend, &maria, meeting, &stamp).await?;
        assert!(arranged.after < arranged.before, "BUP waited for an item");
        undo_order(&world.backend, &maria, meeting, &arranged.undo.places, &arranged.undo.stamp).await?;
        assert_eq!(order().await, before);
        Ok(())
    }

    /// V2: time ends consents too, and people begin to plan.
    async fn what_who_plans_may_not_know_any_more_leaves_no_gap_however_that_came(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, karin, meeting) = (amal.actor("maria"), amal.actor("karin"), amal.meeting("2026-11-26"));
        let lay = async |until| {
            let named: &[&[&str]] = &[&["gymnasium", "social", "bup"]];
            world.lay_case(&amal, CaseLaid { unit: "gymnasium", born: "2012-03-01", named, until }).await
        };
        let (ends, stays) = (lay("2026-11-24").await, lay("2027-06-10").await);
        for one in [&ends, &stays] {
            add_case(&world.backend, &maria, meeting, one.id).await?;
        }
        add_general_item(&world.backend, &maria, meeting, "Avslutning", "10").await?;
        let times = async || -> Vec<String> {
            let rows = board(&world, &amal, "maria", meeting).await.rows;
            rows.iter().map(|row| row.starts.format("%H.%M").to_string()).collect()
        };
        world.clock.set("2026-11-24T22:59:00Z".parse()?);
        tidy(&world.backend).await?;
        assert_eq!(times().await, ["09.00", "09.20", "09.40"]);
        world.clock.set("2026-11-24T23:00:00Z".parse()?);
        assert_eq!(times().await, ["09.00", "09.20"], "over at midnight");
        tidy(&world.backend).await?;
        assert_eq!(times().await, ["09.00", "09.20"], "and off the agenda");

        // FK has a seat and is covered for nothing.
        let frida = amal.actor("frida").person.to_string();
        let work = TypedWork {
            role: "coordinator".into(),
            unit: amal.unit("fk").to_string(),
            title: "samordnare".into(),
            from: "2026-11-25".into(),
            until: String::new(),
        };
        add_assignment(&world.backend, &karin, &frida, &work).await?;
        assert_eq!(times().await, ["09.00"], "the general item");
        Ok(())
    }

    async fn what_is_typed_wrongly_is_told_field_by_field(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let flaws = |result| match result {
            Err(Error::Invalid(flaws)) => flaws,
            other => panic!("{other:?}"),
        };
        let both = flaws(add_general_item(&world.backend, &maria, meeting, " ", "0").await);
        let bounds = FlawKind::NotANumber { min: 1, max: 480 };
        assert_eq!(both, [Flaw::new("title", FlawKind::Required), Flaw::new("minutes", bounds)]);
        let number = flaws(add_general_item(&world.backend, &maria, meeting, "Om 20120301-2383", "").await);
        assert_eq!(number, [Flaw::new("title", FlawKind::PersonalNumberInText)]);
        Ok(())
    }

    async fn only_a_coordinator_with_a_seat_arranges_and_only_before_it_begins(world: World) -> TestResult {
        let amal = world.amal().await;
        let meeting = amal.meeting("2026-11-26");
        for who in ["per", "karin", "anna", "ivar"] {
            let refused = add_anonymous_consultation(&world.backend, &amal.actor(who), meeting, QUESTION, "").await;
            assert!(matches!(refused, Err(Error::Denied)), "{who}: {refused:?}");
        }
        let mut petra = amal.actor("petra");
        petra.role = domain::visibility::Role::Coordinator;
        let refused = add_anonymous_consultation(&world.backend, &petra, meeting, QUESTION, "").await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        for (state, refusal) in [("held", Refusal::AlreadyBegun), ("cancelled", Refusal::Cancelled)] {
            world.sql(&format!("UPDATE meeting SET state = '{state}'")).await?;
            let refused = add_anonymous_consultation(&world.backend, &amal.actor("maria"), meeting, QUESTION, "").await;
            assert!(matches!(refused, Err(Error::Refused(why)) if why == refusal), "{refused:?}");
        }
        Ok(())
    }

    /// V8
    async fn what_does_not_fit_is_not_sent(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        add_general_item(&world.backend, &maria, meeting, "Långt", "121").await?;
        let seen = board(&world, &amal, "maria", meeting).await;
        assert!(seen.rows[0].too_late);
        let refused = publish_meeting(&world.backend, &maria, meeting, &seen.stamp).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::DoesNotFit))), "{refused:?}");
        Ok(())
    }
}
