//! Who has seen a case.

use backend::{
    audit::Action,
    view::case::{SeenPage as Shown, Sighting, seen_page},
};
use domain::{id::CaseId, time::local};
use leptos::prelude::*;

use super::{called, protected::not_on_paper};
use crate::{
    components::{Crumbs, Title},
    path,
    request::{page, param, query},
    text::{
        Lang, case as words,
        date::{clock, clock_span, weekday_day_year},
    },
};

/// Every look and every deed, day by day.
#[component]
pub fn SeenPage() -> impl IntoView {
    page(async |ask| {
        let lang = ask.lang;
        let before = query("fore").and_then(|text| text.parse().ok());
        let seen = seen_page(&ask.backend, &ask.actor, param::<CaseId>("id")?, before).await?;
        Ok(view! {
            <Title text=words::seen(lang)/>
            <Crumbs steps=vec![
                (path::CASES.to_owned(), words::cases(lang).to_owned()),
                (path::case(seen.case), seen.reference.clone()),
            ]/>
            {not_on_paper(seen.name.is_none(), lang)}
            <div class="head">
                <div>
                    <span class="forum">{format!("{} · {}", called(seen.name.as_deref(), lang), seen.reference)}</span>
                    <h1>{words::seen(lang)}</h1>
                    <p>{words::seen_lead(lang)}</p>
                </div>
            </div>
            {list(&seen, lang)}
            {pages(&seen, before, lang)}
        })
    })
}

fn list(seen: &Shown, lang: Lang) -> AnyView {
    if seen.sightings.is_empty() {
        return view! {
            <section class="sheet empty">
                <h2>{words::seen_none(lang)}</h2>
                <p>{words::seen_none_text(lang)}</p>
            </section>
        }
        .into_any();
    }
    let days = seen
        .sightings
        .chunk_by(|one, next| one.on == next.on)
        .map(|day| {
            let heading = day.first().map(|first| weekday_day_year(first.on, lang));
            view! {
                <tbody>
                    <tr class="day"><th scope="rowgroup" colspan="4">{heading}</th></tr>
                    {day.iter().map(|one| row(one, lang)).collect_view()}
                </tbody>
            }
        })
        .collect_view();
    view! {
        <section class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words::seen_when(lang)}</th>
                        <th scope="col">{words::seen_who(lang)}</th>
                        <th scope="col">{words::seen_what(lang)}</th>
                        <th scope="col">{words::seen_why(lang)}</th>
                    </tr>
                </thead>
                {days}
            </table>
        </section>
    }
    .into_any()
}

fn row(one: &Sighting, lang: Lang) -> impl IntoView + use<> {
    let (first, last) = (local(one.first).time(), local(one.last).time());
    let when = if clock(first) == clock(last) { clock(first) } else { clock_span(first, last) };
    let times = (one.times > 1).then(|| view! { <small>{words::seen_times(lang, one.times)}</small> });
    let person = one.person.clone().unwrap_or_else(|| words::seen_program(lang).to_owned());
    let unit = one.unit.clone().map(|unit| view! { <small>{unit}</small> });
    let why = one.consent_of.map(|on| words::seen_consent(lang, &crate::text::date::day_month_year(on, lang)));
    let why =
        why.unwrap_or_else(|| if one.person.is_some() { words::seen_own(lang).to_owned() } else { "–".to_owned() });
    view! {
        <tr>
            <td class="whole" data-label=words::seen_when(lang)>{when}{times}</td>
            <th scope="row">{person}{unit}</th>
            <td data-label=words::seen_what(lang)>{deed(one.action, lang)}</td>
            <td data-label=words::seen_why(lang)>{why}</td>
        </tr>
    }
}

fn pages(seen: &Shown, before: Option<i64>, lang: Lang) -> impl IntoView + use<> {
    let here = path::case_seen(seen.case);
    let older = seen.older.map(|seq| {
        view! { <a class="btn" href=path::with_query(&here, "fore", &seq.to_string())>{words::seen_older(lang)}</a> }
    });
    let latest = before.map(|_| view! { <a class="btn" href=here.clone()>{words::seen_latest(lang)}</a> });
    (older.is_some() || latest.is_some()).then(|| view! { <div class="btns">{latest}{older}</div> })
}

/// What was done with a case, in a few words.
fn deed(action: Action, lang: Lang) -> &'static str {
    let (swedish, english) = match action {
        Action::CaseRead => ("Läste ärendet", "Read the case"),
        Action::MinutesRead => ("Läste anteckningar", "Read minutes"),
        Action::CaseRegistered => ("Registrerade ärendet", "Registered the case"),
        Action::CaseChanged => ("Ändrade ärendet", "Changed the case"),
        Action::ReaderNamed => ("Namngav någon", "Named somebody"),
        Action::ReaderRemoved => ("Tog bort någon från de namngivna", "Removed somebody from those named"),
        Action::ExportAsked => ("Bad om att få lämna ut något", "Asked to hand something out"),
        Action::ExportApproved => ("Sa ja till att lämna ut", "Said yes to handing out"),
        Action::ExportDeclined => ("Sa nej till att lämna ut", "Said no to handing out"),
        Action::ConsentRecorded => ("Registrerade samtycke", "Recorded consent"),
        Action::ConsentAcknowledged => ("Bekräftade samtycket för sin enhet", "Confirmed the consent for the unit"),
        Action::PaperAttached => ("Bifogade en blankett", "Attached a form"),
        Action::PaperRemoved => ("Tog bort en blankett", "Removed a form"),
        Action::PaperRead => ("Öppnade en blankett", "Opened a form"),
        Action::ConsentWithdrawn => ("Registrerade återkallelse", "Recorded a withdrawal"),
        Action::ConsentAnnulled => ("Rättade ett felregistrerat samtycke", "Corrected a consent recorded by mistake"),
        Action::ItemOpened => ("Tog upp ärendet på träffen", "Took the case up at the meeting"),
        Action::MinutesSaved => ("Skrev anteckningar", "Wrote minutes"),
        Action::MinutesSubmitted => ("Lämnade anteckningar till granskning", "Handed minutes in for review"),
        Action::MinutesApproved => ("Justerade anteckningar", "Approved minutes"),
        Action::MinutesReturned => ("Lämnade tillbaka anteckningar", "Returned minutes"),
        Action::MinutesReopened => ("Öppnade justerade anteckningar igen", "Opened approved minutes again"),
        Action::MinutesDispatched => ("Expedierade anteckningar", "Handed minutes over"),
        Action::ExtractRead => ("Hämtade ett utdrag", "Fetched an extract"),
        Action::AddendumWritten => ("Skrev ett tillägg till anteckningar", "Wrote an addendum to minutes"),
        Action::AddendumApproved => ("Justerade ett tillägg", "Approved an addendum"),
        Action::AddendumReturned => ("Lämnade tillbaka ett tillägg", "Returned an addendum"),
        Action::ActionItemDone => ("Bockade av en åtgärd", "Ticked off an undertaking"),
        Action::ActionItemMoved => ("Flyttade en åtgärd", "Moved an undertaking"),
        Action::ActionItemDropped => ("Strök en åtgärd", "Dropped an undertaking"),
        _ => ("Annat", "Something else"),
    };
    lang.pick(swedish, english)
}
