//! The Swedish calendar: red days, and the days a municipality treats as free.

use chrono::{Datelike, Days, NaiveDate, Weekday};

coded! {
    /// A public holiday (allmän helgdag) by lag 1989:253, as it has stood from 1990 on.
    pub enum RedDay {
        /// Nyårsdagen.
        NewYearsDay => "new_years_day",
        /// Trettondedag jul.
        Epiphany => "epiphany",
        /// Långfredagen.
        GoodFriday => "good_friday",
        /// Påskdagen.
        EasterSunday => "easter_sunday",
        /// Annandag påsk.
        EasterMonday => "easter_monday",
        /// Första maj.
        MayDay => "may_day",
        /// Kristi himmelsfärdsdag.
        AscensionDay => "ascension_day",
        /// Pingstdagen.
        WhitSunday => "whit_sunday",
        /// Annandag pingst, until 2004; the national day took its place (SFS 2004:1320).
        WhitMonday => "whit_monday",
        /// Sveriges nationaldag, from 2005 (SFS 2004:1320).
        NationalDay => "national_day",
        /// Midsommardagen, the Saturday of 20–26 June.
        MidsummerDay => "midsummer_day",
        /// Alla helgons dag, the Saturday of 31 October–6 November.
        AllSaintsDay => "all_saints_day",
        /// Juldagen.
        ChristmasDay => "christmas_day",
        /// Annandag jul.
        BoxingDay => "boxing_day",
        /// Any other Sunday.
        Sunday => "sunday",
    }
}

coded! {
    /// An eve that municipalities treat as a free day though the law does not.
    pub enum Eve {
        /// Påskafton.
        EasterEve => "easter_eve",
        /// Pingstafton.
        WhitsunEve => "whitsun_eve",
        /// Midsommarafton, the Friday of 19–25 June.
        MidsummerEve => "midsummer_eve",
        /// Julafton.
        ChristmasEve => "christmas_eve",
        /// Nyårsafton.
        NewYearsEve => "new_years_eve",
    }
}

/// The first year in which 6 June is a red day and annandag pingst is none.
const NATIONAL_DAY_FROM: i32 = 2005;

/// Easter Sunday of a year of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher.
#[must_use]
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let golden = year.rem_euclid(19);
    let moon_shift = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - moon_shift + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 19 * to_sunday) / 433;
    let days = epact + to_sunday - 7 * late;
    let month = (days + 90) / 25;
    let day = (days + 33 * month + 19) % 32;
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The red days of a year other than ordinary Sundays, in order. Two can fall on one day, as 1 May and Ascension Day did
/// in 2008.
#[must_use]
pub fn red_days(year: i32) -> Vec<(NaiveDate, RedDay)> {
    let date = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let easter = easter_sunday(year);
    let from_easter = |days: i64| easter.and_then(|easter| easter.checked_add_signed(chrono::TimeDelta::days(days)));
    let saturday_from = |month, day| date(month, day).and_then(|first| on_or_after(first, Weekday::Sat));
    let (whit_monday, national_day) =
        if year < NATIONAL_DAY_FROM { (from_easter(50), None) } else { (None, date(6, 6)) };
    let mut days: Vec<_> = [
        (date(1, 1), RedDay::NewYearsDay),
        (date(1, 6), RedDay::Epiphany),
        (from_easter(-2), RedDay::GoodFriday),
        (easter, RedDay::EasterSunday),
        (from_easter(1), RedDay::EasterMonday),
        (date(5, 1), RedDay::MayDay),
        (from_easter(39), RedDay::AscensionDay),
        (from_easter(49), RedDay::WhitSunday),
        (whit_monday, RedDay::WhitMonday),
        (national_day, RedDay::NationalDay),
        (saturday_from(6, 20), RedDay::MidsummerDay),
        (saturday_from(10, 31), RedDay::AllSaintsDay),
        (date(12, 25), RedDay::ChristmasDay),
        (date(12, 26), RedDay::BoxingDay),
    ]
    .into_iter()
    .filter_map(|(day, name)| Some((day?, name)))
    .collect();
    days.sort_unstable();
    days
}

