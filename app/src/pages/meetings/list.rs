//! Meetings week by week, with the days on which none is held and why; past ones folded away.

use backend::view::meetings::{self, MeetingLine, MeetingWeek, MeetingsPage as View, SkippedDay};
use chrono::NaiveDate;
use domain::{meeting::MeetingState, time::IsoWeek};
use leptos::{either::Either, prelude::*};

use crate::{
    components::{Chip, Empty, Title, Tone},
    pages::municipality::colour,
    path,
    request::page,
    text::{Lang, date, municipality as forum_text, series as text, words, year},
};

/// The list of meetings.
#[component]
pub fn MeetingsPage() -> impl IntoView {
    page(|ask| async move {
        let view = meetings::page(&ask.backend, &ask.actor).await?;
        Ok(shown(view, ask.lang))
    })
}

fn shown(view: View, lang: Lang) -> impl IntoView {
    let View { today, weeks, behind, may_change, may_plan } = view;
    let ahead = if weeks.is_empty() {
        Either::Left(view! {
            <Empty title=text::no_meetings_title(lang)>
                <p>{text::no_meetings_text(lang)}</p>
                {may_plan
                    .then(|| view! { <a class="btn primary" href=path::MUNICIPALITY>{text::plan_meetings(lang)}</a> })}
            </Empty>
        })
    } else {
        let rows = weeks.into_iter().map(|one| week(one, today, may_change, lang)).collect_view();
        Either::Right(view! { <ol class="sheet weeks">{rows}</ol> })
    };
    let behind = (!behind.is_empty()).then(|| {
        let count = behind.len();
        let lines = behind.into_iter().map(|meeting| occasion(meeting, today, false, lang)).collect_view();
        view! {
            <details class="sheet block fold">
                <summary>{text::behind(lang, count)}</summary>
                <ul class="occasions">{lines}</ul>
            </details>
        }
    });
    view! {
        <Title text=text::meetings(lang)/>
        <div class="head">
            <div>
                <h1>{text::meetings(lang)}</h1>
                <p>{text::meetings_lead(lang)}</p>
            </div>
            <div class="btns"><a class="btn" href=path::YEAR>{year::year(lang)}</a><a class="btn" href=path::MY_CALENDAR>{words::my_calendar(lang)}</a></div>
        </div>
        {ahead}
        {behind}
    }
}

fn week(week: MeetingWeek, today: NaiveDate, may_change: bool, lang: Lang) -> impl IntoView {
    let class = if week.week == IsoWeek::of(today) { "now" } else { "" };
    let mut days: Vec<(NaiveDate, AnyView)> = Vec::new();
    for meeting in week.meetings {
        days.push((meeting.starts.date(), occasion(meeting, today, may_change, lang).into_any()));
    }
    for day in week.skipped {
        days.push((day.on, skipped(&day, today, lang).into_any()));
    }
    days.sort_by_key(|(on, _)| *on);
    let days = days.into_iter().map(|(_, view)| view).collect_view();
    view! {
        <li class=class>
            <a href=path::week(week.week)>{date::week_short(week.week.first_day(), lang)}</a>
            <ul class="occasions">{days}</ul>
        </li>
    }
}

fn occasion(meeting: MeetingLine, today: NaiveDate, may_change: bool, lang: Lang) -> impl IntoView {
    let day = date::weekday_day_near(meeting.starts.date(), today, lang);
    let when = format!("{}, {}", date::capitalised(&day), date::clock(meeting.starts.time()));
    let cancelled = meeting.state == MeetingState::Cancelled;
    let moved = meeting.moved_from.map(|from| {
        view! { <span class="soft">{text::moved_from(lang, &date::day_month(from, lang))}</span> }
    });
    let because = meeting.cancelled_because.map(|because| {
        let words = date::uncapitalised(text::cancel_reason(because, lang));
        view! { <span class="soft">{words}</span> }
    });
    let open = matches!(meeting.state, MeetingState::Draft | MeetingState::Published);
    let change = (may_change && open).then(|| {
        let label = text::move_or_cancel_of(lang, &day);
        view! { <a class="btn small quiet" href=path::move_meeting(meeting.id) aria-label=label>{words::edit(lang)}</a> }
    });
    let ages = forum_text::ages(lang, meeting.forum.age_from, meeting.forum.age_to);
    view! {
        <li>
            <span class=format!("forum {}", colour(&meeting.forum.code))>
                <abbr title=meeting.forum.name>{ages}</abbr>
            </span>
            <a class=if cancelled { "cancelled" } else { "" } href=path::meeting(meeting.id)>{when}</a>
            {moved}
            {because}
            <span class="end row">
                {change}
                <Chip tone=tone(meeting.state) text=text::state(meeting.state, lang)/>
            </span>
        </li>
    }
}

/// How good or bad a meeting's state is.
const fn tone(state: MeetingState) -> Tone {
    match state {
        MeetingState::Draft | MeetingState::Held => Tone::Plain,
        MeetingState::Published => Tone::Info,
        MeetingState::Running => Tone::Ok,
        MeetingState::Cancelled => Tone::Stop,
    }
}

fn skipped(day: &SkippedDay, today: NaiveDate, lang: Lang) -> impl IntoView + use<> {
    let why = text::skip_reason(day.reason, day.name.as_deref(), lang);
    let when = date::capitalised(&date::weekday_day_near(day.on, today, lang));
    let ages = forum_text::ages(lang, day.forum.age_from, day.forum.age_to);
    view! {
        <li>
            <span class=format!("forum {}", colour(&day.forum.code))>{ages}</span>
            <span class="soft">{when}</span>
            <span class="red-day">{text::skipped(lang, &why)}</span>
        </li>
    }
}
