//! A case with a protected identity: who is named, what is to be handed out, and how the protection is changed (I1).

use backend::view::{
    case::{CasePage as Shown, Handing, Named, Protected, Question},
    record::RecordHead,
};
use domain::{case_file::Protection, export::What, id::CaseId};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use super::new::protections;
use crate::{
    api::protection::{AnswerHandOut, AskToHandOut, NameReader, RemoveReader, SetProtection},
    components::{Form, Note, Press, Select, Tone},
    text::{
        Lang,
        date::{clock, day_month},
        protected as words,
    },
};

/// Keeps a page about a protected identity off the printer (I1): it prints as one sentence.
pub fn not_on_paper(protected: bool, lang: Lang) -> impl IntoView {
    protected.then(|| view! { <p class="not-on-paper print-only">{words::not_on_paper(lang)}</p> })
}

/// Whether minutes may be printed, and the way there.
pub fn minutes_on_paper(head: &RecordHead, lang: Lang) -> impl IntoView + use<> {
    let (way, case) = (head.on_paper, head.case);
    if way == Handing::Free {
        return None;
    }
    if let Handing::Open(until) = way {
        let said = words::prints_until(lang, clock(until.time()));
        return Some(Either::Left(view! { <p class="screen-only soft">{said}</p> }));
    }
    let of = (What::Minutes, Some(head.id.to_string()));
    let link = (String::new(), words::what(What::Minutes, lang).to_owned(), "");
    Some(Either::Right(view! {
        {not_on_paper(true, lang)}
        <div class="screen-only">{hand_out(of, way, case, link, lang)}</div>
    }))
}

/// What colleagues want to hand out, and what became of one's own questions; above everything else.
pub(super) fn questions(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let questions = case.protected.as_ref().map(|protected| protected.questions.as_slice()).unwrap_or_default();
    questions.iter().map(|one| question(one, lang)).collect_view()
}

fn question(one: &Question, lang: Lang) -> impl IntoView + use<> {
    let (what, on) = (words::what(one.what, lang), day_month(one.on, lang));
    let said = match (one.own, one.answer) {
        (true, Some(true)) => words::approved(lang, what),
        (true, Some(false)) => words::declined(lang, what),
        (true, None) => words::waits(lang, what, &on),
        (false, _) => words::asks(lang, &one.by, what),
    };
    let buttons = one.to_answer.then(|| {
        let fields = |yes: bool| vec![("export", one.id.to_string()), ("approved", yes.to_string())];
        let key = |yes: bool| format!("{}-{yes}", one.id);
        view! {
            <p>{words::asks_text(lang)}</p>
            <div class="btns">
                <Press to=AnswerHandOut::PATH key=key(true) fields=fields(true) words=words::approve(lang) class="btn primary"/>
                <Press to=AnswerHandOut::PATH key=key(false) fields=fields(false) words=words::decline(lang) class="btn"/>
            </div>
        }
    });
    let tone = if one.to_answer { Tone::Warn } else { Tone::Info };
    view! { <Note tone><p><b>{said}</b></p>{buttons}</Note> }
}

/// Who is named, and who can be; for the unit that registered the case.
pub(super) fn named(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let protected = case.protected.as_ref().filter(|protected| !protected.named.is_empty());
    protected.map(|protected| {
        let id = case.id;
        let alone = protected.named.len() == 1;
        let lines = protected.named.iter().map(|one| person(one, id, alone, lang)).collect_view();
        let alone = alone.then(|| view! { <p class="hint">{words::name_a_second(lang)}</p> });
        view! {
            <section class="sheet side-box">
                <h2>{words::named(lang)}</h2>
                <p class="hint">{words::named_hint(lang)}</p>
                <ul class="rows-list">{lines}</ul>
                {alone}
                {name_form(protected, id, lang)}
            </section>
        }
    })
}

fn person(one: &Named, case: CaseId, alone: bool, lang: Lang) -> impl IntoView + use<> {
    let since = words::since(lang, &day_month(one.since, lang));
    let place = if one.units.is_empty() { words::works_nowhere(lang).to_owned() } else { one.units.join(", ") };
    let remove = (!alone).then(|| {
        let fields = vec![("case", case.to_string()), ("person", one.person.to_string())];
        let name = words::remove_name(lang, &one.name);
        view! { <Press to=RemoveReader::PATH key=one.person.to_string() fields words=words::remove(lang) name class="btn small" summary=true/> }
    });
    let you = one.own.then(|| format!(" ({})", words::you(lang)));
    view! { <li>{one.name.clone()}{you}<small class="soft">{format!(" {place}, {since}")}</small>" "{remove}</li> }
}

fn name_form(protected: &Protected, case: CaseId, lang: Lang) -> impl IntoView + use<> {
    if protected.to_name.is_empty() {
        return Either::Left(view! { <p class="hint">{words::all_named(lang)}</p> });
    }
    let options: Vec<_> = protected.to_name.iter().map(|(id, label)| (id.to_string(), label.clone())).collect();
    Either::Right(view! {
        <Form to=NameReader::PATH class="stack near">
            <input type="hidden" name="case" value=case.to_string()/>
            <Select name="person" label=words::name_one(lang) options/>
            <button class="btn small">{words::name_button(lang)}</button>
        </Form>
    })
}

/// How the identity is protected, among what changes a case.
pub(super) fn change(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let (id, seen, now) = (case.id.to_string(), case.version.to_string(), case.protection);
    let hint = if now == Protection::None { words::protect_hint(lang) } else { words::lift_hint(lang) };
    view! {
        <Form to=SetProtection::PATH class="person">
            <input type="hidden" name="case" value=id/>
            <input type="hidden" name="seen" value=seen/>
            <Select name="protection" label=words::protection(lang) hint options=protections(lang) value=now.code()/>
            <button class="btn small">{words::change_button(lang)}</button>
        </Form>
    }
}

/// The way to something that leaves the tool: a link, or the question to a colleague where an identity is protected.
pub(super) fn hand_out(
    (what, subject): (What, Option<String>),
    way: Handing,
    case: CaseId,
    (href, label, class): (String, String, &'static str),
    lang: Lang,
) -> impl IntoView + use<> {
    let until = match way {
        Handing::Free | Handing::Open(_) => {
            let until =
                if let Handing::Open(until) = way { Some(words::until(lang, clock(until.time()))) } else { None };
            let until = until.map(|until| view! { " "<small class="soft">{until}</small> });
            return Either::Left(view! { <a class=class href=href>{label}</a>{until} });
        }
        Handing::Waits => {
            Either::Left(view! { <span class="soft">{format!("{label}: {}", words::asked(lang))}</span> })
        }
        Handing::Ask => {
            let subject = subject.unwrap_or_default();
            let key = format!("{}-{subject}", what.code());
            let fields = vec![("case", case.to_string()), ("what", what.code().to_owned()), ("subject", subject)];
            let said = words::ask(lang, &label);
            let class = if class.is_empty() { "btn small" } else { class };
            Either::Right(view! { <Press to=AskToHandOut::PATH key fields words=said class summary=true/> })
        }
    };
    Either::Right(until)
}
