//! Makes the demo: a municipality with people, forty cases and two terms of meetings around a day.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use domain::refusal::Refusal;

use super::{
    life::{Life, at},
    long_ago,
    settle::settle,
    term::{Terms, weekday_before},
};
use crate::{
    Backend, Error, Result,
    clock::ManualClock,
    random::SeededRandom,
    usecase::{
        install::{ClockKind, install, is_installed, set_clock},
        subscribe_calendar::{FeedTyped, make_feed},
    },
};

/// What the demo's ids and secrets are drawn from: the same in every run.
const SEED: u64 = 0x00AA_3A10;

/// A demo that was made.
#[derive(Clone, Debug)]
pub struct Sown {
    /// The token of a calendar subscription of the coordinator.
    pub feed_token: String,
}

/// Fills an empty database with the demo as it would stand on the morning of `today`, a local day. Everything is done by
/// the use cases people work with, at times before `today`; while that is made the database's clock is simulated, and real
/// at the end (CONS-09).
///
/// Ids, seeds of one-time codes and the feed's token follow from one fixed number, so that two demos are alike. Nothing but
/// invented people is behind them: that is why it may be so here and nowhere else.
///
/// # Errors
/// [`Refusal::WrongState`] where the site is no demo or the database is set up already.
pub async fn seed(backend: &Backend, today: NaiveDate) -> Result<Sown> {
    if !backend.site().demo || is_installed(backend).await? {
        return Err(Refusal::WrongState.into());
    }
    let terms = Terms::around(today);
    let settled = at(weekday_before(terms.first - Days::new(7)), 8, 0);
    let clock = Arc::new(ManualClock::new(domain::time::instant(settled).map_err(|_| Error::NotFound)?));
    let then = backend.at_another_time(clock.clone(), Arc::new(SeededRandom::new(SEED)));
    install(&then, ClockKind::Simulated).await?;
    let town = settle(&then, &terms).await?;
    let mut life = Life::new(then.clone(), clock, town, &terms, today).await?;
    life.pass().await?;
    life.look_ahead().await?;
    life.propose().await?;
    long_ago::fill(&then, &life.clock, &life.town, today).await?;
    let feed = FeedTyped { alarm: "60".into(), ..FeedTyped::plain("Min telefon", "own") };
    let feed_token = make_feed(&then, life.town.actor("maria")?, &feed).await?;
    set_clock(&then, ClockKind::Real).await?;
    Ok(Sown { feed_token })
}
