//! Approved minutes are handed over, and taken out as a file: to whom consent covers at that moment.

use backend::{
    Error,
    usecase::{
        add_to_minutes::{add_to_minutes, answer_addendum},
        dispatch_minutes::dispatch_minutes,
        record_consent::{RecordConsent, record_consent},
        review_minutes::{approve_minutes, reopen_minutes},
        withdraw_consent::withdraw_consent,
    },
    view::{
        case::{case_page, withdraw_form},
        extract::{FileKind, extract},
        minutes_page::minutes_page,
    },
};
use chrono::TimeDelta;
use domain::{consent::Scope, flaw::FlawKind, id::MinutesId, refusal::Refusal};

use super::stage::{Room, count};
use crate::{
    agenda::{news::letters, smtp::Sink},
    cases::stage::{flaws, form, guardians, yes},
    on_both_engines,
    world::World,
};

const TEXT: &str = "Skolan: närvaron har gått från 31 till 45 procent.";

async fn approved(world: &World) -> (Room, MinutesId) {
    let (room, id) = Room::submitted(world, TEXT).await;
    world.clock.advance(TimeDelta::hours(20));
    approve_minutes(&world.backend, &room.amal.actor("karin"), id, 1, false).await.expect("approved");
    world.clock.advance(TimeDelta::minutes(5));
    (room, id)
}

impl Room {
    async fn hand_over(&self, world: &World, id: MinutesId, units: &[&str]) -> backend::Result<usize> {
        let units: Vec<_> = units.iter().map(|unit| self.amal.unit(unit).to_string()).collect();
        dispatch_minutes(&world.backend, &self.maria(), id, 1, &units).await
    }
}

/// Has somebody called to the room's meeting for a unit.
async fn call(world: &World, room: &Room, who: &str, unit: &str) {
    let now = world.backend.now();
    let id = world.backend.random().uuid();
    let row: [sea_orm::Value; 12] = [
        id.into(),
        room.meeting.uuid().into(),
        room.amal.unit(unit).uuid().into(),
        room.amal.actor(who).person.uuid().into(),
        id.to_string().into(),
        now.into(),
        "none".into(),
        0_i64.into(),
        now.into(),
        "[]".into(),
        false.into(),
        false.into(),
    ];
    let columns = [
        "id",
        "meeting_id",
        "unit_id",
        "person_id",
        "token_hash",
        "created_at",
        "answer",
        "slot_sequence",
        "slot_changed_at",
        "declined",
        "stand_in",
        "in_calendar",
    ];
    world.insert("invitation", columns, vec![row]).await;
}

