//! Every page, by everybody, about a case in every state.

use axum::http::StatusCode;
use domain::id::{CaseId, MinutesId, PaperId};
use server::http::pages;
use uuid::Uuid;

use crate::{
    ask::{Answer, denied, get},
    sorted::{Of, nowhere, sorted},
    stage::{Laid, Principal, Stage, State},
    world::Engine,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_asks_for_every_page_about_every_case() {
    let stage = Stage::set(Engine::Sqlite).await;
    let mut cells = 0_u32;
    let mut faults = Vec::new();
    for principal in &stage.principals {
        for page in pages() {
            match sorted(&page) {
                Of::Nothing => cells += about_all(&stage, principal, &page, &page, &mut faults).await,
                Of::Else => {
                    let path = page
                        .replace("{id}", &Uuid::from_u128(5).to_string())
                        .replace("{token}", "abc")
                        .replace("{seat}", &Uuid::from_u128(6).to_string())
                        .replace("{kind}", "school");
                    cells += about_all(&stage, principal, &page, &path, &mut faults).await;
                }
                Of::Meeting => {
                    for meeting in [stage.held, stage.next] {
                        let path = page.replace("{id}", &meeting.to_string());
                        cells += about_all(&stage, principal, &page, &path, &mut faults).await;
                    }
                }
                Of::Case | Of::Minutes => cells += about_one(&stage, principal, &page, &mut faults).await,
            }
        }
    }
    publish_figures(&stage).await;
    for principal in &stage.principals {
        cells += about_papers(&stage, principal, &mut faults).await;
        cells += about_extracts(&stage, principal, &mut faults).await;
        cells += about_figures(&stage, principal, &mut faults).await;
    }
    let feed = Principal { name: "a calendar", who: "", unit: None, session: None, knows: &[] };
    cells += about_all(&stage, &feed, "feed", &format!("/kalender/{}.ics", stage.feed), &mut faults).await;
    println!(
        "{cells} cells, {} principals, {} states, {} pages",
        stage.principals.len(),
        State::ALL.len(),
        pages().len()
    );
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// A page that is about many or none: no case may stand on it that is not known.
async fn about_all(stage: &Stage, principal: &Principal, page: &str, path: &str, faults: &mut Vec<String>) -> u32 {
    let answer = get(&stage.router, principal, path).await;
    if answer.status.is_server_error() {
        faults.push(format!("{page} for {}: {}", principal.name, answer.status));
    }
    for (state, laid) in &stage.laid {
        if !principal.knows.contains(state)
            && let Some(word) = answer.betrays(laid)
        {
            faults.push(format!("{page} for {} tells {word} of {state:?}", principal.name));
        }
    }
    u32::try_from(stage.laid.len()).unwrap()
}

/// A signed paper: for nobody but the school that recorded the consent and registered the case. For all others there is none.
/// Of the protected case it leaves by two only, and who may know is shown the way there (I1).
async fn about_papers(stage: &Stage, principal: &Principal, faults: &mut Vec<String>) -> u32 {
    let mut cells = 0;
    for (state, laid) in &stage.laid {
        let Some(paper) = laid.paper else { continue };
        let address = |case: CaseId, paper: PaperId| format!("/arenden/{case}/blankett/{paper}");
        let new = PaperId::from_uuid(Uuid::from_u128(7));
        let before = denied(stage).await;
        let answer = get(&stage.router, principal, &address(laid.case, paper)).await;
        let noted = denied(stage).await - before;
        let nothing = get(&stage.router, principal, &address(nowhere(laid).case, new)).await;
        cells += 1;
        if answer.status == StatusCode::OK {
            let own = principal.unit == Some("gymnasium") && answer.body == "Kanarieblankett";
            if !own || *state == State::Protected {
                faults.push(format!("{} read the paper of {state:?}", principal.name));
            }
        } else if answer.status == StatusCode::SEE_OTHER && principal.who == "anna" && *state == State::Protected {
            assert_eq!(answer.location, format!("/arenden/{}", laid.case));
        } else if answer.told() != nothing.told() {
            faults.push(format!("a paper of {state:?} for {} differs from nothing", principal.name));
        } else if noted != i64::from(answer.status == StatusCode::NOT_FOUND) {
            faults.push(format!("a paper of {state:?} for {}: {noted} times in the log", principal.name));
        }
    }
    cells
}

/// What a unit was given of minutes, as a file: for a unit that has it and is covered now, or whose people review it. For all others
/// there is none. Of the protected case it leaves by two only (I1).
async fn about_extracts(stage: &Stage, principal: &Principal, faults: &mut Vec<String>) -> u32 {
    let mut cells = 0;
    for (state, laid) in &stage.laid {
        let Some(minutes) = laid.minutes else { continue };
        for file in ["utdrag.pdf", "utdrag.zip"] {
            let address = |minutes: MinutesId| format!("/anteckningar/{minutes}/{file}");
            let before = denied(stage).await;
            let answer = get(&stage.router, principal, &address(minutes)).await;
            let noted = denied(stage).await - before;
            let nothing = get(&stage.router, principal, &address(MinutesId::from_uuid(Uuid::from_u128(7)))).await;
            cells += 1;
            let reviews = matches!(principal.who, "maria" | "karin");
            let given = matches!(principal.unit, Some("gymnasium" | "bup"));
            if answer.status == StatusCode::OK {
                let covered = *state != State::Part || principal.unit != Some("bup");
                let holds = matches!(state, State::Valid | State::Part | State::Closed);
                if !(holds && covered && (reviews || given) && principal.knows.contains(state)) {
                    faults.push(format!("{} has {file} of {state:?}", principal.name));
                }
            } else if answer.status == StatusCode::SEE_OTHER && *state == State::Protected && reviews {
                assert_eq!(answer.location, format!("/anteckningar/{minutes}"));
            } else if answer.told() != nothing.told() {
                faults.push(format!("{file} of {state:?} for {} differs from nothing", principal.name));
            } else if noted != i64::from(answer.status == StatusCode::NOT_FOUND) {
                faults.push(format!("{file} of {state:?} for {}: {noted} times in the log", principal.name));
            } else if *state == State::Valid && (given || reviews) {
                faults.push(format!("{} has no {file} of what they were given", principal.name));
            }
        }
    }
    cells
}

/// Lays figures of a school year past the program: it is not over on the day of the stage.
async fn publish_figures(stage: &Stage) {
    let grid = r#"{"columns":[],"lines":[],"totals":[],"total":"hidden"}"#;
    let middles = r#"{"of_each":[],"of_all":null}"#;
    let figures = format!(
        r#"{{"cases":{grid},"waiting":{middles},"attendance":{grid},"consent":{middles},"undertakings":{grid}}}"#
    );
    let columns = ["first_year", "published_at", "figures"];
    let row = [2025_i64.into(), stage.world.backend.now().into(), figures.into()];
    stage.world.insert("figure_release", columns, vec![row]).await;
}

/// What was published of a school year, as a page and as a file: for coordinators and administrators, whatever they know of cases. For
/// all others there is none.
async fn about_figures(stage: &Stage, principal: &Principal, faults: &mut Vec<String>) -> u32 {
    let reads = matches!(principal.who, "maria" | "kim" | "karin" | "inga");
    for path in ["/siffror", "/siffror/2025.csv"] {
        let answer = get(&stage.router, principal, path).await;
        if (answer.status == StatusCode::OK) != reads {
            faults.push(format!("{path} for {}: {}", principal.name, answer.status));
        }
    }
    for path in ["/siffror/2024.csv", "/siffror/2025.pdf", "/siffror/a.csv"] {
        let answer = get(&stage.router, principal, path).await;
        if answer.status.is_success() || answer.status.is_server_error() {
            faults.push(format!("{path} for {}: {}", principal.name, answer.status));
        }
    }
    5
}

/// A page about one case: there for those who may know, and for all others as if there were no such case.
async fn about_one(stage: &Stage, principal: &Principal, page: &str, faults: &mut Vec<String>) -> u32 {
    let mut cells = 0;
    let mut nothing = None;
    for (state, laid) in &stage.laid {
        let address = |laid: &Laid| match sorted(page) {
            Of::Case => Some(page.replace("{id}", &laid.case.to_string())),
            _ => laid.minutes.map(|id| page.replace("{id}", &id.to_string())),
        };
        let (Some(path), Some(other)) = (address(laid), address(&nowhere(laid))) else { continue };
        let before = denied(stage).await;
        let answer = get(&stage.router, principal, &path).await;
        let noted = denied(stage).await - before;
        cells += 1;
        if principal.knows.contains(state) {
            if page == "/arenden/{id}" && (answer.status != StatusCode::OK || answer.betrays(laid).is_none()) {
                faults.push(format!("{page} for {} does not show {state:?}: {}", principal.name, answer.status));
            }
            continue;
        }
        // L2: who asks in vain is written down once, unless their role asks for no such thing at all or nobody is signed in.
        let in_vain = answer.status == StatusCode::NOT_FOUND;
        if noted != i64::from(in_vain) {
            faults.push(format!("{page} for {} about {state:?}: {noted} times in the log", principal.name));
        }
        if nothing.is_none() {
            nothing = Some(get(&stage.router, principal, &other).await.told());
        }
        if Some(answer.told()) != nothing {
            faults.push(format!("{page} for {} differs from nothing for {state:?}: {}", principal.name, answer.status));
        }
        let said = Answer { location: String::new(), ..answer };
        if let Some(word) = said.betrays(laid).filter(|word| *word != laid.case.to_string() && !path.contains(word)) {
            faults.push(format!("{page} for {} tells {word} of {state:?}", principal.name));
        }
    }
    cells
}
