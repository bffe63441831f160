//! The meeting room: who may hear the item that is about to open.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::consent::{Reason, Standing};
use crate::id::UnitId;
use crate::unit::UnitKind;

/// Someone in the room, for the unit they represent in this meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// The unit.
    pub unit: UnitId,
    /// What it does.
    pub kind: UnitKind,
    /// Whether they may know of the case as a person: one of its circle, where an identity is protected (I1); of a guest, whether the
    /// family has let them in for this item (G5).
    pub named: bool,
    /// Whether they come as a guest: for no unit, whichever they come with. The family lets them in, and not the consent to units.
    pub guest: bool,
    /// Whether they have declared themselves disqualified (jäv) from this item (G4, FL 16–18 §§).
    pub disqualified: bool,
}

coded! {
    /// Who comes as a guest (G5).
    pub enum GuestKind {
        /// The family itself: the child, a guardian, somebody close.
        Family => "family",
        /// An interpreter.
        Interpreter => "interpreter",
        /// Somebody in training.
        Student => "student",
        /// An association, which keeps no secrets by law: it is told what is confidential, and why.
        Association => "association",
    }
}

coded! {
    /// A side without which the meeting is no meeting of school and social services (G6).
    pub enum Side {
        /// School, preschool or student health.
        School => "school",
        /// Social services.
        SocialServices => "social_services",
    }
}

/// Whether an item about a case can open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Admission {
    /// It can. Sides that are missing are to be warned of (G6).
    Open {
        /// The sides nobody covered represents.
        missing: BTreeSet<Side>,
    },
    /// Not while these are in the room (G1).
    Blocked {
        /// The units that consent does not cover, or somebody of which is not named (I1).
        must_leave: BTreeSet<UnitId>,
        /// The units someone of which is disqualified and must leave (G4).
        disqualified: BTreeSet<UnitId>,
    },
    /// Nobody may hear it: consent covers no one.
    NoConsent(Reason),
    /// Nobody in the room is covered.
    NobodyCovered,
}

impl Admission {
    /// Whether the item can open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

/// Whether someone who comes in may stay while the item is open (G2, G4, G5, I1).
#[must_use]
pub fn may_hear(standing: &Standing, someone: &Present) -> bool {
    is_told(standing, someone) && !someone.disqualified
}

fn is_told(standing: &Standing, someone: &Present) -> bool {
    someone.named && (someone.guest || standing.covers(someone.unit))
}

/// The sides no unit of these kinds represents (G6).
pub fn missing_sides(kinds: impl IntoIterator<Item = UnitKind>) -> BTreeSet<Side> {
    let mut missing = BTreeSet::from([Side::School, Side::SocialServices]);
    for kind in kinds {
        missing.retain(|side| match side {
            Side::School => !kind.is_school(),
            Side::SocialServices => !kind.is_social_services(),
        });
    }
    missing
}

/// Whether an item about a case can open with these people in the room (G1, G4, G5, G6, I1). Guests stand for no side. `standing` is that of this instant.
#[must_use]
pub fn admit(standing: &Standing, present: &[Present]) -> Admission {
    if let Some(reason) = standing.reason {
        return Admission::NoConsent(reason);
    }
    let must_leave = present.iter().filter(|someone| !is_told(standing, someone)).map(|someone| someone.unit);
    let must_leave: BTreeSet<_> = must_leave.collect();
    let disqualified: BTreeSet<_> =
        present.iter().filter(|someone| someone.disqualified).map(|someone| someone.unit).collect();
    if !must_leave.is_empty() || !disqualified.is_empty() {
        return Admission::Blocked { must_leave, disqualified };
    }
    let mut staff = present.iter().filter(|someone| !someone.guest).map(|someone| someone.kind).peekable();
    if staff.peek().is_none() {
        return Admission::NobodyCovered;
    }
    Admission::Open { missing: missing_sides(staff) }
}
