//! What a feed of 104 occurrences costs: two forums' meetings over a year.
#![expect(clippy::unwrap_used, reason = "a bench that cannot set up fails")]

use std::hint::black_box;

use backend::calendar::{Occurrence, calendar};
use chrono::{Days, NaiveDate, NaiveTime};
use criterion::{Criterion, criterion_group, criterion_main};

/// Meeting `number`: one forum on Tuesdays after noon, the other on Thursdays in the morning.
fn occurrence(number: u64) -> Occurrence {
    let first: NaiveDate = "2026-01-06".parse().unwrap();
    let (week, forum) = (number / 2, number % 2);
    Occurrence {
        uid: format!("{number:032x}@samverkan.test"),
        sequence: u32::try_from(number % 3).unwrap(),
        changed_at: "2026-02-02T09:15:30Z".parse().unwrap(),
        on: first + Days::new(week * 7 + forum * 2),
        starts: NaiveTime::from_hms_opt(if forum == 0 { 13 } else { 9 }, 0, 0).unwrap(),
        minutes: 120,
        place: "Kungsgatan 26, rum Vänern".into(),
        cancelled: number.is_multiple_of(26),
        url: format!("https://samverkan.test/traffar/{number}"),
        own: true,
        alarm: None,
    }
}

fn feed(criterion: &mut Criterion) {
    let meetings: Vec<_> = (0..104).map(occurrence).collect();
    assert_eq!(calendar(&meetings, "sv").matches("BEGIN:VEVENT").count(), 104);
    criterion.bench_function("feed of 104 occurrences", |bench| bench.iter(|| calendar(black_box(&meetings), "sv")));
}

criterion_group!(benches, feed);
criterion_main!(benches);
