//! How a consent was obtained, a guardian who cannot answer, and what was recorded by mistake.

use backend::{
    Error,
    usecase::{
        annul_consent::annul_consent,
        record_consent::{RecordConsent, TypedObtaining, TypedPrevented, record_consent},
        register_case::register_case,
        withdraw_consent::withdraw_consent,
    },
    view::case::{CasePage, case_page},
};
use domain::{
    consent::{Hindrance, Maturity, Mistake, Scope, Signer},
    flaw::FlawKind,
    id::{CaseId, UnitId},
};

use super::stage::{consented, flaws, form, guardians, no, registered, tuva, yes};
use crate::{
    on_both_engines,
    world::{World, amal::Amal, explained},
};

const TODAY: &str = "2026-11-22";

fn at(field: &str, kind: FlawKind) -> Vec<(String, FlawKind)> {
    vec![(field.to_owned(), kind)]
}

/// Whether a unit's somebody may know of the case.
async fn knows(world: &World, amal: &Amal, name: &str, case: CaseId) -> bool {
    case_page(&world.backend, &amal.actor(name), case).await.is_ok()
}

/// The father cannot answer until a day; all else is as it should be.
pub fn away(who: Signer, until: &str) -> TypedPrevented {
    TypedPrevented {
        who: who.to_string(),
        cause: "illness".into(),
        note: "Sjukintyg visat 20 november.".into(),
        until: until.into(),
        approved_by: "Eva Berg, enhetschef".into(),
    }
}

/// The mother's yes, and what is said of the father.
fn alone(mother: Signer, units: &[UnitId], prevented: TypedPrevented) -> RecordConsent {
    RecordConsent { prevented, ..form(vec![yes(mother, TODAY, units)], TODAY) }
}

async fn page(world: &World, amal: &Amal, name: &str, case: CaseId) -> Result<CasePage, Error> {
    case_page(&world.backend, &amal.actor(name), case).await
}

