//! The pictures of published figures: bars under their names, as SVG. The numbers stand in the tables too; a hidden one has no bar, and
//! says so.

use backend::view::figures::{AgeBand, Grid, Middles, NamedForum, NamedUnit, Number};
use leptos::prelude::*;

use super::ages;
use crate::{
    pages::municipality::colour,
    text::{Lang, figures as text},
};

/// How wide a picture is, in its own measure: about a telephone.
const WIDTH: f64 = 360.0;
/// How long the longest bar is; its number stands after it.
const LONGEST: f64 = 280.0;
/// How high a bar is, with its name.
const ROW: f64 = 44.0;

/// One bar.
struct Bar {
    name: String,
    /// The class that gives a forum its colour.
    colour: &'static str,
    /// How long it is, of the longest; none where it is hidden.
    length: Option<u32>,
    said: String,
}

impl Bar {
    fn new(name: String, colour: &'static str, shown: Option<(u32, String)>, lang: Lang) -> Self {
        let (length, said) = shown.unzip();
        Self { name, colour, length, said: said.unwrap_or_else(|| text::not_shown(lang).to_owned()) }
    }
}

/// Cases by age and forum; none before there is a forum.
pub(super) fn of_cases(cases: &Grid<AgeBand, NamedForum>, lang: Lang) -> Option<impl IntoView + use<>> {
    let bars = cases.lines.iter().flat_map(|line| {
        let cells = cases.columns.iter().zip(&line.cells).filter(|(_, number)| **number != Number::Impossible);
        cells.map(move |(forum, number)| {
            let name = format!("{}, {}", forum.name, ages(line.of, lang));
            let shown = number.shown().map(|count| (count, count.to_string()));
            Bar::new(name, colour(&forum.code), shown, lang)
        })
    });
    chart(text::cases(lang), &bars.collect::<Vec<_>>(), None)
}

/// Middles of days by forum, and of all.
pub(super) fn of_days(title: &'static str, middles: &Middles, lang: Lang) -> Option<impl IntoView + use<>> {
    let bar = |name: String, colour, days: Option<u32>| {
        Bar::new(name, colour, days.map(|days| (days, text::of_days(lang, days))), lang)
    };
    let each = middles.of_each.iter().map(|(forum, days)| bar(forum.name.clone(), colour(&forum.code), *days));
    let all = (middles.of_each.len() > 1).then(|| bar(text::all(lang).to_owned(), "", middles.of_all));
    chart(title, &each.chain(all).collect::<Vec<_>>(), None)
}

/// The share of the first column by unit; none without units.
pub(super) fn of_units<C>(
    title: &'static str,
    units: &Grid<NamedUnit, C>,
    lang: Lang,
) -> Option<impl IntoView + use<C>> {
    let bars = units.lines.iter().map(|line| {
        let shown = line.share(0).map(|share| (u32::from(share), text::per_cent(lang, share)));
        Bar::new(line.of.name.clone(), "", shown, lang)
    });
    chart(title, &bars.collect::<Vec<_>>(), Some(100))
}

/// Bars under each other, the longest as long as `most`.
fn chart(title: &'static str, bars: &[Bar], most: Option<u32>) -> Option<impl IntoView + use<>> {
    if bars.is_empty() {
        return None;
    }
    let most = most.or_else(|| bars.iter().filter_map(|bar| bar.length).max()).unwrap_or(0).max(1);
    let rows: Vec<AnyView> = bars
        .iter()
        .scan(0.0, |top, bar| {
            let row = row(bar, *top, most).into_any();
            *top += ROW;
            Some(row)
        })
        .collect();
    let height = bars.iter().fold(0.0, |height, _| height + ROW);
    Some(view! {
        <svg class="chart bars" role="img" aria-label=title viewBox=format!("0 0 {WIDTH} {height}")>
            {rows}
        </svg>
    })
}

fn row(bar: &Bar, top: f64, most: u32) -> impl IntoView + use<> {
    let long = bar.length.map(|length| f64::from(length) * LONGEST / f64::from(most));
    let rect = long.map(|long| {
        view! { <rect class="full" x="0" y=at(top + 20.0) width=at(long) height="16"/> }
    });
    let said = long.map_or(0.0, |long| long + 6.0);
    view! {
        <g class=format!("of {}", bar.colour)>
            <text class="name" x="0" y=at(top + 14.0)>{bar.name.clone()}</text>
            {rect}
            <text x=at(said) y=at(top + 33.0)>{bar.said.clone()}</text>
        </g>
    }
}

/// A length, as an attribute holds it.
fn at(length: f64) -> String {
    format!("{length:.1}")
}
