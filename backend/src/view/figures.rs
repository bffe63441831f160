//! The figures of school years that are over, as they were published (V11). Of cases nothing is read here, so nothing of it is in the
//! access log.

use chrono::{Days, NaiveDate};
use domain::{time::day, visibility::Role, year::SchoolYear};

use crate::{Backend, Error, Result, actor::Actor, store};

pub use crate::figures::{AgeBand, Figures, Grid, Line, Middles, NamedForum, NamedUnit, Number, Publication};

/// The roles that read figures: those who plan and those who answer for the municipality's work.
pub const READERS: [Role; 2] = [Role::Coordinator, Role::Administrator];

/// The figures of one school year, and which others there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiguresPage {
    /// The school years that are published, newest first.
    pub years: Vec<SchoolYear>,
    /// The one that is shown; none before the first is published.
    pub shown: Option<Publication>,
    /// The local day the next figures come.
    pub next_on: NaiveDate,
}

/// The figures of a school year; the newest where none is asked for, or one that is not published.
///
/// # Errors
/// [`Error::Denied`] for others than coordinators and administrators.
pub async fn figures_page(backend: &Backend, actor: &Actor, asked: Option<i32>) -> Result<FiguresPage> {
    actor.must_be(&READERS)?;
    let years = store::figures::years(backend.db()).await?;
    let asked = years.iter().find(|year| Some(year.begins_in()) == asked);
    let shown = match asked.or(years.first()) {
        Some(year) => store::figures::published(backend.db(), *year).await?,
        None => None,
    };
    let next_on = SchoolYear::of(day(backend.now())).last() + Days::new(1);
    Ok(FiguresPage { years, shown, next_on })
}

/// The figures of a school year, for a file.
///
/// # Errors
/// [`Error::Denied`] as [`figures_page`], and [`Error::NotFound`] where they are not published.
pub async fn figures_of(backend: &Backend, actor: &Actor, begins_in: i32) -> Result<Publication> {
    actor.must_be(&READERS)?;
    let year = SchoolYear::beginning(begins_in).ok_or(Error::NotFound)?;
    store::figures::published(backend.db(), year).await?.ok_or(Error::NotFound)
}
