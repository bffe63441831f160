//! Registers the demo's children, asks for consent and lets it be taken back.

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::{
    age::{OF_AGE, age_on, birthday},
    consent::{Answer, Limits},
    consent::{
        CaseFacts, Scope, Signature, Signer, latest_alone, latest_end, signed_too_early, signers_within, standing,
    },
    id::{CaseId, ConsentId},
    identity::{NumberKind, PersonalNumber},
    time::day,
};

use super::{
    children::{Born, CHILDREN, Child, Story},
    life::Life,
    words::Topic,
};
use crate::{
    Error, Result, store,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        protect_case::name_reader,
        record_consent::{RecordConsent, TypedAnswer, TypedConcern, TypedObtaining, TypedPrevented, record_consent},
        record_phase::record_phase,
        register_case::{RegisterCase, register_case},
        withdraw_consent::withdraw_consent,
    },
};

/// Birth numbers at the end of the range, as many of the Swedish Tax Agency's published test numbers have
/// (`Testpersonnummer`, skatteverket.entryscape.net). That nobody is given them is not confirmed by a source.
const TEST_BIRTH_NUMBERS: (u16, u16) = (980, 20);

fn child(place: usize) -> Result<&'static Child> {
    CHILDREN.get(place).ok_or(Error::NotFound)
}

/// When a child was born.
pub(super) fn born_on(life: &Life, child: &Child) -> Result<NaiveDate> {
    let today = life.today;
    let years = |day: NaiveDate, years: u16| day.checked_sub_months(Months::new(12 * u32::from(years))).unwrap_or(day);
    Ok(match child.born {
        Born::Aged(age, days) => years(today - Days::new(days), age),
        Born::Turns(age, days) => years(today + Days::new(days), age),
        Born::ThirteenAtMeeting => years(life.upcoming()?.1.on - Days::new(1), 13),
        Born::LeapDay(least) => (0..=today.year())
            .rev()
            .filter_map(|year| NaiveDate::from_ymd_opt(year, 2, 29))
            .find(|born| age_on(*born, today).is_some_and(|age| age >= least))
            .unwrap_or(today),
    })
}

/// A number in the range kept for tests.
fn personal_number(born_on: NaiveDate, place: usize) -> Option<String> {
    let (first, count) = TEST_BIRTH_NUMBERS;
    let birth_number = first + u16::try_from(place).ok()? % count;
    PersonalNumber::with_birth_number(born_on, birth_number, NumberKind::Personal).map(|number| number.to_string())
}

/// Registers a child's case.
pub(super) async fn register(life: &mut Life, place: usize) -> Result<()> {
    let child = child(place)?;
    let born_on = born_on(life, child)?;
    let custody = match child.guardians.len() {
        0 => "of_age",
        1 => "sole",
        _ => "joint",
    };
    let number = if child.number { personal_number(born_on, place) } else { None };
    let form = RegisterCase {
        child_name: child.name.into(),
        born_on: born_on.to_string(),
        personal_number: number.unwrap_or_default(),
        question: child.topic.words().question.into(),
        custody: custody.into(),
        guardians: child.guardians.iter().map(|name| (*name).to_owned()).collect(),
        protection: child.protection.into(),
    };
    let case = register_case(&life.backend, life.town.actor(child.by)?, form).await?;
    life.cases.insert(place, case);
    Ok(())
}

/// What may be told: of health where somebody of health care is named.
fn categories(child: &Child) -> Vec<String> {
    let care = ["bup", "adult", "care", "bvc", "habilitation"];
    let health = child.named.iter().any(|short| care.contains(short)).then_some("health");
    ["school", "social"].into_iter().chain(health).map(Into::into).collect()
}

/// Records what was answered when consent was asked for.
pub(super) async fn ask(life: &mut Life, place: usize) -> Result<()> {
    let child = child(place)?;
    let case = *life.cases.get(&place).ok_or(Error::NotFound)?;
    let facts = store::case::record(life.backend.db(), case).await?.facts;
    let today = day(life.backend.now());
    let until = last_day(life, child, &facts, today)?;
    let answers = answers(life, child, &facts, today, until)?;
    let form = RecordConsent {
        answers,
        categories: categories(child),
        also: vec![],
        valid_from: today.to_string(),
        valid_until: until.to_string(),
        method: String::new(),
        obtaining: explained(child),
        prevented: prevented(child, &facts, today),
        concerns: concerns(life, child, &facts)?,
        listeners: vec![],
    };
    let consent = record_consent(&life.backend, life.town.actor(child.by)?, case, form).await?;
    name_readers(life, child, case).await?;
    acknowledge(life, place, case, consent).await?;
    if !matches!(child.story, Story::HalfSigned | Story::Refused) {
        life.ready.insert(place, today);
    }
    Ok(())
}

/// The adult psychiatry comes for a parent where there is one; all others for the child.
fn concerns(life: &Life, child: &Child, facts: &CaseFacts) -> Result<Vec<TypedConcern>> {
    let parent = facts.guardians.first().map(|guardian| guardian.id.to_string());
    let who = |short: &str| parent.clone().filter(|_| short == "adult").unwrap_or_else(|| Signer::Child.to_string());
    let concern = |short: &&str| Ok(TypedConcern { unit: life.town.unit(short)?.to_string(), who: who(short) });
    child.named.iter().map(concern).collect()
}

