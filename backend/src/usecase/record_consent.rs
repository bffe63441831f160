//! Records what the guardians, and from 15 the child, answered (C3–C8, C10–C13, C23–C25).

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    consent::{
        Answer, CaseFacts, InfoCategory, Limits, Method, Parties, Period, PeriodRefusal, Purpose, Signature, Signer,
        Withdrawal, check_period, obtained_at, signed_too_early, signers_within, taken_back,
    },
    flaw::FlawKind,
    id::{CaseId, ConsentId, PersonId, UnitId},
    refusal::Refusal,
    time::day,
    visibility::Role,
};

mod circumstances;
mod parties;

pub use circumstances::{TypedObtaining, TypedPrevented};
pub use parties::TypedConcern;

use circumstances::Circumstances;

use crate::{
    Backend, Result,
    actor::Actor,
    audit::{Action, Event},
    gate::{self, Known},
    store::{self, consent::NewConsent, unit::Unit},
    typed::Typed,
};

/// The form for a consent, as typed.
#[derive(Clone, Debug, Default)]
pub struct RecordConsent {
    /// What each signer answered.
    pub answers: Vec<TypedAnswer>,
    /// [`InfoCategory`] codes.
    pub categories: Vec<String>,
    /// [`Purpose`] codes of what it holds for besides the meeting (C26).
    pub also: Vec<String>,
    /// The first day it holds.
    pub valid_from: String,
    /// The last day it holds.
    pub valid_until: String,
    /// A [`Method`] code; empty for paper.
    pub method: String,
    /// How it was obtained.
    pub obtaining: TypedObtaining,
    /// Who could not answer, and why it could not wait.
    pub prevented: TypedPrevented,
    /// Whom the part of each unit for adults concerns (C21).
    pub concerns: Vec<TypedConcern>,
    /// The ids of the units that may only listen.
    pub listeners: Vec<String>,
}

/// One signer's answer, as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedAnswer {
    /// `child`, or the guardian's id: [`Signer`] as forms name it.
    pub signer: String,
    /// An [`Answer`] code; empty while there is none (C6).
    pub answer: String,
    /// The day of the answer.
    pub signed_on: String,
    /// The ids of the units the signer named. Of no meaning in a no.
    pub receivers: Vec<String>,
}

/// What was typed, read.
struct Read {
    signatures: Vec<Signature>,
    categories: BTreeSet<InfoCategory>,
    purposes: BTreeSet<Purpose>,
    period: Period,
    method: Method,
    circumstances: Circumstances,
    parties: Parties,
}

/// Records a consent. Earlier ones stay as they were (C24); what their signers now leave out is taken back of them.
/// Who knows of the case may record: the registering unit and the covered ones.
///
/// # Errors
/// [`crate::Error::NotFound`] where the case is not for the unit to know; [`crate::Error::Invalid`] at the fields;
/// [`Refusal::CaseClosed`].
pub async fn record_consent(backend: &Backend, actor: &Actor, case: CaseId, form: RecordConsent) -> Result<ConsentId> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let tx = backend.write(actor).await?;
    store::gate::lock(tx.db(), case).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    if known.head().closed_at.is_some() {
        return Err(Refusal::CaseClosed.into());
    }
    let facts = &known.record.facts;
    let units = store::unit::open(tx.db()).await?;
    let colleagues = store::assignment::of_unit(tx.db(), actor.unit()?, day(tx.now())).await?;
    let read = read(&form, &known, &Choices { units, colleagues }, tx.now())?;
    let taken_back = taken_back(facts, &read.signatures, read.period.valid_from, tx.now());
    let new = NewConsent {
        case,
        purposes: read.purposes.into_iter().collect(),
        categories: read.categories.into_iter().collect(),
        obtained_at: obtained_at(facts, &read.signatures, tx.now()),
        valid_from: read.period.valid_from,
        valid_until: read.period.valid_until,
        method: read.method,
        obtained_by: read.circumstances.obtained_by.unwrap_or(actor.person),
        obtaining: read.circumstances.obtaining,
        words: read.circumstances.words,
        signatures: read.signatures,
        prevented: read.circumstances.prevented,
        parties: read.parties,
    };
    let consent = store::consent::create(&tx, &new).await?;
    for (earlier, withdrawal) in taken_back {
        let withdrawal = Withdrawal { implied_by: Some(consent), ..withdrawal };
        store::consent::withdraw(&tx, earlier, &withdrawal).await?;
    }
    gate::settle(&tx, &known).await?;
    tx.commit(Event::new(Action::ConsentRecorded).case(case).basis(Some(consent))).await?;
    Ok(consent)
}

/// What the form lets choose among.
struct Choices {
    units: Vec<Unit>,
    colleagues: BTreeSet<PersonId>,
}

