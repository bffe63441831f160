//! One meeting as a file, for who subscribes to nothing (rule 7): what one's calendar holds of it, and nothing else.

use backend::{
    Error,
    usecase::{
        choose_calendar_way::choose_calendar_way,
        subscribe_calendar::{FeedTyped, make_feed},
    },
    view::{
        agenda::{AgendaPage, agenda_page},
        feed::{feed, meeting_by_link, own_meeting},
        invitation::by_link,
    },
};
use chrono::TimeDelta;

use super::{answer::link, mail::published};
use crate::{
    on_both_engines,
    world::{World, amal::Amal},
};

fn event(text: &str) -> &str {
    let from = text.find("BEGIN:VEVENT").expect("an event");
    &text[from..]
}

/// Whether the page of the meeting offers the file.
async fn offered(world: &World, amal: &Amal, who: &str) -> bool {
    match agenda_page(&world.backend, &amal.actor(who), amal.meeting("2026-11-26")).await {
        Ok(AgendaPage::Own(own)) => own.in_a_file,
        _ => false,
    }
}

on_both_engines! {
    /// Rules 7, 18
    async fn a_file_holds_the_event_one_s_calendar_would(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let (eva, meeting) = (amal.actor("eva"), amal.meeting("2026-11-26"));
        let token = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        let calendar = feed(&world.backend, &token, None).await?;
        let file = own_meeting(&world.backend, &eva, meeting).await?;
        assert_eq!(event(&file), event(&calendar), "the same UID, number and stamp: no program takes it for another");
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && file.contains("METHOD:PUBLISH\r\n"), "{file}");
        for of_a_feed in ["\r\nNAME:", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"] {
            assert!(!file.contains(of_a_feed), "{of_a_feed}: {file}");
        }
        assert!(offered(&world, &amal, "eva").await);
        let secret = link(&world, "eva@amal.test").await;
        assert!(by_link(&world.backend, &secret).await?.in_a_file);
        assert_eq!(meeting_by_link(&world.backend, &secret).await?, file);
        Ok(())
    }

    /// Rules 7, 32, 44; V2
    async fn nobody_fetches_what_their_calendar_does_not_hold(world: World) -> TestResult {
        let amal = world.amal().await;
        let mut case = published(&world, &amal).await;
        let (eva, meeting) = (amal.actor("eva"), amal.meeting("2026-11-26"));
        let secret = link(&world, "eva@amal.test").await;
        for (who, on) in [("vera", "2026-11-26"), ("johan", "2026-11-26"), ("ivar", "2026-11-26"), ("eva", "2026-11-24")] {
            let refused = own_meeting(&world.backend, &amal.actor(who), amal.meeting(on)).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{who} {refused:?}");
        }
        for unknown in ["", "x", &"0".repeat(64)] {
            assert!(matches!(meeting_by_link(&world.backend, unknown).await, Err(Error::NotFound)));
        }
        world.clock.advance(TimeDelta::minutes(1));
        world.lay_withdrawal(&amal, &mut case).await;
        assert!(matches!(own_meeting(&world.backend, &eva, meeting).await, Err(Error::NotFound)));
        assert!(matches!(meeting_by_link(&world.backend, &secret).await, Err(Error::NotFound)));
        assert!(!offered(&world, &amal, "eva").await);
        Ok(())
    }

    /// Rule 7: a link, and a session, are for one unit; the time of another stands in one's own calendar alone.
    async fn a_file_holds_the_time_of_one_unit_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let (eva, meeting) = (amal.actor("eva"), amal.meeting("2026-11-26"));
        let secret = link(&world, "eva@amal.test").await;
        let (social, id) = (world.literal(amal.unit("social").uuid()), world.literal(world.backend.random().uuid()));
        world
            .sql(&format!(
                "INSERT INTO assignment (id, person_id, unit_id, role, title, from_on, version) \
                 SELECT {id}, person_id, {social}, role, 'konsult', from_on, version FROM assignment WHERE title = 'psykolog'"
            ))
            .await?;
        world
            .sql(&format!(
                "INSERT INTO invitation (id, meeting_id, unit_id, person_id, token_hash, created_at, sent_at, told, answer, \
                 slot_from, slot_minutes, slot_sequence, slot_changed_at, declined, stand_in, in_calendar) \
                 SELECT {id}, meeting_id, {social}, person_id, 'another', created_at, sent_at, told, answer, \
                 60, 30, slot_sequence, slot_changed_at, declined, stand_in, in_calendar FROM invitation \
                 WHERE person_id = {}",
                world.literal(eva.person.uuid())
            ))
            .await?;
        let token = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        let until = |text: &str, at: &str| text.contains(&format!("DTEND;TZID=Europe/Stockholm:20261126T{at}\r\n"));
        assert!(until(&feed(&world.backend, &token, None).await?, "103000"));
        assert!(until(&own_meeting(&world.backend, &eva, meeting).await?, "092000"));
        assert!(until(&meeting_by_link(&world.backend, &secret).await?, "092000"));
        Ok(())
    }

    /// Rule 51: who has it by mail is not offered it twice.
    async fn who_chose_mail_fetches_no_file(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let (eva, meeting) = (amal.actor("eva"), amal.meeting("2026-11-26"));
        let secret = link(&world, "eva@amal.test").await;
        choose_calendar_way(&world.backend, &eva, "mail").await?;
        assert!(matches!(own_meeting(&world.backend, &eva, meeting).await, Err(Error::NotFound)));
        assert!(matches!(meeting_by_link(&world.backend, &secret).await, Err(Error::NotFound)));
        assert!(!offered(&world, &amal, "eva").await && !by_link(&world.backend, &secret).await?.in_a_file);
        Ok(())
    }
}
