//! What a consent would mean if it were recorded as it stands in the form.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::facts::{Answer, CaseFacts, Prevented, Signature, Signer};
use super::standing::{agreed_to, as_parents_agree, required_signers, signers_of};
use crate::id::{GuardianId, UnitId};

/// What the answers in a form amount to on the first day of the period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Who will be told; empty while an answer is missing or somebody says no.
    pub covered: BTreeSet<UnitId>,
    /// Whose answer is missing (C6).
    pub missing: BTreeSet<Signer>,
    /// Who says no (C7).
    pub refused: BTreeSet<Signer>,
    /// The units somebody named and somebody else did not, with those who did not (C5).
    pub left_out: BTreeMap<UnitId, BTreeSet<Signer>>,
    /// The units that take no part, as others would hear what is a parent's own than that parent named; with the parent and those
    /// (C21).
    pub overheard: BTreeMap<UnitId, (GuardianId, BTreeSet<UnitId>)>,
    /// Where a guardian decides alone: until when (C8).
    pub alone_until: Option<NaiveDate>,
}

/// Weighs the answers of a form: one per signer, for a consent that holds from a day on, and does without those who are
/// prevented (C3, C5–C8). `on_parent` names the units whose part is a parent's own (C21).
#[must_use]
pub fn preview(
    facts: &CaseFacts,
    answers: &[Signature],
    prevented: &[Prevented],
    on_parent: &BTreeMap<UnitId, GuardianId>,
    valid_from: NaiveDate,
) -> Preview {
    let (signers, alone_until) = signers_of(prevented, &required_signers(facts, valid_from), valid_from);
    let answer = |by: Signer| answers.iter().find(|answer| answer.by == by);
    let missing: BTreeSet<_> = signers.iter().copied().filter(|by| answer(*by).is_none()).collect();
    let agreed: Vec<_> =
        signers.iter().filter_map(|by| answer(*by)).filter(|answer| answer.answer == Answer::Agreed).collect();
    let refused = signers
        .iter()
        .copied()
        .filter(|by| answer(*by).is_some_and(|answer| answer.answer == Answer::Refused))
        .collect::<BTreeSet<_>>();
    let named_by = |parent: GuardianId| agreed_to(answer(Signer::Guardian(parent)));
    let named: BTreeSet<_> = agreed.iter().flat_map(|answer| answer.receivers.iter().copied()).collect();
    let without = |unit: &UnitId| {
        let others = agreed.iter().filter(|answer| !answer.receivers.contains(unit)).map(|answer| answer.by);
        let parent = on_parent.get(unit).filter(|parent| !named_by(**parent).contains(unit));
        others.chain(parent.map(|parent| Signer::Guardian(*parent))).collect::<BTreeSet<_>>()
    };
    let left_out = named.iter().map(|unit| (*unit, without(unit))).filter(|(_, without)| !without.is_empty()).collect();
    let complete = !signers.is_empty() && missing.is_empty() && refused.is_empty();
    let by_all = agreed.iter().map(|answer| answer.receivers.clone()).reduce(|all, one| &all & &one);
    let by_all = by_all.filter(|_| complete).unwrap_or_default();
    let covered = as_parents_agree(on_parent, by_all.clone(), named_by);
    let overheard = on_parent
        .iter()
        .map(|(unit, parent)| (*unit, *parent, named_by(*parent)))
        .filter(|(unit, _, yes)| by_all.contains(unit) && yes.contains(unit) && !by_all.is_subset(yes))
        .map(|(unit, parent, yes)| (unit, (parent, &by_all - &yes)))
        .collect();
    Preview { covered, missing, refused, left_out, overheard, alone_until }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    use super::*;
    use crate::consent::{Consent, Guardianship, InfoCategory, Parties, Purpose, standing};
    use crate::id::{ConsentId, GuardianId, Uuid};
    use crate::time::start_of;

    fn guardian(number: u128) -> GuardianId {
        GuardianId::from_uuid(Uuid::from_u128(number))
    }

    proptest! {
        /// C3, C5, C6, C7: the panel beside the form says what the gate will say.
        #[test]
        fn the_form_promises_exactly_what_the_gate_then_does(
            years in 3_i32..18,
            answers in proptest::collection::vec(
                proptest::option::of((any::<bool>(), proptest::collection::btree_set(0_u128..4, 0..4))), 4,
            ),
            away in proptest::option::of(1_u128..=2),
            on_parent in proptest::collection::btree_map(0_u128..4, 1_u128..=3, 0..2),
        ) {
            let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
            let born_on = NaiveDate::from_ymd_opt(2026 - years, 6, 1).unwrap();
            let mut facts = CaseFacts {
                born_on,
                guardians: vec![
                    Guardianship { id: guardian(1), from: born_on, until: None, custody: true },
                    Guardianship { id: guardian(2), from: born_on, until: None, custody: true },
                    Guardianship { id: guardian(3), from: born_on, until: None, custody: false },
                ],
                phases: vec![],
                consents: vec![],
            };
            let [mother, father, parent] = [1, 2, 3].map(|number| Signer::Guardian(guardian(number)));
            let signers = [mother, father, parent, Signer::Child];
            let signatures: Vec<_> = signers
                .into_iter()
                .zip(answers)
                .filter_map(|(by, answer)| {
                    let (agrees, units) = answer?;
                    let receivers = units.into_iter().map(|unit| UnitId::from_uuid(Uuid::from_u128(unit))).collect();
                    Some(Signature { by, on: today, answer: if agrees { Answer::Agreed } else { Answer::Refused }, receivers })
                })
                .collect();
            let prevented: Vec<_> = away.map(|number| Prevented { guardian: guardian(number), until: today }).into_iter().collect();
            let unit = |number: u128| UnitId::from_uuid(Uuid::from_u128(number));
            let on_parent: BTreeMap<_, _> = on_parent.into_iter().map(|(of, parent)| (unit(of), guardian(parent))).collect();
            let promised = preview(&facts, &signatures, &prevented, &on_parent, today);
            let now: DateTime<Utc> = start_of(today);
            facts.consents.push(Consent {
                id: ConsentId::from_uuid(Uuid::from_u128(9)),
                purposes: [Purpose::CollaborationMeeting].into(),
                categories: [InfoCategory::School].into(),
                obtained_at: now,
                valid_from: today,
                valid_until: today,
                signatures,
                withdrawals: vec![],
                parties: Parties { on_parent, ..Parties::default() },
                prevented,
                annulled_at: None,
            });
            prop_assert_eq!(promised.covered, standing(&facts, now).covered);
        }
    }
}
