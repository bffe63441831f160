//! The municipality's register: forums, units, seats, series and closed days. No page here tells of any case.

mod calendars;
mod closed_days;
mod forum;
mod mandates;
mod overview;
mod seat;
mod seats;
mod series;
mod unit;

pub use calendars::CalendarAddressesPage;
pub use closed_days::ClosedDaysPage;
pub use forum::{ForumPage, NewForumPage};
pub use mandates::{MandatePage, MandatesPage};
pub use overview::OverviewPage;
pub use seat::SeatPage;
pub use series::SeriesPage;
pub use unit::{NewUnitPage, UnitPage};

use backend::view::routing::ForumName;
use leptos::prelude::*;

use crate::{
    path,
    text::{Lang, municipality as text, words},
};

/// The class that gives a forum its colour.
pub(super) fn colour(code: &str) -> &'static str {
    if code == "family" { "family" } else { "" }
}

/// "Familjecentralen · 0–12 år" in the forum's colour.
pub(super) fn forum_line(forum: &ForumName, lang: Lang) -> impl IntoView + use<> {
    let ages = text::ages(lang, forum.age_from, forum.age_to);
    let line = text::forum_line(lang, &forum.name, &ages);
    view! { <span class=format!("forum {}", colour(&forum.code))>{line}</span> }
}

/// The first step of the way here.
fn crumb(lang: Lang) -> (String, String) {
    (path::MUNICIPALITY.to_owned(), text::title(lang).to_owned())
}

/// Cancel and a way back, beside a form's button.
fn way_back(to: String, lang: Lang) -> impl IntoView + use<> {
    view! { <a class="btn" href=to>{words::cancel(lang)}</a> }
}
