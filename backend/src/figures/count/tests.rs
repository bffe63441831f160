use domain::{routing::Band, series::DayPolicy, unit::UnitKind};
use uuid::Uuid;

use super::*;
use crate::figures::Number::{self, Hidden, Impossible, Shown};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The school year 2026/27, looked at on the day after it.
fn release() -> Release {
    Release::of(SchoolYear::beginning(2026).unwrap(), date("2027-08-01")).unwrap()
}

fn forum(number: u128, from: u16, to: u16) -> Forum {
    let id = ForumId::from_uuid(Uuid::from_u128(number));
    Forum {
        id,
        code: format!("f{number}"),
        name: format!("Forum {number}"),
        short_name: format!("F{number}"),
        band: Band { forum: id, from, to },
        host: String::new(),
        place: String::new(),
        meeting_minutes: 120,
        item_minutes: 20,
        freeze_days: 0,
        review_days: 7,
        on_red_days: DayPolicy::Skip,
        on_breaks: DayPolicy::Skip,
        version: 1,
    }
}

fn forums() -> Vec<Forum> {
    vec![forum(1, 0, 12), forum(2, 13, 18)]
}

fn unit(number: u128, closed_on: Option<&str>) -> Unit {
    Unit {
        id: UnitId::from_uuid(Uuid::from_u128(number)),
        kind: UnitKind::School,
        name: format!("Enhet {number}"),
        short_name: format!("E{number}"),
        authority: String::new(),
        closed_at: closed_on.map(|day| domain::time::start_of(date(day))),
        version: 1,
    }
}

/// Cases, numbered on, of children born on a day, registered and taken up in a forum on others.
fn taken_up(facts: &mut Facts, count: u128, born: &str, (registered, forum, on): (&str, &Forum, &str)) {
    let first = facts.cases.len() as u128;
    for number in first..first + count {
        let case = CaseId::from_uuid(Uuid::from_u128(number));
        facts.cases.insert(case, CaseDays { born_on: date(born), registered_on: date(registered) });
        facts.taken_up.push(TakenUp { case, forum: forum.id, on: date(on) });
    }
}

/// Ten of every age in the forum that takes it, so that nothing has to be hidden.
fn plenty(facts: &mut Facts) {
    let forums = forums();
    for (born, forum) in [("2023-01-01", 0), ("2018-01-01", 0), ("2012-01-01", 1), ("2009-06-01", 1)] {
        taken_up(facts, 10, born, ("2026-09-01", &forums[forum], "2026-09-10"));
    }
}

fn of(facts: &Facts) -> Figures {
    figures(facts, &forums(), &[unit(1, None), unit(2, None), unit(3, Some("2026-07-31"))], release()).unwrap()
}

/// The numbers of a table, by row, with the totals last.
fn numbers<R, C>(grid: &Grid<R, C>) -> Vec<Vec<Number>> {
    let line = |cells: &[Number], total: Number| cells.iter().copied().chain([total]).collect();
    let lines = grid.lines.iter().map(|one| line(&one.cells, one.total));
    lines.chain([line(&grid.totals, grid.total)]).collect()
}