/// The red day a day is, if it is one; of two on one day the one first in [`RedDay`], Sunday last of all.
#[must_use]
pub fn red_day(day: NaiveDate) -> Option<RedDay> {
    let named = red_days(day.year()).into_iter().find(|(on, _)| *on == day).map(|(_, name)| name);
    named.or_else(|| (day.weekday() == Weekday::Sun).then_some(RedDay::Sunday))
}

/// The eve a day is, if municipalities treat it as free.
#[must_use]
pub fn eve(day: NaiveDate) -> Option<Eve> {
    match (day.month(), day.day()) {
        (12, 24) => return Some(Eve::ChristmasEve),
        (12, 31) => return Some(Eve::NewYearsEve),
        _ => {}
    }
    let tomorrow = day.checked_add_days(Days::new(1))?;
    match red_day(tomorrow)? {
        RedDay::EasterSunday => Some(Eve::EasterEve),
        RedDay::WhitSunday => Some(Eve::WhitsunEve),
        RedDay::MidsummerDay => Some(Eve::MidsummerEve),
        _ => None,
    }
}

/// The red day a working day is the day before, when it may be shortened (K5): skärtorsdag, valborgsmässoafton,
/// trettondagsafton and the like. Not the Saturday before an ordinary Sunday, which is no working day.
#[must_use]
pub fn before_red_day(day: NaiveDate) -> Option<RedDay> {
    if day.weekday() == Weekday::Sat || red_day(day).is_some() || eve(day).is_some() {
        return None;
    }
    red_day(day.checked_add_days(Days::new(1))?)
}

/// The first day of a weekday on or after a day.
pub(crate) fn on_or_after(day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(u64::from(weekday.days_since(day.weekday()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn k5_in_2027_maundy_thursday_may_be_short_and_good_friday_is_red() {
        assert_eq!(red_day(date("2027-03-25")), None);
        assert_eq!(before_red_day(date("2027-03-25")), Some(RedDay::GoodFriday));
        assert_eq!(red_day(date("2027-03-26")), Some(RedDay::GoodFriday));
        assert_eq!(red_day(date("2027-05-06")), Some(RedDay::AscensionDay));
    }

    #[test]
    fn the_national_day_took_the_place_of_whit_monday_in_2005() {
        assert_eq!(red_day(date("2004-05-31")), Some(RedDay::WhitMonday));
        assert_eq!(red_day(date("2005-05-16")), None);
        assert_eq!(red_day(date("2004-06-07")), None);
        assert_eq!(red_day(date("2006-06-06")), Some(RedDay::NationalDay));
        assert_eq!(red_day(date("2003-06-06")), None);
    }

    #[test]
    fn two_red_days_can_fall_on_one_day() {
        let both: Vec<_> = red_days(2008).into_iter().filter(|(day, _)| *day == date("2008-05-01")).collect();
        assert_eq!(both, [(date("2008-05-01"), RedDay::MayDay), (date("2008-05-01"), RedDay::AscensionDay)]);
        assert_eq!(red_day(date("2008-05-01")), Some(RedDay::MayDay));
    }

    #[test]
    fn every_eve_of_the_municipalities_is_known() {
        let eves = [
            ("2027-03-27", Eve::EasterEve),
            ("2027-05-15", Eve::WhitsunEve),
            ("2027-06-25", Eve::MidsummerEve),
            ("2027-12-24", Eve::ChristmasEve),
            ("2027-12-31", Eve::NewYearsEve),
        ];
        for (day, name) in eves {
            assert_eq!(eve(date(day)), Some(name), "{day}");
            assert_eq!(before_red_day(date(day)), None, "{day}");
        }
        assert_eq!(eve(date("2027-06-24")), None);
    }

    #[test]
    fn valborg_and_the_eve_of_epiphany_may_be_short_but_no_saturday() {
        assert_eq!(before_red_day(date("2027-04-30")), Some(RedDay::MayDay));
        assert_eq!(before_red_day(date("2027-01-05")), Some(RedDay::Epiphany));
        assert_eq!(before_red_day(date("2026-11-21")), None);
    }
}