/// Of a protected case those are named who plan and review, and one of each party.
async fn name_readers(life: &Life, child: &Child, case: CaseId) -> Result<()> {
    if child.protection.is_empty() {
        return Ok(());
    }
    let covered = standing(&store::case::record(life.backend.db(), case).await?.facts, life.backend.now()).covered;
    let mut people =
        ["maria", "karin", "bengt"].map(|name| life.town.actor(name)).into_iter().collect::<Result<Vec<_>>>()?;
    for unit in covered {
        people.push(life.town.member(unit)?);
    }
    for person in people {
        let person = person.person.to_string();
        name_reader(&life.backend, life.town.actor(child.by)?, case, &person).await?;
    }
    Ok(())
}

/// The parties say that they hold the consent; here and there one has not got to it yet.
async fn acknowledge(life: &Life, place: usize, case: CaseId, consent: ConsentId) -> Result<()> {
    let covered = standing(&store::case::record(life.backend.db(), case).await?.facts, life.backend.now()).covered;
    let late = place % 6 == 2;
    for unit in covered {
        let member = life.town.member(unit)?;
        if !(late && member.unit_name.starts_with("BUP")) {
            acknowledge_consent(&life.backend, member, case, consent).await?;
        }
    }
    Ok(())
}

/// In words and on the form, as most are; children from twelve were heard.
fn explained(child: &Child) -> TypedObtaining {
    let not_covered = match child.topic {
        Topic::Attendance => "Det som sagts om familjens ekonomi.",
        _ => "",
    };
    TypedObtaining {
        informed: true,
        explained: ["orally", "paper"].map(Into::into).to_vec(),
        not_covered: not_covered.into(),
        maturity: "heard".into(),
        ..TypedObtaining::default()
    }
}

/// The second guardian, where that one is away.
fn prevented(child: &Child, facts: &CaseFacts, today: NaiveDate) -> TypedPrevented {
    let Some(second) = facts.guardians.get(1).filter(|_| child.story == Story::OneAlone) else {
        return TypedPrevented::default();
    };
    TypedPrevented {
        who: second.id.to_string(),
        cause: "absence".into(),
        note: "Till sjöss till nyår, nås inte enligt rederiet.".into(),
        until: latest_alone(today, Limits::default()).to_string(),
        approved_by: "Lena Fors, rektor".into(),
    }
}

fn last_day(life: &Life, child: &Child, facts: &CaseFacts, from: NaiveDate) -> Result<NaiveDate> {
    let by_guardians = from < birthday(facts.born_on, OF_AGE);
    let latest = latest_end(facts.born_on, from, by_guardians, Limits::default());
    let wanted = match child.story {
        Story::EndsBeforeMeeting => life.upcoming()?.1.on - Days::new(1),
        Story::Expired => life.today - Days::new(12),
        _ => latest,
    };
    Ok(wanted.min(latest))
}

fn answers(
    life: &Life,
    child: &Child,
    facts: &CaseFacts,
    today: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<TypedAnswer>> {
    let ids =
        |named: &[&str]| named.iter().map(|short| Ok(life.town.unit(short)?.to_string())).collect::<Result<Vec<_>>>();
    let second = facts.guardians.get(1).map(|guardian| Signer::Guardian(guardian.id));
    let mut answers = Vec::new();
    for by in signers_within(facts, today, until) {
        let signature = Signature { by, on: today, answer: Answer::Agreed, receivers: [].into() };
        if signed_too_early(facts, &signature, life.backend.now()).is_some()
            || child.story == Story::GuardiansAlone && by == Signer::Child
        {
            continue;
        }
        let (answer, named) = match child.story {
            Story::HalfSigned | Story::OneAlone if Some(by) == second => continue,
            Story::Refused if Some(by) == second => (Answer::Refused, [].as_slice()),
            Story::Narrow(fewer) if Some(by) == second => (Answer::Agreed, fewer),
            _ => (Answer::Agreed, child.named),
        };
        answers.push(TypedAnswer {
            signer: match by {
                Signer::Child => "child".into(),
                Signer::Guardian(id) => id.to_string(),
            },
            answer: answer.code().into(),
            signed_on: today.to_string(),
            receivers: ids(named)?,
        });
    }
    Ok(answers)
}

/// Lets a consent be taken back, or be overtaken by a report.
pub(super) async fn turn(life: &mut Life, place: usize) -> Result<()> {
    let child = child(place)?;
    let case = *life.cases.get(&place).ok_or(Error::NotFound)?;
    let scope = match child.story {
        Story::WithdrawnFrom(unit) => Scope::Receivers([life.town.unit(unit)?].into()),
        Story::Overtaken => {
            life.ready.remove(&place);
            return record_phase(&life.backend, life.town.actor("per")?, case, "report").await;
        }
        _ => {
            life.ready.remove(&place);
            Scope::All
        }
    };
    let facts = store::case::record(life.backend.db(), case).await?.facts;
    let guardian = facts.guardians.first().ok_or(Error::NotFound)?;
    let by = Signer::Guardian(guardian.id);
    withdraw_consent(&life.backend, life.town.actor(child.by)?, case, by, scope).await?;
    Ok(())
}
