//! One event to each occurrence, nothing about anybody in it (rules 7, 10–23, 30, 34–40; V4, PRIV-01).

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use domain::time::instant;

use super::{invite::Asked, line::Lines};

/// Europe/Stockholm as clients want it: one STANDARD, one DAYLIGHT, each with a yearly rule, and nothing that depends on the
/// day it is fetched (rules 10–13).
pub(super) const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Stockholm\r\n\
    BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n\
    BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

/// A meeting as it stands in somebody's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Random, for life (rule 18).
    pub uid: String,
    /// Counts changes of time, place and cancelling (rule 20).
    pub sequence: u32,
    /// When what the calendar shows was last changed (rule 21).
    pub changed_at: DateTime<Utc>,
    /// The local day.
    pub on: NaiveDate,
    /// Local time.
    pub starts: NaiveTime,
    /// Its length.
    pub minutes: i64,
    /// Where; may be empty.
    pub place: String,
    /// Whether it is cancelled (rule 30).
    pub cancelled: bool,
    /// A page that needs login.
    pub url: String,
    /// Whether its time is the person's own, and so not free (rule 38).
    pub own: bool,
    /// When programs remind of it (rule 39).
    pub alarm: Option<Alarm>,
}

/// How long before an event programs remind of it, for who asked to be reminded (rule 39).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// 15 minutes.
    Quarter,
    /// An hour.
    Hour,
    /// A day.
    Day,
}

impl Alarm {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Hour, Self::Day];

    /// How long before, in minutes.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        match self {
            Self::Quarter => 15,
            Self::Hour => 60,
            Self::Day => 1440,
        }
    }

    /// The choice of so many minutes.
    #[must_use]
    pub fn from_minutes(minutes: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.minutes() == minutes)
    }

    /// As a duration of RFC 5545 (§ 3.3.6), before.
    const fn trigger(self) -> &'static str {
        match self {
            Self::Quarter => "-PT15M",
            Self::Hour => "-PT1H",
            Self::Day => "-P1D",
        }
    }
}

/// Fixed words: nothing of what a meeting is about (rule 35).
pub(super) struct Words {
    name: &'static str,
    summary: &'static str,
    cancelled: &'static str,
    description: &'static str,
}

const SWEDISH: Words = Words {
    name: "Samverkan",
    summary: "Samverkansträff",
    cancelled: "INSTÄLLT: Samverkansträff",
    description: "Logga in för dagordning",
};

const ENGLISH: Words = Words {
    name: "Samverkan",
    summary: "Collaboration meeting",
    cancelled: "CANCELLED: Collaboration meeting",
    description: "Sign in for the agenda",
};

impl Words {
    pub(super) fn of(language: &str) -> &'static Self {
        if language == "en" { &ENGLISH } else { &SWEDISH }
    }
}

/// A whole calendar; the same bytes for the same occurrences, in whatever order they are given.
#[must_use]
pub fn calendar(occurrences: &[Occurrence], language: &str) -> String {
    let words = Words::of(language);
    let mut ordered: Vec<&Occurrence> = occurrences.iter().collect();
    ordered.sort_by(|a, b| (a.on, a.starts, &a.uid).cmp(&(b.on, b.starts, &b.uid)));
    ordered.dedup_by(|a, b| a.uid == b.uid);

    let mut head = published();
    head.text("NAME", words.name);
    head.text("X-WR-CALNAME", words.name);
    head.put("X-WR-TIMEZONE", "Europe/Stockholm");
    head.put("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    head.put("X-PUBLISHED-TTL", "PT1H");
    let mut out = head.done();
    if !ordered.is_empty() {
        out.push_str(ZONE);
    }
    for occurrence in ordered {
        out.push_str(&occurrence.lines(words, None));
    }
    out.push_str("END:VCALENDAR\r\n");
    out
}

/// One event as a file to be put into a calendar once: nothing a program would take for a calendar of its own to fetch (rule 7). The
/// event is the same as in a feed (rule 18).
#[must_use]
pub fn file(occurrence: &Occurrence, language: &str) -> String {
    format!("{}{ZONE}{}END:VCALENDAR\r\n", published().done(), occurrence.lines(Words::of(language), None))
}

fn published() -> Lines {
    let mut head = Lines::default();
    head.put("BEGIN", "VCALENDAR");
    head.put("VERSION", "2.0");
    head.put("PRODID", "-//Samverkan//Min kalender//SV");
    head.put("CALSCALE", "GREGORIAN");
    head.put("METHOD", "PUBLISH");
    head
}

impl Occurrence {
    /// Its event; with `asked` in a message to somebody.
    pub(super) fn lines(&self, words: &Words, asked: Option<&Asked>) -> String {
        let starts = self.on.and_time(self.starts);
        // Counted in real minutes, so that the length holds over a night when the clocks change (rule 17).
        let ends = instant(starts).map_or(starts, |at| domain::time::local(at + TimeDelta::minutes(self.minutes)));
        let mut event = Lines::default();
        event.put("BEGIN", "VEVENT");
        event.put("UID", &self.uid);
        // In a message the stamp tells when that was made (§ 3.8.7.2).
        event.put("DTSTAMP", &utc(asked.map_or(self.changed_at, |asked| asked.stamped_at)));
        event.put("LAST-MODIFIED", &utc(self.changed_at));
        event.put("SEQUENCE", &self.sequence.to_string());
        event.put("DTSTART;TZID=Europe/Stockholm", &local(starts));
        event.put("DTEND;TZID=Europe/Stockholm", &local(ends));
        let summary = if self.cancelled { words.cancelled } else { words.summary };
        event.text("SUMMARY", summary);
        if !self.place.is_empty() {
            event.text("LOCATION", &self.place);
        }
        event.text("DESCRIPTION", &format!("{}: {}", words.description, self.url));
        event.put("URL", &self.url);
        let over = self.cancelled || asked.is_some_and(Asked::takes_back);
        event.put("STATUS", if over { "CANCELLED" } else { "CONFIRMED" });
        event.put("TRANSP", if over || !self.own { "TRANSPARENT" } else { "OPAQUE" });
        event.put("CLASS", "PRIVATE");
        if let Some(asked) = asked {
            asked.put(&mut event);
        }
        if let Some(alarm) = self.alarm.filter(|_| !over) {
            event.put("BEGIN", "VALARM");
            event.put("ACTION", "DISPLAY");
            event.text("DESCRIPTION", summary);
            event.put("TRIGGER", alarm.trigger());
            event.put("END", "VALARM");
        }
        event.put("END", "VEVENT");
        event.done()
    }
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn local(at: NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%S").to_string()
}
