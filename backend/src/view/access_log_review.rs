//! Loggkontroll: what is drawn from the log for somebody to review, and what earlier reviews found.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    access_log_review::{DRAWN, Finding, Span, next_span},
    id::{CaseId, PersonId, UnitId},
    time::{day, end_of, start_of},
    visibility::Role,
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::Action,
    crypt::Keys,
    gate::{self, Known},
    store::{self, access_log_review::Reviewed, audit::Looks},
};

/// How many earlier reviews are shown.
const EARLIER: u64 = 24;

/// The page.
#[derive(Clone, Debug)]
pub struct AccessLogReviewPage {
    /// The local days to review; none where all until yesterday has been.
    pub span: Option<Span>,
    /// What was drawn; empty where nobody else of the unit has looked at anything.
    pub drawn: Vec<Line>,
    /// The reviews there have been, the newest first.
    pub earlier: Vec<Earlier>,
}

/// One person and one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The person.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The case.
    pub case: CaseId,
    /// Its four characters.
    pub reference: String,
    /// How many times it was read or changed.
    pub times: i64,
    /// The first local day.
    pub first: NaiveDate,
    /// The last local day.
    pub last: NaiveDate,
}

/// A review that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// What it was about.
    pub span: Span,
    /// Who did it.
    pub by: String,
    /// The local day.
    pub on: NaiveDate,
    /// How many were looked at.
    pub looked_at: usize,
    /// What was not clear, for the cases that are still the unit's to know.
    pub unclear: Vec<Unclear>,
}

/// What was not clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// The person's name.
    pub name: String,
    /// The case.
    pub case: CaseId,
    /// Its four characters.
    pub reference: String,
    /// What was written about it.
    pub note: String,
}

/// What an administrator has to review of the own unit, never of oneself.
///
/// # Errors
/// [`Error::NotFound`] for everybody else.
pub async fn access_log_review(backend: &Backend, actor: &Actor) -> Result<AccessLogReviewPage> {
    let unit = reviewed_unit(actor)?;
    let now = backend.now();
    let last = store::access_log_review::last_day(backend.db(), unit).await?;
    let span = next_span(last, day(now));
    let drawn = match span {
        Some(span) => drawn(backend.db(), backend.keys(), actor, unit, span, now).await?,
        None => Vec::new(),
    };
    let reviews = store::access_log_review::latest(backend.db(), backend.keys(), unit, EARLIER).await?;
    let known = gate::known_among(backend.db(), actor.viewer()?, unclear_cases(&reviews), now).await?;
    let people: BTreeMap<PersonId, String> =
        store::person::all(backend.db()).await?.into_iter().map(|person| (person.id, person.name)).collect();
    let name = |person: PersonId| people.get(&person).cloned().unwrap_or_default();
    let mut lines: Vec<Line> = drawn.iter().map(|(looks, known)| line(looks, known, name(looks.person))).collect();
    lines.sort_by(|one, other| (&one.name, &one.reference).cmp(&(&other.name, &other.reference)));
    let page = AccessLogReviewPage {
        span,
        drawn: lines,
        earlier: reviews.iter().map(|review| earlier(review, &known, &name)).collect(),
    };
    let shown = page.earlier.iter().flat_map(|review| &review.unclear).filter_map(|one| known.get(&one.case));
    let events: Vec<_> =
        drawn.iter().map(|(_, known)| known).chain(shown).map(|known| known.event(Action::CaseRead)).collect();
    backend.log_reads(actor, &events).await?;
    Ok(page)
}

/// The unit whose people somebody reviews.
pub(crate) fn reviewed_unit(actor: &Actor) -> Result<UnitId> {
    let unit = actor.unit().map_err(|_| Error::NotFound)?;
    if actor.role == Role::Administrator { Ok(unit) } else { Err(Error::NotFound) }
}

/// What is drawn for a reviewer: of all the unit's other people and all cases that are theirs to know, the same all day long and
/// not to be foreseen.
pub(crate) async fn drawn(
    db: &impl ConnectionTrait,
    keys: &Keys,
    actor: &Actor,
    unit: UnitId,
    span: Span,
    now: DateTime<Utc>,
) -> Result<Vec<(Looks, Known)>> {
    let mut looks = store::audit::looks(db, unit, start_of(span.from), end_of(span.until)).await?;
    looks.retain(|one| one.person != actor.person);
    let cases: Vec<CaseId> = looks.iter().map(|one| one.case).collect();
    let known = gate::known_among(db, actor.viewer()?, cases, now).await?;
    looks.retain(|one| known.contains_key(&one.case));
    looks.sort_by_cached_key(|one| {
        keys.index("access_log_review.drawn", &format!("{unit} {} {} {}", span.until, one.person, one.case))
    });
    looks.truncate(DRAWN);
    let with_case = |one: Looks| known.get(&one.case).cloned().map(|known| (one, known));
    Ok(looks.into_iter().filter_map(with_case).collect())
}

fn unclear_cases(reviews: &[Reviewed]) -> Vec<CaseId> {
    let found = reviews.iter().flat_map(|review| &review.found);
    found.filter(|found| found.finding == Finding::Unclear).map(|found| found.case).collect()
}

fn line(looks: &Looks, known: &Known, name: String) -> Line {
    Line {
        person: looks.person,
        name,
        case: looks.case,
        reference: known.head().reference.clone(),
        times: looks.times,
        first: day(looks.first),
        last: day(looks.last),
    }
}

fn earlier(review: &Reviewed, known: &BTreeMap<CaseId, Known>, name: &impl Fn(PersonId) -> String) -> Earlier {
    let unclear = review.found.iter().filter(|found| found.finding == Finding::Unclear).filter_map(|found| {
        Some(Unclear {
            name: name(found.person),
            case: found.case,
            reference: known.get(&found.case)?.head().reference.clone(),
            note: found.note.clone(),
        })
    });
    Earlier {
        span: review.span,
        by: name(review.by),
        on: day(review.at),
        looked_at: review.found.len(),
        unclear: unclear.collect(),
    }
}
