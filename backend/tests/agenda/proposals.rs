//! What units ask to have cases taken up for, what waits for which meeting, and how it gets there.

use backend::{
    Backend, Error,
    actor::Actor,
    usecase::{
        add_item::add_case,
        arrange_agenda::arrange_agenda,
        carry_over::carry_over,
        change_item::set_family_time,
        change_meeting::cancel_meeting,
        open_item::close_item,
        propose::{TypedProposal, propose, return_proposal, take_back_proposal},
        run_meeting::close_meeting,
        write_minutes::submit_minutes,
    },
    view::{
        agenda::{About, Board, CaseShown, Waiting, Warning},
        case::case_page,
        proposal::{Asked, ProposalLine},
        routing::Destination,
        week::{Todo, week_page},
    },
};
use domain::{
    flaw::FlawKind,
    id::{CaseId, ProposalId},
    proposal::Wait,
    refusal::Refusal,
};

use super::board::{board, youth};
use crate::{
    cases::stage::{consented, flaws, guardians, registered},
    on_both_engines,
    room::stage::Room,
    world::{
        World,
        amal::{Amal, date},
        cases::{CaseLaid, Laid},
    },
};

fn question(text: &str) -> TypedProposal {
    TypedProposal { question: text.into(), ..TypedProposal::default() }
}

/// A youth the school registered, whose guardian named the school, social services and BUP.
async fn schools(world: &World, amal: &Amal) -> Laid {
    youth(world, amal, "school", &["school", "social", "bup"]).await
}

/// What the coordinator reads of a case in the queue of Thursday's meeting, or of another.
async fn queued(world: &World, amal: &Amal, on: &str, case: CaseId) -> Option<Waiting> {
    let board = board(world, amal, "maria", amal.meeting(on)).await;
    board.queue.into_iter().find(|one| one.id == case)
}

async fn lines(backend: &Backend, actor: &Actor, case: CaseId) -> Vec<ProposalLine> {
    case_page(backend, actor, case).await.expect("the case's page").proposals.lines
}

/// The day of the meeting a case goes to, as somebody reads it.
async fn goes_to(backend: &Backend, actor: &Actor, case: CaseId) -> chrono::NaiveDate {
    match case_page(backend, actor, case).await.expect("the case's page").routing {
        Destination::Meeting(next) => next.on,
        other => panic!("no meeting: {other:?}"),
    }
}

fn only(asked: &[Asked]) -> ProposalId {
    asked.first().and_then(|one| one.proposal).expect("a proposal")
}

fn shown(board: &Board) -> Vec<&CaseShown> {
    let cases = board.rows.iter().filter_map(|row| match &row.about {
        About::Case(case) => Some(case),
        About::General { .. } | About::Anonymous { .. } => None,
    });
    cases.collect()
}

