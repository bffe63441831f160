//! Calendars as bytes: the days when the clocks change, and what other readers make of them.

use std::collections::BTreeSet;

use backend::calendar::{Alarm, Occurrence, calendar};
use chrono::{Days, NaiveTime};
use icalendar::{Calendar, CalendarComponent, Component};
use proptest::prelude::*;

use crate::world::amal::date;

fn thursday(number: u32, on: &str) -> Occurrence {
    Occurrence {
        uid: format!("{number:032x}@samverkan.test"),
        sequence: 0,
        changed_at: "2026-02-02T09:15:30Z".parse().expect("an instant"),
        on: date(on),
        starts: NaiveTime::from_hms_opt(8, 30, 0).expect("a time"),
        minutes: 120,
        place: "Kungsgatan 26, rum Vänern".into(),
        cancelled: false,
        url: format!("https://samverkan.test/traffar/{number}"),
        own: true,
        alarm: None,
    }
}

/// Rules 10–16: 29 March and 25 October 2026 lie between these days. The zone stands in it to the letter, whatever day it is fetched.
#[test]
fn half_past_eight_stays_half_past_eight_across_the_changes_of_the_clock() {
    let days = [(1, "2026-03-26"), (2, "2026-04-02"), (3, "2026-10-22"), (4, "2026-10-29")];
    let mut meetings = days.map(|(number, on)| thursday(number, on));
    meetings[3].cancelled = true;
    meetings[3].sequence = 1;
    let text = calendar(&meetings, "sv");
    assert_eq!(text, include_str!("clock_changes.ics"), "{text}");
}

/// V4, rules 34, 35, 37 and 40: one event for a meeting, whatever its agenda holds; the type has no room for more.
#[test]
fn v4_every_event_has_the_same_title() {
    let text = calendar(&[thursday(1, "2026-03-26"), thursday(2, "2026-04-02")], "sv");
    let titles: Vec<_> = text.lines().filter(|line| line.starts_with("SUMMARY")).collect();
    assert_eq!(titles, ["SUMMARY:Samverkansträff"; 2]);
    let mut told = text.lines().filter(|line| line.starts_with("DESCRIPTION"));
    assert!(told.all(|line| line.starts_with("DESCRIPTION:Logga in för dagordning: https://samverkan.test/traffar/")));
    for absent in ["ATTENDEE", "ORGANIZER", "COMMENT", "CONTACT"] {
        assert!(!text.contains(absent), "{absent}: {text}");
    }
    assert_eq!(text.matches("CLASS:PRIVATE\r\n").count(), 2);
    for neutral in ["NAME:Samverkan\r\n", "X-WR-CALNAME:Samverkan\r\n", "X-WR-TIMEZONE:Europe/Stockholm\r\n"] {
        assert!(text.contains(neutral), "{neutral}: {text}");
    }
}

/// Rule 24: no event recurs, so none has an end of it, an exception or an instance to get wrong.
#[test]
fn no_event_recurs() {
    let text = calendar(&[thursday(1, "2026-03-26"), thursday(2, "2026-04-02")], "sv");
    let (_, events) = text.split_once("BEGIN:VEVENT").expect("an event");
    for name in ["RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"] {
        assert!(!events.contains(name), "{name}: {events}");
    }
}

/// Rules 8, 27
#[test]
fn a_calendar_without_meetings_is_a_calendar() {
    assert_eq!(calendar(&[], "en"), include_str!("empty.ics"));
}

/// Rules 19, 22, 23
#[test]
fn the_order_things_are_found_in_changes_no_byte() {
    let mut meetings: Vec<_> = (0..20).map(|number| thursday(number, "2026-03-26")).collect();
    let text = calendar(&meetings, "sv");
    meetings.reverse();
    meetings.push(thursday(7, "2026-03-26"));
    assert_eq!(calendar(&meetings, "sv"), text);
}

/// Rule 17
#[test]
fn a_meeting_over_the_night_of_the_change_keeps_its_length() {
    let mut night = thursday(1, "2026-10-24");
    night.starts = NaiveTime::from_hms_opt(23, 0, 0).expect("a time");
    night.minutes = 300;
    let text = calendar(&[night], "sv");
    assert!(text.contains("DTEND;TZID=Europe/Stockholm:20261025T030000\r\n"), "five hours, one of them twice: {text}");
}

/// A meeting of a series, and what became of it: held, moved by some days, cancelled.
fn of_a_series() -> impl Strategy<Value = Vec<Occurrence>> {
    prop::collection::vec((0_u64..400, 0_u8..3, 0_i64..4, prop::option::of(0_usize..3)), 0..60).prop_map(|drawn| {
        let made = drawn.into_iter().enumerate().map(|(number, (day, fate, moved, alarm))| Occurrence {
            on: date("2026-01-08") + Days::new(day) + Days::new(if fate == 1 { moved.unsigned_abs() } else { 0 }),
            sequence: u32::from(fate),
            cancelled: fate == 2,
            own: moved % 2 == 0,
            alarm: alarm.map(|one| Alarm::ALL[one]),
            ..thursday(u32::try_from(number).expect("few"), "2026-01-08")
        });
        made.collect()
    })
}

