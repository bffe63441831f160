//! `consent*.json`

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::consent::{
    Answer, CaseFacts, Consent, Guardianship, Parties, Phase, PhaseChange, Reason, Scope, Signature, Signer,
    Withdrawal, standing, windows,
};
use domain::id::{ConsentId, GuardianId, UnitId};
use domain::time::instant;
use serde::Deserialize;
use serde_json::Value;

use super::{same, shape, uuid};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    child_born: NaiveDate,
    guardians: Vec<Guardian>,
    phase_changes: Vec<Change>,
    consents: Vec<Given>,
    at: String,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Guardian {
    id: String,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    at: String,
    to: Phase,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    id: String,
    purposes: Vec<String>,
    obtained_at: String,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    signatures: Vec<Signed>,
    withdrawals: Vec<TakenBack>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signed {
    by: String,
    on: NaiveDate,
    answer: Answer,
    receivers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TakenBack {
    by: String,
    at: String,
    receivers: Receivers,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Receivers {
    Some(Vec<String>),
    All(String),
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    covered: BTreeSet<String>,
    reason: Option<Reason>,
}

pub fn check(vector: &Value) -> Result<(), String> {
    let vector: Vector = shape(vector)?;
    let at = at(&vector.at)?;
    let names = names(&vector);
    let facts = facts(&vector)?;

    let standing = standing(&facts, at);
    let name_of = |unit: &UnitId| names.get(unit).cloned().ok_or(format!("{unit} is no receiver of the vector"));
    let covered = standing.covered.iter().map(name_of).collect::<Result<_, _>>()?;
    same(&Expected { covered, reason: standing.reason }, &vector.expect)?;

    let windows = windows(&facts, at);
    let now = windows.iter().find(|window| window.holds(at)).map(|window| window.covered.clone()).unwrap_or_default();
    same(&now, &standing.covered)
}

fn facts(vector: &Vector) -> Result<CaseFacts, String> {
    Ok(CaseFacts {
        born_on: vector.child_born,
        guardians: vector
            .guardians
            .iter()
            .map(|guardian| Guardianship {
                id: guardian_id(&guardian.id),
                from: guardian.from,
                until: guardian.until,
                custody: true,
            })
            .collect(),
        phases: vector
            .phase_changes
            .iter()
            .map(|change| Ok(PhaseChange { at: at(&change.at)?, to: change.to }))
            .collect::<Result<_, String>>()?,
        consents: vector.consents.iter().map(consent).collect::<Result<_, _>>()?,
    })
}

fn consent(given: &Given) -> Result<Consent, String> {
    Ok(Consent {
        id: ConsentId::from_uuid(uuid(&given.id)),
        // A purpose the product does not know opens nothing here; that is what the rule says of every other purpose.
        purposes: given.purposes.iter().filter_map(|purpose| purpose.parse().ok()).collect(),
        categories: BTreeSet::new(),
        obtained_at: at(&given.obtained_at)?,
        valid_from: given.valid_from,
        valid_until: given.valid_until,
        signatures: given.signatures.iter().map(signature).collect(),
        withdrawals: given.withdrawals.iter().map(withdrawal).collect::<Result<_, _>>()?,
        prevented: vec![],
        parties: Parties::default(),
        annulled_at: None,
    })
}

fn signature(signed: &Signed) -> Signature {
    let receivers = units(&signed.receivers);
    Signature { by: signer(&signed.by), on: signed.on, answer: signed.answer, receivers }
}

fn withdrawal(taken_back: &TakenBack) -> Result<Withdrawal, String> {
    let scope = match &taken_back.receivers {
        Receivers::Some(receivers) => Scope::Receivers(units(receivers)),
        Receivers::All(all) if all == "all" => Scope::All,
        Receivers::All(other) => return Err(format!("unknown receivers {other}")),
    };
    Ok(Withdrawal { by: signer(&taken_back.by), at: at(&taken_back.at)?, scope, implied_by: None })
}

fn at(text: &str) -> Result<DateTime<Utc>, String> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|error| format!("{text}: {error}"))?;
    instant(local).map_err(|error| format!("{text}: {error}"))
}

fn signer(name: &str) -> Signer {
    if name == "child" { Signer::Child } else { Signer::Guardian(guardian_id(name)) }
}

fn guardian_id(name: &str) -> GuardianId {
    GuardianId::from_uuid(uuid(name))
}

fn units(names: &[String]) -> BTreeSet<UnitId> {
    names.iter().map(|name| UnitId::from_uuid(uuid(name))).collect()
}

/// What the vector calls its receivers.
fn names(vector: &Vector) -> BTreeMap<UnitId, String> {
    let signatures = vector.consents.iter().flat_map(|consent| &consent.signatures);
    signatures
        .flat_map(|signature| &signature.receivers)
        .map(|name| (UnitId::from_uuid(uuid(name)), name.clone()))
        .collect()
}
