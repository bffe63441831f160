//! Which of those in a room belong to the circle of a case. They come in by unit and name, so they are held against the names of
//! those named: who is let in under another name than the one that stands on the list is not let near the case (I1).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    id::{CaseId, UnitId},
    visibility::Circle,
};
use sea_orm::ConnectionTrait;

use crate::{Result, gate::Known, store};

/// The faces of a circle, as people are known at the door.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faces(Option<BTreeSet<(UnitId, String)>>);

impl Faces {
    /// Those of a circle, in the units they work for on a day.
    pub(crate) async fn of(db: &impl ConnectionTrait, circle: &Circle, on: NaiveDate) -> Result<Self> {
        let Circle::Named(named) = circle else { return Ok(Self(None)) };
        let people = store::roster::people(db, named.iter().copied()).await?;
        let works = store::assignment::all(db).await?;
        let faces = works.into_iter().filter(|work| work.holds_on(on)).filter_map(|work| {
            let person = people.get(&work.person).filter(|person| !person.disabled)?;
            Some((work.unit?, spelled(&person.name)))
        });
        Ok(Self(Some(faces.collect())))
    }

    /// Those of each of these cases whose circle is not everybody.
    pub(crate) async fn of_all(
        db: &impl ConnectionTrait,
        known: &BTreeMap<CaseId, Known>,
        on: NaiveDate,
    ) -> Result<BTreeMap<CaseId, Self>> {
        let mut all = BTreeMap::new();
        for (case, known) in known {
            if known.record.circle != Circle::Unit {
                all.insert(*case, Self::of(db, &known.record.circle, on).await?);
            }
        }
        Ok(all)
    }

    /// Whether everybody of a unit is one of them.
    pub(crate) fn are_everybody(&self) -> bool {
        self.0.is_none()
    }

    /// Whether somebody who came in for a unit under a name is one of them.
    pub(crate) fn hold(&self, unit: UnitId, name: &str) -> bool {
        self.0.as_ref().is_none_or(|faces| faces.contains(&(unit, spelled(name))))
    }
}

/// A name as it is held against others.
pub(crate) fn spelled(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
