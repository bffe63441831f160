//! Cases: what decides who may know of them, and what is sealed about them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    case_file::Protection,
    consent::{
        Answer, CaseFacts, Consent, Guardianship, Parties, Phase, PhaseChange, Prevented, Scope, Signature, Signer,
        Withdrawal,
    },
    id::{CaseId, ConsentId, GuardianId, PersonId, UnitId},
    visibility::Circle,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Error, Result,
    entity::{
        case_file, consent, consent_acknowledgement, consent_annulment, consent_party, consent_prevented,
        consent_signature, consent_withdrawal, guardian, phase_change, signature_receiver, withdrawal_receiver,
    },
};

/// What is not sealed about a case.
#[derive(Clone, Debug)]
pub(crate) struct CaseHead {
    pub id: CaseId,
    pub reference: String,
    pub unit: UnitId,
    pub registered_at: DateTime<Utc>,
    pub born_on: NaiveDate,
    pub custody: String,
    pub protection: Protection,
    pub closed_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// A case's head with the facts that decide who may know of it.
#[derive(Clone, Debug)]
pub(crate) struct CaseRecord {
    pub head: CaseHead,
    /// Who may know of it, of those who work in the units that may.
    pub circle: Circle,
    pub facts: CaseFacts,
}

/// Reads the cases with these ids, whole. What is asked for and does not exist is left out, and so is what was disposed of: there is
/// no other way to a case, so it is nowhere from then on (L7).
pub(crate) async fn records(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<CaseId, CaseRecord>> {
    // Each once: one case is asked about for many meetings.
    let ids: Vec<Uuid> = ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut guardians = guardians(db, &ids).await?;
    let mut phases = phases(db, &ids).await?;
    let mut consents = consents(db, &ids).await?;
    // Asked for every case, so that it takes as long where nobody is protected.
    let mut named = super::case_reader::named(db, &ids).await?;
    let rows = case_file::Entity::find()
        .filter(case_file::Column::Id.is_in(ids))
        .filter(case_file::Column::DisposedAt.is_null())
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let id = CaseId::from_uuid(row.id);
            let named = named.remove(&row.id).unwrap_or_default();
            let facts = CaseFacts {
                born_on: row.born_on,
                guardians: guardians.remove(&row.id).unwrap_or_default(),
                phases: phases.remove(&row.id).unwrap_or_default(),
                consents: consents.remove(&row.id).unwrap_or_default(),
            };
            let head = CaseHead::try_from(row)?;
            let circle = circle_of(head.protection, named);
            Ok((id, CaseRecord { head, circle, facts }))
        })
        .collect()
}

/// Who may know of a case of those that work in the units that may.
pub(super) fn circle_of(protection: Protection, named: BTreeSet<PersonId>) -> Circle {
    if protection.hides_name() { Circle::Named(named) } else { Circle::Unit }
}

/// Reads one case, whole.
pub(crate) async fn record(db: &impl ConnectionTrait, id: CaseId) -> Result<CaseRecord> {
    records(db, [id.uuid()]).await?.remove(&id).ok_or(Error::NotFound)
}

