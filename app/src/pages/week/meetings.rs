//! A card for each meeting of the week, its time laid out as a strip.

use backend::view::week::{Block, BlockKind, WeekMeeting, WeekPage};
use domain::meeting::{InvitationAnswer, MeetingState};
use leptos::prelude::*;

use crate::{
    path,
    text::{Lang, date, week as text},
};

/// The cards of a week.
pub fn cards(week: &WeekPage, lang: Lang) -> impl IntoView + use<> {
    let cards = week.meetings.iter().map(|meeting| card(meeting, week, lang)).collect_view();
    view! { <div class="pair">{cards}</div> }
}

fn card(meeting: &WeekMeeting, week: &WeekPage, lang: Lang) -> impl IntoView + use<> {
    let family = if meeting.forum_code == "family" { " family" } else { "" };
    let forum = format!("{} · {}", meeting.forum, text::ages(lang, meeting.ages.0, meeting.ages.1));
    let when = format!(
        "{}, {}",
        date::capitalised(&date::weekday_day_near(meeting.starts.date(), week.today, lang)),
        date::clock(meeting.starts.time())
    );
    let facts = facts(meeting, week, lang).into_iter().map(|fact| view! { <span>{fact}</span> }).collect_view();
    view! {
        <section class=format!("sheet meet{family}")>
            <span class=format!("forum{family}")>{forum}</span>
            <h2>
                <a href=path::meeting(meeting.id)>{when}</a>
            </h2>
            {strip(&meeting.blocks, meeting.answers.is_some() || meeting.state == MeetingState::Draft, lang)}
            <p class="rows">{facts}</p>
        </section>
    }
}

fn strip(blocks: &[Block], arranges: bool, lang: Lang) -> Option<impl IntoView + use<>> {
    if blocks.is_empty() {
        return None;
    }
    let items = blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Free | BlockKind::Over)).count();
    let rest = blocks.iter().rev().find(|block| matches!(block.kind, BlockKind::Free | BlockKind::Over));
    let label = match rest {
        Some(Block { minutes, kind: BlockKind::Over }) => text::strip_over(lang, items, *minutes),
        Some(Block { minutes, .. }) => text::strip(lang, items, *minutes),
        None if arranges => text::strip(lang, items, 0),
        None => text::strip_own(lang, items),
    };
    let parts = blocks.iter().map(|block| part(block, lang)).collect_view();
    Some(view! { <div class="strip" role="img" aria-label=label>{parts}</div> })
}

fn part(block: &Block, lang: Lang) -> impl IntoView + use<> {
    // The style sheet has widths in steps of five minutes.
    let width = (block.minutes.div_ceil(5) * 5).clamp(5, 120);
    let (tone, words) = match &block.kind {
        BlockKind::General => ("g", String::new()),
        BlockKind::Case { reference, holds: true, .. } => ("", reference.clone()),
        BlockKind::Case { reference, held_today: true, .. } => ("w", reference.clone()),
        BlockKind::Case { reference, .. } => ("s", reference.clone()),
        BlockKind::Anonymous => ("s", text::anonymous_short(lang).to_owned()),
        BlockKind::Free => ("free", block.minutes.to_string()),
        BlockKind::Over => ("over", format!("+{}", block.minutes)),
    };
    view! { <i class=format!("{tone} m-{width}")>{words}</i> }
}

fn facts(meeting: &WeekMeeting, week: &WeekPage, lang: Lang) -> Vec<String> {
    let mut facts = vec![content(meeting, lang)];
    match meeting.state {
        MeetingState::Draft => {
            facts.push(text::draft(lang).to_owned());
            let near = (meeting.starts.date() - week.today).num_days() <= 4;
            facts.push(if near { text::publish_today(lang) } else { text::not_published(lang) }.to_owned());
        }
        MeetingState::Published => {
            facts.extend(meeting.answers.map(|(answered, invited)| text::answered(lang, answered, invited)));
            let sent = meeting.published_on.filter(|_| meeting.answers.is_some());
            facts.extend(sent.map(|day| text::published_on(lang, &date::day_month(day, lang))));
        }
        MeetingState::Running => facts.push(text::running(lang).to_owned()),
        MeetingState::Held => facts.push(text::held(lang).to_owned()),
        MeetingState::Cancelled => facts.push(text::cancelled(lang).to_owned()),
    }
    if meeting.state == MeetingState::Published {
        facts.extend(meeting.own_answer.map(|answer| own(answer, lang).to_owned()));
    }
    facts.retain(|fact| !fact.is_empty());
    facts
}

fn content(meeting: &WeekMeeting, lang: Lang) -> String {
    let cases = match meeting.cases {
        0 => String::new(),
        1 => text::cases_one(lang).to_owned(),
        count => text::cases(lang, count),
    };
    let anonymous = match meeting.anonymous {
        0 => String::new(),
        1 => text::anonymous_one(lang).to_owned(),
        count => text::anonymous(lang, count),
    };
    match (cases.is_empty(), anonymous.is_empty()) {
        (false, false) => format!("{cases}, {anonymous}"),
        (true, true) if meeting.blocks.iter().all(|block| block.kind == BlockKind::Free) => {
            text::no_items(lang).to_owned()
        }
        _ => format!("{cases}{anonymous}"),
    }
}

const fn own(answer: InvitationAnswer, lang: Lang) -> &'static str {
    match answer {
        InvitationAnswer::Pending => text::answer_please(lang),
        InvitationAnswer::Coming => text::you_come(lang),
        InvitationAnswer::Deputy => text::deputy_comes(lang),
        InvitationAnswer::Declined => text::you_decline(lang),
    }
}
