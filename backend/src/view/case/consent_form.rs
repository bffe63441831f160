//! The form for a consent, filled in as far as can be known.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    age::{OF_AGE, age_on, birthday, next_birthday},
    consent::{
        Answer, CaseFacts, Consent, InfoCategory, Limits, Purpose, Signer, asks_child, latest_end, required_signers,
        school_year_end, signers_within,
    },
    export::What,
    id::{CaseId, ForumId, PersonId, UnitId},
    refusal::Refusal,
    routing::Routing,
    time::day,
};

use super::{
    ConsentLine, deciding, guardian_names, hides_name,
    protected::{Handing, handing},
};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    store,
};

/// What the form starts from.
#[derive(Clone, Debug)]
pub struct ConsentForm {
    /// The case.
    pub case: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The child's name; none where the identity is protected.
    pub name: Option<String>,
    /// Age today, whole years.
    pub age: u16,
    /// What is told of the consent there is.
    pub consent: ConsentLine,
    /// Whether there has been one before.
    pub renews: bool,
    /// Who can answer, guardians first.
    pub signers: Vec<SignerColumn>,
    /// The units to ask about first: those of the forum, the registering one, and those named before.
    pub receivers: Vec<Receiver>,
    /// All other units that take part.
    pub others: Vec<Receiver>,
    /// What is asked about from the start.
    pub categories: BTreeSet<InfoCategory>,
    /// What the last one held for besides the meeting (C26).
    pub also: BTreeSet<Purpose>,
    /// Today.
    pub today: NaiveDate,
    /// The last day proposed.
    pub valid_until: NaiveDate,
    /// The last day of the school year, if a consent may hold so long.
    pub school_year_ends: Option<NaiveDate>,
    /// The next birthday within the proposed period, and the age then.
    pub birthday: Option<(NaiveDate, u16)>,
    /// Whether it must be told how the child was asked (C4).
    pub asks_child: bool,
    /// Who works with cases in the reader's unit, by name: who may have obtained it.
    pub colleagues: Vec<(PersonId, String)>,
    /// The reader, who is proposed.
    pub reader: PersonId,
    /// Whether the paper form can be handed out at once.
    pub paper: Handing,
    /// The birth date and the guardianships: who must answer on which day. Neither phases nor consents.
    pub facts: CaseFacts,
}

/// Somebody who can answer.
#[derive(Clone, Debug)]
pub struct SignerColumn {
    /// Who.
    pub signer: Signer,
    /// A guardian's name; none for the child.
    pub name: Option<String>,
    /// Whether the answer is needed today.
    pub required: bool,
    /// Whether they answer for what is their own alone: a parent without custody (C21).
    pub own_alone: bool,
    /// What was answered last, if it was a yes or no that still counts.
    pub prior: Option<Prior>,
}

/// An earlier answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prior {
    /// Yes or no.
    pub answer: Answer,
    /// The day.
    pub on: NaiveDate,
}

/// A unit that can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// The unit.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// Whether it is ticked from the start.
    pub suggested: bool,
    /// Whether it must be said whom its part concerns (C21).
    pub serves_adults: bool,
    /// Whom its part concerned last.
    pub concerns: Option<Signer>,
    /// Whether it may only listen, as was said last.
    pub listens: bool,
}

