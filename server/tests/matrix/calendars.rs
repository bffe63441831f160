//! Calendars and files for them, over HTTP, as consent is given and taken back.

use axum::http::{Request, StatusCode, header};
use backend::{
    usecase::{publish_meeting::publish_meeting, withdraw_consent::withdraw_consent},
    view::agenda::{AgendaPage, agenda_page},
};
use chrono::TimeDelta;
use domain::consent::Scope;

use crate::{
    ask::{ask, get},
    stage::{Principal, Stage, State, guardians},
    world::Engine,
};

const PROGRAM: Principal = Principal { name: "a calendar", who: "", unit: None, session: None, knows: &[] };

async fn call_to(stage: &Stage) {
    let maria = stage.amal.actor("maria");
    let AgendaPage::Board(board) = agenda_page(&stage.world.backend, &maria, stage.next).await.unwrap() else {
        panic!("no board");
    };
    publish_meeting(&stage.world.backend, &maria, stage.next, &board.stamp).await.unwrap();
}

/// Who fetches the meeting as a file, by name.
async fn fetchers(stage: &Stage) -> Vec<&'static str> {
    let mut names = Vec::new();
    for principal in &stage.principals {
        let answer = get(&stage.router, principal, &format!("/traffar/{}/samverkan.ics", stage.next)).await;
        for laid in stage.laid.values() {
            assert_eq!(answer.betrays(laid), None, "{}", principal.name);
        }
        match answer.status {
            StatusCode::OK => names.push(principal.name),
            StatusCode::NOT_FOUND => {}
            other => assert_eq!((other, answer.location.starts_with("/logga-in")), (StatusCode::SEE_OTHER, true)),
        }
    }
    names
}

/// Rules 7, 26, 32: a calendar that was fetched is another at the request after a withdrawal, and so is who may take the file.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_is_in_every_calendar_at_the_next_request() {
    let stage = Stage::set(Engine::Sqlite).await;
    assert_eq!(fetchers(&stage).await, [""; 0], "nobody is called yet");
    call_to(&stage).await;
    // Of BUP two: its holder for the case she may know, and its deputy for the protected one he is named for (I1).
    let everybody = [
        "of the registering unit",
        "of a covered unit",
        "of a covered unit, its deputy",
        "coordinator, covered",
        "of social services, covered",
    ];
    assert_eq!(fetchers(&stage).await, everybody);

    let feed = format!("/kalender/{}.ics", stage.feed);
    let before = get(&stage.router, &PROGRAM, &feed).await;
    assert_eq!(before.body.matches("BEGIN:VEVENT").count(), 1);
    let tag = before.tag.clone();
    let again = |tag: &str| ask(&stage.router, &PROGRAM, Request::get(&feed).header(header::IF_NONE_MATCH, tag), "");
    assert_eq!(again(&tag).await.status, StatusCode::NOT_MODIFIED);

    stage.world.clock.advance(TimeDelta::minutes(1));
    let (anna, case) = (stage.amal.actor("anna"), stage.laid[&State::Valid].case);
    let by = guardians(&stage.world, case).await[0];
    let bup = Scope::Receivers([stage.amal.unit("bup")].into());
    withdraw_consent(&stage.world.backend, &anna, case, by, bup).await.unwrap();
    let after = again(&tag).await;
    assert_eq!((after.status, after.body.matches("BEGIN:VEVENT").count()), (StatusCode::OK, 0), "{}", after.body);
    let others = everybody.into_iter().filter(|name| *name != "of a covered unit").collect::<Vec<_>>();
    assert_eq!(fetchers(&stage).await, others);
}
