//! Partners are asked to a time of their own, answer item by item, are reminded, and have others asked in their place.

use backend::{
    Error,
    job::run_due,
    usecase::{
        add_item::add_case,
        answer_invitation::{TypedAnswer, answer_by_link, answer_own, ask_deputy},
        arrange_agenda::{Step, move_item},
        publish_meeting::publish_meeting,
        subscribe_calendar::{FeedTyped, make_feed},
    },
    view::{
        agenda::{AgendaPage, Board, Cell, Warning, agenda_page},
        feed::feed,
        invitation::by_link,
    },
};
use chrono::TimeDelta;
use domain::{flaw::FlawKind, id::MeetingId, meeting::InvitationAnswer, refusal::Refusal};

use super::{
    answer::link_in,
    board::{board, youth},
    news::letters,
    smtp::Sink,
};
use crate::{
    cases::stage::flaws,
    on_both_engines,
    world::{World, amal::Amal, cases::Laid},
};

/// A published meeting: AF's case, BUP's, FK's, BUP's again, twenty minutes each from 09.00; its letters have arrived.
async fn four(world: &World, amal: &Amal) -> (Vec<Laid>, Sink, MeetingId) {
    let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
    let mut laid = Vec::new();
    for unit in ["af", "bup", "fk", "bup"] {
        let case = youth(world, amal, "social", &["social", unit]).await;
        add_case(&world.backend, &maria, meeting, case.id).await.expect("added");
        laid.push(case);
    }
    let stamp = board(world, amal, "maria", meeting).await.stamp;
    publish_meeting(&world.backend, &maria, meeting, &stamp).await.expect("published");
    let sink = Sink::start().await;
    letters(world, &sink).await;
    (laid, sink, meeting)
}

fn first_line(sink: &Sink, to: &str) -> String {
    let letter = sink.arrived().into_iter().rev().find(|letter| letter.to == [to]).expect("a letter");
    letter.text().lines().next().unwrap_or_default().to_owned()
}

/// What a unit's column says of each item.
fn cells(board: &Board, short_name: &str) -> Vec<Cell> {
    let place = board.columns.iter().position(|column| column.short_name == short_name).expect("the column");
    board.rows.iter().map(|row| row.cells[place]).collect()
}

fn declined(board: &Board) -> Vec<Option<String>> {
    let found = board.warnings.iter().filter_map(|warning| match warning {
        Warning::Declined { deputy, .. } => Some(deputy.clone()),
        _ => None,
    });
    found.collect()
}

