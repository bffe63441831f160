//! A child or guardian with a protected identity: known to those who are named, and to nobody else (I1).

use backend::{
    Error, Result,
    actor::Actor,
    usecase::{
        add_item::add_case,
        hand_out::{answer_hand_out, ask_to_hand_out},
        open_item::open_item,
        protect_case::{name_from_outside, name_reader, remove_reader, set_protection},
        publish_meeting::publish_meeting,
        register_case::register_case,
        run_meeting::check_out,
        subscribe_calendar::{FeedTyped, make_feed},
        write_minutes::{TypedMinutes, TypedUndertaking, save_minutes, submit_minutes},
    },
    view::{
        agenda::{AgendaPage, agenda_page, publish_preview},
        case::{CasePage, Handing, case_list, case_page, consent_form, consent_paper, receipt, withdraw_form},
        feed::feed,
        room::{Way, room as room_page},
        side::side,
        week::{Todo, week_page},
    },
};
use chrono::TimeDelta;
use domain::{
    case_file::Protection,
    flaw::FlawKind,
    id::{CaseId, ExportId},
    refusal::Refusal,
};

use super::stage::{consented, flaws, registered, tuva};
use crate::{
    on_both_engines,
    room::stage::Room,
    world::{World, amal::Amal},
};

/// A protected case of the school's, with consent for school, social services and BUP. Sara alone is named.
async fn protected(world: &World, amal: &Amal) -> Result<CaseId> {
    let sara = amal.actor("sara");
    let case = registered(&world.backend, &sara).await?;
    consented(world, &sara, case, &["school", "social", "bup"].map(|unit| amal.unit(unit))).await?;
    protect(world, &sara, case).await?;
    Ok(case)
}

async fn protect(world: &World, actor: &Actor, case: CaseId) -> Result<()> {
    let version = case_page(&world.backend, actor, case).await?.version;
    set_protection(&world.backend, actor, case, "mark", version).await
}

async fn name(world: &World, by: &Actor, case: CaseId, whom: &Actor) -> Result<()> {
    world.clock.advance(TimeDelta::milliseconds(10));
    name_reader(&world.backend, by, case, &whom.person.to_string()).await
}

