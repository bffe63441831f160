//! `routing*.json`

use chrono::NaiveDate;
use domain::id::ForumId;
use domain::routing::{AgeBands, Band, Routing};
use serde::Deserialize;
use serde_json::Value;

use super::{same, shape, uuid};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    born: NaiveDate,
    meeting_on: NaiveDate,
    expect: String,
}

pub fn check(vector: &Value) -> Result<(), String> {
    let Vector { born, meeting_on, expect } = shape(vector)?;
    let forum = |name: &str| ForumId::from_uuid(uuid(name));
    let bands = AgeBands::new(vec![
        Band { forum: forum("family_centre"), from: 0, to: 12 },
        Band { forum: forum("youth_adult_centre"), from: 13, to: 18 },
    ])
    .map_err(|refusal| refusal.to_string())?;
    let got = match bands.route(born, meeting_on) {
        Routing::Forum(id) if id == forum("family_centre") => "family_centre",
        Routing::Forum(_) => "youth_adult_centre",
        Routing::TooOld => "too_old",
        Routing::TooYoung => "too_young",
        Routing::Unborn => "unborn",
    };
    same(&got, &expect.as_str())
}
