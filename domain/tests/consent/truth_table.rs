//! CONS-02: every combination of what can befall one consent, against a plain reading of the rules.

use domain::consent::{
    Answer, CaseFacts, Phase, PhaseChange, Purpose, Reason, Scope, Signature, Signer, Withdrawal, standing,
};

use crate::cases::{BUP, FATHER, MOTHER, SCHOOL, SOCIAL, agreed, at, date, plain_case};

/// What one person answered.
const ANSWERS: [Option<Answer>; 3] = [None, Some(Answer::Agreed), Some(Answer::Refused)];

/// Birth dates that make the child 12, 15 and 18 (since the consent was obtained, and long before) at the meeting.
const BORN: [(&str, u8); 4] = [("2014-03-02", 12), ("2011-11-26", 15), ("2008-11-26", 18), ("2008-03-02", 18)];

/// Periods before, around and after the meeting.
const PERIODS: [(&str, &str, Option<Reason>); 3] = [
    ("2026-10-01", "2026-11-25", Some(Reason::Expired)),
    ("2026-10-01", "2026-11-26", None),
    ("2026-11-27", "2027-06-30", Some(Reason::NotYetValid)),
];

/// One row of the table.
struct Row {
    born: (&'static str, u8),
    answers: [Option<Answer>; 3],
    period: (&'static str, &'static str, Option<Reason>),
    withdrawn_by: Option<(Signer, bool)>,
    reported: bool,
    purpose: Purpose,
}

impl Row {
    /// The row as a case.
    fn case(&self) -> CaseFacts {
        let mut case = plain_case();
        case.born_on = date(self.born.0);
        if self.reported {
            case.phases.push(PhaseChange { at: at("2026-11-20 10:00"), to: Phase::Investigation });
        }
        let consent = &mut case.consents[0];
        consent.purposes = [self.purpose].into();
        consent.valid_from = date(self.period.0);
        consent.valid_until = date(self.period.1);
        consent.signatures = [Signer::Child, MOTHER, FATHER]
            .into_iter()
            .zip(self.answers)
            .filter_map(|(by, answer)| {
                Some(Signature { answer: answer?, ..agreed(by, "2026-10-01", &[SCHOOL, SOCIAL, BUP]) })
            })
            .collect();
        consent.withdrawals.extend(self.withdrawn_by.map(|(by, all)| Withdrawal {
            implied_by: None,
            by,
            at: at("2026-11-26 08:00"),
            scope: if all { Scope::All } else { Scope::Receivers([SCHOOL, SOCIAL, BUP].into()) },
        }));
        case
    }

    /// Why nobody is covered, read off the rules from top to bottom.
    fn reason(&self) -> Option<Reason> {
        let age = self.born.1;
        let must_sign = [age >= 15, age < 18, age < 18];
        let withdrawer_counts = self.withdrawn_by.is_some_and(|(by, _)| {
            [Signer::Child, MOTHER, FATHER].into_iter().zip(must_sign).any(|(signer, must)| signer == by && must)
        });
        let turned_18_since = self.born.0 == "2008-11-26";
        let answer_is =
            |answer: Option<Answer>| must_sign.iter().zip(self.answers).any(|(must, given)| *must && given == answer);
        if self.purpose != Purpose::CollaborationMeeting {
            Some(Reason::NoConsent)
        } else if withdrawer_counts && self.withdrawn_by.is_some_and(|(_, all)| all) {
            Some(Reason::Withdrawn)
        } else if self.reported || turned_18_since {
            Some(Reason::NeedsRenewal)
        } else if self.period.2.is_some() {
            self.period.2
        } else if answer_is(Some(Answer::Refused)) {
            Some(Reason::Refused)
        } else if answer_is(None) {
            Some(Reason::AwaitingSignatures)
        } else {
            withdrawer_counts.then_some(Reason::Withdrawn)
        }
    }
}

/// Every combination.
fn table() -> Vec<Row> {
    let withdrawals = [Signer::Child, MOTHER, FATHER].into_iter().flat_map(|by| [Some((by, true)), Some((by, false))]);
    let withdrawals: Vec<_> = withdrawals.chain([None]).collect();
    let mut rows = Vec::new();
    for born in BORN {
        for answers in (0..27).map(|number| [number / 9, number / 3 % 3, number % 3].map(|which: usize| ANSWERS[which]))
        {
            for period in PERIODS {
                for &withdrawn_by in &withdrawals {
                    for reported in [false, true] {
                        for purpose in [Purpose::CollaborationMeeting, Purpose::CoordinatedPlan] {
                            rows.push(Row { born, answers, period, withdrawn_by, reported, purpose });
                        }
                    }
                }
            }
        }
    }
    rows
}

#[test]
fn cons_02_every_combination_stands_as_the_rules_read() {
    let rows = table();
    assert_eq!(rows.len(), 4 * 27 * 3 * 7 * 2 * 2);
    let mut open = 0;
    for row in &rows {
        let standing = standing(&row.case(), at("2026-11-26 09:10"));
        assert_eq!(standing.reason, row.reason(), "{:#?}", row.case());
        open += u32::from(standing.is_open());
    }
    assert!(open > 0, "no row is open");
}