on_both_engines! {
    /// Feature 20, 67: from one's first item to one's last, in the letter, by the link and in the calendar.
    async fn a_partner_is_asked_to_a_time_of_their_own(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = four(&world, &amal).await;
        assert!(first_line(&sink, "lars@amal.test").ends_with("torsdag 26 november 09.00–09.20."));
        assert!(first_line(&sink, "eva@amal.test").ends_with("torsdag 26 november 09.20–10.20."));
        assert!(first_line(&sink, "anna@amal.test").ends_with("torsdag 26 november 09.00–11.00."), "at every meeting");
        let page = by_link(&world.backend, &link_in(&sink, "eva@amal.test")).await?;
        let own = page.own.map(|(from, until)| (from.time().to_string(), until.time().to_string()));
        assert_eq!(own, Some(("09:20:00".to_owned(), "10:20:00".to_owned())));
        let times: Vec<_> = page.items.iter().map(|item| item.starts.to_string()).collect();
        assert_eq!(times, ["09:20:00", "10:00:00"]);
        assert!(by_link(&world.backend, &link_in(&sink, "anna@amal.test")).await?.own.is_none());

        let mine = make_feed(&world.backend, &amal.actor("eva"), &FeedTyped::plain("Mobilen", "own")).await?;
        let calendar = async || feed(&world.backend, &mine, None).await.map(|calendar| calendar.to_string());
        let before = calendar().await?;
        assert!(before.contains("DTSTART;TZID=Europe/Stockholm:20261126T092000\r\n"), "{before}");
        assert!(before.contains("DTEND;TZID=Europe/Stockholm:20261126T102000\r\n") && before.contains("SEQUENCE:0\r\n"));

        // BUP's second item right after its first: the calendar follows once the planner has been quiet, and so does a letter.
        world.clock.advance(TimeDelta::minutes(10));
        let seen = board(&world, &amal, "maria", meeting).await;
        move_item(&world.backend, &amal.actor("maria"), meeting, seen.rows[3].id, Step::To(3), &seen.stamp).await?;
        letters(&world, &sink).await;
        assert_eq!(calendar().await?, before, "nothing while somebody is at work");
        world.clock.advance(TimeDelta::minutes(6));
        let told = letters(&world, &sink).await;
        assert!(told.contains(&("eva@amal.test".into(), "Ändrad tid på samverkansträff".into())), "{told:?}");
        assert!(told.contains(&("frida@amal.test".into(), "Ändrad tid på samverkansträff".into())), "{told:?}");
        assert!(!told.iter().any(|(to, _)| to == "lars@amal.test"), "nothing is new for him: {told:?}");
        let after = calendar().await?;
        assert!(after.contains("DTEND;TZID=Europe/Stockholm:20261126T100000\r\n") && after.contains("SEQUENCE:1\r\n"), "{after}");
        assert_ne!(before.lines().find(|line| line.starts_with("DTSTAMP")), after.lines().find(|line| line.starts_with("DTSTAMP")));
        Ok(())
    }

    /// Rule 20: the number of an event never shrinks, also for who was called off and is asked again.
    async fn rule_20_who_is_called_off_and_asked_again_has_a_higher_number(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = four(&world, &amal).await;
        let mine = make_feed(&world.backend, &amal.actor("johan"), &FeedTyped::plain("Mobilen", "own")).await?;
        let number = async || -> Option<u32> {
            let calendar = feed(&world.backend, &mine, None).await.expect("a calendar").to_string();
            calendar.lines().find_map(|line| line.strip_prefix("SEQUENCE:")?.parse().ok())
        };
        let eva = amal.actor("eva");
        answer_own(&world.backend, &eva, meeting, &TypedAnswer::whole("deputy")).await?;
        letters(&world, &sink).await;
        let first = number().await.ok_or("asked")?;
        answer_own(&world.backend, &eva, meeting, &TypedAnswer::whole("coming")).await?;
        letters(&world, &sink).await;
        assert_eq!(number().await, None, "called off: absent (rule 32)");
        answer_own(&world.backend, &eva, meeting, &TypedAnswer::whole("deputy")).await?;
        letters(&world, &sink).await;
        assert!(number().await.ok_or("asked again")? > first);
        Ok(())
    }

    /// Feature 29
    async fn who_can_come_to_some_of_it_says_so_item_by_item(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = four(&world, &amal).await;
        let token = link_in(&sink, "eva@amal.test");
        let times = |comes: &[&str]| TypedAnswer {
            answer: "coming".into(),
            shown: ["09.20", "10.00"].map(String::from).into(),
            comes: comes.iter().map(|time| (*time).to_owned()).collect(),
        };
        assert_eq!(flaws(answer_by_link(&world.backend, &token, &times(&[])).await), [("comes".into(), FlawKind::NothingLeft)]);
        let other = TypedAnswer { shown: vec!["09.20".into()], ..times(&["09.20"]) };
        let stale = answer_by_link(&world.backend, &token, &other).await;
        assert!(matches!(stale, Err(Error::Stale)), "answered for other times than there are: {stale:?}");
        answer_by_link(&world.backend, &token, &times(&["10.00"])).await?;
        let shown = board(&world, &amal, "maria", meeting).await;
        assert_eq!(cells(&shown, "BUP"), [Cell::Empty, Cell::Declined, Cell::Empty, Cell::Coming]);
        assert_eq!(declined(&shown), [Some("Johan Holm".into())]);
        let items = by_link(&world.backend, &token).await?.items;
        assert_eq!(items.iter().map(|item| item.comes).collect::<Vec<_>>(), [false, true]);
        answer_by_link(&world.backend, &token, &times(&["09.20", "10.00"])).await?;
        assert_eq!(declined(&board(&world, &amal, "maria", meeting).await), []);
        Ok(())
    }

    async fn a_no_offers_the_next_of_the_unit_and_they_get_their_own_letter(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = four(&world, &amal).await;
        let (maria, bup) = (amal.actor("maria"), amal.unit("bup"));
        let token = link_in(&sink, "eva@amal.test");
        assert!(by_link(&world.backend, &token).await?.has_deputy);
        answer_by_link(&world.backend, &token, &TypedAnswer::whole("declined")).await?;
        assert_eq!(declined(&board(&world, &amal, "maria", meeting).await), [Some("Johan Holm".into())]);
        let stranger = ask_deputy(&world.backend, &amal.actor("eva"), meeting, bup).await;
        assert!(matches!(stranger, Err(Error::Denied)), "{stranger:?}");
        ask_deputy(&world.backend, &maria, meeting, bup).await?;
        assert_eq!(letters(&world, &sink).await, [("johan@amal.test".into(), "Kallelse till samverkansträff".into())]);
        assert!(first_line(&sink, "johan@amal.test").ends_with("09.20–10.20."));
        let shown = board(&world, &amal, "maria", meeting).await;
        assert_eq!(cells(&shown, "BUP")[1], Cell::Asked, "the planner sees that somebody is asked");
        let again = ask_deputy(&world.backend, &maria, meeting, bup).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::NobodyToAsk))), "{again:?}");
        for unit in ["adult", "leisure"] {
            let elsewhere = ask_deputy(&world.backend, &maria, meeting, amal.unit(unit)).await;
            assert!(matches!(elsewhere, Err(Error::Refused(Refusal::NobodyToAsk))), "{elsewhere:?}");
        }
        answer_own(&world.backend, &amal.actor("johan"), meeting, &TypedAnswer::whole("coming")).await?;
        assert_eq!(cells(&board(&world, &amal, "maria", meeting).await, "BUP")[1], Cell::Coming);
        Ok(())
    }

    async fn who_says_that_a_deputy_comes_has_them_asked(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = four(&world, &amal).await;
        let eva = amal.actor("eva");
        answer_own(&world.backend, &eva, meeting, &TypedAnswer::whole("deputy")).await?;
        assert_eq!(letters(&world, &sink).await, [("johan@amal.test".into(), "Kallelse till samverkansträff".into())]);
        answer_own(&world.backend, &eva, meeting, &TypedAnswer::whole("deputy")).await?;
        assert_eq!(letters(&world, &sink).await, [], "nobody is asked twice");
        let AgendaPage::Own(own) = agenda_page(&world.backend, &eva, meeting).await? else { panic!("her own") };
        assert!(!own.has_deputy && own.answer == Some(InvitationAnswer::Deputy));

        // She comes after all: he is told that he need not, unless he has answered.
        answer_own(&world.backend, &eva, meeting, &TypedAnswer::whole("coming")).await?;
        assert_eq!(letters(&world, &sink).await, [("johan@amal.test".into(), "Kallelse som inte längre gäller".into())]);
        answer_own(&world.backend, &eva, meeting, &TypedAnswer::whole("deputy")).await?;
        assert_eq!(letters(&world, &sink).await, [("johan@amal.test".into(), "Kallelse till samverkansträff".into())]);
        answer_own(&world.backend, &amal.actor("johan"), meeting, &TypedAnswer::whole("coming")).await?;
        answer_own(&world.backend, &eva, meeting, &TypedAnswer::whole("coming")).await?;
        assert_eq!(letters(&world, &sink).await, []);
        Ok(())
    }

    /// Feature 34: once, on a working morning, and only who is silent and still asked.
    async fn who_has_not_answered_is_reminded_once(world: World) -> TestResult {
        let amal = world.amal().await;
        let (mut laid, sink, meeting) = four(&world, &amal).await;
        answer_own(&world.backend, &amal.actor("anna"), meeting, &TypedAnswer::whole("coming")).await?;
        world.lay_withdrawal(&amal, &mut laid[0]).await;
        world.clock.set("2026-11-23T06:59:00Z".parse()?);
        assert_eq!(letters(&world, &sink).await, []);
        world.clock.set("2026-11-23T07:00:00Z".parse()?);
        let told = letters(&world, &sink).await;
        let expected = ["eva", "frida", "per"].map(|name| (format!("{name}@amal.test"), "Påminnelse om samverkansträff".to_owned()));
        assert_eq!(told, expected, "not Anna, who has answered, nor Lars, for whom nothing is left");
        assert!(first_line(&sink, "eva@amal.test").contains("torsdag 26 november 09.20–10.20"));
        world.clock.set("2026-11-25T07:00:00Z".parse()?);
        assert_eq!(letters(&world, &sink).await, []);
        Ok(())
    }

    /// Asked again, silent again: reminded again, before the new day and not before the old one.
    async fn a_meeting_that_moves_has_its_own_reminder(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = four(&world, &amal).await;
        super::news::moved(&world, &amal, meeting, "2026-12-04", "09.00", "Samma rum").await;
        world.clock.advance(TimeDelta::minutes(6));
        letters(&world, &sink).await;
        world.clock.set("2026-11-23T07:00:00Z".parse()?);
        assert_eq!(letters(&world, &sink).await, [], "three days before the day it was");
        world.clock.set("2026-12-01T07:00:00Z".parse()?);
        let told = letters(&world, &sink).await;
        assert_eq!(told.iter().filter(|(_, subject)| subject == "Påminnelse om samverkansträff").count(), 5, "{told:?}");
        assert!(first_line(&sink, "lars@amal.test").contains("fredag 4 december 09.00–09.20"));
        assert_eq!(run_due(&world.backend, &sink.mailer()).await?, 0);
        Ok(())
    }
}
