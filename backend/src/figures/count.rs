//! Counting a school year: from ids and days, once it is over.
//!
//! Children whose identity is protected are counted as all others: what is counted is how many, how long and what agencies did, and
//! what is shown is of five at least. Were they left out, a municipality's other registers would tell how many there are. Anonymous
//! consultations are no cases (A1) and are in no figure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    age::age_on,
    figures::{Completion, Published, Release, Stray, Table, Turnout, Zeros, days_between, medians},
    id::{CaseId, ForumId, MeetingId, UnitId},
    routing::{AgeBands, Routing},
    time::day,
    year::SchoolYear,
};

use super::{AgeBand, Figures, Grid, Middles, NamedForum, NamedUnit};
use crate::{
    Error, Result,
    store::{forum::Forum, unit::Unit},
};

/// That a case was taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TakenUp {
    pub case: CaseId,
    pub forum: ForumId,
    /// The local day of the meeting.
    pub on: NaiveDate,
}

/// The local days of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CaseDays {
    pub born_on: NaiveDate,
    pub registered_on: NaiveDate,
}

/// An undertaking that was not dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Undertaken {
    pub unit: UnitId,
    /// Its last local day, as it was moved.
    pub due_on: NaiveDate,
    /// The local day it was done; none for one that is not.
    pub done_on: Option<NaiveDate>,
}

/// What a school year is counted from: ids and days, no name and no word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Every case there is.
    pub cases: BTreeMap<CaseId, CaseDays>,
    /// Each time any was taken up, of all years.
    pub taken_up: Vec<TakenUp>,
    /// The local day from which consent first let anybody know of a case, where it ever did.
    pub covered: BTreeMap<CaseId, NaiveDate>,
    /// Who was called to the meetings of the year that were held.
    pub called: BTreeSet<(MeetingId, UnitId)>,
    /// For whom somebody came to them, guests left aside.
    pub came: BTreeSet<(MeetingId, UnitId)>,
    /// What was due in the year.
    pub due: Vec<Undertaken>,
}

/// The ages that are counted together: before school, primary and middle stage, upper stage, and after. Few, as each cell has to reach
/// five; the same in every municipality, so that they follow from nothing that happened.
const AGE_BANDS: [AgeBand; 4] = [
    AgeBand { from: 0, to: Some(5) },
    AgeBand { from: 6, to: Some(12) },
    AgeBand { from: 13, to: Some(15) },
    AgeBand { from: 16, to: None },
];

impl AgeBand {
    fn holds(self, age: u16) -> bool {
        self.from <= age && self.to.is_none_or(|to| age <= to)
    }

    /// Whether a forum takes any of these ages.
    fn is_for(self, forum: &Forum) -> bool {
        self.from <= forum.band.to && self.to.is_none_or(|to| forum.band.from <= to)
    }
}

/// The figures of a school year that is over, as they may be published: with the names the forums and units have now.
///
/// # Errors
/// [`Error::Fault`] where something is counted that has no cell.
pub(crate) fn figures(facts: &Facts, forums: &[Forum], units: &[Unit], release: Release) -> Result<Figures> {
    let year = release.year();
    let units: Vec<&Unit> = units.iter().filter(|unit| takes_part(unit, year)).collect();
    let named = || units.iter().map(|unit| (unit.id, NamedUnit { name: unit.name.clone() })).collect();
    Ok(Figures {
        cases: Grid::of(
            &cases(facts, forums, release)?,
            themselves(&bands(forums)),
            forums.iter().map(|forum| (forum.id, NamedForum::from(forum))).collect(),
        ),
        waiting: middles(&waiting(facts, forums, year), forums),
        attendance: Grid::of(&attendance(facts, &units, release)?, named(), themselves(Turnout::ALL)),
        consent: middles(&lead_times(facts, forums, year), forums),
        undertakings: Grid::of(&undertakings(facts, &units, release)?, named(), themselves(Completion::ALL)),
    })
}

/// What names itself.
fn themselves<C: Copy>(all: &[C]) -> Vec<(C, C)> {
    all.iter().map(|one| (*one, *one)).collect()
}

/// The ages some forum takes.
fn bands(forums: &[Forum]) -> Vec<AgeBand> {
    AGE_BANDS.into_iter().filter(|band| forums.iter().any(|forum| band.is_for(forum))).collect()
}

impl From<&Forum> for NamedForum {
    fn from(forum: &Forum) -> Self {
        Self { code: forum.code.clone(), name: forum.name.clone(), short_name: forum.short_name.clone() }
    }
}

/// Whether a unit took part in a year. Which units there are everybody knows; the rows of a table must not follow from its counts.
fn takes_part(unit: &Unit, year: SchoolYear) -> bool {
    unit.closed_at.is_none_or(|at| day(at) >= year.first())
}

fn lies_in(year: SchoolYear, on: NaiveDate) -> bool {
    year.first() <= on && on <= year.last()
}

