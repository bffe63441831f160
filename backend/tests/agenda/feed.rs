//! Calendar subscriptions: who gets which bytes, and when none.

use std::time::Duration;

use backend::{
    Error,
    auth::password::Cost,
    usecase::{
        sign_in::sign_in,
        subscribe_calendar::{FeedTyped, MOST, make_feed, revoke_feed},
        work_out_calendars::{run, work_out_calendars, write_fetches_down},
    },
    view::{feed::feed, my_calendar::my_calendar},
};
use chrono::TimeDelta;
use domain::refusal::Refusal;
use sea_orm::ConnectionTrait as _;
use tokio::{sync::oneshot, time::sleep};

use super::mail::published;
use crate::{
    accounts::{again, flaw, visit},
    on_both_engines,
    world::{Engine, World},
};

async fn bytes(world: &World, token: &str) -> String {
    feed(&world.backend, token, None).await.expect("a calendar").to_string()
}

on_both_engines! {
    /// Rules 18–23, 35, 42
    async fn a_person_sees_the_meetings_they_are_invited_to(world: World) -> TestResult {
        let amal = world.amal().await;
        let case = published(&world, &amal).await;
        let eva = make_feed(&world.backend, &amal.actor("eva"), &FeedTyped::plain("Mobilen", "own")).await?;
        let vera = make_feed(&world.backend, &amal.actor("vera"), &FeedTyped::plain("Mobilen", "own")).await?;
        let text = bytes(&world, &eva).await;
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1);
        assert!(text.contains("DTSTART;TZID=Europe/Stockholm:20261126T090000\r\n"));
        assert!(text.contains("DTEND;TZID=Europe/Stockholm:20261126T092000\r\n"));
        assert!(text.contains("SUMMARY:Samverkansträff\r\n"));
        assert!(text.contains(&format!("URL:http://samverkan.test/traffar/{}\r\n", amal.meeting("2026-11-26"))));
        for secret in [case.reference.as_str(), &case.name, "Kanarie", "ATTENDEE", "ORGANIZER", "BUP", "Sand"] {
            assert!(!text.contains(secret), "{secret} stands in {text}");
        }
        assert!(!bytes(&world, &vera).await.contains("VEVENT"));
        Ok(())
    }

    /// V2, I1, rule 33 (drafts): a coordinator's forum whole, as long as they plan there; a unit's meetings, as far as they are for whoever asks.
    async fn a_forum_s_calendar_is_for_its_coordinators_and_a_unit_s_for_those_it_is_meant_for(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let (maria, johan, vera) = (amal.actor("maria"), amal.actor("johan"), amal.actor("vera"));
        let youth = amal.youth.to_string();
        for (name, holds) in [("eva", youth.as_str()), ("maria", "everything")] {
            let refused = make_feed(&world.backend, &amal.actor(name), &FeedTyped::plain("Mobilen", holds)).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{name}");
        }
        let forum = make_feed(&world.backend, &maria, &FeedTyped::plain("Forum", &youth)).await?;
        let units = [make_feed(&world.backend, &johan, &FeedTyped::plain("Enhet", "unit")).await?, make_feed(&world.backend, &vera, &FeedTyped::plain("Enhet", "unit")).await?];
        let events = async |token: &str| bytes(&world, token).await.matches("BEGIN:VEVENT").count();
        assert_eq!(events(&forum).await, 1, "drafts are silent");
        assert_eq!(events(&units[0]).await, 1, "his unit is called, though he is not");
        assert_eq!(events(&units[1]).await, 0);
        let family = make_feed(&world.backend, &maria, &FeedTyped::plain("Annat forum", &amal.family.to_string())).await?;
        assert_eq!(events(&family).await, 0);

        world.sql("UPDATE case_file SET protection = 'mark'").await?;
        assert_eq!(events(&units[0]).await, 0, "he is not named");
        world.sql("UPDATE assignment SET until_on = '2026-11-21' WHERE role = 'coordinator'").await?;
        assert_eq!(events(&forum).await, 0, "she plans no more");
        Ok(())
    }

    /// Rule 21
    async fn two_fetches_without_change_are_the_same_bytes(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let token = make_feed(&world.backend, &amal.actor("per"), &FeedTyped::plain("Outlook", "own")).await?;
        let first = bytes(&world, &token).await;
        world.clock.advance(TimeDelta::hours(7));
        assert_eq!(bytes(&world, &token).await, first);
        Ok(())
    }

    /// Rule 29: far away is cut, never what is near.
    async fn a_calendar_reaches_thirty_days_back_and_four_hundred_ahead(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let forum = FeedTyped::plain("Forum", &amal.youth.to_string());
        let token = make_feed(&world.backend, &amal.actor("maria"), &forum).await?;
        for (on, shown) in [("2026-10-22", false), ("2026-10-23", true), ("2026-11-22", true), ("2027-12-27", true), ("2027-12-28", false)] {
            world.sql(&format!("UPDATE meeting SET on_date = '{on}' WHERE state = 'published'")).await?;
            assert_eq!(bytes(&world, &token).await.contains("VEVENT"), shown, "{on}");
        }
        Ok(())
    }

    /// Time ends what is kept too: the day, and the subscription.
    async fn nothing_kept_outlives_its_day_or_its_subscription(world: World) -> TestResult {
        let amal = world.amal().await;
        let token = make_feed(&world.backend, &amal.actor("eva"), &FeedTyped::plain("Mobilen", "own")).await?;
        published(&world, &amal).await;
        assert!(bytes(&world, &token).await.contains("VEVENT"));
        world.clock.set("2026-12-26T22:59:59Z".parse()?);
        assert!(bytes(&world, &token).await.contains("VEVENT"), "thirty days after");
        world.clock.advance(TimeDelta::seconds(1));
        assert!(!bytes(&world, &token).await.contains("VEVENT"), "a new day began in Sweden");
        let until: chrono::DateTime<chrono::Utc> = "2026-12-27T12:00:00Z".parse()?;
        world.sql(&format!("UPDATE feed_token SET expires_at = '{}'", until.to_rfc3339())).await?;
        bytes(&world, &token).await;
        world.clock.set(until + TimeDelta::days(30));
        assert!(matches!(feed(&world.backend, &token, None).await, Err(Error::NotFound)));
        Ok(())
    }

    /// The note that a calendar was fetched is no change of it: what was worked out is kept, and fetching again is noted all the same.
    async fn what_is_kept_is_given_again_and_its_fetches_are_noted(world: World) -> TestResult {
        let amal = world.amal().await;
        let eva = amal.actor("eva");
        published(&world, &amal).await;
        let token = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        feed(&world.backend, &token, Some("Google-Calendar-Importer")).await?;
        let first = feed(&world.backend, &token, Some("Google-Calendar-Importer")).await?;
        world.clock.advance(TimeDelta::minutes(4));
        write_fetches_down(&world.backend).await?;
        let again = feed(&world.backend, &token, Some("Thunderbird")).await?;
        assert!(std::ptr::eq(first.tag(), again.tag()), "worked out once");
        let client = async || {
            write_fetches_down(&world.backend).await?;
            my_calendar(&world.backend, &eva).await.map(|list| list[0].client.clone())
        };
        assert_eq!(client().await?.as_deref(), Some("google"));
        world.clock.advance(TimeDelta::minutes(1));
        feed(&world.backend, &token, Some("Thunderbird")).await?;
        assert_eq!(client().await?.as_deref(), Some("thunderbird"));
        world.sql("UPDATE meeting SET place = 'Skolan' WHERE state = 'published'").await?;
        assert!(bytes(&world, &token).await.contains("LOCATION:Skolan"));
        Ok(())
    }

    /// A fetch that could not be written down is written down the next time, but not over a later one.
    async fn no_fetch_is_forgotten_while_the_database_fails(world: World) -> TestResult {
        let amal = world.amal().await;
        let eva = amal.actor("eva");
        let token = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        let client = async || my_calendar(&world.backend, &eva).await.map(|list| list[0].client.clone());
        for (then, expected) in [(None, "google"), (Some("Thunderbird"), "thunderbird")] {
            feed(&world.backend, &token, Some("Google-Calendar-Importer")).await?;
            world.sql("ALTER TABLE feed_token RENAME TO elsewhere").await?;
            assert!(write_fetches_down(&world.backend).await.is_err());
            world.sql("ALTER TABLE elsewhere RENAME TO feed_token").await?;
            if let Some(later) = then {
                world.clock.advance(TimeDelta::minutes(5));
                feed(&world.backend, &token, Some(later)).await?;
            }
            write_fetches_down(&world.backend).await?;
            assert_eq!(client().await?.as_deref(), Some(expected));
            world.clock.advance(TimeDelta::minutes(5));
        }
        Ok(())
    }

    /// Who asks after a change is given what was worked out before they asked.
    async fn what_is_fetched_now_and_then_is_worked_out_before_it_is_asked_for(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let [eva, per, anna] = ["eva", "per", "anna"].map(|name| amal.actor(name));
        let fetched = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        let ended = make_feed(&world.backend, &per, &FeedTyped::plain("Mobilen", "own")).await?;
        make_feed(&world.backend, &anna, &FeedTyped::plain("Aldrig hämtad", "own")).await?;
        for token in [&fetched, &ended] {
            bytes(&world, token).await;
        }
        write_fetches_down(&world.backend).await?;
        revoke_feed(&world.backend, &per, my_calendar(&world.backend, &per).await?[0].id).await?;
        world.sql("UPDATE meeting SET place = 'Skolan' WHERE state = 'published'").await?;
        assert_eq!(work_out_calendars(&world.backend).await?, 1);
        assert_eq!(work_out_calendars(&world.backend).await?, 0, "all stand as things are");

        // Nobody tells the program of this: what it has is what it worked out before.
        world.raw.execute_unprepared("UPDATE meeting SET place = 'Torget' WHERE state = 'published'").await?;
        assert!(bytes(&world, &fetched).await.contains("LOCATION:Skolan"));
        assert!(!bytes(&world, &ended).await.contains("VEVENT"));

        world.clock.set("2026-11-22T23:00:00Z".parse()?);
        assert_eq!(work_out_calendars(&world.backend).await?, 1, "a new day began in Sweden");
        assert!(bytes(&world, &fetched).await.contains("LOCATION:Torget"));
        world.clock.advance(TimeDelta::days(3));
        assert_eq!(work_out_calendars(&world.backend).await?, 0, "nobody fetched it for two days");
        Ok(())
    }

    /// The task that does both goes on until it is stopped, and forgets nothing then.
    async fn calendars_are_worked_out_and_fetches_written_down_until_the_program_stops(world: World) -> TestResult {
        let amal = world.amal().await;
        let eva = amal.actor("eva");
        published(&world, &amal).await;
        let token = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        let client = async || my_calendar(&world.backend, &eva).await.map(|list| list[0].client.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let task = {
            let backend = world.backend.clone();
            tokio::spawn(async move { run(&backend, async { drop(stopped.await) }).await })
        };
        feed(&world.backend, &token, Some("Google-Calendar-Importer")).await?;
        while client().await?.is_none() {
            sleep(Duration::from_millis(100)).await;
        }
        // How soon is nothing to be tested: where a machine is slow, it is tried again.
        for place in 1.. {
            assert!(place < 10, "worked out ahead within no minute");
            world.sql(&format!("UPDATE meeting SET place = 'Rum {place}' WHERE state = 'published'")).await?;
            sleep(Duration::from_secs(6)).await;
            world.raw.execute_unprepared("UPDATE meeting SET place = 'Torget' WHERE state = 'published'").await?;
            if bytes(&world, &token).await.contains(&format!("LOCATION:Rum {place}")) {
                break;
            }
        }
        world.clock.advance(TimeDelta::minutes(5));
        feed(&world.backend, &token, Some("Thunderbird")).await?;
        stop.send(()).map_err(|()| "it stopped by itself")?;
        task.await?;
        assert_eq!(client().await?.as_deref(), Some("thunderbird"));
        Ok(())
    }

    /// Rules 26, 32, 42: what was worked out ahead is never given once anything it follows from is another.
    async fn nothing_worked_out_ahead_outlives_a_withdrawal_or_its_subscription(world: World) -> TestResult {
        let amal = world.amal().await;
        let eva = amal.actor("eva");
        let token = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        let other = make_feed(&world.backend, &eva, &FeedTyped::plain("Datorn", "own")).await?;
        let before = bytes(&world, &token).await;
        bytes(&world, &other).await;
        let mut case = published(&world, &amal).await;
        write_fetches_down(&world.backend).await?;
        assert_eq!(work_out_calendars(&world.backend).await?, 2);
        let computer = my_calendar(&world.backend, &eva).await?.into_iter().find(|one| one.name == "Datorn");
        revoke_feed(&world.backend, &eva, computer.ok_or("no feed")?.id).await?;
        assert!(!bytes(&world, &other).await.contains("VEVENT"));
        assert!(bytes(&world, &token).await.contains("VEVENT"));
        assert_eq!(work_out_calendars(&world.backend).await?, 0);
        world.clock.advance(TimeDelta::minutes(1));
        world.lay_withdrawal(&amal, &mut case).await;
        assert_eq!(bytes(&world, &token).await, before);
        Ok(())
    }

    /// What another process does is seen at the next request; what leaves calendars alone lets go of none (PostgreSQL: on SQLite one
    /// process serves a file).
    async fn several_processes_keep_no_longer_than_each_other(world: World) -> TestResult {
        if world.engine == Engine::Sqlite {
            return Ok(());
        }
        let amal = world.amal().await;
        let eva = amal.actor("eva");
        published(&world, &amal).await;
        let other = again(&world, Cost::next_to_nothing());
        let token = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        let tag = async |backend| feed(backend, &token, None).await.map(|calendar| calendar.tag().as_ptr().addr());
        let first = [tag(&world.backend).await?, tag(&other).await?];
        flaw(sign_in(&other, "eva@amal.test", "fel lösenord här", &visit()).await);
        assert_eq!([tag(&world.backend).await?, tag(&other).await?], first, "worked out once by each");
        revoke_feed(&other, &eva, my_calendar(&other, &eva).await?[0].id).await?;
        assert!(!bytes(&world, &token).await.contains("VEVENT"));
        Ok(())
    }

    /// Rules 26, 32: simply absent at the next request, no remnant.
    async fn consent_taken_back_empties_the_calendar_at_once(world: World) -> TestResult {
        let amal = world.amal().await;
        let token = make_feed(&world.backend, &amal.actor("eva"), &FeedTyped::plain("Mobilen", "own")).await?;
        let before = bytes(&world, &token).await;
        let mut case = published(&world, &amal).await;
        assert_ne!(bytes(&world, &token).await, before);
        world.clock.advance(TimeDelta::minutes(1));
        world.lay_withdrawal(&amal, &mut case).await;
        assert_eq!(bytes(&world, &token).await, before);
        Ok(())
    }

    /// Rule 30
    async fn a_cancelled_meeting_stands_crossed_out_until_its_day_is_over(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let token = make_feed(&world.backend, &amal.actor("eva"), &FeedTyped::plain("Mobilen", "own")).await?;
        world.sql("UPDATE meeting SET state = 'cancelled', sequence = 1 WHERE state = 'published'").await?;
        world.sql("UPDATE agenda_item SET state = 'dropped'").await?;
        let text = bytes(&world, &token).await;
        for line in ["STATUS:CANCELLED", "SUMMARY:INSTÄLLT: Samverkansträff", "TRANSP:TRANSPARENT", "SEQUENCE:1"] {
            assert!(text.contains(&format!("{line}\r\n")), "{text}");
        }
        world.clock.set("2026-11-27T08:00:00Z".parse()?);
        assert!(!bytes(&world, &token).await.contains("VEVENT"));
        Ok(())
    }

    /// Rule 43: the row that invites remains, the right does not.
    async fn rights_that_ended_empty_the_calendar(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let token = make_feed(&world.backend, &amal.actor("eva"), &FeedTyped::plain("Mobilen", "own")).await?;
        world.sql("UPDATE assignment SET until_on = '2026-11-21' WHERE title = 'psykolog'").await?;
        assert!(!bytes(&world, &token).await.contains("VEVENT"));
        Ok(())
    }

    /// Rules 8, 44
    async fn an_ended_subscription_is_empty_for_thirty_days_and_then_unknown(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let eva = amal.actor("eva");
        let token = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        let own = my_calendar(&world.backend, &eva).await?;
        let other = revoke_feed(&world.backend, &amal.actor("vera"), own[0].id).await;
        assert!(matches!(other, Err(Error::NotFound)), "{other:?}");
        revoke_feed(&world.backend, &eva, own[0].id).await?;
        assert_eq!(my_calendar(&world.backend, &eva).await?, []);
        let empty = bytes(&world, &token).await;
        assert!(empty.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") && !empty.contains("VEVENT"), "{empty}");
        world.clock.advance(TimeDelta::days(30));
        for unknown in [token.as_str(), "", "x", &"A".repeat(43), "%00"] {
            assert!(matches!(feed(&world.backend, unknown, None).await, Err(Error::NotFound)), "{unknown}");
        }
        Ok(())
    }

    async fn a_subscription_ends_by_itself_after_a_year_and_with_the_person(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let token = make_feed(&world.backend, &amal.actor("eva"), &FeedTyped::plain("Mobilen", "own")).await?;
        world.sql("UPDATE person SET disabled_at = created_at WHERE email = 'eva@amal.test'").await?;
        assert!(!bytes(&world, &token).await.contains("VEVENT"));
        world.sql("UPDATE person SET disabled_at = NULL").await?;
        world.clock.advance(TimeDelta::days(366));
        assert!(!bytes(&world, &token).await.contains("VEVENT"));
        world.clock.advance(TimeDelta::days(30));
        assert!(matches!(feed(&world.backend, &token, None).await, Err(Error::NotFound)));
        Ok(())
    }

    /// Rule 41
    async fn five_at_most_and_each_tells_when_it_was_last_fetched(world: World) -> TestResult {
        let amal = world.amal().await;
        let eva = amal.actor("eva");
        let mut tokens = Vec::new();
        for number in 1..=MOST {
            tokens.push(make_feed(&world.backend, &eva, &FeedTyped::plain(&format!("Apparat {number}"), "own")).await?);
        }
        let more = make_feed(&world.backend, &eva, &FeedTyped::plain("En till", "own")).await;
        assert!(matches!(more, Err(Error::Refused(Refusal::TooManyFeeds))), "{more:?}");
        feed(&world.backend, &tokens[0], Some("Google-Calendar-Importer")).await?;
        write_fetches_down(&world.backend).await?;
        let list = my_calendar(&world.backend, &eva).await?;
        let fetched: Vec<_> = list.iter().filter(|one| one.fetched_at.is_some()).collect();
        assert_eq!(fetched.len(), 1);
        assert_eq!((fetched[0].name.as_str(), fetched[0].client.as_deref()), ("Apparat 1", Some("google")));
        assert_eq!(world.count(&format!("SELECT count(*) FROM feed_token WHERE token_hash = '{}'", tokens[0])).await, 0);
        Ok(())
    }
}
