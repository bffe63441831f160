//! Figures of whole school years: published once, when a year is over, and kept as they were shown.

use backend::{
    Error,
    crypt::Keys,
    usecase::{publish_figures::publish_figures, review_minutes::approve_minutes, tidy},
    view::figures::{
        Figures, FiguresPage, Line, NamedUnit,
        Number::{Hidden, Shown},
        figures_of, figures_page,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{CaseId, MeetingId};
use sea_orm::Value;

use crate::{
    accounts::with_keys,
    on_both_engines,
    room::stage::{Room, count},
    world::{
        Engine, World,
        amal::{Amal, date},
        cases::CaseLaid,
    },
};

/// Half past two in the night after the last day of the school year of the tests.
fn the_day_after() -> DateTime<Utc> {
    "2027-08-01T00:30:00Z".parse().expect("an instant")
}

async fn shown(world: &World, amal: &Amal) -> FiguresPage {
    figures_page(&world.backend, &amal.actor("maria"), None).await.expect("a page")
}

async fn figures(world: &World, amal: &Amal) -> Figures {
    shown(world, amal).await.shown.expect("a publication").figures
}

/// Lays cases of children born on a day that were taken up at a meeting.
async fn taken_up(world: &World, amal: &Amal, count: usize, born: &str, on: &str) {
    for _ in 0..count {
        let laid = CaseLaid { unit: "school", born, named: &[&["school", "social"]], until: "2027-06-10" };
        let case = world.lay_case(amal, laid).await;
        done(world, amal.meeting(on), case.id).await;
    }
}

async fn done(world: &World, meeting: MeetingId, case: CaseId) {
    let row: [Value; 8] = [
        world.backend.random().uuid().into(),
        meeting.uuid().into(),
        "case".into(),
        Some(case.uuid()).into(),
        20_i64.into(),
        0_i64.into(),
        "done".into(),
        1_i64.into(),
    ];
    let columns = ["id", "meeting_id", "kind", "case_id", "minutes", "position", "state", "version"];
    world.insert("agenda_item", columns, vec![row]).await;
}

/// Six cases of every age, each in its forum.
async fn a_year_of_cases(world: &World) -> Amal {
    let amal = world.amal().await;
    for (born, on) in [
        ("2022-01-01", "2026-11-24"),
        ("2018-01-01", "2026-11-24"),
        ("2012-03-01", "2026-11-26"),
        ("2009-12-01", "2026-11-26"),
    ] {
        taken_up(world, &amal, 6, born, on).await;
    }
    amal
}

/// Somebody of a unit is called to a meeting that was held; they came, or not, or were told that they need not.
async fn called(world: &World, amal: &Amal, on: &str, (unit, who): (&str, &str), came: bool, withdrawn: bool) {
    let (id, now) = (world.backend.random().uuid(), world.backend.now());
    let (meeting, unit) = (amal.meeting(on).uuid(), amal.unit(unit).uuid());
    world.sql(&format!("UPDATE meeting SET state = 'held' WHERE id = {}", world.literal(meeting))).await.expect("held");
    let row: [Value; 14] = [
        id.into(),
        meeting.into(),
        unit.into(),
        amal.actor(who).person.uuid().into(),
        id.to_string().into(),
        now.into(),
        Some(now).into(),
        "none".into(),
        withdrawn.then_some(now).into(),
        0_i64.into(),
        now.into(),
        "[]".into(),
        false.into(),
        false.into(),
    ];
    let columns = [
        "id",
        "meeting_id",
        "unit_id",
        "person_id",
        "token_hash",
        "created_at",
        "sent_at",
        "answer",
        "withdrawn_at",
        "slot_sequence",
        "slot_changed_at",
        "declined",
        "stand_in",
        "in_calendar",
    ];
    world.insert("invitation", columns, vec![row]).await;
    if came {
        let row: [Value; 5] = [id.into(), meeting.into(), unit.into(), "Någon Annan".into(), now.into()];
        world.insert("attendance", ["id", "meeting_id", "unit_id", "name", "arrived_at"], vec![row]).await;
    }
}

fn line<'a>(lines: &'a [Line<NamedUnit>], name: &str) -> &'a Line<NamedUnit> {
    lines.iter().find(|line| line.of.name == name).expect("the unit")
}

