//! Cases for the tests of this folder: the forms as people fill them in.

use std::collections::BTreeSet;

use backend::{
    Backend, Error, Result,
    actor::Actor,
    usecase::{
        record_consent::{RecordConsent, TypedAnswer, TypedConcern, TypedPrevented, record_consent},
        register_case::{RegisterCase, register_case},
    },
};
use domain::{
    consent::Signer,
    flaw::FlawKind,
    id::{CaseId, ConsentId, GuardianId, UnitId},
};
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::world::{World, explained};

/// The form for a child of 14 with two guardians.
pub fn tuva() -> RegisterCase {
    RegisterCase {
        child_name: "Tuva Provsson".into(),
        born_on: "2012-03-03".into(),
        question: "Hur stöttar vi Tuva tillbaka till skolan?".into(),
        custody: "joint".into(),
        guardians: vec!["Rut Provsson".into(), "Nils Provsson".into()],
        ..RegisterCase::default()
    }
}

/// A child of 14 with two guardians, registered by somebody.
pub async fn registered(backend: &Backend, actor: &Actor) -> Result<CaseId> {
    register_case(backend, actor, tuva()).await
}

/// The guardians of a case, in order.
pub async fn guardians(world: &World, case: CaseId) -> Vec<Signer> {
    let backend = world.raw.get_database_backend();
    let found = Statement::from_sql_and_values(
        backend,
        format!(
            "SELECT id FROM guardian WHERE case_id = {} ORDER BY position",
            if backend == sea_orm::DbBackend::Sqlite { "?" } else { "$1" }
        ),
        [case.uuid().into()],
    );
    let rows = world.raw.query_all_raw(found).await.expect("the guardians");
    let id = |row: &sea_orm::QueryResult| row.try_get_by_index::<Uuid>(0).expect("an id");
    rows.iter().map(|row| Signer::Guardian(GuardianId::from_uuid(id(row)))).collect()
}

/// A yes of a day, for these units.
pub fn yes(by: Signer, on: &str, units: &[UnitId]) -> TypedAnswer {
    TypedAnswer {
        signer: by.to_string(),
        answer: "agreed".into(),
        signed_on: on.into(),
        receivers: units.iter().map(ToString::to_string).collect(),
    }
}

/// A no of a day.
pub fn no(by: Signer, on: &str) -> TypedAnswer {
    TypedAnswer { signer: by.to_string(), answer: "refused".into(), signed_on: on.into(), receivers: vec![] }
}

/// A consent from a day to 10 June.
pub fn form(answers: Vec<TypedAnswer>, valid_from: &str) -> RecordConsent {
    let named: BTreeSet<String> = answers.iter().flat_map(|answer| answer.receivers.iter().cloned()).collect();
    let child = |unit| TypedConcern { unit, who: "child".into() };
    RecordConsent {
        concerns: named.into_iter().map(child).collect(),
        listeners: vec![],
        answers,
        categories: vec!["school".into(), "social".into()],
        also: vec![],
        valid_from: valid_from.into(),
        valid_until: "2027-06-10".into(),
        method: String::new(),
        obtaining: explained(),
        prevented: TypedPrevented::default(),
    }
}

/// Both guardians say yes to these units, today, until 10 June.
pub async fn consented(world: &World, actor: &Actor, case: CaseId, units: &[UnitId]) -> Result<ConsentId> {
    let today = domain::time::day(world.backend.now()).to_string();
    let answers = guardians(world, case).await.into_iter().map(|by| yes(by, &today, units)).collect();
    record_consent(&world.backend, actor, case, form(answers, &today)).await
}

/// The flaws a form was refused with.
pub fn flaws<T: std::fmt::Debug>(refused: Result<T>) -> Vec<(String, FlawKind)> {
    match refused {
        Err(Error::Invalid(flaws)) => flaws.into_iter().map(|flaw| (flaw.field, flaw.kind)).collect(),
        other => panic!("not refused at fields: {other:?}"),
    }
}
