//! The matrix (AUTHZ-01, AUTHZ-03): every page and every server function there is, asked by everybody there is, about a case in
//! every state there is. Who may not know gets what they would get if the case did not exist. A page or function that is not
//! sorted in here fails the test: nothing new comes in unseen.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test whose world does not stand must fail, and its figures are to be read"
)]

mod canary;
mod elsewhere;
mod stage;
mod virus;
#[expect(dead_code, reason = "the backend's world has more in it than is needed here")]
#[path = "../../../backend/tests/world.rs"]
mod world;

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::id::{AgendaItemId, CaseId, MinutesId, PaperId};
use http_body_util::BodyExt as _;
use leptos::server_fn::axum::server_fn_paths;
use sea_orm::{ConnectionTrait as _, Statement};
use server::http::pages;
use tower::ServiceExt as _;
use uuid::Uuid;

use stage::{Laid, Principal, Stage, State};
use world::Engine;

/// What the id in a page's address is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// No id: one page for each principal.
    Nothing,
    Case,
    Minutes,
    Meeting,
    /// The register of the municipality, or a secret link: nothing of cases.
    Else,
}

/// Every page, sorted by hand.
fn sorted(page: &str) -> Of {
    match page {
        "/arenden/{id}"
        | "/arenden/{id}/samtycke"
        | "/arenden/{id}/samtycke/blankett"
        | "/arenden/{id}/samtycke/kvitto"
        | "/arenden/{id}/sett"
        | "/arenden/{id}/aterkalla" => Of::Case,
        "/anteckningar/{id}" | "/granskning/{id}" => Of::Minutes,
        "/traffar/{id}"
        | "/traffar/{id}/kalla"
        | "/traffar/{id}/rum"
        | "/traffar/{id}/rum/vagg"
        | "/traffar/{id}/flytta" => Of::Meeting,
        "/kommunen/enheter/{id}"
        | "/kommunen/forum/{id}"
        | "/kommunen/forum/{id}/platser/{seat}"
        | "/kommunen/forum/{id}/serie"
        | "/kommunen/uppdrag/{kind}"
        | "/kommunen/personer/{id}"
        | "/kallelse/{token}"
        | "/valkommen/{token}" => Of::Else,
        "/"
        | "/aret"
        | "/arenden"
        | "/arenden/nytt"
        | "/atgarder"
        | "/granskning"
        | "/jag"
        | "/kommunen"
        | "/loggkontroll"
        | "/kommunen/enheter/ny"
        | "/kommunen/gallring"
        | "/kommunen/forum/nytt"
        | "/kommunen/personer"
        | "/kommunen/personer/ny"
        | "/kommunen/stangda-dagar"
        | "/kommunen/uppdrag"
        | "/logga-in"
        | "/logga-in/kod"
        | "/min-kalender"
        | "/samtycken"
        | "/siffror"
        | "/tangentbord"
        | "/tillganglighet"
        | "/traffar"
        | "/uppdrag" => Of::Nothing,
        other => panic!("{other} is a new page: sort it in here, and say what its id is of"),
    }
}

/// The server functions that take something of a case, with the names of the fields that name it.
const ABOUT_A_CASE: &[(&str, Named)] = &[
    ("actions/drop", Named::Undertaking("id")),
    ("actions/move", Named::Undertaking("id")),
    ("actions/tick", Named::Undertaking("id")),
    ("access-log/review", Named::Line),
    ("agenda/add-case", Named::Case),
    ("agenda/carry-over", Named::Item),
    ("agenda/family", Named::Item),
    ("agenda/minutes", Named::Item),
    ("agenda/move", Named::Item),
    ("agenda/order", Named::Order),
    ("agenda/remove", Named::Item),
    ("case/close", Named::Case),
    ("case/guardian/add", Named::Case),
    ("case/guardian/end", Named::Case),
    ("case/parent/add", Named::Case),
    ("case/hand-out/answer", Named::Export),
    ("case/hand-out/ask", Named::Case),
    ("case/number", Named::Case),
    ("case/phase", Named::Case),
    ("case/protection", Named::Case),
    ("case/reader/name", Named::Case),
    ("case/reader/remove", Named::Case),
    ("consent/preview", Named::Case),
    ("consent/acknowledge", Named::Case),
    ("consent/annul", Named::Case),
    ("consent/record", Named::Case),
    ("consent/remove-paper", Named::Case),
    ("consent/withdraw", Named::Case),
    ("minutes/add", Named::Minutes("id")),
    ("minutes/autosave", Named::Item),
    ("minutes/dispatch", Named::Minutes("id")),
    ("minutes/save", Named::Item),
    ("proposal/make", Named::Case),
    ("proposal/return", Named::Proposal),
    ("proposal/take-back", Named::Proposal),
    ("retention/approve", Named::Cases),
    ("retention/hold", Named::Case),
    ("retention/lift", Named::Case),
    ("retention/propose", Named::Cases),
    ("retention/stop", Named::Case),
    ("review/addendum", Named::Addendum),
    ("review/approve", Named::Minutes("id")),
    ("review/reopen", Named::Minutes("id")),
    ("review/return", Named::Minutes("id")),
    ("room/guest", Named::Item),
    ("room/note", Named::Item),
    ("room/open-item", Named::Item),
    ("room/recuse", Named::Item),
    ("room/stop-consultation", Named::Item),
    ("room/take-back-recusal", Named::Item),
];

