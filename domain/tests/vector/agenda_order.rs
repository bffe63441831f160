//! `agenda_order*.json`

use std::collections::{BTreeMap, BTreeSet};

use domain::agenda::{ItemKind, PlannedItem, Weights, waiting};
use domain::id::{AgendaItemId, UnitId};
use domain::order::{InTurn, best_order};
use serde::Deserialize;
use serde_json::Value;

use super::{same, shape, uuid};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    items: Vec<Item>,
    #[serde(default)]
    weights: BTreeMap<String, u32>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: String,
    minutes: u16,
    seats: Vec<String>,
    not_before: Option<u32>,
    not_after: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    waiting: u64,
}

pub fn check(vector: &Value) -> Result<(), String> {
    let Vector { items, weights, expect } = shape(vector)?;
    let unit = |name: &String| UnitId::from_uuid(uuid(name));
    let weights: Weights = weights.iter().map(|(name, weight)| (unit(name), *weight)).collect();
    let items: Vec<PlannedItem> = items
        .iter()
        .map(|item| PlannedItem {
            id: AgendaItemId::from_uuid(uuid(&item.id)),
            kind: ItemKind::Case,
            minutes: item.minutes,
            seats: item.seats.iter().map(unit).collect::<BTreeSet<_>>(),
            not_before: item.not_before,
            not_after: item.not_after,
        })
        .collect();

    let order = best_order(&items, &weights, &InTurn).map_err(|refusal| refusal.to_string())?;
    same(&order.waiting, &expect.waiting)?;
    same(&order.proven(), &true)?;
    // What the order claims is what a walk through it finds.
    let walked = walk(&items, &order.sequence)?;
    same(&waiting(&walked, &weights), &order.waiting)
}

/// The items in the order's sequence, every one once and starting in its window.
fn walk(items: &[PlannedItem], sequence: &[AgendaItemId]) -> Result<Vec<PlannedItem>, String> {
    same(&sequence.iter().collect::<BTreeSet<_>>().len(), &items.len())?;
    let mut minute = 0;
    let mut walked = Vec::new();
    for id in sequence {
        let item = items.iter().find(|item| item.id == *id).ok_or(format!("{id} is no item of the vector"))?;
        if !item.may_start_at(minute) {
            return Err(format!("{id} starts at {minute}, outside its window"));
        }
        minute += u32::from(item.minutes);
        walked.push(item.clone());
    }
    Ok(walked)
}
