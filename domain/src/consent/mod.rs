//! Consent: the facts of a case, and what they allow.
//!
//! Nothing here is stored as a status. A case's facts are intervals and instants; [`standing`] computes from them, for
//! any instant, who may hear of the case and why nobody may. Consent covers units, never persons (C19).

mod facts;
mod obtaining;
mod period;
mod preview;
mod recording;
mod standing;
mod windows;

pub use facts::{
    Answer, CaseFacts, Consent, Guardianship, Hindrance, InfoCategory, Parties, Phase, PhaseChange, Prevented, Purpose,
};
pub use facts::{Scope, Signature, Signer, Withdrawal};
pub use obtaining::{Explained, Interpreter, Maturity, Mistake, Obtaining, Words, asks_child};
pub use period::{Limits, Period, PeriodRefusal, check_period, latest_alone, latest_end};
pub use preview::{Preview, preview};
pub use recording::{
    Method, SignedTooEarly, may_be_prevented, obtained_at, school_year_end, signed_too_early, signers_within,
    taken_back,
};
pub use standing::{
    Reason, Standing, Voice, may_take_back, phase_at, required_signers, signers_of, standing, standing_for,
};
pub use windows::{Window, ends_on, signature_needed_from, windows, windows_for};
