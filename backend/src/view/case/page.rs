//! One case, for one reader.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    age::age_on,
    case_file::{Custody, Protection},
    consent::{
        Answer, CaseFacts, Consent, Hindrance, InfoCategory, Method, Mistake, Obtaining, Phase, Prevented, Purpose,
        Scope, Signer, Voice, Withdrawal, Words, may_take_back, phase_at, required_signers,
    },
    export::What,
    id::{CaseId, ConsentId, GuardianId, MinutesId, PaperId, PersonId, UnitId},
    minutes::MinutesState,
    time::{day, local},
};

use super::{
    ConsentLine,
    consent_form::besides_the_meeting,
    deciding, guardian_names, hides_name, is_own, place_of,
    protected::{self, Handing, Protected, protected},
    receipt::may_read,
};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    scan::Kind,
    store::{self, consent::Origin, minutes::MinutesHead, unit::Unit},
    view::{
        action_list::{Undertaken, reads_minutes, undertaken},
        handed::{self, Handed},
        proposal::{self, Proposals},
        routing::{Destination, forum_for},
    },
    waits::waits,
};

/// A case as its page shows it.
#[derive(Clone, Debug)]
pub struct CasePage {
    /// The case.
    pub id: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The child's name; none where the identity is protected and the reader's unit did not register it (I1).
    pub name: Option<String>,
    /// Whether the identity is protected, and how.
    pub protection: Protection,
    /// Who is named, and what is to be handed out, where it is.
    pub protected: Option<Protected>,
    /// Birth date; none where the name is not told.
    pub born_on: Option<NaiveDate>,
    /// Age today, whole years.
    pub age: u16,
    /// Personal number; for the registering unit only.
    pub number: Option<String>,
    /// The coordination number before it (I7); for the registering unit only.
    pub former_number: Option<String>,
    /// What the meeting is asked.
    pub question: String,
    /// Who decides for the child.
    pub custody: Custody,
    /// The guardians and parents without custody, past ones last.
    pub guardians: Vec<GuardianLine>,
    /// Which forum, when, and why (R1).
    pub routing: Destination,
    /// What is told of the consent.
    pub consent: ConsentLine,
    /// What may be told while it is in force.
    pub categories: Vec<InfoCategory>,
    /// What the family said may not be told, while a consent is in force.
    pub not_covered: String,
    /// The consents there have been, newest first; for the registering unit and social services.
    pub history: Vec<PastConsent>,
    /// Where the case stands with the social services; for them only (C17).
    pub phase: Option<Phase>,
    /// What is asked of it and not heard, and what can be asked.
    pub proposals: Proposals,
    /// The minutes this person may read, the newest first.
    pub minutes: Vec<MinutesLine>,
    /// What was undertaken, what is open first; what is done or dropped last.
    pub undertaken: Vec<Undertaken>,
    /// What of them was handed over to other units, as far as it is this person's to know (M8).
    pub handed: Vec<Handed>,
    /// The consent the reader's unit is covered by and has not said that it holds (C20).
    pub to_acknowledge: Option<ConsentId>,
    /// The parent whose own the part of the reader's unit is (C21).
    pub own_part: Option<GuardianId>,
    /// Who knows of the case, and why. Where an identity is protected, others are not told who registered it (I1).
    pub known_by: Vec<Knower>,
    /// Whose consent is needed today: who can take it back.
    pub signers: Vec<Signer>,
    /// Whether there is anything to take back.
    pub can_withdraw: bool,
    /// Whether the reader may change it: works with cases, and it is not closed.
    pub may_change: bool,
    /// Whether the reader's unit registered it.
    pub own: bool,
    /// The local day it was registered.
    pub registered_on: NaiveDate,
    /// The local day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Counts changes.
    pub version: i64,
}

/// A guardian, or a parent without custody.
#[derive(Clone, Debug)]
pub struct GuardianLine {
    /// The guardian.
    pub id: GuardianId,
    /// The name.
    pub name: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, if there is one.
    pub until: Option<NaiveDate>,
    /// Whether it holds today.
    pub holds: bool,
    /// Whether it is custody; else a parent who answers for what is their own alone (C21).
    pub custody: bool,
}

