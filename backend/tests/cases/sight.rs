//! What each unit sees: nothing before consent, nothing beside it, and what is read is written down.

use backend::{
    Error,
    actor::Actor,
    audit::Action,
    usecase::{
        record_phase::record_phase,
        register_case::{RegisterCase, register_case},
        withdraw_consent::withdraw_consent,
    },
    view::{
        case::{SeenPage, Sighting, case_list, case_page, consent_form, consent_rules, seen_page, withdraw_form},
        routing::Destination,
        side::{Side, side},
    },
};
use domain::{
    consent::{Phase, Scope, Signer},
    id::CaseId,
    identity::{NumberKind, PersonalNumber},
    visibility::{NeutralStatus, ShownStatus},
};
use sea_orm::{ConnectionTrait, Statement};

use super::stage::{consented, guardians, registered, tuva};
use crate::{
    on_both_engines,
    world::{Engine, World, amal::date},
};

/// All a unit reads, as text.
async fn everything(world: &World, actor: &Actor, case: CaseId) -> String {
    let backend = &world.backend;
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        case_list(backend, actor).await,
        case_page(backend, actor, case).await,
        consent_form(backend, actor, case).await,
        consent_rules(backend, actor, case).await,
        withdraw_form(backend, actor, case).await,
        seen_page(backend, actor, case, None).await,
        side(backend, actor).await,
    )
}

async fn logged(world: &World, outcome: &str) -> i64 {
    let count = format!("SELECT count(*) FROM audit WHERE action = 'case_read' AND outcome = '{outcome}'");
    let row = world.raw.query_one_raw(Statement::from_string(world.raw.get_database_backend(), count)).await;
    row.expect("a count").expect("a row").try_get_by_index(0).expect("a number")
}

