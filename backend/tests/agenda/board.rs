//! What the board shows to whom.

use backend::{
    Error,
    usecase::{
        add_item::{add_anonymous_consultation, add_case, add_general_item},
        publish_meeting::publish_meeting,
        record_consent::{RecordConsent, record_consent},
    },
    view::agenda::{About, AgendaPage, Board, Cell, ConsentChip, OwnAgenda, Row, Warning, agenda_page},
};
use domain::{id::MeetingId, refusal::Refusal};

use super::consultation::QUESTION;
use crate::{
    cases::{
        circumstances::away,
        stage::{form, guardians, registered, yes},
    },
    on_both_engines,
    world::{
        World,
        amal::{Amal, date},
        cases::{CaseLaid, Laid},
    },
};

/// A youth of the 26 November meeting whose only guardian has named these units.
pub async fn youth(world: &World, amal: &Amal, unit: &str, named: &[&str]) -> Laid {
    world.lay_case(amal, CaseLaid { unit, born: "2012-03-01", named: &[named], until: "2027-06-10" }).await
}

pub async fn board(world: &World, amal: &Amal, who: &str, meeting: MeetingId) -> Board {
    match agenda_page(&world.backend, &amal.actor(who), meeting).await {
        Ok(AgendaPage::Board(board)) => *board,
        other => panic!("no board: {other:?}"),
    }
}

async fn own(world: &World, amal: &Amal, who: &str, meeting: MeetingId) -> OwnAgenda {
    match agenda_page(&world.backend, &amal.actor(who), meeting).await {
        Ok(AgendaPage::Own(own)) => own,
        other => panic!("no own agenda: {other:?}"),
    }
}

