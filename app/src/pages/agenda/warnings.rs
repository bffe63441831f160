//! What to look at before invitations go out, each with the way to what solves it.

use backend::view::agenda::{CaseItem, Warning};
use chrono::NaiveDateTime;
use domain::id::{ForumId, MeetingId};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::board::seen;
use crate::{
    api::{
        agenda::{CarryOver, ShortenItems},
        invitation::AskDeputy,
    },
    components::{Form, Note, Press, Tone},
    path,
    text::{
        Lang, agendas as text,
        date::{clock, day_month, weekday_day},
        proposal as asks, series as series_text,
    },
};

/// The warnings of a meeting's board; none where there is nothing.
pub(super) fn warnings(
    all: &[Warning],
    (forum, meeting): (ForumId, MeetingId),
    stamp: &str,
    draft: bool,
    lang: Lang,
) -> Option<impl IntoView + use<>> {
    let lead = match (all.len(), draft) {
        (0, _) => return None,
        (1, true) => text::before_sending_one(lang).to_owned(),
        (count, true) => text::before_sending(lang, count),
        (1, false) => text::to_see_to_one(lang).to_owned(),
        (count, false) => text::to_see_to(lang, count),
    };
    let lines = all.iter().map(|warning| {
        let (words, solved_by) = line(warning, forum, meeting, lang);
        let solved_by = solved_by.map(|(to, action)| view! { " "<a href=to>{action}</a> });
        let solved_by = match warning {
            Warning::Declined { unit, deputy: Some(name), .. } => {
                let fields = vec![("meeting", meeting.to_string()), ("unit", unit.to_string())];
                let words = text::ask_deputy(lang, name);
                let key = format!("ask-{}", unit.uuid().simple());
                Some(view! { " "<Press to=AskDeputy::PATH key fields words class="btn small"/> }.into_any())
            }
            Warning::OtherForum { of } => Some(carry(of, meeting, stamp.to_owned(), lang).into_any()),
            _ => solved_by.map(IntoAny::into_any),
        };
        let shorten = matches!(warning, Warning::DoesNotFit { .. }).then(|| shorten(meeting, stamp.to_owned(), lang));
        view! { <li>{words}"."{shorten}{solved_by}</li> }
    });
    let lines = lines.collect_view();
    Some(view! {
        <Note tone=Tone::Warn>
            {lead}
            <ul class="warnings">{lines}</ul>
        </Note>
    })
}

/// One press that makes the items fit.
fn shorten(meeting: MeetingId, stamp: String, lang: Lang) -> impl IntoView {
    view! {
        " "
        <Form to=ShortenItems::PATH class="inline" summary=false>
            {seen(meeting, stamp)}
            <button class="btn small">{text::shorten(lang)}</button>
        </Form>
    }
}

/// One press that moves a case to the meeting it belongs on.
fn carry(of: &CaseItem, meeting: MeetingId, stamp: String, lang: Lang) -> impl IntoView + use<> {
    let item = of.item.to_string();
    view! {
        " "
        <Form to=CarryOver::PATH key=format!("right-{}", of.item.uuid().simple()) class="inline" summary=false>
            {seen(meeting, stamp)}
            <input type="hidden" name="item" value=item/>
            <button class="btn small">{asks::carry_right(lang)}</button>
        </Form>
    }
}

type Action = Option<(String, &'static str)>;

fn line(warning: &Warning, forum: ForumId, meeting: MeetingId, lang: Lang) -> (String, Action) {
    let consent = |of: &CaseItem| Some((path::case_consent(of.case), text::to_consent(lang)));
    let case = |of: &CaseItem| Some((path::case(of.case), text::to_case(lang)));
    let other = |meeting: &MeetingId| Some((path::meeting(*meeting), text::to_other(lang)));
    let change = || Some((path::move_meeting(meeting), text::to_change(lang)));
    let seats = || Some((path::forum(forum), text::to_seats(lang)));
    match warning {
        Warning::EndsBefore { of, last } => {
            (text::ends_before(lang, &of.reference, &day_month(*last, lang)), consent(of))
        }
        Warning::NoConsent { of } => (text::no_consent(lang, &of.reference), consent(of)),
        Warning::OtherForum { of } => (text::other_forum(lang, &of.reference), case(of)),
        Warning::FamilyWaits { of, comes, starts } => {
            (asks::family_waits(lang, &of.reference, &clock(*comes), &clock(*starts)), None)
        }
        Warning::Uncovered { of, units } => (text::uncovered(lang, &of.reference, &units.join(", ")), consent(of)),
        Warning::NoQuorum { of, missing } => {
            (text::no_quorum(lang, text::side(*missing, lang), &of.reference), consent(of))
        }
        Warning::OnAnother { of, meeting, starts } => {
            (text::on_another(lang, &of.reference, &when(*starts, lang)), other(meeting))
        }
        Warning::DoubleBooked { name, meeting, starts } => {
            (text::double_booked(lang, name, &when(*starts, lang)), other(meeting))
        }
        Warning::FreeDay { reason, name } => {
            (text::free_day(lang, &series_text::skip_reason(*reason, name.as_deref(), lang)), change())
        }
        Warning::DoesNotFit { minutes } => (text::does_not_fit(lang, *minutes), change()),
        Warning::Declined { name, partly, deputy, .. } => {
            let said = if *partly { text::cannot_come(lang, name) } else { text::nobody_comes_of(lang, name) };
            let left = if deputy.is_none() { format!(". {}", text::nobody_left(lang)) } else { String::new() };
            (said + &left, None)
        }
        Warning::Vacant { unit } => (text::vacant(lang, unit), seats()),
    }
}

fn when(starts: NaiveDateTime, lang: Lang) -> String {
    format!("{} {}", weekday_day(starts.date(), lang), clock(starts.time()))
}
