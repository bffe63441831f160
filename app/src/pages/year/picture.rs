//! The pictures of a year, as SVG. What they show stands in the tables too; colour never tells anything alone.

use backend::view::year::{ForumYear, YearMeeting, YearPage as Shown};
use chrono::NaiveDate;
use domain::{meeting::MeetingState, time::IsoWeek};
use leptos::prelude::*;

use crate::{
    pages::municipality::colour,
    text::{Lang, date, year as text},
};

/// How wide a picture is, in its own measure; the days of the year share it.
const WIDTH: f64 = 1_000.0;
/// How high the names of the months stand.
const HEAD: f64 = 24.0;
/// How high a forum's row is, with its name.
const ROW: f64 = 58.0;
/// How high a chart is, without its name and what stands under it.
const CHART: f64 = 90.0;

/// A length, as an attribute holds it.
fn at(length: f64) -> String {
    format!("{length:.1}")
}

/// Where a day begins from left to right.
fn x(shown: &Shown, on: NaiveDate) -> f64 {
    let days = |span: chrono::TimeDelta| f64::from(i32::try_from(span.num_days()).unwrap_or(0));
    let all = days(shown.year.last() - shown.year.first()) + 1.0;
    (days(on - shown.year.first()) * WIDTH / all).clamp(0.0, WIDTH)
}

/// The months' names and lines, the breaks behind, and today.
fn ground(shown: &Shown, height: f64, lang: Lang) -> impl IntoView + use<> {
    let months = shown
        .year
        .months()
        .map(|month| {
            let left = x(shown, month);
            let name: String = date::month_name(month, lang).chars().take(3).collect();
            view! {
                <line class="rule" x1=at(left) x2=at(left) y1="0" y2=at(height)/>
                <text x=at(left + 4.0) y="14">{name}</text>
            }
        })
        .collect_view();
    let breaks = shown
        .closed
        .iter()
        .map(|span| {
            let (left, right) = (x(shown, span.from), x(shown, span.until.succ_opt().unwrap_or(span.until)));
            let said = format!("{}, {}", span.name, date::day_span(span.from, span.until, lang));
            view! {
                <rect class="break" x=at(left) y=at(HEAD) width=at((right - left).max(1.5)) height=at(height - HEAD)>
                    <title>{said}</title>
                </rect>
            }
        })
        .collect_view();
    let now = (shown.year.first() <= shown.today && shown.today <= shown.year.last()).then(|| {
        let left = x(shown, shown.today);
        view! {
            <line class="today" x1=at(left) x2=at(left) y1="18" y2=at(height)>
                <title>{text::today(lang)}</title>
            </line>
        }
    });
    view! { {breaks} {months} {now} }
}

/// When the forums meet.
pub(super) fn meetings(shown: &Shown, lang: Lang) -> impl IntoView + use<> {
    let mut top = HEAD;
    let rows: Vec<AnyView> = shown
        .forums
        .iter()
        .map(|forum| {
            let row = row(shown, forum, top, lang);
            top += ROW;
            row.into_any()
        })
        .collect();
    let height = top;
    view! {
        <svg class="chart" role="img" aria-label=text::meetings(lang) viewBox=format!("0 0 {WIDTH} {height}")>
            {ground(shown, height, lang)}
            {rows}
        </svg>
    }
}

fn row(shown: &Shown, forum: &ForumYear, top: f64, lang: Lang) -> impl IntoView + use<> {
    let marks =
        forum.meetings.iter().map(|meeting| mark(meeting, x(shown, meeting.on), top + 24.0, lang)).collect_view();
    view! {
        <g class=format!("of {}", colour(&forum.forum.code))>
            <text class="name" x="4" y=at(top + 16.0)>{forum.forum.name.clone()}</text>
            {marks}
        </g>
    }
}

