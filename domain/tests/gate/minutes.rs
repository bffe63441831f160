//! M1, M5, M9, M12, M13: the only moves of minutes, and what stops them.

use std::collections::BTreeSet;

use domain::consent::{Reason, Standing};
use domain::id::{PersonId, Uuid};
use domain::minutes::{
    ChildsView, Content, MinutesRefusal, MinutesState, Outcome, Reviewer, add_to, answer_addendum, approve, dispatch,
    give_back, reopen, revise, submit,
};

use crate::unit;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn covering() -> Standing {
    let units = BTreeSet::from([unit(1)]);
    Standing { covered: units.clone(), acknowledged: units, ..Standing::default() }
}

fn closed(reason: Reason) -> Standing {
    Standing { reason: Some(reason), ..Standing::default() }
}

#[test]
fn c20_who_has_not_acknowledged_the_consent_does_not_write() {
    let silent = Standing { acknowledged: BTreeSet::new(), ..covering() };
    let no = Err(MinutesRefusal::NotAcknowledged);
    assert_eq!(revise(MinutesState::Draft, &silent, unit(1), full()), no);
    assert_eq!(submit(MinutesState::Draft, &silent, unit(1), full()), no);
    let reviewer = Reviewer { person: person(2), unit: unit(1), writers: &BTreeSet::from([person(1)]) };
    assert!(approve(MinutesState::Submitted, &silent, reviewer, full()).is_ok(), "to review is not to tell");
}

fn full() -> Content<'static> {
    Content {
        parts: &["Skolan berättar.", ""],
        childs_view: Some(ChildsView::Heard),
        outcome: Some(Outcome::Closure),
        protected: false,
        unmarked: None,
    }
}

/// All moves with whole minutes, a covered unit and a reviewer who has not written.
fn moves(state: MinutesState) -> [Option<MinutesState>; 4] {
    let writers = BTreeSet::from([person(1)]);
    let reviewer = Reviewer { person: person(2), unit: unit(1), writers: &writers };
    [
        revise(state, &covering(), unit(1), full()).ok(),
        submit(state, &covering(), unit(1), full()).ok(),
        give_back(state, &covering(), reviewer).ok(),
        approve(state, &covering(), reviewer, full()).ok(),
    ]
}

#[test]
fn m5_minutes_move_only_along_their_life_and_approved_ones_never() {
    use MinutesState::{Approved, Draft, Returned, Submitted};
    assert_eq!(moves(Draft), [Some(Draft), Some(Submitted), None, None]);
    assert_eq!(moves(Submitted), [None, None, Some(Returned), Some(Approved)]);
    assert_eq!(moves(Returned), [Some(Returned), Some(Submitted), None, None]);
    assert_eq!(moves(Approved), [None; 4]);
}

/// What can be done with minutes that are approved, and with no others.
#[test]
fn m5_only_approved_minutes_are_added_to_opened_again_and_handed_over() {
    let both = BTreeSet::from([unit(1), unit(2)]);
    let standing = Standing { covered: both.clone(), acknowledged: both, ..Standing::default() };
    let writers = BTreeSet::from([person(1)]);
    let reviewer = Reviewer { person: person(2), unit: unit(1), writers: &writers };
    for state in MinutesState::ALL.iter().copied() {
        let no = (state != MinutesState::Approved).then_some(MinutesRefusal::WrongState { state });
        assert_eq!(reopen(state, &standing, unit(1)).err(), no);
        assert_eq!(add_to(state, &standing, unit(1), full()).err(), no);
        assert_eq!(answer_addendum(state, &standing, reviewer).err(), no);
        assert_eq!(dispatch(state, &standing, unit(1), unit(2)).err(), no);
    }
    assert_eq!(reopen(MinutesState::Approved, &standing, unit(1)), Ok(MinutesState::Returned));
}

#[test]
fn m5_what_is_added_is_held_to_what_is_written() {
    let approved = MinutesState::Approved;
    let silent = Standing { acknowledged: BTreeSet::new(), ..covering() };
    assert_eq!(add_to(approved, &silent, unit(1), full()), Err(MinutesRefusal::NotAcknowledged));
    assert_eq!(add_to(approved, &covering(), unit(9), full()), Err(MinutesRefusal::NotCovered));
    let number = Content { parts: &["Ring 121212-1212."], ..full() };
    let found = add_to(approved, &covering(), unit(1), number);
    assert!(matches!(found, Err(MinutesRefusal::PersonalNumberInText { part: 0, .. })), "{found:?}");
    let own = BTreeSet::from([person(2)]);
    let reviewer = Reviewer { person: person(2), unit: unit(1), writers: &own };
    assert_eq!(answer_addendum(approved, &covering(), reviewer), Err(MinutesRefusal::OwnText));
    let elsewhere = Reviewer { unit: unit(9), ..reviewer };
    assert_eq!(answer_addendum(approved, &covering(), elsewhere), Err(MinutesRefusal::NotCovered));
    assert_eq!(reopen(approved, &covering(), unit(9)), Err(MinutesRefusal::NotCovered));
}

