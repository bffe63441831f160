//! One-time links.

use backend::{
    Error,
    auth::{
        entry::Purpose,
        session::{self, SessionState},
    },
    usecase::{
        invite::{invite_administrator, issue_link, issue_link_to_show},
        join::{self, Next},
        sign_in::sign_in,
    },
    view::{
        people::{Access, people_page, shown_link},
        welcome::{Step, welcome},
    },
};
use chrono::TimeDelta;
use domain::{flaw::FlawKind, refusal::Refusal, visibility::Role};

use super::{
    EMAIL, PASSWORD, administrator, at_work, code_of, flaw, follow, number, sessions::colleague, sign_in_wholly, visit,
};
use crate::on_both_engines;

fn is_spent<T: std::fmt::Debug>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Refused(Refusal::LinkSpent)))
}

on_both_engines! {
    /// AUTH-13
    async fn auth_13_nobody_can_sign_in_before_the_command_line_invited_somebody(world: World) -> TestResult {
        assert_eq!(number(&world, "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM password)").await, 0);
        let link = invite_administrator(&world.backend, EMAIL, "Sara Lind").await?;
        assert_eq!(link.expires_at, world.backend.now() + TimeDelta::minutes(15));
        let (entered, _) = follow(&world, &link.token).await?;
        let actor = at_work(&world, &entered.token).await;
        assert_eq!((actor.role, actor.unit), (Role::Administrator, None), "no unit yet, and so no case");
        Ok(())
    }

    /// AUTH-13
    async fn auth_13_the_first_link_lasts_fifteen_minutes_to_the_second(world: World) -> TestResult {
        let link = invite_administrator(&world.backend, EMAIL, "Sara Lind").await?;
        world.clock.advance(TimeDelta::minutes(15) - TimeDelta::seconds(1));
        assert_eq!(welcome(&world.backend, &link.token, None).await?.step, Step::Begin);
        world.clock.advance(TimeDelta::seconds(1));
        assert!(is_spent(welcome(&world.backend, &link.token, None).await));
        assert!(is_spent(join::begin(&world.backend, &link.token, &visit()).await));
        Ok(())
    }

    async fn inviting_the_same_administrator_again_gives_a_new_link_and_takes_back_the_old(world: World) -> TestResult {
        let first = invite_administrator(&world.backend, EMAIL, "Sara Lind").await?;
        let second = invite_administrator(&world.backend, EMAIL, "Sara Lind").await?;
        assert!(is_spent(welcome(&world.backend, &first.token, None).await));
        follow(&world, &second.token).await?;
        assert_eq!(number(&world, "SELECT (SELECT count(*) FROM person) * 10 + (SELECT count(*) FROM assignment)").await, 11);
        Ok(())
    }

    async fn an_invitation_needs_a_name_and_an_address(world: World) -> TestResult {
        let Err(Error::Invalid(flaws)) = invite_administrator(&world.backend, "sara", " ").await else { panic!("flaws") };
        let kinds: Vec<_> = flaws.iter().map(|flaw| (flaw.field.as_str(), flaw.kind)).collect();
        assert_eq!(kinds, [("email", FlawKind::NotAnEmail), ("name", FlawKind::Required)]);
        Ok(())
    }

    /// AUTH-11
    async fn auth_11_a_link_is_for_the_browser_that_followed_it_first(world: World) -> TestResult {
        let link = invite_administrator(&world.backend, EMAIL, "Sara Lind").await?;
        let browser = join::begin(&world.backend, &link.token, &visit()).await?;
        assert!(is_spent(join::begin(&world.backend, &link.token, &visit()).await));
        for other in [None, Some("en annan webbläsare")] {
            assert!(is_spent(welcome(&world.backend, &link.token, other).await));
        }
        let other = join::choose_password(&world.backend, &link.token, "en annan", PASSWORD, PASSWORD, &visit()).await;
        assert!(is_spent(other));
        assert_eq!(welcome(&world.backend, &link.token, Some(&browser)).await?.step, Step::Password);
        Ok(())
    }

    /// AUTH-11
    async fn auth_11_a_link_is_used_once(world: World) -> TestResult {
        let link = invite_administrator(&world.backend, EMAIL, "Sara Lind").await?;
        let browser = join::begin(&world.backend, &link.token, &visit()).await?;
        join::choose_password(&world.backend, &link.token, &browser, PASSWORD, PASSWORD, &visit()).await?;
        let Step::Code(enrolment) = welcome(&world.backend, &link.token, Some(&browser)).await?.step else { panic!("code") };
        let seed = data_encoding::BASE32_NOPAD.decode(enrolment.typed.replace(' ', "").as_bytes())?;
        let wrong = join::confirm_code(&world.backend, &link.token, &browser, "000000", &visit()).await;
        assert_eq!(flaw(wrong), ("code".into(), FlawKind::WrongCode));
        let code = code_of(&seed, &world);
        join::confirm_code(&world.backend, &link.token, &browser, &code, &visit()).await?;
        assert!(is_spent(welcome(&world.backend, &link.token, Some(&browser)).await));
        assert!(is_spent(join::confirm_code(&world.backend, &link.token, &browser, &code, &visit()).await));
        assert!(is_spent(join::choose_password(&world.backend, &link.token, &browser, PASSWORD, PASSWORD, &visit()).await));
        Ok(())
    }

    async fn without_the_code_of_ones_app_nobody_has_joined(world: World) -> TestResult {
        let link = invite_administrator(&world.backend, EMAIL, "Sara Lind").await?;
        let browser = join::begin(&world.backend, &link.token, &visit()).await?;
        let early = join::confirm_code(&world.backend, &link.token, &browser, "000000", &visit()).await;
        assert!(is_spent(early), "the password comes first");
        assert_eq!(flaw(join::choose_password(&world.backend, &link.token, &browser, "kort", "kort", &visit()).await),
            ("password".into(), FlawKind::TooShort { min: 12 }));
        join::choose_password(&world.backend, &link.token, &browser, PASSWORD, PASSWORD, &visit()).await?;
        assert_eq!(flaw(sign_in(&world.backend, EMAIL, PASSWORD, &visit()).await).1, FlawKind::WrongSignIn);
        Ok(())
    }

    /// AUTH-11
    async fn auth_11_recovery_keeps_the_code_and_ends_every_session(world: World) -> TestResult {
        let (mut sara, actor) = administrator(&world).await?;
        let token = sign_in_wholly(&world, &sara).await?;
        let link = issue_link(&world.backend, &actor, &actor.person.to_string(), "recover").await?;
        assert_eq!((link.purpose, link.expires_at), (Purpose::Recover, world.backend.now() + TimeDelta::minutes(30)));
        let browser = join::begin(&world.backend, &link.token, &visit()).await?;
        assert!(matches!(session::look(&world.backend, &token, None).await?, SessionState::Active { .. }));
        let new = "regn över Vänern 7";
        let next = join::choose_password(&world.backend, &link.token, &browser, new, new, &visit()).await?;
        assert_eq!(next, Next::SignIn);
        assert_eq!(session::look(&world.backend, &token, None).await?, SessionState::Unknown);
        assert!(is_spent(welcome(&world.backend, &link.token, Some(&browser)).await));
        flaw(sign_in(&world.backend, EMAIL, PASSWORD, &visit()).await);
        let half = sign_in(&world.backend, EMAIL, new, &visit()).await?;
        sara.email = EMAIL.into();
        let code = sara.code(&world);
        backend::usecase::sign_in::give_code(&world.backend, &code, &super::visit_with(&half)).await?;
        Ok(())
    }

    async fn a_new_telephone_makes_the_old_one_useless(world: World) -> TestResult {
        let (sara, actor) = administrator(&world).await?;
        let link = issue_link(&world.backend, &actor, &actor.person.to_string(), "join").await?;
        let (_, seed) = follow(&world, &link.token).await?;
        assert_ne!(seed, sara.seed);
        let half = sign_in(&world.backend, EMAIL, PASSWORD, &visit()).await?;
        let old = backend::usecase::sign_in::give_code(&world.backend, &sara.code(&world), &super::visit_with(&half)).await;
        assert_eq!(flaw(old).1, FlawKind::WrongCode);
        Ok(())
    }

    async fn only_an_administrator_makes_links(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let (person, token) = colleague(&world, &sara).await?;
        let nils = at_work(&world, &token).await;
        for of in [person, sara.person] {
            let refused = issue_link(&world.backend, &nils, &of.to_string(), "recover").await;
            assert!(matches!(refused, Err(Error::Denied)), "{refused:?}");
        }
        Ok(())
    }

    async fn the_link_is_shown_to_the_administrator_who_made_it(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let (person, token) = colleague(&world, &sara).await?;
        let nils = at_work(&world, &token).await;
        let id = issue_link_to_show(&world.backend, &sara, &person.to_string(), "recover").await?;
        let shown = shown_link(&world.backend, &sara, &id).await?.unwrap();
        let token = shown.address.strip_prefix("http://samverkan.test/valkommen/").unwrap();
        assert_eq!(welcome(&world.backend, token, None).await?.name, "Nils Berg");
        assert!(matches!(shown_link(&world.backend, &nils, &id).await, Err(Error::Denied)));
        world.clock.advance(TimeDelta::minutes(15));
        assert_eq!(shown_link(&world.backend, &sara, &id).await?, None);
        Ok(())
    }

    async fn the_list_tells_who_can_sign_in(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        invite_administrator(&world.backend, "ny@provkommun.example", "Ny Person").await?;
        let access = async |name: &str| {
            let page = people_page(&world.backend, &sara).await.unwrap();
            page.people.into_iter().find(|line| line.name == name).unwrap().access
        };
        assert_eq!(access("Sara Lind").await, Access::Open);
        assert_eq!(access("Ny Person").await, Access::Invited(Some(world.backend.now() + TimeDelta::minutes(15))));
        world.clock.advance(TimeDelta::minutes(15));
        assert_eq!(access("Ny Person").await, Access::Invited(None));
        Ok(())
    }
}