on_both_engines! {
    /// C17: a paper names the last day the case's page names. The day that was written is later here, as the child turns 15 before it;
    /// elsewhere the two would differ by a phase.
    async fn c17_a_paper_tells_no_later_day_than_the_page_does(world: World) -> TestResult {
        let (room, id) = approved(&world).await;
        room.hand_over(&world, id, &["bup"]).await?;
        let eva = room.amal.actor("eva");
        let page = case_page(&world.backend, &eva, room.case).await?;
        let until = page.consent.until.expect("it holds");
        assert_eq!(until.to_string(), "2027-03-02", "written until 2027-06-10");
        let paper = extract(&world.backend, &eva, id, FileKind::Paper).await?;
        let paper = lopdf::Document::load_mem(&paper.bytes)?;
        let pages: Vec<u32> = paper.get_pages().into_keys().collect();
        let text = paper.extract_text(&pages)?.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("2 mars 2027"), "{text}");
        assert!(!text.contains("10 juni 2027"), "{text}");
        Ok(())
    }

    /// M6
    async fn m6_who_consent_covers_is_handed_the_minutes_once_and_told_nothing_but_that(world: World) -> TestResult {
        let (room, id) = approved(&world).await;
        let sara = room.amal.actor("sara");
        assert!(matches!(extract(&world.backend, &sara, id, FileKind::Paper).await, Err(Error::NotFound)), "not yet");
        let none = flaws(room.hand_over(&world, id, &[]).await);
        assert_eq!(none, [("units".to_owned(), FlawKind::Required)]);
        let stale = dispatch_minutes(&world.backend, &room.maria(), id, 2, &[room.amal.unit("bup").to_string()]).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let other = dispatch_minutes(&world.backend, &sara, id, 1, &[room.amal.unit("bup").to_string()]).await;
        assert!(matches!(other, Err(Error::Denied)), "{other:?}");

        assert_eq!(room.hand_over(&world, id, &["school", "bup"]).await?, 2);
        assert_eq!(room.hand_over(&world, id, &["school", "bup"]).await?, 0, "a second press");
        assert_eq!(count(&world, "minutes_dispatch").await, 2);
        let page = minutes_page(&world.backend, &room.maria(), id).await?;
        assert!(page.receivers.iter().all(|one| one.has_all) && page.receivers.len() == 2, "{:?}", page.receivers);
        assert_eq!(page.handed.len(), 2);
        let page = minutes_page(&world.backend, &sara, id).await?;
        assert!(page.may.fetch && page.receivers.is_empty());
        assert_eq!(page.handed.iter().map(|one| one.to.as_str()).collect::<Vec<_>>(), [sara.unit_name.as_str()]);
        let paper = extract(&world.backend, &sara, id, FileKind::Paper).await?;
        assert!(paper.bytes.starts_with(b"%PDF-1.7"));
        let package = extract(&world.backend, &sara, id, FileKind::Package).await?;
        assert!(package.bytes.starts_with(b"PK"));
        for name in [&paper.name, &package.name] {
            assert!(name.starts_with("utdrag-2026-11-26-") && !name.contains(&page.head.reference), "{name}");
        }
        assert_eq!(extract(&world.backend, &sara, id, FileKind::Paper).await?.bytes, paper.bytes, "the same again");
        Ok(())
    }

    /// What came after is handed over again, and only to who lacks it.
    async fn m6_what_was_added_since_is_handed_over_too(world: World) -> TestResult {
        let (room, id) = approved(&world).await;
        room.hand_over(&world, id, &["school"]).await?;
        let before = extract(&world.backend, &room.amal.actor("sara"), id, FileKind::Paper).await?.bytes;
        world.clock.advance(TimeDelta::minutes(5));
        let added = add_to_minutes(&world.backend, &room.maria(), id, "Mötet blev den 8 december.").await?;
        answer_addendum(&world.backend, &room.amal.actor("karin"), added, true, "").await?;
        let again = extract(&world.backend, &room.amal.actor("sara"), id, FileKind::Paper).await?.bytes;
        assert!(before == again, "what was handed over stays what it was");
        world.clock.advance(TimeDelta::minutes(5));
        assert_eq!(room.hand_over(&world, id, &["school"]).await?, 1);
        assert_eq!(room.hand_over(&world, id, &["school"]).await?, 0);
        let more = extract(&world.backend, &room.amal.actor("sara"), id, FileKind::Paper).await?.bytes;
        assert!(before != more);
        Ok(())
    }

    /// M7, edge cases 6, 14 and 15
    async fn m7_nothing_is_handed_over_after_a_withdrawal_not_even_by_raw_sql(world: World) -> TestResult {
        let (room, id) = approved(&world).await;
        let by = guardians(&world, room.case).await[0];
        let bup = Scope::Receivers([room.amal.unit("bup")].into());
        withdraw_consent(&world.backend, &room.amal.actor("sara"), room.case, by, bup).await?;
        world.clock.advance(TimeDelta::minutes(1));
        let both = room.hand_over(&world, id, &["school", "bup"]).await;
        assert!(matches!(both, Err(Error::Refused(Refusal::ConsentMissing))), "{both:?}");
        assert_eq!(count(&world, "minutes_dispatch").await, 0, "to none of them");
        let page = minutes_page(&world.backend, &room.maria(), id).await?;
        assert_eq!(page.receivers.iter().map(|one| one.unit).collect::<Vec<_>>(), [room.amal.unit("school")]);

        let row = |to: &str, revision: i64, world: &World| {
            let now = world.backend.now();
            let literal = |id| world.literal(id);
            format!(
                "INSERT INTO minutes_dispatch \
                 (id, minutes_id, case_id, revision, from_unit, to_unit, consent_id, by_person, at, at_ms) \
                 SELECT {}, m.id, m.case_id, {revision}, {}, {}, m.consent_id, m.writer_id, '{}', {} FROM minutes m",
                literal(world.backend.random().uuid()),
                literal(room.amal.unit("social").uuid()),
                literal(room.amal.unit(to).uuid()),
                now.to_rfc3339(),
                now.timestamp_millis()
            )
        };
        let said = world.sql(&row("bup", 1, &world)).await.unwrap_err().to_string();
        assert!(said.contains("consent_missing"), "{said}");
        let said = world.sql(&row("school", 7, &world)).await.unwrap_err().to_string();
        assert!(said.contains("not_approved"), "{said}");
        world.sql(&row("school", 1, &world)).await?;
        assert!(world.sql("DELETE FROM minutes_dispatch").await.is_err());

        room.withdraw(&world).await;
        world.clock.advance(TimeDelta::minutes(1));
        let said = world.sql(&row("school", 1, &world)).await.unwrap_err().to_string();
        assert!(said.contains("consent_missing"), "{said}");
        Ok(())
    }

    /// M8: other units read no more here, and the family is told what they have.
    async fn m8_what_was_handed_over_is_told_after_a_withdrawal_and_read_no_more(world: World) -> TestResult {
        let (room, id) = approved(&world).await;
        room.hand_over(&world, id, &["school", "bup"]).await?;
        let eva = room.amal.actor("eva");
        assert!(extract(&world.backend, &eva, id, FileKind::Paper).await.is_ok());
        room.withdraw(&world).await;
        for kind in [FileKind::Paper, FileKind::Package] {
            assert!(matches!(extract(&world.backend, &eva, id, kind).await, Err(Error::NotFound)));
            let sara = room.amal.actor("sara");
            let registrant = extract(&world.backend, &sara, id, kind).await;
            assert!(matches!(registrant, Err(Error::NotFound)), "nor who registered the case");
        }
        assert!(matches!(minutes_page(&world.backend, &eva, id).await, Err(Error::NotFound)));
        let sara = room.amal.actor("sara");
        let told: Vec<_> = case_page(&world.backend, &sara, room.case).await?.handed.into_iter().map(|one| one.to).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(withdraw_form(&world.backend, &sara, room.case).await?.handed.len(), 2);
        Ok(())
    }

    /// C5: what is of a kind the consent in force does not name leaves no more.
    async fn c5_an_extract_holds_only_the_kinds_the_consent_in_force_names(world: World) -> TestResult {
        let (room, id) = approved(&world).await;
        room.hand_over(&world, id, &["bup"]).await?;
        let eva = room.amal.actor("eva");
        let before = extract(&world.backend, &eva, id, FileKind::Package).await?.bytes;
        let units = ["school", "social", "bup"].map(|unit| room.amal.unit(unit));
        let answers = guardians(&world, room.case).await.into_iter().map(|by| yes(by, "2026-11-27", &units)).collect();
        let fewer = RecordConsent { categories: vec!["social".into()], ..form(answers, "2026-11-27") };
        record_consent(&world.backend, &room.amal.actor("sara"), room.case, fewer).await?;
        let after = extract(&world.backend, &eva, id, FileKind::Package).await?.bytes;
        assert!(after.len() < before.len(), "{} < {}", after.len(), before.len());
        Ok(())
    }

    /// V3: who was called of a unit is told that there is something, and nobody once consent is gone.
    async fn v3_those_called_of_a_unit_are_told_that_something_was_handed_over(world: World) -> TestResult {
        let (room, id) = approved(&world).await;
        let sink = Sink::start().await;
        letters(&world, &sink).await;
        call(&world, &room, "eva", "bup").await;
        room.hand_over(&world, id, &["school", "bup"]).await?;
        assert_eq!(letters(&world, &sink).await, [("eva@amal.test".to_owned(), "Något till din enhet".to_owned())]);

        world.clock.advance(TimeDelta::minutes(1));
        let added = add_to_minutes(&world.backend, &room.maria(), id, "Mer.").await?;
        answer_addendum(&world.backend, &room.amal.actor("karin"), added, true, "").await?;
        letters(&world, &sink).await;
        world.clock.advance(TimeDelta::minutes(1));
        room.hand_over(&world, id, &["bup"]).await?;
        room.withdraw(&world).await;
        let told = letters(&world, &sink).await;
        assert!(told.iter().all(|(_, about)| about != "Något till din enhet"), "{told:?}");
        Ok(())
    }

    /// While a new version is written, what was approved is not handed over as if it still were.
    async fn what_is_open_again_is_not_handed_over(world: World) -> TestResult {
        let (room, id) = approved(&world).await;
        reopen_minutes(&world.backend, &room.amal.actor("karin"), id, 1, "Fel siffra.").await?;
        let no = room.hand_over(&world, id, &["school"]).await;
        assert!(matches!(no, Err(Error::Refused(Refusal::WrongState))), "{no:?}");
        Ok(())
    }
}
