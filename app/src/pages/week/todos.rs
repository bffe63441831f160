//! "Behöver dig": one line each, with the step that settles it.

use backend::view::week::{Todo, WeekPage};
use chrono::NaiveDate;
use domain::{id::MinutesId, needs::Need};
use leptos::prelude::*;

use crate::{
    path,
    text::{Lang, date, proposal as asks, week as text},
};

/// What needs the reader, or that nothing does.
pub fn todos(week: &WeekPage, lang: Lang) -> impl IntoView + use<> {
    let lines = week.todos.iter().map(|todo| line(&Line::of(todo, week.today, lang))).collect_view();
    let body = if week.todos.is_empty() {
        view! {
            <div class="block">
                <p>{text::nothing_needed(lang)}</p>
                <p class="hint">{text::nothing_needed_more(lang)}</p>
            </div>
        }
        .into_any()
    } else {
        view! { <ul class="need">{lines}</ul> }.into_any()
    };
    view! {
        <section class="sheet need" aria-labelledby="needs-you">
            <h2 id="needs-you">{text::needs_you(lang)}</h2>
            {body}
        </section>
    }
}

/// A line: how pressing, what, more of it, and where it is settled.
struct Line {
    /// Class and sign of the dot.
    dot: (&'static str, &'static str),
    words: String,
    more: Option<String>,
    step: (String, &'static str),
}

const PRESSING: (&str, &str) = ("no", "✕");
const WAITS: (&str, &str) = ("no", "!");
const MOVES: (&str, &str) = ("ask", "↗");
const ASKS: (&str, &str) = ("ask", "?");

impl Line {
    fn of(todo: &Todo, today: NaiveDate, lang: Lang) -> Self {
        let near = |day: &NaiveDate| date::day_month(*day, lang);
        let whole = |day: &NaiveDate| date::weekday_day_near(*day, today, lang);
        match todo {
            Todo::Case { case, reference, need, forum, unit } => {
                let names = (forum.as_deref().unwrap_or_default(), unit.as_deref().unwrap_or_default());
                let (dot, words, more) = case_words(reference, need, names, lang);
                let step = match need {
                    Need::OtherForum { .. } | Need::NoForum { .. } => (path::case(case), text::act_case(lang)),
                    _ => (path::case_consent(case), text::act_record(lang)),
                };
                Self { dot, words, more, step }
            }
            Todo::Acknowledge { case, reference, on } => Self {
                dot: ASKS,
                words: text::acknowledge(lang, reference),
                more: Some(text::acknowledge_more(lang, &near(on))),
                step: (path::case(case), text::act_read(lang)),
            },
            Todo::ProposalReturned { case, reference } => Self {
                dot: WAITS,
                words: asks::came_back(lang, reference),
                more: Some(asks::came_back_more(lang).to_owned()),
                step: (path::case(case), text::act_case(lang)),
            },
            Todo::Proposed { meeting, on, count } => Self {
                dot: ASKS,
                words: match count {
                    1 => asks::one_proposed(lang, &near(on)),
                    more => asks::proposed(lang, *more, &near(on)),
                },
                more: None,
                step: (path::meeting(meeting), asks::to_agenda(lang)),
            },
            Todo::HandOut { case, reference } => Self {
                dot: WAITS,
                words: text::hand_out(lang, reference),
                more: Some(text::hand_out_more(lang).to_owned()),
                step: (path::case(case), text::act_answer(lang)),
            },
            Todo::Publish { meeting, on, forum } => Self {
                dot: WAITS,
                words: text::publish(lang, forum, &whole(on)),
                more: None,
                step: (path::meeting(meeting), text::act_publish(lang)),
            },
            Todo::NoAnswer { meeting, on, unit } => Self {
                dot: ASKS,
                words: text::no_answer(lang, unit, &near(on)),
                more: None,
                step: (path::meeting(meeting), text::act_meeting(lang)),
            },
            Todo::Answer { meeting, on, forum } => Self {
                dot: ASKS,
                words: text::answer(lang, forum, &whole(on)),
                more: None,
                step: (path::meeting(meeting), text::act_answer(lang)),
            },
            Todo::Returned { meeting, reference, on } => Self {
                dot: WAITS,
                words: text::returned(lang, reference, &near(on)),
                more: None,
                step: (path::meeting_room(meeting), text::act_write(lang)),
            },
            Todo::Unwritten { meeting, reference, on } => Self {
                dot: ASKS,
                words: text::unwritten(lang, reference, &near(on)),
                more: None,
                step: (path::meeting_room(meeting), text::act_write(lang)),
            },
            Todo::ReviewAccessLog { last } => Self {
                dot: ASKS,
                words: text::access_log(lang).to_owned(),
                more: Some(last.map_or_else(
                    || text::access_log_first(lang).to_owned(),
                    |last| text::access_log_more(lang, &near(&last)),
                )),
                step: (path::ACCESS_LOG.to_owned(), text::act_access_log(lang)),
            },
            Todo::News { minutes, case: _, reference, on } => {
                Self::read(*minutes, text::news(lang, reference, &near(on)), lang)
            }
            Todo::Handed { minutes, case: _, reference, on } => {
                Self::read(*minutes, text::handed(lang, reference, &near(on)), lang)
            }
            Todo::Review { oldest, addendum, count, days } => Self {
                dot: if *days > 7 { WAITS } else { ASKS },
                words: match (count, addendum) {
                    (1, true) => text::review_addendum(lang).to_owned(),
                    (1, false) => text::review_one(lang).to_owned(),
                    (more, _) => text::review(lang, *more),
                },
                more: (*days > 1).then(|| text::review_more(lang, *days)),
                step: (if *addendum { path::minutes(oldest) } else { path::review(oldest) }, text::act_review(lang)),
            },
        }
    }

