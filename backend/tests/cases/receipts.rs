//! What was agreed, given back to whoever answered.

use backend::{
    Error,
    usecase::{annul_consent::annul_consent, record_consent::record_consent, withdraw_consent::withdraw_consent},
    view::case::{case_page, receipt},
};
use domain::consent::{Answer, Purpose, Scope};

use super::stage::{consented, flaws, form, guardians, no, registered, yes};
use crate::on_both_engines;

on_both_engines! {
    async fn each_is_told_their_own_answer_and_what_they_took_back(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let (school, social) = (amal.unit("school"), amal.unit("social"));
        let case = registered(&world.backend, &sara).await?;
        let by = guardians(&world, case).await;
        let answers = vec![yes(by[0], "2026-11-21", &[school, social]), yes(by[1], "2026-11-20", &[social])];
        let consent = record_consent(&world.backend, &sara, case, form(answers, "2026-11-22")).await?;
        let told = receipt(&world.backend, &sara, case, Some(consent)).await?;
        assert_eq!(told.child.as_deref(), Some("Tuva Provsson"));
        assert_eq!(told.sheets.len(), 2);
        assert_eq!(told.sheets[0].name.as_deref(), Some("Rut Provsson"));
        assert_eq!((told.sheets[0].receivers.len(), told.sheets[1].receivers.len()), (2, 1));
        assert!(told.sheets.iter().all(|sheet| sheet.answer == Answer::Agreed && sheet.taken_back.is_empty()));

        withdraw_consent(&world.backend, &sara, case, by[1], Scope::All).await?;
        let told = receipt(&world.backend, &sara, case, None).await?;
        assert_eq!(told.consent, consent, "the latest, by itself");
        assert!(told.sheets[0].taken_back.is_empty(), "one's withdrawal is not the other's to read (I3)");
        assert_eq!(told.sheets[1].taken_back.len(), 1);
        let refused = record_consent(&world.backend, &sara, case, form(vec![no(by[0], "2026-11-22")], "2026-11-22")).await?;
        let told = receipt(&world.backend, &sara, case, Some(refused)).await?;
        assert_eq!(told.sheets[0].answer, Answer::Refused);
        Ok(())
    }

    /// C17: beside the status, the last day of a consent that no longer holds would tell of a phase.
    async fn c17_it_is_for_who_recorded_it_and_while_it_holds_for_who_registered(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, per, eva) = (amal.actor("sara"), amal.actor("per"), amal.actor("eva"));
        let units = ["school", "social", "bup"].map(|unit| amal.unit(unit));
        let case = registered(&world.backend, &sara).await?;
        assert!(matches!(receipt(&world.backend, &sara, case, None).await, Err(Error::NotFound)), "there is none");
        let first = consented(&world, &sara, case, &units).await?;
        world.clock.advance(chrono::TimeDelta::minutes(1));
        let second = consented(&world, &per, case, &units).await?;
        assert!(receipt(&world.backend, &sara, case, Some(second)).await.is_ok(), "in force");
        assert!(receipt(&world.backend, &sara, case, Some(first)).await.is_ok(), "recorded here");
        assert!(receipt(&world.backend, &per, case, Some(second)).await.is_ok());
        for stranger in [&eva, &amal.actor("karin"), &amal.actor("ivar")] {
            let refused = receipt(&world.backend, stranger, case, Some(second)).await;
            assert!(refused.is_err(), "{}", stranger.name);
        }
        let other = registered(&world.backend, &sara).await?;
        assert!(receipt(&world.backend, &sara, other, Some(second)).await.is_err(), "of another case");

        let by = guardians(&world, case).await[0];
        withdraw_consent(&world.backend, &sara, case, by, Scope::All).await?;
        assert!(receipt(&world.backend, &sara, case, Some(second)).await.is_err(), "no longer in force");
        let history = case_page(&world.backend, &sara, case).await?.history;
        assert_eq!(history.iter().map(|past| past.may.receipt).collect::<Vec<_>>(), [false, true]);
        annul_consent(&world.backend, &sara, case, first, "twice").await?;
        assert!(receipt(&world.backend, &sara, case, Some(first)).await.is_err(), "recorded by mistake");
        Ok(())
    }

    /// C26: what a consent holds for besides the meeting is written down, shown and given back; the meeting is always among it.
    async fn c26_a_consent_tells_what_else_it_holds_for(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let units = ["school", "social"].map(|unit| amal.unit(unit));
        let answers: Vec<_> = guardians(&world, case).await.into_iter().map(|by| yes(by, "2026-11-22", &units)).collect();
        let also = |codes: &[&str]| backend::usecase::record_consent::RecordConsent {
            also: codes.iter().map(|code| (*code).to_owned()).collect(),
            ..form(answers.clone(), "2026-11-22")
        };
        let no = flaws(record_consent(&world.backend, &sara, case, also(&["everything"])).await);
        assert_eq!(no[0].0, "scope[also]");
        let consent = record_consent(&world.backend, &sara, case, also(&["sip", "collaboration_meeting"])).await?;
        let page = case_page(&world.backend, &sara, case).await?;
        assert_eq!(page.history[0].also, [Purpose::CoordinatedPlan]);
        assert!(page.history[0].in_force, "and it opens the meeting");
        assert_eq!(receipt(&world.backend, &sara, case, Some(consent)).await?.also, [Purpose::CoordinatedPlan]);
        let renewal = backend::view::case::consent_form(&world.backend, &sara, case).await?;
        assert_eq!(renewal.also, [Purpose::CoordinatedPlan].into());
        Ok(())
    }
}