on_both_engines! {
    /// C23
    async fn c23_a_yes_counts_only_where_all_was_explained(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let both = guardians(&world, case).await;
        let units = [amal.unit("school"), amal.unit("social")];
        let answers: Vec<_> = both.iter().map(|by| yes(*by, TODAY, &units)).collect();
        for (obtaining, field) in [
            (TypedObtaining { informed: false, ..explained() }, "obtaining[informed]"),
            (TypedObtaining { explained: vec![], ..explained() }, "obtaining[explained]"),
        ] {
            let form = RecordConsent { obtaining, ..form(answers.clone(), TODAY) };
            let refused = record_consent(&world.backend, &sara, case, form).await;
            assert_eq!(flaws(refused), at(field, FlawKind::Required));
        }
        assert!(!knows(&world, &amal, "maria", case).await);
        let said_no = RecordConsent { obtaining: TypedObtaining { maturity: "heard".into(), ..TypedObtaining::default() }, ..form(vec![no(both[0], TODAY)], TODAY) };
        record_consent(&world.backend, &sara, case, said_no).await?;
        Ok(())
    }

    /// C4
    async fn c4_from_twelve_it_is_told_how_the_child_was_asked(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let units = [amal.unit("school"), amal.unit("social")];
        for (born_on, asked) in [("2015-11-23", false), ("2014-11-22", true), ("2011-11-23", true), ("2011-11-22", false)] {
            let registration = backend::usecase::register_case::RegisterCase { born_on: born_on.into(), ..tuva() };
            let case = register_case(&world.backend, &sara, registration).await?;
            let answers: Vec<_> = guardians(&world, case).await.into_iter().map(|by| yes(by, TODAY, &units)).collect();
            let obtained = |maturity: &str, reason: &str| RecordConsent {
                obtaining: TypedObtaining { maturity: maturity.into(), maturity_reason: reason.into(), ..explained() },
                ..form(answers.clone(), TODAY)
            };
            let silent = record_consent(&world.backend, &sara, case, obtained("", "")).await;
            if !asked {
                silent?;
                continue;
            }
            assert_eq!(flaws(silent), at("obtaining[maturity]", FlawKind::Required), "{born_on}");
            let why = record_consent(&world.backend, &sara, case, obtained("not_suitable", " ")).await;
            assert_eq!(flaws(why), at("obtaining[maturity_reason]", FlawKind::Required));
            record_consent(&world.backend, &sara, case, obtained("not_suitable", "Mår för dåligt just nu.")).await?;
            let past = &page(&world, &amal, "sara", case).await?.history[0];
            assert_eq!(past.obtaining.maturity, Some(Maturity::NotSuitable));
            assert_eq!(past.maturity_reason, "Mår för dåligt just nu.");
        }
        Ok(())
    }

    async fn what_the_family_said_may_not_be_told_is_told_to_all_who_hear(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let units = [amal.unit("school"), amal.unit("social")];
        let answers: Vec<_> = guardians(&world, case).await.into_iter().map(|by| yes(by, TODAY, &units)).collect();
        let obtaining = TypedObtaining {
            language: "somaliska".into(),
            interpreter: "telephone".into(),
            obtained_by: amal.actor("sara").person.to_string(),
            not_covered: "Mammas sjukdom.".into(),
            ..explained()
        };
        record_consent(&world.backend, &sara, case, RecordConsent { obtaining, ..form(answers.clone(), TODAY) }).await?;
        assert_eq!(page(&world, &amal, "maria", case).await?.not_covered, "Mammas sjukdom.");
        let own = page(&world, &amal, "sara", case).await?;
        assert_eq!((own.history[0].language.as_str(), own.history[0].obtained_by.as_str()), ("somaliska", sara.name.as_str()));
        let stranger = TypedObtaining { obtained_by: amal.actor("eva").person.to_string(), ..explained() };
        let refused = record_consent(&world.backend, &sara, case, RecordConsent { obtaining: stranger, ..form(answers, TODAY) }).await;
        assert_eq!(flaws(refused), at("obtaining[obtained_by]", FlawKind::NotAChoice));
        Ok(())
    }

    /// C8
    async fn c8_one_guardian_alone_for_a_reason_and_a_time_and_it_is_marked(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let [mother, father] = guardians(&world, case).await[..] else { panic!("two guardians") };
        let units = [amal.unit("school"), amal.unit("social")];
        record_consent(&world.backend, &sara, case, alone(mother, &units, away(father, "2026-12-21"))).await?;
        let told = page(&world, &amal, "maria", case).await?;
        assert_eq!(told.consent.alone_until.map(|on| on.to_string()).as_deref(), Some("2026-12-21"));
        assert_eq!(told.consent.until, told.consent.alone_until);
        let past = &page(&world, &amal, "sara", case).await?.history[0];
        let ground = past.prevented[0].ground.as_ref().ok_or("told where it was recorded")?;
        assert_eq!((ground.cause, ground.approved_by.as_str()), (Hindrance::Illness, "Eva Berg, enhetschef"));
        let past = &page(&world, &amal, "maria", case).await?.history[0];
        assert_eq!(past.prevented.len(), 1, "that one decided alone is told");
        assert!(past.prevented[0].ground.is_none(), "a parent's illness is not told to another authority");
        world.clock.set("2026-12-21T22:59:00Z".parse()?);
        assert!(knows(&world, &amal, "maria", case).await);
        world.clock.set("2026-12-21T23:00:00Z".parse()?);
        assert!(!knows(&world, &amal, "maria", case).await, "the day after, the other's answer is missing");
        Ok(())
    }

    /// C8
    async fn c8_without_reason_approval_or_end_nobody_decides_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let [mother, father] = guardians(&world, case).await[..] else { panic!("two guardians") };
        let units = [amal.unit("school"), amal.unit("social")];
        let whole = || away(father, "2026-12-21");
        for (prevented, field, kind) in [
            (TypedPrevented { cause: String::new(), ..whole() }, "cause", FlawKind::Required),
            (TypedPrevented { note: String::new(), ..whole() }, "note", FlawKind::Required),
            (TypedPrevented { approved_by: " ".into(), ..whole() }, "approved_by", FlawKind::Required),
            (TypedPrevented { until: String::new(), ..whole() }, "until", FlawKind::Required),
            (TypedPrevented { until: "2026-12-22".into(), ..whole() }, "until", FlawKind::TooLongAlone),
            (TypedPrevented { until: "2026-11-21".into(), ..whole() }, "until", FlawKind::BeforeTheOther),
            (TypedPrevented { who: mother.to_string(), ..whole() }, "who", FlawKind::HasAnswered),
            (TypedPrevented { who: "child".into(), ..whole() }, "who", FlawKind::NotAChoice),
        ] {
            let refused = record_consent(&world.backend, &sara, case, alone(mother, &units, prevented)).await;
            assert_eq!(flaws(refused), at(&format!("prevented[{field}]"), kind));
        }
        assert!(!knows(&world, &amal, "maria", case).await);
        record_consent(&world.backend, &sara, case, form(vec![no(father, TODAY)], TODAY)).await?;
        let got_round = record_consent(&world.backend, &sara, case, alone(mother, &units, whole())).await;
        assert_eq!(flaws(got_round), at("prevented[who]", FlawKind::HasSaidNo));
        Ok(())
    }

    /// M9: no free text of a consent takes a personal number.
    async fn no_words_of_a_consent_hold_a_personal_number(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let [mother, father] = guardians(&world, case).await[..] else { panic!("two guardians") };
        let number = || "Se 850101-2384.".to_owned();
        let obtaining = TypedObtaining { not_covered: number(), language: number(), ..explained() };
        let prevented = TypedPrevented { note: number(), approved_by: number(), ..away(father, "2026-12-21") };
        let form = RecordConsent { obtaining, ..alone(mother, &[amal.unit("school")], prevented) };
        let told = flaws(record_consent(&world.backend, &sara, case, form).await);
        let fields = ["obtaining[not_covered]", "obtaining[language]", "prevented[note]", "prevented[approved_by]"];
        assert_eq!(told, fields.map(|field| (field.to_owned(), FlawKind::PersonalNumberInText)));
        Ok(())
    }

    async fn what_was_recorded_by_mistake_counts_for_nothing_and_what_held_before_holds_again(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        consented(&world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await?;
        let [mother, _] = guardians(&world, case).await[..] else { panic!("two guardians") };
        let mistaken = record_consent(&world.backend, &sara, case, form(vec![no(mother, TODAY)], TODAY)).await?;
        assert!(!knows(&world, &amal, "maria", case).await, "a no holds at once");
        assert_eq!(flaws(annul_consent(&world.backend, &sara, case, mistaken, "").await), at("mistake", FlawKind::Required));
        for _ in 0..2 {
            assert!(annul_consent(&world.backend, &sara, case, mistaken, "wrong_case").await?, "twice is no fault");
        }
        assert!(knows(&world, &amal, "maria", case).await);
        let own = page(&world, &amal, "sara", case).await?;
        let past = own.history.iter().find(|past| past.id == mistaken).ok_or("the record stays")?;
        assert_eq!(past.annulled.map(|one| one.0), Some(Mistake::WrongCase));
        assert!(!past.may.annul && own.history.iter().any(|other| other.id != mistaken && other.may.annul));
        Ok(())
    }

    async fn a_mistake_is_said_by_the_unit_that_made_it_and_undoes_no_withdrawal(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await?;
        let consent = consented(&world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await?;
        let elsewhere = registered(&world.backend, &sara).await?;
        for (name, of) in [("maria", case), ("eva", case), ("sara", elsewhere)] {
            let refused = annul_consent(&world.backend, &amal.actor(name), of, consent, "twice").await;
            assert!(matches!(refused, Err(Error::NotFound)), "{name}: {refused:?}");
        }
        let [mother, _] = guardians(&world, case).await[..] else { panic!("two guardians") };
        withdraw_consent(&world.backend, &sara, case, mother, Scope::All).await?;
        let renewed = consented(&world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await?;
        assert!(knows(&world, &amal, "maria", case).await);
        annul_consent(&world.backend, &sara, case, renewed, "wrong_content").await?;
        assert!(!knows(&world, &amal, "maria", case).await, "the withdrawal stands");
        Ok(())
    }
}