    /// Minutes to be read.
    fn read(minutes: MinutesId, words: String, lang: Lang) -> Self {
        Self { dot: ASKS, words, more: None, step: (path::minutes(minutes), text::act_minutes(lang)) }
    }
}

type CaseWords = ((&'static str, &'static str), String, Option<String>);

fn case_words(reference: &str, need: &Need, (forum, unit): (&str, &str), lang: Lang) -> CaseWords {
    let near = |day: &NaiveDate| date::day_month(*day, lang);
    match need {
        Need::EndsBeforeMeeting { ends_on, meeting_on } => {
            (PRESSING, text::ends_before(lang, reference, &near(ends_on), &near(meeting_on)), None)
        }
        Need::NothingHolds { meeting_on } => (
            PRESSING,
            text::nothing_holds(lang, reference, &near(meeting_on)),
            Some(text::nothing_holds_more(lang).to_owned()),
        ),
        Need::OtherForum { meeting_on, .. } => (
            MOVES,
            text::other_forum(lang, reference, forum, &near(meeting_on)),
            Some(text::other_forum_more(lang).to_owned()),
        ),
        Need::NoForum { meeting_on } => {
            (WAITS, text::no_forum(lang, reference, &near(meeting_on)), Some(text::no_forum_more(lang).to_owned()))
        }
        Need::AnswerMissing => {
            (ASKS, text::answer_missing(lang, reference), Some(text::answer_missing_more(lang).to_owned()))
        }
        Need::Renew => (WAITS, text::renew(lang, reference), None),
        Need::EndsSoon { ends_on } => (ASKS, text::ends_soon(lang, reference, &near(ends_on)), None),
        Need::ChildMustSign { from } => {
            (MOVES, text::child_signs(lang, reference, &near(from)), Some(text::child_signs_more(lang).to_owned()))
        }
        Need::NewTable { from, .. } => {
            (MOVES, text::new_table(lang, reference, forum, &near(from)), Some(text::new_table_more(lang, unit)))
        }
        Need::ComesOfAge { on } => {
            (MOVES, text::of_age(lang, reference, &near(on)), Some(text::of_age_more(lang).to_owned()))
        }
    }
}

fn line(line: &Line) -> impl IntoView + use<> {
    let more = line.more.clone().map(|more| view! { <small>{more}</small> });
    view! {
        <li>
            <span class=format!("dot {}", line.dot.0) aria-hidden="true">{line.dot.1}</span>
            <span>{line.words.clone()}{more}</span>
            <a class="btn" href=line.step.0.clone()>{line.step.1}</a>
        </li>
    }
}
