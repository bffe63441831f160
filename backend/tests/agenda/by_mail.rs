//! Who chooses mail has meetings come into their calendar as invitations, and answers there (rules 18–20, 47–51).

use backend::{
    Error,
    job::mailbox::look,
    mail::{AnswerBox, MailTls},
    usecase::{
        add_item::add_case,
        answer_invitation::{TypedAnswer, answer_own},
        arrange_agenda::{Step, move_item},
        change_meeting::cancel_meeting,
        choose_calendar_way::choose_calendar_way,
        publish_meeting::publish_meeting,
        receive_mail::receive_mail,
        subscribe_calendar::{FeedTyped, make_feed},
    },
    view::{
        feed::feed,
        my_calendar::{CalendarWay, calendar_way},
    },
};
use chrono::TimeDelta;
use domain::{consent::Scope, flaw::FlawKind, id::MeetingId};
use mail_parser::{MessageParser, MimeHeaders as _};

use super::{
    board::{board, youth},
    imap::Inbox,
    mail::published,
    news::{letters, moved},
    smtp::{Arrived, Protection, Sink},
};
use crate::{
    cases::stage::{flaws, guardians},
    on_both_engines,
    world::{World, amal::Amal, cases::Laid},
};

/// A message to a calendar, unfolded.
#[derive(Debug)]
struct Event {
    text: String,
}

impl Event {
    /// What a letter carries, if it carries one.
    fn of(letter: &Arrived) -> Option<Self> {
        let parsed = MessageParser::default().parse(letter.data.as_bytes()).expect("a message");
        let part = parsed.parts.iter().find(|part| part.is_content_type("text", "calendar"))?;
        let method = part.content_type().and_then(|kind| kind.attribute("method")).expect("a method");
        let text = String::from_utf8(part.contents().to_vec()).expect("UTF-8").replace("\r\n ", "");
        assert!(text.contains(&format!("\r\nMETHOD:{method}\r\n")), "told twice, and alike: {text}");
        assert!(parsed.content_type().is_some_and(|kind| kind.subtype() == Some("alternative")));
        let event = Self { text };
        let to = parsed.reply_to().and_then(|to| to.first()).and_then(|to| to.address());
        assert_eq!(to.map(|to| format!("mailto:{to}")), Some(event.value("ORGANIZER")));
        Some(event)
    }

    fn value(&self, name: &str) -> String {
        let named = |line: &&str| line.starts_with(name) && line[name.len()..].starts_with([':', ';']);
        // A time zone has times of its own, and stands before the event.
        let (head, event) = self.text.split_once("BEGIN:VEVENT").expect("an event");
        let line = event
            .split("\r\n")
            .chain(head.split("\r\n"))
            .find(named)
            .unwrap_or_else(|| panic!("{name} in {}", self.text));
        // Of addresses the value begins at the scheme.
        line.find("mailto:").map_or_else(|| line.split_once(':').expect("a value").1, |at| &line[at..]).to_owned()
    }

    fn sequence(&self) -> u32 {
        self.value("SEQUENCE").parse().expect("a number")
    }

    /// How somebody's program answers it.
    fn answered(&self, said: &str) -> Vec<u8> {
        self.answered_as(said, &self.value("ATTENDEE"), &self.value("ORGANIZER"))
    }

    fn answered_as(&self, said: &str, attendee: &str, to: &str) -> Vec<u8> {
        let to = to.trim_start_matches("mailto:");
        format!(
            "From: Eva <eva@amal.test>\r\nTo: <{to}>\r\nSubject: Svar\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n\
             BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{}\r\nSEQUENCE:{}\r\n\
             DTSTAMP:20261122T120000Z\r\nATTENDEE;PARTSTAT={said}:{attendee}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
            self.value("UID"),
            self.value("SEQUENCE"),
        )
        .into_bytes()
    }
}

