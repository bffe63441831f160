//! What is said of single parties: whose own their part is, who may only listen, and who has said that it holds the consent.

use backend::{
    Error,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        add_item::add_case,
        change_guardian::{add_parent, end_guardianship},
        record_consent::{RecordConsent, TypedConcern, TypedPrevented, record_consent},
        withdraw_consent::withdraw_consent,
    },
    view::{
        case::{case_page, consent_form, receipt, withdraw_form},
        week::{Todo, week_page},
    },
};
use domain::{
    consent::{Scope, Signer, Voice},
    flaw::FlawKind,
    id::{CaseId, UnitId},
    refusal::Refusal,
};

use super::{
    circumstances::away,
    stage::{consented, flaws, form, guardians, no, registered, yes},
};
use crate::{
    on_both_engines,
    world::{World, amal::Amal},
};

const TODAY: &str = "2026-11-22";

async fn knows(world: &World, amal: &Amal, name: &str, case: CaseId) -> bool {
    case_page(&world.backend, &amal.actor(name), case).await.is_ok()
}

/// A yes of all to school, social services and adult psychiatry, whose part concerns somebody.
fn with_adult(amal: &Amal, by: &[Signer], who: &str) -> RecordConsent {
    let units = ["school", "social", "adult"].map(|unit| amal.unit(unit));
    let concerns = vec![TypedConcern { unit: amal.unit("adult").to_string(), who: who.into() }];
    RecordConsent { concerns, ..form(by.iter().map(|by| yes(*by, TODAY, &units)).collect(), TODAY) }
}

/// What a unit's staff may do, as the registering unit is told.
async fn voice(world: &World, amal: &Amal, case: CaseId, unit: &str) -> Option<Voice> {
    let page = case_page(&world.backend, &amal.actor("sara"), case).await.expect("its own case");
    page.known_by.into_iter().find(|knower| knower.unit == unit)?.voice
}

