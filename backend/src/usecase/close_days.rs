//! Closes days on which the municipality holds no meetings, and opens them again. Meetings that lie there already are neither
//! moved nor dropped: the page of closed days names them until somebody decides (K2).

use chrono::{Days, NaiveDate};
use domain::{closed_day::ClosedKind, flaw::FlawKind, text::Line, visibility::Role};

use crate::{
    Backend, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{self, closed_day::ClosedDay},
    typed::Typed,
};

/// The longest span that is closed at once: a summer.
const LONGEST_SPAN: i64 = 100;

/// A span of closed days as typed.
#[derive(Clone, Debug, Default)]
pub struct ClosedSpanTyped {
    /// `domain::closed_day::ClosedKind` code.
    pub kind: String,
    /// What people call it: höstlov, studiedag …
    pub name: String,
    /// Its first day.
    pub from: String,
    /// Its last day; empty for a single day.
    pub until: String,
}

/// Closes the days of a span. A day closed before gets the new name.
///
/// # Errors
/// [`crate::Error::Denied`] for others than administrators; flaws in `kind`, `name`, `from`, `until`.
pub async fn close_days(backend: &Backend, actor: &Actor, filled: &ClosedSpanTyped) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let mut typed = Typed::default();
    let kind = typed.choice::<ClosedKind>("kind", &filled.kind);
    let name = typed.line::<{ Line::MAX }>("name", &filled.name);
    let from = typed.date("from", &filled.from);
    let until = typed.optional_date("until", &filled.until).or(from);
    if let (Some(from), Some(until)) = (from, until) {
        if until < from {
            typed.flaw("until", FlawKind::BeforeTheOther);
        } else if (until - from).num_days() >= LONGEST_SPAN {
            typed.flaw("until", FlawKind::SpanTooLong);
        }
    }
    typed.finish()?;
    let (kind, name) = (Typed::value(kind)?, Typed::value(name)?);
    let days: Vec<ClosedDay> = span(Typed::value(from)?, Typed::value(until)?)
        .map(|on| ClosedDay { on, kind, name: name.as_str().to_owned() })
        .collect();
    let tx = backend.write(actor).await?;
    store::closed_day::put(tx.db(), &days).await?;
    tx.commit(Event::new(Action::ClosedDaysChanged)).await
}

/// Opens every closed day from one date to another, both included.
///
/// # Errors
/// [`crate::Error::Denied`] for others than administrators; flaws in `from`, `until`.
pub async fn open_days(backend: &Backend, actor: &Actor, from: &str, until: &str) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let mut typed = Typed::default();
    let (from, until) = (typed.date("from", from), typed.date("until", until));
    typed.finish()?;
    let tx = backend.write(actor).await?;
    store::closed_day::remove(tx.db(), Typed::value(from)?, Typed::value(until)?, |_| true).await?;
    tx.commit(Event::new(Action::ClosedDaysChanged)).await
}

fn span(from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(from), |day| day.checked_add_days(Days::new(1))).take_while(move |day| *day <= until)
}
