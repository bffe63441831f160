//! What a case needs no more before it goes itself: versions of minutes that were never approved, and what was asked in the queue (L7).

use backend::{
    Backend, Error, Result,
    actor::Actor,
    usecase::{
        decide_retention::{TypedRule, decide_retention},
        dispose::{approve_disposal, carry_out_disposals, propose_disposal},
        hold_case::{hold_case, lift_hold},
        open_item::open_item,
        propose::{TypedProposal, propose, take_back_proposal},
        review_minutes::{TypedRemarks, approve_minutes, reopen_minutes, return_minutes},
        verify_audit::{Verified, verify_audit},
        write_minutes::{TypedMinutes, save_minutes, submit_minutes},
    },
    view::{
        case::case_page,
        minutes_page::minutes_page,
        retention::{RetentionPage, retention_page},
        review::review,
        week::week_page,
    },
};
use chrono::TimeDelta;
use domain::{
    id::{CaseId, MinutesId},
    refusal::Refusal,
    retention::{DocumentKind, Thing, Why},
    visibility::Role,
};

use super::disposal::{administrator_beside, refusal};
use crate::{
    on_both_engines,
    room::stage::Room,
    world::{World, amal::Amal},
};

const DRAFTS: DocumentKind = DocumentKind::Drafts;
const WORDS: DocumentKind = DocumentKind::QueueWords;

/// A rule of the actor's authority: so many months.
async fn ruled(backend: &Backend, actor: &Actor, kind: DocumentKind, months: u32) -> Result<()> {
    let rule = TypedRule {
        kind: kind.code().into(),
        keep: "months".into(),
        time: months.to_string(),
        decision: "KS 2026/7".into(),
        decided_on: "2026-03-10".into(),
        ..TypedRule::default()
    };
    decide_retention(backend, actor, &rule).await
}

fn of(kind: DocumentKind, case: CaseId) -> Thing {
    Thing { kind, case }
}

fn due(page: &RetentionPage) -> Vec<Thing> {
    page.due.iter().map(|one| one.thing).collect()
}

/// One proposes, another approves, and a day later it is carried out.
async fn gone(world: &World, one: &Actor, other: &Actor, thing: Thing) -> Result<u64> {
    propose_disposal(&world.backend, one, &[thing].into()).await?;
    approve_disposal(&world.backend, other, &[thing].into()).await?;
    world.clock.advance(TimeDelta::days(1));
    carry_out_disposals(&world.backend).await
}

/// A school that has two administrators.
fn bosses(amal: &Amal) -> (Actor, Actor) {
    let sara = amal.actor("sara");
    (administrator_beside(&sara, &amal.actor("karin")), administrator_beside(&sara, &amal.actor("maria")))
}

async fn save(world: &World, room: &Room, seen: i64, agreed: &str) -> Result<()> {
    let typed = TypedMinutes { seen, agreed: agreed.into(), ..room.whole() };
    save_minutes(&world.backend, &room.maria(), room.item, &typed).await.map(drop)
}

/// Minutes that were saved twice, sent back once and approved as their third version.
async fn approved(world: &World) -> Result<(Room, MinutesId)> {
    let room = Room::under_way(world).await;
    let (maria, karin) = (room.maria(), room.amal.actor("karin"));
    save(world, &room, 0, "Ett utkast.").await?;
    save(world, &room, 1, "Ett annat utkast.").await?;
    world.clock.advance(TimeDelta::minutes(20));
    open_item(&world.backend, &maria, room.meeting, room.anonymous).await?;
    let id = submit_minutes(&world.backend, &maria, room.item, 2).await?;
    let remarks = TypedRemarks { general: "Skriv om.".into(), ..TypedRemarks::default() };
    return_minutes(&world.backend, &karin, id, 2, &remarks).await?;
    save(world, &room, 2, "Så blev det.").await?;
    submit_minutes(&world.backend, &maria, room.item, 3).await?;
    Ok((room, id))
}

