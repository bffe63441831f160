//! Signed papers kept with a consent.

use backend::{
    Error,
    scan::{Kind, Paper},
    usecase::attach_paper::{attach_paper, may_attach, remove_paper},
    view::case::{case_page, signed_paper},
};
use domain::{
    flaw::FlawKind,
    paper::{BYTES_A_DAY, PAPERS, PaperFlaw},
    refusal::Refusal,
};

use super::stage::{consented, flaws, registered};
use crate::on_both_engines;

fn paper(content: &str) -> Paper {
    Paper { kind: Kind::Pdf, bytes: content.as_bytes().to_vec() }
}

on_both_engines! {
    /// UPL-04, UPL-06
    async fn a_paper_is_kept_sealed_and_read_where_it_was_recorded_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, maria, per) = (amal.actor("sara"), amal.actor("maria"), amal.actor("per"));
        let case = registered(&world.backend, &sara).await?;
        let first = consented(&world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await?;
        let id = attach_paper(&world.backend, &sara, case, first, &paper("Kanarieblankett")).await?;
        let read = signed_paper(&world.backend, &sara, case, id).await?;
        assert_eq!((read.kind, read.bytes.as_slice()), (Kind::Pdf, b"Kanarieblankett".as_slice()));
        let lines = world.text("SELECT CAST(count(*) AS TEXT) FROM audit WHERE action = 'paper_read' AND outcome = 'read'").await?;
        assert_eq!(lines, "1");
        for actor in [&maria, &amal.actor("eva"), &amal.actor("karin")] {
            let refused = signed_paper(&world.backend, actor, case, id).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{}", actor.name);
            assert!(may_attach(&world.backend, actor, case, first).await.is_err(), "{}", actor.name);
            assert!(remove_paper(&world.backend, actor, case, id).await.is_err(), "{}", actor.name);
        }
        assert!(case_page(&world.backend, &maria, case).await?.history[0].papers.is_empty());

        // The social services record the next one: their paper is read by them, and by the school that registered the case.
        world.clock.advance(chrono::TimeDelta::minutes(1));
        let second = consented(&world, &per, case, &[amal.unit("school"), amal.unit("social")]).await?;
        let theirs = attach_paper(&world.backend, &per, case, second, &paper("Socialens")).await?;
        assert!(signed_paper(&world.backend, &sara, case, theirs).await.is_ok());
        assert!(attach_paper(&world.backend, &sara, case, second, &paper("Skolans")).await.is_err());
        assert!(remove_paper(&world.backend, &sara, case, theirs).await.is_err());

        let other = registered(&world.backend, &sara).await?;
        assert!(matches!(signed_paper(&world.backend, &sara, other, id).await, Err(Error::NotFound)), "of another case");
        assert!(attach_paper(&world.backend, &sara, other, first, &paper("x")).await.is_err());
        Ok(())
    }

    async fn a_paper_that_belongs_elsewhere_is_taken_away_and_that_is_in_the_log(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let consent = consented(&world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await?;
        let id = attach_paper(&world.backend, &sara, case, consent, &paper("Fel barn")).await?;
        assert_eq!(case_page(&world.backend, &sara, case).await?.history[0].papers.len(), 1);
        remove_paper(&world.backend, &sara, case, id).await?;
        assert!(case_page(&world.backend, &sara, case).await?.history[0].papers.is_empty());
        assert!(matches!(signed_paper(&world.backend, &sara, case, id).await, Err(Error::NotFound)));
        assert!(matches!(remove_paper(&world.backend, &sara, case, id).await, Err(Error::NotFound)), "a second press");
        let lines = world.text("SELECT CAST(count(*) AS TEXT) FROM audit WHERE action = 'paper_removed'").await?;
        assert_eq!(lines, "1");
        Ok(())
    }

    /// UPL-01
    async fn a_consent_has_no_more_papers_than_anybody_reads(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let consent = consented(&world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await?;
        for _ in 0..PAPERS {
            attach_paper(&world.backend, &sara, case, consent, &paper("Sida")).await?;
        }
        let more = attach_paper(&world.backend, &sara, case, consent, &paper("Sida")).await;
        assert!(matches!(more, Err(Error::Refused(Refusal::TooManyPapers))), "{more:?}");
        Ok(())
    }

    /// UPL-01
    async fn in_a_day_somebody_sends_so_much_and_no_more(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, per) = (amal.actor("sara"), amal.actor("per"));
        let case = registered(&world.backend, &sara).await?;
        let consent = consented(&world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await?;
        attach_paper(&world.backend, &sara, case, consent, &paper("Sida")).await?;
        world.sql(&format!("UPDATE consent_paper SET bytes = {}", BYTES_A_DAY - 4)).await?;
        attach_paper(&world.backend, &sara, case, consent, &paper("Sida")).await?;
        let more = flaws(attach_paper(&world.backend, &sara, case, consent, &paper("S")).await);
        assert_eq!(more, [("paper".to_owned(), FlawKind::Paper { why: PaperFlaw::DayIsFull })]);
        world.clock.advance(chrono::TimeDelta::minutes(1));
        let theirs = consented(&world, &per, case, &[amal.unit("school"), amal.unit("social")]).await?;
        attach_paper(&world.backend, &per, case, theirs, &paper("Sida")).await?;
        world.clock.advance(chrono::TimeDelta::days(1));
        attach_paper(&world.backend, &sara, case, consent, &paper("Sida")).await?;
        Ok(())
    }
}