/// The last letter to Eva, and what it does in her calendar.
fn last(sink: &Sink) -> (String, Option<Event>) {
    let letter = sink.arrived().into_iter().rev().find(|letter| letter.to == ["eva@amal.test"]).expect("a letter");
    (letter.subject(), Event::of(&letter))
}

/// A published meeting with one case, to which Eva, who chose mail, is invited; its letters have arrived.
async fn invited(world: &World, amal: &Amal) -> (Laid, Sink, MeetingId) {
    choose_calendar_way(&world.backend, &amal.actor("eva"), "mail").await.expect("chosen");
    let case = published(world, amal).await;
    let sink = Sink::start().await;
    assert_eq!(letters(world, &sink).await.len(), 3);
    world.clock.advance(TimeDelta::minutes(10));
    (case, sink, amal.meeting("2026-11-26"))
}

/// What Eva has answered.
async fn answer(world: &World) -> String {
    world
        .text("SELECT answer FROM invitation WHERE person_id = (SELECT id FROM person WHERE email = 'eva@amal.test')")
        .await
        .expect("an answer")
}

async fn events_in(world: &World, token: &str) -> usize {
    feed(&world.backend, token, None).await.expect("a calendar").matches("BEGIN:VEVENT").count()
}

on_both_engines! {
    /// Rules 47, 51; V3
    async fn rule_51_who_chooses_mail_is_invited_into_the_calendar_and_subscribes_to_nothing_more(world: World) -> TestResult {
        let amal = world.amal().await;
        let eva = amal.actor("eva");
        assert_eq!(calendar_way(&world.backend, &eva).await?, Some(CalendarWay::Feed));
        let own = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        let units = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "unit")).await?;
        let (case, sink, _) = invited(&world, &amal).await;
        assert_eq!(calendar_way(&world.backend, &eva).await?, Some(CalendarWay::Mail));
        assert_eq!((events_in(&world, &own).await, events_in(&world, &units).await), (0, 0));
        for letter in sink.arrived() {
            let event = Event::of(&letter);
            assert_eq!(event.is_some(), letter.to == ["eva@amal.test"], "{:?}", letter.to);
            let Some(event) = event else { continue };
            assert_eq!(event.text.matches("ATTENDEE").count(), 1);
            assert_eq!(event.value("ATTENDEE"), "mailto:eva@amal.test");
            assert!(event.value("ORGANIZER").starts_with("mailto:moten+"));
            assert_eq!(event.value("METHOD"), "REQUEST");
            assert_eq!(event.value("DTSTART"), "20261126T090000");
            assert_eq!(event.value("DTEND"), "20261126T092000", "her own time");
            for secret in [case.reference.as_str(), &case.name, "Berg", "Sand", "BUP", "Individ", "Ungdoms"] {
                assert!(!letter.data.contains(secret) && !event.text.contains(secret), "{secret} in {letter:?}");
            }
        }
        choose_calendar_way(&world.backend, &eva, "mail").await?;
        assert_eq!(letters(&world, &sink).await, [], "the second press");
        let refused = choose_calendar_way(&world.backend, &eva, "duvor").await;
        assert_eq!(flaws(refused), [("way".to_owned(), FlawKind::NotAChoice)]);
        Ok(())
    }

    /// Rules 18, 20, 48
    async fn rule_48_what_is_moved_comes_anew_and_what_is_over_is_taken_back(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = invited(&world, &amal).await;
        let first = last(&sink).1.ok_or("an event")?;
        moved(&world, &amal, meeting, "2026-11-27", "13.00", "Skolan").await;
        world.clock.advance(TimeDelta::minutes(6));
        letters(&world, &sink).await;
        let second = last(&sink).1.ok_or("an event")?;
        assert_eq!((second.value("METHOD"), second.value("DTSTART")), ("REQUEST".into(), "20261127T130000".into()));
        let version = world.count(&format!("SELECT version FROM meeting WHERE id = {}", world.literal(meeting.uuid()))).await;
        cancel_meeting(&world.backend, &amal.actor("maria"), meeting, version, "absence").await?;
        letters(&world, &sink).await;
        let (subject, third) = last(&sink);
        let third = third.ok_or("an event")?;
        assert_eq!(subject, "Inställd samverkansträff");
        assert_eq!((third.value("METHOD"), third.value("STATUS")), ("CANCEL".into(), "CANCELLED".into()));
        assert!(first.sequence() < second.sequence() && second.sequence() < third.sequence());
        for name in ["UID", "ORGANIZER", "ATTENDEE"] {
            assert!(first.value(name) == second.value(name) && second.value(name) == third.value(name), "{name}");
        }
        Ok(())
    }

    /// V3, rule 48: the family took her unit out of it. She learns that she need not come, and nothing of what the meeting became.
    async fn rule_48_whoever_is_not_covered_any_more_has_it_taken_back_without_a_word_of_why(world: World) -> TestResult {
        let amal = world.amal().await;
        let (case, sink, meeting) = invited(&world, &amal).await;
        let first = last(&sink).1.ok_or("an event")?;
        let by = guardians(&world, case.id).await[0];
        let bup = Scope::Receivers([amal.unit("bup")].into());
        backend::usecase::withdraw_consent::withdraw_consent(&world.backend, &amal.actor("per"), case.id, by, bup).await?;
        moved(&world, &amal, meeting, "2026-11-27", "13.00", "Hemliga rummet").await;
        world.clock.advance(TimeDelta::minutes(6));
        letters(&world, &sink).await;
        let (subject, over) = last(&sink);
        let over = over.ok_or("an event")?;
        assert_eq!(subject, "Kallelse som inte längre gäller");
        assert_eq!((over.value("METHOD"), over.value("UID")), ("CANCEL".into(), first.value("UID")));
        assert!(over.sequence() > first.sequence());
        assert_eq!(over.value("DTSTART"), first.value("DTSTART"), "as she was told it");
        assert!(!over.text.contains("Hemliga") && !over.text.contains("INSTÄLLT"), "{}", over.text);
        let late = receive_mail(&world.backend, &first.answered("ACCEPTED")).await?;
        letters(&world, &sink).await;
        assert!(late && answer(&world).await == "none", "taken in, and for nothing");
        Ok(())
    }

    /// Rule 51: never both, also for those who change their mind.
    async fn rule_51_who_changes_their_mind_has_it_moved_over(world: World) -> TestResult {
        let amal = world.amal().await;
        let eva = amal.actor("eva");
        let own = make_feed(&world.backend, &eva, &FeedTyped::plain("Mobilen", "own")).await?;
        published(&world, &amal).await;
        let sink = Sink::start().await;
        letters(&world, &sink).await;
        assert!(last(&sink).1.is_none() && events_in(&world, &own).await == 1);

        choose_calendar_way(&world.backend, &eva, "mail").await?;
        assert_eq!(letters(&world, &sink).await, [("eva@amal.test".into(), "Samverkansträff till din kalender".into())]);
        let put = last(&sink).1.ok_or("an event")?;
        assert_eq!((put.value("METHOD"), events_in(&world, &own).await), ("REQUEST".into(), 0));

        choose_calendar_way(&world.backend, &eva, "feed").await?;
        choose_calendar_way(&world.backend, &eva, "mail").await?;
        choose_calendar_way(&world.backend, &eva, "feed").await?;
        assert_eq!(letters(&world, &sink).await.len(), 1, "what was overtaken is not told");
        let (subject, taken) = last(&sink);
        let taken = taken.ok_or("an event")?;
        assert_eq!(subject, "Samverkansträff tas bort ur kalendern");
        assert_eq!((taken.value("METHOD"), events_in(&world, &own).await), ("CANCEL".into(), 1));
        assert!(taken.sequence() > put.sequence(), "rule 48");
        assert!(!taken.text.contains("INSTÄLLT"), "it is held");
        moved(&world, &amal, amal.meeting("2026-11-26"), "2026-11-27", "13.00", "Skolan").await;
        world.clock.advance(TimeDelta::minutes(6));
        letters(&world, &sink).await;
        let (subject, event) = last(&sink);
        assert!(subject == "Flyttad samverkansträff" && event.is_none(), "by subscription alone now");
        Ok(())
    }

    /// Rule 49: the event, the person and the secret address together; nobody else is written to.
    async fn rule_49_an_answer_counts_from_whoever_was_asked_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = invited(&world, &amal).await;
        let event = last(&sink).1.ok_or("an event")?;
        let (mine, organizer) = (event.value("ATTENDEE"), event.value("ORGANIZER"));
        for (attendee, to) in [
            ("mailto:per@amal.test", organizer.as_str()),
            ("mailto:ingen@amal.test", &organizer),
            (&mine, "mailto:moten@amal.test"),
            (&mine, &format!("mailto:moten+{}@amal.test", "a".repeat(32))),
        ] {
            assert!(!receive_mail(&world.backend, &event.answered_as("ACCEPTED", attendee, to)).await?, "{attendee} {to}");
        }
        assert!(!receive_mail(&world.backend, b"Subject: Hej\r\n\r\nJag kommer.\r\n").await?);
        assert!(receive_mail(&world.backend, &event.answered("TENTATIVE")).await?, "understood, and no answer");
        assert_eq!((letters(&world, &sink).await, answer(&world).await), (vec![], "none".into()));

        let upper = event.answered_as("ACCEPTED", &mine.to_uppercase(), &organizer.to_uppercase());
        assert!(receive_mail(&world.backend, &upper).await?);
        assert_eq!((letters(&world, &sink).await, answer(&world).await), (vec![], "coming".into()));
        assert!(receive_mail(&world.backend, &event.answered("DECLINED")).await?);
        assert_eq!((letters(&world, &sink).await, answer(&world).await), (vec![], "declined".into()));
        let told = world.count("SELECT count(*) FROM job WHERE kind = 'mail_answer' AND payload LIKE '%@%'").await;
        assert_eq!(told, 0, "no address is kept");

        moved(&world, &amal, meeting, "2026-11-27", "13.00", "Skolan").await;
        assert!(receive_mail(&world.backend, &event.answered("ACCEPTED")).await?);
        letters(&world, &sink).await;
        assert_eq!(answer(&world).await, "none", "to the time it was then");
        world.clock.advance(TimeDelta::minutes(6));
        letters(&world, &sink).await;
        receive_mail(&world.backend, &last(&sink).1.ok_or("an event")?.answered("ACCEPTED")).await?;
        letters(&world, &sink).await;
        assert_eq!(answer(&world).await, "coming");
        Ok(())
    }

    /// Rule 20: the letter says what is so as it leaves, and so does the number.
    async fn an_answer_counts_where_the_time_changed_before_the_letter_left(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, maria, meeting) = (&world.backend, amal.actor("maria"), amal.meeting("2026-11-26"));
        choose_calendar_way(backend, &amal.actor("eva"), "mail").await?;
        for unit in ["bup", "af"] {
            let case = youth(&world, &amal, "social", &["social", unit]).await;
            add_case(backend, &maria, meeting, case.id).await?;
        }
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        publish_meeting(backend, &maria, meeting, &stamp).await?;
        let now = board(&world, &amal, "maria", meeting).await;
        move_item(backend, &maria, meeting, now.rows[0].id, Step::Down, &now.stamp).await?;
        let sink = Sink::start().await;
        letters(&world, &sink).await;
        let event = last(&sink).1.ok_or("an event")?;
        assert_eq!(event.value("DTSTART"), "20261126T092000");
        assert!(receive_mail(backend, &event.answered("ACCEPTED")).await?);
        letters(&world, &sink).await;
        assert_eq!(answer(&world).await, "coming");
        world.clock.advance(TimeDelta::minutes(6));
        let now = board(&world, &amal, "maria", meeting).await;
        move_item(backend, &maria, meeting, now.rows[0].id, Step::Down, &now.stamp).await?;
        world.clock.advance(TimeDelta::minutes(6));
        letters(&world, &sink).await;
        let earlier = last(&sink).1.ok_or("an event")?;
        assert_eq!(earlier.value("DTSTART"), "20261126T090000");
        assert!(earlier.sequence() > event.sequence());
        assert!(earlier.text.contains("PARTSTAT=ACCEPTED"), "the answer holds for the other time too");
        Ok(())
    }

    /// Feature 30: said twice, by a program or a finger, it still is one deputy.
    async fn a_deputy_announced_twice_is_asked_once(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = invited(&world, &amal).await;
        let event = last(&sink).1.ok_or("an event")?;
        for _ in 0..2 {
            receive_mail(&world.backend, &event.answered("DELEGATED")).await?;
            letters(&world, &sink).await;
        }
        let asked = || world.count("SELECT count(*) FROM invitation WHERE stand_in");
        assert_eq!((answer(&world).await, asked().await), ("deputy".into(), 1));
        answer_own(&world.backend, &amal.actor("eva"), meeting, &TypedAnswer::whole("deputy")).await?;
        assert_eq!(asked().await, 1);
        moved(&world, &amal, meeting, "2026-11-27", "13.00", "Skolan").await;
        answer_own(&world.backend, &amal.actor("eva"), meeting, &TypedAnswer::whole("deputy")).await?;
        assert_eq!(asked().await, 1, "the one who was asked is asked again, and nobody besides");
        Ok(())
    }

    async fn a_mailbox_is_read_and_what_is_not_understood_is_left_for_people(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, _) = invited(&world, &amal).await;
        let event = last(&sink).1.ok_or("an event")?;
        let inbox = Inbox::start(Protection::None).await;
        let words = b"Subject: Hej\r\n\r\nKan vi byta dag?\r\n".to_vec();
        inbox.lay(words.clone());
        inbox.lay(event.answered("ACCEPTED"));
        inbox.lay(vec![b'x'; backend::mail::LONGEST_ANSWER + 1]);
        assert_eq!(look(&world.backend, &inbox.answers()).await?, 3);
        letters(&world, &sink).await;
        assert_eq!(answer(&world).await, "coming");
        let left = inbox.lying();
        assert_eq!(left.len(), 2, "what was understood is taken out");
        assert!(left.iter().all(|one| one.flags == ["Seen", "Flagged"]), "{left:?}");
        assert_eq!(left[0].message, words);
        assert_eq!(look(&world.backend, &inbox.answers()).await?, 0, "and not read again");
        Ok(())
    }

    /// WEB-09
    async fn a_password_for_the_mailbox_travels_inside_tls_alone(world: World) -> TestResult {
        for (protection, tls) in [(Protection::StartTls, MailTls::StartTls), (Protection::Wrapped, MailTls::Wrapped)] {
            let inbox = Inbox::start(protection).await;
            inbox.lay(b"Subject: Hej\r\n\r\nHej\r\n".to_vec());
            assert_eq!(look(&world.backend, &AnswerBox::new(inbox.settings(tls, "localhost"))?).await?, 1);
            let mut of_nobody = inbox.settings(tls, "localhost");
            of_nobody.authority = None;
            for settings in [of_nobody, inbox.settings(tls, "127.0.0.1")] {
                let refused = look(&world.backend, &AnswerBox::new(settings)?).await;
                assert!(matches!(&refused, Err(Error::Mail(kind)) if kind == "imap_tls"), "{refused:?}");
            }
            let clear = inbox.heard_in_clear();
            assert!(clear.iter().all(|line| line == "STARTTLS"), "{clear:?}");
        }
        Ok(())
    }
}
