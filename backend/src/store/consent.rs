//! Consents, answers and withdrawals as they are written down: rows are added, never changed (C24).

use std::{collections::BTreeSet, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::{
        Hindrance, InfoCategory, Method, Mistake, Obtaining, Parties, Prevented, Purpose, Scope, Signature, Signer,
        Withdrawal, Words,
    },
    id::{CaseId, ConsentId, GuardianId, PersonId, UnitId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypt::{CaseKey, Keys, Place},
    entity::{
        consent, consent_acknowledgement, consent_annulment, consent_party, consent_prevented, consent_signature,
        consent_withdrawal, phase_change, signature_receiver, withdrawal_receiver,
    },
    store::case_key,
    tx::Tx,
};

const WORDS: &str = "consent.words";

/// A consent as it is recorded.
#[derive(Clone, Debug)]
pub(crate) struct NewConsent {
    pub case: CaseId,
    pub purposes: Vec<Purpose>,
    pub categories: Vec<InfoCategory>,
    pub obtained_at: DateTime<Utc>,
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
    pub method: Method,
    pub obtaining: Obtaining,
    pub obtained_by: PersonId,
    pub words: Words,
    pub signatures: Vec<Signature>,
    pub prevented: Option<(Prevented, Hindrance)>,
    /// None has acknowledged it yet but who records it.
    pub parties: Parties,
}

/// How a consent came to be, for its history.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub consent: ConsentId,
    pub method: Method,
    pub obtaining: Obtaining,
    pub obtained_by: PersonId,
    pub words: Words,
    pub recorded_unit: UnitId,
    pub causes: Vec<(GuardianId, Hindrance)>,
    pub mistake: Option<Mistake>,
}

/// Writes a consent and its answers down and gives its id.
pub(crate) async fn create(tx: &Tx, new: &NewConsent) -> Result<ConsentId> {
    let id = tx.new_id();
    let words = serde_json::to_string(&new.words).map_err(|_| Error::Inconsistent { table: "consent", row: id })?;
    let row = consent::ActiveModel {
        id: Set(id),
        case_id: Set(new.case.uuid()),
        purposes: Set(joined(new.purposes.iter().map(|purpose| purpose.code()))),
        categories: Set(joined(new.categories.iter().map(|category| category.code()))),
        obtained_at: Set(new.obtained_at),
        valid_from: Set(new.valid_from),
        valid_until: Set(new.valid_until),
        method: Set(new.method.code().into()),
        explained: Set(joined(new.obtaining.explained.iter().map(|one| one.code()))),
        interpreter: Set(new.obtaining.interpreter.code().into()),
        maturity: Set(new.obtaining.maturity.map(|one| one.code().into())),
        words: Set(tx.seal_of(new.case, WORDS, id, &words).await?),
        obtained_by: Set(new.obtained_by.uuid()),
        recorded_by: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
        recorded_unit: Set(tx.doer().unit.ok_or(Error::Denied)?.uuid()),
    };
    consent::Entity::insert(row).exec_without_returning(tx.db()).await?;
    for signature in &new.signatures {
        sign(tx, id, signature).await?;
    }
    if let Some((prevented, cause)) = &new.prevented {
        let row = consent_prevented::ActiveModel {
            consent_id: Set(id),
            guardian_id: Set(prevented.guardian.uuid()),
            cause: Set(cause.code().into()),
            until_on: Set(prevented.until),
        };
        consent_prevented::Entity::insert(row).exec_without_returning(tx.db()).await?;
    }
    tell_of_parties(tx, id, &new.parties).await?;
    acknowledge(tx, ConsentId::from_uuid(id)).await?;
    Ok(ConsentId::from_uuid(id))
}

