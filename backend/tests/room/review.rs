//! Minutes are reviewed: returned, approved, and then the same for good.

use backend::{
    Error,
    usecase::{
        review_minutes::{TypedRemarks, approve_minutes, return_minutes},
        write_minutes::{TypedMinutes, save_minutes, submit_minutes},
    },
    view::{
        minutes_page::{mentions_in, minutes_page},
        review::{Change, Place, Remarks, Waits, review, review_queue},
        side::side,
    },
};
use chrono::TimeDelta;
use domain::{
    consent::InfoCategory,
    flaw::FlawKind,
    id::MinutesId,
    mention::{Mentioned, Who},
    refusal::Refusal,
};

use super::stage::Room;
use crate::{cases::stage::flaws, on_both_engines, world::World};

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

const TEXT: &str = "Skolan: närvaron har gått från 31 till 45 procent.";

fn general(text: &str) -> TypedRemarks {
    TypedRemarks { general: text.into(), ..TypedRemarks::default() }
}

/// The assignments of `UPDATE minutes` that approve it in a person's name.
fn approving(world: &World, by: uuid::Uuid) -> String {
    let person = world.literal(by);
    let now = world.backend.now();
    format!(
        "state = 'approved', approved_by = {person}, approved_at = '{}', touched_ms = {}, approved_revision = revision",
        now.to_rfc3339(),
        now.timestamp_millis()
    )
}

