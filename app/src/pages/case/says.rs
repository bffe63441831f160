//! What the consent in the form would mean: the same rules as the gate's, in words.

use std::collections::BTreeSet;

use backend::view::case::ConsentRules;
use chrono::{Datelike, NaiveDate};
use domain::{
    consent::{Answer, CaseFacts, InfoCategory, Prevented, Preview, Signature, Signer, preview},
    id::UnitId,
};

use crate::{
    api::consent::Line,
    components::Tone,
    form::FormState,
    text::{Lang, consent as words, date::day_month},
};

/// The form as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grid {
    /// The answers given.
    pub answers: Vec<Signature>,
    /// Whose answer is done without.
    pub prevented: Vec<Prevented>,
    /// What may be told.
    pub categories: Vec<InfoCategory>,
    /// The first day.
    pub valid_from: Option<NaiveDate>,
    /// The last day.
    pub valid_until: Option<NaiveDate>,
}

/// What the form as typed would mean. `names` are the signers' as the page shows them, in the order of the form.
pub fn says_of_form(lang: Lang, rules: &ConsentRules, names: Vec<String>, form: &str) -> Vec<Line> {
    let state = FormState::typed_now(form);
    let by = |place: usize| state.typed(&format!("answers[{place}][signer]"))?.parse::<Signer>().ok();
    let signers: Vec<_> = names.into_iter().enumerate().filter_map(|(place, name)| Some((by(place)?, name))).collect();
    let units: Vec<_> = rules.units.iter().map(|unit| (unit.id, unit.name.clone())).collect();
    says(lang, &rules.facts, &typed(&state, &signers, &units, rules.today), &units, &signers, rules.today)
}

fn typed(state: &FormState, signers: &[(Signer, String)], units: &[(UnitId, String)], today: NaiveDate) -> Grid {
    let date = |name: &str| state.typed(name).and_then(|text| domain::text::typed_date(text).ok());
    let answers = signers.iter().enumerate().filter_map(|(place, (by, _))| {
        let field = |name: &str| format!("answers[{place}][{name}]");
        let boxes = format!("{}[]", field("receivers"));
        let ticked = |unit: &&(UnitId, String)| state.chosen(&boxes, &unit.0.to_string(), false);
        Some(Signature {
            by: *by,
            on: date(&field("signed_on")).unwrap_or(today),
            answer: state.typed(&field("answer"))?.parse::<Answer>().ok()?,
            receivers: units.iter().filter(ticked).map(|unit| unit.0).collect(),
        })
    });
    let chosen = |one: &&InfoCategory| state.chosen("categories[]", one.code(), false);
    Grid {
        prevented: prevented(state),
        answers: answers.collect(),
        categories: InfoCategory::ALL.iter().filter(chosen).copied().collect(),
        valid_from: date("valid_from"),
        valid_until: date("valid_until"),
    }
}

/// The guardian the form does without, once who and until when are filled in.
pub(super) fn prevented(state: &FormState) -> Vec<Prevented> {
    let who = state.typed("prevented[who]").and_then(|who| who.parse().ok());
    let until = state.typed("prevented[until]").and_then(|text| domain::text::typed_date(text).ok());
    match (who, until) {
        (Some(Signer::Guardian(guardian)), Some(until)) => vec![Prevented { guardian, until }],
        _ => Vec::new(),
    }
}

/// What a form would mean: whether it holds, and who is left out.
pub(super) fn says(
    lang: Lang,
    facts: &CaseFacts,
    grid: &Grid,
    units: &[(UnitId, String)],
    signers: &[(Signer, String)],
    today: NaiveDate,
) -> Vec<Line> {
    let told = preview(facts, &grid.answers, &grid.prevented, grid.valid_from.unwrap_or(today));
    let names = |who: &BTreeSet<Signer>| {
        let names = signers.iter().filter(|(signer, _)| who.contains(signer)).map(|(_, name)| name.clone());
        words::listed(&names.collect::<Vec<_>>(), lang)
    };
    let mut lines = vec![holds(lang, grid, units, &told, &names)];
    if let Some(until) = told.alone_until.filter(|_| !told.covered.is_empty()) {
        let sentence = words::decides_alone(lang, &day_month(until, lang));
        lines.push((Tone::Warn, words::one_alone(lang).into(), sentence));
    }
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