/// A meeting: full where it was held, a frame while it is planned, crossed where it was cancelled.
fn mark(meeting: &YearMeeting, left: f64, top: f64, lang: Lang) -> impl IntoView + use<> {
    let said = format!("{}, {}", date::weekday_day(meeting.on, lang), state(meeting.state, lang));
    if meeting.state == MeetingState::Cancelled {
        let (right, bottom) = (left + 8.0, top + 17.0);
        return view! {
            <g class="cancelled">
                <title>{said}</title>
                <line x1=at(left) y1=at(top + 9.0) x2=at(right) y2=at(bottom)/>
                <line x1=at(left) y1=at(bottom) x2=at(right) y2=at(top + 9.0)/>
            </g>
        }
        .into_any();
    }
    let class = if meeting.state == MeetingState::Held { "full" } else { "frame" };
    view! {
        <rect class=class x=at(left) y=at(top) width="8" height="26" rx="2">
            <title>{said}</title>
        </rect>
    }
    .into_any()
}

/// What became of a meeting, in a word.
pub(super) const fn state(state: MeetingState, lang: Lang) -> &'static str {
    match state {
        MeetingState::Held | MeetingState::Running => text::held(lang),
        MeetingState::Draft | MeetingState::Published => text::planned(lang),
        MeetingState::Cancelled => text::cancelled(lang),
    }
}

/// How full the meetings of each forum are.
pub(super) fn load(shown: &Shown, told: &[&ForumYear], lang: Lang) -> impl IntoView + use<> {
    let each = CHART + 50.0;
    let charts: Vec<AnyView> = told
        .iter()
        .scan(HEAD, |top, forum| {
            let chart = load_of(shown, forum, *top, lang).into_any();
            *top += each;
            Some(chart)
        })
        .collect();
    let height = told.iter().fold(HEAD, |height, _| height + each);
    view! {
        <svg class="chart" role="img" aria-label=text::load(lang) viewBox=format!("0 0 {WIDTH} {height}")>
            {ground(shown, height, lang)}
            {charts}
        </svg>
    }
}

fn load_of(shown: &Shown, forum: &ForumYear, top: f64, lang: Lang) -> impl IntoView + use<> {
    let held = || forum.meetings.iter().filter(|meeting| meeting.state != MeetingState::Cancelled);
    let most = held().map(|one| one.planned.unwrap_or(0).max(one.minutes.into())).max().unwrap_or(0).max(1);
    let base = top + 24.0 + CHART;
    let tall = move |minutes: u32| f64::from(minutes) * CHART / f64::from(most);
    let bars = held()
        .map(|meeting| {
            let left = x(shown, meeting.on);
            let (whole, planned) = (u32::from(meeting.minutes), meeting.planned.unwrap_or(0));
            let (within, over) = (planned.min(whole), planned.saturating_sub(whole));
            let over = (over > 0).then(|| {
                let y = base - tall(planned);
                view! { <rect class="over" x=at(left) y=at(y) width="10" height=at(tall(over))/> }
            });
            view! {
                <g>
                    <title>{format!("{}: {}", date::weekday_day(meeting.on, lang), of(meeting, lang))}</title>
                    <rect class="frame" x=at(left) y=at(base - tall(whole)) width="10" height=at(tall(whole))/>
                    <rect class="full" x=at(left) y=at(base - tall(within)) width="10" height=at(tall(within))/>
                    {over}
                </g>
            }
        })
        .collect_view();
    // Every fourth week by its number.
    let fits = |week: &IsoWeek| week.first_day() >= shown.year.first() && x(shown, week.first_day()) < WIDTH - 40.0;
    let weeks = shown.year.weeks().step_by(4).filter(fits);
    let weeks = weeks.map(|week| week_number(shown, week, base + 15.0, lang)).collect_view();
    view! {
        <g class=format!("of {}", colour(&forum.forum.code))>
            <text class="name" x="4" y=at(top + 16.0)>{forum.forum.name.clone()}</text>
            <line class="rule" x1="0" x2=at(WIDTH) y1=at(base) y2=at(base)/>
            {bars}
            {weeks}
        </g>
    }
}

fn week_number(shown: &Shown, week: IsoWeek, y: f64, lang: Lang) -> impl IntoView + use<> {
    let said = date::week_short(week.first_day(), lang);
    view! { <text x=at(x(shown, week.first_day()) + 2.0) y=at(y)>{said}</text> }
}

/// "90 av 120 min".
pub(super) fn of(meeting: &YearMeeting, lang: Lang) -> String {
    match meeting.planned {
        None => text::not_told(lang).to_owned(),
        Some(planned) => {
            let over = planned.saturating_sub(meeting.minutes.into());
            let said = text::of(lang, planned, meeting.minutes);
            if over > 0 { format!("{said}, {}", text::too_much(lang, over)) } else { said }
        }
    }
}

