//! Cases with consent to stand on, laid past the program so that no use case under test sets the stage for another.

use std::collections::BTreeSet;

use backend::crypt::{CaseKey, Place};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::{
        Answer, CaseFacts, Consent, Guardianship, Parties, Purpose, Scope, Signature, Signer, Withdrawal, Words,
        windows,
    },
    id::{CaseId, ConsentId, GuardianId, UnitId},
};
use sea_orm::{
    ConnectionTrait, Statement, Value,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{
    World,
    amal::{Amal, date},
};

/// A case to lay.
pub struct CaseLaid<'a> {
    /// The unit that registers it, by its short name.
    pub unit: &'a str,
    /// When the child was born.
    pub born: &'a str,
    /// What each guardian names; none lays a case without consent.
    pub named: &'a [&'a [&'a str]],
    /// The consent's last day.
    pub until: &'a str,
}

/// A case that was laid.
pub struct Laid {
    pub id: CaseId,
    pub reference: String,
    /// The child's name: a canary that must not turn up where it does not belong.
    pub name: String,
    facts: CaseFacts,
}

impl World {
    /// Lays a case whose guardians have named these units from 1 November 2026 on.
    pub async fn lay_case(&self, amal: &Amal, case: CaseLaid<'_>) -> Laid {
        let new = || self.backend.random().uuid();
        let (id, now) = (new(), self.backend.now());
        let reference = id.simple().to_string()[..4].to_uppercase();
        let name = format!("Kanariefågel {reference}");
        let key = CaseKey::new(self.backend.random(), id);
        let guardians: Vec<Uuid> = case.named.iter().map(|_| new()).collect();
        let mut laid = Laid {
            id: CaseId::from_uuid(id),
            reference: reference.clone(),
            name: name.clone(),
            facts: CaseFacts {
                born_on: date(case.born),
                guardians: Vec::new(),
                phases: Vec::new(),
                consents: Vec::new(),
            },
        };
        let row = [
            id.into(),
            reference.into(),
            amal.unit(case.unit).uuid().into(),
            amal.actor("maria").person.uuid().into(),
            now.into(),
            self.sealed(&key, "case_file.name", id, &name).into(),
            date(case.born).into(),
            self.sealed(&key, "case_file.question", id, "Kanariefråga").into(),
            if guardians.len() == 2 { "joint" } else { "sole" }.into(),
            "none".into(),
            1_i64.into(),
        ];
        let columns = [
            "id",
            "reference",
            "unit_id",
            "registered_by",
            "registered_at",
            "name",
            "born_on",
            "question",
            "custody",
            "protection",
            "version",
        ];
        self.insert("case_file", columns, vec![row]).await;
        let own = key.wrapped(self.backend.keys(), self.backend.random()).expect("seals");
        let rows = own
            .into_iter()
            .map(|one| [id.into(), i16::from(one.generation).into(), i16::from(one.root).into(), one.sealed.into()]);
        self.insert("case_key", ["case_id", "generation", "root", "sealed"], rows.collect()).await;
        self.insert("case_gate", ["id", "epoch", "changed_ms"], vec![[id.into(), 0_i64.into(), 0_i64.into()]]).await;
        let mut rows = Vec::new();
        for (position, guardian) in (0_i64..).zip(&guardians) {
            let sealed = self.sealed(&key, "guardian.name", *guardian, "Kanarieförälder");
            rows.push([
                (*guardian).into(),
                id.into(),
                sealed.into(),
                date(case.born).into(),
                position.into(),
                true.into(),
            ]);
            laid.facts.guardians.push(Guardianship {
                id: GuardianId::from_uuid(*guardian),
                from: date(case.born),
                until: None,
                custody: true,
            });
        }
        if !rows.is_empty() {
            self.insert("guardian", ["id", "case_id", "name", "from_on", "position", "custody"], rows).await;
            self.lay_consent(amal, &key, &mut laid, case.named, date(case.until)).await;
        }
        laid
    }

    async fn lay_consent(&self, amal: &Amal, key: &CaseKey, laid: &mut Laid, named: &[&[&str]], until: NaiveDate) {
        let new = || self.backend.random().uuid();
        let (id, from) = (new(), date("2026-11-01"));
        let obtained: DateTime<Utc> = "2026-11-01T08:00:00Z".parse().expect("an instant");
        let maria = amal.actor("maria");
        let unit = amal.unit("social");
        let words = serde_json::to_string(&Words::default()).expect("words");
        let words = self.sealed(key, "consent.words", id, &words);
        let row = [
            id.into(),
            laid.id.uuid().into(),
            Purpose::CollaborationMeeting.code().into(),
            "school".into(),
            obtained.into(),
            from.into(),
            until.into(),
            "paper".into(),
            "orally".into(),
            "not_needed".into(),
            words.into(),
            maria.person.uuid().into(),
            maria.person.uuid().into(),
            unit.uuid().into(),
        ];
        let columns = [
            "id",
            "case_id",
            "purposes",
            "categories",
            "obtained_at",
            "valid_from",
            "valid_until",
            "method",
            "explained",
            "interpreter",
            "words",
            "obtained_by",
            "recorded_by",
            "recorded_unit",
        ];
        self.insert("consent", columns, vec![row]).await;
        let mut signatures = Vec::new();
        for (guardian, units) in laid.facts.guardians.clone().into_iter().zip(named) {
            let signature = new();
            let row: [Value; 5] = [
                signature.into(),
                id.into(),
                Some(guardian.id.uuid()).into(),
                from.into(),
                Answer::Agreed.code().into(),
            ];
            let columns = ["id", "consent_id", "guardian_id", "signed_on", "answer"];
            self.insert("consent_signature", columns, vec![row]).await;
            let receivers: BTreeSet<UnitId> = units.iter().map(|short| amal.unit(short)).collect();
            let rows = receivers.iter().map(|unit| [signature.into(), unit.uuid().into()]).collect();
            if !receivers.is_empty() {
                self.insert("signature_receiver", ["signature_id", "unit_id"], rows).await;
            }
            let by = Signer::Guardian(guardian.id);
            signatures.push(Signature { by, on: from, answer: Answer::Agreed, receivers });
        }
        // Who is named has said at once that it holds the consent.
        let named: BTreeSet<UnitId> = signatures.iter().flat_map(|one| one.receivers.iter().copied()).collect();
        let by = amal.actor("maria").person.uuid();
        let rows = named.iter().map(|unit| [id.into(), unit.uuid().into(), obtained.into(), by.into()]).collect();
        if !named.is_empty() {
            self.insert("consent_acknowledgement", ["consent_id", "unit_id", "at", "recorded_by"], rows).await;
        }
        laid.facts.consents.push(Consent {
            id: ConsentId::from_uuid(id),
            purposes: BTreeSet::from([Purpose::CollaborationMeeting]),
            categories: BTreeSet::new(),
            obtained_at: obtained,
            valid_from: from,
            valid_until: until,
            signatures,
            withdrawals: Vec::new(),
            prevented: vec![],
            parties: Parties::default(),
            annulled_at: None,
        });
        self.lay_windows(laid, obtained).await;
    }

    /// Takes the whole consent of a laid case back, now, by its first guardian.
    pub async fn lay_withdrawal(&self, amal: &Amal, laid: &mut Laid) {
        let now = self.backend.now();
        let guardian = laid.facts.guardians[0].id;
        let consent = laid.facts.consents[0].id;
        let maria = amal.actor("maria");
        let row: [Value; 8] = [
            self.backend.random().uuid().into(),
            consent.uuid().into(),
            Some(guardian.uuid()).into(),
            now.into(),
            true.into(),
            maria.person.uuid().into(),
            amal.unit("social").uuid().into(),
            now.into(),
        ];
        let columns =
            ["id", "consent_id", "guardian_id", "at", "everything", "recorded_by", "recorded_unit", "recorded_at"];
        self.insert("consent_withdrawal", columns, vec![row]).await;
        let taken_back = Withdrawal { by: Signer::Guardian(guardian), at: now, scope: Scope::All, implied_by: None };
        laid.facts.consents[0].withdrawals.push(taken_back);
        let gone = Query::delete()
            .from_table("case_gate_window")
            .and_where(Expr::col("case_id").eq(laid.id.uuid()))
            .to_owned();
        self.raw.execute(&gone).await.expect("the windows go");
        self.lay_windows(laid, now).await;
        self.backend.changed_from_outside();
    }

    async fn lay_windows(&self, laid: &Laid, from: DateTime<Utc>) {
        let mut rows = Vec::new();
        for window in windows(&laid.facts, from) {
            let closes = window.closes_at.map_or(253_402_300_800_000, |at| at.timestamp_millis());
            for unit in window.covered {
                rows.push([
                    self.backend.random().uuid().into(),
                    laid.id.uuid().into(),
                    unit.uuid().into(),
                    window.opens_at.timestamp_millis().into(),
                    closes.into(),
                ]);
            }
        }
        if !rows.is_empty() {
            let columns = ["id", "case_id", "unit_id", "opens_ms", "closes_ms"];
            self.insert("case_gate_window", columns, rows).await;
        }
    }

    fn sealed(&self, key: &CaseKey, column: &'static str, row: Uuid, text: &str) -> Vec<u8> {
        key.seal(self.backend.random(), Place { column, row }, text.as_bytes()).expect("seals")
    }
}

impl World {
    /// The number a query gives.
    pub async fn count(&self, query: &str) -> i64 {
        let statement = Statement::from_string(self.raw.get_database_backend(), query);
        let row = self.raw.query_one_raw(statement).await.expect("the query runs").expect("a row");
        row.try_get_by_index(0).expect("a number")
    }
}
