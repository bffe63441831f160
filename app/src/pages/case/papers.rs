//! The signed papers of a consent: what there is, and the way to one more.

use backend::{
    scan::Kind,
    view::case::{PaperLine, PastConsent},
};
use domain::{export::What, id::CaseId};
use leptos::{prelude::*, server_fn::ServerFn};

use super::protected::hand_out;
use crate::{
    api::consent::RemovePaper,
    components::{Form, Press},
    form::{FormState, form_state},
    path,
    text::{self, Lang, consent as words, date::day_month_year},
};

/// The papers, and for the unit that recorded the consent a field for one more.
pub(super) fn papers(past: &PastConsent, case: CaseId, lang: Lang) -> impl IntoView + use<> {
    let lines = past.papers.iter().map(|paper| line(paper, case, past.may.attach, lang)).collect_view();
    let list = (!past.papers.is_empty()).then(|| view! { <ul class="papers">{lines}</ul> });
    let attach = past.may.attach.then(|| {
        let consent = past.id.to_string();
        let sent = FormState::of(path::ATTACH_PAPER, &consent).sent;
        view! {
            <details class="fold" open=sent>
                <summary>{words::attach(lang)}</summary>
                <Form to=path::ATTACH_PAPER key=consent.clone() class="stack near" files=true>
                    <input type="hidden" name="case" value=case.to_string()/>
                    <input type="hidden" name="consent" value=consent/>
                    <PaperField lang/>
                    <button class="btn small">{words::attach(lang)}</button>
                </Form>
            </details>
        }
    });
    view! { {list} {attach} }
}

fn line(paper: &PaperLine, case: CaseId, may_remove: bool, lang: Lang) -> impl IntoView + use<> {
    let kind = match paper.kind {
        Kind::Pdf => "PDF",
        Kind::Jpeg => "JPEG",
        Kind::Png => "PNG",
    };
    let what = words::paper_line(lang, kind, &size(paper.bytes), &day_month_year(paper.on, lang), &paper.by);
    let remove = may_remove.then(|| {
        let fields = vec![("case", case.to_string()), ("paper", paper.id.to_string())];
        let name = words::remove_paper_name(lang, &what);
        let (key, words) = (paper.id.to_string(), words::remove_paper(lang));
        view! { <Press to=RemovePaper::PATH key fields words name class="btn small"/> }
    });
    let link = (path::signed_paper(case, paper.id), what, "");
    let way = hand_out((What::Paper, Some(paper.id.to_string())), paper.handing, case, link, lang);
    view! { <li>{way}" "{remove}</li> }
}

/// "120 kB", "1,4 MB".
fn size(bytes: i64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", (bytes / 1_000).max(1))
    } else {
        format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}

/// In the form, so that it finds what was wrong.
#[component]
fn PaperField(lang: Lang) -> impl IntoView {
    let state = form_state();
    let id = state.id_of("paper");
    let flaw = state.flaw("paper");
    let flaw_id = format!("{id}-flaw");
    let told = flaw.map(|kind| view! { <p class="flaw" id=flaw_id.clone()>{text::flaw(kind, lang)}</p> });
    view! {
        <div class="field">
            <label for=id.clone()>{words::paper(lang)}</label>
            <p class="hint">{words::attach_hint(lang)}</p>
            {told}
            <input
                id=id
                name="paper"
                type="file"
                accept="application/pdf,image/jpeg,image/png"
                aria-invalid=flaw.map(|_| "true")
                aria-describedby=flaw.map(|_| flaw_id)
            />
        </div>
    }
}
