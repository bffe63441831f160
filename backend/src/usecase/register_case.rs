//! Registers a child's case (V1, I5, I6).

use chrono::NaiveDate;
use domain::{
    age::age_on,
    case_file::{Custody, Protection, number_fits},
    case_ref::CaseRef,
    flaw::FlawKind,
    id::CaseId,
    identity::{NumberFlaw, PersonalNumber},
    text::PersonName,
    time::day,
    visibility::{Role, Viewer},
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate,
    store::{
        self,
        child::{Bond, NewCase},
    },
    tx::Tx,
    typed::Typed,
};

/// The age from which nobody can be registered (R3).
const TOO_OLD: u16 = 19;

/// What the question may hold, in characters.
const QUESTION: usize = 1_000;

/// The form for a new case, as typed.
#[derive(Clone, Debug, Default)]
pub struct RegisterCase {
    /// The child's name.
    pub child_name: String,
    /// The birth date.
    pub born_on: String,
    /// Personnummer or samordningsnummer; may be left out.
    pub personal_number: String,
    /// What the meeting is asked.
    pub question: String,
    /// A [`Custody`] code; may be left out for somebody of age.
    pub custody: String,
    /// The guardians' names; empty ones are left out.
    pub guardians: Vec<String>,
    /// A [`Protection`] code; empty for none.
    pub protection: String,
}

/// What was typed, read.
struct Read {
    name: PersonName,
    born_on: NaiveDate,
    number: Option<PersonalNumber>,
    question: String,
    custody: Custody,
    guardians: Vec<PersonName>,
    protection: Protection,
}

/// Registers a case for the actor's unit. Until consent covers others, nobody else knows of it (V1); and where an identity is
/// protected, of the unit the actor alone, until they name somebody else (I1).
///
/// # Errors
/// [`Error::Invalid`] at the fields; [`Error::Denied`] for roles that register no cases. That another unit has a case of
/// the same child is not told (AUTHZ-04).
pub async fn register_case(backend: &Backend, actor: &Actor, form: RegisterCase) -> Result<CaseId> {
    actor.must_be(&[Role::Coordinator, Role::Participant])?;
    let unit = actor.unit()?;
    let tx = backend.write(actor).await?;
    let read = read(&form, day(tx.now()))?;
    if let Some(number) = read.number {
        refuse_known_twin(&tx, actor.viewer()?, number).await?;
    }
    let (reference, protected) = (free_reference(&tx).await?, read.protection.hides_name());
    let case = store::child::create(
        &tx,
        &NewCase {
            reference,
            unit,
            name: read.name,
            born_on: read.born_on,
            number: read.number,
            question: read.question,
            custody: read.custody,
            protection: read.protection,
        },
    )
    .await?;
    for (position, name) in (0..).zip(&read.guardians) {
        let bond = Bond { from: read.born_on, position, custody: true };
        store::child::add_guardian(&tx, case, name, bond).await?;
    }
    store::gate::create(tx.db(), case).await?;
    if protected {
        store::case_reader::say(&tx, case, actor.person, true).await?;
    }
    tx.commit(Event::new(Action::CaseRegistered).case(case)).await?;
    Ok(case)
}

fn read(form: &RegisterCase, today: NaiveDate) -> Result<Read> {
    let mut typed = Typed::default();
    let name = typed.name("child_name", &form.child_name);
    let born_on = read_birth_date(&mut typed, &form.born_on, today);
    let protection = typed.optional_choice::<Protection>("protection", &form.protection).unwrap_or(Protection::None);
    let number = read_number(&mut typed, &form.personal_number, born_on, today);
    let question = typed.prose::<QUESTION>("question", &form.question);
    let of_age = born_on.is_some_and(|born_on| Custody::OfAge.fits(born_on, today));
    let custody = if of_age { Some(Custody::OfAge) } else { typed.choice("custody", &form.custody) };
    let guardians = read_guardians(&mut typed, &form.guardians, custody);
    if custody == Some(Custody::OfAge) && !of_age && born_on.is_some() {
        typed.flaw("custody", FlawKind::NotAChoice);
    }
    typed.finish()?;
    Ok(Read {
        name: Typed::value(name)?,
        born_on: Typed::value(born_on)?,
        // I1: no number is kept of somebody whose identity is protected.
        number: number.filter(|_| !protection.hides_name()),
        question: Typed::value(question)?.to_string(),
        custody: Typed::value(custody)?,
        guardians,
        protection,
    })
}

fn read_birth_date(typed: &mut Typed, text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let born_on = typed.date("born_on", text)?;
    let kind = match age_on(born_on, today) {
        None => FlawKind::InTheFuture,
        Some(age) if age >= TOO_OLD => FlawKind::TooOld,
        Some(_) => return Some(born_on),
    };
    typed.flaw("born_on", kind);
    None
}

pub(super) fn read_number(
    typed: &mut Typed,
    text: &str,
    born_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<PersonalNumber> {
    const FIELD: &str = "personal_number";
    if text.trim().is_empty() {
        return None;
    }
    match PersonalNumber::parse(text, today) {
        Ok(number) if born_on.is_some_and(|born_on| !number_fits(number, born_on)) => {
            typed.flaw(FIELD, FlawKind::NumberAndBirthDate);
            None
        }
        Ok(number) => Some(number),
        Err(flaw) => {
            typed.flaw(FIELD, kind_of(flaw));
            None
        }
    }
}

const fn kind_of(flaw: NumberFlaw) -> FlawKind {
    match flaw {
        NumberFlaw::NotDigits | NumberFlaw::WrongLength => FlawKind::NumberLength,
        NumberFlaw::NotADate => FlawKind::NoSuchDate,
        NumberFlaw::NotYetBorn => FlawKind::InTheFuture,
        NumberFlaw::WrongCheckDigit => FlawKind::CheckDigit,
    }
}

/// The guardians' names, as many as the custody has (C3, FB 6:13).
fn read_guardians(typed: &mut Typed, names: &[String], custody: Option<Custody>) -> Vec<PersonName> {
    let filled: Vec<_> = names.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()).collect();
    let (least, most) = custody.map_or((0, 2), Custody::guardians);
    for missing in filled.len()..least {
        typed.flaw(&guardian_field(missing), FlawKind::Required);
    }
    for (place, _) in filled.iter().skip(most) {
        typed.flaw(&guardian_field(*place), FlawKind::NotAChoice);
    }
    filled.into_iter().take(most).filter_map(|(place, name)| typed.name(&guardian_field(place), name)).collect()
}

fn guardian_field(place: usize) -> String {
    format!("guardians[{place}]")
}

/// Refuses a second case of a child whose case they know of. One they may not know of is not told, and stands beside.
pub(super) async fn refuse_known_twin(tx: &Tx, viewer: Viewer, number: PersonalNumber) -> Result<()> {
    let twins = store::child::with_number(tx.db(), tx.backend().keys(), number).await?;
    let known = gate::known_among(tx.db(), viewer, twins, tx.now()).await?;
    if known.is_empty() { Ok(()) } else { Err(Error::flaw("personal_number", FlawKind::Taken)) }
}

/// A reference nobody has, drawn anew until one is found: there are half a million.
async fn free_reference(tx: &Tx) -> Result<CaseRef> {
    for _ in 0..100 {
        let mut bytes = [0; 8];
        tx.backend().random().fill(&mut bytes);
        let reference = CaseRef::from_random(bytes);
        if !store::child::reference_taken(tx.db(), reference).await? {
            return Ok(reference);
        }
    }
    Err(Error::Busy)
}