/// The ids of the cases a unit registered.
pub(crate) async fn registered_by(db: &impl ConnectionTrait, unit: UnitId) -> Result<BTreeSet<Uuid>> {
    use sea_orm::QuerySelect;
    let ids: Vec<Uuid> = case_file::Entity::find()
        .select_only()
        .column(case_file::Column::Id)
        .filter(case_file::Column::UnitId.eq(unit.uuid()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// The case of a reference.
pub(crate) async fn with_reference(db: &impl ConnectionTrait, reference: &str) -> Result<Option<CaseId>> {
    let row = case_file::Entity::find().filter(case_file::Column::Reference.eq(reference)).one(db).await?;
    Ok(row.map(|row| CaseId::from_uuid(row.id)))
}

impl TryFrom<case_file::Model> for CaseHead {
    type Error = Error;

    fn try_from(row: case_file::Model) -> Result<Self> {
        Ok(Self {
            id: CaseId::from_uuid(row.id),
            reference: row.reference,
            unit: UnitId::from_uuid(row.unit_id),
            registered_at: row.registered_at,
            born_on: row.born_on,
            custody: row.custody,
            protection: Protection::from_code(&row.protection)
                .map_err(|_| Error::Inconsistent { table: "case_file", row: row.id })?,
            closed_at: row.closed_at,
            version: row.version,
        })
    }
}

type ByCase<T> = BTreeMap<Uuid, Vec<T>>;

fn gather<T>(rows: impl IntoIterator<Item = (Uuid, T)>) -> ByCase<T> {
    let mut all: ByCase<T> = BTreeMap::new();
    for (case, value) in rows {
        all.entry(case).or_default().push(value);
    }
    all
}

async fn guardians(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<ByCase<Guardianship>> {
    let rows = guardian::Entity::find()
        .filter(guardian::Column::CaseId.is_in(ids.iter().copied()))
        .order_by_asc(guardian::Column::Position)
        .all(db)
        .await?;
    Ok(gather(rows.into_iter().map(|row| {
        let guardian::Model { id, from_on: from, until_on: until, custody, .. } = row;
        (row.case_id, Guardianship { id: GuardianId::from_uuid(id), from, until, custody })
    })))
}

async fn phases(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<ByCase<PhaseChange>> {
    let rows = phase_change::Entity::find()
        .filter(phase_change::Column::CaseId.is_in(ids.iter().copied()))
        .order_by_asc(phase_change::Column::At)
        .all(db)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let to =
            Phase::from_code(&row.phase).map_err(|_| Error::Inconsistent { table: "phase_change", row: row.id })?;
        all.push((row.case_id, PhaseChange { at: row.at, to }));
    }
    Ok(gather(all))
}

async fn consents(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<ByCase<Consent>> {
    let rows = consent::Entity::find()
        .filter(consent::Column::CaseId.is_in(ids.iter().copied()))
        .order_by_asc(consent::Column::ObtainedAt)
        .order_by_asc(consent::Column::Id)
        .all(db)
        .await?;
    let consent_ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut signatures = signatures(db, &consent_ids).await?;
    let mut withdrawals = withdrawals(db, &consent_ids).await?;
    let mut prevented = prevented(db, &consent_ids).await?;
    let mut parties = parties(db, &consent_ids).await?;
    let annulled = annulled(db, &consent_ids).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let broken = || Error::Inconsistent { table: "consent", row: row.id };
        all.push((
            row.case_id,
            Consent {
                id: ConsentId::from_uuid(row.id),
                purposes: codes(&row.purposes).ok_or_else(broken)?,
                categories: codes(&row.categories).ok_or_else(broken)?,
                obtained_at: row.obtained_at,
                valid_from: row.valid_from,
                valid_until: row.valid_until,
                signatures: signatures.remove(&row.id).unwrap_or_default(),
                withdrawals: withdrawals.remove(&row.id).unwrap_or_default(),
                prevented: prevented.remove(&row.id).unwrap_or_default(),
                parties: parties.remove(&row.id).unwrap_or_default(),
                annulled_at: annulled.get(&row.id).copied(),
            },
        ));
    }
    Ok(gather(all))
}

/// Reads a list of codes, comma between.
pub(crate) fn codes<T: std::str::FromStr + Ord>(text: &str) -> Option<BTreeSet<T>> {
    text.split(',').filter(|code| !code.is_empty()).map(|code| code.parse().ok()).collect()
}

async fn signatures(db: &impl ConnectionTrait, consents: &[Uuid]) -> Result<ByCase<Signature>> {
    let rows = consent_signature::Entity::find()
        .filter(consent_signature::Column::ConsentId.is_in(consents.iter().copied()))
        .order_by_asc(consent_signature::Column::SignedOn)
        .order_by_asc(consent_signature::Column::Id)
        .all(db)
        .await?;
    let receivers = signature_receiver::Entity::find()
        .filter(signature_receiver::Column::SignatureId.is_in(rows.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let mut units = gather(receivers.into_iter().map(|row| (row.signature_id, UnitId::from_uuid(row.unit_id))));
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let answer = Answer::from_code(&row.answer)
            .map_err(|_| Error::Inconsistent { table: "consent_signature", row: row.id })?;
        let receivers = units.remove(&row.id).unwrap_or_default().into_iter().collect();
        all.push((row.consent_id, Signature { by: signer(row.guardian_id), on: row.signed_on, answer, receivers }));
    }
    Ok(gather(all))
}

async fn withdrawals(db: &impl ConnectionTrait, consents: &[Uuid]) -> Result<ByCase<Withdrawal>> {
    let rows = consent_withdrawal::Entity::find()
        .filter(consent_withdrawal::Column::ConsentId.is_in(consents.iter().copied()))
        .order_by_asc(consent_withdrawal::Column::At)
        .order_by_asc(consent_withdrawal::Column::Id)
        .all(db)
        .await?;
    let receivers = withdrawal_receiver::Entity::find()
        .filter(withdrawal_receiver::Column::WithdrawalId.is_in(rows.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let mut units = gather(receivers.into_iter().map(|row| (row.withdrawal_id, UnitId::from_uuid(row.unit_id))));
    Ok(gather(rows.into_iter().map(|row| {
        let scope = if row.everything {
            Scope::All
        } else {
            Scope::Receivers(units.remove(&row.id).unwrap_or_default().into_iter().collect())
        };
        let implied_by = row.implied_by.map(ConsentId::from_uuid);
        (row.consent_id, Withdrawal { by: signer(row.guardian_id), at: row.at, scope, implied_by })
    })))
}

async fn prevented(db: &impl ConnectionTrait, consents: &[Uuid]) -> Result<ByCase<Prevented>> {
    let rows = consent_prevented::Entity::find()
        .filter(consent_prevented::Column::ConsentId.is_in(consents.iter().copied()))
        .all(db)
        .await?;
    Ok(gather(rows.into_iter().map(|row| {
        (row.consent_id, Prevented { guardian: GuardianId::from_uuid(row.guardian_id), until: row.until_on })
    })))
}

async fn annulled(db: &impl ConnectionTrait, consents: &[Uuid]) -> Result<BTreeMap<Uuid, DateTime<Utc>>> {
    let rows = consent_annulment::Entity::find()
        .filter(consent_annulment::Column::ConsentId.is_in(consents.iter().copied()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.consent_id, row.at)).collect())
}

async fn parties(db: &impl ConnectionTrait, consents: &[Uuid]) -> Result<BTreeMap<Uuid, Parties>> {
    let mut all: BTreeMap<Uuid, Parties> = BTreeMap::new();
    let told = consent_party::Entity::find()
        .filter(consent_party::Column::ConsentId.is_in(consents.iter().copied()))
        .all(db)
        .await?;
    for row in told {
        let (parties, unit) = (all.entry(row.consent_id).or_default(), UnitId::from_uuid(row.unit_id));
        parties.on_parent.extend(row.guardian_id.map(|parent| (unit, GuardianId::from_uuid(parent))));
        parties.listeners.extend(row.listens.then_some(unit));
    }
    let acknowledged = consent_acknowledgement::Entity::find()
        .filter(consent_acknowledgement::Column::ConsentId.is_in(consents.iter().copied()))
        .all(db)
        .await?;
    for row in acknowledged {
        all.entry(row.consent_id).or_default().acknowledged.insert(UnitId::from_uuid(row.unit_id), row.at);
    }
    Ok(all)
}

/// Who a signature or withdrawal is by: no guardian means the child.
pub(crate) fn signer(guardian: Option<Uuid>) -> Signer {
    guardian.map_or(Signer::Child, |id| Signer::Guardian(GuardianId::from_uuid(id)))
}

/// Closes a case that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn close(db: &impl ConnectionTrait, id: CaseId, version: i64, at: DateTime<Utc>) -> Result<()> {
    change(db, id, version, case_file::Column::ClosedAt, Expr::value(Some(at))).await
}

/// Sets who decides for the child, in a case that was read at `version`.
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn set_custody(
    db: &impl ConnectionTrait,
    id: CaseId,
    version: i64,
    custody: domain::case_file::Custody,
) -> Result<()> {
    change(db, id, version, case_file::Column::Custody, Expr::value(custody.code())).await
}

/// Sets how a child's identity is protected, in a case that was read at `version`; where it is, no number is kept (I1).
///
/// # Errors
/// [`Error::Stale`] when it was changed meanwhile.
pub(crate) async fn set_protection(
    db: &impl ConnectionTrait,
    id: CaseId,
    version: i64,
    protection: Protection,
) -> Result<()> {
    change(db, id, version, case_file::Column::Protection, Expr::value(protection.code())).await?;
    if protection.hides_name() {
        case_file::Entity::update_many()
            .col_expr(case_file::Column::Number, Expr::value(None::<Vec<u8>>))
            .col_expr(case_file::Column::NumberIndex, Expr::value(None::<String>))
            .col_expr(case_file::Column::FormerNumber, Expr::value(None::<Vec<u8>>))
            .col_expr(case_file::Column::FormerNumberIndex, Expr::value(None::<String>))
            .filter(case_file::Column::Id.eq(id.uuid()))
            .exec(db)
            .await?;
    }
    Ok(())
}

async fn change(
    db: &impl ConnectionTrait,
    id: CaseId,
    version: i64,
    column: case_file::Column,
    value: Expr,
) -> Result<()> {
    let changed = case_file::Entity::update_many()
        .col_expr(column, value)
        .col_expr(case_file::Column::Version, Expr::value(version + 1))
        .filter(case_file::Column::Id.eq(id.uuid()))
        .filter(case_file::Column::Version.eq(version))
        .exec(db)
        .await?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
