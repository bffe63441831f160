//! At the door: guests whom a family let in, and people who are disqualified.

use backend::{
    Error,
    usecase::{
        let_in_guest::{TypedGuest, let_in_guest},
        open_item::{close_item, open_item},
        recuse::{recuse, take_back_recusal},
        review_minutes::approve_minutes,
        run_meeting::check_out,
        write_minutes::{save_minutes, submit_minutes},
    },
    view::{
        minutes_page::minutes_page,
        room::{Way, pulse, room as page},
    },
};
use chrono::TimeDelta;
use domain::{flaw::FlawKind, refusal::Refusal, room::GuestKind};

use super::stage::{Room, count};
use crate::{cases::stage::flaws, on_both_engines, world::World};

const GUEST: &str = "Tolga Tolksson";

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn interpreter(room: &Room) -> TypedGuest {
    TypedGuest {
        unit: room.amal.unit("school").to_string(),
        kind: "interpreter".into(),
        name: GUEST.into(),
        item: room.item.to_string(),
        approved: true,
    }
}

async fn comes(world: &World, room: &Room, guest: &TypedGuest) -> backend::Result<()> {
    let_in_guest(&world.backend, &room.maria(), room.meeting, guest).await
}

on_both_engines! {
    /// G5
    async fn g5_a_guest_hears_the_item_the_family_let_them_in_for_and_no_other(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let maria = room.maria();
        room.enter(&world, "school", "Sara Nyman").await?;
        room.enter(&world, "social", "Per Berg").await?;
        let unasked = TypedGuest { approved: false, kind: String::new(), ..interpreter(&room) };
        let found = flaws(comes(&world, &room, &unasked).await);
        assert_eq!(found, [("guest".to_owned(), FlawKind::Required), ("approved".to_owned(), FlawKind::Required)]);
        assert_eq!(count(&world, "attendance").await, 2, "nothing was changed");

        // A consultation is nothing for guests, in whichever order they come.
        comes(&world, &room, &interpreter(&room)).await?;
        assert_eq!(refused(open_item(&world.backend, &maria, room.meeting, room.anonymous).await), Refusal::UncoveredPresent);
        open_item(&world.backend, &maria, room.meeting, room.item).await?;
        world.clock.advance(TimeDelta::minutes(5));
        let shown = page(&world.backend, &maria, room.meeting).await?;
        let guest = shown.here.iter().find(|one| one.guest.is_some()).expect("the guest");
        assert_eq!((guest.name.as_str(), guest.guest, guest.may_hear), (GUEST, Some(GuestKind::Interpreter), true));
        assert!(guest.leaves_next, "before the consultation");
        let Some(Way::Blocked { must_leave, .. }) = shown.next.map(|next| next.way) else { return Err("not blocked".into()) };
        assert_eq!(must_leave[0].people, [(guest.attendance, GUEST.to_owned())]);
        assert!(!must_leave[0].whole, "those they came with stay");

        save_minutes(&world.backend, &maria, room.item, &room.whole()).await?;
        close_item(&world.backend, &maria, room.meeting).await?;
        check_out(&world.backend, &maria, room.meeting, guest.attendance).await?;
        open_item(&world.backend, &maria, room.meeting, room.anonymous).await?;
        assert_eq!(refused(comes(&world, &room, &interpreter(&room)).await), Refusal::ItemDone);

        // The review finds nothing amiss, and the minutes tell of them.
        let minutes = submit_minutes(&world.backend, &maria, room.item, 1).await?;
        approve_minutes(&world.backend, &room.amal.actor("karin"), minutes, 1, false).await?;
        let read = minutes_page(&world.backend, &room.amal.actor("sara"), minutes).await?;
        assert!(read.present.iter().any(|one| one.name == GUEST && one.guest == Some(GuestKind::Interpreter)));
        Ok(())
    }

    /// G5, V2: who belongs to a family tells of it.
    async fn g5_of_a_guest_nobody_knows_who_may_not_know_the_case(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let lars = room.amal.actor("lars");
        let before = pulse(&world.backend, &lars, room.meeting).await?;
        comes(&world, &room, &TypedGuest { kind: "family".into(), ..interpreter(&room) }).await?;
        assert_eq!(page(&world.backend, &room.amal.actor("sara"), room.meeting).await?.here.len(), 1);
        assert!(page(&world.backend, &lars, room.meeting).await?.here.is_empty());
        assert_eq!(pulse(&world.backend, &lars, room.meeting).await?, before);
        let told = "SELECT count(*) FROM attendance WHERE name <> ''";
        assert_eq!(world.count(told).await, 0, "the name is sealed");
        let unknown = let_in_guest(&world.backend, &lars_leading(&room), room.meeting, &interpreter(&room)).await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");
        let away = recuse(&world.backend, &lars, room.meeting, room.item, None).await;
        assert!(matches!(away, Err(Error::NotFound)), "{away:?}");
        Ok(())
    }

    /// G4
    async fn g4_who_is_disqualified_neither_hears_nor_reads_nor_decides(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let (maria, karin) = (room.maria(), room.amal.actor("karin"));
        save_minutes(&world.backend, &maria, room.item, &room.whole()).await?;
        world.clock.advance(TimeDelta::minutes(2));
        let shown = page(&world.backend, &maria, room.meeting).await?;
        let per = shown.here.iter().find(|one| one.name == "Per Berg").expect("Per").attendance;
        recuse(&world.backend, &maria, room.meeting, room.item, Some(per)).await?;
        recuse(&world.backend, &maria, room.meeting, room.item, None).await?;
        recuse(&world.backend, &maria, room.meeting, room.item, None).await?; // a second click
        assert_eq!(count(&world, "recusal").await, 2);
        let shown = page(&world.backend, &room.amal.actor("sara"), room.meeting).await?;
        assert_eq!(shown.here.len(), 1, "who was in the room left at once");
        assert_eq!(shown.recused.len(), 2);
        assert!(shown.current.is_some());

        let shown = page(&world.backend, &maria, room.meeting).await?;
        assert!(shown.current.is_none(), "nor is anything of it on their screens");
        assert_eq!(pulse(&world.backend, &maria, room.meeting).await?.item, None);
        assert_eq!(refused(room.enter(&world, "social", "per  berg").await), Refusal::UncoveredPresent);
        let more = backend::usecase::write_minutes::TypedMinutes { seen: 1, agreed: "Mer.".into(), ..room.whole() };
        assert_eq!(refused(save_minutes(&world.backend, &maria, room.item, &more).await), Refusal::Disqualified);

        // Marked by mistake: taken back, while the item is not over.
        let own = shown.recused.iter().find(|one| one.own).expect("the own").id;
        let others = shown.recused.iter().find(|one| !one.own).expect("the other").id;
        take_back_recusal(&world.backend, &maria, room.meeting, room.item, own).await?;
        let stranger = take_back_recusal(&world.backend, &room.amal.actor("sara"), room.meeting, room.item, others).await;
        assert!(matches!(stranger, Err(Error::Denied)), "{stranger:?}");
        world.clock.advance(TimeDelta::minutes(10));
        close_item(&world.backend, &maria, room.meeting).await?;
        assert_eq!(refused(recuse(&world.backend, &karin, room.meeting, room.item, None).await), Refusal::ItemDone);

        // They heard until they said so, and nothing after it: the review finds nothing amiss.
        let minutes = submit_minutes(&world.backend, &maria, room.item, 1).await?;
        let hidden = minutes_page(&world.backend, &room.amal.actor("per"), minutes).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
        approve_minutes(&world.backend, &karin, minutes, 1, false).await?;
        let steps = page(&world.backend, &room.amal.actor("per"), room.meeting).await?.steps;
        assert!(steps.iter().all(|step| step.minutes.is_none()), "nor is there a way to them");
        let hidden = minutes_page(&world.backend, &room.amal.actor("per"), minutes).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "approved too: {hidden:?}");
        Ok(())
    }

    /// G4
    async fn g4_an_item_waits_until_the_disqualified_have_left_and_is_led_by_somebody_else(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let maria = room.maria();
        room.enter(&world, "school", "Sara Nyman").await?;
        room.enter(&world, "social", "Per Berg").await?;
        recuse(&world.backend, &room.amal.actor("per"), room.meeting, room.item, None).await?;
        let shown = page(&world.backend, &maria, room.meeting).await?;
        assert_eq!(shown.here.len(), 2, "until it begins they stay");
        let Some(Way::Blocked { must_leave, .. }) = shown.next.map(|next| next.way) else { return Err("not blocked".into()) };
        assert_eq!((must_leave.len(), must_leave[0].whole, must_leave[0].people[0].1.as_str()), (1, false, "Per Berg"));
        assert_eq!(refused(open_item(&world.backend, &maria, room.meeting, room.item).await), Refusal::UncoveredPresent);
        check_out(&world.backend, &maria, room.meeting, must_leave[0].people[0].0).await?;
        recuse(&world.backend, &maria, room.meeting, room.item, None).await?;
        assert_eq!(refused(open_item(&world.backend, &maria, room.meeting, room.item).await), Refusal::Disqualified);
        let way = page(&world.backend, &maria, room.meeting).await?.next.map(|next| next.way);
        assert!(matches!(way, Some(Way::Disqualified)), "{way:?}");
        Ok(())
    }
}

/// Somebody of a unit that is not covered, who leads.
fn lars_leading(room: &Room) -> backend::actor::Actor {
    backend::actor::Actor { role: domain::visibility::Role::Coordinator, ..room.amal.actor("lars") }
}