on_both_engines! {
    /// C8
    async fn c8_the_board_marks_where_one_guardian_decides_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, anna, meeting) = (amal.actor("maria"), amal.actor("anna"), amal.meeting("2026-11-26"));
        let case = registered(&world.backend, &anna).await?;
        let [mother, father] = guardians(&world, case).await[..] else { panic!("two guardians") };
        let units = [amal.unit("gymnasium"), amal.unit("social")];
        let prevented = away(father, "2026-12-10");
        let alone = RecordConsent { prevented, ..form(vec![yes(mother, "2026-11-22", &units)], "2026-11-22") };
        record_consent(&world.backend, &anna, case, alone).await?;
        let other = youth(&world, &amal, "social", &["social", "gymnasium"]).await;
        for case in [case, other.id] {
            add_case(&world.backend, &maria, meeting, case).await?;
        }
        let rows = board(&world, &amal, "maria", meeting).await.rows;
        let alone = |row: &Row| matches!(&row.about, About::Case(case) if case.alone);
        assert_eq!(rows.iter().map(alone).collect::<Vec<_>>(), [true, false]);
        Ok(())
    }

    async fn items_run_back_to_back_with_consent_in_each_cell(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let bup = youth(&world, &amal, "social", &["social", "gymnasium", "bup"]).await;
        add_general_item(&world.backend, &maria, meeting, "Inledning och uppföljning", "").await?;
        add_case(&world.backend, &maria, meeting, bup.id).await?;
        add_anonymous_consultation(&world.backend, &maria, meeting, QUESTION, "").await?;

        let board = board(&world, &amal, "maria", meeting).await;
        let times: Vec<_> = board.rows.iter().map(|row| row.starts.format("%H.%M").to_string()).collect();
        assert_eq!(times, ["09.00", "09.10", "09.30"]);
        let columns: Vec<_> = board.columns.iter().map(|column| column.short_name.as_str()).collect();
        assert_eq!(columns, ["Soc", "Gymnasium", "BUP"]);
        assert_eq!(board.rows[0].cells, [Cell::Asked, Cell::Asked, Cell::Empty]);
        assert_eq!(board.rows[1].cells, [Cell::Asked, Cell::Asked, Cell::Asked]);
        let About::Case(shown) = &board.rows[1].about else { panic!("not a case") };
        assert_eq!((shown.age, shown.time, shown.registered_by.as_str()), (14, 1, "Soc"));
        assert_eq!(shown.consent, ConsentChip::Holds { until: date("2027-06-10") });
        assert_eq!((board.planned, board.waiting), (50, 0));
        assert_eq!(board.warnings, []);
        Ok(())
    }

    /// C5
    async fn a_unit_that_only_one_guardian_named_is_marked_as_not_covered(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let named: &[&[&str]] = &[&["social", "gymnasium", "af"], &["social", "gymnasium"]];
        let spec = CaseLaid { unit: "social", born: "2012-03-01", named, until: "2027-06-10" };
        let case = world.lay_case(&amal, spec).await;
        add_case(&world.backend, &maria, meeting, case.id).await?;
        let board = board(&world, &amal, "maria", meeting).await;
        let af = board.columns.iter().position(|column| column.short_name == "AF").ok_or("no column")?;
        assert_eq!(board.rows[0].cells[af], Cell::NotCovered);
        Ok(())
    }

    /// V6: the meeting's instant counts, not today.
    async fn a_consent_that_ends_before_the_meeting_is_warned_of(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let spec = CaseLaid { unit: "social", born: "2012-03-01", named: &[&["social", "bup"]], until: "2026-11-25" };
        let case = world.lay_case(&amal, spec).await;
        add_case(&world.backend, &maria, meeting, case.id).await?;
        let board = board(&world, &amal, "maria", meeting).await;
        let About::Case(shown) = &board.rows[0].about else { panic!("not a case") };
        assert_eq!(shown.consent, ConsentChip::EndsBefore { last: date("2026-11-25") });
        assert!(matches!(&board.warnings[..], [Warning::EndsBefore { of, .. }] if of.reference == case.reference));
        assert!(!board.rows[0].cells.contains(&Cell::Asked), "nobody is covered when the meeting begins");
        Ok(())
    }

    /// V2: for a unit that is not covered the item does not exist, on the page and in what it may change.
    async fn what_a_unit_may_not_know_is_not_on_its_board(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let mut hidden = youth(&world, &amal, "gymnasium", &["gymnasium", "bup", "social"]).await;
        let elsewhere = youth(&world, &amal, "gymnasium", &["gymnasium", "bup"]).await;
        let before = format!("{:?}", board(&world, &amal, "maria", meeting).await);

        let mut anna = amal.actor("anna");
        anna.role = domain::visibility::Role::Coordinator;
        let refused = add_case(&world.backend, &maria, meeting, elsewhere.id).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        add_case(&world.backend, &anna, meeting, hidden.id).await?;
        world.lay_withdrawal(&amal, &mut hidden).await;
        // It waited in the queue before, and is nowhere now.
        let after = format!("{:?}", board(&world, &amal, "maria", meeting).await);
        assert!(before.contains(&hidden.reference) && !after.contains(&hidden.reference), "{after}");
        Ok(())
    }

    /// V2, feature 67: one's own times, nothing of others' items.
    async fn who_takes_part_sees_only_their_own_times(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let other = youth(&world, &amal, "social", &["social", "af"]).await;
        let mine = youth(&world, &amal, "social", &["social", "bup"]).await;
        for case in [&other, &mine] {
            add_case(&world.backend, &maria, meeting, case.id).await?;
        }
        assert_eq!(own(&world, &amal, "eva", meeting).await.slots, [], "a draft tells nobody");
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        publish_meeting(&world.backend, &maria, meeting, &stamp).await?;

        let eva = own(&world, &amal, "eva", meeting).await;
        assert_eq!(eva.slots.len(), 1);
        assert_eq!(eva.slots[0].starts.format("%H.%M").to_string(), "09.20");
        let all = format!("{eva:?}");
        assert!(all.contains(&mine.reference) && !all.contains(&other.reference), "{all}");
        let vera = agenda_page(&world.backend, &amal.actor("vera"), meeting).await?;
        assert!(matches!(vera, AgendaPage::Own(own) if own.slots.is_empty() && own.answer.is_none()));
        let petra = agenda_page(&world.backend, &amal.actor("petra"), meeting).await;
        assert!(matches!(petra, Err(Error::NotFound)), "no seat, no meeting");
        Ok(())
    }

    /// R1, C1
    async fn the_queue_holds_what_belongs_here_and_only_what_may_be_taken_up_can_be_added(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
        let ready = youth(&world, &amal, "social", &["social", "bup"]).await;
        let without = youth(&world, &amal, "social", &[]).await;
        let spec = CaseLaid { unit: "social", born: "2018-05-05", named: &[&["social"]], until: "2027-06-10" };
        let young = world.lay_case(&amal, spec).await;

        let shown = board(&world, &amal, "maria", meeting).await.queue;
        let queue: Vec<_> = shown.iter().map(|one| (one.reference.as_str(), one.ready)).collect();
        assert_eq!(queue, [(ready.reference.as_str(), true), (without.reference.as_str(), false)]);

        let refused = add_case(&world.backend, &maria, meeting, without.id).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::ConsentMissing))), "{refused:?}");
        let refused = add_case(&world.backend, &maria, meeting, young.id).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::OtherForum))), "{refused:?}");
        add_case(&world.backend, &maria, meeting, ready.id).await?;
        let refused = add_case(&world.backend, &maria, meeting, ready.id).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::AlreadyOnAgenda))), "{refused:?}");
        assert_eq!(board(&world, &amal, "maria", meeting).await.queue.len(), 1, "who stands on an agenda waits no more");
        assert_eq!(board(&world, &amal, "maria", amal.meeting("2026-12-03")).await.queue.len(), 1);
        Ok(())
    }

    /// R1: counted on the day of the meeting, not today.
    async fn a_birthday_before_the_meeting_moves_the_case_to_the_other_forum(world: World) -> TestResult {
        let amal = world.amal().await;
        let maria = amal.actor("maria");
        let spec = CaseLaid { unit: "social", born: "2013-12-03", named: &[&["social"]], until: "2027-06-10" };
        let case = world.lay_case(&amal, spec).await;
        add_case(&world.backend, &maria, amal.meeting("2026-12-03"), case.id).await?;
        let refused = add_case(&world.backend, &maria, amal.meeting("2026-12-08"), case.id).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::OtherForum))), "{refused:?}");
        Ok(())
    }

    /// L2: reading is written down before the page leaves.
    async fn every_case_on_the_board_is_in_the_log(world: World) -> TestResult {
        let amal = world.amal().await;
        let meeting = amal.meeting("2026-11-26");
        let on = youth(&world, &amal, "social", &["social", "bup"]).await;
        youth(&world, &amal, "social", &["social"]).await;
        add_case(&world.backend, &amal.actor("maria"), meeting, on.id).await?;
        let count = "SELECT count(DISTINCT case_id) FROM audit WHERE action = 'case_read'";
        assert_eq!(world.count(count).await, 0);
        board(&world, &amal, "maria", meeting).await;
        assert_eq!(world.count(count).await, 2);
        Ok(())
    }
}
