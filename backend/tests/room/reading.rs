//! Who reads what: minutes, room and undertakings exist only for those they are for, and reading is written down.

use backend::{
    Error,
    actor::Actor,
    usecase::{
        follow_up::{drop_undertaking, move_undertaking, tick_undertaking},
        review_minutes::approve_minutes,
        write_minutes::{save_minutes, submit_minutes},
    },
    view::{
        action_list::{Stands, action_list},
        case::case_page,
        minutes_page::minutes_page,
        review::{review, review_queue},
        room::room as page,
    },
};
use chrono::TimeDelta;
use domain::{flaw::FlawKind, id::MinutesId, minutes::MinutesState, visibility::Role};

use super::stage::{Room, count};
use crate::{cases::stage::flaws, on_both_engines};

const TEXT: &str = "Skolan: närvaron har gått från 31 till 45 procent.";

on_both_engines! {
    /// V2
    async fn for_an_uncovered_unit_neither_item_nor_minutes_nor_undertaking_exists(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        approve_minutes(&world.backend, &room.amal.actor("karin"), id, 1, false).await?;
        let frida = room.amal.actor("frida");
        assert!(matches!(minutes_page(&world.backend, &frida, id).await, Err(Error::NotFound)));
        let shown = page(&world.backend, &frida, room.meeting).await?;
        assert_eq!(shown.steps.iter().map(|step| step.item).collect::<Vec<_>>(), [room.anonymous]);
        assert!(shown.steps[0].leave.is_empty() && shown.steps[0].join.is_empty());
        let list = action_list(&world.backend, &frida).await?;
        assert!(list.own.is_empty() && list.others.is_empty());
        let mut reviewer = frida;
        reviewer.role = Role::Administrator;
        assert!(review_queue(&world.backend, &reviewer).await?.is_empty());
        assert!(matches!(review(&world.backend, &reviewer, id, None).await, Err(Error::NotFound)));
        Ok(())
    }

    /// M5
    async fn m5_what_is_not_approved_is_for_those_who_write_and_review(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let sara = room.amal.actor("sara");
        assert!(matches!(minutes_page(&world.backend, &sara, id).await, Err(Error::NotFound)));
        assert!(action_list(&world.backend, &sara).await?.own.is_empty());
        assert_eq!(minutes_page(&world.backend, &room.maria(), id).await?.body.contributions[0].text, TEXT);
        approve_minutes(&world.backend, &room.amal.actor("karin"), id, 1, false).await?;
        let read = minutes_page(&world.backend, &sara, id).await?;
        assert_eq!(read.approved.map(|(_, by)| by).as_deref(), Some("Karin Holm"));
        assert_eq!(read.head.writers, ["Maria Lindqvist"]);
        assert!(read.writing.is_none());
        Ok(())
    }

    /// AUD-02
    async fn reading_is_written_down_before_it_is_shown(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let logged = count(&world, "audit WHERE action = 'minutes_read'").await;
        minutes_page(&world.backend, &room.maria(), id).await?;
        review(&world.backend, &room.amal.actor("karin"), id, None).await?;
        assert_eq!(count(&world, "audit WHERE action = 'minutes_read'").await, logged + 2);
        let read = count(&world, "audit WHERE action = 'case_read'").await;
        page(&world.backend, &room.amal.actor("eva"), room.meeting).await?;
        assert_eq!(count(&world, "audit WHERE action = 'case_read'").await, read + 1);
        Ok(())
    }

    /// L2: alike for minutes there are and minutes there never were.
    async fn what_is_asked_for_in_vain_is_written_down(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let (sara, frida) = (room.amal.actor("sara"), room.amal.actor("frida"));
        let denied = "audit WHERE action = 'minutes_read' AND outcome = 'denied'";
        for (who, id) in [(&sara, id), (&frida, id), (&frida, MinutesId::from_uuid(uuid::Uuid::from_u128(7)))] {
            assert!(matches!(minutes_page(&world.backend, who, id).await, Err(Error::NotFound)));
        }
        assert_eq!(count(&world, denied).await, 3);
        approve_minutes(&world.backend, &room.amal.actor("karin"), id, 1, false).await?;
        assert!(matches!(review(&world.backend, &room.amal.actor("karin"), id, None).await, Err(Error::NotFound)));
        assert_eq!(count(&world, denied).await, 4);
        Ok(())
    }

    /// M5: who led the item sees in the room that its minutes are handed in, and reads them; others see neither.
    async fn the_room_tells_where_the_minutes_are(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let current = async |who| Ok::<_, Error>(page(&world.backend, &who, room.meeting).await?.current);
        save_minutes(&world.backend, &room.maria(), room.item, &room.whole()).await?;
        assert!(current(room.maria()).await?.is_some_and(|item| item.writing.is_some() && item.written.is_none()));
        let id = submit_minutes(&world.backend, &room.maria(), room.item, 1).await?;
        let led = current(room.maria()).await?.ok_or("an item")?;
        assert!(led.writing.is_none());
        assert_eq!(led.written, Some((id, MinutesState::Submitted)));
        assert_eq!(current(room.amal.actor("sara")).await?.ok_or("an item")?.written, None);
        Ok(())
    }

    /// M5: the case's page leads to the minutes its reader may read.
    async fn the_case_leads_to_its_minutes(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let (maria, sara) = (room.maria(), room.amal.actor("sara"));
        let case = minutes_page(&world.backend, &maria, id).await?.case;
        let lines = case_page(&world.backend, &maria, case).await?.minutes;
        assert_eq!(lines.iter().map(|line| (line.id, line.state)).collect::<Vec<_>>(), [(id, MinutesState::Submitted)]);
        assert!(case_page(&world.backend, &sara, case).await?.minutes.is_empty());
        approve_minutes(&world.backend, &room.amal.actor("karin"), id, 1, false).await?;
        assert_eq!(case_page(&world.backend, &sara, case).await?.minutes.len(), 1);
        Ok(())
    }

    /// M11
    async fn an_undertaking_is_followed_up_until_it_is_ticked_off(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        approve_minutes(&world.backend, &room.amal.actor("karin"), id, 1, false).await?;
        let (sara, eva) = (room.amal.actor("sara"), room.amal.actor("eva"));
        let shown = async |who: &Actor| {
            case_page(&world.backend, who, room.case).await.expect("a case").undertaken.remove(0)
        };
        let one = shown(&sara).await;
        assert!(one.may_settle && one.stands == Stands::Open);
        assert!(!shown(&eva).await.may_settle);
        assert_eq!(action_list(&world.backend, &eva).await?.others.len(), 1);
        let denied = tick_undertaking(&world.backend, &eva, one.id, true).await;
        assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
        let unknown = tick_undertaking(&world.backend, &room.amal.actor("frida"), one.id, true).await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");

        world.clock.advance(TimeDelta::days(9)); // the day after it was due
        assert_eq!(action_list(&world.backend, &sara).await?.own[0].stands, Stands::Overdue);
        tick_undertaking(&world.backend, &sara, one.id, true).await?;
        tick_undertaking(&world.backend, &sara, one.id, true).await?; // a second click
        let list = action_list(&world.backend, &sara).await?;
        assert!(list.own.is_empty() && list.settled.len() == 1);
        Ok(())
    }

    /// M11
    async fn m11_an_undertaking_is_moved_or_dropped_with_a_word(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        approve_minutes(&world.backend, &room.amal.actor("karin"), id, 1, false).await?;
        let (sara, eva) = (room.amal.actor("sara"), room.amal.actor("eva"));
        let one = case_page(&world.backend, &sara, room.case).await?.undertaken.remove(0);
        for (on, word, wrong) in [
            ("2026-12-11", " ", vec![("word", FlawKind::Required)]),
            ("2026-11-26", "Mentorn är sjuk.", vec![("due_on", FlawKind::InThePast)]),
            ("2026-12-11", "Ring 121212-1212.", vec![("word", FlawKind::PersonalNumberInText)]),
        ] {
            let wrong: Vec<_> = wrong.into_iter().map(|(field, kind)| (field.to_owned(), kind)).collect();
            assert_eq!(flaws(move_undertaking(&world.backend, &sara, one.id, on, word).await), wrong);
        }
        let denied = move_undertaking(&world.backend, &eva, one.id, "2026-12-11", "Nej.").await;
        assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
        move_undertaking(&world.backend, &sara, one.id, "2026-12-11", "Mentorn är sjuk.").await?;
        let moved = case_page(&world.backend, &eva, room.case).await?.undertaken.remove(0);
        assert_eq!((moved.due_on.to_string().as_str(), moved.word.as_str()), ("2026-12-11", "Mentorn är sjuk."));
        assert_eq!(moved.moved_from.map(|on| on.to_string()).as_deref(), Some("2026-12-04"));

        assert_eq!(flaws(drop_undertaking(&world.backend, &sara, one.id, "").await).len(), 1);
        drop_undertaking(&world.backend, &sara, one.id, "Familjen har flyttat.").await?;
        let again = drop_undertaking(&world.backend, &sara, one.id, "Igen.").await;
        assert!(matches!(again, Err(Error::Stale)), "{again:?}");
        let late = move_undertaking(&world.backend, &sara, one.id, "2026-12-12", "Ändå.").await;
        assert!(matches!(late, Err(Error::Stale)), "{late:?}");
        let dropped = case_page(&world.backend, &sara, room.case).await?.undertaken.remove(0);
        assert!(matches!(dropped.stands, Stands::Dropped(_)) && dropped.word == "Familjen har flyttat.");
        assert_eq!(action_list(&world.backend, &sara).await?.settled.len(), 1);
        tick_undertaking(&world.backend, &sara, one.id, false).await?;
        assert_eq!(action_list(&world.backend, &sara).await?.own.len(), 1, "to be done after all");
        for raw in ["dropped_at = done_at, word = NULL, due_on = '2027-01-01'", "word = NULL"] {
            assert!(world.sql(&format!("UPDATE action_item SET {raw}")).await.is_err(), "{raw}");
        }
        Ok(())
    }

    async fn the_room_is_for_the_units_of_its_forum(world: World) -> TestResult {
        let room = Room::open(&world).await;
        for outside in ["petra", "ivar"] {
            let shown = page(&world.backend, &room.amal.actor(outside), room.meeting).await;
            assert!(matches!(shown, Err(Error::NotFound)), "{outside}");
        }
        let draft = page(&world.backend, &room.amal.actor("per"), room.amal.meeting("2026-11-24")).await;
        assert!(draft.is_ok(), "published");
        world.sql("UPDATE meeting SET state = 'draft' WHERE state = 'published'").await?;
        let draft = page(&world.backend, &room.amal.actor("per"), room.amal.meeting("2026-11-24")).await;
        assert!(matches!(draft, Err(Error::NotFound)), "not published yet");
        Ok(())
    }
}
