//! Files from long ago, so that the page of disposal has something to show: two that may go, two that are kept, one that is gone. Done
//! through the same use cases as everything else, at their own times.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::{
    id::CaseId,
    retention::{DocumentKind, Thing},
    time::instant,
};

use super::{life::at, settle::Town};
use crate::{
    Backend, Error, Result,
    clock::ManualClock,
    store,
    usecase::{
        close_case::close_case,
        decide_retention::{TypedRule, decide_retention},
        dispose::{approve_disposal, carry_out_disposals, propose_disposal},
        register_case::{RegisterCase, register_case},
    },
};

/// A child's name, its guardian, and how many years ago its case was closed.
type File = (&'static str, &'static str, u32);

const MAY_GO: [File; 2] = [("Nils Hedin", "Kerstin Hedin", 6), ("Saga Palm", "Torbjörn Palm", 6)];
const GONE: File = ("Otto Rask", "Birgitta Rask", 7);
const TOO_YOUNG: File = ("Ester Wiik", "Roland Wiik", 1);
const FOR_RESEARCH: File = ("Hugo Strand", "Yvonne Strand", 6);

/// Fills the shelf, and leaves the clock where it was.
pub(super) async fn fill(then: &Backend, clock: &Arc<ManualClock>, town: &Town, today: NaiveDate) -> Result<()> {
    let now = then.now();
    let long_ago = Shelf { then, clock, town, today };
    long_ago.at(30)?;
    let rule = TypedRule {
        kind: "case_file".into(),
        keep: "years".into(),
        time: "5".into(),
        sample: "days".into(),
        decision: format!("SN {}/114 § 12", today.year() - 1),
        decided_on: today.checked_sub_months(Months::new(8)).unwrap_or(today).to_string(),
    };
    decide_retention(then, town.actor("karin")?, &rule).await?;
    let of_drafts = TypedRule { kind: "drafts".into(), keep: "months".into(), time: "1".into(), ..rule };
    decide_retention(then, town.actor("karin")?, &of_drafts).await?;
    for file in MAY_GO.into_iter().chain([TOO_YOUNG]) {
        long_ago.file(file, 8).await?;
    }
    long_ago.file(FOR_RESEARCH, 15).await?;
    let gone = BTreeSet::from([Thing { kind: DocumentKind::CaseFile, case: long_ago.file(GONE, 8).await? }]);
    long_ago.at(9)?;
    propose_disposal(then, town.actor("maria")?, &gone).await?;
    approve_disposal(then, town.actor("karin")?, &gone).await?;
    long_ago.at(7)?;
    carry_out_disposals(then).await?;
    clock.set(now);
    Ok(())
}

struct Shelf<'a> {
    then: &'a Backend,
    clock: &'a Arc<ManualClock>,
    town: &'a Town,
    today: NaiveDate,
}

impl Shelf<'_> {
    /// So many days ago.
    fn at(&self, days: u64) -> Result<()> {
        self.on(self.today - Days::new(days))
    }

    fn on(&self, day: NaiveDate) -> Result<()> {
        self.clock.set(instant(at(day, 10, 0)).map_err(|_| Error::NotFound)?);
        Ok(())
    }

    /// A case of a child born on this day of a month, registered and closed a year later.
    async fn file(&self, (child, guardian, closed): File, born: u32) -> Result<CaseId> {
        let years = |back: u32| self.today.checked_sub_months(Months::new(12 * back)).unwrap_or(self.today);
        let maria = self.town.actor("maria")?;
        self.on(years(closed + 1))?;
        let birth = years(closed + 9);
        let form = RegisterCase {
            child_name: child.into(),
            born_on: birth.with_day(born).unwrap_or(birth).to_string(),
            personal_number: String::new(),
            question: "Hur kan skolan och hemmet hjälpas åt?".into(),
            custody: "sole".into(),
            guardians: vec![guardian.into()],
            protection: "none".into(),
        };
        let case = register_case(self.then, maria, form).await?;
        self.on(years(closed))?;
        let version = store::case::record(self.then.db(), case).await?.head.version;
        close_case(self.then, maria, case, version).await?;
        Ok(case)
    }
}
