//! What is recorded about a case's consent.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{ConsentId, GuardianId, UnitId};
use crate::time::minute_of;

coded! {
    /// Where a case stands with the social services. Only they may know it (C17).
    pub enum Phase {
        /// Frivilligt råd och stöd; also insats utan individuell behovsprövning. What a case is in until told otherwise.
        VoluntarySupport => "voluntary",
        /// Orosanmälan and förhandsbedömning.
        ConcernReport => "report",
        /// Utredning.
        Investigation => "investigation",
    }
}

impl Phase {
    /// Whether consent given in one phase does not hold in the other (C15, C16): passing between voluntary support and
    /// report or investigation ends it, passing from report to investigation does not.
    #[must_use]
    pub const fn breaks_consent(self, next: Self) -> bool {
        matches!(self, Self::VoluntarySupport) != matches!(next, Self::VoluntarySupport)
    }
}

coded! {
    /// What a consent is for; one purpose never opens another (C26).
    pub enum Purpose {
        /// Samverkansträff.
        CollaborationMeeting => "collaboration_meeting",
        /// Samordnad individuell plan.
        CoordinatedPlan => "sip",
        /// Samverkan mellan skola, socialtjänst, polis och fritid.
        CrimePrevention => "sspf",
    }
}

coded! {
    /// A kind of information a consent lets be told.
    pub enum InfoCategory {
        /// The situation in school or preschool.
        School => "school",
        /// The social situation.
        Social => "social",
        /// Physical and mental health.
        Health => "health",
        /// Results of tests and assessments.
        Assessments => "assessments",
        /// The family's situation; a parent's own secrets need that parent's consent (C21).
        Family => "family",
    }
}

coded! {
    /// What someone said to being asked for consent.
    pub enum Answer {
        /// Yes.
        Agreed => "agreed",
        /// No (C7).
        Refused => "refused",
    }
}

/// Who signs a consent, or takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// The child or young person.
    Child,
    /// A guardian; or a parent without custody, for what is the parent's own (C21).
    Guardian(GuardianId),
}

/// The time during which someone is the child's guardian (C18), or a parent without custody is asked for what is their own (C21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardianship {
    /// The guardian.
    pub id: GuardianId,
    /// The first local day.
    pub from: NaiveDate,
    /// The last local day; none while it lasts.
    pub until: Option<NaiveDate>,
    /// Whether they have custody. A parent who has not decides nothing for the child.
    pub custody: bool,
}

impl Guardianship {
    /// Whether it holds on a local day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether somebody with custody decides for the child on a local day.
    #[must_use]
    pub fn decides_on(&self, day: NaiveDate) -> bool {
        self.custody && self.holds_on(day)
    }
}

/// A passage of the case to a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseChange {
    /// When; it counts from the start of this minute.
    pub at: DateTime<Utc>,
    /// To which phase.
    pub to: Phase,
}

/// One answer under a consent. An answer may be changed: the latest counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who answered.
    pub by: Signer,
    /// The local day of the answer.
    pub on: NaiveDate,
    /// Yes or no.
    pub answer: Answer,
    /// Who may be told, as this person named them (C5).
    pub receivers: BTreeSet<UnitId>,
}

/// How much a withdrawal takes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole consent.
    All,
    /// These receivers only.
    Receivers(BTreeSet<UnitId>),
}

/// A consent taken back, wholly or in part (C13, C14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// By whom.
    pub by: Signer,
    /// When it was received; it holds from the start of this minute.
    pub at: DateTime<Utc>,
    /// How much.
    pub scope: Scope,
    /// The consent whose recording said so in passing: where that was recorded by mistake, so was this.
    pub implied_by: Option<ConsentId>,
}

coded! {
    /// Why a guardian cannot take part in a decision that cannot wait (FB 6 kap. 13 § andra stycket).
    pub enum Hindrance {
        /// Frånvaro.
        Absence => "absence",
        /// Sjukdom.
        Illness => "illness",
        /// Annan orsak.
        Other => "other",
    }
}

/// A guardian who cannot take part in the decision; the other decides alone until a day (FB 6 kap. 13 § andra stycket, C8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prevented {
    /// Who cannot.
    pub guardian: GuardianId,
    /// The last local day the other decides alone.
    pub until: NaiveDate,
}

/// What holds for single units beside that they were named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parties {
    /// The units whose part is what they know of a parent, and of which: that parent's own yes is needed as well, to them and to all
    /// who hear it (C21).
    pub on_parent: BTreeMap<UnitId, GuardianId>,
    /// The units that may hear and not tell. All others named are givers too.
    pub listeners: BTreeSet<UnitId>,
    /// The units that have acknowledged that they hold the consent, and since when (C20).
    pub acknowledged: BTreeMap<UnitId, DateTime<Utc>>,
}

/// One consent with everything that has happened to it. A renewal is a new one (C24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// What it is for (C26).
    pub purposes: BTreeSet<Purpose>,
    /// What may be told.
    pub categories: BTreeSet<InfoCategory>,
    /// When it was obtained.
    pub obtained_at: DateTime<Utc>,
    /// The first local day it holds.
    pub valid_from: NaiveDate,
    /// The last local day it holds.
    pub valid_until: NaiveDate,
    /// The answers, in the order they were recorded.
    pub signatures: Vec<Signature>,
    /// What was taken back.
    pub withdrawals: Vec<Withdrawal>,
    /// What holds for single units.
    pub parties: Parties,
    /// Whose answer could not be had, and until when it is done without (C8).
    pub prevented: Vec<Prevented>,
    /// When it was found to have been recorded by mistake: from that minute it counts for nothing, nor does what it took back of
    /// others. Unlike a withdrawal, it says nothing of what anybody wants.
    pub annulled_at: Option<DateTime<Utc>>,
}

impl Consent {
    /// Whether it had been found to be a mistake by an instant.
    #[must_use]
    pub fn is_annulled(&self, at: DateTime<Utc>) -> bool {
        self.annulled_at.is_some_and(|annulled_at| minute_of(annulled_at) <= at)
    }
}

/// All that decides who may hear of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFacts {
    /// The child's birth date, a field of its own: the personal number may say otherwise (I6).
    pub born_on: NaiveDate,
    /// The guardians, past and present, and parents without custody.
    pub guardians: Vec<Guardianship>,
    /// The phases, in any order; before the first it is voluntary support.
    pub phases: Vec<PhaseChange>,
    /// The consents, in the order they were recorded.
    pub consents: Vec<Consent>,
}

impl CaseFacts {
    /// Whether somebody answers for what is their own alone: a parent without custody (C21).
    #[must_use]
    pub fn answers_for_own_alone(&self, by: Signer) -> bool {
        self.guardians.iter().any(|one| !one.custody && Signer::Guardian(one.id) == by)
    }

    /// Whether a withdrawal counts: not where it was implied by a consent that had been found to be a mistake.
    #[must_use]
    pub fn counts(&self, withdrawal: &Withdrawal, at: DateTime<Utc>) -> bool {
        let annulled = |id: ConsentId| self.consents.iter().any(|consent| consent.id == id && consent.is_annulled(at));
        !withdrawal.implied_by.is_some_and(annulled)
    }
}