/// M7, edge cases 6, 14 and 15: to whom consent covers at that moment, from whom it covers.
#[test]
fn m7_minutes_are_handed_over_only_between_units_covered_at_that_moment() {
    let approved = MinutesState::Approved;
    let standing = Standing { covered: BTreeSet::from([unit(1), unit(2)]), ..Standing::default() };
    assert_eq!(dispatch(approved, &standing, unit(1), unit(2)), Ok(()));
    assert_eq!(dispatch(approved, &standing, unit(1), unit(3)), Err(MinutesRefusal::NotCovered));
    assert_eq!(dispatch(approved, &standing, unit(3), unit(2)), Err(MinutesRefusal::NotCovered));
    assert_eq!(dispatch(approved, &standing, unit(1), unit(1)), Err(MinutesRefusal::NotCovered));
    for reason in [Reason::Withdrawn, Reason::Expired, Reason::NeedsRenewal] {
        let no = Err(MinutesRefusal::ConsentMissing(reason));
        assert_eq!(dispatch(approved, &closed(reason), unit(1), unit(2)), no);
    }
}

#[test]
fn m1_without_consent_nothing_is_written_and_nothing_moves() {
    let standing = closed(Reason::Withdrawn);
    let writers = BTreeSet::new();
    let reviewer = Reviewer { person: person(2), unit: unit(1), writers: &writers };
    let refused = Err(MinutesRefusal::ConsentMissing(Reason::Withdrawn));
    assert_eq!(revise(MinutesState::Draft, &standing, unit(1), full()), refused);
    assert_eq!(submit(MinutesState::Draft, &standing, unit(1), full()), refused);
    assert_eq!(give_back(MinutesState::Submitted, &standing, reviewer), refused);
    assert_eq!(approve(MinutesState::Submitted, &standing, reviewer, full()), refused);
}

#[test]
fn a_unit_that_consent_does_not_cover_neither_writes_nor_reviews() {
    let writers = BTreeSet::new();
    let reviewer = Reviewer { person: person(2), unit: unit(2), writers: &writers };
    assert_eq!(revise(MinutesState::Draft, &covering(), unit(2), full()), Err(MinutesRefusal::NotCovered));
    assert_eq!(approve(MinutesState::Submitted, &covering(), reviewer, full()), Err(MinutesRefusal::NotCovered));
}

#[test]
fn nobody_approves_or_returns_their_own_text() {
    let writers = BTreeSet::from([person(1), person(2)]);
    let reviewer = Reviewer { person: person(2), unit: unit(1), writers: &writers };
    let approved = approve(MinutesState::Submitted, &covering(), reviewer, full());
    assert_eq!(approved, Err(MinutesRefusal::OwnText));
    assert_eq!(give_back(MinutesState::Submitted, &covering(), reviewer), Err(MinutesRefusal::OwnText));
}

#[test]
fn m9_a_personal_number_in_the_text_is_refused_where_it_stands() {
    let content = Content { parts: &["Skolan", "Modern 640823-3234 ringde"], ..full() };
    let refused = Err(MinutesRefusal::PersonalNumberInText { part: 1, at: 7..18 });
    assert_eq!(revise(MinutesState::Draft, &covering(), unit(1), content), refused);
    assert_eq!(submit(MinutesState::Draft, &covering(), unit(1), content), refused);
}

#[test]
fn i1_where_somebody_protected_is_to_be_found_is_refused_where_it_stands() {
    for (text, at) in [
        ("Bor på Storgatan 12 B nu", 8..22),
        ("Ring 070-174 06 05", 5..18),
        ("Skriv till mamma@exempel.se", 11..27),
        ("662 31", 0..6),
    ] {
        let content = Content { parts: &["Skolan", text], protected: true, ..full() };
        let refused = Err(MinutesRefusal::WhereaboutsInText { part: 1, at });
        assert_eq!(revise(MinutesState::Draft, &covering(), unit(1), content), refused, "{text}");
        assert_eq!(submit(MinutesState::Draft, &covering(), unit(1), content), refused, "{text}");
        let content = Content { protected: false, ..content };
        assert!(submit(MinutesState::Draft, &covering(), unit(1), content).is_ok(), "{text}");
    }
    let content = Content { parts: &["Klass 7B slutade 2026-11-26"], protected: true, ..full() };
    assert!(submit(MinutesState::Draft, &covering(), unit(1), content).is_ok(), "tells of nowhere");
}

#[test]
fn m12_m13_a_draft_may_be_incomplete_but_submitted_minutes_are_whole() {
    let submitted = |content| submit(MinutesState::Draft, &covering(), unit(1), content).unwrap_err();
    assert!(revise(MinutesState::Draft, &covering(), unit(1), Content::default()).is_ok());
    assert_eq!(submitted(Content { parts: &[" "], ..full() }), MinutesRefusal::Empty);
    assert_eq!(submitted(Content { unmarked: Some(1), ..full() }), MinutesRefusal::ContributionUnmarked { row: 1 });
    assert_eq!(submitted(Content { childs_view: None, ..full() }), MinutesRefusal::ChildsViewMissing);
    assert_eq!(submitted(Content { outcome: None, ..full() }), MinutesRefusal::OutcomeMissing);
}
