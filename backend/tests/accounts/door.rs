//! Passwords, codes and locks.

use std::net::IpAddr;

use backend::{
    Error,
    auth::{
        Visit,
        password::Cost,
        session::{self, SessionState},
    },
    demo,
    usecase::sign_in::{give_code, sign_in},
};
use chrono::TimeDelta;
use domain::{flaw::FlawKind, refusal::Refusal};
use sea_orm::{ConnectionTrait, Statement};

use super::{
    EMAIL, PASSWORD, administrator, again, as_demo, flaw, number, sign_in_wholly, told_it_is_a_demo, visit, visit_with,
    with_other_keys,
};
use crate::on_both_engines;

/// A visit from another address each time, as a flood would come.
fn from(address: u8) -> Visit {
    Visit { address: IpAddr::from([198, 51, 100, address]), ..visit() }
}

async fn stored_hash(world: &crate::world::World) -> String {
    let statement = Statement::from_string(world.raw.get_database_backend(), "SELECT phc FROM password");
    world.raw.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

on_both_engines! {
    async fn the_right_password_and_code_lead_to_work(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let token = sign_in_wholly(&world, &sara).await?;
        assert_eq!(super::at_work(&world, &token).await.name, "Sara Lind");
        Ok(())
    }

    async fn an_address_is_read_in_any_case_and_a_code_with_spaces(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let half = sign_in(&world.backend, " SARA.Lind@provkommun.EXAMPLE ", PASSWORD, &visit()).await?;
        let code = sara.code(&world);
        let code = format!("{} {}", &code[..3], &code[3..]);
        assert!(give_code(&world.backend, &code, &visit_with(&half)).await?.at_work);
        Ok(())
    }

    /// AUTH-12
    async fn auth_12_unknown_and_wrong_are_answered_alike(world: World) -> TestResult {
        administrator(&world).await?;
        let wrong = flaw(sign_in(&world.backend, EMAIL, "fel lösenord här", &visit()).await);
        let unknown = flaw(sign_in(&world.backend, "ingen@provkommun.example", PASSWORD, &visit()).await);
        let nonsense = flaw(sign_in(&world.backend, "ingen adress", PASSWORD, &visit()).await);
        assert_eq!(wrong, ("password".into(), FlawKind::WrongSignIn));
        assert_eq!((&wrong, &wrong), (&unknown, &nonsense));
        Ok(())
    }

    /// AUTH-07: the real cost, as it is stored.
    async fn auth_07_a_hash_costs_64_mib_and_three_passes(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let cheap = stored_hash(&world).await;
        let dear = again(&world, Cost::STANDARD);
        // Hashed anew when signing in, beside the answer.
        sign_in(&dear, &sara.email, PASSWORD, &visit()).await?;
        for _ in 0..100 {
            if stored_hash(&world).await != cheap {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let phc = stored_hash(&world).await;
        let parts: Vec<&str> = phc.split('$').collect();
        assert_eq!(&parts[1..4], ["argon2id", "v=19", "m=65536,t=3,p=1"]);
        assert_eq!(parts[4].len(), 22, "16 bytes of salt");
        sign_in(&dear, &sara.email, PASSWORD, &visit()).await?;
        assert_eq!(stored_hash(&world).await, phc, "dear enough now");
        Ok(())
    }

    /// AUTH-07: without the key outside the database a hash is of no use.
    async fn auth_07_another_pepper_opens_nothing(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let other = with_other_keys(&world);
        assert_eq!(flaw(sign_in(&other, &sara.email, PASSWORD, &visit()).await).1, FlawKind::WrongSignIn);
        Ok(())
    }

    /// AUTH-08
    async fn auth_08_a_flood_is_told_to_come_again_and_nobody_is_let_in_wrongly(world: World) -> TestResult {
        administrator(&world).await?;
        let dear = again(&world, Cost::STANDARD);
        let tries = (0..40).map(|number| {
            let dear = dear.clone();
            tokio::spawn(async move { sign_in(&dear, "ingen@provkommun.example", PASSWORD, &from(number)).await })
        });
        let mut busy = 0;
        for tried in tries.collect::<Vec<_>>() {
            match tried.await?.unwrap_err() {
                Error::Busy => busy += 1,
                other => assert!(matches!(other, Error::Invalid(_)), "{other:?}"),
            }
        }
        assert!((1..40).contains(&busy), "{busy} of 40 had to come again");
        Ok(())
    }

    /// AUTH-09
    async fn auth_09_the_fifth_failure_shuts_the_password_for_a_second_and_each_more_for_twice_as_long(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let try_with = async |password: &str| sign_in(&world.backend, &sara.email, password, &from(2)).await;
        for _ in 0..4 {
            flaw(try_with("fel lösenord här").await);
        }
        assert!(try_with(PASSWORD).await.is_ok(), "four are free");
        flaw(try_with("fel lösenord här").await);
        flaw(try_with(PASSWORD).await);
        world.clock.advance(TimeDelta::milliseconds(999));
        flaw(try_with(PASSWORD).await);
        world.clock.advance(TimeDelta::milliseconds(1));
        assert!(try_with(PASSWORD).await.is_ok(), "a second has passed");
        flaw(try_with("fel lösenord här").await);
        world.clock.advance(TimeDelta::milliseconds(1999));
        flaw(try_with(PASSWORD).await);
        world.clock.advance(TimeDelta::milliseconds(1));
        assert!(try_with(PASSWORD).await.is_ok(), "two seconds have passed");
        Ok(())
    }

    /// AUTH-09: the count is in the database, so another process knows it.
    async fn auth_09_all_instances_share_the_count(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let other = again(&world, Cost::next_to_nothing());
        for number in 0..5 {
            let backend = if number % 2 == 0 { &world.backend } else { &other };
            flaw(sign_in(backend, &sara.email, "fel lösenord här", &from(3)).await);
        }
        flaw(sign_in(&world.backend, &sara.email, PASSWORD, &from(3)).await);
        flaw(sign_in(&other, &sara.email, PASSWORD, &from(3)).await);
        Ok(())
    }

    /// AUTH-09
    async fn auth_09_fifty_failures_switch_the_password_off(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        for number in 0..50 {
            flaw(sign_in(&world.backend, &sara.email, "fel lösenord här", &from(number)).await);
            world.clock.advance(TimeDelta::minutes(5));
        }
        world.clock.advance(TimeDelta::days(1));
        flaw(sign_in(&world.backend, &sara.email, PASSWORD, &from(99)).await);
        Ok(())
    }

    /// AUTH-09: of many guesses sent at once, those that end after the lock fell are worth nothing.
    async fn auth_09_guesses_side_by_side_do_not_pass_the_lock(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        for _ in 0..4 {
            flaw(sign_in(&world.backend, &sara.email, "fel lösenord här", &from(4)).await);
        }
        // One more failure and the right password at the same time: whichever is written first, no session is begun once shut.
        let guesses = (0..12).map(|number| {
            let (backend, email) = (world.backend.clone(), sara.email.clone());
            tokio::spawn(async move {
                let password = if number == 11 { PASSWORD } else { "fel lösenord här" };
                sign_in(&backend, &email, password, &from(50 + number)).await.is_ok()
            })
        });
        let mut failures = 0;
        for guess in guesses.collect::<Vec<_>>() {
            failures += i32::from(!guess.await?);
        }
        assert!(failures >= 11);
        assert_eq!(number(&world, "SELECT failures FROM password").await, 5, "once shut, nothing is counted");
        flaw(sign_in(&world.backend, &sara.email, PASSWORD, &from(4)).await);
        Ok(())
    }

    /// AUTH-09
    async fn auth_09_an_address_that_tries_too_often_waits_whoever_it_names(world: World) -> TestResult {
        for number in 0..20 {
            flaw(sign_in(&world.backend, &format!("ingen{number}@provkommun.example"), PASSWORD, &from(5)).await);
        }
        assert!(matches!(sign_in(&world.backend, EMAIL, PASSWORD, &from(5)).await, Err(Error::Busy)));
        assert!(matches!(sign_in(&world.backend, EMAIL, PASSWORD, &from(6)).await, Err(Error::Invalid(_))));
        Ok(())
    }

    /// AUTH-09: a whole municipality comes from one address.
    async fn auth_09_those_who_know_their_password_do_not_keep_each_other_out(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        for _ in 0..30 {
            let half = sign_in(&world.backend, &sara.email, PASSWORD, &from(7)).await?;
            give_code(&world.backend, &sara.code(&world), &Visit { token: Some(half), ..from(7) }).await?;
            world.clock.advance(TimeDelta::seconds(30));
        }
        for _ in 0..30 {
            assert!(sign_in(&world.backend, &sara.email, PASSWORD, &from(8)).await.is_ok(), "nobody waited");
        }
        Ok(())
    }

    /// AUTH-10
    async fn auth_10_of_fifty_who_use_one_code_at_once_exactly_one_comes_in(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let code = sara.code(&world);
        let mut halves = Vec::new();
        for number in 0..4 {
            halves.push(sign_in(&world.backend, &sara.email, PASSWORD, &from(number)).await?);
        }
        let halves = (0..50).map(|number| (number, halves[usize::from(number) % 4].clone()));
        let tries = halves.map(|(number, half)| {
            let (backend, code) = (world.backend.clone(), code.clone());
            let visit = Visit { token: Some(half), ..from(number) };
            tokio::spawn(async move { give_code(&backend, &code, &visit).await })
        });
        let mut inside = 0;
        for tried in tries.collect::<Vec<_>>() {
            inside += i32::from(tried.await?.is_ok());
        }
        assert_eq!(inside, 1);
        world.clock.advance(TimeDelta::minutes(6));
        assert!(sign_in_wholly(&world, &sara).await.is_ok(), "the next step is good again");
        Ok(())
    }

    /// AUTH-10
    async fn auth_10_a_used_code_and_all_before_it_are_spent(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let before = sara.code(&world);
        world.clock.advance(TimeDelta::seconds(30));
        let half = sign_in(&world.backend, &sara.email, PASSWORD, &visit()).await?;
        let code = sara.code(&world);
        give_code(&world.backend, &code, &visit_with(&half)).await?;
        let half = sign_in(&world.backend, &sara.email, PASSWORD, &visit()).await?;
        for spent in [&code, &before] {
            let (field, kind) = flaw(give_code(&world.backend, spent, &visit_with(&half)).await);
            assert_eq!((field.as_str(), kind), ("code", FlawKind::WrongCode));
        }
        Ok(())
    }

    /// AUTH-09, AUTH-10: codes are guessed no faster than passwords, and the right password does not begin the count anew.
    async fn auth_09_wrong_codes_lock_as_wrong_passwords_do(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        for number in 0..5 {
            let half = sign_in(&world.backend, &sara.email, PASSWORD, &from(number)).await?;
            flaw(give_code(&world.backend, "000000", &Visit { token: Some(half), ..from(number) }).await);
        }
        flaw(sign_in(&world.backend, &sara.email, PASSWORD, &from(9)).await);
        world.clock.advance(TimeDelta::seconds(1));
        let half = sign_in(&world.backend, &sara.email, PASSWORD, &from(9)).await?;
        let visit = Visit { token: Some(half), ..from(9) };
        flaw(give_code(&world.backend, "000000", &visit).await);
        let refused = give_code(&world.backend, &sara.code(&world), &visit).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Locked))), "{refused:?}");
        Ok(())
    }

    async fn the_demo_shows_a_code_that_works_and_then_the_next(world: World) -> TestResult {
        let demo_backend = as_demo(&world).await;
        let person = demo::add_person(&demo_backend, "sara.lind", "Sara Lind").await?;
        let mut codes = Vec::new();
        for _ in 0..2 {
            let half = sign_in(&demo_backend, "sara.lind@amal.example", demo::PASSWORD, &visit()).await?;
            let code = demo::shown_code(&demo_backend, person).await?.unwrap();
            give_code(&demo_backend, &code, &visit_with(&half)).await?;
            codes.push(code);
        }
        assert_ne!(codes[0], codes[1]);
        assert_eq!(demo::shown_code(&demo_backend, person).await?, None, "both are used: wait for the next");
        Ok(())
    }

    /// AUTH-13: outside a demo nothing is shown and nobody invented is added, whatever the program is told.
    async fn auth_13_a_real_database_shows_no_logins_and_no_codes(world: World) -> TestResult {
        let (_, actor) = administrator(&world).await?;
        world.sql("UPDATE person SET email = 'sara.lind@amal.example'").await?;
        let told_demo = told_it_is_a_demo(&world);
        for backend in [&world.backend, &told_demo] {
            assert!(demo::logins(backend).await?.is_empty());
            assert_eq!(demo::shown_code(backend, actor.person).await?, None);
            assert!(demo::add_person(backend, "ny", "Ny Person").await.is_err());
        }
        Ok(())
    }

    /// AUTH-14
    async fn auth_14_somebody_is_told_of_a_new_browser_and_of_a_sign_in_after_failures(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let told = async |notice: &str| {
            number(&world, &format!("SELECT count(*) FROM job WHERE kind = 'account_notice' AND payload LIKE '%{notice}%'")).await
        };
        assert_eq!((told("app_connected").await, told("new_browser").await), (1, 0));
        sign_in_wholly(&world, &sara).await?;
        assert_eq!(told("new_browser").await, 0, "the same browser");
        let elsewhere = Visit { browser: "Safari · iPhone".into(), ..visit() };
        let half = sign_in(&world.backend, &sara.email, PASSWORD, &elsewhere).await?;
        give_code(&world.backend, &sara.code(&world), &Visit { token: Some(half), ..elsewhere }).await?;
        assert_eq!((told("new_browser").await, told("after_failures").await), (1, 0));
        world.clock.advance(TimeDelta::seconds(30));
        for _ in 0..5 {
            flaw(sign_in(&world.backend, &sara.email, "fel lösenord här", &visit()).await);
        }
        world.clock.advance(TimeDelta::seconds(1));
        sign_in_wholly(&world, &sara).await?;
        assert_eq!(told("after_failures").await, 1);
        assert_eq!(number(&world, "SELECT count(*) FROM job WHERE payload LIKE '%@%'").await, 0, "ids only");
        Ok(())
    }

    async fn with_only_the_password_nobody_is_at_work(world: World) -> TestResult {
        let (sara, _) = administrator(&world).await?;
        let half = sign_in(&world.backend, &sara.email, PASSWORD, &visit()).await?;
        let state = session::authenticate(&world.backend, &half, None).await?;
        assert!(matches!(state, SessionState::CodeDue { .. }), "{state:?}");
        world.clock.advance(session::CODE_WITHIN);
        let late = give_code(&world.backend, &sara.code(&world), &visit_with(&half)).await;
        assert!(matches!(late, Err(Error::SignedOut)), "{late:?}");
        Ok(())
    }
}