on_both_engines! {
    /// V11: once, when the year is over; what is entered later changes nothing, and nobody can.
    async fn a_year_is_published_when_it_is_over_and_stays_as_it_was(world: World) -> TestResult {
        let amal = a_year_of_cases(&world).await;
        world.clock.set("2027-07-31T21:59:00Z".parse()?);
        assert!(!publish_figures(&world.backend).await?, "its last minute");
        let page = shown(&world, &amal).await;
        assert_eq!((page.shown, page.next_on), (None, date("2027-08-01")));

        world.clock.set(the_day_after());
        assert!(publish_figures(&world.backend).await?);
        let page = shown(&world, &amal).await;
        let first = page.shown.clone().ok_or("nothing is published")?;
        assert_eq!((first.year.begins_in(), first.published_at), (2026, the_day_after()));
        let cases = &first.figures.cases;
        assert_eq!((cases.total, &cases.totals[..]), (Shown(24), &[Shown(12), Shown(12)][..]));
        assert!(cases.lines.iter().all(|line| line.total == Shown(6)));
        // Registered on Sunday 22 November, taken up on the Tuesday and the Thursday; laid with a consent of before.
        let waited: Vec<_> = first.figures.waiting.of_each.iter().map(|(forum, days)| (&*forum.name, *days)).collect();
        assert_eq!(waited, [("Familjecentralen", Some(2)), ("Ungdoms- och vuxencentralen", Some(4))]);
        assert_eq!(first.figures.consent.of_all, Some(0));

        taken_up(&world, &amal, 7, "2012-03-01", "2026-12-10").await;
        assert!(!publish_figures(&world.backend).await?);
        assert_eq!(shown(&world, &amal).await, page);
        for change in ["UPDATE figure_release SET figures = '{}'", "DELETE FROM figure_release"] {
            assert!(world.sql(change).await.is_err(), "{change}");
        }
        if world.engine == Engine::Sqlite {
            let over = "INSERT OR REPLACE INTO figure_release SELECT * FROM figure_release";
            assert!(world.sql(over).await.is_err());
        }
        assert_eq!(world.text("SELECT action FROM audit WHERE action = 'figures_published'").await?, "figures_published");
        Ok(())
    }

    /// V11: of three nothing is kept but that something is hidden, nor what they would follow from.
    async fn few_are_hidden_and_are_not_kept(world: World) -> TestResult {
        let amal = a_year_of_cases(&world).await;
        let meeting = world.literal(amal.meeting("2026-11-26").uuid());
        // Of the six of fourteen years three were not reached.
        world.sql(&format!(
            "UPDATE agenda_item SET state = 'planned' WHERE id IN (SELECT i.id FROM agenda_item i JOIN case_file c ON c.id = i.case_id \
             WHERE i.meeting_id = {meeting} AND c.born_on = '2012-03-01' LIMIT 3)"
        )).await?;
        world.clock.set(the_day_after());
        assert!(publish_figures(&world.backend).await?);
        let cases = figures(&world, &amal).await.cases;
        assert_eq!((cases.lines[2].cells[1], cases.lines[2].total), (Hidden, Hidden));
        assert_eq!(cases.lines[3].cells[1], Hidden, "the three would follow from the forum's total");
        assert_eq!((cases.lines[0].cells[0], cases.totals[1]), (Shown(6), Shown(9)));
        let kept = world.text("SELECT figures FROM figure_release").await?;
        assert!(kept.contains("hidden") && !kept.contains("{\"shown\":3}"), "{kept}");
        Ok(())
    }

    async fn what_agencies_did_is_counted_of_meetings_that_were_held(world: World) -> TestResult {
        let (room, minutes) = Room::submitted(&world, "Närvaron har gått från 31 till 45 procent.").await;
        let amal = &room.amal;
        world.clock.advance(TimeDelta::hours(20));
        approve_minutes(&world.backend, &amal.actor("karin"), minutes, 1, false).await?;
        for (on, bup_came) in [
            ("2026-09-03", true),
            ("2026-09-10", true),
            ("2026-09-17", true),
            ("2026-09-24", true),
            ("2026-10-01", true),
            ("2026-10-08", false),
        ] {
            called(&world, amal, on, ("social", "maria"), true, false).await;
            called(&world, amal, on, ("bup", "eva"), bup_came, false).await;
            called(&world, amal, on, ("af", "lars"), false, true).await;
        }
        world.clock.set(the_day_after());
        assert!(publish_figures(&world.backend).await?);
        let told = figures(&world, amal).await;
        let attendance = |name| {
            let line = line(&told.attendance.lines, name);
            (line.cells.clone(), line.total)
        };
        assert_eq!(told.attendance.total, Shown(12), "those who need not come are in no figure");
        assert_eq!(attendance("Individ- och familjeomsorg"), (vec![Hidden, Shown(0)], Hidden), "or the few would follow");
        assert_eq!(attendance("BUP Åmål"), (vec![Hidden, Hidden], Hidden), "once nobody came");
        // Whether an agency was asked once or never is whether there is a child.
        assert_eq!(attendance("Arbetsförmedlingen"), (vec![Hidden, Hidden], Hidden), "never asked");
        for (name, why) in [("Rösängsskolan", "one, not done"), ("BUP Åmål", "none")] {
            let undertaken = line(&told.undertakings.lines, name);
            assert_eq!((&undertaken.cells[..], undertaken.total), (&[Hidden, Hidden, Hidden][..], Hidden), "{why}");
        }
        Ok(())
    }

    async fn figures_are_for_coordinators_and_administrators(world: World) -> TestResult {
        let amal = a_year_of_cases(&world).await;
        world.clock.set(the_day_after());
        // The program does it by itself.
        tidy::run(&world.backend, std::future::ready(())).await;
        assert_eq!(count(&world, "figure_release").await, 1);
        for who in ["maria", "karin"] {
            let told = figures_of(&world.backend, &amal.actor(who), 2026).await?;
            assert_eq!(told.year.begins_in(), 2026);
            let none = figures_of(&world.backend, &amal.actor(who), 2025).await;
            assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
        }
        for who in ["anna", "per", "ivar"] {
            let page = figures_page(&world.backend, &amal.actor(who), Some(2026)).await;
            assert!(matches!(page, Err(Error::Denied)), "{who}: {page:?}");
            let file = figures_of(&world.backend, &amal.actor(who), 2026).await;
            assert!(matches!(file, Err(Error::Denied)), "{who}: {file:?}");
        }
        Ok(())
    }

    async fn two_who_come_to_it_at_once_publish_once(world: World) -> TestResult {
        a_year_of_cases(&world).await;
        world.clock.set(the_day_after());
        let other = with_keys(&world, Keys::read(&world.key)?);
        let (one, two) = tokio::join!(publish_figures(&world.backend), publish_figures(&other));
        assert!(one? ^ two?, "one of them");
        assert_eq!(count(&world, "figure_release").await, 1);
        Ok(())
    }

    async fn a_year_in_which_nothing_was_is_not_published(world: World) -> TestResult {
        let amal = world.amal().await;
        assert!(!publish_figures(&world.backend).await?, "the year before the first meeting");
        let page = shown(&world, &amal).await;
        assert_eq!((page.years, page.shown), (vec![], None));
        Ok(())
    }
}
