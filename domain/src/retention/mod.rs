//! Gallring: when something is disposed of, and why it is kept (L7, L8).
//!
//! Nothing goes because somebody wants it gone: a rule of the information management plan says what may go and when, one person
//! proposes it and another approves it, and the last day to stop it is the next. A case file goes whole, by the destruction of the
//! keys that its rows, papers and backups are sealed with; what it needs no more may go before.

mod disposal;
mod schedule;
mod verdict;

pub use disposal::{Disposal, DisposalRefusal, DisposalState, GRACE, Proof, Thing, Word};
pub use schedule::{Decision, DocumentKind, Keep, ResearchSample, RetentionRule, RuleRefusal, Schedule};
pub use verdict::{Document, Facts, Hold, THIRTY, Verdict, Why, verdict, was_formal};