/// The first of these times each case was taken up.
fn firsts<'a>(taken_up: impl Iterator<Item = &'a TakenUp>) -> BTreeMap<CaseId, TakenUp> {
    let mut all: BTreeMap<CaseId, TakenUp> = BTreeMap::new();
    for one in taken_up {
        let first = all.entry(one.case).or_insert(*one);
        // On one day in two forums: always the same of them.
        if (one.on, one.forum) < (first.on, first.forum) {
            *first = *one;
        }
    }
    all
}

/// Cases taken up in the year, each once: where and at what age it was first taken up in it.
fn cases(facts: &Facts, forums: &[Forum], release: Release) -> Result<Published<AgeBand, ForumId>> {
    let bands = bands(forums).into_iter().collect();
    let takes = |band: &AgeBand, id: &ForumId| forums.iter().any(|forum| forum.id == *id && band.is_for(forum));
    let mut table = Table::new(bands, forums.iter().map(|forum| forum.id).collect(), takes);
    for first in firsts(facts.taken_up.iter().filter(|one| lies_in(release.year(), one.on))).into_values() {
        let forum = forums.iter().find(|forum| forum.id == first.forum);
        let (Some(case), Some(forum)) = (facts.cases.get(&first.case), forum) else { continue };
        // A forum's ages are changed, or a meeting is moved past a birthday: that counts as the nearest age the forum takes. That
        // there can be none in other cells is what everybody knows, and must stay true.
        let age = age_on(case.born_on, first.on).unwrap_or(0).max(forum.band.from).min(forum.band.to);
        let band = AGE_BANDS.into_iter().find(|band| band.holds(age)).ok_or(Stray)?;
        table.count(band, forum.id)?;
    }
    Ok(table.publish(release, Zeros::Hidden))
}

impl From<Stray> for Error {
    fn from(_: Stray) -> Self {
        Self::Fault("a figure has no cell")
    }
}

/// How many days cases that were taken up for the first time in the year had waited since they were registered.
fn waiting(facts: &Facts, forums: &[Forum], year: SchoolYear) -> BTreeMap<ForumId, Vec<u32>> {
    let mut days = nothing_yet(forums);
    for first in firsts(facts.taken_up.iter()).into_values().filter(|first| lies_in(year, first.on)) {
        if let (Some(case), Some(days)) = (facts.cases.get(&first.case), days.get_mut(&first.forum)) {
            days.push(days_between(case.registered_on, first.on));
        }
    }
    days
}

/// How many days it took from registering a case until consent held for the first time, where it did in the year; by the forum of the
/// child's age on that day. When consent was first asked for is written down nowhere.
fn lead_times(facts: &Facts, forums: &[Forum], year: SchoolYear) -> BTreeMap<ForumId, Vec<u32>> {
    let mut days = nothing_yet(forums);
    let Ok(bands) = AgeBands::new(forums.iter().map(|forum| forum.band).collect()) else { return days };
    for (case, on) in facts.covered.iter().filter(|(_, on)| lies_in(year, **on)) {
        let Some(case) = facts.cases.get(case) else { continue };
        if let Routing::Forum(forum) = bands.route(case.born_on, *on)
            && let Some(days) = days.get_mut(&forum)
        {
            days.push(days_between(case.registered_on, *on));
        }
    }
    days
}

fn nothing_yet(forums: &[Forum]) -> BTreeMap<ForumId, Vec<u32>> {
    forums.iter().map(|forum| (forum.id, Vec::new())).collect()
}

fn middles(days: &BTreeMap<ForumId, Vec<u32>>, forums: &[Forum]) -> Middles {
    let (of_each, of_all) = medians(days);
    let named = |forum: &Forum| (NamedForum::from(forum), of_each.get(&forum.id).copied().flatten());
    Middles { of_each: forums.iter().map(named).collect(), of_all }
}

/// Of the held meetings each unit was called to, those somebody came to for it: whoever was called, or another of the unit.
fn attendance(facts: &Facts, units: &[&Unit], release: Release) -> Result<Published<UnitId, Turnout>> {
    let mut table = by_unit(units, Turnout::ALL);
    for (meeting, unit) in facts.called.iter().filter(|(_, unit)| units.iter().any(|one| one.id == *unit)) {
        let came = facts.came.contains(&(*meeting, *unit));
        table.count(*unit, if came { Turnout::Came } else { Turnout::Absent })?;
    }
    Ok(table.publish(release, Zeros::Shown))
}

/// What became of what each unit undertook to have done by a day of the year. What a unit undertook that was closed before the year
/// began is nobody's to do in it.
fn undertakings(facts: &Facts, units: &[&Unit], release: Release) -> Result<Published<UnitId, Completion>> {
    let mut table = by_unit(units, Completion::ALL);
    let due = facts.due.iter().filter(|due| lies_in(release.year(), due.due_on));
    for due in due.filter(|due| units.iter().any(|one| one.id == due.unit)) {
        table.count(due.unit, Completion::of(due.due_on, due.done_on))?;
    }
    Ok(table.publish(release, Zeros::Shown))
}

fn by_unit<C: Ord + Clone>(units: &[&Unit], columns: &[C]) -> Table<UnitId, C> {
    Table::new(units.iter().map(|unit| unit.id).collect(), columns.iter().cloned().collect(), |_, _| true)
}

#[cfg(test)]
mod tests;
