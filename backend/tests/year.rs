//! The school year: everybody sees when forums meet; how full it is and how long cases waited, only of what they may know.

use backend::{
    Error,
    usecase::{
        add_item::{add_case, add_general_item},
        open_item::close_item,
        publish_meeting::publish_meeting,
    },
    view::year::{ForumYear, Waited, WaitsNow, YearMeeting, YearPage, year_page},
};
use chrono::TimeDelta;
use domain::{
    id::{ForumId, MeetingId},
    meeting::MeetingState,
    year::SchoolYear,
};

use crate::{
    agenda::board::{board, youth},
    on_both_engines,
    room::stage::Room,
    world::{
        World,
        amal::{Amal, date},
    },
};

async fn year(world: &World, amal: &Amal, who: &str) -> YearPage {
    year_page(&world.backend, &amal.actor(who), None).await.expect("a year")
}

fn forum(page: &YearPage, id: ForumId) -> &ForumYear {
    page.forums.iter().find(|forum| forum.forum.id == id).expect("the forum")
}

fn planned(page: &YearPage, id: ForumId, meeting: MeetingId) -> Option<u32> {
    let here = |one: &&YearMeeting| one.id == meeting;
    forum(page, id).meetings.iter().find(here).expect("the meeting").planned
}

on_both_engines! {
    /// V2: the same meeting is as full as its reader may know.
    async fn a_meeting_is_as_full_as_the_reader_may_know(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, maria, meeting) = (&world.backend, amal.actor("maria"), amal.meeting("2026-11-26"));
        let bup = youth(&world, &amal, "social", &["social", "bup"]).await;
        let mut af = youth(&world, &amal, "social", &["social", "af"]).await;
        add_general_item(backend, &maria, meeting, "Inledning", "10").await?;
        for case in [bup.id, af.id] {
            add_case(backend, &maria, meeting, case).await?;
        }
        let told = async |who: &str| planned(&year(&world, &amal, who).await, amal.youth, meeting);
        assert_eq!((told("maria").await, told("eva").await), (Some(50), None), "a draft is for who plans it");
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        publish_meeting(backend, &maria, meeting, &stamp).await?;
        assert_eq!(told("eva").await, Some(20), "her own item, not what all standing seats share");
        assert_eq!(told("lars").await, Some(20));
        assert_eq!(told("anna").await, Some(10), "always there, and named in neither");
        assert_eq!(told("vera").await, Some(0));
        assert_eq!(told("petra").await, None, "no seat at that table");
        assert!(!forum(&year(&world, &amal, "petra").await, amal.youth).seated);

        world.lay_withdrawal(&amal, &mut af).await;
        assert_eq!((told("lars").await, told("eva").await), (Some(0), Some(20)));
        Ok(())
    }

    async fn a_school_year_holds_its_meetings_breaks_and_what_was_cancelled(world: World) -> TestResult {
        let amal = world.amal().await;
        world.sql("INSERT INTO closed_day (id, kind, name) VALUES ('2026-10-26', 'school_break', 'Höstlov'), ('2026-10-27', 'school_break', 'Höstlov'), ('2026-07-31', 'other', 'Förra året')").await?;
        let held = world.literal(amal.meeting("2026-11-19").uuid());
        world.sql(&format!("UPDATE meeting SET state = 'cancelled' WHERE id = {held}")).await?;
        let page = year(&world, &amal, "petra").await;
        assert_eq!(page.year, SchoolYear::of(date("2026-11-22")));
        let spans: Vec<_> = page.closed.iter().map(|span| (span.name.as_str(), span.from, span.until)).collect();
        assert_eq!(spans, [("Höstlov", date("2026-10-26"), date("2026-10-27"))]);
        let cancelled = forum(&page, amal.youth).meetings.iter().find(|one| one.on == date("2026-11-19"));
        assert_eq!(cancelled.map(|one| one.state), Some(MeetingState::Cancelled));
        let next = year_page(&world.backend, &amal.actor("petra"), Some(2027)).await?;
        assert!(next.forums.iter().all(|forum| forum.meetings.is_empty()));
        let odd = year_page(&world.backend, &amal.actor("petra"), Some(i32::MAX)).await?;
        assert_eq!(odd.year, page.year, "a year nobody plans in is as none");
        let denied = year_page(&world.backend, &amal.actor("ivar"), None).await;
        assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
        Ok(())
    }

    /// V2: how long a case waited is told to those who may know it now.
    async fn how_long_cases_waited_is_told_of_what_the_reader_may_know(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let amal = &room.amal;
        let figures = async |who: &str| {
            let page = year(&world, amal, who).await;
            let forum = forum(&page, amal.youth);
            (forum.waited.clone(), forum.now)
        };
        let one = WaitsNow { cases: 1, median: 0, longest: 0 };
        assert_eq!(figures("maria").await, (vec![], one));
        assert_eq!(figures("vera").await, (vec![], WaitsNow::default()), "at the table and not covered");
        world.sql("UPDATE case_file SET registered_at = '2026-11-06 08:00:00+00:00'").await?;
        room.enter(&world, "school", "Sara Nyman").await?;
        room.enter(&world, "social", "Per Berg").await?;
        world.clock.advance(TimeDelta::minutes(10));
        backend::usecase::open_item::open_item(&world.backend, &room.maria(), room.meeting, room.item).await?;
        world.clock.advance(TimeDelta::minutes(20));
        close_item(&world.backend, &room.maria(), room.meeting).await?;
        let waited = Waited { month: date("2026-11-01"), cases: 1, median: 20, longest: 20 };
        for who in ["maria", "sara", "eva"] {
            assert_eq!(figures(who).await, (vec![waited], WaitsNow::default()), "{who}");
        }
        assert_eq!(figures("vera").await.0, []);
        room.withdraw(&world).await;
        assert_eq!((figures("maria").await.0, figures("eva").await.0), (vec![], vec![]));
        assert_eq!(figures("sara").await.0, [waited], "the school registered it");
        Ok(())
    }
}
