//! What the rules cost: one consent decision, an agenda of 40 items and 8 units, and orders of 10 to 28 items.
#![expect(clippy::unwrap_used, reason = "a bench that cannot set up fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::num::NonZero;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::agenda::{ItemKind, PlannedItem, Slot, Stay, Weights, overflow, stays, times};
use domain::consent::{
    Answer, CaseFacts, Consent, Guardianship, InfoCategory, Parties, Phase, PhaseChange, Purpose, Scope, Signature,
    Signer, Withdrawal, standing, windows,
};
use domain::id::{AgendaItemId, ConsentId, GuardianId, UnitId, Uuid};
use domain::order::{Hands, Part, best_order};

/// The units of a forum.
const UNITS: u8 = 8;

fn unit(number: u8) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(u128::from(number)))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A case as they are after a year: two guardians, a changed phase, an old consent and its renewal, part of it withdrawn.
fn case() -> CaseFacts {
    let guardians @ [first, _] = [1, 2].map(|number| GuardianId::from_uuid(Uuid::from_u128(number)));
    let consent = |number: u128, on: &str, until: &str| Consent {
        id: ConsentId::from_uuid(Uuid::from_u128(number)),
        purposes: BTreeSet::from([Purpose::CollaborationMeeting]),
        categories: BTreeSet::from([InfoCategory::School, InfoCategory::Social]),
        obtained_at: instant(&format!("{on}T10:00:00Z")),
        valid_from: date(on),
        valid_until: date(until),
        signatures: guardians
            .map(|guardian| Signature {
                by: Signer::Guardian(guardian),
                on: date(on),
                answer: Answer::Agreed,
                receivers: (0..UNITS).map(unit).collect(),
            })
            .to_vec(),
        withdrawals: vec![Withdrawal {
            by: Signer::Guardian(first),
            at: instant("2026-11-20T08:00:00Z"),
            scope: Scope::Receivers(BTreeSet::from([unit(7)])),
            implied_by: None,
        }],
        prevented: vec![],
        parties: Parties::default(),
        annulled_at: None,
    };
    CaseFacts {
        born_on: date("2014-03-02"),
        guardians: guardians
            .map(|id| Guardianship { id, from: date("2014-03-02"), until: None, custody: true })
            .to_vec(),
        phases: vec![
            PhaseChange { at: instant("2025-09-01T08:00:00Z"), to: Phase::VoluntarySupport },
            PhaseChange { at: instant("2026-03-01T08:00:00Z"), to: Phase::ConcernReport },
        ],
        consents: vec![consent(1, "2025-10-01", "2026-09-30"), consent(2, "2026-10-01", "2027-09-30")],
    }
}

/// Items no two of which have the same seats where that can be, so that none can be kept together.
fn items(count: usize) -> Vec<PlannedItem> {
    let seats = |number: usize| (0..UNITS).filter(move |unit| (number * 37 + 11) * (usize::from(*unit) + 3) % 7 < 3);
    (0..count)
        .map(|number| PlannedItem {
            id: AgendaItemId::from_uuid(Uuid::from_u128(u128::try_from(number).unwrap())),
            kind: ItemKind::Case,
            minutes: 10 + 5 * u16::try_from(number % 4).unwrap(),
            seats: seats(number).chain([u8::try_from(number).unwrap() % UNITS]).map(unit).collect(),
            not_before: (number % 5 == 0).then_some(5),
            not_after: None,
        })
        .collect()
}

/// Social services in all, one of six schools, and each of five partners in every fifth; some have the same.
fn long_morning() -> Vec<PlannedItem> {
    let mut dice = 7_u32;
    let mut roll = |sides: u32| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 16) % sides
    };
    (0..28)
        .map(|number| {
            let school = u8::try_from(1 + roll(6)).unwrap();
            let partners: Vec<u8> = (7..12).filter(|_| roll(5) == 0).collect();
            PlannedItem {
                id: AgendaItemId::from_uuid(Uuid::from_u128(number)),
                kind: ItemKind::Case,
                minutes: u16::try_from(10 + 5 * roll(4)).unwrap(),
                seats: [0, school].into_iter().chain(partners).map(unit).collect(),
                not_before: None,
                not_after: None,
            }
        })
        .collect()
}

/// So many agendas are drawn of each kind.
const DRAWN: u64 = 24;

