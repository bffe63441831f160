//! What was agreed, to be given back to whoever answered.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::{Answer, Consent, InfoCategory, Purpose, Scope, Signature, Signer},
    export::What,
    id::{CaseId, ConsentId, UnitId},
    time::local,
};
use sea_orm::ConnectionTrait;

use super::{consent_form::besides_the_meeting, hides_name, is_own, place_of, protected::must_be_free};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    gate::{self, Known},
    store::{self, consent::Origin, unit::Unit},
};

/// A consent as those who gave it are told of it, a sheet for each.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The case.
    pub case: CaseId,
    /// Its four characters.
    pub reference: String,
    /// The consent.
    pub consent: ConsentId,
    /// The child's name; none where the identity is protected, as paper goes astray (I1).
    pub child: Option<String>,
    /// When the child was born.
    pub born_on: NaiveDate,
    /// What may be told.
    pub categories: Vec<InfoCategory>,
    /// What it holds for besides the meeting (C26).
    pub also: Vec<Purpose>,
    /// What may not.
    pub not_covered: String,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_until: NaiveDate,
    /// The units that may only listen.
    pub listeners: Vec<String>,
    /// Who obtained it.
    pub obtained_by: String,
    /// The unit that recorded it.
    pub recorded_by: String,
    /// What each has answered. Nobody's answer is another's to read (I3).
    pub sheets: Vec<ReceiptSheet>,
}

/// One person's answer.
#[derive(Clone, Debug)]
pub struct ReceiptSheet {
    /// Whose.
    pub by: Signer,
    /// The name; none where the identity is protected.
    pub name: Option<String>,
    /// Whether they answered for what is their own alone: a parent without custody (C21).
    pub own_alone: bool,
    /// Yes or no.
    pub answer: Answer,
    /// The day.
    pub on: NaiveDate,
    /// The units named.
    pub receivers: Vec<String>,
    /// Those of them that may tell what they know of this parent (C21).
    pub on_me: Vec<String>,
    /// What this person has taken back since: the local time, and the units, or none for all.
    pub taken_back: Vec<(chrono::NaiveDateTime, Option<Vec<String>>)>,
}

/// What was agreed: in the consent that is asked for, or else in the one recorded last. For the unit that recorded it; and while it
/// is in force for the one that registered the case and for the social services. (Later its last day, beside the status, would
/// tell of a phase: C17.)
///
/// # Errors
/// [`Error::NotFound`] for everybody else, and where there is no such consent or it was recorded by mistake;
/// [`domain::refusal::Refusal::SecondPerson`] where an identity is protected and no colleague has said yes (I1).
pub async fn receipt(backend: &Backend, actor: &Actor, case: CaseId, consent: Option<ConsentId>) -> Result<Receipt> {
    let now = backend.now();
    let known = gate::asked(backend, actor, case, now).await?;
    let origins = store::consent::origins(backend.db(), backend.keys(), case).await?;
    let units: BTreeMap<UnitId, Unit> =
        store::unit::all(backend.db()).await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let social = units.get(&actor.unit()?).is_some_and(|unit| unit.kind.is_social_services());
    let readable = |consent: &&Consent| may_read(actor, &known, &origins, consent, social, now);
    let mut all = known.record.facts.consents.iter().filter(readable);
    let found = match consent {
        Some(id) => all.find(|one| one.id == id),
        None => all.next_back(),
    };
    let found = found.ok_or(Error::NotFound)?;
    must_be_free(backend.db(), actor, &known, What::Receipt, Some(found.id.uuid()), now).await?;
    let origin = origins.iter().find(|origin| origin.consent == found.id).ok_or(Error::NotFound)?;
    let receipt = compose(backend, &known, found, origin, &units).await?;
    backend.log_reads(actor, &[known.event(Action::CaseRead)]).await?;
    Ok(receipt)
}