/// Minutes of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutesLine {
    /// The minutes.
    pub id: MinutesId,
    /// The local day of the meeting.
    pub on: NaiveDate,
    /// Where they are on their way.
    pub state: MinutesState,
}

/// A unit that knows of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knower {
    /// Its name.
    pub unit: String,
    /// Because it registered the case; else because consent covers it.
    pub registered: bool,
    /// What its staff may do when the case is heard; none for who only registered it.
    pub voice: Option<Voice>,
}

/// A consent in the history.
#[derive(Clone, Debug)]
pub struct PastConsent {
    /// The consent.
    pub id: ConsentId,
    /// Whether it is the one in force.
    pub in_force: bool,
    /// The local day it was recorded as obtained.
    pub obtained_on: NaiveDate,
    /// The first day it was given for.
    pub valid_from: NaiveDate,
    /// The last day it was given for. Left out for all but social services where it is not in force: beside the status it
    /// would tell of a phase (C17).
    pub valid_until: Option<NaiveDate>,
    /// What it was given for besides the meeting (C26).
    pub also: Vec<Purpose>,
    /// How the answers were given.
    pub method: Method,
    /// How it was explained, and how the child was asked.
    pub obtaining: Obtaining,
    /// Who obtained it, by name; empty as [`PastConsent::recorded_by`].
    pub obtained_by: String,
    /// The language it was explained in; empty for Swedish.
    pub language: String,
    /// Why the child was not asked; for the unit that recorded it.
    pub maturity_reason: String,
    /// Guardians it did without (C8).
    pub prevented: Vec<PastPrevented>,
    /// The units whose part is what they know of a parent, and of which (C21).
    pub on_parent: Vec<(String, GuardianId)>,
    /// The units that may only listen.
    pub listeners: Vec<String>,
    /// The signed papers; for the unit that recorded it and the one that registered the case.
    pub papers: Vec<PaperLine>,
    /// What the reader may do with it.
    pub may: ConsentDeeds,
    /// Whether its receipt can be handed out at once.
    pub receipt: Handing,
    /// Why it should not have been recorded, and the local day that was found.
    pub annulled: Option<(Mistake, NaiveDate)>,
    /// The unit that recorded it; empty for others where an identity is protected: it would tell of a place (I1).
    pub recorded_by: String,
    /// What was answered.
    pub answers: Vec<PastAnswer>,
    /// What was taken back.
    pub withdrawals: Vec<PastWithdrawal>,
}

/// What somebody may do with a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsentDeeds {
    /// Hand out a receipt of it.
    pub receipt: bool,
    /// Keep papers with it, and take them away.
    pub attach: bool,
    /// Say that it was recorded by mistake.
    pub annul: bool,
}

/// A signed paper, as its line shows it.
#[derive(Clone, Debug)]
pub struct PaperLine {
    /// The paper.
    pub id: PaperId,
    /// What it is.
    pub kind: Kind,
    /// Its size in bytes.
    pub bytes: i64,
    /// The local day it came.
    pub on: NaiveDate,
    /// Who brought it.
    pub by: String,
    /// Whether it can be handed out at once.
    pub handing: Handing,
}

/// A guardian whose answer a consent did without.
#[derive(Clone, Debug)]
pub struct PastPrevented {
    /// Who.
    pub guardian: GuardianId,
    /// The last day of that.
    pub until: NaiveDate,
    /// Why. Left out for all but the unit that recorded it: it may tell of an illness, and of a parent, not of the child.
    pub ground: Option<Ground>,
}

/// Why a guardian could not answer.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The kind of cause.
    pub cause: Hindrance,
    /// How it is known.
    pub note: String,
    /// The manager who approved it.
    pub approved_by: String,
}

/// An answer in the history.
#[derive(Clone, Debug)]
pub struct PastAnswer {
    /// Whose.
    pub by: Signer,
    /// Yes or no.
    pub answer: Answer,
    /// The day.
    pub on: NaiveDate,
    /// The units named.
    pub receivers: Vec<String>,
}

/// A withdrawal in the history.
#[derive(Clone, Debug)]
pub struct PastWithdrawal {
    /// Whose.
    pub by: Signer,
    /// Local date and time.
    pub at: chrono::NaiveDateTime,
    /// The units taken back; none for all of them.
    pub receivers: Option<Vec<String>>,
}

