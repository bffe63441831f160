//! Minutes are written: autosaved, never lost, never without consent.

use backend::{
    Error,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        open_item::open_item,
        run_meeting::close_meeting,
        subscribe_calendar::make_feed,
        write_minutes::{TypedMinutes, TypedUndertaking, save_minutes, submit_minutes},
    },
    view::{feed::feed, minutes_page::minutes_page},
};
use domain::{flaw::FlawKind, id::MinutesId, refusal::Refusal};

use super::stage::{Room, count, first_id};
use crate::{
    cases::stage::{consented, flaws},
    on_both_engines,
    world::Engine,
};

on_both_engines! {
    /// C20
    async fn c20_who_has_not_acknowledged_the_consent_does_not_write(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let units = ["school", "social", "bup"].map(|unit| room.amal.unit(unit));
        world.clock.advance(chrono::TimeDelta::minutes(1));
        let renewed = consented(&world, &room.amal.actor("sara"), room.case, &units).await?;
        let refused = save_minutes(&world.backend, &room.maria(), room.item, &room.whole()).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::ConsentNotAcknowledged))), "{refused:?}");
        assert_eq!(count(&world, "minutes_revision").await, 0);
        acknowledge_consent(&world.backend, &room.maria(), room.case, renewed).await?;
        assert_eq!(save_minutes(&world.backend, &room.maria(), room.item, &room.whole()).await?, 1);
        Ok(())
    }

    /// Of what a calendar does not follow from nothing is let go: minutes are saved every second.
    async fn what_is_written_lets_go_of_no_calendar(world: World) -> TestResult {
        if world.engine == Engine::Postgres {
            return Ok(()); // any change lets go of all there
        }
        let room = Room::under_way(&world).await;
        let token = make_feed(&world.backend, &room.maria(), "Mobilen", "own").await?;
        let kept = feed(&world.backend, &token, None).await?;
        let is_kept = async || feed(&world.backend, &token, None).await.is_ok_and(|now| now.as_ptr() == kept.as_ptr());
        save_minutes(&world.backend, &room.maria(), room.item, &room.whole()).await?;
        assert!(is_kept().await);
        close_meeting(&world.backend, &room.maria(), room.meeting).await?;
        assert!(!is_kept().await);
        Ok(())
    }

    async fn of_two_who_save_at_the_same_moment_one_is_told_of_the_other(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        for seen in 0..20 {
            let typed = |who: &str| TypedMinutes { seen, agreed: format!("{who}, {seen}."), ..room.whole() };
            let (one, other) = (typed("Den ena"), typed("Den andra"));
            let save = async |typed| save_minutes(&world.backend, &room.maria(), room.item, typed).await;
            let saved = tokio::join!(save(&one), save(&other));
            let told = matches!(saved, (Ok(_), Err(Error::Stale)) | (Err(Error::Stale), Ok(_)));
            assert!(told, "{saved:?}");
        }
        Ok(())
    }

    async fn nothing_is_written_before_the_item_begins(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let early = save_minutes(&world.backend, &room.maria(), room.item, &room.whole()).await;
        assert!(matches!(early, Err(Error::Refused(Refusal::ItemNotOpened))), "{early:?}");
        Ok(())
    }

    async fn the_text_is_finished_after_the_meeting(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        close_meeting(&world.backend, &room.maria(), room.meeting).await?;
        world.clock.advance(chrono::TimeDelta::hours(3));
        assert_eq!(save_minutes(&world.backend, &room.maria(), room.item, &room.whole()).await?, 1);
        submit_minutes(&world.backend, &room.maria(), room.item, 1).await?;
        Ok(())
    }

    async fn text_that_has_not_changed_is_not_written_again(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let maria = room.maria();
        assert_eq!(save_minutes(&world.backend, &maria, room.item, &TypedMinutes::default()).await?, 0);
        assert_eq!(count(&world, "minutes_revision").await, 0);
        let typed = room.whole();
        assert_eq!(save_minutes(&world.backend, &maria, room.item, &typed).await?, 1);
        let logged = count(&world, "audit").await;
        assert_eq!(save_minutes(&world.backend, &maria, room.item, &TypedMinutes { seen: 1, ..typed }).await?, 1);
        assert_eq!((count(&world, "minutes_revision").await, count(&world, "audit").await), (1, logged));
        Ok(())
    }

    async fn a_stale_revision_changes_nothing_and_loses_nothing(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let (maria, typed) = (room.maria(), room.whole());
        save_minutes(&world.backend, &maria, room.item, &typed).await?;
        let other = TypedMinutes { agreed: "Någon annans text.".into(), ..typed };
        let stale = save_minutes(&world.backend, &maria, room.item, &other).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let id = MinutesId::from_uuid(first_id(&world, "minutes").await);
        let page = minutes_page(&world.backend, &maria, id).await?;
        assert_eq!((page.head.revision, page.body.agreed.as_str()), (1, ""));
        Ok(())
    }

    /// M9
    async fn m9_a_personal_number_is_refused_at_its_field(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let typed = TypedMinutes { agreed: "Ring 20110205-2384.".into(), ..room.whole() };
        let told = flaws(save_minutes(&world.backend, &room.maria(), room.item, &typed).await);
        assert_eq!(told, [("agreed".to_owned(), FlawKind::PersonalNumberInText)]);
        assert_eq!(count(&world, "minutes_revision").await, 0);
        Ok(())
    }

    /// M11
    async fn m11_nothing_is_undertaken_by_a_unit_that_is_not_covered(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let af = TypedUndertaking {
            what: "Boka tid".into(),
            unit: room.amal.unit("af").to_string(),
            due_on: "2026-12-04".into(),
        };
        let blank = TypedUndertaking { unit: room.amal.unit("school").to_string(), ..TypedUndertaking::default() };
        let typed = TypedMinutes { undertakings: vec![blank, af], ..room.whole() };
        let told = flaws(save_minutes(&world.backend, &room.maria(), room.item, &typed).await);
        assert_eq!(told, [("undertakings[1][unit]".to_owned(), FlawKind::NotAChoice)]);
        Ok(())
    }

    /// M12, M13
    async fn m12_m13_minutes_are_handed_in_with_the_childs_view_and_the_way_on(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let maria = room.maria();
        let typed = TypedMinutes { childs_view: String::new(), outcome: String::new(), ..room.whole() };
        save_minutes(&world.backend, &maria, room.item, &typed).await?;
        let told = flaws(submit_minutes(&world.backend, &maria, room.item, 1).await);
        assert_eq!(told, [("childs_view".to_owned(), FlawKind::Required)]);
        let typed = TypedMinutes { seen: 1, outcome: String::new(), ..room.whole() };
        save_minutes(&world.backend, &maria, room.item, &typed).await?;
        let told = flaws(submit_minutes(&world.backend, &maria, room.item, 2).await);
        assert_eq!(told, [("outcome".to_owned(), FlawKind::Required)]);
        let typed = TypedMinutes { seen: 2, ..room.whole() };
        save_minutes(&world.backend, &maria, room.item, &typed).await?;
        submit_minutes(&world.backend, &maria, room.item, 3).await?;
        let more = TypedMinutes { seen: 3, agreed: "Mer.".into(), ..room.whole() };
        let late = save_minutes(&world.backend, &maria, room.item, &more).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::WrongState))), "{late:?}");
        Ok(())
    }

    async fn an_anonymous_consultation_has_no_minutes(world: World) -> TestResult {
        let room = Room::open(&world).await;
        open_item(&world.backend, &room.maria(), room.meeting, room.anonymous).await?;
        let none = save_minutes(&world.backend, &room.maria(), room.anonymous, &room.whole()).await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
        Ok(())
    }
}
