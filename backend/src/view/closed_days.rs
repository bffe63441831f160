//! The days the municipality has closed, as spans, and the meetings that lie on them all the same.

use chrono::{Days, NaiveDate};
use domain::{closed_day::ClosedKind, meeting::MeetingState, visibility::Role};

use crate::{
    Backend, Result,
    actor::Actor,
    store::{self, closed_day::ClosedDay},
    view::meetings::{MeetingLine, lines},
};

/// Days in a row that are closed for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedSpan {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// Why.
    pub kind: ClosedKind,
    /// What people call it.
    pub name: String,
}

/// The page of closed days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDaysPage {
    /// Spans that are not over, in order.
    pub spans: Vec<ClosedSpan>,
    /// Meetings that lie on a closed day and wait for somebody to move or cancel them (K2).
    pub colliding: Vec<MeetingLine>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// Closed days from today on, with what collides.
///
/// # Errors
/// When the database does not answer.
pub async fn page(backend: &Backend, actor: &Actor) -> Result<ClosedDaysPage> {
    let spans = from_today(backend).await?;
    let today = domain::time::day(backend.now());
    let closed = |on: NaiveDate| spans.iter().any(|span| span.from <= on && on <= span.until);
    let meetings = store::meeting::from_day(backend.db(), today)
        .await?
        .into_iter()
        .filter(|meeting| matches!(meeting.stage.state, MeetingState::Draft | MeetingState::Published))
        .filter(|meeting| closed(meeting.on))
        .collect();
    let colliding = lines(&store::forum::all(backend.db()).await?, meetings);
    Ok(ClosedDaysPage { colliding, spans, may_edit: actor.role == Role::Administrator })
}

/// The spans that are not over.
pub(crate) async fn from_today(backend: &Backend) -> Result<Vec<ClosedSpan>> {
    let today = domain::time::day(backend.now());
    // A span that began earlier is shown whole.
    let from = today.checked_sub_days(Days::new(100)).unwrap_or(today);
    let days = store::closed_day::between(backend.db(), from, last_day()).await?;
    Ok(spans(days).into_iter().filter(|span| span.until >= today).collect())
}

/// The last day anybody can type.
pub(crate) fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// Days in order, joined where they follow each other and have one name.
pub(super) fn spans(days: Vec<ClosedDay>) -> Vec<ClosedSpan> {
    let mut spans: Vec<ClosedSpan> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some(last) if last.until.succ_opt() == Some(day.on) && last.name == day.name && last.kind == day.kind => {
                last.until = day.on;
            }
            _ => spans.push(ClosedSpan { from: day.on, until: day.on, kind: day.kind, name: day.name }),
        }
    }
    spans
}
