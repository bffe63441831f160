//! How long somebody is signed in, and what ends it.

use backend::{
    auth::{
        password::Cost,
        session::{self, SessionState},
    },
    crypt::token_hash,
    usecase::{
        choose_calendar_way::choose_calendar_way,
        people::{TypedPerson, TypedWork, add_assignment, add_person, end_assignment, set_disabled},
        settings::{change_password, end_other_sessions, end_session, set_language},
        sign_in::{choose_assignment, give_code, sign_in, sign_out},
    },
    view::{
        my_calendar::{CalendarWay, calendar_way},
        people::person_page,
        profile::profile,
    },
};
use chrono::TimeDelta;
use domain::flaw::FlawKind;

use super::{PASSWORD, administrator, again, at_work, flaw, follow, number, sign_in_wholly, visit, visit_with};
use crate::on_both_engines;

on_both_engines! {
    /// SESS-01
    async fn sess_01_the_database_does_not_hold_the_token(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let token = sign_in_wholly(&world, &sara).await?;
        assert_eq!(token.len(), 43, "256 bits");
        let held = |what: &str| format!("SELECT count(*) FROM session WHERE token_hash = '{what}' OR form_token = '{what}'");
        assert_eq!(number(&world, &held(&token)).await, 0);
        assert_eq!(number(&world, &held(&token_hash(&token))).await, 1);
        Ok(())
    }

    /// Rule 51: an invitation by mail is answered by mail.
    async fn mail_is_no_way_to_be_invited_where_no_answers_can_come(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let deaf = again(&world, Cost::next_to_nothing());
        assert_eq!(calendar_way(&deaf, &sara).await?, None);
        assert_eq!(flaw(choose_calendar_way(&deaf, &sara, "mail").await), ("way".into(), FlawKind::NotAChoice));
        assert_eq!(calendar_way(&world.backend, &sara).await?, Some(CalendarWay::Feed));
        choose_calendar_way(&world.backend, &sara, "mail").await?;
        assert_eq!(calendar_way(&world.backend, &sara).await?, Some(CalendarWay::Mail));
        choose_calendar_way(&deaf, &sara, "feed").await?;
        assert_eq!(calendar_way(&world.backend, &sara).await?, Some(CalendarWay::Feed), "who chose it before comes back");
        Ok(())
    }

    async fn a_token_nobody_was_given_is_nobodys(world: World) -> TestResult {
        administrator(&world).await?;
        for token in ["", "x", &"A".repeat(43), &"å".repeat(43)] {
            assert_eq!(session::authenticate(&world.backend, token, None).await?, SessionState::Unknown);
        }
        Ok(())
    }

    /// SESS-02
    async fn sess_02_each_step_gives_a_new_token_and_ends_the_one_before(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let half = sign_in(&world.backend, &sara.email, PASSWORD, &visit()).await?;
        let whole = give_code(&world.backend, &sara.code(&world), &visit_with(&half)).await?.token;
        assert_eq!(session::look(&world.backend, &half, None).await?, SessionState::Unknown);
        let chosen = choose_assignment(&world.backend, &actor.assignment.to_string(), &visit_with(&whole)).await?;
        assert_eq!(session::look(&world.backend, &whole, None).await?, SessionState::Unknown);
        at_work(&world, &chosen).await;
        let tokens = [&half, &whole, &chosen];
        assert!(tokens[0] != tokens[1] && tokens[1] != tokens[2]);
        Ok(())
    }

    /// SESS-02: what an attacker planted in the browser before sign-in ends with it.
    async fn sess_02_a_session_from_before_sign_in_does_not_live_on(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let planted = sign_in_wholly(&world, &sara).await?;
        let half = sign_in(&world.backend, &sara.email, PASSWORD, &visit_with(&planted)).await?;
        assert_eq!(session::look(&world.backend, &planted, None).await?, SessionState::Unknown);
        assert_ne!(half, planted);
        Ok(())
    }

    /// SESS-02: of many that change the assignment at once, one gets the new token; no second session comes of it.
    async fn sess_02_twenty_changes_at_once_leave_one_session(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let token = sign_in_wholly(&world, &sara).await?;
        let before = number(&world, "SELECT count(*) FROM session WHERE ended_at IS NULL").await;
        let tries = (0..20).map(|_| {
            let (backend, visit, assignment) = (world.backend.clone(), visit_with(&token), actor.assignment.to_string());
            tokio::spawn(async move { choose_assignment(&backend, &assignment, &visit).await })
        });
        let mut new = 0;
        for tried in tries.collect::<Vec<_>>() {
            new += i32::from(tried.await?.is_ok());
        }
        assert_eq!(new, 1);
        assert_eq!(number(&world, "SELECT count(*) FROM session WHERE ended_at IS NULL").await, before);
        Ok(())
    }

    /// SESS-03
    async fn sess_03_fifteen_idle_minutes_to_the_second(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let half = sign_in(&world.backend, &sara.email, PASSWORD, &visit()).await?;
        let token = give_code(&world.backend, &sara.code(&world), &visit_with(&half)).await?.token;
        world.clock.advance(TimeDelta::minutes(15) - TimeDelta::seconds(1));
        let state = session::authenticate(&world.backend, &token, None).await?;
        let SessionState::Active { idle_ends_at, .. } = state else { panic!("a second is left: {state:?}") };
        assert_eq!(idle_ends_at, world.backend.now() + TimeDelta::minutes(15), "that was use");
        world.clock.advance(TimeDelta::minutes(15) - TimeDelta::seconds(1));
        assert!(matches!(session::look(&world.backend, &token, None).await?, SessionState::Active { .. }));
        world.clock.advance(TimeDelta::seconds(1));
        let over = session::authenticate(&world.backend, &token, None).await?;
        assert_eq!(over, SessionState::Expired { person: actor.person });
        Ok(())
    }

    /// SESS-03
    async fn sess_03_eight_hours_at_most_to_the_second_and_no_change_of_assignment_lengthens_it(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let half = sign_in(&world.backend, &sara.email, PASSWORD, &visit()).await?;
        let mut token = give_code(&world.backend, &sara.code(&world), &visit_with(&half)).await?.token;
        let began = world.backend.now();
        while world.backend.now() < began + TimeDelta::hours(7) + TimeDelta::minutes(50) {
            world.clock.advance(TimeDelta::minutes(10));
            assert!(matches!(session::authenticate(&world.backend, &token, None).await?, SessionState::Active { .. }));
        }
        token = choose_assignment(&world.backend, &actor.assignment.to_string(), &visit_with(&token)).await?;
        world.clock.set(began + TimeDelta::hours(8) - TimeDelta::seconds(1));
        assert!(matches!(session::authenticate(&world.backend, &token, None).await?, SessionState::Active { .. }));
        world.clock.set(began + TimeDelta::hours(8));
        let over = session::authenticate(&world.backend, &token, None).await?;
        assert_eq!(over, SessionState::Expired { person: actor.person });
        Ok(())
    }

    /// SESS-03: what a page asks by itself does not keep anybody signed in.
    async fn sess_03_looking_is_not_use(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let token = sign_in_wholly(&world, &sara).await?;
        for _ in 0..3 {
            world.clock.advance(TimeDelta::minutes(5));
            session::look(&world.backend, &token, None).await?;
        }
        assert!(matches!(session::look(&world.backend, &token, None).await?, SessionState::Expired { .. }));
        Ok(())
    }

    /// SESS-05
    async fn sess_05_somebody_shut_out_is_out_at_their_next_request_everywhere(world: World) -> TestResult {
        let (_, actor) = administrator(&world).await?;
        let (person, token) = colleague(&world, &actor).await?;
        let elsewhere = again(&world, Cost::next_to_nothing());
        assert!(matches!(session::authenticate(&elsewhere, &token, None).await?, SessionState::Active { .. }));
        let page = person_page(&world.backend, &actor, person).await?;
        set_disabled(&world.backend, &actor, &person.to_string(), page.version, true).await?;
        for backend in [&world.backend, &elsewhere] {
            assert_eq!(session::authenticate(backend, &token, None).await?, SessionState::Unknown);
        }
        Ok(())
    }

    /// SESS-05
    async fn sess_05_an_ended_assignment_is_over_at_the_next_request(world: World) -> TestResult {
        let (_, actor) = administrator(&world).await?;
        let (person, token) = colleague(&world, &actor).await?;
        let work = person_page(&world.backend, &actor, person).await?.works.remove(0);
        end_assignment(&world.backend, &actor, &work.id.to_string(), work.version, "").await?;
        assert_eq!(session::authenticate(&world.backend, &token, None).await?, SessionState::Unknown);
        Ok(())
    }

    /// SESS-05: nobody has to do anything for a last day to pass.
    async fn sess_05_after_its_last_day_an_assignment_has_to_be_chosen_anew(world: World) -> TestResult {
        let (_, actor) = administrator(&world).await?;
        // 23.55 in Sweden.
        world.clock.set("2026-11-22T22:55:00Z".parse()?);
        let (person, token) = colleague(&world, &actor).await?;
        let work = person_page(&world.backend, &actor, person).await?.works.remove(0);
        end_assignment(&world.backend, &actor, &work.id.to_string(), work.version, "2026-11-22").await?;
        assert!(matches!(session::look(&world.backend, &token, None).await?, SessionState::Active { .. }));
        world.clock.set("2026-11-22T23:00:00Z".parse()?);
        assert!(matches!(session::look(&world.backend, &token, None).await?, SessionState::ChooseAssignment { .. }));
        Ok(())
    }

    async fn signing_out_ends_the_session(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let token = sign_in_wholly(&world, &sara).await?;
        sign_out(&world.backend, &visit_with(&token)).await?;
        assert_eq!(session::authenticate(&world.backend, &token, None).await?, SessionState::Unknown);
        sign_out(&world.backend, &visit_with(&token)).await?;
        Ok(())
    }

    /// SESS-06
    async fn sess_06_the_sixth_session_ends_the_oldest(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let mut tokens = Vec::new();
        for _ in 0..6 {
            tokens.push(sign_in_wholly(&world, &sara).await?);
        }
        assert_eq!(session::look(&world.backend, &tokens[0], None).await?, SessionState::Unknown);
        for token in &tokens[1..] {
            assert!(matches!(session::look(&world.backend, token, None).await?, SessionState::Active { .. }));
        }
        assert_eq!(profile(&world.backend, &actor, Some(&tokens[5])).await?.sessions.len(), 5);
        Ok(())
    }

    /// SESS-06
    async fn sess_06_one_sees_and_ends_ones_own_sessions_only(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let (_, theirs) = colleague(&world, &actor).await?;
        let (one, two) = (sign_in_wholly(&world, &sara).await?, sign_in_wholly(&world, &sara).await?);
        let page = profile(&world.backend, &actor, Some(&two)).await?;
        assert!(page.sessions[0].present, "the present one is on top");
        assert!(page.sessions.iter().all(|line| !token_hash(&theirs).starts_with(&line.name)));
        let other = page.sessions.iter().find(|line| token_hash(&one).starts_with(&line.name)).unwrap();
        end_session(&world.backend, &actor, &other.name).await?;
        assert_eq!(session::look(&world.backend, &one, None).await?, SessionState::Unknown);
        assert!(end_session(&world.backend, &actor, &token_hash(&theirs)[..16]).await.is_err());
        end_other_sessions(&world.backend, &actor, &visit_with(&two)).await?;
        assert_eq!(profile(&world.backend, &actor, Some(&two)).await?.sessions.len(), 1);
        assert!(matches!(session::look(&world.backend, &theirs, None).await?, SessionState::Active { .. }));
        Ok(())
    }

    async fn a_new_password_asks_for_the_old_and_ends_every_other_session(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let (one, two) = (sign_in_wholly(&world, &sara).await?, sign_in_wholly(&world, &sara).await?);
        let change = async |current: &str, new: &str, again: &str| {
            change_password(&world.backend, &actor, current, new, again, &visit_with(&two)).await
        };
        let new = "regn över Vänern 7";
        assert_eq!(flaw(change("fel lösenord här", new, new).await), ("current_password".into(), FlawKind::WrongPassword));
        assert_eq!(flaw(change(PASSWORD, new, "något annat här").await), ("password_again".into(), FlawKind::NotAlike));
        assert_eq!(flaw(change(PASSWORD, "sara.lind 2026", "").await), ("password".into(), FlawKind::CommonPassword));
        assert_eq!(flaw(change(PASSWORD, "Provkommun2026", "").await), ("password".into(), FlawKind::CommonPassword));
        change(PASSWORD, new, new).await?;
        assert_eq!(session::look(&world.backend, &one, None).await?, SessionState::Unknown);
        assert!(matches!(session::look(&world.backend, &two, None).await?, SessionState::Active { .. }));
        flaw(sign_in(&world.backend, &sara.email, PASSWORD, &visit()).await);
        sign_in(&world.backend, &sara.email, new, &visit()).await?;
        Ok(())
    }

    async fn a_language_stays_chosen(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let token = sign_in_wholly(&world, &sara).await?;
        set_language(&world.backend, actor.person, "en").await?;
        assert_eq!(at_work(&world, &token).await.language, "en");
        assert!(set_language(&world.backend, actor.person, "no").await.is_err());
        Ok(())
    }

    /// L1
    async fn l1_with_two_assignments_one_is_chosen_first(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let operator = TypedWork { role: "operator".into(), title: "It-drift".into(), ..TypedWork::default() };
        let second = add_assignment(&world.backend, &actor, &actor.person.to_string(), &operator).await?;
        let token = sign_in_wholly(&world, &sara).await?;
        let state = session::look(&world.backend, &token, None).await?;
        assert!(matches!(state, SessionState::ChooseAssignment { .. }), "{state:?}");
        let (_, theirs) = colleague(&world, &actor).await?;
        let foreign = at_work(&world, &theirs).await.assignment;
        assert!(choose_assignment(&world.backend, &foreign.to_string(), &visit_with(&token)).await.is_err());
        let token = choose_assignment(&world.backend, &second.to_string(), &visit_with(&token)).await?;
        assert_eq!(at_work(&world, &token).await.title, "It-drift");
        Ok(())
    }
}

/// Somebody else, at work as IT operator.
pub async fn colleague(
    world: &crate::world::World,
    actor: &backend::actor::Actor,
) -> Result<(domain::id::PersonId, String), backend::Error> {
    let typed = TypedPerson { name: "Nils Berg".into(), email: "nils@provkommun.example".into() };
    let person = add_person(&world.backend, actor, &typed).await?;
    let work = TypedWork { role: "operator".into(), title: "It-drift".into(), ..TypedWork::default() };
    add_assignment(&world.backend, actor, &person.to_string(), &work).await?;
    let link = backend::usecase::invite::issue_link(&world.backend, actor, &person.to_string(), "join").await?;
    Ok((person, follow(world, &link.token).await?.0.token))
}
