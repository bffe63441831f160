//! Who does something: a person at work in one assignment.

use domain::{
    id::{AssignmentId, PersonId, UnitId},
    visibility::{Role, Viewer},
};

use crate::{Error, Result};

/// A signed-in person, working in one assignment at a time (L1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// The person's name, for the screen.
    pub name: String,
    /// The chosen assignment.
    pub assignment: AssignmentId,
    /// What the assignment lets this person do.
    pub role: Role,
    /// The title in the assignment: rektor, socialsekreterare …
    pub title: String,
    /// The unit worked for; none for IT operators, who know no case.
    pub unit: Option<UnitId>,
    /// The unit's name, for the screen.
    pub unit_name: String,
    /// `sv` or `en`.
    pub language: String,
    /// The request this is part of, for the log.
    pub request: Option<String>,
}

impl Actor {
    /// The unit whose eyes this person sees with.
    ///
    /// # Errors
    /// [`Error::Denied`] for somebody without a unit.
    pub fn unit(&self) -> Result<UnitId> {
        self.unit.ok_or(Error::Denied)
    }

    /// Who looks, as the gate asks.
    ///
    /// # Errors
    /// [`Error::Denied`] for somebody without a unit.
    pub fn viewer(&self) -> Result<Viewer> {
        Ok(Viewer { person: self.person, unit: self.unit()?, role: self.role })
    }

    /// Whether the role registers cases and records consents; administrators and IT do not.
    pub fn works_with_cases(&self) -> bool {
        matches!(self.role, Role::Coordinator | Role::Participant)
    }

    /// Goes on only for one of these roles.
    ///
    /// # Errors
    /// [`Error::Denied`] for every other.
    pub fn must_be(&self, roles: &[Role]) -> Result<()> {
        if roles.contains(&self.role) { Ok(()) } else { Err(Error::Denied) }
    }
}

/// Who a change is written down for: a person at work, a person signing in, or the program itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doer {
    /// The person, if any.
    pub person: Option<PersonId>,
    /// The assignment, if one is chosen.
    pub assignment: Option<AssignmentId>,
    /// The unit of the assignment.
    pub unit: Option<UnitId>,
    /// The request this is part of.
    pub request: Option<String>,
}

impl Doer {
    /// The program itself: jobs and seeds.
    pub const SYSTEM: Self = Self { person: None, assignment: None, unit: None, request: None };

    /// A person who has not chosen an assignment yet.
    pub const fn person(person: PersonId) -> Self {
        Self { person: Some(person), assignment: None, unit: None, request: None }
    }
}

impl From<&Actor> for Doer {
    fn from(actor: &Actor) -> Self {
        Self {
            person: Some(actor.person),
            assignment: Some(actor.assignment),
            unit: actor.unit,
            request: actor.request.clone(),
        }
    }
}
