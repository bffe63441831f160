//! Another key of the installation comes in use while people work (CRY-04, CRY-09).

use std::time::Duration;

use backend::{
    Backend,
    audit::chain::Broken,
    crypt::Keys,
    random::SeededRandom,
    scan::{Kind, Paper},
    usecase::{
        add_item::add_general_item,
        attach_paper::attach_paper,
        register_case::{RegisterCase, register_case},
        rekey::{Uses, rekey, unfit, uses},
        sign_in::sign_in,
        verify_audit::{Verified, verify_audit},
        write_minutes::{TypedMinutes, save_minutes},
    },
    view::{
        agenda::agenda_page,
        case::{case_list, case_page, signed_paper},
        minutes_page::minutes_page,
    },
};
use domain::{
    flaw::FlawKind,
    identity::{NumberKind, PersonalNumber},
};

use crate::{
    accounts::{PASSWORD, administrator, flaw, sign_in_wholly, visit, with_keys},
    cases::stage::{consented, flaws, registered, tuva},
    on_both_engines,
    room::stage::Room,
    world::{
        World,
        amal::{Amal, date},
        cases::CaseLaid,
    },
};

/// The keys of a process that knows a second one, of one that uses it, and of one that knows nothing else.
fn three(old: &Keys) -> (Keys, Keys, Keys) {
    let (text, second) = old.with_another(&SeededRandom::new(2)).unwrap();
    let known = Keys::read(&text).unwrap();
    let used = Keys::read(&known.with_first(second).unwrap()).unwrap();
    let alone = Keys::read(&used.without(1).unwrap()).unwrap();
    (known, used, alone)
}

/// Cases without consent, of the school.
async fn laid(world: &World, amal: &Amal, number: usize) {
    for _ in 0..number {
        world.lay_case(amal, CaseLaid { unit: "school", born: "2014-02-03", named: &[], until: "2027-06-10" }).await;
    }
}

async fn names(backend: &Backend, amal: &Amal) -> usize {
    let rows = case_list(backend, &amal.actor("sara")).await.expect("every name opens");
    rows.iter().filter(|row| row.name.is_some()).count()
}