/// Goes on only where a consent has a receipt that is the actor's to hand out.
///
/// # Errors
/// [`Error::NotFound`] otherwise.
pub(super) async fn find(
    backend: &Backend,
    db: &impl ConnectionTrait,
    actor: &Actor,
    known: &Known,
    consent: ConsentId,
) -> Result<()> {
    let origins = store::consent::origins(db, backend.keys(), known.id()).await?;
    let social = store::unit::load(db, actor.unit()?).await?.kind.is_social_services();
    let found = known.record.facts.consents.iter().find(|one| one.id == consent);
    let readable = |one: &Consent| may_read(actor, known, &origins, one, social, backend.now());
    if found.is_some_and(readable) { Ok(()) } else { Err(Error::NotFound) }
}

/// Whether the actor may hand out a receipt of a consent.
pub(super) fn may_read(
    actor: &Actor,
    known: &Known,
    origins: &[Origin],
    consent: &Consent,
    social: bool,
    now: DateTime<Utc>,
) -> bool {
    let recorded_it = origins.iter().any(|one| one.consent == consent.id && actor.unit == Some(one.recorded_unit));
    let in_force = known.standing.is_open() && known.standing.consent == Some(consent.id);
    let theirs = recorded_it || (in_force && (social || is_own(known)));
    theirs && actor.works_with_cases() && !consent.is_annulled(now)
}

async fn compose(
    backend: &Backend,
    known: &Known,
    consent: &Consent,
    origin: &Origin,
    units: &BTreeMap<UnitId, Unit>,
) -> Result<Receipt> {
    let hidden = hides_name(known);
    let child = store::child::open(backend.db(), backend.keys(), known.id()).await?;
    let guardians = store::child::guardian_names(backend.db(), backend.keys(), known.id()).await?;
    let people = store::roster::people(backend.db(), [origin.obtained_by]).await?;
    let named = |all: &mut dyn Iterator<Item = UnitId>| {
        all.filter_map(|unit| units.get(&unit)).map(|unit| unit.name.clone()).collect::<Vec<_>>()
    };
    let sheet = |signature: &Signature| {
        let of_me =
            consent.parties.on_parent.iter().filter(|(unit, parent)| {
                signature.by == Signer::Guardian(**parent) && signature.receivers.contains(*unit)
            });
        let back = consent.withdrawals.iter().filter(|one| one.by == signature.by);
        ReceiptSheet {
            by: signature.by,
            name: match signature.by {
                Signer::Guardian(id) => guardians.get(&id).cloned(),
                Signer::Child => Some(child.name.clone()),
            }
            .filter(|_| !hidden),
            own_alone: known.record.facts.answers_for_own_alone(signature.by),
            answer: signature.answer,
            on: signature.on,
            receivers: named(&mut signature.receivers.iter().copied()),
            on_me: named(&mut of_me.map(|(unit, _)| *unit)),
            taken_back: back
                .map(|one| {
                    let of = match &one.scope {
                        Scope::All => None,
                        Scope::Receivers(gone) => Some(named(&mut gone.iter().copied())),
                    };
                    (local(one.at), of)
                })
                .collect(),
        }
    };
    let mut sheets: Vec<_> = consent.signatures.iter().map(sheet).collect();
    sheets.sort_by_key(|one| place_of(&known.record.facts, one.by));
    Ok(Receipt {
        case: known.id(),
        reference: known.head().reference.clone(),
        consent: consent.id,
        child: Some(child.name.clone()).filter(|_| !hidden),
        born_on: known.head().born_on,
        categories: consent.categories.iter().copied().collect(),
        also: besides_the_meeting(consent).into_iter().collect(),
        not_covered: origin.words.not_covered.clone(),
        valid_from: consent.valid_from,
        valid_until: consent.valid_until,
        listeners: named(&mut consent.parties.listeners.iter().copied()),
        obtained_by: people.get(&origin.obtained_by).map(|one| one.name.clone()).unwrap_or_default(),
        recorded_by: units.get(&origin.recorded_unit).map(|unit| unit.name.clone()).unwrap_or_default(),
        sheets,
    })
}