on_both_engines! {
    /// C21
    async fn c21_of_a_unit_for_adults_it_is_said_whom_its_part_concerns(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let both = guardians(&world, case).await;
        let stranger = guardians(&world, registered(&world.backend, &sara).await?).await[0].to_string();
        for (who, kind) in [("", FlawKind::Required), ("mormor", FlawKind::NotAChoice), (stranger.as_str(), FlawKind::NotAChoice)] {
            let refused = record_consent(&world.backend, &sara, case, with_adult(&amal, &both, who)).await;
            assert_eq!(flaws(refused), [("scope[concerns][0][who]".to_owned(), kind)], "{who}");
        }
        let silent = RecordConsent { concerns: vec![], ..with_adult(&amal, &both, "child") };
        let refused = record_consent(&world.backend, &sara, case, silent).await;
        assert_eq!(flaws(refused), [("scope[concerns][0][who]".to_owned(), FlawKind::Required)]);
        assert!(!knows(&world, &amal, "vera", case).await);
        record_consent(&world.backend, &sara, case, with_adult(&amal, &both, &both[0].to_string())).await?;
        assert!(knows(&world, &amal, "vera", case).await);
        let again = consent_form(&world.backend, &sara, case).await?;
        let adult = again.receivers.iter().chain(&again.others).find(|unit| unit.id == amal.unit("adult"));
        assert_eq!(adult.and_then(|unit| unit.concerns), Some(both[0]), "what was said last is proposed");
        Ok(())
    }

    /// C21, C8: the mother decides alone for the child, not for what is the father's own.
    async fn c21_nobody_else_says_yes_for_a_parents_own(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let [mother, father] = guardians(&world, case).await[..] else { panic!("two guardians") };
        let prevented: TypedPrevented = away(father, "2026-12-01");
        let alone = RecordConsent { prevented, ..with_adult(&amal, &[mother], &father.to_string()) };
        record_consent(&world.backend, &sara, case, alone).await?;
        assert!(knows(&world, &amal, "maria", case).await);
        assert!(!knows(&world, &amal, "vera", case).await);
        Ok(())
    }

    /// C21: who is no guardian any more still takes back what is their own, and no more than that.
    async fn c21_a_parent_who_no_longer_decides_takes_back_their_own(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let [mother, father] = guardians(&world, case).await[..] else { panic!("two guardians") };
        record_consent(&world.backend, &sara, case, with_adult(&amal, &[mother, father], &father.to_string())).await?;
        world.sql(&format!("UPDATE guardian SET until_on = '{TODAY}' WHERE position = 1")).await?;
        world.clock.set("2026-11-23T08:00:00Z".parse()?);
        assert!(knows(&world, &amal, "vera", case).await);
        let able = withdraw_form(&world.backend, &sara, case).await?.signers;
        assert!(able.iter().any(|(by, _)| *by == father), "{able:?}");
        withdraw_consent(&world.backend, &sara, case, father, Scope::All).await?;
        assert!(!knows(&world, &amal, "vera", case).await);
        assert!(knows(&world, &amal, "maria", case).await, "the child's part is not his to take back");
        Ok(())
    }

    /// C21
    async fn c21_a_parent_without_custody_answers_for_what_is_their_own_and_for_nothing_else(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let parent = Signer::Guardian(add_parent(&world.backend, &sara, case, "Kim Provsson").await?);
        let [mother, father, last] = guardians(&world, case).await[..] else { panic!("three people") };
        assert_eq!(last, parent);
        let asked = consent_form(&world.backend, &sara, case).await?.signers;
        let asked: Vec<_> = asked.iter().map(|one| (one.signer, one.required, one.own_alone)).collect();
        let child = (Signer::Child, false, false);
        assert_eq!(asked, [(mother, true, false), (father, true, false), (parent, false, true), child]);

        let both = with_adult(&amal, &[mother, father], &parent.to_string());
        record_consent(&world.backend, &sara, case, both).await?;
        assert!(knows(&world, &amal, "maria", case).await && !knows(&world, &amal, "vera", case).await);
        let own = [amal.unit("social"), amal.unit("adult")];
        for (answer, heard) in [
            (no(parent, TODAY), false),
            (yes(parent, TODAY, &own), false), // the school would hear it
            (yes(parent, TODAY, &[amal.unit("school"), own[0], own[1]]), true),
        ] {
            world.clock.advance(chrono::TimeDelta::minutes(1));
            let mut all = with_adult(&amal, &[mother, father], &parent.to_string());
            all.answers.push(answer);
            record_consent(&world.backend, &sara, case, all).await?;
            assert!(knows(&world, &amal, "maria", case).await);
            assert_eq!(knows(&world, &amal, "vera", case).await, heard);
        }
        let sheets = receipt(&world.backend, &sara, case, None).await?.sheets;
        let told: Vec<_> = sheets.iter().map(|one| (one.by, one.own_alone, one.on_me.len())).collect();
        assert_eq!(told, [(mother, false, 0), (father, false, 0), (parent, true, 1)]);

        world.clock.advance(chrono::TimeDelta::minutes(1));
        withdraw_consent(&world.backend, &sara, case, parent, Scope::All).await?;
        assert!(knows(&world, &amal, "maria", case).await && !knows(&world, &amal, "vera", case).await);
        Ok(())
    }

    /// C18, C21
    async fn c21_a_parent_without_custody_is_no_guardian_in_anything_else(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let refused = add_parent(&world.backend, &sara, case, " ").await;
        assert_eq!(flaws(refused), [("parent_name".to_owned(), FlawKind::Required)]);
        let stranger = add_parent(&world.backend, &amal.actor("ulla"), case, "Kim Provsson").await;
        assert!(matches!(stranger, Err(Error::NotFound)), "{stranger:?}");
        let parent = add_parent(&world.backend, &sara, case, "Kim Provsson").await?;
        add_parent(&world.backend, &sara, case, "Robin Provsson").await?;
        let third = add_parent(&world.backend, &sara, case, "Lo Provsson").await;
        assert!(matches!(third, Err(Error::Refused(Refusal::WrongState))), "{third:?}");
        let [mother, father, by, _] = guardians(&world, case).await[..] else { panic!("four people") };

        let alone = RecordConsent { prevented: away(by, "2026-12-01"), ..with_adult(&amal, &[mother, father], "child") };
        let refused = record_consent(&world.backend, &sara, case, alone).await;
        assert_eq!(flaws(refused), [("prevented[who]".to_owned(), FlawKind::NotAChoice)]);
        let instead = RecordConsent { prevented: away(father, "2026-12-01"), ..with_adult(&amal, &[by], "child") };
        let refused = record_consent(&world.backend, &sara, case, instead).await;
        assert_eq!(flaws(refused), [("prevented[who]".to_owned(), FlawKind::NobodyElse)]);
        record_consent(&world.backend, &sara, case, with_adult(&amal, &[by], &by.to_string())).await?;
        assert!(!knows(&world, &amal, "maria", case).await, "decides nothing for the child");

        end_guardianship(&world.backend, &sara, case, parent, TODAY).await?;
        let page = case_page(&world.backend, &sara, case).await?;
        assert_eq!(page.custody, domain::case_file::Custody::Joint, "custody is what it was");
        world.clock.set("2026-11-23T08:00:00Z".parse()?);
        let asked = consent_form(&world.backend, &sara, case).await?.signers;
        assert!(asked.iter().all(|one| one.signer != by), "no longer asked");
        Ok(())
    }

    /// C20
    async fn c20_a_unit_tells_nothing_before_it_has_said_that_it_holds_the_consent(world: World) -> TestResult {
        let amal = world.amal().await;
        let [sara, maria, eva, ulla] = ["sara", "maria", "eva", "ulla"].map(|name| amal.actor(name));
        let case = registered(&world.backend, &sara).await?;
        let units = ["school", "social", "bup"].map(|unit| amal.unit(unit));
        let first = consented(&world, &sara, case, &units).await?;
        assert_eq!(voice(&world, &amal, case, "Rösängsskolan").await, Some(Voice::Tells), "who records it holds it");
        assert_eq!(voice(&world, &amal, case, "BUP Åmål").await, Some(Voice::Unacknowledged));
        assert_eq!(case_page(&world.backend, &eva, case).await?.to_acknowledge, Some(first));

        add_case(&world.backend, &maria, amal.meeting("2026-11-26"), case).await?;
        let social = voice(&world, &amal, case, "Individ- och familjeomsorg").await;
        assert_eq!(social, Some(Voice::Tells), "who puts it on an agenda has read it");
        let asked = async |who| -> backend::Result<bool> {
            let todos = week_page(&world.backend, who, None).await?.todos;
            Ok(todos.iter().any(|todo| matches!(todo, Todo::Acknowledge { case: of, .. } if *of == case)))
        };
        assert!(asked(&eva).await? && !asked(&maria).await? && !asked(&ulla).await?);

        for _ in 0..2 {
            acknowledge_consent(&world.backend, &eva, case, first).await?;
        }
        assert_eq!(voice(&world, &amal, case, "BUP Åmål").await, Some(Voice::Tells));
        assert!(!asked(&eva).await?);
        let lines = world.text("SELECT CAST(count(*) AS TEXT) FROM audit WHERE action = 'consent_acknowledged'").await?;
        assert_eq!(lines, "2", "both times are in the log");

        world.clock.advance(chrono::TimeDelta::minutes(1));
        let renewed = consented(&world, &sara, case, &units).await?;
        assert_eq!(voice(&world, &amal, case, "BUP Åmål").await, Some(Voice::Unacknowledged), "of the new one it has not");
        let stale = acknowledge_consent(&world.backend, &eva, case, first).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        acknowledge_consent(&world.backend, &eva, case, renewed).await?;
        Ok(())
    }

    /// C20, V2
    async fn c20_who_is_not_covered_acknowledges_nothing(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let consent = consented(&world, &sara, case, &[amal.unit("social"), amal.unit("bup")]).await?;
        for name in ["ulla", "sara"] {
            let refused = acknowledge_consent(&world.backend, &amal.actor(name), case, consent).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{name}: {refused:?}");
        }
        let refused = acknowledge_consent(&world.backend, &amal.actor("karin"), case, consent).await;
        assert!(matches!(refused, Err(Error::Denied)), "{refused:?}");
        Ok(())
    }

    /// A consent's givers: who is named hears and tells, but for those who may only listen.
    async fn who_may_only_listen_is_told_so_and_is_not_asked_to_confirm(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let units: Vec<UnitId> = ["school", "social", "leisure"].map(|unit| amal.unit(unit)).into();
        let answers: Vec<_> = guardians(&world, case).await.into_iter().map(|by| yes(by, TODAY, &units)).collect();
        let listening = |unit: &str| RecordConsent { listeners: vec![unit.into()], ..form(answers.clone(), TODAY) };
        let refused = record_consent(&world.backend, &sara, case, listening("alla")).await;
        assert_eq!(flaws(refused), [("scope[listeners]".to_owned(), FlawKind::NotAChoice)]);
        record_consent(&world.backend, &sara, case, listening(&units[2].to_string())).await?;
        assert_eq!(voice(&world, &amal, case, "Fritid Åmål").await, Some(Voice::Listens));
        let page = case_page(&world.backend, &amal.actor("olle"), case).await?;
        assert_eq!(page.to_acknowledge, None);
        let past = &case_page(&world.backend, &sara, case).await?.history[0];
        assert_eq!(past.listeners, ["Fritid Åmål"]);
        Ok(())
    }
}
