//! Anonymous consultations on the agenda: a question that leads to nobody, and how long it is kept.

use backend::{
    Error, Result,
    job::run_due,
    usecase::{
        add_item::add_anonymous_consultation,
        change_item::remove_item,
        change_meeting::cancel_meeting,
        publish_meeting::publish_meeting,
        run_meeting::{close_meeting, open_meeting},
        subscribe_calendar::{FeedTyped, make_feed},
        tidy::tidy,
    },
    view::{
        agenda::{About, AgendaPage, agenda_page},
        case::case_page,
        feed::feed,
        week::week_page,
    },
};
use chrono::TimeDelta;
use domain::{
    consultation::Trace,
    flaw::{Flaw, FlawKind},
};

use super::{
    board::{board, youth},
    smtp::Sink,
};
use crate::{
    cases::stage::registered,
    on_both_engines,
    world::{World, amal::Amal},
};

/// A question nobody is in.
pub const QUESTION: &str = "En tioåring i årskurs 4 är mest hemma. Hur kan skola och socialtjänst börja?";

/// What stops a question, and the words that do.
fn stopped(asked: Result<()>, text: &str) -> Vec<(Trace, &str)> {
    let Err(Error::Invalid(flaws)) = asked else { panic!("not stopped: {asked:?}") };
    let words = flaws.into_iter().map(|flaw| match flaw {
        Flaw { field, kind: FlawKind::PointsOut { trace, from, to } } if field == "question" => {
            (trace, &text[from as usize..to as usize])
        }
        other => panic!("{other:?}"),
    });
    words.collect()
}

async fn add(world: &World, amal: &Amal, question: &str) -> Result<()> {
    add_anonymous_consultation(&world.backend, &amal.actor("maria"), amal.meeting("2026-11-26"), question, "").await
}

pub async fn kept(world: &World) -> i64 {
    world.count("SELECT count(*) FROM agenda_item WHERE kind = 'anonymous' AND title IS NOT NULL").await
}

