//! Who is invited.

use backend::{
    Error,
    usecase::{
        add_item::{add_case, add_general_item},
        publish_meeting::publish_meeting,
        withdraw_consent::withdraw_consent,
    },
    view::agenda::publish_preview,
};
use domain::{consent::Scope, refusal::Refusal};

use super::board::{board, youth};
use crate::{cases::stage::guardians, on_both_engines};

on_both_engines! {
    async fn the_covered_and_the_standing_are_invited_and_nobody_else(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let case = youth(&world, &amal, "social", &["social", "bup"]).await;
        add_case(&world.backend, &maria, meeting, case.id).await?;

        let preview = publish_preview(&world.backend, &maria, meeting).await?;
        let who: Vec<_> = preview.recipients.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(who, ["Per Berg", "Anna Ek", "Eva Sand"]);
        let eva = &preview.recipients[2];
        let times: Vec<_> = eva.slots.iter().map(|(from, to)| format!("{}–{}", from.format("%H.%M"), to.format("%H.%M"))).collect();
        assert_eq!(times, ["09.00–09.20"]);
        assert_eq!(preview.recipients[1].slots, [], "always there, but not covered for the case");
        assert!(preview.letter.body.contains("torsdag 26 november 09.00"));

        assert_eq!(publish_meeting(&world.backend, &maria, meeting, &preview.stamp).await?, 3);
        assert_eq!(world.count("SELECT count(*) FROM invitation").await, 3);
        assert_eq!(world.count("SELECT count(*) FROM job").await, 3);
        assert_eq!(world.count("SELECT count(*) FROM meeting WHERE state = 'published'").await, 1);
        Ok(())
    }

    async fn a_deputy_comes_where_the_holder_cannot(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let case = youth(&world, &amal, "social", &["social", "bup", "fk"]).await;
        add_case(&world.backend, &maria, meeting, case.id).await?;
        world.sql("UPDATE person SET disabled_at = created_at WHERE email IN ('eva@amal.test', 'frida@amal.test')").await?;
        let preview = publish_preview(&world.backend, &maria, meeting).await?;
        let bup = preview.recipients.iter().find(|one| one.unit == "BUP Åmål").ok_or("no BUP")?;
        assert_eq!((bup.name.as_str(), bup.deputy), ("Johan Holm", true));
        assert_eq!(preview.vacant, ["Försäkringskassan"]);
        Ok(())
    }

    async fn publishing_again_invites_only_those_who_came_later(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        add_general_item(&world.backend, &maria, meeting, "Inledning", "").await?;
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        assert_eq!(publish_meeting(&world.backend, &maria, meeting, &stamp).await?, 2);
        let again = publish_meeting(&world.backend, &maria, meeting, &stamp).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::AlreadyPublished))), "{again:?}");

        let case = youth(&world, &amal, "social", &["social", "bup"]).await;
        add_case(&world.backend, &maria, meeting, case.id).await?;
        let stale = publish_meeting(&world.backend, &maria, meeting, &stamp).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        assert_eq!(publish_meeting(&world.backend, &maria, meeting, &stamp).await?, 1);
        Ok(())
    }

    async fn an_empty_agenda_is_not_sent(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        let refused = publish_meeting(&world.backend, &maria, meeting, &stamp).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::EmptyAgenda))), "{refused:?}");
        assert_eq!(world.count("SELECT count(*) FROM invitation").await, 0);
        Ok(())
    }

    /// V2: who is invited for what the publisher may not know is invited, and is not in the preview. There is such a thing only where
    /// somebody became a coordinator after it was planned.
    async fn the_preview_tells_nothing_of_unknown_items(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let mut anna = amal.actor("anna");
        anna.role = domain::visibility::Role::Coordinator;
        add_general_item(&world.backend, &maria, meeting, "Inledning", "").await?;
        let before = publish_preview(&world.backend, &maria, meeting).await?;
        let hidden = youth(&world, &amal, "gymnasium", &["gymnasium", "adult", "social"]).await;
        add_case(&world.backend, &anna, meeting, hidden.id).await?;
        let by = guardians(&world, hidden.id).await[0];
        let social = Scope::Receivers([amal.unit("social")].into());
        let works_as = async |role: &str| {
            let works = format!("UPDATE assignment SET role = '{role}' WHERE person_id = {}", world.literal(maria.person.uuid()));
            world.sql(&works).await
        };
        works_as("participant").await?;
        withdraw_consent(&world.backend, &anna, hidden.id, by, social).await?;
        works_as("coordinator").await?;
        world.clock.advance(chrono::TimeDelta::minutes(1));
        let preview = publish_preview(&world.backend, &maria, meeting).await?;
        assert_eq!(preview, before);
        publish_meeting(&world.backend, &maria, meeting, &preview.stamp).await?;
        assert_eq!(world.count("SELECT count(*) FROM invitation").await, 3);
        Ok(())
    }
}
