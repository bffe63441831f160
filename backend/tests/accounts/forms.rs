//! Drafts and receipts.

use backend::{
    Error, draft,
    receipt::{self, Claim},
    usecase::tidy::tidy,
};
use chrono::TimeDelta;

use super::{administrator, number, sessions::colleague};
use crate::on_both_engines;

on_both_engines! {
    async fn a_draft_is_for_whoever_typed_it_and_for_fifteen_minutes(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let (nils, _) = colleague(&world, &sara).await?;
        let id = draft::keep(&world.backend, Some(sara.person), "/arenden/nytt", "det som skrevs").await?;
        let found = draft::find(&world.backend, Some(sara.person), &id).await?.unwrap();
        assert_eq!((found.page.as_str(), found.body.as_str()), ("/arenden/nytt", "det som skrevs"));
        assert_eq!(draft::find(&world.backend, Some(nils), &id).await?, None);
        assert_eq!(draft::find(&world.backend, None, &id).await?, None);
        world.clock.advance(TimeDelta::minutes(15) - TimeDelta::seconds(1));
        assert!(draft::find(&world.backend, Some(sara.person), &id).await?.is_some(), "it can be loaded again");
        world.clock.advance(TimeDelta::seconds(1));
        assert_eq!(draft::find(&world.backend, Some(sara.person), &id).await?, None);
        Ok(())
    }

    async fn a_draft_of_nobody_is_for_whoever_holds_its_id(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let id = draft::keep(&world.backend, None, "/logga-in", "sara").await?;
        assert!(draft::find(&world.backend, None, &id).await?.is_some());
        assert!(draft::find(&world.backend, Some(sara.person), &id).await?.is_some());
        for other in ["", "x", "00000000000000000000000000000000", "'; DROP TABLE form_draft"] {
            assert_eq!(draft::find(&world.backend, None, other).await?, None, "{other}");
        }
        draft::forget(&world.backend, None, &id).await?;
        assert_eq!(draft::find(&world.backend, None, &id).await?, None);
        Ok(())
    }

    /// CRY-02
    async fn cry_02_what_was_typed_is_sealed_and_its_id_is_not_stored(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let id = draft::keep(&world.backend, Some(sara.person), "/valkommen/KANARIEFÅGEL", "KANARIEFÅGEL").await?;
        let text = if world.engine == crate::world::Engine::Sqlite { "hex(body)" } else { "upper(encode(body, 'hex'))" };
        let hex = data_encoding::HEXUPPER.encode("KANARIEFÅGEL".as_bytes());
        assert_eq!(number(&world, &format!("SELECT count(*) FROM form_draft WHERE {text} LIKE '%{hex}%' OR id_hash = '{id}'")).await, 0);
        assert_eq!(number(&world, "SELECT count(*) FROM form_draft").await, 1);
        Ok(())
    }

    async fn a_form_sent_twice_is_answered_as_the_first_time(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let Claim::Fresh(ticket) = receipt::claim(&world.backend, sara.person, "once-1").await? else { panic!("fresh") };
        ticket.answer("/arenden/7").await?;
        let Claim::Answered(done) = receipt::claim(&world.backend, sara.person, "once-1").await? else { panic!("done") };
        assert_eq!(done, "/arenden/7");
        Ok(())
    }

    async fn of_twenty_equal_forms_at_once_one_is_worked_on(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let tries = (0..20).map(|_| {
            let backend = world.backend.clone();
            tokio::spawn(async move {
                match receipt::claim(&backend, sara.person, "once-2").await? {
                    Claim::Fresh(ticket) => {
                        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                        ticket.answer("/gjort").await?;
                        Ok::<_, Error>(1)
                    }
                    Claim::Answered(done) => {
                        assert_eq!(done, "/gjort");
                        Ok(0)
                    }
                }
            })
        });
        let mut worked_on = 0;
        for tried in tries.collect::<Vec<_>>() {
            worked_on += tried.await??;
        }
        assert_eq!(worked_on, 1);
        Ok(())
    }

    async fn a_form_that_changed_nothing_can_be_sent_again(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let Claim::Fresh(ticket) = receipt::claim(&world.backend, sara.person, "once-3").await? else { panic!("fresh") };
        ticket.release().await?;
        assert!(matches!(receipt::claim(&world.backend, sara.person, "once-3").await?, Claim::Fresh(_)));
        Ok(())
    }

    async fn a_claim_left_behind_by_a_stopped_program_is_taken_over(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let Claim::Fresh(left) = receipt::claim(&world.backend, sara.person, "once-4").await? else { panic!("fresh") };
        drop(left);
        world.clock.advance(TimeDelta::seconds(31));
        assert!(matches!(receipt::claim(&world.backend, sara.person, "once-4").await?, Claim::Fresh(_)));
        Ok(())
    }

    async fn a_number_used_by_somebody_else_tells_nothing(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let (nils, _) = colleague(&world, &sara).await?;
        let Claim::Fresh(ticket) = receipt::claim(&world.backend, sara.person, "once-5").await? else { panic!("fresh") };
        ticket.answer("/hemligt").await?;
        assert!(matches!(receipt::claim(&world.backend, nils, "once-5").await, Err(Error::NotFound)));
        Ok(())
    }

    async fn what_nobody_can_use_is_forgotten_and_nothing_else(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        draft::keep(&world.backend, Some(sara.person), "/", "gammal").await?;
        world.clock.advance(TimeDelta::minutes(16));
        let kept = draft::keep(&world.backend, Some(sara.person), "/", "ny").await?;
        tidy(&world.backend).await?;
        assert!(draft::find(&world.backend, Some(sara.person), &kept).await?.is_some());
        assert_eq!(number(&world, "SELECT count(*) FROM form_draft").await, 1);
        assert_eq!(number(&world, "SELECT count(*) FROM session").await, 1, "whose draft it is can still be told");
        world.clock.advance(TimeDelta::days(91));
        tidy(&world.backend).await?;
        assert_eq!(number(&world, "SELECT (SELECT count(*) FROM form_draft) + (SELECT count(*) FROM session)").await, 0);
        Ok(())
    }
}
