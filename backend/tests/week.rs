//! The week page: what each person sees of the same week.

use backend::{
    usecase::{
        add_item::{add_anonymous_consultation, add_case},
        publish_meeting::publish_meeting,
        withdraw_consent::withdraw_consent,
    },
    view::{
        agenda::publish_preview,
        week::{BlockKind, Todo, week_page},
    },
};
use domain::{consent::Scope, needs::Need};

use crate::{
    agenda::consultation::QUESTION,
    cases::stage::{consented, form, guardians, registered, yes},
    on_both_engines,
    world::{
        World,
        amal::{Amal, date},
        cases::CaseLaid,
    },
};

/// Monday morning in the week of both meetings.
async fn monday(world: &World) -> Amal {
    world.clock.set("2026-11-23T08:00:00Z".parse().expect("an instant"));
    world.amal().await
}

on_both_engines! {
    /// V5: the consent ends the day before the meeting; those who know the case are told, with the days.
    async fn a_consent_that_ends_before_the_meeting_needs_those_who_know_the_case(world: World) -> TestResult {
        let amal = monday(&world).await;
        let (maria, anna, eva) = (amal.actor("maria"), amal.actor("anna"), amal.actor("eva"));
        let case = registered(&world.backend, &anna).await?;
        let units = [amal.unit("social"), amal.unit("gymnasium")];
        let answers = guardians(&world, case).await.into_iter().map(|by| yes(by, "2026-11-22", &units)).collect();
        let mut ends_early = form(answers, "2026-11-22");
        ends_early.valid_until = "2026-11-25".into();
        backend::usecase::record_consent::record_consent(&world.backend, &anna, case, ends_early).await?;
        add_case(&world.backend, &maria, amal.meeting("2026-11-26"), case).await?;

        let told = |todos: &[Todo]| {
            todos.iter().any(|todo| matches!(todo, Todo::Case { need: Need::EndsBeforeMeeting { ends_on, meeting_on }, .. }
                if *ends_on == date("2026-11-25") && *meeting_on == date("2026-11-26")))
        };
        assert!(told(&week_page(&world.backend, &maria, None).await?.todos));
        assert!(told(&week_page(&world.backend, &anna, None).await?.todos));
        assert!(!told(&week_page(&world.backend, &eva, None).await?.todos), "BUP is not covered");
        Ok(())
    }

    /// R7: from thirteen the upper secondary school is at each meeting; nobody has been asked about it.
    async fn r7_a_new_forum_whose_own_are_not_covered_needs_those_who_know_the_case(world: World) -> TestResult {
        let amal = monday(&world).await;
        let case = CaseLaid { unit: "preschool", born: "2013-12-10", named: &[&["preschool", "social"]], until: "2027-06-10" };
        world.lay_case(&amal, case).await;
        for (name, is_told) in [("petra", true), ("maria", true), ("anna", false), ("eva", false)] {
            let todos = week_page(&world.backend, &amal.actor(name), None).await?.todos;
            let told: Vec<_> = todos.iter().filter_map(|todo| match todo {
                Todo::Case { need: Need::NewTable { from, missing, .. }, unit, .. } => Some((*from, *missing, unit.as_deref())),
                _ => None,
            }).collect();
            let expected = (date("2026-12-10"), amal.unit("gymnasium"), Some("Karlbergsgymnasiet"));
            assert_eq!(told, Vec::from_iter(is_told.then_some(expected)), "{name}");
        }
        Ok(())
    }

    /// V2, AUTHZ-04: to a unit that is not covered the week is the same, whether the case exists or not.
    async fn v2_an_uncovered_unit_sees_the_week_as_if_the_case_were_not(world: World) -> TestResult {
        let amal = monday(&world).await;
        let (maria, anna, eva) = (amal.actor("maria"), amal.actor("anna"), amal.actor("eva"));
        let seen = async || -> backend::Result<String> { Ok(format!("{:?}", week_page(&world.backend, &eva, None).await?)) };
        let before = seen().await?;
        let case = registered(&world.backend, &anna).await?;
        assert_eq!(seen().await?, before, "registered");
        consented(&world, &anna, case, &[amal.unit("social"), amal.unit("gymnasium")]).await?;
        assert_eq!(seen().await?, before, "consent for others");
        let meeting = amal.meeting("2026-11-26");
        add_case(&world.backend, &maria, meeting, case).await?;
        assert_eq!(seen().await?, before, "on a draft");
        let stamp = publish_preview(&world.backend, &maria, meeting).await?.stamp;
        publish_meeting(&world.backend, &maria, meeting, &stamp).await?;
        assert_eq!(seen().await?, before, "published to others");
        Ok(())
    }

    /// Feature 67: who arranges sees the whole; who comes sees their own items, and neither anonymous ones nor free time.
    async fn who_comes_sees_their_own_items_only(world: World) -> TestResult {
        let amal = monday(&world).await;
        let (maria, anna) = (amal.actor("maria"), amal.actor("anna"));
        let meeting = amal.meeting("2026-11-26");
        let case = registered(&world.backend, &anna).await?;
        consented(&world, &anna, case, &[amal.unit("social"), amal.unit("gymnasium")]).await?;
        add_case(&world.backend, &maria, meeting, case).await?;
        let other = registered(&world.backend, &maria).await?;
        consented(&world, &maria, other, &[amal.unit("social"), amal.unit("bup")]).await?;
        add_case(&world.backend, &maria, meeting, other).await?;
        add_anonymous_consultation(&world.backend, &maria, meeting, QUESTION, "").await?;
        assert!(week_page(&world.backend, &anna, None).await?.meetings.is_empty(), "a draft is nobody else's");
        let stamp = publish_preview(&world.backend, &maria, meeting).await?.stamp;
        publish_meeting(&world.backend, &maria, meeting, &stamp).await?;

        let arranged = week_page(&world.backend, &maria, None).await?;
        let whole = arranged.meetings.iter().find(|one| one.id == meeting).ok_or("the meeting")?;
        assert_eq!((whole.cases, whole.anonymous), (2, 1));
        assert!(whole.blocks.iter().any(|block| block.kind == BlockKind::Free));
        let own = week_page(&world.backend, &anna, None).await?;
        let [own] = own.meetings.as_slice() else { return Err("one meeting".into()) };
        assert_eq!((own.cases, own.answers), (1, None));
        let standing_or_own = |kind: &BlockKind| matches!(kind, BlockKind::Case { .. } | BlockKind::Anonymous);
        assert!(own.blocks.iter().all(|block| standing_or_own(&block.kind)), "{:?}", own.blocks);
        Ok(())
    }

    /// CONS-05: the moment after a withdrawal the coordinator's unit knows nothing of the case.
    async fn cons_05_a_withdrawn_case_is_gone_from_the_week_at_once(world: World) -> TestResult {
        let amal = monday(&world).await;
        let (maria, anna) = (amal.actor("maria"), amal.actor("anna"));
        let case = registered(&world.backend, &anna).await?;
        consented(&world, &anna, case, &[amal.unit("social"), amal.unit("gymnasium")]).await?;
        add_case(&world.backend, &maria, amal.meeting("2026-11-26"), case).await?;
        let by = guardians(&world, case).await[0];
        withdraw_consent(&world.backend, &anna, case, by, Scope::All).await?;
        let week = week_page(&world.backend, &maria, None).await?;
        assert!(week.meetings.iter().all(|meeting| meeting.cases == 0));
        assert!(week.todos.iter().all(|todo| !matches!(todo, Todo::Case { .. })), "{:?}", week.todos);
        Ok(())
    }

    /// L5
    async fn l5_an_operator_sees_an_empty_week(world: World) -> TestResult {
        let amal = monday(&world).await;
        let case = registered(&world.backend, &amal.actor("anna")).await?;
        consented(&world, &amal.actor("anna"), case, &[amal.unit("social"), amal.unit("gymnasium")]).await?;
        let week = week_page(&world.backend, &amal.actor("ivar"), None).await?;
        assert!(week.meetings.is_empty() && week.todos.is_empty() && week.next.is_none());
        Ok(())
    }
}