/// The form for a new consent of a case the actor's unit knows of.
///
/// # Errors
/// [`Error::NotFound`] where it is not for this unit to know.
pub async fn consent_form(backend: &Backend, actor: &Actor, case: CaseId) -> Result<ConsentForm> {
    let now = backend.now();
    let known = gate::asked(backend, actor, case, now).await?;
    let (facts, today) = (&known.record.facts, day(now));
    let kind = store::unit::load(backend.db(), actor.unit()?).await?.kind;
    let (receivers, others) = receivers(backend, &known, today).await?;
    let by_guardians = required_signers(facts, today).iter().any(|by| *by != Signer::Child);
    let latest = latest_end(facts.born_on, today, by_guardians, Limits::default());
    let school_year_ends = Some(school_year_end(today + Days::new(1))).filter(|ends| *ends <= latest);
    let valid_until = school_year_ends.unwrap_or(latest);
    let name = store::child::names(backend.db(), backend.keys(), [case]).await?.remove(&case);
    let form = ConsentForm {
        case,
        reference: known.head().reference.clone(),
        name: name.filter(|_| !hides_name(&known)),
        age: age_on(facts.born_on, today).unwrap_or(0),
        consent: ConsentLine::of(&known, kind, now).ok_or(Error::NotFound)?,
        renews: !facts.consents.is_empty(),
        signers: columns(backend, &known, now).await?,
        receivers,
        others,
        categories: deciding(&known).map_or_else(usual_categories, |consent| consent.categories.clone()),
        also: deciding(&known).map(besides_the_meeting).unwrap_or_default(),
        today,
        valid_until,
        school_year_ends,
        birthday: turning(facts.born_on, today, valid_until),
        asks_child: asks_child(facts.born_on, today),
        colleagues: colleagues(backend, actor, today).await?,
        reader: actor.person,
        paper: handing(backend.db(), actor, &known, What::Form, None, now).await?,
        facts: rules_only(facts),
    };
    backend.log_reads(actor, &[known.event(Action::CaseRead)]).await?;
    Ok(form)
}

/// What the paper form is filled in from.
///
/// # Errors
/// As [`consent_form`]; [`Refusal::SecondPerson`] where an identity is protected and no colleague has said yes (I1).
pub async fn consent_paper(backend: &Backend, actor: &Actor, case: CaseId) -> Result<ConsentForm> {
    let form = consent_form(backend, actor, case).await?;
    match form.paper {
        Handing::Free | Handing::Open(_) => Ok(form),
        Handing::Waits | Handing::Ask => Err(Refusal::SecondPerson.into()),
    }
}

async fn colleagues(backend: &Backend, actor: &Actor, today: NaiveDate) -> Result<Vec<(PersonId, String)>> {
    let ids = store::assignment::of_unit(backend.db(), actor.unit()?, today).await?;
    let people = store::roster::people(backend.db(), ids).await?;
    let mut named: Vec<_> = people.into_values().filter(|one| !one.disabled).map(|one| (one.id, one.name)).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(named)
}

/// What a consent that is being filled in is judged by. Holds no names of people: the page the form stands on has shown them.
#[derive(Clone, Debug)]
pub struct ConsentRules {
    /// The birth date and the guardianships, as in [`ConsentForm::facts`].
    pub facts: CaseFacts,
    /// Every unit that can be named, in the order of the form.
    pub units: Vec<Receiver>,
    /// Today.
    pub today: NaiveDate,
}

/// What the form of [`consent_form`] is judged by while it is filled in. Opening the form is what the access log tells of; this,
/// which is asked for at every pause of the keys, shows nothing of the child and is not logged again.
///
/// # Errors
/// [`Error::NotFound`] where it is not for this unit to know.
pub async fn consent_rules(backend: &Backend, actor: &Actor, case: CaseId) -> Result<ConsentRules> {
    let now = backend.now();
    let known = gate::known(backend.db(), actor, case, now).await?;
    let kind = store::unit::load(backend.db(), actor.unit()?).await?.kind;
    ConsentLine::of(&known, kind, now).ok_or(Error::NotFound)?;
    let (mut units, others) = receivers(backend, &known, day(now)).await?;
    units.extend(others);
    Ok(ConsentRules { facts: rules_only(&known.record.facts), units, today: day(now) })
}

fn rules_only(facts: &CaseFacts) -> CaseFacts {
    CaseFacts { phases: Vec::new(), consents: Vec::new(), ..facts.clone() }
}

/// What a consent holds for besides the meeting (C26).
pub(super) fn besides_the_meeting(consent: &Consent) -> BTreeSet<Purpose> {
    consent.purposes.iter().copied().filter(|purpose| *purpose != Purpose::CollaborationMeeting).collect()
}

fn usual_categories() -> BTreeSet<InfoCategory> {
    [InfoCategory::School, InfoCategory::Social].into()
}

