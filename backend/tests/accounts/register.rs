//! Who may sign in, and as what.

use backend::{
    Error,
    actor::Actor,
    usecase::people::{
        TypedPerson, TypedWork, add_assignment, add_person, change_person, end_assignment, set_disabled,
    },
    view::people::{Access, people_page, person_page},
};
use domain::{flaw::FlawKind, refusal::Refusal, visibility::Role};

use super::{EMAIL, administrator, at_work, flaw, number, sessions::colleague};
use crate::on_both_engines;

fn typed(name: &str, email: &str) -> TypedPerson {
    TypedPerson { name: name.into(), email: email.into() }
}

on_both_engines! {
    async fn an_address_belongs_to_one_person(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let taken = add_person(&world.backend, &sara, &typed("Annan Lind", "SARA.lind@provkommun.example")).await;
        assert_eq!(flaw(taken), ("email".into(), FlawKind::Taken));
        let nils = add_person(&world.backend, &sara, &typed("Nils Berg", "nils@provkommun.example")).await?;
        let taken = change_person(&world.backend, &sara, &nils.to_string(), 1, &typed("Nils Berg", EMAIL)).await;
        assert_eq!(flaw(taken), ("email".into(), FlawKind::Taken));
        change_person(&world.backend, &sara, &nils.to_string(), 1, &typed("Nils Bergh", "nils@provkommun.example")).await?;
        let page = person_page(&world.backend, &sara, nils).await?;
        assert_eq!((page.line.name.as_str(), page.version), ("Nils Bergh", 2));
        Ok(())
    }

    async fn a_person_changed_meanwhile_is_not_overwritten(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let nils = add_person(&world.backend, &sara, &typed("Nils Berg", "nils@provkommun.example")).await?;
        let change = async |name: &str| {
            change_person(&world.backend, &sara, &nils.to_string(), 1, &typed(name, "nils@provkommun.example")).await
        };
        change("Nils Bergh").await?;
        assert!(matches!(change("Nils Bärg").await, Err(Error::Stale)));
        assert_eq!(person_page(&world.backend, &sara, nils).await?.line.name, "Nils Bergh");
        Ok(())
    }

    async fn only_administrators_change_people_and_it_operators_see_them(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let (person, token) = colleague(&world, &sara).await?;
        let nils = at_work(&world, &token).await;
        assert!(people_page(&world.backend, &sara).await?.may_change);
        assert!(!people_page(&world.backend, &nils).await?.may_change);
        assert!(!person_page(&world.backend, &nils, person).await?.may_change);
        for role in [Role::Coordinator, Role::Participant] {
            let other = Actor { role, ..nils.clone() };
            assert!(matches!(people_page(&world.backend, &other).await, Err(Error::Denied)));
            assert!(matches!(person_page(&world.backend, &other, person).await, Err(Error::Denied)));
        }
        let work = TypedWork { role: "administrator".into(), ..TypedWork::default() };
        assert!(matches!(add_person(&world.backend, &nils, &typed("Ny", "ny@provkommun.example")).await, Err(Error::Denied)));
        assert!(matches!(add_assignment(&world.backend, &nils, &person.to_string(), &work).await, Err(Error::Denied)));
        assert!(matches!(set_disabled(&world.backend, &nils, &sara.person.to_string(), 1, true).await, Err(Error::Denied)));
        assert!(matches!(end_assignment(&world.backend, &nils, &sara.assignment.to_string(), 1, "").await, Err(Error::Denied)));
        Ok(())
    }

    async fn the_last_administrator_stays(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let page = person_page(&world.backend, &sara, sara.person).await?;
        let last = |result: Result<_, Error>| matches!(result, Err(Error::Refused(Refusal::LastOne)));
        let own = sara.person.to_string();
        assert!(last(set_disabled(&world.backend, &sara, &own, page.version, true).await));
        assert!(last(end_assignment(&world.backend, &sara, &sara.assignment.to_string(), page.works[0].version, "").await));
        let (nils, _) = colleague(&world, &sara).await?;
        let page = person_page(&world.backend, &sara, nils).await?;
        set_disabled(&world.backend, &sara, &nils.to_string(), page.version, true).await?;
        assert_eq!(person_page(&world.backend, &sara, nils).await?.line.access, Access::Disabled);
        Ok(())
    }

    async fn an_assignment_tells_all_its_flaws_at_once(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let work = TypedWork {
            role: "participant".into(),
            unit: sara.person.to_string(),
            title: String::new(),
            from: "2026-11-31".into(),
            until: "2026-11-30".into(),
        };
        let Err(Error::Invalid(flaws)) = add_assignment(&world.backend, &sara, &sara.person.to_string(), &work).await else {
            panic!("flaws")
        };
        let kinds: Vec<_> = flaws.iter().map(|flaw| (flaw.field.as_str(), flaw.kind)).collect();
        assert_eq!(
            kinds,
            [("unit", FlawKind::NotAChoice), ("title", FlawKind::Required), ("from", FlawKind::NoSuchDate)]
        );
        Ok(())
    }

    async fn an_assignment_ends_no_earlier_than_today_and_not_before_it_began(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let (nils, _) = colleague(&world, &sara).await?;
        let work = person_page(&world.backend, &sara, nils).await?.works.remove(0);
        let end = async |day: &str| end_assignment(&world.backend, &sara, &work.id.to_string(), work.version, day).await;
        assert_eq!(flaw(end("2026-11-21").await), ("until".into(), FlawKind::InThePast));
        assert_eq!(flaw(end("31 november 2026").await), ("until".into(), FlawKind::NoSuchDate));
        end("2026-11-30").await?;
        assert!(matches!(end("2026-12-01").await, Err(Error::Stale)));
        Ok(())
    }

    /// L2, L4, AUD-07: who did what is written down, without names.
    async fn l2_every_change_of_access_is_in_the_log(world: World) -> TestResult {
        let (_, sara) = administrator(&world).await?;
        let (nils, _) = colleague(&world, &sara).await?;
        let page = person_page(&world.backend, &sara, nils).await?;
        set_disabled(&world.backend, &sara, &nils.to_string(), page.version, true).await?;
        let logged = async |action: &str| {
            let by = world.literal(sara.person.uuid());
            number(&world, &format!("SELECT count(*) FROM audit WHERE action = '{action}' AND person_id = {by}")).await
        };
        assert_eq!(logged("person_joined").await, 1);
        assert_eq!(logged("person_changed").await, 2);
        assert_eq!(logged("assignment_changed").await, 1);
        assert_eq!(logged("link_issued").await, 1);
        assert_eq!(logged("signed_in").await, 1);
        Ok(())
    }
}