/// One case, if the actor's unit may know of it now.
///
/// # Errors
/// [`Error::NotFound`] where it does not exist or is not for this unit to know.
pub async fn case_page(backend: &Backend, actor: &Actor, case: CaseId) -> Result<CasePage> {
    let now = backend.now();
    let known = gate::asked(backend, actor, case, now).await?;
    let units: BTreeMap<UnitId, Unit> =
        store::unit::all(backend.db()).await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let page = compose(backend, actor, &known, &units, now).await?;
    backend.log_reads(actor, &[known.event(Action::CaseRead)]).await?;
    Ok(page)
}

async fn compose(
    backend: &Backend,
    actor: &Actor,
    known: &Known,
    units: &BTreeMap<UnitId, Unit>,
    now: DateTime<Utc>,
) -> Result<CasePage> {
    let (head, facts, today) = (known.head(), &known.record.facts, day(now));
    let kind = units.get(&actor.unit()?).ok_or(Error::NotFound)?.kind;
    let social = kind.is_social_services();
    let child = store::child::open(backend.db(), backend.keys(), known.id()).await?;
    let broken = || Error::Inconsistent { table: "case_file", row: head.id.uuid() };
    let own = is_own(known);
    let origins = store::consent::origins(backend.db(), backend.keys(), known.id()).await?;
    let in_force =
        origins.iter().find(|origin| known.standing.is_open() && known.standing.consent == Some(origin.consent));
    let not_covered = in_force.map(|origin| origin.words.not_covered.clone()).unwrap_or_default();
    let whole = own || social;
    let past = if whole { history(backend, actor, known, units, &origins, social).await? } else { Vec::new() };
    Ok(CasePage {
        id: head.id,
        reference: head.reference.clone(),
        name: Some(child.name).filter(|_| own || !hides_name(known)),
        protection: head.protection,
        protected: protected(backend, actor, known, units, now).await?,
        born_on: Some(head.born_on).filter(|_| own || !hides_name(known)),
        age: age_on(head.born_on, today).unwrap_or(0),
        number: child.number.filter(|_| own),
        former_number: child.former_number.filter(|_| own),
        question: child.question,
        custody: Custody::from_code(&head.custody).map_err(|_| broken())?,
        guardians: guardians(backend, known, today).await?,
        routing: forum_for(backend, head.born_on, first_day(backend, actor, known, today).await?).await?,
        proposals: proposal::of_case(backend, actor, known).await?,
        consent: ConsentLine::of(known, kind, now).ok_or(Error::NotFound)?,
        categories: deciding(known)
            .filter(|_| known.standing.is_open())
            .map(|consent| consent.categories.iter().copied().collect())
            .unwrap_or_default(),
        not_covered,
        history: past,
        phase: social.then(|| phase_at(facts, now)),
        minutes: minutes(backend, actor, known).await?,
        undertaken: all_undertaken(backend, actor, known).await?,
        handed: handed::of_case(backend, actor, known).await?,
        to_acknowledge: to_acknowledge(actor, known),
        own_part: deciding(known)
            .filter(|_| known.standing.is_open())
            .and_then(|consent| consent.parties.on_parent.get(&actor.unit?).copied()),
        known_by: known_by(known, units),
        signers: may_take_back(facts, today).into_iter().collect(),
        can_withdraw: facts.consents.iter().any(|consent| is_live(facts, consent, now)),
        may_change: actor.works_with_cases() && head.closed_at.is_none(),
        own,
        registered_on: day(head.registered_at),
        closed_on: head.closed_at.map(day),
        version: head.version,
    })
}

/// The first day its case should be taken up: today, or a day of follow-up or asked for that is to come (K4). Who does not plan is
/// told no day that follows from what others ask, or from minutes they do not read.
async fn first_day(backend: &Backend, actor: &Actor, known: &Known, today: NaiveDate) -> Result<NaiveDate> {
    let (db, unit) = (backend.db(), actor.unit()?);
    let plans = proposal::plans(actor, &store::seat::all(db).await?)?;
    let waits = waits(db, [known], today).await?.remove(&known.id()).unwrap_or_default();
    let past = if plans { waits.past } else { waits.told(unit, actor.role) };
    let from = past.first_day();
    Ok(from.map_or(today, |from| from.max(today)))
}