fn turning(born_on: NaiveDate, today: NaiveDate, until: NaiveDate) -> Option<(NaiveDate, u16)> {
    // The 18th birthday lies just after what guardians can consent to, and is worth telling (C12).
    let next = next_birthday(born_on, today);
    let of_age = birthday(born_on, OF_AGE);
    (next <= until || (next == of_age && next.pred_opt() == Some(until)))
        .then(|| (next, age_on(born_on, next).unwrap_or(0)))
}

async fn columns(backend: &Backend, known: &Known, now: DateTime<Utc>) -> Result<Vec<SignerColumn>> {
    let (facts, today) = (&known.record.facts, day(now));
    let required = required_signers(facts, today);
    let mut names = guardian_names(backend, known).await?;
    let within = signers_within(facts, today, today + Days::new(365));
    let place =
        |by: &Signer| facts.guardians.iter().position(|one| Signer::Guardian(one.id) == *by).unwrap_or(usize::MAX);
    let mut signers: Vec<_> = within.into_iter().collect();
    signers.sort_by_key(place);
    let latest = deciding(known);
    Ok(signers
        .into_iter()
        .map(|signer| SignerColumn {
            signer,
            name: if let Signer::Guardian(id) = signer { names.remove(&id) } else { None },
            required: required.contains(&signer),
            own_alone: facts.answers_for_own_alone(signer),
            prior: latest.filter(|_| !known.standing.is_open()).and_then(|consent| prior(facts, consent, signer, now)),
        })
        .collect())
}

/// Somebody's answer in a consent that waits for others: it need not be asked for again.
fn prior(facts: &CaseFacts, consent: &Consent, by: Signer, now: DateTime<Utc>) -> Option<Prior> {
    let taken_back = consent.withdrawals.iter().any(|one| one.by == by && facts.counts(one, now));
    let answer =
        consent.signatures.iter().filter(|signature| signature.by == by).max_by_key(|signature| signature.on)?;
    (!taken_back).then_some(Prior { answer: answer.answer, on: answer.on })
}

async fn receivers(backend: &Backend, known: &Known, today: NaiveDate) -> Result<(Vec<Receiver>, Vec<Receiver>)> {
    let named: BTreeSet<UnitId> = deciding(known)
        .map(|consent| consent.signatures.iter().flat_map(|signature| signature.receivers.iter().copied()).collect())
        .unwrap_or_default();
    let seats = match forum(backend, known, today).await? {
        Some(forum) => store::seat::of_forum(backend.db(), forum).await?,
        None => Vec::new(),
    };
    let at_every_meeting = |unit: UnitId| seats.iter().any(|seat| seat.unit == unit && seat.standing);
    let registrant = known.head().unit;
    let mut units = store::unit::open(backend.db()).await?;
    let place = |unit: UnitId| {
        seats.iter().position(|seat| seat.unit == unit).map_or((unit != registrant, 0), |at| (false, at + 1))
    };
    units.sort_by_key(|unit| place(unit.id));
    let before = deciding(known);
    let concerns = |unit: UnitId| {
        let consent = before.filter(|_| named.contains(&unit))?;
        Some(consent.parties.on_parent.get(&unit).map_or(Signer::Child, |parent| Signer::Guardian(*parent)))
    };
    let all = units.into_iter().map(|unit| Receiver {
        serves_adults: unit.kind.serves_adults(),
        concerns: concerns(unit.id).filter(|_| unit.kind.serves_adults()),
        listens: before.is_some_and(|consent| consent.parties.listeners.contains(&unit.id)),
        suggested: if named.is_empty() {
            unit.id == registrant || at_every_meeting(unit.id)
        } else {
            named.contains(&unit.id)
        },
        id: unit.id,
        name: unit.name,
    });
    Ok(all.partition(|receiver| {
        receiver.suggested || receiver.id == registrant || seats.iter().any(|seat| seat.unit == receiver.id)
    }))
}

async fn forum(backend: &Backend, known: &Known, today: NaiveDate) -> Result<Option<ForumId>> {
    let bands = store::forum::bands(backend.db()).await?;
    Ok(match bands.map(|bands| bands.route(known.head().born_on, today)) {
        Some(Routing::Forum(forum)) => Some(forum),
        _ => None,
    })
}
