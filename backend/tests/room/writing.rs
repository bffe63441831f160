//! Minutes are written: autosaved, never lost, never without consent.

use backend::{
    Error,
    actor::Actor,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        open_item::open_item,
        record_consent::{RecordConsent, record_consent},
        run_meeting::{close_meeting, open_meeting},
        subscribe_calendar::{FeedTyped, make_feed},
        write_minutes::{TypedContribution, TypedMinutes, TypedUndertaking, save_minutes, submit_minutes},
    },
    view::{
        feed::feed,
        minutes_page::{Body, minutes_page},
        room::room as page,
    },
};
use domain::{flaw::FlawKind, id::MinutesId, refusal::Refusal, visibility::Role};

use super::stage::{Room, add, count, first_id};
use crate::{
    cases::stage::{consented, flaws, form, guardians, yes},
    on_both_engines,
    world::{Engine, World},
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
        let token = make_feed(&world.backend, &room.maria(), &FeedTyped::plain("Mobilen", "own")).await?;
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

    /// Two who write in the same minutes at the same time, two hundred edits a round: whoever is told that another came first reads
    /// what is there, puts their own word to it and saves that. No word is lost, and none stands there twice.
    async fn of_two_who_write_at_once_no_word_is_lost(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let minutes = MinutesId::from_uuid(first_id(&world, "minutes").await);
        let other = Actor { role: Role::Coordinator, ..room.amal.actor("per") };
        let mut told = 0;
        for round in 0..rounds() {
            let start = minutes_page(&world.backend, &room.maria(), minutes).await?.head.revision;
            let empty = TypedMinutes { seen: start, agreed: String::new(), ..room.whole() };
            save_minutes(&world.backend, &room.maria(), room.item, &empty).await?;
            let (one, two) = tokio::join!(
                write(&world, &room, minutes, room.maria(), format!("a{round}")),
                write(&world, &room, minutes, other.clone(), format!("b{round}")),
            );
            told += one? + two?;
            let text = minutes_page(&world.backend, &room.maria(), minutes).await?.body.agreed;
            let mut words: Vec<&str> = text.split_whitespace().collect();
            words.sort_unstable();
            let mut meant: Vec<String> =
                ["a", "b"].iter().flat_map(|who| (0..EDITS / 2).map(move |edit| format!("{who}{round}x{edit}"))).collect();
            meant.sort_unstable();
            assert_eq!(words, meant, "round {round}");
        }
        println!("{} edits, {told} times another came first", rounds() * EDITS);
        assert!(told > 0, "they never met");
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

    /// An answer that was lost on its way, and text that goes with its page while a save of its own is not answered.
    async fn nobody_comes_later_than_themselves(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let save = async |seen: i64, agreed: &str, on_its_way: bool| {
            let typed = TypedMinutes { seen, on_its_way, agreed: agreed.into(), ..room.whole() };
            save_minutes(&world.backend, &room.maria(), room.item, &typed).await
        };
        assert_eq!(save(0, "Skolan", false).await?, 1);
        // Sent again, as nobody answered: what stands there is what was meant.
        assert_eq!(save(0, "Skolan", false).await?, 1);
        assert_eq!(count(&world, "minutes_revision").await, 1);
        // The page goes: the one before it may have come, or not.
        assert_eq!(save(0, "Skolan ringer", true).await?, 2);
        assert_eq!(save(2, "Skolan ringer hem", true).await?, 3);
        assert!(matches!(save(2, "Skolan ri", false).await, Err(Error::Stale)), "it came too late");
        assert!(matches!(save(1, "Annat", true).await, Err(Error::Stale)), "two saves are not one");

        // Another's is another's.
        let other = Actor { role: Role::Coordinator, ..room.amal.actor("per") };
        let theirs = TypedMinutes { seen: 3, agreed: "Soc ringer.".into(), ..room.whole() };
        assert_eq!(save_minutes(&world.backend, &other, room.item, &theirs).await?, 4);
        assert!(matches!(save(3, "Annat", true).await, Err(Error::Stale)));
        Ok(())
    }

    /// C5: what is told is of a kind the consent names, and comes from somebody it covers.
    async fn c5_what_is_told_is_of_a_kind_the_consent_names(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let maria = room.maria();
        let told = |unit: &str, kind: &str| TypedMinutes {
            contributions: vec![TypedContribution {
                unit: room.amal.unit(unit).to_string(),
                kind: kind.into(),
                text: "Sover dåligt.".into(),
            }],
            ..room.whole()
        };
        let other = flaws(save_minutes(&world.backend, &maria, room.item, &told("bup", "health")).await);
        assert_eq!(other, [("contributions[0][kind]".to_owned(), FlawKind::NotAChoice)]);
        let uncovered = flaws(save_minutes(&world.backend, &maria, room.item, &told("af", "school")).await);
        assert_eq!(uncovered, [("contributions[0][unit]".to_owned(), FlawKind::NotAChoice)]);
        assert_eq!(count(&world, "minutes_revision").await, 0);

        // While it is written the kind may be chosen later; nothing is handed in without.
        save_minutes(&world.backend, &maria, room.item, &told("bup", "")).await?;
        let unmarked = flaws(submit_minutes(&world.backend, &maria, room.item, 1).await);
        assert_eq!(unmarked, [("contributions[0][kind]".to_owned(), FlawKind::Required)]);
        save_minutes(&world.backend, &maria, room.item, &TypedMinutes { seen: 1, ..told("bup", "social") }).await?;

        // A consent that names fewer kinds holds for what was written before it, too.
        world.clock.advance(chrono::TimeDelta::minutes(1));
        let units = ["school", "social", "bup"].map(|unit| room.amal.unit(unit));
        let answers = guardians(&world, room.case).await.into_iter().map(|by| yes(by, "2026-11-26", &units)).collect();
        let fewer = RecordConsent { categories: vec!["school".into()], ..form(answers, "2026-11-26") };
        let consent = record_consent(&world.backend, &room.amal.actor("sara"), room.case, fewer).await?;
        acknowledge_consent(&world.backend, &maria, room.case, consent).await?;
        let unnamed = flaws(submit_minutes(&world.backend, &maria, room.item, 2).await);
        assert_eq!(unnamed, [("contributions[0][kind]".to_owned(), FlawKind::Required)]);
        save_minutes(&world.backend, &maria, room.item, &TypedMinutes { seen: 2, ..told("bup", "school") }).await?;
        submit_minutes(&world.backend, &maria, room.item, 3).await?;
        Ok(())
    }

    /// M3: no sentence comes along by itself, not even of the same child.
    async fn m3_new_minutes_are_empty(world: World) -> TestResult {
        let (mut room, first) = Room::submitted(&world, "Närvaron har gått från 31 till 45 procent.").await;
        assert_ne!(minutes_page(&world.backend, &room.maria(), first).await?.body, Body::default());
        close_meeting(&world.backend, &room.maria(), room.meeting).await?;
        world.clock.set("2026-12-03T08:00:00Z".parse()?);
        room.meeting = room.amal.meeting("2026-12-03");
        let item = add(&world, room.meeting, room.case).await;
        open_meeting(&world.backend, &room.maria(), room.meeting).await?;
        room.enter(&world, "school", "Sara Nyman").await?;
        room.enter(&world, "social", "Per Berg").await?;
        open_item(&world.backend, &room.maria(), room.meeting, item).await?;
        let writing = page(&world.backend, &room.maria(), room.meeting).await?.current.and_then(|item| item.writing);
        assert_eq!(writing.ok_or("minutes to write")?.body, Body::default());
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

const EDITS: usize = 200;

/// How many rounds unless `ROUNDS` says otherwise: 50 before a release.
#[expect(clippy::disallowed_methods, reason = "how long to go on is told by the environment")]
fn rounds() -> usize {
    std::env::var("ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2)
}

/// Writes word after word, each beside what stands there; says how often another came first.
async fn write(world: &World, room: &Room, minutes: MinutesId, actor: Actor, mark: String) -> backend::Result<usize> {
    let mut told = 0;
    let mut page = minutes_page(&world.backend, &actor, minutes).await?;
    for edit in 0..EDITS / 2 {
        loop {
            let agreed = format!("{} {mark}x{edit}", page.body.agreed);
            let typed = TypedMinutes { seen: page.head.revision, agreed: agreed.clone(), ..room.whole() };
            match save_minutes(&world.backend, &actor, room.item, &typed).await {
                Ok(revision) => {
                    page.head.revision = revision;
                    page.body.agreed = agreed;
                    break;
                }
                Err(Error::Stale) => {
                    told += 1;
                    page = minutes_page(&world.backend, &actor, minutes).await?;
                }
                Err(fault) => return Err(fault),
            }
        }
    }
    Ok(told)
}