/// V11
#[test]
fn cases_are_counted_by_forum_and_age_and_few_of_them_are_hidden() {
    let (mut facts, forums) = (Facts::default(), forums());
    taken_up(&mut facts, 6, "2023-01-01", ("2026-09-01", &forums[0], "2026-09-10"));
    taken_up(&mut facts, 9, "2018-01-01", ("2026-09-01", &forums[0], "2026-09-10"));
    taken_up(&mut facts, 5, "2012-01-01", ("2026-09-01", &forums[1], "2026-09-10"));
    taken_up(&mut facts, 7, "2009-06-01", ("2026-09-01", &forums[1], "2026-09-10"));
    let cases = of(&facts).cases;
    let names: Vec<_> = cases.columns.iter().map(|forum| forum.name.as_str()).collect();
    assert_eq!(names, ["Forum 1", "Forum 2"]);
    assert_eq!(cases.lines[3].of, AgeBand { from: 16, to: None });
    assert_eq!(
        numbers(&cases),
        [
            vec![Shown(6), Impossible, Shown(6)],
            vec![Shown(9), Impossible, Shown(9)],
            vec![Impossible, Shown(5), Shown(5)],
            vec![Impossible, Shown(7), Shown(7)],
            vec![Shown(15), Shown(12), Shown(27)],
        ]
    );

    // Four of one age: neither they nor what they would follow from.
    facts.cases.pop_first();
    facts.cases.pop_first();
    let cases = of(&facts).cases;
    assert_eq!(cases.lines[0].cells[0], Hidden);
    assert_eq!(cases.lines[0].total, Hidden);
    assert_eq!(cases.lines[1].cells[0], Hidden, "the forum's total less this would be the four");
    assert_eq!(cases.lines[2].cells[1], Shown(5));
}

#[test]
fn a_case_counts_once_where_it_was_first_taken_up_in_the_year() {
    let (mut facts, forums) = (Facts::default(), forums());
    taken_up(&mut facts, 5, "2014-03-01", ("2026-01-10", &forums[0], "2026-05-10"));
    for case in facts.cases.keys() {
        // At twelve, then at thirteen, and once after the year.
        for (forum, on) in [(&forums[1], "2027-03-04"), (&forums[0], "2026-09-08"), (&forums[1], "2027-09-02")] {
            facts.taken_up.push(TakenUp { case: *case, forum: forum.id, on: date(on) });
        }
    }
    assert_eq!(of(&facts).waiting.of_all, None, "the first time was the year before");
    plenty(&mut facts);
    let cases = of(&facts).cases;
    assert_eq!((cases.lines[1].cells[0], cases.total), (Shown(15), Shown(45)));
}

#[test]
fn what_was_taken_up_at_another_age_than_the_forum_takes_counts_as_the_nearest() {
    let (mut facts, forums) = (Facts::default(), forums());
    taken_up(&mut facts, 5, "2014-03-01", ("2026-09-01", &forums[0], "2027-03-02"));
    taken_up(&mut facts, 5, "2016-03-01", ("2026-09-01", &forums[1], "2027-03-02"));
    plenty(&mut facts);
    let cases = of(&facts).cases;
    assert_eq!((cases.lines[1].cells[0], cases.lines[2].cells[1]), (Shown(15), Shown(15)));
    assert_eq!(cases.total, Shown(50));
}

#[test]
fn ages_no_forum_takes_have_no_row() {
    let figures = figures(&Facts::default(), &[forum(1, 0, 12)], &[], release()).unwrap();
    let bands: Vec<_> = figures.cases.lines.iter().map(|line| (line.of.from, line.of.to)).collect();
    assert_eq!(bands, [(0, Some(5)), (6, Some(12))]);
    let all = numbers(&figures.cases).concat();
    assert!(all.iter().all(|number| *number == Hidden), "that there is none is not told either");
    let nothing = super::figures(&Facts::default(), &[], &[], release()).unwrap();
    assert!(nothing.cases.lines.is_empty());
}

/// V11
#[test]
fn the_middle_of_waiting_is_of_five_and_tells_no_other() {
    let (mut facts, forums) = (Facts::default(), forums());
    for (count, registered) in [(2, "2026-09-01"), (2, "2026-08-27"), (1, "2026-08-01")] {
        taken_up(&mut facts, count, "2018-01-01", (registered, &forums[0], "2026-09-08"));
    }
    let waiting = of(&facts).waiting;
    assert_eq!(waiting.of_each.iter().map(|(_, days)| *days).collect::<Vec<_>>(), [Some(12), None]);
    assert_eq!(waiting.of_all, Some(12));
    taken_up(&mut facts, 4, "2010-01-01", ("2026-09-01", &forums[1], "2026-09-10"));
    assert_eq!(of(&facts).waiting.of_all, None, "the four would follow from it");
}

