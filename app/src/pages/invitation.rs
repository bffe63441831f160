//! The page a letter's link leads to, without signing in. Opening it changes nothing; its buttons do (rule 50).

use backend::view::invitation::{InvitationPage as Shown, by_link};
use domain::meeting::MeetingState;
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::agenda::{answer_buttons, answered, calendar_file, times_to_choose};
use crate::{
    api::invitation::AnswerByLink,
    components::{Form, Title},
    path,
    problem::Problem,
    request::{open_page, param},
    text::{
        Lang, agendas as text,
        date::{capitalised, clock_span, weekday_day},
    },
};

/// The answer page of an invitation.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let token = param::<String>("token");
    open_page(move |request| async move {
        let token = token?;
        let shown = by_link(&request.backend, &token).await.map_err(Problem::from)?;
        Ok(invitation(shown, token, request.lang))
    })
}

fn invitation(shown: Shown, token: String, lang: Lang) -> impl IntoView {
    let day = capitalised(&weekday_day(shown.starts.date(), lang));
    let whole = clock_span(shown.starts.time(), shown.ends.time());
    // Who is asked to a part comes to that; the rest is beside it.
    let (span, whole) = match shown.own {
        Some((from, until)) => {
            let whole = view! { <p>{text::whole_meeting_at(lang, &whole)}</p> };
            (clock_span(from.time(), until.time()), Some(whole))
        }
        None => (whole, None),
    };
    let cancelled =
        (shown.state == MeetingState::Cancelled).then(|| view! { <p><b>{capitalised(text::cancelled(lang))}</b></p> });
    let file = shown.in_a_file.then(|| calendar_file(path::invitation_file(&token), lang));
    let answer = if shown.can_answer {
        view! {
            <p>{answered(shown.answer, lang)}</p>
            <Form to=AnswerByLink::PATH class="stack near">
                <input type="hidden" name="token" value=token/>
                {times_to_choose(&shown.items, lang)}
                <div class="btns">{answer_buttons(shown.answer, lang)}</div>
            </Form>
            {shown.has_deputy.then(|| view! { <p class="hint">{text::deputy_offered(lang)}</p> })}
        }
        .into_any()
    } else {
        view! { <p>{text::invitation_over(lang)}</p> }.into_any()
    };
    view! {
        <Title text=text::invitation(lang)/>
        <div class="head">
            <div>
                <span class="forum">{shown.forum}</span>
                <h1>{format!("{day}, {span}")}</h1>
                <p>{shown.place}</p>
            </div>
        </div>
        <section class="sheet block near">
            <h2>{text::invitation(lang)}</h2>
            <p>{text::invitation_lead(lang)}</p>
            {whole}
            {cancelled}
            {answer}
            {file}
            <p><a href=path::SIGN_IN>{text::sign_in_for_agenda(lang)}</a></p>
        </section>
    }
}
