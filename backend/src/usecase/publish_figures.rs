//! The figures of a school year are published, once, when it is over (V11).

use domain::{figures::Release, time::day, year::SchoolYear};

use crate::{
    Backend, Result,
    actor::Doer,
    audit::{Action, Event},
    figures::figures,
    store,
};

/// Publishes the figures of the school year that ended last, if there was anything in it and nobody has. From then on they stay as
/// they are, whatever is entered later: worked out anew they would differ by one case. Says whether it did. Several processes may do
/// it at once.
///
/// # Errors
/// When the database fails.
pub async fn publish_figures(backend: &Backend) -> Result<bool> {
    let Some(release) = over(backend) else { return Ok(false) };
    let year = release.year();
    // Asked every few minutes all year round: without a place in the line of writers, and short after the first time.
    if store::figures::published(backend.db(), year).await?.is_some()
        || !store::figures::is_alive_in(backend.db(), year).await?
    {
        return Ok(false);
    }
    let tx = backend.write(Doer::SYSTEM).await?;
    // Another process may have been first, while this one waited.
    if store::figures::published(tx.db(), year).await?.is_some() {
        return Ok(false);
    }
    let facts = store::figures::facts(tx.db(), year).await?;
    let (forums, units) = (store::forum::all(tx.db()).await?, store::unit::all(tx.db()).await?);
    let figures = figures(&facts, &forums, &units, release)?;
    if !store::figures::publish(&tx, year, &figures).await? {
        return Ok(false);
    }
    tx.commit(Event::new(Action::FiguresPublished)).await?;
    Ok(true)
}

/// The school year that ended last.
fn over(backend: &Backend) -> Option<Release> {
    let today = day(backend.now());
    Release::of(SchoolYear::beginning(SchoolYear::of(today).begins_in() - 1)?, today)
}
