//! The receipt of a consent: one sheet for each person who answered, with their own answer alone (I3).

use backend::view::case::{Receipt, ReceiptSheet, receipt};
use domain::{
    consent::{Answer, Signer},
    id::{CaseId, ConsentId},
};
use leptos::prelude::*;

use crate::{
    components::{Crumbs, Title},
    islands::PrintPage,
    path,
    request::{page, param, query},
    text::{
        Lang, case as case_words, consent as consent_words,
        date::{clock, day_month_year},
        paper::{self, Wording},
        receipt as words,
    },
};

/// The sheets, as they are handed out.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    page(async |ask| {
        let lang = ask.lang;
        let consent = query("samtycke").and_then(|id| id.parse::<ConsentId>().ok());
        let told = receipt(&ask.backend, &ask.actor, param::<CaseId>("id")?, consent).await?;
        let wording = query("text").as_deref().and_then(Wording::from_code).unwrap_or(match lang {
            Lang::Sv => Wording::Swedish,
            Lang::En => Wording::English,
        });
        let municipality = ask.backend.site().municipality.clone();
        let sheets = told
            .sheets
            .iter()
            .map(|one| view! { <Sheet told=told.clone() one=one.clone() municipality=municipality.clone() wording/> })
            .collect_view();
        Ok(view! {
            <Title text=consent_words::receipt(lang)/>
            <Crumbs steps=vec![
                (path::CASES.to_owned(), case_words::cases(lang).to_owned()),
                (path::case(told.case), told.reference.clone()),
            ]/>
            <div class="head screen-only">
                <div>
                    <h1>{consent_words::receipt(lang)}</h1>
                    <p>{consent_words::receipt_lead(lang)}</p>
                </div>
                <div class="btns">
                    <PrintPage label=consent_words::print_receipt(lang).to_owned()/>
                </div>
            </div>
            <nav class="tabs" aria-label=consent_words::receipt_wording(lang)>{wordings(&told, wording)}</nav>
            <p class="meta no-script-only">{consent_words::print_by_hand(lang)}</p>
            {sheets}
        })
    })
}

fn wordings(told: &Receipt, here: Wording) -> impl IntoView + use<> {
    let address = path::receipt(told.case, told.consent);
    Wording::ALL
        .map(|wording| {
            let current = (wording == here).then_some("page");
            view! {
                <a href=format!("{address}&text={}", wording.code()) aria-current=current lang=wording.lang().tag()>
                    {wording.endonym()}
                </a>
            }
        })
        .collect_view()
}

#[component]
fn Sheet(told: Receipt, one: ReceiptSheet, municipality: String, wording: Wording) -> impl IntoView {
    let lang = wording.lang();
    let role = match one.by {
        Signer::Guardian(_) if one.own_alone => paper::parent(wording),
        Signer::Guardian(_) => paper::guardian(wording),
        Signer::Child => paper::young(wording),
    };
    let child = told.child.clone().map_or_else(
        || told.reference.clone(),
        |name| format!("{name}, {} {}", paper::born(wording), day_month_year(told.born_on, lang)),
    );
    let who = one.name.clone().map_or_else(|| role.to_owned(), |name| format!("{name} ({role})"));
    let by = [&*told.obtained_by, &told.recorded_by].into_iter().filter(|word| !word.is_empty());
    let by = by.collect::<Vec<_>>().join(", ");
    let back = one
        .taken_back
        .iter()
        .map(|(at, units)| {
            let what = units
                .as_ref()
                .map_or_else(|| words::everything(wording).to_owned(), |units| consent_words::listed(units, lang));
            let at = format!("{} {}", day_month_year(at.date(), lang), clock(at.time()));
            view! { <p><b>{format!("{}: {what}, {at}", words::taken_back(wording))}</b></p> }
        })
        .collect_view();
    let agreed = one.answer == Answer::Agreed;
    let said = match (agreed, one.own_alone) {
        (true, false) => view! { <Agreed told=told.clone() one=one.clone() wording/> }.into_any(),
        (true, true) => view! { <OwnAgreed told=told.clone() one=one.clone() wording/> }.into_any(),
        (false, false) => view! { <p>{words::no(wording)}</p> }.into_any(),
        (false, true) => view! { <p>{words::own_no(wording)}</p> }.into_any(),
    };
    let next = agreed.then(|| {
        view! {
            <section>
                <h3>{words::change(wording)}</h3>
                <p>{paper::know_back(wording)}</p>
                <p>{paper::know_told(wording)}</p>
            </section>
        }
    });
    view! {
        <article class="sheet paper" lang=lang.tag()>
            <header>
                <h2>{words::title(wording)}</h2>
                <p class="meta">{format!("{municipality} · {}", told.reference)}</p>
            </header>
            <dl class="facts tight">
                <div><dt>{paper::child(wording)}</dt><dd><b>{child}</b></dd></div>
                <div><dt>{paper::answers(wording)}</dt><dd><b>{who}</b></dd></div>
                <div><dt>{words::answered(wording)}</dt><dd>{day_month_year(one.on, lang)}</dd></div>
                <div><dt>{words::received(wording)}</dt><dd>{by}</dd></div>
            </dl>
            {back}
            {said}
            {next}
            <p>{paper::know_report(wording)}</p>
            <p class="meta">{words::keep(wording)}</p>
        </article>
    }
}

