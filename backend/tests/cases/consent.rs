//! Recording consent: who is covered by what, and what is refused.

use backend::{
    Error,
    usecase::{
        change_guardian::{AddGuardian, add_guardian, end_guardianship},
        record_consent::record_consent,
        record_phase::record_phase,
        register_case::{RegisterCase, register_case},
    },
};
use domain::{
    consent::Signer,
    flaw::FlawKind,
    id::{CaseId, UnitId},
    refusal::Refusal,
};

use super::stage::{consented, flaws, form, guardians, no, registered, tuva, yes};
use crate::{
    on_both_engines,
    world::{World, amal::Amal},
};

const TODAY: &str = "2026-11-22";

/// The units of those named here whose door the case has opened: they can record a consent of their own for it, which asks
/// the gate as every read does.
async fn covered<'a>(world: &World, amal: &Amal, case: CaseId, names: &[&'a str]) -> Vec<&'a str> {
    let mut open = Vec::new();
    for name in names {
        // A form with flaws: refused at its fields where the case exists, and not found where it does not.
        match record_consent(&world.backend, &amal.actor(name), case, form(vec![], "")).await {
            Err(Error::Invalid(_)) => open.push(*name),
            Err(Error::NotFound) => {}
            other => panic!("{name}: {other:?}"),
        }
    }
    open
}

fn at(field: &str, kind: FlawKind) -> Vec<(String, FlawKind)> {
    vec![(field.to_owned(), kind)]
}

