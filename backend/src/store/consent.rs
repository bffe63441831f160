//! Consents, answers and withdrawals as they are written down: rows are added, never changed (C24).

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::{InfoCategory, Method, Purpose, Scope, Signature, Signer, Withdrawal},
    id::{CaseId, ConsentId, UnitId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{
        consent, consent_signature, consent_withdrawal, phase_change, signature_receiver, unit, withdrawal_receiver,
    },
    tx::Tx,
};

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
    pub signatures: Vec<Signature>,
}

/// How a consent came to be, for its history.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub consent: ConsentId,
    pub method: Method,
    pub recorded_unit: UnitId,
}

/// Writes a consent and its answers down and gives its id.
pub(crate) async fn create(tx: &Tx, new: &NewConsent) -> Result<ConsentId> {
    let id = tx.new_id();
    let row = consent::ActiveModel {
        id: Set(id),
        case_id: Set(new.case.uuid()),
        purposes: Set(joined(new.purposes.iter().map(|purpose| purpose.code()))),
        categories: Set(joined(new.categories.iter().map(|category| category.code()))),
        obtained_at: Set(new.obtained_at),
        valid_from: Set(new.valid_from),
        valid_until: Set(new.valid_until),
        method: Set(new.method.code().into()),
        recorded_by: Set(tx.doer().person.ok_or(Error::Denied)?.uuid()),
        recorded_unit: Set(tx.doer().unit.ok_or(Error::Denied)?.uuid()),
    };
    consent::Entity::insert(row).exec_without_returning(tx.db()).await?;
    for signature in &new.signatures {
        sign(tx, id, signature).await?;
    }
    Ok(ConsentId::from_uuid(id))
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

/// The units that can be named as receivers: those that still take part (C19).
pub(crate) async fn open_units(db: &impl ConnectionTrait) -> Result<BTreeSet<UnitId>> {
    let ids: Vec<Uuid> = unit::Entity::find()
        .select_only()
        .column(unit::Column::Id)
        .filter(unit::Column::ClosedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(UnitId::from_uuid).collect())
}

/// How each consent of a case came to be.
pub(crate) async fn origins(db: &impl ConnectionTrait, case: CaseId) -> Result<Vec<Origin>> {
    let rows = consent::Entity::find().filter(consent::Column::CaseId.eq(case.uuid())).all(db).await?;
    rows.into_iter()
        .map(|row| {
            let method =
                Method::from_code(&row.method).map_err(|_| Error::Inconsistent { table: "consent", row: row.id })?;
            Ok(Origin {
                consent: ConsentId::from_uuid(row.id),
                method,
                recorded_unit: UnitId::from_uuid(row.recorded_unit),
            })
        })
        .collect()
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
