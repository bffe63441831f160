//! Who gets what, before the invitations go out.

use backend::view::agenda::{Preview, PreviewedRecipient};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{board::seen, head, problem_of_a_button};
use crate::{
    api::agenda::PublishMeeting,
    components::{Chip, Crumbs, Form, Note, Title, Tone},
    path,
    request::lang,
    text::{
        Lang, agendas as text,
        date::{capitalised, clock_span, weekday_day},
        words,
    },
};

pub(super) fn preview(preview: Preview) -> impl IntoView {
    let lang = lang();
    let meeting = preview.meeting.id;
    let day = capitalised(&weekday_day(preview.meeting.starts.date(), lang));
    let send = match preview.new_recipients() {
        0 => None,
        1 => Some(text::send_one(lang).to_owned()),
        count => Some(text::send_to(lang, count)),
    };
    let none = send.is_none().then(|| view! { <p>{text::all_called(lang)}</p> });
    let send = send.map(|words| {
        view! {
            <Form to=PublishMeeting::PATH class="btns" summary=false>
                {seen(meeting, preview.stamp.clone())}
                <button class="btn primary">{words}</button>
                <a class="btn" href=path::meeting(meeting)>{words::back(lang)}</a>
            </Form>
        }
    });
    let vacant = (!preview.vacant.is_empty()).then(|| {
        let units = preview.vacant.join(", ");
        view! { <Note tone=Tone::Warn>{text::nobody_comes_from(lang)}" "{units}</Note> }
    });
    let head = head(&preview.meeting, ());
    let rows = preview.recipients.into_iter().map(|one| recipient(one, lang)).collect_view();
    let letter = preview.letter.body.split("\n\n").map(|part| view! { <p>{part.to_owned()}</p> }).collect_view();
    view! {
        <Title text=text::who_gets_what(lang)/>
        <Crumbs steps=vec![(path::meeting(meeting), day)]/>
        {head}
        {problem_of_a_button()}
        {vacant}
        <section class="sheet">
            <h2 class="title">{text::who_gets_what(lang)}</h2>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::who(lang)}</th>
                        <th scope="col">{text::unit(lang)}</th>
                        <th scope="col">{text::own_times(lang)}</th>
                        <th scope="col">{text::invitation(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
        <section class="sheet block near">
            <h2>{text::letter(lang)}</h2>
            <p><b>{preview.letter.subject}</b></p>
            {letter}
            <p class="hint">{text::preview_lead(lang)}</p>
        </section>
        {none}
        {send}
    }
}

fn recipient(one: PreviewedRecipient, lang: Lang) -> impl IntoView {
    let times: Vec<String> = one.slots.iter().map(|(from, to)| clock_span(from.time(), to.time())).collect();
    let times = if times.is_empty() { text::whole_meeting(lang).to_owned() } else { times.join(", ") };
    let name = if one.deputy { format!("{} ({})", one.name, text::deputy_for_holder(lang)) } else { one.name };
    let (tone, state) = if one.invited { (Tone::Plain, text::already(lang)) } else { (Tone::Info, text::new(lang)) };
    let unit = if one.function.is_empty() { one.unit } else { format!("{}, {}", one.unit, one.function) };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=text::unit(lang)>{unit}</td>
            <td data-label=text::own_times(lang)>{times}</td>
            <td data-label=text::invitation(lang)><Chip tone text=state/></td>
        </tr>
    }
}
