//! Records a rule of an authority's plan: how long something is kept, by which decision (L7).

use domain::{
    flaw::FlawKind,
    retention::{DocumentKind, Keep, ResearchSample},
    time::day,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{self, retention::NewRule},
    typed::Typed,
};

/// What rules are recorded about. Of the rest the product keeps one of its own.
pub const RECORDED: [DocumentKind; 3] = [DocumentKind::CaseFile, DocumentKind::Drafts, DocumentKind::QueueWords];

/// The longest time that is taken down, in years; what is kept longer is kept for good.
const LONGEST: i32 = 150;

/// What is typed of a rule.
#[derive(Clone, Debug, Default)]
pub struct TypedRule {
    /// What it is about, by its code: cases, or what they need no more before they go.
    pub kind: String,
    /// `years` or `months`, or `forever`.
    pub keep: String,
    /// How many, where it is a time: of cases years after the last entry, of others months.
    pub time: String,
    /// What of cases is kept for research, by its code.
    pub sample: String,
    /// How the decision is found in the diary.
    pub decision: String,
    /// The local day of the decision.
    pub decided_on: String,
}

/// Records a rule of the actor's authority. It holds from now on, in the place of the one before; what was proposed
/// by that one is asked again before it goes.
///
/// # Errors
/// [`crate::Error::Denied`] for whoever is no administrator; [`crate::Error::NotFound`] for a kind without rules that are recorded;
/// flaws by the fields' names.
pub async fn decide_retention(backend: &Backend, actor: &Actor, rule: &TypedRule) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let kind =
        DocumentKind::from_code(&rule.kind).ok().filter(|kind| RECORDED.contains(kind)).ok_or(Error::NotFound)?;
    let tx = backend.write(actor).await?;
    let unit = store::unit::load(tx.db(), actor.unit()?).await?;
    let mut typed = Typed::default();
    let keep = keep(&mut typed, kind, rule);
    let of_files = kind == DocumentKind::CaseFile;
    let sample = if of_files { typed.choice::<ResearchSample>("sample", &rule.sample) } else { None };
    let decision = typed.line::<80>("decision", &rule.decision);
    let decided_on = typed.date("decided_on", &rule.decided_on);
    if decided_on.is_some_and(|on| on > day(tx.now())) {
        typed.flaw("decided_on", FlawKind::InTheFuture);
    }
    typed.finish()?;
    let new = NewRule {
        authority: &unit.authority,
        kind,
        keep: Typed::value(keep)?,
        sample,
        decision: Typed::value(decision.as_ref())?.as_str(),
        decided_on: Typed::value(decided_on)?,
    };
    let id = store::retention::record(&tx, &new, actor.person).await?;
    tx.commit(Event::new(Action::RetentionDecided).subject(id)).await
}

/// How long: years where the least is years, else months.
fn keep(typed: &mut Typed, kind: DocumentKind, rule: &TypedRule) -> Option<Keep> {
    let least = i32::try_from(kind.at_least()).unwrap_or(i32::MAX);
    let number = |time: Option<i32>| time.and_then(|time| u16::try_from(time).ok());
    match (rule.keep.as_str(), kind) {
        ("forever", _) => Some(Keep::Forever),
        ("years", DocumentKind::CaseFile) => {
            number(typed.number("time", &rule.time, least / 12, LONGEST)).map(Keep::YearsAfterLastEntry)
        }
        ("months", DocumentKind::Drafts | DocumentKind::QueueWords) => {
            number(typed.number("time", &rule.time, least, 12 * LONGEST)).map(Keep::MonthsAfter)
        }
        (other, _) => {
            typed.flaw("keep", if other.is_empty() { FlawKind::Required } else { FlawKind::NotAChoice });
            None
        }
    }
}