on_both_engines! {
    /// V1, V2, AUTHZ-03, AUTHZ-04: for the neighbour it is as if the case did not exist.
    async fn for_an_uncovered_unit_the_case_does_not_exist(world: World) -> TestResult {
        let amal = world.amal().await;
        let neighbours = ["anna", "maria", "eva", "karin"].map(|name| amal.actor(name));
        let nowhere = CaseId::from_uuid(uuid::Uuid::from_u128(7));
        let mut before = Vec::new();
        for neighbour in &neighbours {
            before.push(everything(&world, neighbour, nowhere).await);
        }
        let case = registered(&world.backend, &amal.actor("sara")).await?;
        for (neighbour, before) in neighbours.iter().zip(&before) {
            assert_eq!(&everything(&world, neighbour, case).await, before, "{}", neighbour.name);
        }
        consented(&world, &amal.actor("sara"), case, &[amal.unit("bup")]).await?;
        assert!(everything(&world, &amal.actor("eva"), case).await.contains("Tuva"));
        for (neighbour, before) in neighbours.iter().zip(&before).filter(|(one, _)| one.unit != Some(amal.unit("bup"))) {
            assert_eq!(&everything(&world, neighbour, case).await, before, "{}", neighbour.name);
        }
        let by = guardians(&world, case).await[0];
        world.clock.advance(chrono::TimeDelta::minutes(1));
        withdraw_consent(&world.backend, &amal.actor("sara"), case, by, Scope::All).await?;
        assert_eq!(everything(&world, &amal.actor("eva"), case).await, before[2], "after the withdrawal");
        Ok(())
    }

    /// C17: the same words whether the phase changed or a day passed, and no day beside them.
    async fn to_others_than_social_services_a_change_of_phase_looks_as_an_ended_consent(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, maria) = (amal.actor("sara"), amal.actor("maria"));
        let case = registered(&world.backend, &maria).await?;
        let ended = registered(&world.backend, &sara).await?;
        let units = [amal.unit("social"), amal.unit("school")];
        for case in [case, ended] {
            let actor = if case == ended { &sara } else { &maria };
            consented(&world, actor, case, &units).await?;
        }
        let told = case_page(&world.backend, &sara, ended).await?;
        assert!(told.phase.is_none() && told.history[0].valid_until == Some(date("2027-06-10")));
        world.clock.advance(chrono::TimeDelta::minutes(5));
        record_phase(&world.backend, &maria, ended, "report").await?;
        let told = case_page(&world.backend, &sara, ended).await?;
        assert_eq!(told.consent.shown, ShownStatus::Neutral(NeutralStatus::NeedsRenewal));
        assert_eq!((told.consent.until, told.history[0].valid_until, told.phase), (None, None, None));
        let social = case_page(&world.backend, &maria, case).await?;
        assert_eq!(social.phase, Some(Phase::VoluntarySupport));
        world.clock.set("2027-06-11T08:00:00Z".parse()?);
        let expired = case_page(&world.backend, &maria, case).await?;
        assert!(matches!(expired.consent.shown, ShownStatus::Full { .. }));
        Ok(())
    }

    /// AUD-08: the registering unit reads who has seen the case, on which consent, and nobody else does.
    async fn who_has_seen_a_case_is_told_to_the_unit_that_registered_it(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, eva, maria) = (amal.actor("sara"), amal.actor("eva"), amal.actor("maria"));
        let case = registered(&world.backend, &sara).await?;
        let seen = async |actor: &Actor| seen_page(&world.backend, actor, case, None).await;
        let told = |page: SeenPage| {
            let line = |one: Sighting| (one.person.unwrap_or_default(), one.action, one.times, one.consent_of.is_some());
            page.sightings.into_iter().map(line).collect::<Vec<_>>()
        };
        assert!(case_page(&world.backend, &eva, case).await.is_err(), "asked in vain, and not told of here");
        consented(&world, &sara, case, &[amal.unit("bup"), amal.unit("social")]).await?;
        for minute in 0..3 {
            world.clock.advance(chrono::TimeDelta::minutes(minute));
            case_page(&world.backend, &eva, case).await?;
        }
        record_phase(&world.backend, &maria, case, "report").await?;
        assert_eq!(
            told(seen(&sara).await?),
            [
                ("Eva Sand".to_owned(), Action::CaseRead, 3, true),
                ("Sara Nyman".to_owned(), Action::ConsentRecorded, 1, false),
                ("Sara Nyman".to_owned(), Action::CaseRegistered, 1, false),
            ],
            "not a word of the phase (C17)"
        );
        assert_eq!(told(seen(&sara).await?)[0], ("Sara Nyman".to_owned(), Action::CaseRead, 1, false), "nor unseen itself");
        for other in [&eva, &maria] {
            assert!(matches!(seen(other).await, Err(Error::NotFound)));
        }
        Ok(())
    }

    /// R1, and what the page says of who knows.
    async fn the_page_tells_the_forum_its_reason_and_who_knows(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let twelve = RegisterCase { born_on: "2013-11-25".into(), ..tuva() };
        let case = register_case(&world.backend, &sara, twelve).await?;
        let page = case_page(&world.backend, &sara, case).await?;
        assert_eq!(page.age, 12);
        let Destination::Meeting(next) = page.routing else { panic!("a meeting") };
        assert_eq!((next.forum.code.as_str(), next.on, next.age), ("family", date("2026-11-24"), 12));
        assert_eq!(next.changes_next.map(|(on, _)| on), Some(date("2026-11-25")), "13 the day after");
        let names: Vec<_> = page.known_by.into_iter().map(|one| (one.unit, one.registered)).collect();
        assert_eq!(names, [("Rösängsskolan".to_owned(), true)]);
        Ok(())
    }

    /// C3, C11: the usual case is filled in, and nobody is asked who need not answer.
    async fn the_form_proposes_the_usual_consent(world: World) -> TestResult {
        let amal = world.amal().await;
        let anna = amal.actor("anna");
        let case = registered(&world.backend, &anna).await?;
        let form = consent_form(&world.backend, &anna, case).await?;
        assert!(!form.renews);
        let asked: Vec<_> = form.signers.iter().map(|column| (column.signer == Signer::Child, column.required)).collect();
        assert_eq!(asked, [(false, true), (false, true), (true, false)], "the child turns 15 on 3 March");
        assert_eq!(form.birthday, Some((date("2027-03-03"), 15)));
        assert_eq!(form.valid_until, date("2027-06-10"));
        let suggested: Vec<_> = form.receivers.iter().filter(|unit| unit.suggested).map(|unit| unit.name.as_str()).collect();
        assert_eq!(suggested, ["Individ- och familjeomsorg", "Karlbergsgymnasiet"]);
        assert!(form.others.iter().all(|unit| !unit.suggested));
        assert!(form.facts.consents.is_empty() && form.facts.phases.is_empty());
        Ok(())
    }

    /// L2, AUD-01
    async fn reading_and_asking_in_vain_are_written_down(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        assert_eq!(logged(&world, "read").await, 0);
        case_page(&world.backend, &sara, case).await?;
        case_list(&world.backend, &sara).await?;
        assert_eq!(logged(&world, "read").await, 2);
        let anna = amal.actor("anna");
        assert!(matches!(case_page(&world.backend, &anna, case).await, Err(Error::NotFound)));
        assert!(matches!(consent_form(&world.backend, &anna, case).await, Err(Error::NotFound)));
        assert!(matches!(withdraw_form(&world.backend, &anna, case).await, Err(Error::NotFound)));
        assert_eq!(logged(&world, "denied").await, 3);
        // What is asked at every pause of the keys shows nothing of the child, and is not written down again.
        consent_rules(&world.backend, &sara, case).await?;
        assert!(matches!(consent_rules(&world.backend, &anna, case).await, Err(Error::NotFound)));
        assert_eq!((logged(&world, "read").await, logged(&world, "denied").await), (2, 3));
        Ok(())
    }

    /// V1, C11: the menu counts what its reader's pages show, and nothing else.
    async fn the_menu_counts_what_one_may_know(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, maria) = (amal.actor("sara"), amal.actor("maria"));
        let case = registered(&world.backend, &sara).await?;
        registered(&world.backend, &sara).await?;
        consented(&world, &sara, case, &[amal.unit("social")]).await?;
        let counted = |cases, ending| Side { cases, ending, ..Side::default() };
        assert_eq!(side(&world.backend, &sara).await?, counted(2, 0));
        assert_eq!(side(&world.backend, &maria).await?, counted(1, 0));
        assert_eq!(side(&world.backend, &amal.actor("eva")).await?, Side::default());
        world.clock.set("2027-01-31T08:00:00Z".parse()?);
        assert_eq!(side(&world.backend, &maria).await?, counted(1, 1), "30 days are left until the child must answer too");
        world.clock.set("2027-03-03T08:00:00Z".parse()?);
        assert_eq!(side(&world.backend, &maria).await?, counted(0, 0));
        assert_eq!(side(&world.backend, &sara).await?, counted(2, 0));
        Ok(())
    }
}

