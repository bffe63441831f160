//! Series, meetings and closed days.

use std::collections::BTreeSet;

use backend::{
    error::Error,
    usecase::{
        change_meeting::{TimeAndPlaceTyped, cancel_meeting, move_meeting},
        change_series::{SeriesTyped, add_series, change_series, end_series},
        close_days::{ClosedSpanTyped, close_days, import_days, open_days},
    },
    view::{
        closed_days, meetings,
        series::{Fate, SeriesPreview, preview},
    },
};
use domain::{
    calendar::{Eve, RedDay},
    flaw::FlawKind,
    meeting::MeetingState,
    refusal::Refusal,
    series::{DayPolicy, SkipReason},
};

use super::flaws;
use crate::{on_both_engines, world::amal::date};

fn thursdays(from: &str, until: &str) -> SeriesTyped {
    SeriesTyped {
        weekday: "4".into(),
        starts: "09.00".into(),
        minutes: "120".into(),
        interval_weeks: "1".into(),
        from: from.into(),
        until: until.into(),
        place: "Kungsgatan 26".into(),
        days: Vec::new(),
    }
}

fn moved(on: &str, starts: &str) -> TimeAndPlaceTyped {
    TimeAndPlaceTyped {
        on: on.into(),
        starts: starts.into(),
        minutes: "120".into(),
        place: "Kungsgatan 26, rum Vänern".into(),
    }
}

fn break_of(from: &str, until: &str) -> ClosedSpanTyped {
    ClosedSpanTyped { kind: "school_break".into(), name: "Sportlov".into(), from: from.into(), until: until.into() }
}