fn list(units: &[String]) -> impl IntoView + use<> {
    units.iter().map(|unit| view! { <li>{unit.clone()}</li> }).collect_view()
}

fn span(told: &Receipt, lang: Lang) -> String {
    format!("{} – {}", day_month_year(told.valid_from, lang), day_month_year(told.valid_until, lang))
}

/// What a parent without custody said yes to: what is their own, and nothing of the child (C21).
#[component]
fn OwnAgreed(told: Receipt, one: ReceiptSheet, wording: Wording) -> impl IntoView {
    let hear: Vec<String> = one.receivers.iter().filter(|unit| !one.on_me.contains(unit)).cloned().collect();
    view! {
        <section>
            <p>{words::own_yes(wording)}</p>
            <ul>{list(&one.on_me)}</ul>
            <p>{words::own_hear(wording)}</p>
            <ul>{list(&hear)}</ul>
        </section>
        <dl class="facts tight">
            <div><dt>{words::when(wording)}</dt><dd>{span(&told, wording.lang())}</dd></div>
        </dl>
        <p>{paper::know_phase(wording)}</p>
    }
}

/// To whom, about what and how long.
#[component]
fn Agreed(told: Receipt, one: ReceiptSheet, wording: Wording) -> impl IntoView {
    let lang = wording.lang();
    let parties = list(&one.receivers);
    let on_me = (!one.on_me.is_empty()).then(|| view! { <p>{words::on_me(wording)}</p> <ul>{list(&one.on_me)}</ul> });
    let listening: Vec<String> = told.listeners.iter().filter(|unit| one.receivers.contains(unit)).cloned().collect();
    let listen = (!listening.is_empty()).then(|| view! { <p>{words::listen(wording)}</p> <ul>{list(&listening)}</ul> });
    let kinds: Vec<String> = told.categories.iter().map(|kind| paper::category(*kind, wording).to_owned()).collect();
    let not_this = (!told.not_covered.is_empty())
        .then(|| view! { <div><dt>{words::not_this(wording)}</dt><dd>{told.not_covered.clone()}</dd></div> });
    let also = (!told.also.is_empty()).then(|| {
        let what: Vec<_> = told.also.iter().map(|one| paper::purpose(*one, wording).to_owned()).collect();
        view! { <div><dt>{words::also(wording)}</dt><dd>{consent_words::listed(&what, lang)}</dd></div> }
    });
    let span = span(&told, lang);
    view! {
        <section>
            <p>{words::yes(wording)}</p>
            <ul>{parties}</ul>
            {on_me}
            {listen}
        </section>
        <dl class="facts tight">
            <div><dt>{words::what(wording)}</dt><dd>{consent_words::listed(&kinds, lang)}</dd></div>
            {not_this}
            {also}
            <div><dt>{words::when(wording)}</dt><dd>{span}</dd></div>
        </dl>
        <p>{paper::know_all(wording)}</p>
        <p>{paper::know_phase(wording)}</p>
    }
}