on_both_engines! {
    /// Feature 15: the unit that asks and those who plan read it; nobody else, though they know of the case.
    async fn a_proposal_is_read_by_its_unit_and_by_who_plans(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, sara, maria, eva) = (&world.backend, amal.actor("sara"), amal.actor("maria"), amal.actor("eva"));
        let case = schools(&world, &amal).await;
        let typed = TypedProposal {
            parties: ["bup", "fk"].map(|unit| amal.unit(unit).to_string()).into(),
            family_at: "9.30".into(),
            ..question("Hur går vi vidare efter lovet?")
        };
        propose(backend, &sara, case.id, typed).await?;

        let waiting = queued(&world, &amal, "2026-11-26", case.id).await.ok_or("not in the queue")?;
        assert_eq!((waiting.wait, waiting.later), (Wait::Asked, None));
        let [asked] = &waiting.asked[..] else { panic!("one asks: {:?}", waiting.asked) };
        assert_eq!((asked.unit.as_str(), asked.question.as_str()), ("Skola", "Hur går vi vidare efter lovet?"));
        assert_eq!((&asked.covered[..], &asked.uncovered[..]), (&["BUP".to_owned()][..], &["FK".to_owned()][..]));
        assert!(asked.family, "whoever says when they come has said that they do");
        let [own] = &lines(backend, &sara, case.id).await[..] else { panic!("the school reads its own") };
        assert!(own.may_take_back && !own.may_return && own.returned.is_none());
        let [planned] = &lines(backend, &maria, case.id).await[..] else { panic!("who plans reads it") };
        assert!(!planned.may_take_back && planned.may_return);
        assert!(lines(backend, &eva, case.id).await.is_empty(), "BUP knows the case, not what others ask");
        let todos = week_page(backend, &maria, None).await?.todos;
        let told = Todo::Proposed { meeting: amal.meeting("2026-11-26"), on: date("2026-11-26"), count: 1 };
        assert!(todos.contains(&told), "{todos:?}");
        let todos = week_page(backend, &eva, None).await?.todos;
        assert!(!todos.iter().any(|todo| matches!(todo, Todo::Proposed { .. })), "{todos:?}");
        Ok(())
    }

    /// V1, V2: what nobody consented to is asked within the unit, and a withdrawal hides it from all others at once.
    async fn without_consent_nobody_else_learns_that_anything_is_asked(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, sara, maria) = (&world.backend, amal.actor("sara"), amal.actor("maria"));
        let case = registered(backend, &sara).await?;
        propose(backend, &sara, case, question("Hur börjar vi?")).await?;
        let proposal = only(&[lines(backend, &sara, case).await.remove(0).asked]);
        assert!(queued(&world, &amal, "2026-11-26", case).await.is_none());
        let todos = week_page(backend, &maria, None).await?.todos;
        assert!(!todos.iter().any(|todo| matches!(todo, Todo::Proposed { .. })), "{todos:?}");
        for refused in [return_proposal(backend, &maria, proposal, "Nej.").await, take_back_proposal(backend, &maria, proposal).await] {
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        consented(&world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await?;
        assert_eq!(queued(&world, &amal, "2026-11-26", case).await.map(|one| one.asked.len()), Some(1));
        let by = guardians(&world, case).await[0];
        backend::usecase::withdraw_consent::withdraw_consent(backend, &sara, case, by, domain::consent::Scope::All).await?;
        assert!(queued(&world, &amal, "2026-11-26", case).await.is_none());
        let refused = return_proposal(backend, &maria, proposal, "Nej.").await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        Ok(())
    }

    /// C13, V2: what a unit wrote is read by nobody once the family has taken that unit out of it, and counts for nothing.
    async fn c13_what_a_unit_asked_that_is_not_covered_any_more_is_nowhere(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, sara, maria, eva) = (&world.backend, amal.actor("sara"), amal.actor("maria"), amal.actor("eva"));
        let case = schools(&world, &amal).await;
        propose(backend, &eva, case.id, TypedProposal { family_at: "09.40".into(), ..question("Hur mår hen?") }).await?;
        let proposal = only(&queued(&world, &amal, "2026-11-26", case.id).await.ok_or("not in the queue")?.asked);
        let by = guardians(&world, case.id).await[0];
        let bup = domain::consent::Scope::Receivers([amal.unit("bup")].into());
        backend::usecase::withdraw_consent::withdraw_consent(backend, &sara, case.id, by, bup).await?;
        let waiting = queued(&world, &amal, "2026-11-26", case.id).await.ok_or("the case still waits")?;
        assert_eq!(waiting.wait, Wait::New);
        assert!(waiting.asked.iter().all(|one| one.proposal.is_none()), "{:?}", waiting.asked);
        assert!(lines(backend, &maria, case.id).await.is_empty());
        let refused = return_proposal(backend, &maria, proposal, "Nej.").await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let todos = week_page(backend, &maria, None).await?.todos;
        assert!(!todos.iter().any(|todo| matches!(todo, Todo::Proposed { .. })), "{todos:?}");
        add_case(backend, &maria, amal.meeting("2026-11-26"), case.id).await?;
        let shown_now = board(&world, &amal, "maria", amal.meeting("2026-11-26")).await;
        let [only] = shown(&shown_now)[..] else { panic!("one case") };
        assert!(only.asked.is_empty() && only.family_at.is_none(), "{only:?}");
        Ok(())
    }

    /// Feature 15: sent back with a reason, which only those who asked read.
    async fn what_is_sent_back_tells_why_to_those_who_asked(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, sara, maria, eva) = (&world.backend, amal.actor("sara"), amal.actor("maria"), amal.actor("eva"));
        let case = schools(&world, &amal).await;
        propose(backend, &sara, case.id, question("Hur går vi vidare?")).await?;
        let asked = queued(&world, &amal, "2026-11-26", case.id).await.ok_or("not in the queue")?.asked;
        let proposal = only(&asked);
        assert_eq!(flaws(return_proposal(backend, &maria, proposal, " ").await), [("reason".into(), FlawKind::Required)]);
        let refused = return_proposal(backend, &sara, proposal, "Nej.").await;
        assert!(matches!(refused, Err(Error::Denied)), "{refused:?}");
        return_proposal(backend, &maria, proposal, "Tas upp på elevhälsans möte först.").await?;
        let again = return_proposal(backend, &maria, proposal, "Nej.").await;
        assert!(matches!(again, Err(Error::Stale)), "{again:?}");

        let waiting = queued(&world, &amal, "2026-11-26", case.id).await.ok_or("still a case that was never taken up")?;
        assert_eq!(waiting.wait, Wait::New);
        assert!(lines(backend, &maria, case.id).await.is_empty() && lines(backend, &eva, case.id).await.is_empty());
        let [own] = &lines(backend, &sara, case.id).await[..] else { panic!("the school reads it") };
        assert_eq!(own.returned.as_deref(), Some("Tas upp på elevhälsans möte först."));
        let came_back = |todos: Vec<Todo>| todos.iter().any(|todo| matches!(todo, Todo::ProposalReturned { .. }));
        assert!(came_back(week_page(backend, &sara, None).await?.todos));
        assert!(!came_back(week_page(backend, &maria, None).await?.todos));
        let others = take_back_proposal(backend, &eva, proposal).await;
        assert!(matches!(others, Err(Error::NotFound)), "{others:?}");
        take_back_proposal(backend, &sara, proposal).await?;
        assert!(!came_back(week_page(backend, &sara, None).await?.todos));
        assert!(lines(backend, &sara, case.id).await.is_empty());
        Ok(())
    }

    async fn a_unit_asks_one_thing_at_a_time_and_others_beside_it(world: World) -> TestResult {
        let amal = world.amal().await;
        let backend = &world.backend;
        let case = schools(&world, &amal).await;
        propose(backend, &amal.actor("sara"), case.id, question("Först det ena.")).await?;
        world.clock.advance(chrono::TimeDelta::minutes(1));
        propose(backend, &amal.actor("eva"), case.id, question("BUP:s fråga.")).await?;
        world.clock.advance(chrono::TimeDelta::minutes(1));
        propose(backend, &amal.actor("sara"), case.id, question("Nej, det andra.")).await?;
        let asked = queued(&world, &amal, "2026-11-26", case.id).await.ok_or("not in the queue")?.asked;
        let said: Vec<_> = asked.iter().map(|one| one.question.as_str()).collect();
        assert_eq!(said, ["BUP:s fråga.", "Nej, det andra."]);
        Ok(())
    }

    async fn what_cannot_be_asked_is_told_at_its_field_and_nothing_is_kept(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, sara) = (&world.backend, amal.actor("sara"));
        let case = schools(&world, &amal).await;
        let typed = TypedProposal {
            question: "Om 131203-2384".into(),
            parties: vec![sara.person.to_string()],
            not_before: "2026-11-21".into(),
            family_at: "halv tio".into(),
            family: true,
        };
        let told = flaws(propose(backend, &sara, case.id, typed).await);
        let expected = [
            ("question", FlawKind::PersonalNumberInText),
            ("parties", FlawKind::NotAChoice),
            ("not_before", FlawKind::InThePast),
            ("family_at", FlawKind::NotATime),
        ];
        assert_eq!(told, expected.map(|(field, kind)| (field.to_owned(), kind)));
        let far = TypedProposal { not_before: "2027-11-23".into(), ..question("Nästa år?") };
        assert_eq!(flaws(propose(backend, &sara, case.id, far).await), [("not_before".into(), FlawKind::SpanTooLong)]);
        assert_eq!(world.count("SELECT count(*) FROM proposal").await, 0);
        let unknown = propose(backend, &amal.actor("petra"), case.id, question("?")).await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");
        let reviews = propose(backend, &amal.actor("karin"), case.id, question("?")).await;
        assert!(matches!(reviews, Err(Error::Denied)), "{reviews:?}");
        Ok(())
    }

    /// C20
    async fn c20_who_has_not_confirmed_the_consent_asks_nothing(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, sara, eva) = (&world.backend, amal.actor("sara"), amal.actor("eva"));
        let case = registered(backend, &sara).await?;
        let consent = consented(&world, &sara, case, &["school", "social", "bup"].map(|unit| amal.unit(unit))).await?;
        let refused = propose(backend, &eva, case, question("Hur mår hen?")).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::ConsentNotAcknowledged))), "{refused:?}");
        backend::usecase::acknowledge_consent::acknowledge_consent(backend, &eva, case, consent).await?;
        propose(backend, &eva, case, question("Hur mår hen?")).await?;
        Ok(())
    }

    /// A family comes when it was asked to: the board says when it would not, and orders its item there.
    async fn a_family_that_takes_part_neither_comes_too_early_nor_waits(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, sara, maria) = (&world.backend, amal.actor("sara"), amal.actor("maria"));
        let meeting = amal.meeting("2026-11-26");
        let case = schools(&world, &amal).await;
        let others = [youth(&world, &amal, "social", &["social", "af"]).await, youth(&world, &amal, "social", &["social", "fk"]).await];
        propose(backend, &sara, case.id, TypedProposal { family_at: "09.20".into(), ..question("Hur?") }).await?;
        for case in [case.id, others[0].id, others[1].id] {
            add_case(backend, &maria, meeting, case).await?;
        }
        let first = board(&world, &amal, "maria", meeting).await;
        let at = |text: &str| text.parse::<chrono::NaiveTime>().expect("a time");
        assert_eq!(shown(&first)[0].family_at, Some(at("09:20:00")));
        let waits = |board: &Board| board.warnings.iter().any(|one| matches!(one, Warning::FamilyWaits { .. }));
        assert!(waits(&first), "09.00 is before they come: {:?}", first.warnings);
        arrange_agenda(backend, &maria, meeting, &first.stamp).await?;
        let arranged = board(&world, &amal, "maria", meeting).await;
        let place = shown(&arranged).iter().position(|one| one.id == case.id).ok_or("gone")?;
        assert_eq!(arranged.rows[place].starts.time(), at("09:20:00"));
        assert!(!waits(&arranged), "{:?}", arranged.warnings);

        let item = arranged.rows[place].id;
        let wrong = set_family_time(backend, &maria, meeting, item, "25.10", &arranged.stamp).await;
        assert_eq!(flaws(wrong), [("family_at".into(), FlawKind::NoSuchTime)]);
        set_family_time(backend, &maria, meeting, item, "10.30", &arranged.stamp).await?;
        let late = set_family_time(backend, &maria, meeting, item, "", &arranged.stamp).await;
        assert!(matches!(late, Err(Error::Stale)), "the time is part of what was seen: {late:?}");
        let moved = board(&world, &amal, "maria", meeting).await;
        let refused = arrange_agenda(backend, &maria, meeting, &moved.stamp).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NoOrder))), "nothing fills the time before: {refused:?}");
        set_family_time(backend, &maria, meeting, item, "", &moved.stamp).await?;
        assert_eq!(shown(&board(&world, &amal, "maria", meeting).await)[place].family_at, None);
        Ok(())
    }

    /// K4: a day asked for lands on the first real meeting from it on.
    async fn k4_what_is_asked_for_later_waits_for_the_first_meeting_from_that_day(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, sara, maria) = (&world.backend, amal.actor("sara"), amal.actor("maria"));
        let case = schools(&world, &amal).await;
        propose(backend, &sara, case.id, TypedProposal { not_before: "2026-12-04".into(), ..question("Hur?") }).await?;
        let later = queued(&world, &amal, "2026-11-26", case.id).await.and_then(|one| one.later).ok_or("for now")?;
        assert_eq!(later.from, date("2026-12-04"));
        assert_eq!(later.meeting, Some((amal.meeting("2026-12-10"), date("2026-12-10"))));
        assert_eq!(queued(&world, &amal, "2026-12-10", case.id).await.map(|one| one.later), Some(None));
        for (who, on) in [("sara", "2026-12-10"), ("maria", "2026-12-10"), ("eva", "2026-11-26")] {
            assert_eq!(goes_to(backend, &amal.actor(who), case.id).await, date(on), "{who}: what others ask tells nothing");
        }
        let todos = week_page(backend, &maria, None).await?.todos;
        let told = Todo::Proposed { meeting: amal.meeting("2026-12-10"), on: date("2026-12-10"), count: 1 };
        assert!(todos.contains(&told), "{todos:?}");
        Ok(())
    }

    /// M12, K4: the day of the minutes, once they are handed in; and it is asked for no more once it is taken up.
    async fn m12_a_follow_up_waits_for_its_day_and_is_carried_no_earlier(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let backend = &world.backend;
        let saved = backend::usecase::write_minutes::save_minutes(backend, &room.maria(), room.item, &room.whole()).await?;
        world.clock.advance(chrono::TimeDelta::minutes(20));
        close_item(backend, &room.maria(), room.meeting).await?;
        let resting = queued(&world, &room.amal, "2026-12-03", room.case).await.ok_or("gone")?;
        assert_eq!(resting.wait, Wait::Rests, "a draft is for those who write it (M5)");
        submit_minutes(backend, &room.maria(), room.item, saved).await?;
        let waiting = queued(&world, &room.amal, "2026-12-03", room.case).await.ok_or("gone")?;
        assert_eq!(waiting.wait, Wait::FollowUp { on: date("2026-12-10") });
        assert_eq!(waiting.later.and_then(|later| later.meeting), Some((room.amal.meeting("2026-12-10"), date("2026-12-10"))));

        // Handed in and not approved: those who read no minutes in that state learn no day from them (M5).
        for (who, on) in [("maria", "2026-12-10"), ("eva", "2026-12-03"), ("sara", "2026-12-03")] {
            assert_eq!(goes_to(backend, &room.amal.actor(who), room.case).await, date(on), "{who}");
        }

        add_case(backend, &room.maria(), room.amal.meeting("2026-12-03"), room.case).await?;
        let early = board(&world, &room.amal, "maria", room.amal.meeting("2026-12-03")).await;
        let to = carry_over(backend, &room.maria(), room.amal.meeting("2026-12-03"), early.rows[0].id, &early.stamp).await?;
        assert_eq!(to, room.amal.meeting("2026-12-10"));
        Ok(())
    }

    /// Feature 16: what was not reached is first in the queue, with its waiting time.
    async fn what_was_not_reached_or_cancelled_is_first_in_the_queue(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let backend = &world.backend;
        close_meeting(backend, &room.maria(), room.meeting).await?;
        let waiting = queued(&world, &room.amal, "2026-12-03", room.case).await.ok_or("gone")?;
        assert_eq!(waiting.wait, Wait::CarriedOver { from: date("2026-11-26") });
        add_case(backend, &room.maria(), room.amal.meeting("2026-12-03"), room.case).await?;
        cancel_meeting(backend, &room.maria(), room.amal.meeting("2026-12-03"), 1, "absence").await?;
        let waiting = queued(&world, &room.amal, "2026-12-10", room.case).await.ok_or("gone")?;
        assert_eq!(waiting.wait, Wait::CarriedOver { from: date("2026-12-03") });
        Ok(())
    }

    /// Feature 16, R1, R6: to the next meeting of the forum the child's age belongs to on that day.
    async fn a_case_is_carried_to_the_meeting_it_belongs_on(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, maria) = (&world.backend, amal.actor("maria"));
        let (here, meeting) = (schools(&world, &amal).await, amal.meeting("2026-11-26"));
        add_case(backend, &maria, meeting, here.id).await?;
        let seen = board(&world, &amal, "maria", meeting).await;
        backend::usecase::change_item::change_minutes(backend, &maria, meeting, seen.rows[0].id, "35", &seen.stamp).await?;
        let seen = board(&world, &amal, "maria", meeting).await;
        let next = carry_over(backend, &maria, meeting, seen.rows[0].id, &seen.stamp).await?;
        assert_eq!(next, amal.meeting("2026-12-03"));
        assert_eq!(board(&world, &amal, "maria", next).await.rows.iter().map(|row| row.minutes).collect::<Vec<_>>(), [35]);
        assert!(board(&world, &amal, "maria", meeting).await.rows.is_empty());

        // Thirteen the day after that meeting: then it is the other forum's.
        let spec = CaseLaid { unit: "school", born: "2013-12-09", named: &[&["school", "social"]], until: "2027-06-10" };
        let turns = world.lay_case(&amal, spec).await;
        add_case(backend, &maria, amal.meeting("2026-12-08"), turns.id).await?;
        let seen = board(&world, &amal, "maria", amal.meeting("2026-12-08")).await;
        let next = carry_over(backend, &maria, amal.meeting("2026-12-08"), seen.rows[0].id, &seen.stamp).await?;
        assert_eq!(next, amal.meeting("2026-12-10"), "the first day they are thirteen and anybody meets");

        let last = youth(&world, &amal, "social", &["social", "bup"]).await;
        add_case(backend, &maria, amal.meeting("2026-12-17"), last.id).await?;
        let seen = board(&world, &amal, "maria", amal.meeting("2026-12-17")).await;
        let refused = carry_over(backend, &maria, amal.meeting("2026-12-17"), seen.rows[0].id, &seen.stamp).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NoMeetingAhead))), "{refused:?}");
        assert_eq!(board(&world, &amal, "maria", amal.meeting("2026-12-17")).await.rows.len(), 1, "nothing was moved");
        Ok(())
    }

    /// What fell off an agenda can be put on it again once there is consent again.
    async fn what_fell_off_an_agenda_can_stand_on_it_again(world: World) -> TestResult {
        let amal = world.amal().await;
        let (backend, sara, maria, meeting) =
            (&world.backend, amal.actor("sara"), amal.actor("maria"), amal.meeting("2026-11-26"));
        let case = registered(backend, &sara).await?;
        let units = [amal.unit("school"), amal.unit("social")];
        consented(&world, &sara, case, &units).await?;
        add_case(backend, &maria, meeting, case).await?;
        let by = guardians(&world, case).await[0];
        backend::usecase::withdraw_consent::withdraw_consent(backend, &sara, case, by, domain::consent::Scope::All).await?;
        world.clock.advance(chrono::TimeDelta::minutes(1));
        consented(&world, &sara, case, &units).await?;
        add_case(backend, &maria, meeting, case).await?;
        assert_eq!(board(&world, &amal, "maria", meeting).await.rows.len(), 1);
        Ok(())
    }
}
