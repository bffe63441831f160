//! Dates and times as people read them: "torsdag 26 november", "09.10", "v. 48", "1 h 45 min". Everything here is local time.

use super::Lang;
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("mars", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augusti", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// "torsdag" · "Thursday".
#[must_use]
pub const fn weekday_name(weekday: Weekday, lang: Lang) -> &'static str {
    let (swedish, english) = match weekday {
        Weekday::Mon => ("måndag", "Monday"),
        Weekday::Tue => ("tisdag", "Tuesday"),
        Weekday::Wed => ("onsdag", "Wednesday"),
        Weekday::Thu => ("torsdag", "Thursday"),
        Weekday::Fri => ("fredag", "Friday"),
        Weekday::Sat => ("lördag", "Saturday"),
        Weekday::Sun => ("söndag", "Sunday"),
    };
    match lang {
        Lang::Sv => swedish,
        Lang::En => english,
    }
}

/// "november" · "November".
#[must_use]
pub fn month_name(date: NaiveDate, lang: Lang) -> &'static str {
    MONTHS.get(date.month0() as usize).map_or("", |(swedish, english)| lang.pick(swedish, english))
}

/// "26 november".
#[must_use]
pub fn day_month(date: NaiveDate, lang: Lang) -> String {
    format!("{} {}", date.day(), month_name(date, lang))
}

/// "26 november 2026".
#[must_use]
pub fn day_month_year(date: NaiveDate, lang: Lang) -> String {
    format!("{} {}", day_month(date, lang), date.year())
}

/// "10 juni"; "30 oktober 2027" where the day is so far off that it could be read as the last one of that name.
#[must_use]
pub fn day_month_near(date: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    /// Three quarters of a year.
    const FAR: u64 = 274;
    if date.signed_duration_since(today).num_days().unsigned_abs() > FAR {
        day_month_year(date, lang)
    } else {
        day_month(date, lang)
    }
}

/// "torsdag 26 november".
#[must_use]
pub fn weekday_day(date: NaiveDate, lang: Lang) -> String {
    format!("{} {}", weekday_name(date.weekday(), lang), day_month(date, lang))
}

/// "torsdag 26 november 2026".
#[must_use]
pub fn weekday_day_year(date: NaiveDate, lang: Lang) -> String {
    format!("{} {}", weekday_day(date, lang), date.year())
}

/// "torsdag 26 november" in the year it is now, else with the year.
#[must_use]
pub fn weekday_day_near(date: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    if date.year() == today.year() { weekday_day(date, lang) } else { weekday_day_year(date, lang) }
}

/// "09.10", in both languages as on the municipality's own letters.
#[must_use]
pub fn clock(time: NaiveTime) -> String {
    format!("{:02}.{:02}", time.hour(), time.minute())
}

/// "09.00–10.45".
#[must_use]
pub fn clock_span(from: NaiveTime, until: NaiveTime) -> String {
    format!("{}–{}", clock(from), clock(until))
}

/// "23–29 november 2026", "30 november–6 december 2026", "28 december 2026–3 januari 2027". First and last day included.
#[must_use]
pub fn day_span(first: NaiveDate, last: NaiveDate, lang: Lang) -> String {
    let last_text = day_month_year(last, lang);
    if first == last {
        last_text
    } else if first.year() != last.year() {
        format!("{}–{last_text}", day_month_year(first, lang))
    } else if first.month() != last.month() {
        format!("{}–{last_text}", day_month(first, lang))
    } else {
        format!("{}–{last_text}", first.day())
    }
}

/// "v. 48" · "w. 48", by ISO 8601.
#[must_use]
pub fn week_short(date: NaiveDate, lang: Lang) -> String {
    format!("{} {}", lang.pick("v.", "w."), date.iso_week().week())
}

/// "vecka 48" · "week 48", by ISO 8601.
#[must_use]
pub fn week_long(date: NaiveDate, lang: Lang) -> String {
    format!("{} {}", lang.pick("vecka", "week"), date.iso_week().week())
}

/// "1 h 45 min", "45 min", "2 h".
#[must_use]
pub fn minutes(total: u32) -> String {
    match (total / 60, total % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The first letter large, for the start of a heading.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A word as it stands inside a sentence.
pub fn uncapitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_day_is_written_with_its_weekday_first() {
        assert_eq!(weekday_day(on(2026, 11, 26), Lang::Sv), "torsdag 26 november");
        assert_eq!(weekday_day(on(2026, 11, 26), Lang::En), "Thursday 26 November");
        assert_eq!(weekday_day_near(on(2027, 1, 7), on(2026, 11, 22), Lang::Sv), "torsdag 7 januari 2027");
    }

    #[test]
    fn a_day_far_off_is_not_taken_for_the_last_one_of_its_name() {
        let today = on(2026, 11, 22);
        assert_eq!(day_month_near(on(2027, 6, 10), today, Lang::Sv), "10 juni");
        assert_eq!(day_month_near(on(2027, 10, 30), today, Lang::Sv), "30 oktober 2027");
        assert_eq!(day_month_near(on(2025, 11, 26), today, Lang::Sv), "26 november 2025");
    }

    #[test]
    fn a_time_is_written_with_a_full_stop() {
        assert_eq!(clock(NaiveTime::from_hms_opt(9, 10, 0).unwrap()), "09.10");
    }

    #[test]
    fn a_span_repeats_nothing_that_is_the_same() {
        assert_eq!(day_span(on(2026, 11, 23), on(2026, 11, 29), Lang::Sv), "23–29 november 2026");
        assert_eq!(day_span(on(2026, 11, 30), on(2026, 12, 6), Lang::Sv), "30 november–6 december 2026");
        assert_eq!(day_span(on(2026, 12, 28), on(2027, 1, 3), Lang::Sv), "28 december 2026–3 januari 2027");
        assert_eq!(day_span(on(2026, 12, 1), on(2026, 12, 1), Lang::En), "1 December 2026");
    }

    #[test]
    fn the_week_is_the_one_of_iso_8601() {
        assert_eq!(week_short(on(2026, 11, 26), Lang::Sv), "v. 48");
        assert_eq!(week_long(on(2027, 1, 1), Lang::En), "week 53");
    }

    #[test]
    fn a_length_leaves_out_what_is_nought() {
        assert_eq!(minutes(105), "1 h 45 min");
        assert_eq!(minutes(45), "45 min");
        assert_eq!(minutes(120), "2 h");
        assert_eq!(minutes(0), "0 min");
    }

    #[test]
    fn a_heading_starts_large_also_with_a_letter_of_ours() {
        assert_eq!(capitalised("åtgärder"), "Åtgärder");
        assert_eq!(capitalised(""), "");
    }
}