on_both_engines! {
    /// CRY-04
    async fn cry_04_what_was_sealed_before_and_meanwhile_is_read_after(world: World) -> TestResult {
        let (karin, _) = administrator(&world).await?;
        let (room, minutes) = Room::submitted(&world, "Kanarietext").await;
        let (sara, maria) = (room.amal.actor("sara"), room.maria());
        let consent = consented(&world, &sara, room.case, &[room.amal.unit("school"), room.amal.unit("social")]).await?;
        let paper = Paper { kind: Kind::Pdf, bytes: b"Kanarieblankett".to_vec() };
        let paper = attach_paper(&world.backend, &sara, room.case, consent, &paper).await?;
        let later = room.amal.meeting("2026-12-03");
        add_general_item(&world.backend, &maria, later, "Kanariepunkt", "10").await?;
        let number = PersonalNumber::with_birth_number(date("2012-03-03"), 980, NumberKind::Personal).expect("a number");
        let number = RegisterCase { personal_number: number.to_string(), ..tuva() };
        register_case(&world.backend, &sara, number.clone()).await?;

        let (known, used, alone) = three(world.backend.keys());
        let (known, used, alone) = (with_keys(&world, known), with_keys(&world, used), with_keys(&world, alone));
        assert_eq!(unfit(&alone).await?.into_iter().collect::<Vec<_>>(), [1], "CRY-09");
        assert!(unfit(&used).await?.is_empty() && unfit(&known).await?.is_empty());
        let before = uses(&used).await?;
        assert_eq!(before[&1], Uses { cases: 2, seeds: 1, titles: 2, passwords: 1, drafts: 0 });
        assert_eq!(before[&2], Uses::default());

        // One process uses the second key already, another knows it only: each reads what the other writes.
        let by_new = registered(&used, &sara).await?;
        let by_old = registered(&known, &sara).await?;
        assert_eq!(case_page(&known, &sara, by_new).await?.name.as_deref(), Some("Tuva Provsson"));
        assert_eq!(case_page(&used, &sara, by_old).await?.name.as_deref(), Some("Tuva Provsson"));
        assert_eq!(rekey(&used, |_| ()).await?, 3);
        registered(&known, &sara).await?;
        assert_eq!(uses(&used).await?[&1].cases, 1, "by a process that has not heard");
        assert_eq!(rekey(&used, |_| ()).await?, 1);
        assert_eq!(rekey(&used, |_| ()).await?, 0, "all is done");
        let after = uses(&used).await?;
        assert_eq!(after[&1], Uses { passwords: 1, ..Uses::default() });
        assert_eq!((after[&2].cases, after[&2].seeds, after[&2].titles), (9, 1, 2), "a generation more where one was under the first key");

        for backend in [&known, &used, &alone] {
            assert_eq!(names(backend, &room.amal).await, 5);
            assert_eq!(case_page(backend, &sara, room.case).await?.guardians[0].name, "Rut Provsson");
            assert_eq!(minutes_page(backend, &maria, minutes).await?.body.contributions[0].text, "Kanarietext");
            assert_eq!(signed_paper(backend, &sara, room.case, paper).await?.bytes, b"Kanarieblankett");
            let board = agenda_page(backend, &maria, later).await?;
            assert!(format!("{board:?}").contains("Kanariepunkt"));
            let twin = register_case(backend, &sara, number.clone()).await;
            assert_eq!(flaws(twin)[0].0, "personal_number", "the number is found under each key");
        }

        // The password waits for its owner; the seed does not.
        assert_eq!(flaw(sign_in(&alone, &karin.email, PASSWORD, &visit()).await).1, FlawKind::WrongSignIn);
        sign_in(&used, &karin.email, PASSWORD, &visit()).await?;
        for _ in 0..100 {
            if uses(&used).await?[&1] == Uses::default() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(uses(&used).await?[&1], Uses::default(), "hashed anew beside the sign-in");
        let mut world = world;
        world.backend = alone;
        sign_in_wholly(&world, &karin).await?;

        // The log is held against every key it was written with.
        let Verified::Whole { entries, checkpoint } = verify_audit(&used, None).await? else { panic!("whole") };
        assert_eq!(entries.keys().copied().collect::<Vec<_>>(), [1, 2]);
        assert!(matches!(verify_audit(&used, Some(&checkpoint.line(known.keys()))).await?, Verified::Whole { .. }));
        assert!(matches!(verify_audit(&world.backend, None).await?, Verified::Broken(Broken::Changed { .. })));
        Ok(())
    }

    /// CRY-04: stopped anywhere, and two at once, nothing is lost and the next run goes on.
    async fn cry_04_it_is_stopped_at_any_moment_and_goes_on(world: World) -> TestResult {
        let amal = world.amal().await;
        laid(&world, &amal, 70).await;
        let (_, used, alone) = three(world.backend.keys());
        let (used, alone) = (with_keys(&world, used), with_keys(&world, alone));
        let mut stopped = 0;
        for pause in 1_u64.. {
            let run = tokio::time::timeout(Duration::from_micros(pause * pause * 150), rekey(&used, |_| ()));
            if run.await.is_ok_and(|done| done.is_ok()) {
                break;
            }
            stopped += 1;
            assert_eq!(names(&used, &amal).await, 70, "after stop {stopped}");
        }
        assert!(stopped > 3, "stopped {stopped} times only");
        assert_eq!(names(&alone, &amal).await, 70);

        let (text, third) = used.keys().with_another(&SeededRandom::new(3))?;
        let third = Keys::read(&Keys::read(&text)?.with_first(third).ok_or("a third key")?)?;
        let both = [with_keys(&world, third.clone()), with_keys(&world, third)];
        let (one, other) = tokio::join!(rekey(&both[0], |_| ()), rekey(&both[1], |_| ()));
        one?;
        other?;
        assert_eq!(uses(&both[0]).await?[&2].cases, 0);
        assert_eq!(names(&both[0], &amal).await, 70);
        Ok(())
    }

    /// CRY-04: minutes that were begun under one key are written on under the next.
    async fn cry_04_minutes_go_on_through_the_change(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let typed = |contributions: &str| TypedMinutes { contributions: room.told(contributions), ..room.whole() };
        let (_, used, alone) = three(world.backend.keys());
        let (used, alone) = (with_keys(&world, used), with_keys(&world, alone));
        save_minutes(&world.backend, &room.maria(), room.item, &typed("Ett")).await?;
        rekey(&used, |_| ()).await?;
        let second = TypedMinutes { seen: 1, ..typed("Två") };
        save_minutes(&alone, &room.maria(), room.item, &second).await?;
        let page = backend::view::room::room(&alone, &room.maria(), room.meeting).await?;
        assert!(format!("{page:?}").contains("Två"));
        Ok(())
    }
}
