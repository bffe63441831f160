//! What is wrong with something typed: the field and the kind, never the text itself, for it travels in addresses.

use serde::{Deserialize, Serialize};

use crate::{consultation::Trace, paper::PaperFlaw};

/// A field that cannot be used as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaw {
    /// The name the field has in its form.
    pub field: String,
    /// What is wrong with it.
    pub kind: FlawKind,
}

impl Flaw {
    /// A flaw in a field.
    pub fn new(field: impl Into<String>, kind: FlawKind) -> Self {
        Self { field: field.into(), kind }
    }
}

/// What is wrong with a field. The words are in `app::text::flaw`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlawKind {
    /// Nothing was typed or chosen.
    Required,
    /// More characters than fit.
    TooLong {
        /// The most that fit.
        max: u32,
    },
    /// Fewer characters than needed.
    TooShort {
        /// The least that is needed.
        min: u32,
    },
    /// A paper that is not taken in.
    Paper {
        /// Why.
        why: PaperFlaw,
    },
    /// Characters that cannot be seen or written.
    ControlCharacter,
    /// Not one of the choices.
    NotAChoice,
    /// Not a whole number, or outside its bounds.
    NotANumber {
        /// Smallest.
        min: i32,
        /// Largest.
        max: i32,
    },
    /// Not a date in any way dates are written.
    NotADate,
    /// A date the calendar does not have, such as 30 February.
    NoSuchDate,
    /// Not a time of day.
    NotATime,
    /// A time the clocks skip or repeat that night.
    NoSuchTime,
    /// In the future where only the past makes sense.
    InTheFuture,
    /// In the past where only the future makes sense.
    InThePast,
    /// None of several is chosen.
    NothingLeft,
    /// Before another date it must follow.
    BeforeTheOther,
    /// Before the day of the last signature (C25).
    BeforeSignature,
    /// Signed before the signer's withdrawal (C13).
    BeforeWithdrawal,
    /// Past the 19th birthday (R3).
    TooOld,
    /// Longer than a consent may last (C10).
    TooFarAhead,
    /// Longer than one guardian may decide alone (C8).
    TooLongAlone,
    /// Called prevented, and has answered (C8).
    HasAnswered,
    /// Called prevented, and has said no or taken consent back (C8).
    HasSaidNo,
    /// Called prevented, and no other guardian says yes (C8).
    NobodyElse,
    /// Past the day before the 18th birthday (C10, C12).
    PastMajority,
    /// A personal number with too few or too many digits.
    NumberLength,
    /// A personal number whose check digit is wrong (I5).
    CheckDigit,
    /// A personal number whose birth date is not the one given, and not near it (I6).
    NumberAndBirthDate,
    /// Another number than a personal number after a coordination number (I4, I7).
    NumberStays,
    /// A personal number, where text must not hold one (M9).
    PersonalNumberInText,
    /// A case's reference stands in a text that is of no case (M2).
    CaseInText,
    /// An address, a telephone number or an e-mail address, where an identity is protected (I1).
    WhereaboutsInText,
    /// Something that leads to a person, where nobody may be told of (A2).
    PointsOut {
        /// What it is.
        trace: Trace,
        /// The byte of the text as typed where it begins.
        from: u32,
        /// The byte after it.
        to: u32,
    },
    /// Something else has this already.
    Taken,
    /// Somebody who sits on this seat then already.
    SitsThere,
    /// Not an e-mail address.
    NotAnEmail,
    /// A password too well known.
    CommonPassword,
    /// Two fields that should be alike are not.
    NotAlike,
    /// A wrong one-time code.
    WrongCode,
    /// Not the present password.
    WrongPassword,
    /// A wrong e-mail address or password; which is not told (AUTH-12).
    WrongSignIn,
    /// A gap or an overlap in a table that must have none (R2).
    GapOrOverlap,
    /// An end too long after its start.
    SpanTooLong,
    /// A row of a table that cannot be read.
    Row {
        /// Which, counted from 1.
        row: u32,
    },
    /// A red day, an eve or a day the municipality has closed: no meeting is held then (K2, K5).
    ClosedDay,
}
