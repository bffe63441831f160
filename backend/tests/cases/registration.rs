//! Registering a child: what is read, what is refused, and what is never told.

use backend::{
    Error,
    actor::Actor,
    usecase::{
        change_number::change_number,
        register_case::{RegisterCase, register_case},
    },
    view::case::{case_list, case_page},
};
use domain::{
    flaw::FlawKind,
    identity::{NumberKind, PersonalNumber},
};

use super::stage::{consented, flaws, tuva};
use crate::{on_both_engines, world::amal::date};

/// An invented number of a day.
fn number(born_on: &str, birth_number: u16) -> String {
    PersonalNumber::with_birth_number(date(born_on), birth_number, NumberKind::Personal).expect("a number").to_string()
}

on_both_engines! {
    async fn every_flaw_of_the_form_is_told_at_its_field(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let form = RegisterCase {
            child_name: "a".repeat(101),
            born_on: "2012-02-30".into(),
            personal_number: "20120303-2380".into(),
            question: "Vad\u{7}".into(),
            custody: "joint".into(),
            guardians: vec!["Rut".into(), "  ".into()],
            protection: "secret".into(),
        };
        let told = flaws(register_case(&world.backend, &sara, form).await);
        for flaw in [
            ("child_name", FlawKind::TooLong { max: 100 }),
            ("born_on", FlawKind::NoSuchDate),
            ("question", FlawKind::ControlCharacter),
            ("guardians[1]", FlawKind::Required),
            ("protection", FlawKind::NotAChoice),
        ] {
            assert!(told.contains(&(flaw.0.to_owned(), flaw.1)), "{flaw:?} in {told:?}");
        }
        assert!(told.iter().any(|(field, _)| field == "personal_number"), "{told:?}");
        Ok(())
    }

    /// R10
    async fn r10_without_a_birth_date_no_case_as_it_would_belong_to_no_forum(world: World) -> TestResult {
        let amal = world.amal().await;
        let form = RegisterCase { born_on: " ".into(), ..tuva() };
        let told = flaws(register_case(&world.backend, &amal.actor("sara"), form).await);
        assert_eq!(told, [("born_on".to_owned(), FlawKind::Required)]);
        Ok(())
    }

    /// I4: whoever was given another identity is somebody else here.
    async fn i4_a_new_number_is_a_new_person_and_nothing_links_the_two(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let as_number = |birth_number| RegisterCase { personal_number: number("2012-03-03", birth_number), ..tuva() };
        let old = register_case(&world.backend, &sara, as_number(238)).await?;
        let new = register_case(&world.backend, &sara, as_number(239)).await?;
        assert_ne!(old, new);
        let page = format!("{:?}", case_page(&world.backend, &sara, new).await?);
        assert!(!page.contains(&old.to_string()) && !page.contains(&number("2012-03-03", 238)[8..]), "{page}");
        Ok(())
    }

    /// I7
    async fn i7_a_personal_number_follows_a_coordination_number_and_both_are_kept(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, maria) = (amal.actor("sara"), amal.actor("maria"));
        let coordination = PersonalNumber::with_birth_number(date("2012-03-03"), 238, NumberKind::Coordination).ok_or("a number")?.to_string();
        let personal = number("2012-03-03", 239);
        let case = register_case(&world.backend, &sara, RegisterCase { personal_number: coordination.clone(), ..tuva() }).await?;
        consented(&world, &sara, case, &[amal.unit("social"), amal.unit("school")]).await?;
        let version = case_page(&world.backend, &sara, case).await?.version;
        let change = async |who: &Actor, number: &str, seen| change_number(&world.backend, who, case, number, seen).await;
        assert!(matches!(change(&maria, &personal, version).await, Err(Error::NotFound)), "who registered it");
        let told = |kind| vec![("personal_number".to_owned(), kind)];
        assert_eq!(flaws(change(&sara, " ", version).await), told(FlawKind::Required));
        assert_eq!(flaws(change(&sara, "20120303-2390", version).await), told(FlawKind::CheckDigit));
        assert_eq!(flaws(change(&sara, &number("2011-01-01", 239), version).await), told(FlawKind::NumberAndBirthDate));
        let taken = register_case(&world.backend, &sara, RegisterCase { personal_number: number("2012-03-03", 240), ..tuva() }).await?;
        assert_eq!(flaws(change(&sara, &number("2012-03-03", 240), version).await), told(FlawKind::Taken), "{taken}");
        assert!(matches!(change(&sara, &personal, version + 1).await, Err(Error::Stale)));
        change(&sara, &personal, version).await?;
        change(&sara, &personal, version).await?; // a second click
        let page = case_page(&world.backend, &sara, case).await?;
        assert_eq!((page.number.as_deref(), page.former_number.as_deref()), (Some(&*personal), Some(&*coordination)));
        let other = case_page(&world.backend, &maria, case).await?;
        assert_eq!((other.number, other.former_number), (None, None));
        assert_eq!(flaws(change(&sara, &number("2012-03-03", 241), version + 1).await), told(FlawKind::NumberStays), "another person (I4)");
        for known in [coordination, personal] {
            let twin = RegisterCase { personal_number: known, ..tuva() };
            assert_eq!(flaws(register_case(&world.backend, &sara, twin).await), told(FlawKind::Taken), "the same person by both");
        }
        Ok(())
    }

    /// V9: in a list a case is a name, a reference, an age and where its consent stands.
    async fn v9_no_list_tells_what_a_case_is_about(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let form = RegisterCase { personal_number: number("2012-03-03", 238), ..tuva() };
        let case = register_case(&world.backend, &sara, form.clone()).await?;
        consented(&world, &sara, case, &[amal.unit("social"), amal.unit("school")]).await?;
        for name in ["sara", "maria"] {
            let rows = format!("{:?}", case_list(&world.backend, &amal.actor(name)).await?);
            assert!(rows.contains(&form.child_name), "{rows}");
            let untold = [form.question.as_str(), "Rut", "Nils", "2012", &form.personal_number[8..]];
            assert!(untold.iter().all(|secret| !rows.contains(secret)), "{rows}");
        }
        Ok(())
    }

    /// R3
    async fn nobody_is_registered_before_birth_or_from_19(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        for (born_on, kind) in [("2026-11-23", Some(FlawKind::InTheFuture)), ("2007-11-22", Some(FlawKind::TooOld)), ("2026-11-22", None)] {
            let done = register_case(&world.backend, &sara, RegisterCase { born_on: born_on.into(), ..tuva() }).await;
            match kind {
                Some(kind) => assert_eq!(flaws(done), [("born_on".to_owned(), kind)], "{born_on}"),
                None => assert!(done.is_ok(), "{born_on}"),
            }
        }
        Ok(())
    }

    /// C12: a young person of age has no guardians, and a child has as many as the custody says.
    async fn custody_and_guardians_go_together(world: World) -> TestResult {
        let amal = world.amal().await;
        let anna = amal.actor("anna");
        let of_age = RegisterCase { born_on: "2008-11-22".into(), ..tuva() };
        let told = flaws(register_case(&world.backend, &anna, of_age.clone()).await);
        assert_eq!(told[0], ("guardians[0]".to_owned(), FlawKind::NotAChoice));
        let alone = RegisterCase { guardians: vec![], custody: String::new(), ..of_age };
        register_case(&world.backend, &anna, alone).await?;
        let two = RegisterCase { custody: "sole".into(), ..tuva() };
        assert_eq!(flaws(register_case(&world.backend, &anna, two).await), [("guardians[1]".to_owned(), FlawKind::NotAChoice)]);
        let none = RegisterCase { custody: "of_age".into(), guardians: vec![], ..tuva() };
        assert_eq!(flaws(register_case(&world.backend, &anna, none).await), [("custody".to_owned(), FlawKind::NotAChoice)]);
        Ok(())
    }

    /// I5, I6
    async fn a_number_must_be_right_and_near_the_birth_date(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let right = number("2012-03-03", 238);
        let wrong_digit = format!("{}{}", &right[..12], (right[12..].parse::<u8>()? + 1) % 10);
        let form = |personal_number: String| RegisterCase { personal_number, ..tuva() };
        for (typed, kind) in [
            (wrong_digit, FlawKind::CheckDigit),
            ("20120303-238".to_owned(), FlawKind::NumberLength),
            ("20120332-2380".to_owned(), FlawKind::NoSuchDate),
            (number("2011-03-03", 238), FlawKind::NumberAndBirthDate),
        ] {
            let told = flaws(register_case(&world.backend, &sara, form(typed)).await);
            assert_eq!(told, [("personal_number".to_owned(), kind)]);
        }
        register_case(&world.backend, &sara, form(number("2012-03-07", 238))).await?;
        Ok(())
    }

    /// AUTHZ-04: what one may not know is not told by a refusal either.
    async fn a_second_case_is_refused_only_to_those_who_know_the_first(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, anna, maria) = (amal.actor("sara"), amal.actor("anna"), amal.actor("maria"));
        let form = || RegisterCase { personal_number: number("2012-03-03", 238), ..tuva() };
        let first = register_case(&world.backend, &sara, form()).await?;
        let taken = [("personal_number".to_owned(), FlawKind::Taken)];
        assert_eq!(flaws(register_case(&world.backend, &sara, form()).await), taken);
        consented(&world, &sara, first, &[amal.unit("social")]).await?;
        assert_eq!(flaws(register_case(&world.backend, &maria, form()).await), taken, "covered by consent");
        register_case(&world.backend, &anna, form()).await?;
        Ok(())
    }

    async fn only_those_who_work_with_cases_register_them(world: World) -> TestResult {
        let amal = world.amal().await;
        for name in ["karin", "ivar"] {
            let refused = register_case(&world.backend, &amal.actor(name), tuva()).await;
            assert!(matches!(refused, Err(Error::Denied)), "{name}: {refused:?}");
        }
        register_case(&world.backend, &amal.actor("maria"), tuva()).await?;
        Ok(())
    }
}
