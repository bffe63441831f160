//! What stands on every agenda of a forum.

use backend::{
    Error,
    usecase::{
        add_item::{add_case, add_general_item},
        arrange_agenda::arrange_agenda,
        change_series::{SeriesTyped, change_series},
        publish_meeting::publish_meeting,
        standing_items::{StandingItemTyped, add_standing_item, remove_standing_item},
    },
    view::{
        agenda::{About, Row},
        municipality,
    },
};
use domain::flaw::FlawKind;

use super::board::{board, youth};
use crate::{cases::stage::flaws, on_both_engines};

on_both_engines! {
    /// On drafts and on what is made later, first or last; with nothing else an agenda still counts as untouched.
    async fn standing_items_stand_on_every_agenda_that_nobody_is_invited_to(world: World) -> TestResult {
        let amal = world.amal().await;
        let (karin, maria) = (amal.actor("karin"), amal.actor("maria"));
        let meeting = amal.meeting("2026-11-26");
        let case = youth(&world, &amal, "social", &["social", "bup"]).await;
        add_case(&world.backend, &maria, meeting, case.id).await?;
        let item = |title: &str, closing| StandingItemTyped { title: title.into(), minutes: "5".into(), closing };
        let denied = add_standing_item(&world.backend, &maria, amal.youth, &item("Laget runt", false)).await;
        assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
        let flawed = StandingItemTyped { title: " ".into(), minutes: "0".into(), closing: false };
        let told = flaws(add_standing_item(&world.backend, &karin, amal.youth, &flawed).await);
        let bounds = FlawKind::NotANumber { min: 1, max: 480 };
        assert_eq!(told, [("title".into(), FlawKind::Required), ("minutes".into(), bounds)]);
        for (title, closing) in [("Laget runt", false), ("Nästa träff", true), ("Uppföljning", false)] {
            add_standing_item(&world.backend, &karin, amal.youth, &item(title, closing)).await?;
        }
        add_general_item(&world.backend, &maria, meeting, "Lucia", "10").await?;
        let titles = async |meeting| -> Vec<String> {
            let rows = board(&world, &amal, "maria", meeting).await.rows;
            let title = |row: &Row| match &row.about {
                About::General { title } => title.clone(),
                _ => "ärende".into(),
            };
            rows.iter().map(title).collect()
        };
        assert_eq!(titles(meeting).await, ["Laget runt", "Uppföljning", "ärende", "Lucia", "Nästa träff"]);
        let later = amal.meeting("2026-12-03");
        assert_eq!(titles(later).await, ["Laget runt", "Uppföljning", "Nästa träff"]);

        // Ordering for the partners' sake leaves them where they are.
        let rows = board(&world, &amal, "maria", meeting).await;
        arrange_agenda(&world.backend, &maria, meeting, &rows.stamp).await?;
        let after = titles(meeting).await;
        assert_eq!((after[0].as_str(), after[1].as_str(), after[4].as_str()), ("Laget runt", "Uppföljning", "Nästa träff"));

        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        publish_meeting(&world.backend, &maria, meeting, &stamp).await?;
        let first = municipality::forum(&world.backend, &karin, amal.youth).await?.standing_items[0].id;
        remove_standing_item(&world.backend, &karin, amal.youth, first).await?;
        assert_eq!(titles(later).await, ["Uppföljning", "Nästa träff"]);
        assert_eq!(titles(meeting).await[0], "Laget runt", "where people are invited it stays");
        let again = remove_standing_item(&world.backend, &karin, amal.youth, first).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");

        // A series laid out anew sets its drafts right, and a new meeting has them too.
        let typed = SeriesTyped {
            weekday: "4".into(),
            starts: "10.00".into(),
            minutes: "120".into(),
            interval_weeks: "1".into(),
            from: "2026-09-03".into(),
            until: "2026-12-20".into(),
            place: "Kungsgatan 26".into(),
            days: Vec::new(),
        };
        change_series(&world.backend, &karin, amal.youth_series, 1, &typed).await?;
        assert_eq!(board(&world, &amal, "maria", later).await.meeting.starts.format("%H.%M").to_string(), "10.00");
        assert_eq!(titles(later).await, ["Uppföljning", "Nästa träff"]);
        Ok(())
    }
}