async fn knows(world: &World, actor: &Actor, case: CaseId) -> bool {
    let page = case_page(&world.backend, actor, case).await;
    let listed = case_list(&world.backend, actor).await.expect("a list").iter().any(|row| row.id == case);
    assert_eq!(page.is_ok(), listed, "{}", actor.name);
    match page {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(fault) => panic!("{fault}"),
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn hidden<T>(result: Result<T>) -> bool {
    matches!(result, Err(Error::NotFound))
}

/// Somebody who works at the school from now on, as Sara does.
async fn at_school(world: &World, amal: &Amal, who: &str) -> Actor {
    let (school, actor) = (amal.actor("sara"), amal.actor(who));
    let moved = "UPDATE assignment SET unit_id = (SELECT a.unit_id FROM assignment a JOIN person p ON p.id = a.person_id \
                 WHERE p.name = 'Sara Nyman') WHERE person_id = (SELECT id FROM person WHERE name = ";
    world.sql(&format!("{moved}'{}')", actor.name)).await.expect("moved");
    Actor { unit: school.unit, unit_name: school.unit_name, ..actor }
}

on_both_engines! {
    async fn i1_a_protected_case_is_known_to_those_named_and_to_nobody_else(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, maria, per, eva, johan) =
            (amal.actor("sara"), amal.actor("maria"), amal.actor("per"), amal.actor("eva"), amal.actor("johan"));
        let petra = at_school(&world, &amal, "petra").await;
        let case = registered(&world.backend, &sara).await?;
        consented(&world, &sara, case, &["school", "social", "bup"].map(|unit| amal.unit(unit))).await?;
        for actor in [&sara, &petra, &maria, &per, &eva, &johan] {
            assert!(knows(&world, actor, case).await, "{}: by consent", actor.name);
        }
        let counted = side(&world.backend, &eva).await?.cases;
        protect(&world, &sara, case).await?;
        for actor in [&petra, &maria, &per, &eva, &johan] {
            assert!(!knows(&world, actor, case).await, "{}: not named", actor.name);
        }
        assert_eq!(side(&world.backend, &eva).await?.cases, counted - 1, "nor counted");
        assert!(hidden(withdraw_form(&world.backend, &petra, case).await));
        assert!(hidden(consent_form(&world.backend, &maria, case).await));

        name(&world, &sara, case, &johan).await?;
        name(&world, &sara, case, &johan).await?; // a second click
        assert!(knows(&world, &johan, case).await);
        assert!(!knows(&world, &eva, case).await, "a colleague is not told");
        let shown = case_page(&world.backend, &sara, case).await?;
        let named: Vec<String> =
            shown.protected.ok_or("it is protected")?.named.into_iter().map(|one| one.name).collect();
        assert_eq!(named, ["Johan Holm", "Sara Nyman"]);
        world.clock.advance(TimeDelta::minutes(1));
        assert!(remove_reader(&world.backend, &sara, case, johan.person).await?);
        assert!(!knows(&world, &johan, case).await, "at once");

        // Lifted, it is everybody's again; protected anew, those named before are not.
        name(&world, &sara, case, &johan).await?;
        let version = case_page(&world.backend, &sara, case).await?.version;
        assert!(matches!(set_protection(&world.backend, &sara, case, "none", version - 1).await, Err(Error::Stale)));
        set_protection(&world.backend, &sara, case, "none", version).await?;
        assert!(knows(&world, &eva, case).await);
        world.clock.advance(TimeDelta::minutes(1));
        protect(&world, &sara, case).await?;
        assert!(!knows(&world, &johan, case).await);
        assert!(hidden(name_reader(&world.backend, &maria, case, &maria.person.to_string()).await), "by nobody else");
        Ok(())
    }

    async fn i1_others_are_told_a_pseudonym_no_birth_date_and_no_place(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, per, maria) = (amal.actor("sara"), amal.actor("per"), amal.actor("maria"));
        let mut form = tuva();
        form.protection = "registration".into();
        form.personal_number = "20120303-2386".into();
        let case = register_case(&world.backend, &sara, form).await?;
        consented(&world, &sara, case, &["school", "social"].map(|unit| amal.unit(unit))).await?;
        name(&world, &sara, case, &per).await?;
        name(&world, &sara, case, &maria).await?;
        let own = case_page(&world.backend, &sara, case).await?;
        assert_eq!((own.name.as_deref(), own.number, own.protection), (Some("Tuva Provsson"), None, Protection::Registration));
        assert!(case_list(&world.backend, &sara).await?.iter().all(|row| row.name.is_none()), "no list names the child");
        let shown: CasePage = case_page(&world.backend, &per, case).await?;
        assert_eq!((shown.name, shown.number, shown.born_on), (None, None, None));
        let guardians: Vec<&str> = shown.guardians.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(guardians, ["VH1", "VH2"]);
        assert!(shown.protected.ok_or("it is protected")?.named.is_empty(), "who is named is the registering unit's to see");
        let names: Vec<_> = withdraw_form(&world.backend, &per, case).await?.signers.into_iter().map(|one| one.1).collect();
        assert_eq!(names, [Some("VH1".to_owned()), Some("VH2".to_owned())]);
        let columns = consent_form(&world.backend, &per, case).await?.signers;
        assert!(columns.iter().all(|column| column.name.as_deref().is_none_or(|name| name.starts_with("VH"))));
        add_case(&world.backend, &maria, amal.meeting("2026-11-26"), case).await?;
        let AgendaPage::Board(board) = agenda_page(&world.backend, &maria, amal.meeting("2026-11-26")).await? else {
            return Err("no board".into());
        };
        let told = format!("{:?}", board.rows);
        assert!(!told.contains("Tuva") && !told.contains("Skola"), "a school's name is a place: {told}");
        Ok(())
    }

    async fn i1_others_are_not_told_which_unit_registered_it(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, per) = (amal.actor("sara"), amal.actor("per"));
        let case = registered(&world.backend, &sara).await?;
        consented(&world, &sara, case, &[amal.unit("social")]).await?;
        protect(&world, &sara, case).await?;
        name(&world, &sara, case, &per).await?;
        let told = case_page(&world.backend, &per, case).await?;
        let known_by: Vec<_> = told.known_by.iter().map(|one| (one.unit.as_str(), one.registered)).collect();
        assert_eq!(known_by, [("Individ- och familjeomsorg", false)]);
        let past = &told.history[0];
        assert_eq!((past.recorded_by.as_str(), past.obtained_by.as_str()), ("", ""));
        let own = case_page(&world.backend, &sara, case).await?;
        assert_eq!((own.known_by[0].unit.as_str(), own.known_by[0].registered), ("Rösängsskolan", true));
        assert_eq!(own.history[0].recorded_by, "Rösängsskolan");
        Ok(())
    }

    async fn i1_a_number_is_gone_once_the_identity_is_protected(world: World) -> TestResult {
        let amal = world.amal().await;
        let sara = amal.actor("sara");
        let number = "20120303-2386";
        let case = register_case(&world.backend, &sara, { let mut form = tuva(); form.personal_number = number.into(); form }).await?;
        assert!(case_page(&world.backend, &sara, case).await?.number.is_some());
        protect(&world, &sara, case).await?;
        assert_eq!(case_page(&world.backend, &sara, case).await?.number, None);
        assert_eq!(world.count("SELECT count(*) FROM case_file WHERE number IS NOT NULL OR number_index IS NOT NULL").await, 0);
        Ok(())
    }

    async fn i1_only_who_works_where_the_case_may_be_known_can_be_named_and_somebody_stays(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, frida, ivar, karin) = (amal.actor("sara"), amal.actor("frida"), amal.actor("ivar"), amal.actor("karin"));
        let petra = at_school(&world, &amal, "petra").await;
        let case = protected(&world, &amal).await?;
        for nobody in [&frida.person.to_string(), &ivar.person.to_string(), "nobody"] {
            let no = flaws(name_reader(&world.backend, &sara, case, nobody).await);
            assert_eq!(no, [("person".to_owned(), FlawKind::NotAChoice)], "{nobody}");
        }
        name(&world, &sara, case, &karin).await?; // who reviews
        let last = remove_reader(&world.backend, &sara, case, sara.person).await;
        assert_eq!(refused(last), Refusal::LastOne, "nobody of the unit that registered it would be left");
        name(&world, &sara, case, &petra).await?;
        world.clock.advance(TimeDelta::minutes(1));
        assert!(!remove_reader(&world.backend, &sara, case, sara.person).await?);
        assert!(hidden(case_page(&world.backend, &sara, case).await), "oneself too");
        let open = registered(&world.backend, &sara).await?;
        assert!(hidden(name_reader(&world.backend, &sara, open, &karin.person.to_string()).await), "nobody is protected");
        Ok(())
    }

    async fn i1_from_the_command_line_somebody_of_the_registering_unit_is_named(world: World) -> TestResult {
        let amal = world.amal().await;
        let petra = at_school(&world, &amal, "petra").await;
        let case = protected(&world, &amal).await?;
        let reference = case_page(&world.backend, &amal.actor("sara"), case).await?.reference;
        assert!(hidden(name_from_outside(&world.backend, &reference, "per@amal.test").await), "of another unit");
        assert!(hidden(name_from_outside(&world.backend, "ÅÄÖ!", "petra@amal.test").await));
        name_from_outside(&world.backend, &reference, "petra@amal.test").await?;
        assert!(knows(&world, &petra, case).await);
        let logged = "SELECT count(*) FROM audit WHERE action = 'reader_named' AND person_id IS NULL";
        assert_eq!(world.count(logged).await, 1);
        Ok(())
    }

    async fn i1_of_a_unit_those_named_are_called_and_see_the_meeting(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, sara, eva, johan) = (amal.actor("maria"), amal.actor("sara"), amal.actor("eva"), amal.actor("johan"));
        let meeting = amal.meeting("2026-11-26");
        let case = protected(&world, &amal).await?;
        assert!(hidden(add_case(&world.backend, &maria, meeting, case).await), "who plans must be named");
        name(&world, &sara, case, &maria).await?;
        add_case(&world.backend, &maria, meeting, case).await?;
        let preview = publish_preview(&world.backend, &maria, meeting).await?;
        assert_eq!(preview.vacant, ["BUP Åmål"], "nobody of BUP is named");
        assert!(!preview.recipients.iter().any(|one| one.unit == "BUP Åmål"));
        name(&world, &sara, case, &johan).await?;
        let preview = publish_preview(&world.backend, &maria, meeting).await?;
        let bup: Vec<_> = preview.recipients.iter().filter(|one| one.unit == "BUP Åmål").map(|one| one.name.as_str()).collect();
        assert_eq!((bup, preview.vacant), (vec!["Johan Holm"], vec![]), "the deputy, who is named");
        publish_meeting(&world.backend, &maria, meeting, &preview.stamp).await?;

        let week = Some(domain::time::IsoWeek::of("2026-11-26".parse()?));
        let told = |page: backend::view::week::WeekPage| page.meetings.iter().any(|one| one.id == meeting);
        assert!(told(week_page(&world.backend, &johan, week).await?));
        assert!(!told(week_page(&world.backend, &eva, week).await?), "that BUP is called is nothing for a colleague");
        let token = make_feed(&world.backend, &johan, &FeedTyped::plain("Telefon", "own")).await?;
        let calendar = async || feed(&world.backend, &token, None).await;
        assert!(calendar().await?.contains("BEGIN:VEVENT"));
        world.clock.advance(TimeDelta::minutes(1));
        remove_reader(&world.backend, &sara, case, johan.person).await?;
        assert!(!calendar().await?.contains("BEGIN:VEVENT"), "gone with the name");
        Ok(())
    }

    async fn i1_that_somebody_is_called_besides_is_told_to_nobody_who_is_not_named(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, sara, johan) = (amal.actor("maria"), amal.actor("sara"), amal.actor("johan"));
        let meeting = amal.meeting("2026-11-26");
        let open = registered(&world.backend, &sara).await?;
        consented(&world, &sara, open, &["school", "social", "bup"].map(|unit| amal.unit(unit))).await?;
        let case = protected(&world, &amal).await?;
        for one in [&maria, &johan] {
            name(&world, &sara, case, one).await?;
        }
        for one in [open, case] {
            add_case(&world.backend, &maria, meeting, one).await?;
        }
        let stamp = publish_preview(&world.backend, &maria, meeting).await?.stamp;
        publish_meeting(&world.backend, &maria, meeting, &stamp).await?;
        world.clock.set("2026-11-25T08:00:00Z".parse()?);
        let week = Some(domain::time::IsoWeek::of("2026-11-26".parse()?));
        let called = async || -> Result<(Option<(usize, usize)>, usize)> {
            let page = week_page(&world.backend, &maria, week).await?;
            let silent = page.todos.iter().filter(|one| matches!(one, Todo::NoAnswer { .. })).count();
            Ok((page.meetings.iter().find(|one| one.id == meeting).and_then(|one| one.answers), silent))
        };
        let (Some((0, before)), asked) = called().await? else { return Err("invitations are out".into()) };
        remove_reader(&world.backend, &sara, case, maria.person).await?;
        assert_eq!(called().await?, (Some((0, before - 1)), asked - 1), "BUP's holder is called, and nobody besides");
        Ok(())
    }

    async fn i1_in_the_room_only_those_named_hear_it(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let (sara, maria, johan) = (room.amal.actor("sara"), room.maria(), room.amal.actor("johan"));
        protect(&world, &sara, room.case).await?;
        for one in [&maria, &johan] {
            name(&world, &sara, room.case, one).await?;
        }
        room.enter(&world, "school", "Sara  nyman").await?;
        room.enter(&world, "bup", "Eva Sand").await?;
        room.enter(&world, "bup", "Johan Holm").await?;
        assert_eq!(refused(open_item(&world.backend, &maria, room.meeting, room.item).await), Refusal::UncoveredPresent);
        let shown = room_page(&world.backend, &maria, room.meeting).await?;
        let Some(Way::Blocked { must_leave, .. }) = shown.next.map(|next| next.way) else { return Err("not blocked".into()) };
        assert_eq!(must_leave.len(), 1);
        assert!(!must_leave[0].whole, "one of BUP stays");
        let (attendance, name) = must_leave[0].people[0].clone();
        assert_eq!((must_leave[0].people.len(), name.as_str()), (1, "Eva Sand"));
        check_out(&world.backend, &maria, room.meeting, attendance).await?;
        open_item(&world.backend, &maria, room.meeting, room.item).await?;
        assert_eq!(refused(room.enter(&world, "bup", "Eva Sand").await), Refusal::UncoveredPresent);
        save_minutes(&world.backend, &maria, room.item, &room.whole()).await?;

        // Whose name is taken away may be in the room: the item ends, and they write no more.
        world.clock.advance(TimeDelta::minutes(1));
        remove_reader(&world.backend, &sara, room.case, maria.person).await?;
        assert!(hidden(save_minutes(&world.backend, &maria, room.item, &room.whole()).await));
        assert_eq!(world.count("SELECT count(*) FROM agenda_item WHERE state = 'open'").await, 0);
        Ok(())
    }

    async fn i1_no_text_tells_where_they_are_to_be_found(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        let (sara, maria) = (room.amal.actor("sara"), room.maria());
        let there = "Bor på Storgatan 12.";
        let typed = TypedMinutes { contributions: room.told(there), ..room.whole() };
        save_minutes(&world.backend, &maria, room.item, &typed).await?;
        protect(&world, &sara, room.case).await?;
        name(&world, &sara, room.case, &maria).await?;
        let submitted = submit_minutes(&world.backend, &maria, room.item, 1).await;
        assert_eq!(refused(submitted), Refusal::WhereaboutsInText, "what was written before");
        let row = TypedUndertaking {
            what: "Ring 070-174 06 05".into(),
            unit: room.amal.unit("school").to_string(),
            due_on: "2026-12-04".into(),
        };
        let typed = TypedMinutes { seen: 1, undertakings: vec![row], ..typed };
        let told = flaws(save_minutes(&world.backend, &maria, room.item, &typed).await);
        let kind = FlawKind::WhereaboutsInText;
        assert_eq!(told, [("contributions[0][text]".to_owned(), kind), ("undertakings[0][what]".to_owned(), kind)]);
        let typed = TypedMinutes { seen: 1, ..room.whole() };
        assert_eq!(save_minutes(&world.backend, &maria, room.item, &typed).await?, 2);
        submit_minutes(&world.backend, &maria, room.item, 2).await?;
        Ok(())
    }

    async fn i1_the_database_too_takes_no_text_of_somebody_who_is_not_named(world: World) -> TestResult {
        let room = Room::under_way(&world).await;
        save_minutes(&world.backend, &room.maria(), room.item, &room.whole()).await?;
        protect(&world, &room.amal.actor("sara"), room.case).await?;
        let insert = "INSERT INTO minutes_revision \
            SELECT case_id, minutes_id, case_id, number + 1, body, covered, written_by, written_at, written_ms \
            FROM minutes_revision";
        let refused = world.sql(insert).await.expect_err("the guard");
        assert!(refused.to_string().contains("not_named"), "{refused}");
        world.clock.advance(TimeDelta::milliseconds(10));
        name_reader(&world.backend, &room.amal.actor("sara"), room.case, &room.maria().person.to_string()).await?;
        world.sql(insert).await?;
        Ok(())
    }

    async fn i1_what_leaves_the_tool_takes_two(world: World) -> TestResult {
        let amal = world.amal().await;
        let (sara, per, maria) = (amal.actor("sara"), amal.actor("per"), amal.actor("maria"));
        let petra = at_school(&world, &amal, "petra").await;
        let case = protected(&world, &amal).await?;
        let consent = case_page(&world.backend, &sara, case).await?.history[0].id;
        let ask = async |who: &Actor| ask_to_hand_out(&world.backend, who, case, "form", None).await;
        assert_eq!(refused(consent_paper(&world.backend, &sara, case).await), Refusal::SecondPerson);
        assert_eq!(refused(receipt(&world.backend, &sara, case, Some(consent)).await), Refusal::SecondPerson);
        assert_eq!(refused(ask(&sara).await), Refusal::NobodySecond);
        name(&world, &sara, case, &per).await?;
        assert_eq!(refused(ask(&sara).await), Refusal::NobodySecond, "somebody of another unit is none");
        assert!(hidden(ask(&petra).await), "not named, not told");
        name(&world, &sara, case, &petra).await?;
        assert!(hidden(ask_to_hand_out(&world.backend, &sara, case, "receipt", None).await), "of nothing");
        assert!(hidden(ask_to_hand_out(&world.backend, &sara, case, "all", None).await));
        ask(&sara).await?;
        ask(&sara).await?; // a second click
        assert_eq!(world.count("SELECT count(*) FROM case_export").await, 1);
        assert_eq!(consent_form(&world.backend, &sara, case).await?.paper, Handing::Waits);

        let id = case_page(&world.backend, &petra, case).await?.protected.ok_or("protected")?.questions[0].id;
        let todo = |page: backend::view::week::WeekPage| page.todos.iter().any(|one| matches!(one, Todo::HandOut { .. }));
        assert!(todo(week_page(&world.backend, &petra, None).await?));
        assert!(!todo(week_page(&world.backend, &sara, None).await?) && !todo(week_page(&world.backend, &per, None).await?));
        let answer = async |who: &Actor, id: ExportId| answer_hand_out(&world.backend, who, id, true).await.map(|_| ());
        assert_eq!(refused(answer(&sara, id).await), Refusal::SecondPerson);
        assert!(hidden(answer(&per, id).await), "of another unit");
        assert!(hidden(answer(&maria, id).await), "not named");
        answer(&petra, id).await?;
        assert_eq!(refused(answer(&petra, id).await), Refusal::WrongState);
        assert!(consent_paper(&world.backend, &sara, case).await.is_ok());
        assert_eq!(refused(consent_paper(&world.backend, &petra, case).await), Refusal::SecondPerson, "for who asked alone");
        assert_eq!(refused(receipt(&world.backend, &sara, case, Some(consent)).await), Refusal::SecondPerson, "for what was asked alone");
        world.clock.advance(TimeDelta::hours(1));
        assert_eq!(refused(consent_paper(&world.backend, &sara, case).await), Refusal::SecondPerson, "for an hour");

        world
            .sql("INSERT INTO case_export SELECT case_id, case_id, what, subject_id, asked_by, asked_unit, asked_at FROM case_export")
            .await?;
        let by_hand = world
            .sql("INSERT INTO case_export_answer SELECT id, true, asked_by, asked_at FROM case_export WHERE id = case_id")
            .await
            .expect_err("the guard");
        assert!(by_hand.to_string().contains("own_export"), "{by_hand}");
        Ok(())
    }
}
