//! Every server function, by everybody, about a case in every state they may not know.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;
use sea_orm::{ConnectionTrait as _, Statement};

use crate::{
    ask::{call, denied},
    sorted::{ABOUT_A_CASE, ABOUT_NO_CASE, fields, nowhere},
    stage::Stage,
    world::Engine,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_calls_every_function_about_every_case() {
    let stage = Stage::set(Engine::Sqlite).await;
    let functions: BTreeSet<String> =
        server_fn_paths().map(|(path, _)| path.trim_start_matches("/api/").to_owned()).collect();
    for function in &functions {
        let about = ABOUT_A_CASE.iter().any(|(path, _)| path == function);
        let other = ABOUT_NO_CASE.iter().any(|start| function.starts_with(start));
        assert!(about || other, "{function} is a new function: sort it in here");
    }
    for (path, _) in ABOUT_A_CASE {
        assert!(functions.contains(*path), "{path} is not there any more");
    }
    let before = rows(&stage).await;
    let mut cells = 0_u32;
    let mut faults = Vec::new();
    for principal in &stage.principals {
        for (function, named) in ABOUT_A_CASE {
            let mut nothing = None;
            for (state, laid) in stage.laid.iter().filter(|(state, _)| !principal.knows.contains(state)) {
                let Some(sent) = fields(*named, &stage, laid) else { continue };
                let before = denied(&stage).await;
                let answer = call(&stage.router, principal, function, &sent).await;
                // L2: who asks in vain is written down once. Who is not signed in is nobody to write down, and an agenda that has
                // changed since or a meeting that is not running says no before anything is asked.
                let in_vain = matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN);
                let noted = denied(&stage).await - before;
                if noted != i64::from(in_vain) {
                    faults.push(format!("{function} by {} about {state:?}: {noted} times in the log", principal.name));
                }
                if nothing.is_none() {
                    let sent = fields(*named, &stage, &nowhere(laid)).unwrap();
                    nothing = Some(call(&stage.router, principal, function, &sent).await.told());
                }
                cells += 1;
                if answer.status.is_success() {
                    faults.push(format!("{function} by {} about {state:?} was done", principal.name));
                }
                if Some(answer.told()) != nothing {
                    let told = answer.told();
                    faults
                        .push(format!("{function} by {} about {state:?}: {told} and not {nothing:?}", principal.name));
                }
                if let Some(word) = answer.betrays(laid) {
                    faults.push(format!("{function} by {} tells {word} of {state:?}", principal.name));
                }
            }
        }
    }
    println!("{cells} cells, {} functions", functions.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(rows(&stage).await, before, "nothing was changed");
}

/// How many rows each table has that holds anything of cases.
async fn rows(stage: &Stage) -> BTreeMap<&'static str, i64> {
    let mut counts = BTreeMap::new();
    for table in [
        "case_file",
        "case_reader",
        "case_export",
        "case_export_answer",
        "guardian",
        "consent",
        "consent_signature",
        "consent_withdrawal",
        "phase_change",
        "agenda_item",
        "minutes",
        "minutes_revision",
        "action_item",
        "review_note",
        "invitation",
        "job",
    ] {
        let raw = &stage.world.raw;
        let asked = Statement::from_string(raw.get_database_backend(), format!("SELECT count(*) FROM {table}"));
        let row = raw.query_one_raw(asked).await.unwrap().unwrap();
        counts.insert(table, row.try_get_by_index(0).unwrap());
    }
    counts
}