/// How a server function names what it is about.
#[derive(Clone, Copy, Debug)]
enum Named {
    Case,
    Cases,
    Item,
    Order,
    Minutes(&'static str),
    Undertaking(&'static str),
    Addendum,
    Export,
    Proposal,
    /// Of the review of the log.
    Line,
}

/// The server functions that are about no case; sorted by hand.
const ABOUT_NO_CASE: &[&str] = &[
    "account/",
    "agenda/add-anonymous",
    "agenda/add-general",
    "agenda/arrange",
    "agenda/publish",
    "agenda/shorten",
    "agenda/undo",
    "calendar/",
    "case/register",
    "closed-days/",
    "forum/",
    "frame/",
    "invitation/",
    "meeting/",
    "people/",
    "retention/decide",
    "room/check-in",
    "room/check-out",
    "room/close",
    "room/open",
    "seat/",
    "series/",
    "session/",
    "unit/",
];

struct Answer {
    status: StatusCode,
    location: String,
    body: String,
}

async fn ask(
    router: &Router,
    principal: &Principal,
    request: axum::http::request::Builder,
    body: impl Into<Body>,
) -> Answer {
    let request = match &principal.session {
        Some(token) => request.header(header::COOKIE, format!("sid={token}; form=form-secret")),
        None => request,
    };
    let response = router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let location = parts.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap()).to_owned();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, location, body: String::from_utf8_lossy(&body).into_owned() }
}