on_both_engines! {
    /// M5
    async fn m5_approved_minutes_never_change_not_even_by_raw_sql(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let karin = room.amal.actor("karin");
        approve_minutes(&world.backend, &karin, id, 1, false).await?;
        let more = TypedMinutes { seen: 1, agreed: "Mer.".into(), ..room.whole() };
        let late = save_minutes(&world.backend, &room.maria(), room.item, &more).await;
        assert_eq!(refused(late), Refusal::WrongState);
        assert_eq!(refused(return_minutes(&world.backend, &karin, id, 1, &general("Ändra.")).await), Refusal::WrongState);
        for change in ["state = 'draft', approved_by = NULL, approved_at = NULL", "revision = 2", "touched_ms = 1"] {
            let said = world.sql(&format!("UPDATE minutes SET {change}")).await.unwrap_err().to_string();
            assert!(said.contains("minutes_final"), "{change}: {said}");
        }
        assert!(world.sql("DELETE FROM minutes").await.is_err());
        assert!(world.sql("UPDATE minutes_revision SET number = 9").await.is_err());
        Ok(())
    }

    async fn nobody_approves_their_own_text_neither_here_nor_in_the_database(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let karin = room.amal.actor("karin");
        return_minutes(&world.backend, &karin, id, 1, &general("Rätta siffran.")).await?;
        // Karin, working as a coordinator another day, puts it right herself.
        let mut coordinator = karin.clone();
        coordinator.role = domain::visibility::Role::Coordinator;
        let typed = TypedMinutes { seen: 1, agreed: "54 procent.".into(), ..room.whole() };
        save_minutes(&world.backend, &coordinator, room.item, &typed).await?;
        submit_minutes(&world.backend, &coordinator, room.item, 2).await?;

        assert_eq!(refused(approve_minutes(&world.backend, &karin, id, 2, false).await), Refusal::OwnText);
        assert!(review(&world.backend, &karin, id, None).await?.own);
        assert_eq!(side(&world.backend, &karin).await?.to_review, 0);
        for own in [karin.person.uuid(), room.maria().person.uuid()] {
            let said = world.sql(&format!("UPDATE minutes SET {}", approving(&world, own))).await.unwrap_err().to_string();
            assert!(said.contains("own_text") || said.contains("ck_minutes_own"), "{said}");
        }
        approve_minutes(&world.backend, &room.amal.actor("bengt"), id, 2, false).await?;
        Ok(())
    }

    /// V5
    async fn nothing_is_approved_after_a_withdrawal(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        world.clock.advance(TimeDelta::minutes(5));
        room.withdraw(&world).await;
        let late = approve_minutes(&world.backend, &room.amal.actor("karin"), id, 1, false).await;
        assert!(matches!(late, Err(Error::NotFound)), "{late:?}");
        let bengt = room.amal.actor("bengt").person.uuid();
        let said = world.sql(&format!("UPDATE minutes SET {}", approving(&world, bengt))).await.unwrap_err().to_string();
        assert!(said.contains("consent_missing"), "{said}");
        Ok(())
    }

    /// M4: the consent they rest on and the units it covered as they were written are kept with them.
    async fn m4_the_desk_shows_who_was_covered_and_what_changed_since_it_was_returned(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        assert_eq!(world.count("SELECT count(*) FROM minutes m JOIN consent c ON c.id = m.consent_id AND c.case_id = m.case_id").await, 1);
        let karin = room.amal.actor("karin");
        let first = review(&world.backend, &karin, id, None).await?;
        assert_eq!((first.compared_with, first.changed_since_read), (None, false));
        assert!(first.checks.allow(false).is_ok() && first.submitted && !first.own);
        assert_eq!(first.covered, ["Skola", "BUP", "Soc"]);
        return_minutes(&world.backend, &karin, id, 1, &general("Är det inte 54?")).await?;
        assert!(review_queue(&world.backend, &karin).await?[0].waits == Waits::WithWriter);

        let contributions = room.told("Skolan: närvaron har gått från 31 till 54 procent.");
        let typed = TypedMinutes { seen: 1, contributions, ..room.whole() };
        save_minutes(&world.backend, &room.maria(), room.item, &typed).await?;
        submit_minutes(&world.backend, &room.maria(), room.item, 2).await?;
        for (read, changed) in [(1, true), (2, false)] {
            let again = review(&world.backend, &karin, id, None).await?;
            assert_eq!((again.compared_with, again.changed_since_read), (Some(1), changed), "reading {read}");
            let changes: Vec<_> = again.text.contributions[0].2.iter().map(|piece| piece.change).collect();
            assert_eq!(changes, [Change::Same, Change::Removed, Change::Added, Change::Same]);
            assert_eq!(again.comments[0].remarks.general, "Är det inte 54?");
        }
        approve_minutes(&world.backend, &karin, id, 2, false).await?;
        Ok(())
    }

    /// Feature 79
    async fn what_is_said_of_a_part_stands_at_that_part_for_whoever_writes(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let karin = room.amal.actor("karin");
        let nothing = flaws(return_minutes(&world.backend, &karin, id, 1, &TypedRemarks::default()).await);
        assert_eq!(nothing, [("general".to_owned(), FlawKind::Required)]);
        let told = TypedRemarks {
            contributions: vec!["Det är 54, se 121212-1212.".into()],
            outcome: "Vilken dag?".into(),
            ..TypedRemarks::default()
        };
        let number = flaws(return_minutes(&world.backend, &karin, id, 1, &told).await);
        assert_eq!(number, [("contributions[0]".to_owned(), FlawKind::PersonalNumberInText)]);
        let told = TypedRemarks { contributions: vec!["Det är 54.".into(), "Ingen sådan del.".into()], ..told };
        return_minutes(&world.backend, &karin, id, 1, &told).await?;
        let writing = minutes_page(&world.backend, &room.maria(), id).await?.writing.expect("Maria writes");
        let school = Place::Contribution { unit: room.amal.unit("school"), kind: Some(InfoCategory::School) };
        let said = [(school, "Det är 54.".to_owned()), (Place::Outcome, "Vilken dag?".to_owned())];
        assert_eq!(writing.remarks, Some(Remarks { general: String::new(), at: said.to_vec() }));
        Ok(())
    }

    /// Feature 81
    async fn every_version_that_was_answered_can_be_read_beside_the_last(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let karin = room.amal.actor("karin");
        for (seen, percent) in [(1, "54"), (2, "64")] {
            world.clock.advance(TimeDelta::minutes(5));
            return_minutes(&world.backend, &karin, id, seen, &general("Fel siffra.")).await?;
            let contributions = room.told(&TEXT.replace("45", percent));
            let typed = TypedMinutes { seen, contributions, ..room.whole() };
            save_minutes(&world.backend, &room.maria(), room.item, &typed).await?;
            submit_minutes(&world.backend, &room.maria(), room.item, seen + 1).await?;
        }
        let removed = async |beside| {
            let desk = review(&world.backend, &karin, id, beside).await.expect("at the desk");
            let pieces = desk.text.contributions[0].2.iter().filter(|piece| piece.change == Change::Removed);
            (desk.compared_with, pieces.map(|piece| piece.text.clone()).collect::<String>(), desk.versions.len())
        };
        assert_eq!(removed(None).await, (Some(2), "54".into(), 2));
        assert_eq!(removed(Some(1)).await, (Some(1), "45".into(), 2));
        assert_eq!(removed(Some(7)).await, (Some(2), "54".into(), 2), "no such version");
        Ok(())
    }

    /// M9
    async fn m9_another_person_in_the_text_needs_the_reviewers_word(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, "Storasyster var med vid ett hembesök.").await;
        let karin = room.amal.actor("karin");
        let found = review(&world.backend, &karin, id, None).await?.checks.mentions;
        assert_eq!(found, [Mentioned { word: "storasyster".into(), who: Who::Kin }]);
        let unread = approve_minutes(&world.backend, &karin, id, 1, false).await;
        assert_eq!(refused(unread), Refusal::MentionUnreviewed);
        approve_minutes(&world.backend, &karin, id, 1, true).await?;
        Ok(())
    }

    /// M9: names the case itself holds, and whoever reported. The writer is told as well.
    async fn m9_guardians_names_and_who_reported_are_warned_about(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, "Rut är orolig. Anmälaren hörs inte av. Kim trivs.").await;
        let karin = room.amal.actor("karin");
        let words = |all: &[Mentioned]| all.iter().map(|one| (one.word.clone(), one.who)).collect::<Vec<_>>();
        let both = [("rut".to_owned(), Who::Named), ("anmälaren".to_owned(), Who::Reporter)];
        assert_eq!(words(&review(&world.backend, &karin, id, None).await?.checks.mentions), both);
        return_minutes(&world.backend, &karin, id, 1, &general("Utan namn.")).await?;
        let writing = minutes_page(&world.backend, &room.maria(), id).await?.writing.expect("Maria writes");
        assert_eq!(words(&writing.mentions), both);
        assert_eq!(words(&mentions_in(&world.backend, &room.maria(), room.item).await?), both);
        let hidden = mentions_in(&world.backend, &room.amal.actor("frida"), room.item).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
        Ok(())
    }

    /// G1, M1: whatever let it happen.
    async fn minutes_of_an_item_an_uncovered_unit_heard_are_not_approved(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let af = room.amal.unit("af").uuid();
        let at = "2026-11-26T08:15:00+00:00".parse::<chrono::DateTime<chrono::Utc>>()?;
        let row = [
            world.backend.random().uuid().into(),
            room.meeting.uuid().into(),
            af.into(),
            "Lars Lund".into(),
            at.into(),
        ];
        world.insert("attendance", ["id", "meeting_id", "unit_id", "name", "arrived_at"], vec![row]).await;
        let karin = room.amal.actor("karin");
        assert_eq!(review(&world.backend, &karin, id, None).await?.uncovered, ["AF"]);
        assert_eq!(refused(approve_minutes(&world.backend, &karin, id, 1, true).await), Refusal::UncoveredHeard);
        Ok(())
    }

    async fn the_longest_wait_comes_first_and_is_late_after_a_week(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let karin = room.amal.actor("karin");
        world.clock.advance(TimeDelta::days(7));
        let queue = review_queue(&world.backend, &karin).await?;
        assert_eq!((queue[0].id, queue[0].days, queue[0].late), (id, 7, false));
        assert_eq!(side(&world.backend, &karin).await?.to_review, 1);
        world.clock.advance(TimeDelta::days(1));
        assert!(review_queue(&world.backend, &karin).await?[0].late);
        world.sql("UPDATE forum SET review_days = 8 WHERE code = 'youth'").await?;
        assert!(!review_queue(&world.backend, &karin).await?[0].late, "each forum gives itself its days");
        Ok(())
    }

    async fn a_review_of_another_revision_changes_nothing(world: World) -> TestResult {
        let (room, id) = Room::submitted(&world, TEXT).await;
        let stale = approve_minutes(&world.backend, &room.amal.actor("karin"), id, 0, false).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let unknown = MinutesId::from_uuid(uuid::Uuid::from_u128(1));
        let none = approve_minutes(&world.backend, &room.amal.actor("karin"), unknown, 1, false).await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
        Ok(())
    }
}