fn read(form: &RecordConsent, known: &Known, choices: &Choices, now: DateTime<Utc>) -> Result<Read> {
    let (facts, mut typed, today) = (&known.record.facts, Typed::about(known.head().protection), day(now));
    let valid_from = typed.date("valid_from", &form.valid_from);
    let valid_until = typed.date("valid_until", &form.valid_until);
    let until = valid_until.unwrap_or(today).min(today + Days::new(366));
    let signers = signers_within(facts, valid_from.unwrap_or(today).min(today), until);
    let units: BTreeSet<UnitId> = choices.units.iter().map(|unit| unit.id).collect();
    let signatures = read_answers(&mut typed, &form.answers, facts, &signers, &units, now);
    let parties = parties::read(&mut typed, &form.concerns, &form.listeners, &signatures, &signers, &choices.units);
    let categories = read_categories(&mut typed, &form.categories);
    let mut purposes: BTreeSet<Purpose> =
        form.also.iter().filter_map(|code| typed.choice("scope[also]", code)).collect();
    purposes.insert(Purpose::CollaborationMeeting);
    let method = typed.optional_choice("method", &form.method).unwrap_or(Method::Paper);
    if method == Method::Oral {
        typed.flaw("method", FlawKind::NotAChoice); // C22: off until a municipality allows it
    }
    if let (Some(valid_from), Some(valid_until)) = (valid_from, valid_until) {
        check(&mut typed, facts, &signatures, Period { valid_from, valid_until }, today);
    }
    let about = circumstances::About {
        facts,
        signers: &signers,
        signatures: &signatures,
        valid_from: valid_from.unwrap_or(today),
        colleagues: &choices.colleagues,
        now,
    };
    let circumstances = circumstances::read(&mut typed, &form.obtaining, &form.prevented, &about);
    typed.finish()?;
    let circumstances = Typed::value(circumstances)?;
    let period = Period { valid_from: Typed::value(valid_from)?, valid_until: Typed::value(valid_until)? };
    Ok(Read { signatures, categories, purposes, period, method, circumstances, parties })
}

fn read_answers(
    typed: &mut Typed,
    answers: &[TypedAnswer],
    facts: &CaseFacts,
    signers: &BTreeSet<Signer>,
    units: &BTreeSet<UnitId>,
    now: DateTime<Utc>,
) -> Vec<Signature> {
    let mut signatures: Vec<Signature> = Vec::new();
    for (place, answer) in answers.iter().enumerate().filter(|(_, answer)| !answer.answer.trim().is_empty()) {
        let signer = answer.signer.parse().ok().filter(|signer| signers.contains(signer));
        let twice = signer.is_some_and(|signer| signatures.iter().any(|signature| signature.by == signer));
        let Some(by) = signer.filter(|_| !twice) else {
            typed.flaw(&field(place, "answer"), FlawKind::NotAChoice);
            continue;
        };
        let Some(signature) = read_answer(typed, place, answer, by, units, day(now)) else { continue };
        if signed_too_early(facts, &signature, now).is_some() {
            typed.flaw(&field(place, "signed_on"), FlawKind::BeforeWithdrawal);
        }
        signatures.push(signature);
    }
    if signatures.is_empty() && typed.is_sound() {
        typed.flaw(&field(0, "answer"), FlawKind::Required);
    }
    signatures
}

fn read_answer(
    typed: &mut Typed,
    place: usize,
    answer: &TypedAnswer,
    by: Signer,
    units: &BTreeSet<UnitId>,
    today: NaiveDate,
) -> Option<Signature> {
    let said = typed.choice::<Answer>(&field(place, "answer"), &answer.answer);
    let on = typed.date(&field(place, "signed_on"), &answer.signed_on);
    if on.is_some_and(|on| on > today) {
        typed.flaw(&field(place, "signed_on"), FlawKind::InTheFuture);
    }
    let (said, on) = (said?, on?);
    if said == Answer::Refused {
        return Some(Signature { by, on, answer: said, receivers: BTreeSet::new() });
    }
    let receivers: Option<BTreeSet<UnitId>> =
        answer.receivers.iter().map(|unit| unit.parse().ok().filter(|unit| units.contains(unit))).collect();
    match receivers {
        Some(receivers) if !receivers.is_empty() => Some(Signature { by, on, answer: said, receivers }),
        Some(_) => {
            typed.flaw(&field(place, "receivers"), FlawKind::Required);
            None
        }
        None => {
            typed.flaw(&field(place, "receivers"), FlawKind::NotAChoice);
            None
        }
    }
}

fn read_categories(typed: &mut Typed, codes: &[String]) -> BTreeSet<InfoCategory> {
    let categories: BTreeSet<_> = codes.iter().filter_map(|code| typed.choice("scope[categories]", code)).collect();
    if codes.is_empty() {
        typed.flaw("scope[categories]", FlawKind::Required);
    }
    categories
}

/// Whether the period is one (C10, C12, C25), told at its fields.
fn check(typed: &mut Typed, facts: &CaseFacts, signatures: &[Signature], period: Period, today: NaiveDate) {
    let signed_on = signatures.iter().map(|signature| signature.on).max();
    let by_guardians =
        signatures.iter().any(|signature| signature.by != Signer::Child && !facts.answers_for_own_alone(signature.by));
    match check_period(facts.born_on, signed_on, by_guardians, period, Limits::default()) {
        Ok(()) if period.valid_until < today => typed.flaw("valid_until", FlawKind::InThePast),
        Ok(()) => {}
        Err(PeriodRefusal::BeforeSignature { .. }) => typed.flaw("valid_from", FlawKind::BeforeSignature),
        Err(PeriodRefusal::EndsBeforeStart) => typed.flaw("valid_until", FlawKind::BeforeTheOther),
        Err(PeriodRefusal::OfAge { .. }) => typed.flaw("valid_from", FlawKind::PastMajority),
        Err(PeriodRefusal::PastEighteenth { .. }) => typed.flaw("valid_until", FlawKind::PastMajority),
        Err(PeriodRefusal::TooLong { .. }) => typed.flaw("valid_until", FlawKind::TooFarAhead),
    }
}

/// How the form names a field of an answer.
fn field(place: usize, name: &str) -> String {
    format!("answers[{place}][{name}]")
}