/// How many times somebody was written down as having asked in vain.
async fn denied(stage: &Stage) -> i64 {
    let raw = &stage.world.raw;
    let asked =
        Statement::from_string(raw.get_database_backend(), "SELECT count(*) FROM audit WHERE outcome = 'denied'");
    raw.query_one_raw(asked).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

async fn get(router: &Router, principal: &Principal, path: &str) -> Answer {
    ask(router, principal, Request::get(path), String::new()).await
}

async fn call(router: &Router, principal: &Principal, function: &str, fields: &[(&str, String)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(format!("/api/{function}"))
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    ask(router, principal, request, body).await
}

impl Answer {
    /// All that somebody could tell two answers apart by, but for what differs with every answer: words of 22 characters and
    /// more, which are nonces, tokens and ids, and the number of the request.
    fn told(&self) -> String {
        let words = |text: &str| {
            text.split(|character: char| !character.is_ascii_alphanumeric() && character != '-' && character != '_')
                .filter(|word| word.len() < 22)
                .collect::<Vec<_>>()
                .join(" ")
        };
        format!("{} {} {}", self.status, words(&self.location), words(&self.body))
    }

    /// The first thing of a case that stands in the answer.
    fn betrays(&self, laid: &Laid) -> Option<String> {
        let ids = [Some(laid.case.uuid()), laid.minutes.map(MinutesId::uuid), laid.undertaking, laid.addendum];
        let ids = ids.into_iter().flatten().chain(laid.items.iter().copied().map(AgendaItemId::uuid));
        let mut words: Vec<String> = ids.map(|id| id.to_string()).collect();
        let state = laid.name.trim_start_matches("Kanariefågel ");
        words.extend(
            ["Kanariefågel", "Kanariefråga", "Kanarietext", "Kanarieåtgärd", "Kanarieförslag", "Kanarietillägg"]
                .map(|kind| format!("{kind} {state}")),
        );
        let text = format!("{} {}", self.location, self.body);
        words.into_iter().find(|word| text.contains(word.as_str())).or_else(|| {
            let mut others =
                text.split(|character: char| !character.is_ascii_alphanumeric() && !"-_".contains(character));
            others.any(|word| word == laid.reference).then(|| laid.reference.clone())
        })
    }
}

/// What a function is sent: every field any of them takes, with something that passes where it can.
fn fields(named: Named, stage: &Stage, laid: &Laid) -> Option<Vec<(&'static str, String)>> {
    let item = laid.items.last().map(ToString::to_string);
    let mut fields = match named {
        Named::Case => vec![("case", laid.case.to_string())],
        Named::Cases => vec![("cases[]", laid.case.to_string())],
        Named::Item => vec![("item", item?)],
        Named::Order => vec![("order[]", item?)],
        Named::Minutes(name) => vec![(name, laid.minutes?.to_string())],
        Named::Addendum => vec![("id", laid.addendum?.to_string())],
        Named::Export => vec![("export", laid.export?.to_string())],
        Named::Proposal => vec![("proposal", laid.proposal?.to_string())],
        Named::Line => vec![("lines[0][case]", laid.case.to_string()), ("until", "2026-11-21".to_owned())],
        Named::Undertaking(name) => vec![(name, laid.undertaking?.to_string())],
    };
    let rest = [
        ("meeting", stage.next.to_string()),
        ("units[]", stage.amal.unit("gymnasium").to_string()),
        ("seen", "1".to_owned()),
        ("consent", Uuid::from_u128(3).to_string()),
        ("mistake", "twice".to_owned()),
        ("paper", laid.paper.map_or(Uuid::from_u128(7), PaperId::uuid).to_string()),
        ("phase", "report".to_owned()),
        ("hold", "request".to_owned()),
        ("note", "Nästa gång i stora salen.".to_owned()),
        ("personal_number", "20120303-2386".to_owned()),
        ("person", stage.amal.actor("maria").person.to_string()),
        ("protection", "none".to_owned()),
        ("what", "form".to_owned()),
        ("subject", String::new()),
        ("approved", "true".to_owned()),
        ("guardian_name", "Ny Provsson".to_owned()),
        ("from_on", "2026-11-22".to_owned()),
        ("guardian", Uuid::from_u128(1).to_string()),
        ("until_on", "2026-11-22".to_owned()),
        ("minutes", "10".to_owned()),
        ("step", "up".to_owned()),
        ("valid_from", "2026-11-22".to_owned()),
        ("valid_until", "2027-01-01".to_owned()),
        ("lang", "sv".to_owned()),
        ("form", String::new()),
        ("by", "child".to_owned()),
        ("part", "false".to_owned()),
        ("addendum", "Mer.".to_owned()),
        ("text[general]", "Ändra.".to_owned()),
        ("text[purpose]", "Text.".to_owned()),
        ("text[childs_view]", String::new()),
        ("text[childs_words]", String::new()),
        ("text[guardians_view]", String::new()),
        ("text[agreed]", String::new()),
        ("text[outcome]", String::new()),
        ("text[follow_up_on]", String::new()),
        ("deed", String::new()),
        ("done", "true".to_owned()),
        ("due_on", "2026-12-20".to_owned()),
        ("word", "Senare.".to_owned()),
        ("comment", "Ändra.".to_owned()),
        ("reviewed", "true".to_owned()),
        ("reason", "Inte nu.".to_owned()),
        ("question", "Hur går vi vidare?".to_owned()),
        ("family_at", "09.30".to_owned()),
    ];
    fields.extend(rest);
    Some(fields)
}

/// Another case that is nowhere.
fn nowhere(laid: &Laid) -> Laid {
    let new = Uuid::from_u128(0x1234_5678_9abc_4def_8123_4567_89ab_cdef);
    Laid {
        case: CaseId::from_uuid(new),
        minutes: laid.minutes.map(|_| MinutesId::from_uuid(new)),
        items: laid.items.iter().map(|_| AgendaItemId::from_uuid(new)).collect(),
        undertaking: laid.undertaking.map(|_| new),
        paper: laid.paper.map(|_| PaperId::from_uuid(new)),
        export: laid.export.map(|_| new),
        proposal: laid.proposal.map(|_| new),
        addendum: laid.addendum.map(|_| new),
        ..laid.clone()
    }
}

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