on_both_engines! {
    /// V1, C3
    async fn a_case_is_the_registering_units_own_until_consent_covers_others(world: World) -> TestResult {
        let amal = world.amal().await;
        let case = registered(&world.backend, &amal.actor("sara")).await?;
        let all = ["sara", "maria", "eva", "lars", "anna"];
        assert_eq!(covered(&world, &amal, case, &all).await, ["sara"]);
        consented(&world, &amal.actor("sara"), case, &[amal.unit("school"), amal.unit("social")]).await?;
        assert_eq!(covered(&world, &amal, case, &all).await, ["sara", "maria"]);
        Ok(())
    }

    /// C5
    async fn what_guardians_say_differently_holds_as_far_as_they_agree(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let [first, second] = guardians(&world, case).await[..] else { panic!("two guardians") };
        let (social, bup, af) = (amal.unit("social"), amal.unit("bup"), amal.unit("af"));
        let answers = vec![yes(first, TODAY, &[social, bup, af]), yes(second, TODAY, &[social, bup])];
        record_consent(&world.backend, &sara, case, form(answers, TODAY)).await?;
        assert_eq!(covered(&world, &amal, case, &["maria", "eva", "lars"]).await, ["maria", "eva"]);
        Ok(())
    }

    /// C6, C7
    async fn one_answer_missing_or_no_is_as_no_consent(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let [first, second] = guardians(&world, case).await[..] else { panic!("two guardians") };
        let units = [amal.unit("school"), amal.unit("social")];
        for answers in [vec![yes(first, TODAY, &units)], vec![yes(first, TODAY, &units), no(second, TODAY)]] {
            record_consent(&world.backend, &sara, case, form(answers, TODAY)).await?;
            assert!(covered(&world, &amal, case, &["maria"]).await.is_empty());
        }
        Ok(())
    }

    /// C3, C11, C12
    async fn from_15_the_child_answers_too_and_from_18_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        let anna = amal.actor("anna");
        let units = [amal.unit("gymnasium"), amal.unit("social")];
        let sixteen = RegisterCase { born_on: "2010-03-03".into(), ..tuva() };
        let case = register_case(&world.backend, &anna, sixteen).await?;
        consented(&world, &anna, case, &units).await?;
        assert!(covered(&world, &amal, case, &["maria"]).await.is_empty(), "the child has not answered");
        let mut answers = vec![yes(Signer::Child, TODAY, &units)];
        answers.extend(guardians(&world, case).await.into_iter().map(|by| yes(by, TODAY, &units)));
        record_consent(&world.backend, &anna, case, form(answers, TODAY)).await?;
        assert_eq!(covered(&world, &amal, case, &["maria"]).await, ["maria"]);

        let eighteen = RegisterCase { born_on: "2008-03-03".into(), guardians: vec![], ..tuva() };
        let case = register_case(&world.backend, &anna, eighteen).await?;
        record_consent(&world.backend, &anna, case, form(vec![yes(Signer::Child, TODAY, &units)], TODAY)).await?;
        assert_eq!(covered(&world, &amal, case, &["maria"]).await, ["maria"]);
        Ok(())
    }

    /// C10, C12, C25
    async fn a_period_is_refused_with_its_reason(world: World) -> TestResult {
        let amal = world.amal().await;
        let anna = amal.actor("anna");
        let units = [amal.unit("gymnasium")];
        let seventeen = RegisterCase { born_on: "2009-04-01".into(), ..tuva() };
        let case = register_case(&world.backend, &anna, seventeen).await?;
        let by = guardians(&world, case).await[0];
        for (from, until, field, kind) in [
            ("2026-11-21", "2027-01-31", "valid_from", FlawKind::BeforeSignature),
            (TODAY, "2026-11-21", "valid_until", FlawKind::BeforeTheOther),
            (TODAY, "2027-04-01", "valid_until", FlawKind::PastMajority),
            ("2027-04-01", "2027-05-01", "valid_from", FlawKind::PastMajority),
            (TODAY, "30 februari 2027", "valid_until", FlawKind::NoSuchDate),
            ("", "2027-01-31", "valid_from", FlawKind::Required),
        ] {
            let mut typed = form(vec![yes(by, TODAY, &units)], from);
            typed.valid_until = until.into();
            let told = flaws(record_consent(&world.backend, &anna, case, typed).await);
            assert_eq!(told, at(field, kind), "{from} to {until}");
        }
        let mut last_day = form(vec![yes(by, TODAY, &units)], TODAY);
        last_day.valid_until = "2027-03-31".into();
        record_consent(&world.backend, &anna, case, last_day).await?;

        let young = registered(&world.backend, &anna).await?;
        let by = guardians(&world, young).await[0];
        let mut long = form(vec![yes(by, TODAY, &units)], TODAY);
        long.valid_until = "2027-11-23".into();
        let told = flaws(record_consent(&world.backend, &anna, young, long).await);
        assert_eq!(told, at("valid_until", FlawKind::TooFarAhead));
        Ok(())
    }

    /// C19, C22
    async fn an_answer_is_refused_at_its_field(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let other = registered(&world.backend, &sara).await?;
        let (by, stranger) = (guardians(&world, case).await[0], guardians(&world, other).await[0]);
        let units = [amal.unit("social")];
        let unknown = UnitId::from_uuid(case.uuid());
        for (answer, field, kind) in [
            (yes(stranger, TODAY, &units), "answers[0][answer]", FlawKind::NotAChoice),
            (yes(Signer::Child, TODAY, &units), "answers[0][answer]", FlawKind::NotAChoice),
            (yes(by, "2026-11-23", &units), "answers[0][signed_on]", FlawKind::InTheFuture),
            (yes(by, "", &units), "answers[0][signed_on]", FlawKind::Required),
            (yes(by, TODAY, &[]), "answers[0][receivers]", FlawKind::Required),
            (yes(by, TODAY, &[unknown]), "answers[0][receivers]", FlawKind::NotAChoice),
        ] {
            let mut typed = form(vec![answer], "2026-11-23");
            typed.valid_until = "2027-02-01".into();
            let told = flaws(record_consent(&world.backend, &sara, case, typed).await);
            assert!(told.contains(&at(field, kind)[0]), "{told:?}");
        }
        let mut oral = form(vec![yes(by, TODAY, &units)], TODAY);
        oral.method = "oral".into();
        oral.categories.clear();
        let told = flaws(record_consent(&world.backend, &sara, case, oral).await);
        assert_eq!(told, [at("scope[categories]", FlawKind::Required), at("method", FlawKind::NotAChoice)].concat());
        Ok(())
    }

    /// C15, C16, C17
    async fn only_social_services_record_a_phase_and_it_ends_what_was_consented_to(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, maria) = (amal.actor("sara"), amal.actor("maria"));
        let case = registered(&world.backend, &sara).await?;
        let units = [amal.unit("school"), amal.unit("social"), amal.unit("bup")];
        consented(&world, &sara, case, &units).await?;
        for name in ["sara", "eva"] {
            let refused = record_phase(&world.backend, &amal.actor(name), case, "report").await;
            assert!(matches!(refused, Err(Error::Denied)), "{name}: {refused:?}");
        }
        world.clock.advance(chrono::TimeDelta::minutes(5));
        record_phase(&world.backend, &maria, case, "report").await?;
        assert_eq!(covered(&world, &amal, case, &["sara", "maria", "eva"]).await, ["sara"]);
        world.clock.advance(chrono::TimeDelta::minutes(5));
        consented(&world, &sara, case, &units).await?;
        record_phase(&world.backend, &maria, case, "investigation").await?;
        assert_eq!(covered(&world, &amal, case, &["maria", "eva"]).await, ["maria", "eva"], "C16: no new break");
        let again = record_phase(&world.backend, &maria, case, "investigation").await;
        assert!(matches!(again, Err(Error::Refused(Refusal::WrongState))), "{again:?}");
        Ok(())
    }

    /// C18
    async fn a_new_guardian_must_answer_and_a_former_ones_answer_counts_no_more(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        consented(&world, &sara, case, &[amal.unit("social")]).await?;
        let third = AddGuardian { guardian_name: "Siv Provsson".into(), from_on: TODAY.into() };
        let refused = add_guardian(&world.backend, &sara, case, third.clone()).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::WrongState))), "two already: {refused:?}");
        let Signer::Guardian(second) = guardians(&world, case).await[1] else { panic!("a guardian") };
        end_guardianship(&world.backend, &sara, case, second, "2026-11-21").await?;
        assert_eq!(covered(&world, &amal, case, &["maria"]).await, ["maria"], "the other alone");
        add_guardian(&world.backend, &sara, case, third).await?;
        assert!(covered(&world, &amal, case, &["maria"]).await.is_empty());
        Ok(())
    }

    /// C24, CONS-08
    async fn a_renewal_adds_to_the_history_and_changes_nothing_in_it(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let first = consented(&world, &sara, case, &[amal.unit("social")]).await?;
        world.clock.advance(chrono::TimeDelta::days(3));
        let second = consented(&world, &sara, case, &[amal.unit("social"), amal.unit("bup")]).await?;
        assert_ne!(first, second);
        assert_eq!(covered(&world, &amal, case, &["maria", "eva"]).await, ["maria", "eva"]);
        for table in ["consent", "consent_signature", "signature_receiver"] {
            assert!(world.sql(&format!("DELETE FROM {table}")).await.is_err(), "{table}");
        }
        Ok(())
    }
}
