//! What is kept, what may go, and how it goes (L7, L8, PRIV-07, CRY-05).

use std::collections::BTreeSet;

use backend::{
    Backend, Error, Result,
    actor::Actor,
    crypt::Keys,
    database,
    random::SeededRandom,
    usecase::{
        close_case::close_case,
        decide_retention::{TypedRule, decide_retention},
        dispose::{approve_disposal, carry_out_disposals, propose_disposal, stop_disposal},
        hold_case::{hold_case, lift_hold},
        protect_case::{name_reader, set_protection},
        record_phase::record_phase,
        register_case::{RegisterCase, register_case},
        rekey::rekey,
        review_minutes::approve_minutes,
        run_meeting::close_meeting,
        verify_audit::{Verified, verify_audit},
    },
    view::{
        self,
        agenda::agenda_page,
        case::{case_list, case_page},
        minutes_page::minutes_page,
        retention::{RetentionPage, retention_page},
        week::week_page,
    },
};
use chrono::TimeDelta;
use domain::{
    flaw::FlawKind,
    id::CaseId,
    refusal::Refusal,
    retention::{DocumentKind, Hold, ResearchSample, Thing, Why},
    visibility::Role,
};
use sea_orm::ConnectionTrait as _;

use super::stage::{consented, flaws, registered, tuva};
use crate::{
    accounts::{opened, with_keys},
    on_both_engines,
    room::stage::Room,
    world::{Engine, World, amal::date},
};

/// The plan of the actor's authority: five years.
async fn planned(backend: &Backend, actor: &Actor) -> Result<()> {
    let rule = TypedRule {
        kind: "case_file".into(),
        keep: "years".into(),
        time: "5".into(),
        sample: "days".into(),
        decision: "SN 2026/114 § 12".into(),
        decided_on: "2026-03-10".into(),
    };
    decide_retention(backend, actor, &rule).await
}

async fn closed(backend: &Backend, actor: &Actor, case: CaseId) -> Result<()> {
    let version = case_page(backend, actor, case).await?.version;
    close_case(backend, actor, case, version).await
}

/// Somebody of the same unit who administers it.
pub(super) fn administrator_beside(actor: &Actor, somebody: &Actor) -> Actor {
    Actor { role: Role::Administrator, person: somebody.person, name: somebody.name.clone(), ..actor.clone() }
}