#[test]
fn the_time_to_consent_is_told_of_the_year_in_which_it_first_held() {
    let (mut facts, forums) = (Facts::default(), forums());
    taken_up(&mut facts, 5, "2012-01-01", ("2026-09-01", &forums[1], "2026-12-10"));
    let cases: Vec<CaseId> = facts.cases.keys().copied().collect();
    for case in &cases {
        facts.covered.insert(*case, date("2026-09-15"));
    }
    let consent = of(&facts).consent;
    assert_eq!(consent.of_each.iter().map(|(_, days)| *days).collect::<Vec<_>>(), [None, Some(14)]);
    facts.covered.insert(cases[0], date("2027-08-01"));
    assert_eq!(of(&facts).consent.of_all, None, "four are left of this year");
}

#[test]
fn a_unit_came_when_anybody_of_it_did() {
    let mut facts = Facts::default();
    let meeting = |number: u128| MeetingId::from_uuid(Uuid::from_u128(number));
    let units = [1, 2, 3].map(|number| UnitId::from_uuid(Uuid::from_u128(number)));
    for number in 0..12 {
        facts.called.extend(units.map(|unit| (meeting(number), unit)));
        facts.came.extend((number < 7).then_some((meeting(number), units[0])));
        // Came without being called.
        facts.came.insert((meeting(100 + number), units[0]));
    }
    let attendance = of(&facts).attendance;
    assert_eq!(attendance.columns, [Turnout::Came, Turnout::Absent]);
    assert_eq!(
        numbers(&attendance),
        [
            vec![Shown(7), Shown(5), Shown(12)],
            vec![Shown(0), Shown(12), Shown(12)],
            vec![Shown(7), Shown(17), Shown(24)],
        ],
        "none is shown, and a unit that was closed before the year has no row"
    );
    assert_eq!(attendance.lines[0].share(0), Some(58));
    assert_eq!(attendance.share_of_all(0), Some(29));
}

#[test]
fn undertakings_are_those_due_in_the_year() {
    let mut facts = Facts::default();
    let units = [1, 2].map(|number| UnitId::from_uuid(Uuid::from_u128(number)));
    let mut due = |unit: UnitId, count: usize, due_on: &str, done_on: Option<&str>| {
        let one = Undertaken { unit, due_on: date(due_on), done_on: done_on.map(date) };
        facts.due.extend(std::iter::repeat_n(one, count));
    };
    due(units[0], 8, "2026-12-01", Some("2026-12-01"));
    due(units[0], 6, "2027-07-31", Some("2027-08-01"));
    due(units[0], 5, "2026-08-01", None);
    due(units[0], 9, "2027-08-01", None);
    due(units[0], 9, "2026-07-31", Some("2026-09-01"));
    due(units[1], 10, "2027-01-08", Some("2027-01-07"));
    let undertakings = of(&facts).undertakings;
    assert_eq!(undertakings.lines[0].cells, [Shown(8), Shown(6), Shown(5)]);
    assert_eq!(undertakings.lines[1].cells, [Shown(10), Shown(0), Shown(0)], "never late, of ten");
    assert_eq!((undertakings.lines[0].total, undertakings.total), (Shown(19), Shown(29)));
    assert_eq!(undertakings.lines[0].share(0), Some(42));
}

/// V11
#[test]
fn what_is_kept_of_a_hidden_number_is_that_it_is_hidden() {
    let (mut facts, forums) = (Facts::default(), forums());
    taken_up(&mut facts, 3, "2018-01-01", ("2026-09-01", &forums[0], "2026-09-10"));
    let some = of(&facts);
    let none = of(&Facts::default());
    let kept = |figures: &Figures| serde_json::to_string(figures).unwrap();
    assert_eq!(kept(&some), kept(&none));
    assert_eq!(serde_json::from_str::<Figures>(&kept(&some)).unwrap(), some);
}
