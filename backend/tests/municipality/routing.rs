//! Which forum takes up a child's case.

use backend::{
    usecase::change_meeting::cancel_meeting,
    view::routing::{Destination, forum_for},
};

use crate::{on_both_engines, world::amal::date};

on_both_engines! {
    /// R1, R6: twelve when registered, thirteen on the Thursday.
    async fn the_forum_is_that_of_the_age_on_the_day_of_the_next_meeting(world: World) -> TestResult {
        let amal = world.amal().await;
        let today = date("2026-11-22");
        let Destination::Meeting(next) = forum_for(&world.backend, date("2013-11-24"), today).await? else {
            return Err("no meeting".into());
        };
        assert_eq!((next.meeting, next.age), (amal.meeting("2026-11-26"), 13), "13 on Tuesday already");
        let (birthday, left) = next.changed.ok_or("no reason")?;
        assert_eq!((birthday, left.id), (date("2026-11-24"), amal.family));
        let Destination::Meeting(next) = forum_for(&world.backend, date("2013-11-25"), today).await? else {
            return Err("no meeting".into());
        };
        assert_eq!((next.meeting, next.age, next.changed), (amal.meeting("2026-11-24"), 12, None));
        let (birthday, then) = next.changes_next.ok_or("no change ahead")?;
        assert_eq!((birthday, then.map(|forum| forum.id)), (date("2026-11-25"), Some(amal.youth)));
        Ok(())
    }

    /// R5: born on 29 February, thirteen on the 28th.
    async fn a_cancelled_meeting_is_passed_over(world: World) -> TestResult {
        let amal = world.amal().await;
        cancel_meeting(&world.backend, &amal.actor("maria"), amal.meeting("2026-11-24"), 1, "absence").await?;
        let Destination::Meeting(next) = forum_for(&world.backend, date("2016-02-29"), date("2026-11-22")).await? else {
            return Err("no meeting".into());
        };
        assert_eq!(next.meeting, amal.meeting("2026-12-01"));
        Ok(())
    }

    /// R3
    async fn from_the_19th_birthday_there_is_no_forum(world: World) -> TestResult {
        world.amal().await;
        let today = date("2026-11-22");
        assert_eq!(forum_for(&world.backend, date("2007-11-22"), today).await?, Destination::TooOld);
        assert_eq!(forum_for(&world.backend, date("2007-11-25"), today).await?, Destination::TooOld, "before the meeting");
        assert!(matches!(forum_for(&world.backend, date("2007-11-27"), today).await?, Destination::Meeting(_)));
        Ok(())
    }

    /// R4
    async fn a_child_not_yet_born_has_no_forum(world: World) -> TestResult {
        world.amal().await;
        let unborn = forum_for(&world.backend, date("2026-11-23"), date("2026-11-22")).await?;
        assert_eq!(unborn, Destination::Unborn);
        Ok(())
    }

    async fn without_a_meeting_ahead_the_forum_is_told_all_the_same(world: World) -> TestResult {
        assert_eq!(forum_for(&world.backend, date("2016-05-05"), date("2026-11-22")).await?, Destination::NoForum);
        let amal = world.amal().await;
        let after_term = forum_for(&world.backend, date("2016-05-05"), date("2027-01-10")).await?;
        let Destination::NoMeeting { forum, age } = after_term else { return Err("a meeting".into()) };
        assert_eq!((forum.id, age), (amal.family, 10));
        Ok(())
    }
}