pub(super) fn refusal<T: std::fmt::Debug>(answer: Result<T>) -> Refusal {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn due(page: &RetentionPage) -> Vec<CaseId> {
    page.due.iter().map(|one| one.thing.case).collect()
}

fn file(case: CaseId) -> Thing {
    Thing { kind: DocumentKind::CaseFile, case }
}

fn years(count: i64) -> TimeDelta {
    TimeDelta::days(366 * count)
}

on_both_engines! {
    /// L7, PRIV-07, AUD-04
    async fn l7_it_takes_a_rule_two_people_and_a_day_and_then_nobody_reads_it(world: World) -> TestResult {
        let (room, minutes) = Room::submitted(&world, "Kanarietext").await;
        approve_minutes(&world.backend, &room.amal.actor("karin"), minutes, 1, true).await?;
        close_meeting(&world.backend, &room.maria(), room.meeting).await?;
        let (backend, case) = (&world.backend, room.case);
        let sara = room.amal.actor("sara");
        let boss = administrator_beside(&sara, &room.amal.actor("karin"));
        closed(backend, &sara, case).await?;
        world.clock.advance(years(6));
        let before = retention_page(backend, &boss).await?;
        assert_eq!((due(&before), before.kept[0].why.clone()), (vec![], vec![Why::NotDecided]), "no rule");
        planned(backend, &boss).await?;
        let page = retention_page(backend, &boss).await?;
        assert_eq!((due(&page), page.decides), (vec![case], true));
        let plan = page.plans.get(&DocumentKind::CaseFile).expect("a plan");
        assert_eq!((plan.decision.as_str(), plan.sample), ("SN 2026/114 § 12", Some(ResearchSample::Days)));

        let these = BTreeSet::from([file(case)]);
        assert!(matches!(retention_page(backend, &sara).await, Err(Error::Denied)), "a participant");
        assert!(matches!(propose_disposal(backend, &sara, &these).await, Err(Error::Denied)));
        let maria = room.maria();
        assert!(matches!(propose_disposal(backend, &maria, &these).await, Err(Error::NotFound)), "closed: for its own unit alone");
        assert_eq!(flaws(propose_disposal(backend, &boss, &BTreeSet::new()).await), [("things".into(), FlawKind::Required)]);
        assert_eq!(refusal(approve_disposal(backend, &boss, &these).await), Refusal::DisposalState);

        propose_disposal(backend, &boss, &these).await?;
        propose_disposal(backend, &boss, &these).await?;
        let page = retention_page(backend, &boss).await?;
        assert_eq!((due(&page), page.on_its_way.len(), page.on_its_way[0].own), (vec![], 1, true), "a second click");
        assert_eq!(refusal(approve_disposal(backend, &boss, &these).await), Refusal::OwnProposal);
        let other = administrator_beside(&sara, &room.amal.actor("maria"));
        approve_disposal(backend, &other, &these).await?;
        world.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
        assert_eq!(carry_out_disposals(backend).await?, 0, "it can be stopped still");
        assert_eq!(case_page(backend, &boss, case).await?.name, tuva().child_name.into());

        // Stopped in the last second, and begun anew.
        stop_disposal(backend, &boss, file(case)).await?;
        assert_eq!(refusal(stop_disposal(backend, &boss, file(case)).await), Refusal::DisposalState);
        world.clock.advance(TimeDelta::days(2));
        assert_eq!(carry_out_disposals(backend).await?, 0, "stopped");
        propose_disposal(backend, &other, &these).await?;
        approve_disposal(backend, &boss, &these).await?;
        world.clock.advance(TimeDelta::hours(24));
        assert_eq!(carry_out_disposals(backend).await?, 1);
        assert_eq!(carry_out_disposals(backend).await?, 0);

        // It is nowhere, and what it was part of still opens.
        assert!(matches!(case_page(backend, &boss, case).await, Err(Error::NotFound)));
        assert!(matches!(minutes_page(backend, &boss, minutes).await, Err(Error::NotFound)));
        assert!(case_list(backend, &sara).await?.is_empty());
        agenda_page(backend, &maria, room.meeting).await?;
        view::room::room(backend, &maria, room.meeting).await?;
        week_page(backend, &maria, None).await?;
        let page = retention_page(backend, &boss).await?;
        assert!(page.due.is_empty() && page.kept.is_empty() && page.on_its_way.is_empty());
        let [proof] = &page.gone[..] else { panic!("one proof: {page:?}") };
        assert_eq!((proof.proposed.by.as_str(), proof.approved.by.as_str()), (other.name.as_str(), boss.name.as_str()));
        assert_eq!((proof.decision.as_str(), proof.backups_closed), ("SN 2026/114 § 12", false));
        let its = world.literal(case.uuid());
        for gone in [
            format!("SELECT count(*) FROM case_key WHERE case_id = {its}"),
            format!("SELECT count(*) FROM guardian WHERE case_id = {its} AND length(name) > 0"),
            format!("SELECT count(*) FROM case_file WHERE id = {its} AND (length(name) > 0 OR length(question) > 0 OR number IS NOT NULL OR number_index IS NOT NULL)"),
        ] {
            assert_eq!(world.count(&gone).await, 0, "{gone}");
        }
        assert!(matches!(verify_audit(backend, None).await?, Verified::Whole { .. }), "the log is whole");
        Ok(())
    }

    /// L7, beneath the program.
    async fn l7_the_database_destroys_no_key_without_two_people_and_a_day(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, karin) = (amal.actor("maria"), amal.actor("karin"));
        let case = registered(&world.backend, &maria).await?;
        let its = world.literal(case.uuid());
        let keys = format!("DELETE FROM case_key WHERE case_id = {its}");
        let gone = format!("UPDATE case_file SET disposed_at = registered_at WHERE id = {its}");
        assert!(world.sql(&keys).await.is_err() && world.sql(&gone).await.is_err(), "nobody has proposed it");
        closed(&world.backend, &maria, case).await?;
        world.clock.advance(years(6));
        planned(&world.backend, &karin).await?;
        propose_disposal(&world.backend, &maria, &[file(case)].into()).await?;
        assert!(world.sql(&keys).await.is_err(), "nobody has approved it");
        let own = "UPDATE disposal SET state = 'approved', approved_by = proposed_by, approved_at = proposed_at, approved_ms = 1";
        assert!(world.sql(own).await.is_err(), "approved by who proposed it");
        approve_disposal(&world.backend, &karin, &[file(case)].into()).await?;
        let early = "UPDATE disposal SET state = 'shredded', shredded_at = approved_at, shredded_ms = approved_ms + 86399999, \
            since = '2031-01-01', root = 1, rule_id = (SELECT id FROM retention_rule)";
        assert!(world.sql(early).await.is_err(), "before the day is over");
        assert!(world.sql(&keys).await.is_err() && world.sql(&gone).await.is_err());
        world.clock.advance(TimeDelta::days(1));
        assert_eq!(carry_out_disposals(&world.backend).await?, 1);
        for never in [
            "UPDATE disposal SET state = 'stopped', stopped_by = proposed_by, stopped_at = proposed_at, shredded_ms = NULL, shredded_at = NULL".to_owned(),
            "DELETE FROM disposal".to_owned(),
            format!("UPDATE case_file SET disposed_at = NULL WHERE id = {its}"),
            format!("INSERT INTO case_key (case_id, generation, root, sealed) SELECT id, 1, 1, name FROM case_file WHERE id = {its}"),
            "DELETE FROM retention_rule".to_owned(),
        ] {
            assert!(world.sql(&never).await.is_err(), "{never}");
        }
        Ok(())
    }

    /// L8
    async fn l8_what_is_held_does_not_go_also_where_it_was_approved(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, karin) = (amal.actor("maria"), amal.actor("karin"));
        let backend = &world.backend;
        let case = registered(backend, &maria).await?;
        closed(backend, &maria, case).await?;
        world.clock.advance(years(6));
        planned(backend, &karin).await?;
        hold_case(backend, &maria, case, "request").await?;
        hold_case(backend, &maria, case, "request").await?;
        hold_case(backend, &karin, case, "proceedings").await?;
        assert_eq!(flaws(hold_case(backend, &maria, case, "whim").await), [("hold".into(), FlawKind::NotAChoice)]);
        assert!(matches!(hold_case(backend, &amal.actor("sara"), case, "request").await, Err(Error::NotFound)));
        let page = retention_page(backend, &maria).await?;
        assert_eq!(page.held[0].2, BTreeSet::from([Hold::Request, Hold::Proceedings]));
        assert_eq!(page.kept[0].why, [Why::Held(Hold::Request), Why::Held(Hold::Proceedings)]);
        assert_eq!(refusal(propose_disposal(backend, &maria, &[file(case)].into()).await), Refusal::RecordKept);
        lift_hold(backend, &maria, case, "request").await?;
        lift_hold(backend, &maria, case, "proceedings").await?;
        lift_hold(backend, &maria, case, "proceedings").await?;

        // Neither the hold nor its lifting is an entry of the case: it is due as before.
        propose_disposal(backend, &maria, &[file(case)].into()).await?;
        approve_disposal(backend, &karin, &[file(case)].into()).await?;
        hold_case(backend, &maria, case, "incident").await?;
        world.clock.advance(TimeDelta::days(3));
        assert_eq!(carry_out_disposals(backend).await?, 0);
        let page = retention_page(backend, &karin).await?;
        assert_eq!(page.on_its_way[0].kept, [Why::Held(Hold::Incident)]);
        lift_hold(backend, &karin, case, "incident").await?;
        assert_eq!(carry_out_disposals(backend).await?, 1);
        Ok(())
    }

    /// L7, I6, C17
    async fn l7_the_true_birth_date_and_thirty_years_count_and_tell_other_authorities_of_no_phase(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, maria, karin) = (amal.actor("sara"), amal.actor("maria"), amal.actor("karin"));
        let boss = administrator_beside(&sara, &karin);
        let backend = &world.backend;
        planned(backend, &karin).await?;
        planned(backend, &boss).await?;
        let sampled = register_case(backend, &maria, RegisterCase { born_on: "2012-03-15".into(), ..tuva() }).await?;
        let formal = registered(backend, &maria).await?;
        let at_school = registered(backend, &sara).await?;
        consented(&world, &sara, at_school, &[amal.unit("school"), amal.unit("social")]).await?;
        record_phase(backend, &maria, formal, "report").await?;
        record_phase(backend, &maria, at_school, "report").await?;
        for (actor, case) in [(&maria, sampled), (&maria, formal), (&sara, at_school)] {
            closed(backend, actor, case).await?;
        }
        world.clock.advance(years(6));
        let page = retention_page(backend, &karin).await?;
        let why = |id: CaseId| page.kept.iter().find(|one| one.thing == file(id)).map(|one| (one.until, one.why.clone()));
        assert_eq!(why(sampled), Some((None, vec![Why::ResearchSample])));
        let thirty = date("2042-03-03");
        assert_eq!(why(formal), Some((Some(thirty), vec![Why::ThirtyYears { until: thirty }])));
        assert_eq!(due(&retention_page(backend, &boss).await?), [at_school], "the school is told of no report");
        Ok(())
    }

    /// I1: also once it is gone.
    async fn i1_of_a_protected_case_those_named_alone_are_told_also_what_became_of_it(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, karin, bengt) = (amal.actor("maria"), amal.actor("karin"), amal.actor("bengt"));
        let backend = &world.backend;
        planned(backend, &karin).await?;
        let case = registered(backend, &maria).await?;
        let version = case_page(backend, &maria, case).await?.version;
        set_protection(backend, &maria, case, "mark", version).await?;
        world.clock.advance(TimeDelta::milliseconds(10));
        name_reader(backend, &maria, case, &karin.person.to_string()).await?;
        closed(backend, &maria, case).await?;
        world.clock.advance(years(6));
        assert_eq!(due(&retention_page(backend, &karin).await?), [case]);
        assert!(due(&retention_page(backend, &bengt).await?).is_empty());
        assert!(matches!(hold_case(backend, &bengt, case, "request").await, Err(Error::NotFound)));
        propose_disposal(backend, &maria, &[file(case)].into()).await?;
        assert!(retention_page(backend, &bengt).await?.on_its_way.is_empty());
        assert!(matches!(approve_disposal(backend, &bengt, &[file(case)].into()).await, Err(Error::NotFound)));
        approve_disposal(backend, &karin, &[file(case)].into()).await?;
        world.clock.advance(TimeDelta::days(1));
        assert_eq!(carry_out_disposals(backend).await?, 1);
        assert_eq!(retention_page(backend, &karin).await?.gone.len(), 1);
        assert!(retention_page(backend, &bengt).await?.gone.is_empty());
        Ok(())
    }

    async fn a_rule_is_recorded_by_administrators_and_says_what_is_wrong(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, karin) = (amal.actor("maria"), amal.actor("karin"));
        let rule = TypedRule { kind: "case_file".into(), keep: "years".into(), time: "4".into(), sample: String::new(), decision: " ".into(), decided_on: "2027-01-01".into() };
        assert!(matches!(decide_retention(&world.backend, &maria, &rule).await, Err(Error::Denied)));
        let wrong = flaws(decide_retention(&world.backend, &karin, &rule).await);
        let fields: Vec<&str> = wrong.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["time", "sample", "decision", "decided_on"]);
        assert_eq!(wrong[0].1, FlawKind::NotANumber { min: 5, max: 150 });
        let typed = |kind: &str, keep: &str| TypedRule { kind: kind.into(), keep: keep.into(), ..TypedRule::default() };
        let nothing = flaws(decide_retention(&world.backend, &karin, &typed("case_file", "")).await);
        assert_eq!(nothing[0], ("keep".into(), FlawKind::Required));
        for (kind, keep, flaw) in [
            ("case_file", "months", FlawKind::NotAChoice),
            ("drafts", "years", FlawKind::NotAChoice),
            ("drafts", "", FlawKind::Required),
            ("queue_words", "months", FlawKind::Required),
        ] {
            let wrong = flaws(decide_retention(&world.backend, &karin, &typed(kind, keep)).await);
            assert_eq!(wrong[0].1, flaw, "{kind} {keep}");
        }
        for kind in ["", "whim", "access_log", "meeting", "consultation"] {
            let unknown = decide_retention(&world.backend, &karin, &typed(kind, "forever")).await;
            assert!(matches!(unknown, Err(Error::NotFound)), "{kind}");
        }
        assert!(retention_page(&world.backend, &karin).await?.plans.is_empty());
        let forever = TypedRule { sample: "keep_all".into(), decision: "SN 1".into(), decided_on: "2026-11-22".into(), ..typed("case_file", "forever") };
        decide_retention(&world.backend, &karin, &forever).await?;
        world.clock.advance(TimeDelta::seconds(1));
        planned(&world.backend, &karin).await?;
        let page = retention_page(&world.backend, &maria).await?;
        assert_eq!(page.plans.len(), 1);
        let plan = page.plans.get(&DocumentKind::CaseFile).expect("the last one holds");
        assert_eq!(plan.decided_on, date("2026-03-10"));
        Ok(())
    }
}