on_both_engines! {
    async fn a1_a_consultation_is_a_question_and_minutes_and_nothing_else(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        add_anonymous_consultation(&world.backend, &maria, meeting, &format!(" {QUESTION}\r\n"), "25").await?;
        add(&world, &amal, QUESTION).await?;
        let rows = board(&world, &amal, "maria", meeting).await.rows;
        for (row, minutes) in rows.iter().zip([25, 20]) {
            assert_eq!(row.about, About::Anonymous { question: Some(QUESTION.into()) });
            assert_eq!(row.minutes, minutes, "as typed, or as long as an item usually is");
        }
        // Nothing in the row leads anywhere: no case, no person, and the text sealed.
        let row = world.text("SELECT CAST(count(*) AS TEXT) FROM agenda_item WHERE case_id IS NULL AND kind = 'anonymous'").await?;
        assert_eq!(row, "2");
        let logged = "SELECT CAST(count(*) AS TEXT) FROM audit WHERE action = 'consultation_added' AND case_id IS NULL AND basis_id IS NULL";
        assert_eq!(world.text(logged).await?, "2");
        Ok(())
    }

    async fn a2_what_leads_to_a_person_is_refused_where_it_stands_and_nothing_changes(world: World) -> TestResult {
        let amal = world.amal().await;
        registered(&world.backend, &amal.actor("maria")).await?; // Tuva, Rut and Nils Provsson
        let logged = world.count("SELECT count(*) FROM audit").await;
        let text = "Om Tuva i 7B, född 2012-03-03, och Provssons på Storgatan 12: 070-123 45 67, 20120303-2383";
        assert_eq!(
            stopped(add(&world, &amal, text).await, text),
            [
                (Trace::Name, "Tuva"),
                (Trace::Class, "7B"),
                (Trace::Date, "2012-03-03"),
                (Trace::Name, "Provssons"),
                (Trace::Address, "Storgatan 12"),
                (Trace::Telephone, "070-123 45 67"),
                (Trace::PersonalNumber, "20120303-2383"),
            ]
        );
        let both = add_anonymous_consultation(&world.backend, &amal.actor("maria"), amal.meeting("2026-11-26"), " ", "0").await;
        let Err(Error::Invalid(flaws)) = both else { panic!("{both:?}") };
        let bounds = FlawKind::NotANumber { min: 1, max: 480 };
        assert_eq!(flaws, [Flaw::new("question", FlawKind::Required), Flaw::new("minutes", bounds)]);
        assert_eq!(world.count("SELECT count(*) FROM agenda_item").await, 0);
        assert_eq!(world.count("SELECT count(*) FROM audit").await, logged);
        Ok(())
    }

    /// Whoever asks is told of names they know, and learns none they do not.
    async fn a2_a_name_counts_for_the_unit_that_may_know_it_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        let bup = registered(&world.backend, &amal.actor("eva")).await?;
        let reference = case_page(&world.backend, &amal.actor("eva"), bup).await?.reference;
        let text = format!("Tuva, {reference}");
        add(&world, &amal, &text).await?;
        registered(&world.backend, &amal.actor("maria")).await?;
        assert_eq!(stopped(add(&world, &amal, &text).await, &text), [(Trace::Name, "Tuva")]);
        // One the unit is covered for by consent.
        let covered = youth(&world, &amal, "gymnasium", &["gymnasium", "social"]).await;
        let told = stopped(add(&world, &amal, &covered.reference).await, &covered.reference);
        assert_eq!(told, [(Trace::CaseReference, covered.reference.as_str())]);
        Ok(())
    }

    async fn a3_an_item_stays_of_its_kind_whoever_asks_the_database(world: World) -> TestResult {
        let amal = world.amal().await;
        let case = registered(&world.backend, &amal.actor("maria")).await?;
        add(&world, &amal, QUESTION).await?;
        let literal = world.literal(case.uuid());
        for change in [
            format!("UPDATE agenda_item SET case_id = {literal}"),
            format!("UPDATE agenda_item SET kind = 'case', case_id = {literal}, title = NULL"),
            "UPDATE agenda_item SET kind = 'general'".to_owned(),
        ] {
            let said = world.sql(&change).await.expect_err(&change).to_string();
            assert!(said.contains("item_kind") || said.contains("ck_agenda_item_case"), "{change}: {said}");
        }
        // M1, A1: nobody writes minutes of it, not even with an open gate beside it.
        let minutes = format!(
            "INSERT INTO minutes (id, item_id, case_id, meeting_id, writer_id, state, consent_id, revision, touched_ms, version) \
             SELECT i.id, i.id, {literal}, i.meeting_id, i.id, 'draft', i.id, 0, 1795345200000, 0 FROM agenda_item i"
        );
        let said = world.sql(&minutes).await.expect_err("minutes of a consultation").to_string();
        assert!(said.contains("item_differs"), "{said}");
        // A5: what was erased does not come back.
        world.sql("UPDATE agenda_item SET title = NULL").await?;
        let blob = if world.engine == crate::world::Engine::Sqlite { "x'00'" } else { "'\\x00'" };
        let said = world.sql(&format!("UPDATE agenda_item SET title = {blob}")).await.expect_err("written again").to_string();
        assert!(said.contains("item_erased"), "{said}");
        Ok(())
    }

    /// V3, V4: those who are there may read it; what leaves the house says nothing of it.
    async fn a_question_is_on_the_agenda_and_in_no_mail_feed_or_week(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        add(&world, &amal, QUESTION).await?;
        let own = async |who: &str| match agenda_page(&world.backend, &amal.actor(who), meeting).await {
            Ok(AgendaPage::Own(own)) => own.slots.into_iter().map(|slot| slot.question).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert!(own("anna").await.is_empty(), "a draft is nobody else's");
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        publish_meeting(&world.backend, &maria, meeting, &stamp).await?;
        assert_eq!(own("anna").await, [Some(QUESTION.to_owned())]);
        assert!(own("eva").await.is_empty(), "not there: who comes for cases alone sees their own times (V2)");

        let sink = Sink::start().await;
        assert!(run_due(&world.backend, &sink.mailer()).await? > 0);
        let token = make_feed(&world.backend, &amal.actor("anna"), &FeedTyped::plain("Mobilen", "own")).await?;
        let calendar = feed(&world.backend, &token, None).await?.to_string();
        assert!(calendar.contains("SUMMARY:Samverkansträff\r\n"));
        let week = format!("{:?}", week_page(&world.backend, &amal.actor("anna"), None).await?);
        let letters: Vec<_> = sink.arrived().iter().map(|letter| format!("{} {}", letter.data, letter.text())).collect();
        for said in letters.iter().chain([&calendar, &week]) {
            for secret in ["tioåring", "årskurs", "Avidentifierad"] {
                assert!(!said.contains(secret), "{secret} stands in {said}");
            }
        }
        Ok(())
    }

    async fn a4_a_question_goes_with_its_meeting(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        add(&world, &amal, QUESTION).await?;
        world.sql("UPDATE meeting SET state = 'published'").await?;
        world.clock.set("2026-11-26T08:00:00Z".parse()?);
        open_meeting(&world.backend, &maria, meeting).await?;
        assert_eq!(kept(&world).await, 1);
        close_meeting(&world.backend, &maria, meeting).await?;
        assert_eq!(kept(&world).await, 0);
        let row = board(&world, &amal, "maria", meeting).await.rows.remove(0);
        assert_eq!(row.about, About::Anonymous { question: None });
        Ok(())
    }

    async fn a4_a_question_goes_with_a_meeting_that_is_cancelled_and_an_item_that_is_taken_away(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        add(&world, &amal, QUESTION).await?;
        let seen = board(&world, &amal, "maria", meeting).await;
        remove_item(&world.backend, &maria, meeting, seen.rows[0].id, &seen.stamp).await?;
        assert_eq!(world.count("SELECT count(*) FROM agenda_item").await, 0);
        add(&world, &amal, QUESTION).await?;
        let version = world.count("SELECT version FROM meeting WHERE on_date = '2026-11-26'").await;
        cancel_meeting(&world.backend, &maria, meeting, version, "absence").await?;
        assert_eq!(kept(&world).await, 0);
        Ok(())
    }

    async fn a4_a_question_of_a_meeting_that_nobody_closed_goes_after_a_week(world: World) -> TestResult {
        let amal = world.amal().await;
        add(&world, &amal, QUESTION).await?;
        world.clock.set("2026-12-03T22:00:00Z".parse()?);
        tidy(&world.backend).await?;
        assert_eq!(kept(&world).await, 1, "the seventh day");
        world.clock.advance(TimeDelta::hours(2));
        tidy(&world.backend).await?;
        assert_eq!(kept(&world).await, 0);
        let tidied = "SELECT count(*) FROM audit WHERE action = 'housekeeping'";
        let logged = world.count(tidied).await;
        tidy(&world.backend).await?;
        assert_eq!(world.count(tidied).await, logged, "once");
        Ok(())
    }
}
