//! Handing approved minutes over, and to whom they were (M6, M8).

use backend::view::{
    case::Handing,
    minutes_page::{Handed, MinutesPage as Page, Receiver},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::added::moment;
use crate::{
    api::minutes::DispatchMinutes,
    components::{Checkbox, Choices, Form},
    form::FormState,
    path,
    text::{Lang, minutes as text},
};

/// To whom they were handed over: under the text, and on paper too.
pub fn handed(page: &Page, lang: Lang) -> impl IntoView + use<> {
    let lines: Vec<_> = page.handed.iter().map(|one| line(one, lang)).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <footer class="seal">
                <b>{text::handed(lang)}</b>
                {lines}
            </footer>
        }
    })
}

/// "Skola, 26 november 2026, 14.05, av Maria Lindqvist".
fn line(one: &Handed, lang: Lang) -> impl IntoView + use<> {
    let told = text::handed_to(lang, one.to.clone(), moment(one.at, lang), one.by.clone());
    view! { <span>{told}</span> }
}

/// As a file, for the records of one's own unit.
pub fn files(page: &Page, lang: Lang) -> impl IntoView + use<> {
    let id = page.head.id;
    page.may.fetch.then(|| {
        view! {
            <section class="sheet block near screen-only">
                <h2>{text::extract(lang)}</h2>
                <p class="hint">{text::extract_hint(lang)}</p>
                <div class="btns">
                    <a class="btn" href=path::extract(id, "pdf")>{text::extract_pdf(lang)}</a>
                    <a class="btn" href=path::extract(id, "zip")>{text::extract_package(lang)}</a>
                </div>
            </section>
        }
    })
}

/// The form that hands over, for those who may; ticked are the units that lack something of it.
pub fn handing_over(page: &Page, lang: Lang) -> impl IntoView + use<> {
    let (id, seen) = (page.head.id.to_string(), page.head.revision.to_string());
    let sent = FormState::of(DispatchMinutes::PATH, "").sent;
    let some_lack = page.receivers.iter().any(|one| !one.has_all);
    // Of a case with a protected identity a colleague says yes first; the way there stands above.
    let free = matches!(page.head.on_paper, Handing::Free | Handing::Open(_));
    let receivers = page.receivers.clone();
    (free && !receivers.is_empty()).then(move || {
        let boxes = receivers.into_iter().map(|one| tick(one, lang)).collect_view();
        view! {
            <details class="fold" open=some_lack || sent>
                <summary>{text::hand_over_minutes(lang)}</summary>
                <Form to=DispatchMinutes::PATH class="stack near">
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="seen" value=seen/>
                    <Choices name="units" legend=text::hand_over_to(lang) hint=text::hand_over_hint(lang)>
                        {boxes}
                    </Choices>
                    <div class="btns"><button class="btn primary">{text::do_hand_over(lang)}</button></div>
                </Form>
            </details>
        }
    })
}

fn tick(one: Receiver, lang: Lang) -> impl IntoView {
    let label = if one.has_all { text::has_all(lang, one.name) } else { one.name };
    view! { <Checkbox name="units[]" label value=one.unit.to_string() checked=!one.has_all/> }
}
