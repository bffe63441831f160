//! How somebody wants their subscriptions, and how these end: by their person, by an administrator, by themselves after a warning.

use backend::{
    Error,
    usecase::{
        end_calendars::{end_all_calendars, end_forum_calendars},
        subscribe_calendar::{FeedTyped, make_feed, revoke_all_feeds},
        work_out_calendars::write_fetches_down,
    },
    view::{
        calendar_addresses::calendar_addresses,
        feed::feed,
        my_calendar::{Subscription, my_calendar},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::flaw::FlawKind;

use super::{mail::published, news::letters, smtp::Sink};
use crate::{
    cases::stage::flaws,
    on_both_engines,
    world::{World, amal::Amal},
};

async fn bytes(world: &World, token: &str) -> String {
    feed(&world.backend, token, None).await.expect("a calendar").to_string()
}

async fn subscribed(world: &World, amal: &Amal, who: &str, filled: FeedTyped) -> String {
    make_feed(&world.backend, &amal.actor(who), &filled).await.expect("an address")
}

/// Maria's own, her unit's and her forum's, each as wished.
async fn of_every_kind(world: &World, amal: &Amal, wished: &FeedTyped) -> [String; 3] {
    let youth = amal.youth.to_string();
    let kinds = [("anna", "own"), ("per", "unit"), ("maria", youth.as_str())];
    let mut tokens = Vec::new();
    for (who, holds) in kinds {
        let filled = FeedTyped { name: "Mobilen".into(), holds: holds.into(), ..wished.clone() };
        tokens.push(subscribed(world, amal, who, filled).await);
    }
    tokens.try_into().expect("three")
}

async fn one(world: &World, amal: &Amal, who: &str) -> Subscription {
    my_calendar(&world.backend, &amal.actor(who)).await.expect("a list").remove(0)
}

on_both_engines! {
    /// Rule 31
    async fn who_does_not_want_cancelled_meetings_has_them_left_out(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let kept = of_every_kind(&world, &amal, &FeedTyped::default()).await;
        let without = FeedTyped { leaves_out_cancelled: true, ..FeedTyped::default() };
        let left_out = of_every_kind(&world, &amal, &without).await;
        for token in kept.iter().chain(&left_out) {
            assert_eq!(bytes(&world, token).await.matches("STATUS:CONFIRMED").count(), 1);
        }
        assert!(one(&world, &amal, "anna").await.wishes.leaves_out_cancelled);
        world.sql("UPDATE meeting SET state = 'cancelled', sequence = 1 WHERE state = 'published'").await?;
        for (kept, left_out) in kept.iter().zip(&left_out) {
            assert_eq!(bytes(&world, kept).await.matches("STATUS:CANCELLED").count(), 1);
            assert!(!bytes(&world, left_out).await.contains("VEVENT"));
        }
        Ok(())
    }

    /// Rule 38: whole meetings of others make nobody busy; a calendar says of each which it is.
    async fn only_one_s_own_time_makes_one_busy(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let tokens = of_every_kind(&world, &amal, &FeedTyped::default()).await;
        for (token, expected) in tokens.iter().zip(["OPAQUE", "TRANSPARENT", "TRANSPARENT"]) {
            let text = bytes(&world, token).await;
            assert_eq!(text.matches("TRANSP:").count(), text.matches("BEGIN:VEVENT").count());
            assert!(text.contains(&format!("TRANSP:{expected}\r\n")), "{expected}: {text}");
        }
        Ok(())
    }

    /// Rule 39: nothing reminds unless somebody asks for it, and never of what is cancelled.
    async fn who_asks_to_be_reminded_is_by_their_program(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let plain = subscribed(&world, &amal, "eva", FeedTyped::plain("Mobilen", "own")).await;
        assert!(!bytes(&world, &plain).await.contains("VALARM"));
        for (minutes, trigger) in [("15", "-PT15M"), ("60", "-PT1H"), ("1440", "-P1D")] {
            let filled = FeedTyped { alarm: minutes.into(), ..FeedTyped::plain("Mobilen", "own") };
            let token = subscribed(&world, &amal, "eva", filled).await;
            let text = bytes(&world, &token).await;
            let alarm = format!(
                "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Samverkansträff\r\nTRIGGER:{trigger}\r\nEND:VALARM\r\nEND:VEVENT\r\n"
            );
            assert!(text.contains(&alarm) && text.matches("BEGIN:VALARM").count() == 1, "{text}");
            world.sql("UPDATE meeting SET state = 'cancelled' WHERE state = 'published'").await?;
            let text = bytes(&world, &token).await;
            assert!(text.contains("VEVENT") && !text.contains("VALARM"), "{text}");
            world.sql("UPDATE meeting SET state = 'published' WHERE state = 'cancelled'").await?;
        }
        for wrong in ["5", "-15", "en timme"] {
            let filled = FeedTyped { alarm: wrong.into(), ..FeedTyped::plain("", "own") };
            let refused = make_feed(&world.backend, &amal.actor("eva"), &filled).await;
            let expected = [("name".to_owned(), FlawKind::Required), ("alarm".to_owned(), FlawKind::NotAChoice)];
            assert_eq!(flaws(refused), expected, "{wrong}");
        }
        Ok(())
    }

    /// Rule 41
    async fn all_one_s_own_addresses_end_at_once(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let own = [
            subscribed(&world, &amal, "eva", FeedTyped::plain("Mobilen", "own")).await,
            subscribed(&world, &amal, "eva", FeedTyped::plain("Datorn", "unit")).await,
        ];
        let other = subscribed(&world, &amal, "anna", FeedTyped::plain("Mobilen", "own")).await;
        revoke_all_feeds(&world.backend, &amal.actor("eva")).await?;
        for token in &own {
            assert!(!bytes(&world, token).await.contains("VEVENT"));
        }
        assert!(bytes(&world, &other).await.contains("VEVENT"));
        assert_eq!(my_calendar(&world.backend, &amal.actor("eva")).await?, []);
        let again = revoke_all_feeds(&world.backend, &amal.actor("eva")).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        assert_eq!(world.count("SELECT count(*) FROM audit WHERE action = 'feed_revoked'").await, 2);
        Ok(())
    }

    /// Rule 41: an administrator ends those of a whole forum, or all there are, and those whose they were are told, once each.
    async fn an_administrator_ends_a_forum_s_addresses_or_everybody_s(world: World) -> TestResult {
        let amal = world.amal().await;
        let sink = Sink::start().await;
        published(&world, &amal).await;
        letters(&world, &sink).await;
        let [own, unit, forum] = of_every_kind(&world, &amal, &FeedTyped::default()).await;
        subscribed(&world, &amal, "maria", FeedTyped::plain("Datorn", &amal.youth.to_string())).await;
        let karin = amal.actor("karin");
        let counted = calendar_addresses(&world.backend, &karin).await?;
        let of_forums: Vec<usize> = counted.forums.iter().map(|(_, _, many)| *many).collect();
        assert_eq!((counted.own, counted.units, of_forums, counted.all()), (1, 1, vec![0, 2], 4));
        for name in ["maria", "eva", "ivar"] {
            let actor = amal.actor(name);
            assert!(matches!(calendar_addresses(&world.backend, &actor).await, Err(Error::Denied)), "{name}");
            assert!(matches!(end_all_calendars(&world.backend, &actor).await, Err(Error::Denied)), "{name}");
            assert!(matches!(end_forum_calendars(&world.backend, &actor, amal.youth).await, Err(Error::Denied)), "{name}");
        }
        let none = end_forum_calendars(&world.backend, &karin, amal.family).await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");

        end_forum_calendars(&world.backend, &karin, amal.youth).await?;
        assert_eq!(letters(&world, &sink).await, [("maria@amal.test".into(), "En kalenderadress är borttagen".into())]);
        assert!(!bytes(&world, &forum).await.contains("VEVENT"));
        for token in [&own, &unit] {
            assert!(bytes(&world, token).await.contains("VEVENT"), "not the forum's");
        }
        end_all_calendars(&world.backend, &karin).await?;
        let told = ["anna", "per"].map(|who| (format!("{who}@amal.test"), "En kalenderadress är borttagen".to_owned()));
        assert_eq!(letters(&world, &sink).await, told);
        for token in [&own, &unit] {
            assert!(!bytes(&world, token).await.contains("VEVENT"));
        }
        assert_eq!(calendar_addresses(&world.backend, &karin).await?.all(), 0);
        Ok(())
    }

    /// Rule 41: thirty days before it ends its page says so, and a letter, if a program uses it.
    async fn whose_address_ends_soon_is_warned_where_it_is_used(world: World) -> TestResult {
        let amal = world.amal().await;
        let sink = Sink::start().await;
        published(&world, &amal).await;
        letters(&world, &sink).await;
        let used = subscribed(&world, &amal, "eva", FeedTyped::plain("Mobilen", "own")).await;
        subscribed(&world, &amal, "anna", FeedTyped::plain("Aldrig hämtad", "own")).await;
        subscribed(&world, &amal, "per", FeedTyped::plain("Borttagen", "own")).await;
        revoke_all_feeds(&world.backend, &amal.actor("per")).await?;
        let ends: DateTime<Utc> = one(&world, &amal, "eva").await.ends_at;
        world.clock.set(ends - TimeDelta::days(31));
        bytes(&world, &used).await;
        write_fetches_down(&world.backend).await?;
        letters(&world, &sink).await; // what else a year brought
        world.clock.set(ends - TimeDelta::days(30) - TimeDelta::seconds(1));
        assert!(!one(&world, &amal, "eva").await.ends_soon);
        assert_eq!(letters(&world, &sink).await, []);
        world.clock.advance(TimeDelta::seconds(1));
        assert!(one(&world, &amal, "eva").await.ends_soon);
        assert_eq!(letters(&world, &sink).await, [("eva@amal.test".into(), "En kalenderadress går ut".into())]);
        let letter = sink.arrived().pop().ok_or("a letter")?.text();
        assert!(letter.contains("går ut måndag 22 november 2027") && letter.contains("/min-kalender"), "{letter}");
        assert!(!letter.contains(&used) && !letter.contains("Mobilen"), "{letter}");
        world.clock.set(ends);
        let over = one(&world, &amal, "eva").await;
        assert!(over.ended && !over.ends_soon);
        Ok(())
    }
}