proptest! {
    /// Rules 19, 22, 23: each occurrence stands there once, moved and cancelled ones too, whatever is found twice and in whatever
    /// order; only what is to come and is not cancelled reminds, as wished.
    #[test]
    fn every_occurrence_stands_there_once(mut meetings in of_a_series(), twice in any::<prop::sample::Index>()) {
        let text = calendar(&meetings, "sv");
        let read: Calendar = text.parse().map_err(|why| TestCaseError::fail(format!("{why}: {text}")))?;
        let events: Vec<_> = read.events().collect();
        prop_assert_eq!(events.len(), meetings.len());
        let value = |event: &icalendar::Event, name| event.property_value(name).unwrap_or_default().to_owned();
        let order: Vec<_> = events.iter().map(|event| (value(event, "DTSTART"), value(event, "UID"))).collect();
        prop_assert!(order.is_sorted());
        for meeting in &meetings {
            let found: Vec<_> = events.iter().filter(|event| value(event, "UID") == meeting.uid).collect();
            prop_assert_eq!(found.len(), 1);
            prop_assert!(value(found[0], "DTSTART").starts_with(&meeting.on.format("%Y%m%dT").to_string()));
            prop_assert_eq!(value(found[0], "STATUS") == "CANCELLED", meeting.cancelled);
            prop_assert_eq!(value(found[0], "TRANSP") == "OPAQUE", meeting.own && !meeting.cancelled);
            let reminds = meeting.alarm.is_some() && !meeting.cancelled;
            prop_assert_eq!(found[0].components().len(), usize::from(reminds));
        }
        if !meetings.is_empty() {
            meetings.push(meetings[twice.index(meetings.len())].clone());
        }
        meetings.reverse();
        prop_assert_eq!(calendar(&meetings, "sv"), text);
    }

    /// INJ-03: whatever stands in a place, one event comes out, and its place is what went in.
    #[test]
    fn nothing_in_a_place_becomes_a_component_or_a_property(place in ".{0,200}|(X\r\n?BEGIN:VALARM|;,\\\\|\n|å){1,20}") {
        let mut meeting = thursday(1, "2026-03-26");
        meeting.place.clone_from(&place);
        let text = calendar(&[meeting], "sv");
        let read: Calendar = text.parse().map_err(|why| TestCaseError::fail(format!("{why}: {text}")))?;
        let events: Vec<_> = read.components.iter().filter_map(CalendarComponent::as_event).collect();
        prop_assert_eq!(events.len(), 1);
        prop_assert!(events[0].components().is_empty());
        let known = ["CLASS", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "LOCATION", "SEQUENCE",
            "STATUS", "SUMMARY", "TRANSP", "UID", "URL"];
        prop_assert!(events[0].properties().keys().all(|key| known.contains(&key.as_str())));
        prop_assert!(text.lines().all(|line| line.len() <= 75));
    }
}

/// Rules 15, 16, 17, 23 and 30: 104 meetings of two forums over a year with both changes of the clock, some moved, two of these over the
/// nights of the changes, some cancelled; written where the readers of `end2end/readers` are let loose on them.
#[test]
fn a_year_of_two_forums_is_104_events_for_an_independent_reader() {
    let week = |number: u32| Days::new(7 * u64::from(number));
    let tuesdays =
        (0..52).map(|number| Occurrence { on: date("2026-01-06") + week(number), ..thursday(number, "2026-01-06") });
    let thursdays = (0..52)
        .map(|number| Occurrence { on: date("2026-01-08") + week(number), ..thursday(100 + number, "2026-01-08") });
    let mut meetings: Vec<_> = tuesdays.chain(thursdays).collect();
    for (number, meeting) in meetings.iter_mut().enumerate() {
        meeting.own = number % 2 == 0;
        meeting.alarm = Alarm::ALL.get(number % 5).copied();
        meeting.cancelled = number % 10 == 3;
        if number % 9 == 4 {
            meeting.on = meeting.on + Days::new(1);
            meeting.starts = NaiveTime::from_hms_opt(13, 15, 0).expect("a time");
        }
        meeting.sequence = u32::from(meeting.cancelled) + u32::from(number % 9 == 4);
    }
    for (thursday, saturday) in [("2026-03-26", "2026-03-28"), ("2026-10-22", "2026-10-24")] {
        let moved = meetings.iter_mut().find(|meeting| meeting.on == date(thursday)).expect("a Thursday");
        moved.on = date(saturday);
        moved.starts = NaiveTime::from_hms_opt(23, 0, 0).expect("a time");
        moved.minutes = 300;
    }
    let text = calendar(&meetings, "sv");
    if let Some(file) = std::env::var_os("SAMVERKAN_YEAR") {
        std::fs::write(file, &text).expect("the file is written");
    }
    let read: Calendar = text.parse().expect("a calendar");
    let starts: BTreeSet<_> =
        read.events().filter_map(|event| event.property_value("DTSTART").map(str::to_owned)).collect();
    assert_eq!(starts.len(), 104);
}