/// The consent that decides, where the actor's unit has not said that it holds it (C20).
pub(crate) fn to_acknowledge(actor: &Actor, known: &Known) -> Option<ConsentId> {
    let waits = actor.unit.and_then(|unit| known.standing.voice(unit)) == Some(Voice::Unacknowledged);
    known.standing.consent.filter(|_| waits && actor.works_with_cases())
}

/// Whether a consent has days left and nobody has taken all of it back.
fn is_live(facts: &CaseFacts, consent: &Consent, now: DateTime<Utc>) -> bool {
    let decided = |one: &Withdrawal| required_signers(facts, day(one.at)).contains(&one.by);
    let taken_back = |one: &Withdrawal| one.scope == Scope::All && decided(one) && facts.counts(one, now);
    day(now) <= consent.valid_until && !consent.is_annulled(now) && !consent.withdrawals.iter().any(taken_back)
}

async fn guardians(backend: &Backend, known: &Known, today: NaiveDate) -> Result<Vec<GuardianLine>> {
    let mut names = guardian_names(backend, known).await?;
    let mut lines: Vec<_> = known
        .record
        .facts
        .guardians
        .iter()
        .map(|one| GuardianLine {
            id: one.id,
            name: names.remove(&one.id).unwrap_or_default(),
            from: one.from,
            until: one.until,
            holds: one.holds_on(today),
            custody: one.custody,
        })
        .collect();
    lines.sort_by_key(|line| !line.holds);
    Ok(lines)
}

async fn minutes(backend: &Backend, actor: &Actor, known: &Known) -> Result<Vec<MinutesLine>> {
    let mut heads = store::minutes::of_cases(backend.db(), [known.id()]).await?;
    heads.retain(|head| reads_minutes(actor.role, head));
    let meetings = store::meeting::with_ids(backend.db(), heads.iter().map(|head| head.meeting)).await?;
    let on = |head: &MinutesHead| meetings.iter().find(|meeting| meeting.id == head.meeting).map(|meeting| meeting.on);
    let mut lines: Vec<_> =
        heads.iter().filter_map(|head| Some(MinutesLine { id: head.id, on: on(head)?, state: head.state })).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.on));
    Ok(lines)
}

async fn all_undertaken(backend: &Backend, actor: &Actor, known: &Known) -> Result<Vec<Undertaken>> {
    let one = BTreeMap::from([(known.id(), known.clone())]);
    let mut all: Vec<_> = undertaken(backend, actor, &one, None).await?.into_iter().map(|(one, _)| one).collect();
    all.sort_by_key(|one| !one.stands.is_open());
    Ok(all)
}

fn known_by(known: &Known, units: &BTreeMap<UnitId, Unit>) -> Vec<Knower> {
    // Who registered a child is as a rule its school: a place, where an identity is protected (I1).
    let registrant = Some(known.head().unit).filter(|_| tells_place(known));
    let covered = known.standing.covered.iter().filter(|unit| Some(**unit) != registrant);
    registrant
        .iter()
        .chain(covered)
        .map(|unit| Knower {
            unit: name_of(units, *unit),
            registered: Some(*unit) == registrant,
            voice: known.standing.voice(*unit),
        })
        .collect()
}

/// Whether the reader is told which unit registered the case.
pub(crate) fn tells_place(known: &Known) -> bool {
    is_own(known) || !hides_name(known)
}

fn name_of(units: &BTreeMap<UnitId, Unit>, unit: UnitId) -> String {
    units.get(&unit).map(|unit| unit.name.clone()).unwrap_or_default()
}