on_both_engines! {
    /// K2: what is shown before is what is made, and no skipped day is dropped from the list.
    async fn a_series_is_shown_before_it_is_saved_and_comes_out_as_shown(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        close_days(&world.backend, &karin, &break_of("2027-02-08", "2027-02-12")).await?;
        let typed = thursdays("2026-12-20", "2027-03-31");
        let shown = preview(&world.backend, &karin, amal.youth, None, &typed).await?;
        let conflicts: Vec<_> = shown
            .days
            .iter()
            .filter_map(|day| day.conflict.as_ref().map(|conflict| (day.on, day.fate, conflict.reason, conflict.name.as_deref())))
            .collect();
        assert_eq!(
            conflicts,
            [
                (date("2026-12-24"), Fate::Skipped, SkipReason::Eve(Eve::ChristmasEve), None),
                (date("2026-12-31"), Fate::Skipped, SkipReason::Eve(Eve::NewYearsEve), None),
                (date("2027-02-11"), Fate::Skipped, SkipReason::SchoolBreak, Some("Sportlov")),
                (
                    date("2027-03-25"),
                    Fate::Made { on: date("2027-03-25") },
                    SkipReason::BeforeRedDay(RedDay::GoodFriday),
                    None
                ),
            ]
        );
        assert_eq!(shown.made(), 11);
        add_series(&world.backend, &karin, amal.youth, &typed).await?;
        let page = meetings::page(&world.backend, &karin).await?;
        let after = date("2026-12-20");
        let made = page.weeks.iter().flat_map(|week| &week.meetings).filter(|line| line.starts.date() > after).count();
        assert_eq!(made, 11);
        let listed: Vec<_> = page.weeks.iter().flat_map(|week| &week.skipped).map(|day| day.on).collect();
        assert_eq!(listed, [date("2026-12-24"), date("2026-12-31"), date("2027-02-11")]);
        Ok(())
    }

    /// Rules 18, 36: what programs and addresses call a meeting by is random, and neither tells the other.
    async fn meetings_of_a_series_are_called_by_random_ids(world: World) -> TestResult {
        let amal = world.amal().await;
        add_series(&world.backend, &amal.actor("karin"), amal.youth, &thursdays("2026-12-20", "2027-03-31")).await?;
        let page = meetings::page(&world.backend, &amal.actor("karin")).await?;
        let after = date("2026-12-20");
        let made = page.weeks.iter().flat_map(|week| &week.meetings).filter(|line| line.starts.date() > after);
        let mut ids = BTreeSet::new();
        for line in made {
            let own = format!("SELECT calendar_uid FROM meeting WHERE id = {}", world.literal(line.id.uuid()));
            ids.extend([line.id.uuid(), world.text(&own).await?.parse()?]);
        }
        assert_eq!(ids.len(), 2 * 12);
        assert!(ids.iter().all(|id| id.get_version() == Some(uuid::Version::Random)));
        Ok(())
    }

    /// K2, K3: skipped, moved within the week or held, by the forum's policy or as chosen; and found again when it is laid out anew.
    async fn each_day_that_is_not_free_is_skipped_moved_or_held(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        close_days(&world.backend, &karin, &break_of("2027-02-08", "2027-02-12")).await?;
        world.sql("UPDATE forum SET on_red_days = 'before' WHERE code = 'youth'").await?;
        let mut typed = thursdays("2026-12-20", "2027-02-28");
        typed.days = vec![("2026-12-31".into(), "skip".into()), ("2027-02-11".into(), "hold".into())];
        let shown = preview(&world.backend, &karin, amal.youth, None, &typed).await?;
        let at = |shown: &SeriesPreview, on: &str| shown.days.iter().find(|day| day.on == date(on)).cloned().expect("a day");
        assert_eq!(at(&shown, "2026-12-24").fate, Fate::Made { on: date("2026-12-23") }, "the forum's policy");
        assert_eq!(at(&shown, "2026-12-31").fate, Fate::Skipped, "as chosen");
        assert_eq!(at(&shown, "2027-02-11").fate, Fate::Made { on: date("2027-02-11") });
        let choices = at(&shown, "2026-12-24").conflict.expect("a conflict").choices;
        assert_eq!(
            choices,
            [
                (DayPolicy::Skip, None),
                (DayPolicy::Before, Some(date("2026-12-23"))),
                (DayPolicy::Hold, Some(date("2026-12-24")))
            ],
            "Friday is Christmas Day"
        );
        let series = add_series(&world.backend, &karin, amal.youth, &typed).await?;
        typed.days.clear();
        let again = preview(&world.backend, &karin, amal.youth, Some(series), &typed).await?;
        assert_eq!(at(&again, "2026-12-24").conflict.map(|one| one.choice), Some(DayPolicy::Before), "as it lies");
        assert_eq!(at(&again, "2027-02-11").conflict.map(|one| one.choice), Some(DayPolicy::Hold));
        typed.days = vec![("2026-12-24".into(), "skip".into())];
        change_series(&world.backend, &karin, series, 1, &typed).await?;
        let page = meetings::page(&world.backend, &karin).await?;
        let days = page.weeks.iter().flat_map(|week| &week.meetings).map(|line| line.starts.date());
        assert!(!days.clone().any(|on| on == date("2026-12-23")), "taken away");
        assert!(days.clone().any(|on| on == date("2027-02-11")));
        Ok(())
    }

    /// K5: 25 March 2027 may be short, 26 March is Good Friday.
    async fn no_meeting_is_made_on_or_moved_to_a_red_day(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let fridays = SeriesTyped { weekday: "5".into(), ..thursdays("2027-03-22", "2027-04-03") };
        let shown = preview(&world.backend, &karin, amal.youth, None, &fridays).await?;
        let days: Vec<_> = shown.days.iter().map(|day| (day.on, day.fate)).collect();
        let friday = date("2027-04-02");
        assert_eq!(days, [(date("2027-03-26"), Fate::Skipped), (friday, Fate::Made { on: friday })]);
        let stubborn = SeriesTyped { days: vec![("2027-03-26".into(), "hold".into())], ..fridays };
        let shown = preview(&world.backend, &karin, amal.youth, None, &stubborn).await?;
        assert_eq!(shown.days[0].fate, Fate::Skipped, "whatever is chosen");
        let id = amal.meeting("2026-12-17");
        for closed in ["2027-03-26", "2026-12-24", "2026-12-20"] {
            let told = flaws(move_meeting(&world.backend, &karin, id, 1, &moved(closed, "09.00")).await);
            assert_eq!(told, [("on".into(), FlawKind::ClosedDay)], "{closed}");
        }
        move_meeting(&world.backend, &karin, id, 1, &moved("2027-03-25", "09.00")).await?;
        Ok(())
    }

    /// K3: the schools pass their year on as a table.
    async fn a_table_of_breaks_is_read_whole_or_not_at_all(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let table = "Lov;Från;Till\nSportlov;2027-02-08;2027-02-12\nPåsklov;2027-03-29;2027-04-02\nStudiedag;2027-04-02;";
        let bad = format!("{table}\nSommarlov;2027-06-15;");
        let refused = import_days(&world.backend, &karin, &format!("{bad}2027-06-01")).await;
        assert_eq!(flaws(refused), [("table".into(), FlawKind::Row { row: 5 })]);
        assert_eq!(flaws(import_days(&world.backend, &karin, " \n").await), [("table".into(), FlawKind::Required)]);
        let long = import_days(&world.backend, &karin, &"x".repeat(20_001)).await;
        assert_eq!(flaws(long), [("table".into(), FlawKind::TooLong { max: 20_000 })]);
        assert!(matches!(import_days(&world.backend, &amal.actor("maria"), table).await, Err(Error::Denied)));
        assert_eq!(closed_days::page(&world.backend, &karin).await?.spans.len(), 0);

        assert_eq!(import_days(&world.backend, &karin, table).await?, 3);
        let spans = closed_days::page(&world.backend, &karin).await?.spans;
        let spans: Vec<_> = spans.iter().map(|span| (span.name.as_str(), span.from, span.until)).collect();
        assert_eq!(
            spans,
            [
                ("Sportlov", date("2027-02-08"), date("2027-02-12")),
                ("Påsklov", date("2027-03-29"), date("2027-04-01")),
                ("Studiedag", date("2027-04-02"), date("2027-04-02")),
            ]
        );
        Ok(())
    }

    /// What was laid on an eve deliberately stays there, whatever else of it changes.
    async fn a_meeting_held_on_an_eve_by_choice_may_begin_at_another_time(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let held = SeriesTyped { days: vec![("2026-12-24".into(), "hold".into())], ..thursdays("2026-12-21", "2026-12-27") };
        add_series(&world.backend, &karin, amal.youth, &held).await?;
        let page = meetings::page(&world.backend, &karin).await?;
        let line = page.weeks.iter().flat_map(|week| &week.meetings).find(|line| line.starts.date() == date("2026-12-24"));
        let id = line.ok_or("not held")?.id;
        move_meeting(&world.backend, &karin, id, 1, &moved("2026-12-24", "10.00")).await?;
        let elsewhere = move_meeting(&world.backend, &karin, id, 2, &moved("2026-12-25", "10.00")).await;
        assert_eq!(flaws(elsewhere), [("on".into(), FlawKind::ClosedDay)]);
        Ok(())
    }

    /// K1
    async fn every_other_week_goes_on_across_week_53(world: World) -> TestResult {
        let amal = world.amal().await;
        let typed = SeriesTyped {
            weekday: "3".into(),
            interval_weeks: "2".into(),
            ..thursdays("2026-12-02", "2027-01-31")
        };
        let shown = preview(&world.backend, &amal.actor("karin"), amal.youth, None, &typed).await?;
        let days: Vec<_> = shown.days.iter().map(|day| day.on).collect();
        assert!(days.windows(2).all(|pair| (pair[1] - pair[0]).num_days() == 14), "{days:?}");
        assert!(days.contains(&date("2026-12-30")) && days.contains(&date("2027-01-13")));
        Ok(())
    }

    async fn every_flaw_of_a_series_is_told_at_its_field(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let typed = SeriesTyped {
            weekday: "8".into(),
            starts: "25.00".into(),
            minutes: "5".into(),
            interval_weeks: "0".into(),
            from: "2026-02-30".into(),
            until: String::new(),
            place: "\u{7}".into(),
            days: vec![("2026-12-24".into(), "never".into())],
        };
        let told = flaws(add_series(&world.backend, &karin, amal.youth, &typed).await);
        let fields: Vec<_> = told.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["weekday", "starts", "minutes", "interval_weeks", "from", "until", "place", "days"]);
        let backwards = add_series(&world.backend, &karin, amal.youth, &thursdays("2027-06-01", "2027-01-01")).await;
        assert_eq!(flaws(backwards), [("until".into(), FlawKind::BeforeTheOther)]);
        let endless = add_series(&world.backend, &karin, amal.youth, &thursdays("2027-06-01", "2137-01-01")).await;
        assert_eq!(flaws(endless), [("until".into(), FlawKind::SpanTooLong)]);
        Ok(())
    }

    async fn changing_a_series_touches_only_what_nobody_has_touched(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let (moved_one, cancelled) = (amal.meeting("2026-12-03"), amal.meeting("2026-12-10"));
        move_meeting(&world.backend, &karin, moved_one, 1, &moved("2026-12-04", "10.00")).await?;
        cancel_meeting(&world.backend, &karin, cancelled, 1, "absence").await?;
        world.sql("UPDATE meeting SET state = 'published', published_at = '2026-11-20T10:00:00+00:00' \
                   WHERE on_date = '2026-11-26'").await?;
        let typed = SeriesTyped { starts: "13.30".into(), ..thursdays("2026-09-03", "2026-12-18") };
        change_series(&world.backend, &karin, amal.youth_series, 1, &typed).await?;
        let page = meetings::page(&world.backend, &karin).await?;
        let ahead: Vec<_> = page
            .weeks
            .iter()
            .flat_map(|week| &week.meetings)
            .filter(|line| line.forum.id == amal.youth && line.starts.date() > date("2026-11-22"))
            .map(|line| (line.id, line.starts.to_string(), line.state))
            .collect();
        assert_eq!(
            ahead,
            [
                (amal.meeting("2026-11-26"), "2026-11-26 09:00:00".into(), MeetingState::Published),
                (moved_one, "2026-12-04 10:00:00".into(), MeetingState::Draft),
                (cancelled, "2026-12-10 09:00:00".into(), MeetingState::Cancelled),
                (amal.meeting("2026-12-17"), "2026-12-17 13:30:00".into(), MeetingState::Draft),
            ]
        );
        assert!(page.behind.iter().filter(|line| line.forum.id == amal.youth).all(|line| {
            line.starts.time().to_string() == "09:00:00"
        }));
        Ok(())
    }

    async fn another_weekday_takes_untouched_drafts_away_and_makes_new_ones(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let typed = SeriesTyped { weekday: "3".into(), ..thursdays("2026-09-03", "2026-12-18") };
        let shown = preview(&world.backend, &karin, amal.youth, Some(amal.youth_series), &typed).await?;
        assert_eq!(shown.removed, ["2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17"].map(date));
        change_series(&world.backend, &karin, amal.youth_series, 1, &typed).await?;
        let page = meetings::page(&world.backend, &karin).await?;
        let days: Vec<_> = page
            .weeks
            .iter()
            .flat_map(|week| &week.meetings)
            .filter(|line| line.forum.id == amal.youth && line.starts.date() > date("2026-11-22"))
            .map(|line| line.starts.date())
            .collect();
        assert_eq!(days, ["2026-11-25", "2026-12-02", "2026-12-09", "2026-12-16"].map(date));
        Ok(())
    }

    /// Another rule from a day on: what lies before it stays, and stays when the series is changed once more.
    async fn a_rule_is_changed_from_a_day_on(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let typed = SeriesTyped { weekday: "3".into(), ..thursdays("2026-12-07", "2026-12-18") };
        let shown = preview(&world.backend, &karin, amal.youth, Some(amal.youth_series), &typed).await?;
        assert_eq!(shown.removed, ["2026-12-10", "2026-12-17"].map(date));
        change_series(&world.backend, &karin, amal.youth_series, 1, &typed).await?;
        let later = SeriesTyped { starts: "13.00".into(), ..typed };
        change_series(&world.backend, &karin, amal.youth_series, 2, &later).await?;
        let page = meetings::page(&world.backend, &karin).await?;
        let ahead: Vec<_> = page
            .weeks
            .iter()
            .flat_map(|week| &week.meetings)
            .filter(|line| line.forum.id == amal.youth && line.starts.date() > date("2026-11-22"))
            .map(|line| line.starts.to_string())
            .collect();
        assert_eq!(
            ahead,
            ["2026-11-26 09:00:00", "2026-12-03 09:00:00", "2026-12-09 13:00:00", "2026-12-16 13:00:00"]
        );
        Ok(())
    }

    async fn a_series_does_not_end_before_a_published_meeting(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        world.sql("UPDATE meeting SET state = 'published' WHERE on_date = '2026-12-03'").await?;
        let early = end_series(&world.backend, &karin, amal.youth_series, 1, "2026-11-30").await;
        assert!(matches!(early, Err(Error::Refused(Refusal::InUse))));
        end_series(&world.backend, &karin, amal.youth_series, 1, "2026-12-04").await?;
        let page = meetings::page(&world.backend, &karin).await?;
        let last = page.weeks.iter().flat_map(|week| &week.meetings).rfind(|line| line.forum.id == amal.youth);
        assert_eq!(last.map(|line| line.id), Some(amal.meeting("2026-12-03")));
        Ok(())
    }

    /// Rules 18, 20: the same event, one sequence number more; a draft is in nobody's calendar and keeps its number.
    async fn a_moved_meeting_keeps_its_identity_and_counts_its_sequence(world: World) -> TestResult {
        let amal = world.amal().await;
        let maria = amal.actor("maria");
        let id = amal.meeting("2026-11-26");
        let of = async |what: &str| {
            world.text(&format!("SELECT {what} FROM meeting WHERE on_date = '2026-11-27'")).await
        };
        move_meeting(&world.backend, &maria, id, 1, &moved("2026-11-27", "09.00")).await?;
        assert_eq!(of("CAST(sequence AS text)").await?, "0");
        let uid = of("calendar_uid").await?;
        world.sql("UPDATE meeting SET state = 'published' WHERE on_date = '2026-11-27'").await?;
        move_meeting(&world.backend, &maria, id, 2, &moved("2026-11-27", "10.00")).await?;
        assert_eq!(of("CAST(sequence AS text)").await?, "1");
        move_meeting(&world.backend, &maria, id, 3, &moved("2026-11-27", "10.00")).await?;
        assert_eq!(of("CAST(sequence AS text)").await?, "1", "the same move again is none");
        cancel_meeting(&world.backend, &maria, id, 3, "absence").await?;
        assert_eq!(of("CAST(sequence AS text)").await?, "2");
        assert_eq!(of("calendar_uid").await?, uid);
        let page = meetings::page(&world.backend, &maria).await?;
        let line = page.weeks.iter().flat_map(|week| &week.meetings).find(|line| line.id == id).ok_or("gone")?;
        assert_eq!((line.state, line.moved_from), (MeetingState::Cancelled, Some(date("2026-11-26"))));
        Ok(())
    }

    async fn a_meeting_is_not_moved_into_the_past_nor_by_a_participant(world: World) -> TestResult {
        let amal = world.amal().await;
        let id = amal.meeting("2026-11-26");
        let past = move_meeting(&world.backend, &amal.actor("maria"), id, 1, &moved("2026-11-20", "09.00")).await;
        assert_eq!(flaws(past), [("on".into(), FlawKind::InThePast)]);
        let night = move_meeting(&world.backend, &amal.actor("maria"), id, 1, &moved("2027-03-29", "23.30")).await;
        assert_eq!(flaws(night), [("minutes".into(), FlawKind::NotANumber { min: 15, max: 30 })]);
        for name in ["anna", "ivar"] {
            let denied = cancel_meeting(&world.backend, &amal.actor(name), id, 1, "absence").await;
            assert!(matches!(denied, Err(Error::Denied)), "{name}");
        }
        assert!(matches!(meetings::page(&world.backend, &amal.actor("ivar")).await, Err(Error::Denied)));
        Ok(())
    }

    /// K2: never silently dropped.
    async fn a_meeting_on_a_day_closed_later_waits_to_be_moved_or_cancelled(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        close_days(&world.backend, &karin, &break_of("2026-11-30", "2026-12-04")).await?;
        let page = closed_days::page(&world.backend, &karin).await?;
        let colliding: Vec<_> = page.colliding.iter().map(|line| line.id).collect();
        assert_eq!(colliding, [amal.meeting("2026-12-01"), amal.meeting("2026-12-03")]);
        assert_eq!((page.spans[0].from, page.spans[0].until), (date("2026-11-30"), date("2026-12-04")));
        cancel_meeting(&world.backend, &karin, amal.meeting("2026-12-01"), 1, "absence").await?;
        assert_eq!(closed_days::page(&world.backend, &karin).await?.colliding.len(), 1);
        open_days(&world.backend, &karin, "2026-12-03", "2026-12-03").await?;
        let page = closed_days::page(&world.backend, &karin).await?;
        assert_eq!((page.spans.len(), page.colliding.len()), (2, 0));
        Ok(())
    }

    async fn a_span_of_closed_days_has_an_order_and_a_length(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let backwards = close_days(&world.backend, &karin, &break_of("2027-02-12", "2027-02-08")).await;
        assert_eq!(flaws(backwards), [("until".into(), FlawKind::BeforeTheOther)]);
        let endless = close_days(&world.backend, &karin, &break_of("2027-02-12", "2028-02-08")).await;
        assert_eq!(flaws(endless), [("until".into(), FlawKind::SpanTooLong)]);
        close_days(&world.backend, &karin, &break_of("2027-02-12", "")).await?;
        let renamed = ClosedSpanTyped { name: "Studiedag".into(), ..break_of("2027-02-12", "2027-02-12") };
        close_days(&world.backend, &karin, &renamed).await?;
        let spans = closed_days::page(&world.backend, &karin).await?.spans;
        assert_eq!(spans.iter().map(|span| span.name.as_str()).collect::<Vec<_>>(), ["Studiedag"]);
        Ok(())
    }
}
