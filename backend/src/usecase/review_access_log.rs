//! Writes down what a review of the access log found (loggkontroll).

use domain::{
    access_log_review::{Finding, next_span},
    flaw::FlawKind,
    time::day,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{
        self,
        access_log_review::{Found, create},
    },
    typed::Typed,
    view::access_log_review::{drawn, reviewed_unit},
};

/// What was found of one person and one case, as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedFinding {
    /// The person's id.
    pub person: String,
    /// The case's id.
    pub case: String,
    /// A [`Finding`] code.
    pub finding: String,
    /// What is not clear.
    pub note: String,
}

/// Writes a review down: every line that was drawn, until the day that was shown. What is not clear says what.
///
/// # Errors
/// [`Error::NotFound`] for all but a unit's administrators; [`Error::Stale`] where something else is drawn by now, or it has been
/// reviewed; flaws at `lines[…][finding]` and `lines[…][note]`.
pub async fn review_access_log(backend: &Backend, actor: &Actor, until: &str, lines: &[TypedFinding]) -> Result<()> {
    let unit = reviewed_unit(actor)?;
    let tx = backend.write(actor).await?;
    let last = store::access_log_review::last_day(tx.db(), unit).await?;
    let span = next_span(last, day(tx.now())).filter(|span| span.until.to_string() == until).ok_or(Error::Stale)?;
    let drawn = drawn(tx.db(), backend.keys(), actor, unit, span, tx.now()).await?;
    if drawn.is_empty() || drawn.len() != lines.len() {
        return Err(Error::Stale);
    }
    let mut typed = Typed::default();
    let mut found = Vec::with_capacity(drawn.len());
    for (looks, _) in &drawn {
        let is_it =
            |line: &TypedFinding| line.person.parse() == Ok(looks.person) && line.case.parse() == Ok(looks.case);
        let place = lines.iter().position(is_it).ok_or(Error::Stale)?;
        let line = lines.get(place).ok_or(Error::Stale)?;
        let field = |name: &str| format!("lines[{place}][{name}]");
        let finding = typed.choice::<Finding>(&field("finding"), &line.finding);
        let note = typed.optional_line::<300>(&field("note"), &line.note);
        if finding == Some(Finding::Unclear) && note.is_empty() && typed.is_sound() {
            typed.flaw(&field("note"), FlawKind::Required);
        }
        if let Some(finding) = finding {
            found.push(Found { person: looks.person, case: looks.case, finding, note });
        }
    }
    typed.finish()?;
    let id = create(&tx, unit, span, &found).await?;
    tx.commit(Event::new(Action::AccessLogReviewed).subject(id)).await
}
