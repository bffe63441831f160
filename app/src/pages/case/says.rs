//! What the consent in the form would mean: the same rules as the gate's, in words.

use std::collections::{BTreeMap, BTreeSet};

use backend::view::case::{ConsentRules, Receiver};
use chrono::{Datelike, NaiveDate};
use domain::{
    consent::{Answer, CaseFacts, InfoCategory, Prevented, Preview, Signature, Signer, preview},
    id::{GuardianId, UnitId},
};

use crate::{
    api::consent::Line,
    components::Tone,
    form::FormState,
    text::{
        Lang, consent as words,
        date::{day_month, uncapitalised},
    },
};

/// The form as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grid {
    /// The answers given.
    pub answers: Vec<Signature>,
    /// The units whose part is a parent's own (C21).
    pub on_parent: BTreeMap<UnitId, GuardianId>,
    /// The units that may only listen.
    pub listeners: BTreeSet<UnitId>,
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
    let grid = typed(&state, &signers, &rules.units, rules.today);
    says(lang, &rules.facts, &grid, &rules.units, &signers, rules.today)
}

fn typed(state: &FormState, signers: &[(Signer, String)], units: &[Receiver], today: NaiveDate) -> Grid {
    let date = |name: &str| state.typed(name).and_then(|text| domain::text::typed_date(text).ok());
    let answers = signers.iter().enumerate().filter_map(|(place, (by, _))| {
        let field = |name: &str| format!("answers[{place}][{name}]");
        let boxes = format!("{}[]", field("receivers"));
        let ticked = |unit: &&Receiver| state.chosen(&boxes, &unit.id.to_string(), false);
        Some(Signature {
            by: *by,
            on: date(&field("signed_on")).unwrap_or(today),
            answer: state.typed(&field("answer"))?.parse::<Answer>().ok()?,
            receivers: units.iter().filter(ticked).map(|unit| unit.id).collect(),
        })
    });
    let chosen = |one: &&InfoCategory| state.chosen("scope[categories][]", one.code(), false);
    Grid {
        on_parent: on_parent(state, units, |_| None),
        listeners: listeners(state, units, |_| false),
        prevented: prevented(state),
        answers: answers.collect(),
        categories: InfoCategory::ALL.iter().filter(chosen).copied().collect(),
        valid_from: date("valid_from"),
        valid_until: date("valid_until"),
    }
}

/// The place of each unit for adults among the form's questions whom its part concerns.
pub(super) fn for_adults(units: &[Receiver]) -> impl Iterator<Item = (usize, &Receiver)> {
    units.iter().filter(|unit| unit.serves_adults).enumerate()
}

/// The units whose part is a parent's own, as typed; else as `given` says.
pub(super) fn on_parent(
    state: &FormState,
    units: &[Receiver],
    given: impl Fn(&Receiver) -> Option<Signer>,
) -> BTreeMap<UnitId, GuardianId> {
    let whose = |(place, unit): (usize, &Receiver)| {
        let typed = state.typed(&format!("scope[concerns][{place}][who]")).map(str::parse::<Signer>);
        match typed.map_or_else(|| given(unit), Result::ok)? {
            Signer::Guardian(parent) => Some((unit.id, parent)),
            Signer::Child => None,
        }
    };
    for_adults(units).filter_map(whose).collect()
}

/// The units that may only listen, as ticked; else as `given` says.
pub(super) fn listeners(state: &FormState, units: &[Receiver], given: impl Fn(&Receiver) -> bool) -> BTreeSet<UnitId> {
    let ticked = |unit: &&Receiver| state.chosen("scope[listeners][]", &unit.id.to_string(), given(unit));
    units.iter().filter(ticked).map(|unit| unit.id).collect()
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
    units: &[Receiver],
    signers: &[(Signer, String)],
    today: NaiveDate,
) -> Vec<Line> {
    let told = preview(facts, &grid.answers, &grid.prevented, &grid.on_parent, grid.valid_from.unwrap_or(today));
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
        let Some(unit) = units.iter().find(|one| one.id == *unit) else { continue };
        let why = format!("{} {}", words::said_not(lang, &names(without)), words::they_leave(lang));
        lines.push((Tone::Stop, words::not_covered(lang, &unit.name), why));
    }
    for (unit, (parent, hearers)) in &told.overheard {
        let Some(unit) = units.iter().find(|one| one.id == *unit) else { continue };
        let hearers = words::listed(&named(units, |one| hearers.contains(&one)), lang);
        let parent = names(&[Signer::Guardian(*parent)].into());
        let why = format!("{} {}", words::overheard(lang, &parent, &hearers), words::they_leave(lang));
        lines.push((Tone::Stop, words::not_covered(lang, &unit.name), why));
    }
    let listening = named(units, |unit| told.covered.contains(&unit) && grid.listeners.contains(&unit));
    if !listening.is_empty() {
        lines.push((
            Tone::Info,
            words::only_listen(lang).into(),
            words::they_listen(lang, &words::listed(&listening, lang)),
        ));
    }
    lines
}

/// The first line: whether it holds, for whom, about what and how long.
fn holds(
    lang: Lang,
    grid: &Grid,
    units: &[Receiver],
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
    let covered = named(units, |unit| told.covered.contains(&unit));
    let categories = grid.categories.iter().map(|category| uncapitalised(words::category(*category, lang)));
    let day = |date: Option<NaiveDate>| date.map_or_else(|| "…".to_owned(), |date| dated(date, grid, lang));
    let sentence = words::may_tell(
        lang,
        &words::listed(&covered, lang),
        &words::listed(&categories.collect::<Vec<_>>(), lang),
        &day(grid.valid_from),
        &day(grid.valid_until),
    );
    (Tone::Ok, words::holds_when(lang).into(), sentence)
}

fn named(units: &[Receiver], which: impl Fn(UnitId) -> bool) -> Vec<String> {
    units.iter().filter(|unit| which(unit.id)).map(|unit| unit.name.clone()).collect()
}

/// With the year where the period passes a New Year.
fn dated(date: NaiveDate, grid: &Grid, lang: Lang) -> String {
    let year = |date: Option<NaiveDate>| date.map(|date| date.year());
    let same = year(grid.valid_from) == year(grid.valid_until);
    if same { day_month(date, lang) } else { crate::text::date::day_month_year(date, lang) }
}
