//! What an administrator plans: series of meetings, shown before they are saved.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::problem::{Done, Problem};
#[cfg(feature = "ssr")]
use crate::{path, request::signed_in, text::Said};
#[cfg(feature = "ssr")]
use backend::{
    usecase::change_series::{self, SeriesTyped},
    view,
};

/// A series as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesForm {
    /// 1 Monday … 7 Sunday.
    pub weekday: String,
    /// Local start.
    pub starts: String,
    /// Length of each meeting.
    pub minutes: String,
    /// 1 for every week.
    pub interval_weeks: String,
    /// The day it is counted from.
    pub from: String,
    /// The last day a meeting may be on.
    pub until: String,
    /// Where.
    pub place: String,
}

#[cfg(feature = "ssr")]
impl SeriesForm {
    fn with(self, days: BTreeMap<String, String>) -> SeriesTyped {
        let Self { weekday, starts, minutes, interval_weeks, from, until, place } = self;
        // The letter keeps a date from being read as a place in a list.
        let bare = |(on, choice): (String, String)| (on.trim_start_matches('d').to_owned(), choice);
        let days = days.into_iter().map(bare).collect();
        SeriesTyped { weekday, starts, minutes, interval_weeks, from, until, place, days }
    }
}

/// Shows what a series comes to, or saves it. Which of the two is told by the button pressed.
#[server(prefix = "/api", endpoint = "series/plan")]
pub async fn plan_series(
    /// The forum's id.
    forum: String,
    /// Its id; empty for a new one.
    series: String,
    /// The version the form was read at.
    version: i64,
    /// As typed.
    #[server(flatten)]
    filled: SeriesForm,
    /// Days that are not free to meet on, and what becomes of them.
    #[server(default)]
    days: BTreeMap<String, String>,
    /// `show` or `save`.
    step: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let typed = filled.with(days);
    let of = forum.parse().map_err(|_| Problem::NotFound)?;
    let there = if series.is_empty() { None } else { Some(series.parse().map_err(|_| Problem::NotFound)?) };
    match there {
        _ if step != "save" => {
            view::series::preview(&ask.backend, &ask.actor, of, there, &typed).await?;
            return Ok(Done::go(shown(&forum, &series, &typed)));
        }
        Some(there) => change_series::change_series(&ask.backend, &ask.actor, there, version, &typed).await?,
        None => drop(change_series::add_series(&ask.backend, &ask.actor, of, &typed).await?),
    }
    Ok(Done::said(path::forum(forum), Said::SeriesSaved))
}

/// Ends a series.
#[server(prefix = "/api", endpoint = "series/end")]
pub async fn end_series(
    /// Its id.
    forum: String,
    /// Its id; empty for a new one.
    series: String,
    /// The version the form was read at.
    version: i64,
    /// Last day.
    until: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let there = series.parse().map_err(|_| Problem::NotFound)?;
    change_series::end_series(&ask.backend, &ask.actor, there, version, &until).await?;
    Ok(Done::said(path::forum(forum), Said::SeriesEnded))
}

/// The page that shows what was typed; times and places are no secret and may stand in its address.
#[cfg(feature = "ssr")]
fn shown(forum: &str, series: &str, filled: &SeriesTyped) -> String {
    let days: Vec<String> = filled.days.iter().map(|(on, choice)| format!("{on}.{choice}")).collect();
    let days = days.join("_");
    let fields = [
        ("serie", series),
        ("dag", &filled.weekday),
        ("tid", &filled.starts),
        ("minuter", &filled.minutes),
        ("intervall", &filled.interval_weeks),
        ("fran", &filled.from),
        ("till", &filled.until),
        ("plats", &filled.place),
        ("val", &days),
    ];
    let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
    filled.fold(path::plan_series(forum), |page, (name, value)| path::with_query(&page, name, value))
}