/// How long cases waited, month by month.
pub(super) fn waiting(shown: &Shown, told: &[&ForumYear], lang: Lang) -> impl IntoView + use<> {
    let most = told.iter().flat_map(|forum| &forum.waited).map(|one| one.longest).max().unwrap_or(0).max(1);
    let base = HEAD + CHART + 20.0;
    let height = base + 8.0;
    let tall = move |days: u32| f64::from(days) * CHART / f64::from(most);
    let bars: Vec<AnyView> = told
        .iter()
        .scan(8.0, |shift, forum| {
            let bars = forum
                .waited
                .iter()
                .map(|one| {
                    let left = x(shown, one.month) + *shift;
                    let (middle, longest) = (base - tall(one.median), base - tall(one.longest));
                    view! {
                        <g>
                            <rect class="full" x=at(left) y=at(middle) width="20" height=at(tall(one.median))/>
                            <line class="longest" x1=at(left) x2=at(left + 20.0) y1=at(longest) y2=at(longest)/>
                            <line class="reach" x1=at(left + 10.0) x2=at(left + 10.0) y1=at(longest) y2=at(middle)/>
                            <text x=at(left) y=at(longest - 4.0)>{one.longest.to_string()}</text>
                        </g>
                    }
                })
                .collect_view();
            *shift += 26.0;
            Some(view! { <g class=format!("of {}", colour(&forum.forum.code))>{bars}</g> }.into_any())
        })
        .collect();
    view! {
        <svg class="chart" role="img" aria-label=text::waiting(lang) viewBox=format!("0 0 {WIDTH} {height}")>
            {ground(shown, height, lang)}
            <line class="rule" x1="0" x2=at(WIDTH) y1=at(base) y2=at(base)/>
            {bars}
        </svg>
        <ul class="legend-list">{told.iter().map(|forum| forum_sign(forum)).collect_view()}</ul>
    }
}

fn forum_sign(forum: &ForumYear) -> impl IntoView + use<> {
    let sign = view! { <rect class="full" x="1" y="1" width="14" height="14" rx="2"/> };
    sign_of(colour(&forum.forum.code), sign, forum.forum.name.clone())
}

/// What the signs of the year mean.
pub(super) fn legend(lang: Lang) -> impl IntoView {
    view! {
        <ul class="legend-list" aria-label=text::legend(lang)>
            {sign_of("", view! { <rect class="full" x="4" y="1" width="8" height="14" rx="2"/> }, text::held(lang).to_owned())}
            {sign_of("", view! { <rect class="frame" x="4" y="1" width="8" height="14" rx="2"/> }, text::planned(lang).to_owned())}
            {sign_of("", crossed(), text::cancelled(lang).to_owned())}
            {sign_of("", view! { <rect class="break" x="0" y="0" width="16" height="16"/> }, text::a_break(lang).to_owned())}
        </ul>
    }
}

/// What the signs of the load mean.
pub(super) fn legend_of_load(lang: Lang) -> impl IntoView {
    view! {
        <ul class="legend-list" aria-label=text::legend(lang)>
            {sign_of("", view! { <rect class="full" x="3" y="1" width="10" height="14"/> }, text::full(lang).to_owned())}
            {sign_of("", view! { <rect class="frame" x="3" y="1" width="10" height="14"/> }, text::free(lang).to_owned())}
            {sign_of("", view! { <rect class="over" x="3" y="1" width="10" height="14"/> }, text::over(lang).to_owned())}
        </ul>
    }
}

fn crossed() -> impl IntoView {
    view! { <g class="cancelled"><line x1="4" y1="4" x2="12" y2="12"/><line x1="4" y1="12" x2="12" y2="4"/></g> }
}

fn sign_of<S: IntoView>(of: &'static str, sign: S, words: String) -> impl IntoView + use<S> {
    view! {
        <li>
            <svg class="sign" aria-hidden="true" viewBox="0 0 16 16"><g class=format!("of {of}")>{sign}</g></svg>
            " "
            {words}
        </li>
    }
}