async fn tell_of_parties(tx: &Tx, consent: Uuid, Parties { on_parent, listeners, .. }: &Parties) -> Result<()> {
    let units: BTreeSet<UnitId> = on_parent.keys().chain(listeners).copied().collect();
    let rows: Vec<_> = units
        .into_iter()
        .map(|unit| consent_party::ActiveModel {
            consent_id: Set(consent),
            unit_id: Set(unit.uuid()),
            guardian_id: Set(on_parent.get(&unit).map(|parent| parent.uuid())),
            listens: Set(listeners.contains(&unit)),
        })
        .collect();
    if !rows.is_empty() {
        consent_party::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Writes down that the doer's unit has acknowledged that it holds a consent (C20). To be asked only where it has not.
pub(crate) async fn acknowledge(tx: &Tx, consent: ConsentId) -> Result<()> {
    let row = consent_acknowledgement::ActiveModel {
        consent_id: Set(consent.uuid()),
        unit_id: Set(tx.doer().unit.ok_or(Error::Denied)?.uuid()),
        at: Set(tx.now()),
        recorded_by: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
    };
    // Two of one unit may say so at once, on PostgreSQL.
    let once =
        OnConflict::columns([consent_acknowledgement::Column::ConsentId, consent_acknowledgement::Column::UnitId])
            .do_nothing()
            .to_owned();
    consent_acknowledgement::Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The unit that recorded a consent of a case; none where the case has no such consent.
pub(crate) async fn recorded_by(db: &impl ConnectionTrait, case: CaseId, consent: ConsentId) -> Result<Option<UnitId>> {
    let row =
        consent::Entity::find_by_id(consent.uuid()).filter(consent::Column::CaseId.eq(case.uuid())).one(db).await?;
    Ok(row.map(|row| UnitId::from_uuid(row.recorded_unit)))
}

/// Writes down that a consent was recorded by mistake.
pub(crate) async fn annul(tx: &Tx, consent: ConsentId, mistake: Mistake) -> Result<()> {
    let row = consent_annulment::ActiveModel {
        consent_id: Set(consent.uuid()),
        at: Set(tx.now()),
        mistake: Set(mistake.code().into()),
        recorded_by: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
        recorded_unit: Set(tx.doer().unit.ok_or(Error::Denied)?.uuid()),
    };
    consent_annulment::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

async fn sign(tx: &Tx, consent: Uuid, signature: &Signature) -> Result<()> {
    let id = tx.new_id();
    let row = consent_signature::ActiveModel {
        id: Set(id),
        consent_id: Set(consent),
        guardian_id: Set(guardian_of(signature.by)),
        signed_on: Set(signature.on),
        answer: Set(signature.answer.code().into()),
    };
    consent_signature::Entity::insert(row).exec_without_returning(tx.db()).await?;
    let receivers = signature
        .receivers
        .iter()
        .map(|unit| signature_receiver::ActiveModel { signature_id: Set(id), unit_id: Set(unit.uuid()) });
    let rows: Vec<_> = receivers.collect();
    if !rows.is_empty() {
        signature_receiver::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Writes down that a consent was taken back, wholly or in part.
pub(crate) async fn withdraw(tx: &Tx, consent: ConsentId, withdrawal: &Withdrawal) -> Result<()> {
    let id = tx.new_id();
    let row = consent_withdrawal::ActiveModel {
        id: Set(id),
        consent_id: Set(consent.uuid()),
        guardian_id: Set(guardian_of(withdrawal.by)),
        at: Set(withdrawal.at),
        everything: Set(withdrawal.scope == Scope::All),
        implied_by: Set(withdrawal.implied_by.map(ConsentId::uuid)),
        recorded_by: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
        recorded_unit: Set(tx.doer().unit.ok_or(Error::Denied)?.uuid()),
        recorded_at: Set(tx.now()),
    };
    consent_withdrawal::Entity::insert(row).exec_without_returning(tx.db()).await?;
    if let Scope::Receivers(units) = &withdrawal.scope {
        let rows = units
            .iter()
            .map(|unit| withdrawal_receiver::ActiveModel { withdrawal_id: Set(id), unit_id: Set(unit.uuid()) });
        withdrawal_receiver::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Writes down that the case passed to a phase.
pub(crate) async fn change_phase(tx: &Tx, case: CaseId, to: domain::consent::Phase) -> Result<()> {
    let row = phase_change::ActiveModel {
        id: Set(tx.new_id()),
        case_id: Set(case.uuid()),
        at: Set(tx.now()),
        phase: Set(to.code().into()),
        recorded_by: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
    };
    phase_change::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// What the family said may not be told, of the consent that decides; empty where there is nothing.
pub(crate) async fn not_covered(db: &impl ConnectionTrait, keys: &Keys, consent: Option<ConsentId>) -> Result<String> {
    let Some(consent) = consent else { return Ok(String::new()) };
    let row = consent::Entity::find_by_id(consent.uuid()).one(db).await?.ok_or(Error::NotFound)?;
    let key = case_key::of(db, keys, CaseId::from_uuid(row.case_id)).await?;
    Ok(origin(&key, &row)?.words.not_covered)
}

/// How each consent of a case came to be.
pub(crate) async fn origins(db: &impl ConnectionTrait, keys: &Keys, case: CaseId) -> Result<Vec<Origin>> {
    let rows = consent::Entity::find().filter(consent::Column::CaseId.eq(case.uuid())).all(db).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let prevented = consent_prevented::Entity::find()
        .filter(consent_prevented::Column::ConsentId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let annulled =
        consent_annulment::Entity::find().filter(consent_annulment::Column::ConsentId.is_in(ids)).all(db).await?;
    let key = case_key::of(db, keys, case).await?;
    let mut origins = Vec::with_capacity(rows.len());
    for row in rows {
        let mut origin = origin(&key, &row)?;
        for one in prevented.iter().filter(|one| one.consent_id == row.id) {
            origin.causes.push((GuardianId::from_uuid(one.guardian_id), code(&one.cause, row.id)?));
        }
        for one in annulled.iter().filter(|one| one.consent_id == row.id) {
            origin.mistake = Some(code(&one.mistake, row.id)?);
        }
        origins.push(origin);
    }
    Ok(origins)
}

fn origin(key: &CaseKey, row: &consent::Model) -> Result<Origin> {
    let broken = || Error::Inconsistent { table: "consent", row: row.id };
    let words = key.open_text(Place { column: WORDS, row: row.id }, &row.words)?;
    Ok(Origin {
        consent: ConsentId::from_uuid(row.id),
        method: code(&row.method, row.id)?,
        obtaining: Obtaining {
            explained: super::case::codes(&row.explained).ok_or_else(broken)?,
            interpreter: code(&row.interpreter, row.id)?,
            maturity: row.maturity.as_deref().map(|maturity| code(maturity, row.id)).transpose()?,
        },
        obtained_by: PersonId::from_uuid(row.obtained_by),
        words: serde_json::from_str(&words).map_err(|_| broken())?,
        recorded_unit: UnitId::from_uuid(row.recorded_unit),
        causes: Vec::new(),
        mistake: None,
    })
}

/// Reads a stored code that tells of a consent.
fn code<T: FromStr>(code: &str, consent: Uuid) -> Result<T> {
    code.parse().map_err(|_| Error::Inconsistent { table: "consent", row: consent })
}

fn guardian_of(signer: Signer) -> Option<Uuid> {
    match signer {
        Signer::Child => None,
        Signer::Guardian(guardian) => Some(guardian.uuid()),
    }
}

fn joined<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.collect::<Vec<_>>().join(",")
}