async fn history(
    backend: &Backend,
    actor: &Actor,
    known: &Known,
    units: &BTreeMap<UnitId, Unit>,
    origins: &[Origin],
    social: bool,
) -> Result<Vec<PastConsent>> {
    let papers = store::paper::heads(backend.db(), origins.iter().map(|origin| origin.consent)).await?;
    let named = origins.iter().map(|origin| origin.obtained_by).chain(papers.iter().map(|paper| paper.by));
    let people = store::roster::people(backend.db(), named).await?;
    let name = |person: PersonId| people.get(&person).map(|one| one.name.clone()).unwrap_or_default();
    let works = actor.works_with_cases();
    let asked = protected::asked(backend.db(), known).await?;
    let way = |what, subject| protected::way(&asked, actor, known, what, Some(subject), backend.now());
    let mut past: Vec<_> = known
        .record
        .facts
        .consents
        .iter()
        .filter_map(|consent| {
            let origin = origins.iter().find(|origin| origin.consent == consent.id)?;
            let recorded_it = actor.unit == Some(origin.recorded_unit);
            let in_force = known.standing.is_open() && known.standing.consent == Some(consent.id);
            let told_by_whom = recorded_it || tells_place(known);
            Some(PastConsent {
                id: consent.id,
                in_force,
                obtained_on: day(consent.obtained_at),
                valid_from: consent.valid_from,
                valid_until: Some(consent.valid_until).filter(|_| in_force || social),
                also: besides_the_meeting(consent).into_iter().collect(),
                method: origin.method,
                obtaining: origin.obtaining.clone(),
                obtained_by: Some(name(origin.obtained_by)).filter(|_| told_by_whom).unwrap_or_default(),
                papers: papers
                    .iter()
                    .filter(|paper| paper.consent == consent.id && works && (recorded_it || is_own(known)))
                    .map(|paper| PaperLine {
                        id: paper.id,
                        kind: paper.kind,
                        bytes: paper.bytes,
                        on: day(paper.at),
                        by: name(paper.by),
                        handing: way(What::Paper, paper.id.uuid()),
                    })
                    .collect(),
                may: ConsentDeeds {
                    receipt: may_read(actor, known, origins, consent, social, backend.now()),
                    attach: recorded_it && works,
                    annul: recorded_it && works && consent.annulled_at.is_none(),
                },
                receipt: way(What::Receipt, consent.id.uuid()),
                language: origin.words.language.clone(),
                maturity_reason: if recorded_it { origin.words.maturity_reason.clone() } else { String::new() },
                prevented: prevented(consent, origin, recorded_it),
                on_parent: consent.parties.on_parent.iter().map(|(unit, of)| (name_of(units, *unit), *of)).collect(),
                listeners: consent.parties.listeners.iter().map(|unit| name_of(units, *unit)).collect(),
                annulled: origin.mistake.zip(consent.annulled_at.map(day)),
                recorded_by: Some(name_of(units, origin.recorded_unit)).filter(|_| told_by_whom).unwrap_or_default(),
                answers: answers(consent, &known.record.facts, units),
                withdrawals: consent.withdrawals.iter().map(|one| withdrawal(one, units)).collect(),
            })
        })
        .collect();
    past.reverse();
    Ok(past)
}

fn prevented(consent: &Consent, origin: &Origin, recorded_it: bool) -> Vec<PastPrevented> {
    let ground = |guardian| {
        let (_, cause) = origin.causes.iter().find(|(of, _)| recorded_it && *of == guardian)?;
        let Words { prevented_note, approved_by, .. } = origin.words.clone();
        Some(Ground { cause: *cause, note: prevented_note, approved_by })
    };
    let past =
        |one: &Prevented| PastPrevented { guardian: one.guardian, until: one.until, ground: ground(one.guardian) };
    consent.prevented.iter().map(past).collect()
}

fn answers(consent: &Consent, facts: &CaseFacts, units: &BTreeMap<UnitId, Unit>) -> Vec<PastAnswer> {
    let answer = |one: &domain::consent::Signature| PastAnswer {
        by: one.by,
        answer: one.answer,
        on: one.on,
        receivers: one.receivers.iter().map(|unit| name_of(units, *unit)).collect(),
    };
    let mut answers: Vec<_> = consent.signatures.iter().map(answer).collect();
    answers.sort_by_key(|one| place_of(facts, one.by));
    answers
}

fn withdrawal(one: &Withdrawal, units: &BTreeMap<UnitId, Unit>) -> PastWithdrawal {
    let receivers = match &one.scope {
        Scope::All => None,
        Scope::Receivers(gone) => Some(gone.iter().map(|unit| name_of(units, *unit)).collect()),
    };
    PastWithdrawal { by: one.by, at: local(one.at), receivers }
}
