//! A case's consents over time.

use backend::view::case::{CasePage, Ground, GuardianLine, PastConsent};
use domain::{
    consent::{Answer, Mistake, Signer},
    export::What,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{papers::papers, protected::hand_out};
use crate::{
    api::consent::AnnulConsent,
    components::{Choices, Dot, Form, Radio},
    path,
    text::{
        Lang, case as words, consent,
        date::{clock, day_month, day_month_year, uncapitalised},
    },
};

/// The consents there have been, and what is told of the one in force.
pub(super) fn consent_over_time(case: &CasePage, lang: Lang) -> impl IntoView + use<> {
    let none = case.history.is_empty().then(|| view! { <p class="soft">{consent::no_history(lang)}</p> });
    let spans = case.history.iter().map(|past| span(past, case, lang)).collect_view();
    let categories: Vec<String> = case.categories.iter().map(|one| consent::category(*one, lang).to_owned()).collect();
    let not_told = (!case.not_covered.is_empty()).then(|| {
        view! { <p><b>{consent::not_told(lang)}</b>": "{case.not_covered.clone()}</p> }
    });
    let alone = case.consent.alone_until.map(|until| {
        view! { <p>{consent::decides_alone(lang, &day_month(until, lang))}</p> }
    });
    let allows = (!categories.is_empty()).then(|| {
        let heard: Vec<String> =
            case.known_by.iter().filter(|one| one.voice.is_some()).map(|one| one.unit.clone()).collect();
        let what: Vec<String> = categories.iter().map(|one| uncapitalised(one)).collect();
        let (heard, what) = (consent::listed(&heard, lang), consent::listed(&what, lang));
        view! { <p>{consent::allows(lang, &heard, &what)}</p> }
    });
    let own_part = case.own_part.map(|parent| {
        let who = signer(Signer::Guardian(parent), &case.guardians, lang);
        view! { <p>{consent::your_part(lang, &who)}</p> }
    });
    (case.own || case.phase.is_some() || allows.is_some()).then(|| {
        view! {
            <section class="sheet block near">
                <h2>{consent::over_time(lang)}</h2>
                {allows}
                {own_part}
                {not_told}
                {alone}
                {(case.own || case.phase.is_some()).then_some(none)}
                <ol class="spans">{spans}</ol>
            </section>
        }
    })
}

/// How it was explained and by whom, and how the child was asked.
fn obtained(past: &PastConsent, lang: Lang) -> String {
    let ways: Vec<String> =
        past.obtaining.explained.iter().map(|way| consent::explained(*way, lang).to_owned()).collect();
    let ways = consent::listed(&ways, lang);
    let by = [&*past.obtained_by, &past.recorded_by].into_iter().find(|by| !by.is_empty());
    let by = by.unwrap_or(consent::another_unit(lang));
    let told = consent::obtained(lang, &ways, by, &past.language, past.obtaining.interpreter);
    let asked = past.obtaining.maturity.map(|maturity| {
        let how = consent::maturity(maturity, lang).to_lowercase();
        let reason =
            if past.maturity_reason.is_empty() { String::new() } else { format!(" ({})", past.maturity_reason) };
        format!(" {}: {how}{reason}.", consent::the_child(lang))
    });
    told + &asked.unwrap_or_default()
}

/// Says that it was recorded by mistake; folded away.
fn annul_form(past: &PastConsent, case: &CasePage, lang: Lang) -> impl IntoView + use<> {
    let (id, of) = (past.id.to_string(), case.id.to_string());
    let mistakes = Mistake::ALL
        .iter()
        .map(|one| view! { <Radio name="mistake" label=consent::mistake(*one, lang) value=one.code()/> })
        .collect_view();
    view! {
        <details class="fold">
            <summary>{consent::annul(lang)}</summary>
            <Form to=AnnulConsent::PATH key=id.clone() class="stack near">
                <input type="hidden" name="case" value=of/>
                <input type="hidden" name="consent" value=id/>
                <p class="hint">{consent::annul_hint(lang)}</p>
                <Choices name="mistake" legend=consent::annul_what(lang)>{mistakes}</Choices>
                <button class="btn small danger">{consent::annul_button(lang)}</button>
            </Form>
        </details>
    }
}

fn span(past: &PastConsent, case: &CasePage, lang: Lang) -> impl IntoView + use<> {
    let guardians = &case.guardians;
    let answers = past
        .answers
        .iter()
        .map(|answer| {
            let who = signer(answer.by, guardians, lang);
            let said = consent::answer_name(answer.answer, lang).to_lowercase();
            let on = day_month(answer.on, lang);
            let units = match answer.answer {
                Answer::Agreed => format!(": {}", consent::listed(&answer.receivers, lang)),
                Answer::Refused => String::new(),
            };
            view! { <small>{format!("{who} {said} {on}{units}")}</small> }
        })
        .collect_view();
    let withdrawals = past
        .withdrawals
        .iter()
        .map(|one| {
            let who = signer(one.by, guardians, lang);
            let at = format!("{} {}", day_month(one.at.date(), lang), clock(one.at.time()));
            let said = match &one.receivers {
                None => consent::withdrawn_by(lang, &who, &at),
                Some(units) => consent::withdrawn_part(lang, &who, &consent::listed(units, lang), &at),
            };
            view! { <small>{said}</small> }
        })
        .collect_view();
    let alone =
        past.prevented
            .iter()
            .map(|one| {
                let who = signer(Signer::Guardian(one.guardian), guardians, lang);
                let said = consent::could_not_answer(lang, &who, &day_month(one.until, lang));
                let ground = one.ground.as_ref().map(|Ground { cause, note, approved_by }| {
                    consent::alone_on_ground(lang, *cause, note, approved_by)
                });
                view! { <small>{said}{ground}</small> }
            })
            .collect_view();
    let on_parent = past
        .on_parent
        .iter()
        .map(|(unit, parent)| {
            let who = signer(Signer::Guardian(*parent), guardians, lang);
            view! { <small>{consent::on_parent(lang, unit, &who)}</small> }
        })
        .collect_view();
    let listen = (!past.listeners.is_empty()).then(|| {
        view! { <small>{consent::they_listen(lang, &consent::listed(&past.listeners, lang))}</small> }
    });
    let also = (!past.also.is_empty()).then(|| {
        view! { <small>{consent::also_for(lang, &consent::purposes(&past.also, lang))}</small> }
    });
    let annulled = past.annulled.map(|(why, on)| {
        view! { <small><b>{consent::annulled(lang, why, &day_month_year(on, lang))}</b></small> }
    });
    let receipt = past.may.receipt.then(|| {
        let link = (path::receipt(case.id, past.id), consent::receipt(lang).to_owned(), "");
        let way = hand_out((What::Receipt, Some(past.id.to_string())), past.receipt, case.id, link, lang);
        view! { <small>{way}</small> }
    });
    let annul = past.may.annul.then(|| annul_form(past, case, lang));
    let class = if past.in_force { "" } else { "past" };
    let dot = if past.in_force {
        view! { <Dot kind="yes" sign="✓" means=consent::in_force(lang)/> }.into_any()
    } else {
        view! { <span class="dot gone" aria-hidden="true">"–"</span> }.into_any()
    };
    let recorded_by = if past.recorded_by.is_empty() { consent::another_unit(lang) } else { &past.recorded_by };
    let from = day_month(past.valid_from, lang);
    let time = match past.valid_until {
        Some(until) => format!("{from} – {}", day_month_year(until, lang)),
        None => consent::from_day(lang, &from),
    };
    view! {
        <li class=class>
            {dot}
            <span>
                {consent::recorded_by(lang, recorded_by, consent::method(past.method, lang))}
                {answers}
                {withdrawals}
                {alone}
                {on_parent}
                {listen}
                {also}
                <small>{obtained(past, lang)}</small>
                {annulled}
                {receipt}
                {papers(past, case.id, lang)}
                {annul}
            </span>
            <time>{time}</time>
        </li>
    }
}

fn signer(by: Signer, guardians: &[GuardianLine], lang: Lang) -> String {
    match by {
        Signer::Child => consent::the_child(lang).to_owned(),
        Signer::Guardian(id) => guardians
            .iter()
            .find(|line| line.id == id)
            .map_or_else(|| words::guardian_one(lang).to_owned(), |line| line.name.clone()),
    }
}