/// CRY-02: no name, number or question stands readable in the files of the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sealed_stands_nowhere_in_the_files() -> crate::world::TestResult {
    const NAMES: [&str; 5] = ["Kanarieflicka", "Kanariemor", "Kanariefar", "kanariefrågan", "Kanarienamn"];
    let world = World::new(Engine::Sqlite).await;
    let amal = world.amal().await;
    let sara = amal.actor("sara");
    let number = PersonalNumber::with_birth_number(date("2012-03-03"), 238, NumberKind::Personal).ok_or("a number")?;
    let form = RegisterCase {
        child_name: "Kanarieflicka Provsson".into(),
        personal_number: number.to_string(),
        question: "Hur blir kanariefrågan besvarad?".into(),
        guardians: vec!["Kanariemor Provsson".into(), "Kanariefar Provsson".into()],
        ..tuva()
    };
    let case = register_case(&world.backend, &sara, form).await?;
    consented(&world, &sara, case, &[amal.unit("social")]).await?;
    // Shows that the search finds what stands there unsealed.
    world.sql("UPDATE unit SET short_name = 'Kanarienamn' WHERE short_name = 'AF'").await?;
    let mut found = Vec::new();
    for file in std::fs::read_dir(world.folder())? {
        let bytes = std::fs::read(file?.path())?;
        let number = number.to_string();
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        for word in NAMES.iter().copied().chain([number.as_str(), digits.as_str()]) {
            if bytes.windows(word.len()).any(|some| some == word.as_bytes()) {
                found.push(word.to_owned());
            }
        }
    }
    found.dedup();
    assert_eq!(found, ["Kanarienamn"]);
    Ok(())
}