on_both_engines! {
    /// L7, M5
    async fn l7_versions_that_were_never_approved_go_by_their_own_rule_and_the_approved_stays(world: World) -> TestResult {
        let (room, id) = approved(&world).await?;
        let (backend, karin, (boss, other)) = (&world.backend, room.amal.actor("karin"), bosses(&room.amal));
        let drafts = of(DRAFTS, room.case);
        ruled(backend, &boss, DRAFTS, 0).await?;
        world.clock.advance(TimeDelta::days(40));
        let page = retention_page(backend, &boss).await?;
        assert!(page.due.is_empty() && page.kept.is_empty(), "minutes that wait for their review: {page:?}");
        assert_eq!(refusal(propose_disposal(backend, &boss, &[drafts].into()).await), Refusal::RecordKept);
        approve_minutes(backend, &karin, id, 3, true).await?;
        let page = retention_page(backend, &boss).await?;
        assert_eq!((due(&page), page.kept.len()), (vec![], 1), "on the day itself");
        assert!(matches!(page.kept[0].why[..], [Why::NotLongEnough { .. }]), "{:?}", page.kept);
        world.clock.advance(TimeDelta::days(1));
        assert_eq!(due(&retention_page(backend, &boss).await?), [drafts], "the case itself has no rule, and is open");
        assert!(retention_page(backend, &karin).await?.due.is_empty(), "another unit's case");
        assert!(matches!(propose_disposal(backend, &karin, &[drafts].into()).await, Err(Error::Denied)));

        // Beneath the program no key goes without its proof.
        assert!(world.sql("DELETE FROM draft_key").await.is_err() && world.sql("UPDATE draft_key SET number = 9").await.is_err());
        hold_case(backend, &boss, room.case, "request").await?;
        assert_eq!(refusal(propose_disposal(backend, &boss, &[drafts].into()).await), Refusal::RecordKept, "held with its case");
        lift_hold(backend, &boss, room.case, "request").await?;
        assert_eq!(gone(&world, &boss, &other, drafts).await?, 1);

        let read = minutes_page(backend, &karin, id).await?;
        assert_eq!(read.body.agreed, "Så blev det.");
        assert_eq!(world.count("SELECT count(*) FROM draft_key").await, 1);
        assert_eq!(world.count("SELECT count(*) FROM minutes_revision").await, 3, "that they were written is not forgotten");
        assert_eq!(world.count("SELECT count(*) FROM review_note WHERE length(body) > 0").await, 0);
        for never in [
            "DELETE FROM draft_key",
            "INSERT INTO draft_key (revision_id, case_id, minutes_id, number, sealed) \
             SELECT id, case_id, minutes_id, number, body FROM minutes_revision WHERE number = 1",
        ] {
            assert!(world.sql(never).await.is_err(), "{never}");
        }
        let page = retention_page(backend, &other).await?;
        assert!(page.due.is_empty() && page.kept.is_empty() && page.on_its_way.is_empty(), "{page:?}");
        let [proof] = &page.gone[..] else { panic!("one proof: {page:?}") };
        assert_eq!((proof.kind, proof.decision.as_str()), (DRAFTS, "KS 2026/7"));
        assert!(matches!(verify_audit(backend, None).await?, Verified::Whole { .. }), "the log is whole");
        Ok(())
    }

    /// What is opened again after its drafts went is reviewed as any other, and its new drafts go in their turn.
    async fn minutes_whose_drafts_are_gone_are_opened_reviewed_and_approved_again(world: World) -> TestResult {
        let (room, id) = approved(&world).await?;
        let (backend, karin, (boss, other)) = (&world.backend, room.amal.actor("karin"), bosses(&room.amal));
        review(backend, &karin, id, Some(2)).await?;
        approve_minutes(backend, &karin, id, 3, true).await?;
        ruled(backend, &boss, DRAFTS, 0).await?;
        world.clock.advance(TimeDelta::days(1));
        let drafts = of(DRAFTS, room.case);
        assert_eq!(gone(&world, &boss, &other, drafts).await?, 1);

        reopen_minutes(backend, &karin, id, 3, "Fel dag.").await?;
        assert!(retention_page(backend, &boss).await?.due.is_empty(), "nothing but what was approved");
        save(&world, &room, 3, "Så blev det, och dagen är rätt.").await?;
        save(&world, &room, 4, "Så blev det, och dagen är rätt nu.").await?;
        submit_minutes(backend, &room.maria(), room.item, 5).await?;
        for wished in [None, Some(1), Some(2), Some(3)] {
            let shown = review(backend, &karin, id, wished).await?;
            assert_eq!(shown.compared_with, Some(3), "{wished:?}: what is gone is not compared with");
            assert_eq!(shown.versions.iter().map(|one| one.revision).collect::<Vec<_>>(), [3]);
        }
        approve_minutes(backend, &karin, id, 5, true).await?;
        world.clock.advance(TimeDelta::days(1));
        assert_eq!(gone(&world, &other, &boss, drafts).await?, 1, "a second time");
        assert_eq!(world.count("SELECT count(*) FROM draft_key").await, 2, "what was approved then, and now");
        assert_eq!(retention_page(backend, &boss).await?.gone.len(), 2);
        assert_eq!(minutes_page(backend, &karin, id).await?.body.agreed, "Så blev det, och dagen är rätt nu.");
        Ok(())
    }

    /// L7, V1: what a unit asked is its own, whoever registered the case, and nobody else hears what becomes of it.
    async fn l7_what_a_unit_asked_goes_by_its_own_rule_once_it_is_answered(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let (backend, maria, karin) = (&world.backend, room.maria(), room.amal.actor("karin"));
        let (boss, _) = bosses(&room.amal);
        let words = of(WORDS, room.case);
        ruled(backend, &karin, WORDS, 1).await?;
        ruled(backend, &boss, WORDS, 0).await?;
        propose(backend, &maria, room.case, TypedProposal { question: "Kanariefråga?".into(), ..TypedProposal::default() }).await?;
        let page = retention_page(backend, &karin).await?;
        assert!(page.due.is_empty() && page.kept.is_empty(), "it waits still");
        assert_eq!(refusal(propose_disposal(backend, &maria, &[words].into()).await), Refusal::RecordKept);
        world.clock.advance(TimeDelta::minutes(20));
        open_item(backend, &maria, room.meeting, room.anonymous).await?;
        let page = retention_page(backend, &karin).await?;
        assert!(matches!(page.kept[0].why[..], [Why::NotLongEnough { .. }]), "{:?}", page.kept);
        world.clock.advance(TimeDelta::days(31));
        assert_eq!(due(&retention_page(backend, &karin).await?), [words]);
        let schools = retention_page(backend, &boss).await?;
        assert!(schools.due.is_empty() && schools.kept.is_empty(), "the school asked for nothing: {schools:?}");
        assert!(matches!(propose_disposal(backend, &boss, &[words].into()).await, Err(Error::NotFound)));
        let stranger = Actor { role: Role::Coordinator, ..room.amal.actor("petra") };
        assert!(matches!(propose_disposal(backend, &stranger, &[words].into()).await, Err(Error::NotFound)));

        // That the school holds its case is not told elsewhere.
        hold_case(backend, &boss, room.case, "proceedings").await?;
        let page = retention_page(backend, &karin).await?;
        assert!(page.due.is_empty() && page.kept.is_empty() && page.held.is_empty(), "{page:?}");
        assert_eq!(refusal(propose_disposal(backend, &maria, &[words].into()).await), Refusal::RecordKept);
        lift_hold(backend, &boss, room.case, "proceedings").await?;

        assert!(world.sql("UPDATE proposal SET question = ''").await.is_err(), "not without its proof");
        assert_eq!(gone(&world, &maria, &karin, words).await?, 1);
        assert_eq!(world.count("SELECT count(*) FROM proposal WHERE length(question) = 0 AND reason IS NULL").await, 1);
        assert!(world.sql("UPDATE proposal SET question = (SELECT sealed FROM case_key LIMIT 1)").await.is_err());
        case_page(backend, &maria, room.case).await?;
        week_page(backend, &maria, None).await?;
        assert_eq!(retention_page(backend, &karin).await?.gone.len(), 1);
        assert!(retention_page(backend, &boss).await?.gone.is_empty(), "the school hears of none of it");

        // Asked anew it is there as any other.
        propose(backend, &maria, room.case, TypedProposal { question: "Och nu?".into(), ..TypedProposal::default() }).await?;
        let page = case_page(backend, &maria, room.case).await?;
        assert_eq!(page.proposals.lines.len(), 1);
        take_back_proposal(backend, &maria, page.proposals.lines[0].asked.proposal.expect("its own")).await?;
        room.withdraw(&world).await;
        let page = retention_page(backend, &karin).await?;
        assert!(page.gone.is_empty() && page.due.is_empty() && page.kept.is_empty(), "a case that is not theirs to know");
        Ok(())
    }
}
