//! What the consent in the form would mean, told beside it while it is filled in: the same rules as the gate's.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::{
    consent::{Answer, CaseFacts, InfoCategory, Preview, Signature, Signer, preview},
    id::UnitId,
};
use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    components::{Chip, Tone},
    text::{Lang, consent as words, date::day_month},
};

/// The form as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// The answers given.
    pub answers: Vec<Signature>,
    /// What may be told.
    pub categories: Vec<InfoCategory>,
    /// The first day.
    pub valid_from: Option<NaiveDate>,
    /// The last day.
    pub valid_until: Option<NaiveDate>,
}

/// The panel beside the form.
#[island]
pub fn ConsentSays(
    /// The page's language.
    lang: Lang,
    /// Birth date and guardianships.
    facts: CaseFacts,
    /// The units of the grid, by name.
    units: Vec<(UnitId, String)>,
    /// Those who can answer, by name, in the order of the form.
    signers: Vec<(Signer, String)>,
    /// Today.
    today: NaiveDate,
    /// The form as the page was made.
    grid: Grid,
) -> impl IntoView {
    let grid = RwSignal::new(grid);
    let order: Vec<Signer> = signers.iter().map(|(signer, _)| *signer).collect();
    Effect::new(move |_| {
        let order = order.clone();
        let read = move || {
            if let Some(now) = read_form(&order, today) {
                grid.set(now);
            }
        };
        let (typed, clicked) = (read.clone(), read);
        let typing = window_event_listener(ev::input, move |_| typed());
        let clicking = window_event_listener(ev::click, move |_| clicked());
        on_cleanup(move || {
            typing.remove();
            clicking.remove();
        });
    });
    let says = Memo::new(move |_| says(lang, &facts, &grid.get(), &units, &signers, today));
    let lines = move || {
        let line = |(tone, head, text): Line| view! { <Chip tone=tone text=head/> <p>{text}</p> };
        says.get().into_iter().map(line).collect_view()
    };
    view! { <div class="stack near" role="status">{lines}</div> }
}

/// A chip and the sentence under it.
type Line = (Tone, String, String);

fn says(
    lang: Lang,
    facts: &CaseFacts,
    grid: &Grid,
    units: &[(UnitId, String)],
    signers: &[(Signer, String)],
    today: NaiveDate,
) -> Vec<Line> {
    let told = preview(facts, &grid.answers, grid.valid_from.unwrap_or(today));
    let names = |who: &BTreeSet<Signer>| {
        let names = signers.iter().filter(|(signer, _)| who.contains(signer)).map(|(_, name)| name.clone());
        words::listed(&names.collect::<Vec<_>>(), lang)
    };
    let mut lines = vec![holds(lang, grid, units, &told, &names)];
    for (unit, without) in &told.left_out {
        let Some((_, name)) = units.iter().find(|(id, _)| id == unit) else { continue };
        let why = format!("{} {}", words::said_not(lang, &names(without)), words::they_leave(lang));
        lines.push((Tone::Stop, words::not_covered(lang, name), why));
    }
    lines
}

/// The first line: whether it holds, for whom, about what and how long.
fn holds(
    lang: Lang,
    grid: &Grid,
    units: &[(UnitId, String)],
    told: &Preview,
    names: &dyn Fn(&BTreeSet<Signer>) -> String,
) -> Line {
    if !told.refused.is_empty() {
        return (Tone::Stop, words::holds_not(lang).into(), words::said_no(lang, &names(&told.refused)));
    }
    if !told.missing.is_empty() {
        return (Tone::Warn, words::holds_not_yet(lang).into(), words::answer_missing(lang, &names(&told.missing)));
    }
    if told.covered.is_empty() {
        return (Tone::Stop, words::holds_not(lang).into(), words::nobody_named(lang).into());
    }
    let covered = units.iter().filter(|(id, _)| told.covered.contains(id)).map(|(_, name)| name.clone());
    let categories = grid.categories.iter().map(|category| lowercased(words::category(*category, lang)));
    let day = |date: Option<NaiveDate>| date.map_or_else(|| "…".to_owned(), |date| dated(date, grid, lang));
    let sentence = words::may_tell(
        lang,
        &words::listed(&covered.collect::<Vec<_>>(), lang),
        &words::listed(&categories.collect::<Vec<_>>(), lang),
        &day(grid.valid_from),
        &day(grid.valid_until),
    );
    (Tone::Ok, words::holds_when(lang).into(), sentence)
}

/// With the year where the period passes a New Year.
fn dated(date: NaiveDate, grid: &Grid, lang: Lang) -> String {
    let year = |date: Option<NaiveDate>| date.map(|date| date.year());
    let same = year(grid.valid_from) == year(grid.valid_until);
    if same { day_month(date, lang) } else { crate::text::date::day_month_year(date, lang) }
}

fn lowercased(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}

/// Reads the page's form, the same fields the server function takes.
fn read_form(signers: &[Signer], today: NaiveDate) -> Option<Grid> {
    use leptos::wasm_bindgen::JsCast;
    use leptos::web_sys::{FormData, HtmlFormElement};

    let form = document().query_selector("form[action='/api/consent/record']").ok()??;
    let typed = FormData::new_with_form(form.dyn_ref::<HtmlFormElement>()?).ok()?;
    let all = |name: &str| typed.get_all(name).iter().filter_map(|value| value.as_string()).collect::<Vec<_>>();
    let date = |name: &str| typed.get(name).as_string().and_then(|text| domain::text::typed_date(&text).ok());
    let answers = signers.iter().enumerate().filter_map(|(place, by)| {
        let field = |name: &str| format!("answers[{place}][{name}]");
        Some(Signature {
            by: *by,
            on: date(&field("signed_on")).unwrap_or(today),
            answer: typed.get(&field("answer")).as_string()?.parse::<Answer>().ok()?,
            receivers: all(&format!("{}[]", field("receivers"))).iter().filter_map(|unit| unit.parse().ok()).collect(),
        })
    });
    Some(Grid {
        answers: answers.collect(),
        categories: all("categories[]").iter().filter_map(|code| code.parse().ok()).collect(),
        valid_from: date("valid_from"),
        valid_until: date("valid_until"),
    })
}
