//! Records a rule of an authority's plan: how long its case files are kept, by which decision (L7).

use domain::{
    flaw::FlawKind,
    retention::{DocumentKind, ResearchSample},
    time::day,
    visibility::Role,
};

use crate::{
    Backend, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{self, retention::NewRule},
    typed::Typed,
};

/// What is typed of a rule.
#[derive(Clone, Debug, Default)]
pub struct TypedRule {
    /// `years` or `forever`.
    pub keep: String,
    /// How many, where it is years after the last entry.
    pub years: String,
    /// What is kept for research, by its code.
    pub sample: String,
    /// How the decision is found in the diary.
    pub decision: String,
    /// The local day of the decision.
    pub decided_on: String,
}

/// Records a rule for the case files of the actor's authority. It holds from now on, in the place of the one before; what was proposed
/// by that one is asked again before it goes.
///
/// # Errors
/// [`crate::Error::Denied`] for whoever is no administrator; flaws by the fields' names.
pub async fn decide_retention(backend: &Backend, actor: &Actor, rule: &TypedRule) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let unit = store::unit::load(tx.db(), actor.unit()?).await?;
    let mut typed = Typed::default();
    let years = match rule.keep.as_str() {
        "forever" => None,
        "years" => {
            let least = i32::try_from(DocumentKind::CaseFile.at_least() / 12).unwrap_or(i32::MAX);
            typed.number("years", &rule.years, least, 150).and_then(|years| u16::try_from(years).ok())
        }
        "" => {
            typed.flaw("keep", FlawKind::Required);
            None
        }
        _ => {
            typed.flaw("keep", FlawKind::NotAChoice);
            None
        }
    };
    let sample = typed.choice::<ResearchSample>("sample", &rule.sample);
    let decision = typed.line::<80>("decision", &rule.decision);
    let decided_on = typed.date("decided_on", &rule.decided_on);
    if decided_on.is_some_and(|on| on > day(tx.now())) {
        typed.flaw("decided_on", FlawKind::InTheFuture);
    }
    typed.finish()?;
    let new = NewRule {
        authority: &unit.authority,
        years,
        sample: Typed::value(sample)?,
        decision: Typed::value(decision.as_ref())?.as_str(),
        decided_on: Typed::value(decided_on)?,
    };
    let id = store::retention::record(&tx, &new, actor.person).await?;
    tx.commit(Event::new(Action::RetentionDecided).subject(id)).await
}
