//! Answering an invitation.

use backend::{
    Error,
    job::run_due,
    usecase::answer_invitation::{TypedAnswer, answer_by_link, answer_own},
    view::{agenda::Cell, invitation::by_link},
};
use chrono::TimeDelta;
use domain::{
    flaw::{Flaw, FlawKind},
    meeting::InvitationAnswer,
    refusal::Refusal,
};

use super::{board::board, mail::published, smtp::Sink};
use crate::{on_both_engines, world::World};

/// The secret of the link a person got by mail.
pub async fn link(world: &World, to: &str) -> String {
    let sink = Sink::start().await;
    run_due(&world.backend, &sink.mailer()).await.expect("sent");
    link_in(&sink, to)
}

/// The secret of the link in the last letter to somebody.
pub fn link_in(sink: &Sink, to: &str) -> String {
    let letter = sink.arrived().into_iter().rev().find(|letter| letter.to == [to]).expect("a letter");
    let text = letter.text();
    let (_, rest) = text.split_once("/kallelse/").expect("a link");
    rest.chars().take_while(char::is_ascii_alphanumeric).collect()
}

on_both_engines! {
    async fn a_link_shows_the_meeting_and_takes_the_answer(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let token = link(&world, "eva@amal.test").await;
        let page = by_link(&world.backend, &token).await?;
        assert_eq!(page.forum, "Ungdoms- och vuxencentralen");
        assert_eq!(page.starts.to_string(), "2026-11-26 09:00:00");
        assert!(page.can_answer && page.answer == InvitationAnswer::Pending);
        assert_eq!(by_link(&world.backend, &token).await?, page, "looking changes nothing (rule 50)");

        for (code, answer, cell) in [
            ("coming", InvitationAnswer::Coming, Cell::Coming),
            ("declined", InvitationAnswer::Declined, Cell::Declined),
            ("deputy", InvitationAnswer::Deputy, Cell::Coming),
        ] {
            answer_by_link(&world.backend, &token, &TypedAnswer::whole(code)).await?;
            assert_eq!(by_link(&world.backend, &token).await?.answer, answer);
            let shown = board(&world, &amal, "maria", amal.meeting("2026-11-26")).await;
            let bup = shown.columns.iter().position(|column| column.short_name == "BUP").ok_or("no BUP")?;
            assert_eq!(shown.rows[0].cells[bup], cell);
        }
        let wrong = answer_by_link(&world.backend, &token, &TypedAnswer::whole("none")).await;
        assert!(matches!(wrong, Err(Error::Invalid(flaws)) if flaws == [Flaw::new("answer", FlawKind::NotAChoice)]));
        Ok(())
    }

    /// Rule 44
    async fn links_that_do_not_stand_all_answer_alike(world: World) -> TestResult {
        let amal = world.amal().await;
        let mut case = published(&world, &amal).await;
        let eva = link(&world, "eva@amal.test").await;
        for token in ["", "x", &"0".repeat(64), "../../etc/passwd"] {
            assert!(matches!(by_link(&world.backend, token).await, Err(Error::NotFound)));
            assert!(matches!(answer_by_link(&world.backend, token, &TypedAnswer::whole("coming")).await, Err(Error::NotFound)));
        }
        world.clock.advance(TimeDelta::minutes(1));
        world.lay_withdrawal(&amal, &mut case).await;
        assert!(matches!(by_link(&world.backend, &eva).await, Err(Error::NotFound)), "withdrawn consent");
        assert!(matches!(answer_by_link(&world.backend, &eva, &TypedAnswer::whole("coming")).await, Err(Error::NotFound)));
        Ok(())
    }

    async fn a_link_dies_with_the_work_it_was_for(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let eva = link(&world, "eva@amal.test").await;
        world.sql("UPDATE assignment SET until_on = '2026-11-21' WHERE title = 'psykolog'").await?;
        assert!(matches!(by_link(&world.backend, &eva).await, Err(Error::NotFound)));
        Ok(())
    }

    async fn nobody_answers_once_it_has_begun(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let eva = link(&world, "eva@amal.test").await;
        world.clock.set("2026-11-26T08:00:00Z".parse()?);
        assert!(!by_link(&world.backend, &eva).await?.can_answer);
        let late = answer_by_link(&world.backend, &eva, &TypedAnswer::whole("coming")).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::AlreadyBegun))), "{late:?}");
        Ok(())
    }

    async fn signed_in_one_answers_for_oneself_only(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let meeting = amal.meeting("2026-11-26");
        answer_own(&world.backend, &amal.actor("eva"), meeting, &TypedAnswer::whole("coming")).await?;
        assert_eq!(world.count("SELECT count(*) FROM invitation WHERE answer = 'coming'").await, 1);
        let other = answer_own(&world.backend, &amal.actor("johan"), meeting, &TypedAnswer::whole("coming")).await;
        assert!(matches!(other, Err(Error::NotFound)), "{other:?}");
        Ok(())
    }

    /// FEED-01 for links: the database alone opens nothing.
    async fn the_database_holds_no_link(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let eva = link(&world, "eva@amal.test").await;
        let stored = format!("SELECT count(*) FROM invitation WHERE token_hash = '{eva}'");
        assert_eq!(world.count(&stored).await, 0);
        assert_eq!(world.count(&format!("SELECT count(*) FROM job WHERE payload LIKE '%{eva}%'")).await, 0);
        Ok(())
    }
}