/// So many items are proven of each kind of agenda drawn, and for how long each is searched at most.
fn say_what_is_proven() {
    // How many parties are in every item, of how many others one is, and of how many each is in one item of so many.
    for (core, one_of, others, of, in_each) in [
        (1, 6, 5, 1, 5),
        (0, 0, 8, 3, 7),
        (0, 0, 12, 1, 4),
        (0, 0, 12, 2, 5),
        (1, 4, 6, 3, 10),
        (2, 0, 6, 1, 3),
        (0, 0, 6, 1, 2),
    ] {
        let (mut proven, mut longest) = (0, Duration::ZERO);
        let (mut proven_with_times, mut longest_with_times) = (0, Duration::ZERO);
        for seed in 0..DRAWN {
            let mut dice = seed * 7919 + 17;
            let mut roll = |sides: u64| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (dice >> 33) % sides
            };
            let drawn: Vec<PlannedItem> = (0..28)
                .map(|number| {
                    let mut seats: Vec<u64> = (0..core).collect();
                    if one_of > 0 {
                        seats.push(core + roll(one_of));
                    }
                    seats.extend((core + one_of..core + one_of + others).filter(|_| roll(in_each) < of));
                    PlannedItem {
                        id: AgendaItemId::from_uuid(Uuid::from_u128(number)),
                        kind: ItemKind::Case,
                        minutes: u16::try_from(10 + 5 * roll(4)).unwrap(),
                        seats: seats.into_iter().map(|seat| unit(u8::try_from(seat).unwrap())).collect(),
                        not_before: None,
                        not_after: None,
                    }
                })
                .collect();
            let prove = |items: &[PlannedItem], proven: &mut u32, longest: &mut Duration| {
                let started = Instant::now();
                *proven += u32::from(best_order(items, &Weights::new(), &Cores).is_ok_and(|order| order.proven()));
                *longest = started.elapsed().max(*longest);
            };
            prove(&drawn, &mut proven, &mut longest);
            prove(&with_times(&drawn), &mut proven_with_times, &mut longest_with_times);
        }
        println!(
            "28 items, {core} parties in all, one of {one_of}, {others} in {of} of {in_each}: {proven} of {DRAWN} proven, at most \
             {longest:.2?}; with the times of four families {proven_with_times}, at most {longest_with_times:.2?}"
        );
    }
}

/// The same, a family coming to every seventh item: its time is the item's in the order drawn, and it waits ten minutes at most.
fn with_times(items: &[PlannedItem]) -> Vec<PlannedItem> {
    let mut start = 0;
    let bound = |(number, item): (usize, &PlannedItem)| {
        let (not_before, not_after) = (number % 7 == 3).then_some((start, start + 10)).unzip();
        start += u32::from(item.minutes);
        PlannedItem { not_before, not_after, ..item.clone() }
    };
    items.iter().enumerate().map(bound).collect()
}

/// As many threads as there are cores.
struct Cores;

impl Hands for Cores {
    fn all(&self, parts: Vec<Part<'_>>) {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let queue = Mutex::new(parts.into_iter());
        let next = || queue.lock().unwrap().next();
        thread::scope(|scope| {
            for _ in 0..cores {
                scope.spawn(|| {
                    while let Some(part) = next() {
                        part();
                    }
                });
            }
        });
    }
}

/// What an agenda page asks for: every item's times and, for each unit, whether consent covers it; how long each unit stays.
fn agenda(
    start: NaiveDateTime,
    items: &[PlannedItem],
    cases: &[CaseFacts],
    at: DateTime<Utc>,
) -> (Vec<Slot>, Vec<[bool; UNITS as usize]>, BTreeMap<UnitId, Stay>, bool) {
    let units: [UnitId; UNITS as usize] = std::array::from_fn(|number| unit(u8::try_from(number).unwrap()));
    let cells = cases.iter().map(|case| {
        let standing = standing(case, at);
        units.map(|unit| standing.covers(unit))
    });
    (times(start, items), cells.collect(), stays(items), overflow(items, 120).is_some())
}

fn rules(criterion: &mut Criterion) {
    say_what_is_proven();
    let (case, at) = (case(), instant("2026-11-26T08:10:00Z"));
    assert!(standing(&case, at).is_open());
    criterion.bench_function("one consent decision", |bench| bench.iter(|| standing(black_box(&case), black_box(at))));
    criterion.bench_function("windows of one case", |bench| bench.iter(|| windows(black_box(&case), black_box(at))));

    let (start, cases) = ("2026-11-26T09:10:00".parse().unwrap(), vec![case; 40]);
    let planned = items(40);
    criterion.bench_function("agenda of 40 items and 8 units", |bench| {
        bench.iter(|| agenda(start, black_box(&planned), black_box(&cases), at));
    });

    let long = long_morning();
    assert!(best_order(&long, &Weights::new(), &Cores).is_ok_and(|order| order.proven()));
    criterion.bench_function("order of 28 items of a long morning, proven", |bench| {
        bench.iter(|| best_order(black_box(&long), &Weights::new(), &Cores));
    });
    let hard: Vec<_> = items(28).into_iter().map(|item| PlannedItem { not_before: None, ..item }).collect();
    criterion.bench_function("order of 28 items, as far as it is proven", |bench| {
        bench.iter(|| best_order(black_box(&hard), &Weights::new(), &Cores));
    });
    for count in [10, 15, 20] {
        let planned = items(count);
        assert!(best_order(&planned, &Weights::new(), &Cores).is_ok_and(|order| order.proven()));
        criterion.bench_function(&format!("order of {count} items, proven"), |bench| {
            bench.iter(|| best_order(black_box(&planned), &Weights::new(), &Cores));
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = rules
}
criterion_main!(benches);