/// CRY-05: a backup from before opens until the key it needs is destroyed, and then nobody opens it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cry_05_no_backup_from_before_opens_once_its_key_is_destroyed() -> crate::world::TestResult {
    let world = World::new(Engine::Sqlite).await;
    let amal = world.amal().await;
    let (maria, karin) = (amal.actor("maria"), amal.actor("karin"));
    let case = registered(&world.backend, &maria).await?;
    let kept = registered(&world.backend, &maria).await?;
    closed(&world.backend, &maria, case).await?;
    let backup = world.folder().join("backup.db");
    world.raw.execute_unprepared(&format!("VACUUM INTO '{}'", backup.display())).await?;
    world.clock.advance(years(6));
    planned(&world.backend, &karin).await?;
    propose_disposal(&world.backend, &maria, &[file(case)].into()).await?;
    approve_disposal(&world.backend, &karin, &[file(case)].into()).await?;
    world.clock.advance(TimeDelta::days(1));
    assert_eq!(carry_out_disposals(&world.backend).await?, 1);

    let old = Keys::read(&world.key)?;
    let (text, second) = old.with_another(&SeededRandom::new(2))?;
    let used = Keys::read(&Keys::read(&text)?.with_first(second).expect("the second key"))?;
    let backend = with_keys(&world, used.clone());
    rekey(&backend, |_| ()).await?;
    assert!(!retention_page(&backend, &karin).await?.gone[0].backups_closed, "the first key is there still");
    let alone = Keys::read(&used.with_destroyed(1).expect("not in use"))?;
    let backend = with_keys(&world, alone.clone());
    assert!(retention_page(&backend, &karin).await?.gone[0].backups_closed);
    assert_eq!(case_page(&backend, &maria, kept).await?.name, tuva().child_name.into(), "what is kept opens");
    assert!(matches!(verify_audit(&backend, None).await?, Verified::Whole { .. }), "what is left holds the log");

    let url = format!("sqlite://{}", backup.display());
    let before = opened(&world, database::open(&url).await?, old);
    assert_eq!(case_page(&before, &maria, case).await?.name, tuva().child_name.into(), "a backup and its key open it");
    for keys in [used, alone] {
        let backup = opened(&world, database::open(&url).await?, keys.clone());
        let opens = case_page(&backup, &maria, case).await;
        assert_eq!(opens.is_ok(), keys.opens_up_to(1), "{opens:?}");
    }
    Ok(())
}
