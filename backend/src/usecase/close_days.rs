//! Closes days on which the municipality holds no meetings, and opens them again. Meetings that lie there already are neither
//! moved nor dropped: the page of closed days names them until somebody decides (K2).

use std::collections::BTreeMap;

use domain::{
    closed_day::{ClosedKind, ClosedSpan, LONGEST_SPAN, read_spans},
    flaw::FlawKind,
    text::Line,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{self, closed_day::ClosedDay},
    typed::Typed,
};

/// The most characters of a table that is read.
pub const TABLE: u32 = 20_000;

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
    let span = ClosedSpan { kind, name, from: Typed::value(from)?, until: Typed::value(until)? };
    let days = closed(&[span]);
    let tx = backend.write(actor).await?;
    store::closed_day::put(tx.db(), &days).await?;
    tx.commit(Event::new(Action::ClosedDaysChanged)).await
}

/// Closes the days of a whole table, as a school's calendar of breaks is passed on ([`read_spans`]): all of it or, where a row cannot be
/// read, nothing. A day in two rows gets the later one's name.
///
/// # Errors
/// [`crate::Error::Denied`] for others than administrators; a flaw in `table`.
pub async fn import_days(backend: &Backend, actor: &Actor, table: &str) -> Result<usize> {
    actor.must_be(&[Role::Administrator])?;
    if table.chars().count() > TABLE as usize {
        return Err(Error::flaw("table", FlawKind::TooLong { max: TABLE }));
    }
    let spans = read_spans(table).map_err(|row| Error::flaw("table", FlawKind::Row { row }))?;
    if spans.is_empty() {
        return Err(Error::flaw("table", FlawKind::Required));
    }
    let days = closed(&spans);
    let tx = backend.write(actor).await?;
    store::closed_day::put(tx.db(), &days).await?;
    tx.commit(Event::new(Action::ClosedDaysChanged)).await?;
    Ok(spans.len())
}

/// Each day of these spans once.
fn closed(spans: &[ClosedSpan]) -> Vec<ClosedDay> {
    let days = spans.iter().flat_map(|span| {
        span.days().map(|on| (on, ClosedDay { on, kind: span.kind, name: span.name.as_str().to_owned() }))
    });
    days.collect::<BTreeMap<_, _>>().into_values().collect()
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
