//! Ten cases in ten states, and everybody who might ask for them.

use std::collections::BTreeMap;

use axum::Router;
use backend::{
    actor::Actor,
    crypt::token_hash,
    scan::{Kind, Paper},
    usecase::{
        add_item::add_case,
        add_to_minutes::add_to_minutes,
        attach_paper::attach_paper,
        close_case::close_case,
        dispatch_minutes::dispatch_minutes,
        open_item::{close_item, open_item},
        propose::{TypedProposal, propose},
        protect_case::name_reader,
        record_consent::{RecordConsent, TypedAnswer, record_consent},
        record_phase::record_phase,
        register_case::{RegisterCase, register_case},
        review_minutes::approve_minutes,
        run_meeting::{check_in, close_meeting, open_meeting},
        subscribe_calendar::{FeedTyped, make_feed},
        withdraw_consent::withdraw_consent,
        write_minutes::{TypedContribution, TypedMinutes, TypedUndertaking, save_minutes, submit_minutes},
    },
};
use chrono::TimeDelta;
use domain::{
    consent::{Scope, Signer},
    id::{AgendaItemId, CaseId, GuardianId, MeetingId, MinutesId, PaperId},
    visibility::Role,
};
use sea_orm::{ConnectionTrait as _, Statement};
use server::{
    assets::Assets,
    http::{Web, router},
    scanner::Scanner,
};
use uuid::Uuid;

use crate::world::{Engine, World, amal::Amal, explained};

/// What has become of a case's consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    None,
    OneOfTwo,
    NotYet,
    Valid,
    Expired,
    Withdrawn,
    /// Taken back for BUP alone.
    Part,
    /// A report of concern was made since.
    Renewal,
    Protected,
    Closed,
}

impl State {
    pub const ALL: [Self; 10] = [
        Self::None,
        Self::OneOfTwo,
        Self::NotYet,
        Self::Valid,
        Self::Expired,
        Self::Withdrawn,
        Self::Part,
        Self::Renewal,
        Self::Protected,
        Self::Closed,
    ];

    /// Whether everybody answered, for today, when the case was registered.
    fn was_valid(self) -> bool {
        !matches!(self, Self::None | Self::OneOfTwo | Self::NotYet)
    }
}

/// A case and all that hangs on it.
#[derive(Clone, Debug)]
pub struct Laid {
    pub case: CaseId,
    pub reference: String,
    /// A canary: it may turn up on no page of those who may not know.
    pub name: String,
    pub minutes: Option<MinutesId>,
    pub items: Vec<AgendaItemId>,
    pub undertaking: Option<Uuid>,
    /// A signed paper of the school that recorded its consent.
    pub paper: Option<PaperId>,
    /// A question whether something of it may be handed out.
    pub export: Option<Uuid>,
    /// What the registering unit asks to have it taken up for.
    pub proposal: Option<Uuid>,
    /// What was added to its minutes, and waits.
    pub addendum: Option<Uuid>,
}

/// Somebody who asks.
#[derive(Clone, Debug)]
pub struct Principal {
    pub name: &'static str,
    /// Their first name; empty for who is nobody.
    pub who: &'static str,
    /// Their unit, by its short name; none for somebody who works for none.
    pub unit: Option<&'static str>,
    /// The session's cookie; none for somebody who has none.
    pub session: Option<String>,
    /// The states of cases this one may know of; by hand, as the reviewed answer.
    pub knows: &'static [State],
}

pub struct Stage {
    pub world: World,
    pub router: Router,
    pub amal: Amal,
    pub laid: BTreeMap<State, Laid>,
    pub principals: Vec<Principal>,
    /// The feed of somebody at BUP, who is covered for some.
    pub feed: String,
    pub held: MeetingId,
    pub next: MeetingId,
}

/// The units people work for, by their short names.
pub const UNITS: [&str; 12] =
    ["social", "school", "gymnasium", "preschool", "health", "bup", "adult", "care", "bvc", "fk", "af", "leisure"];

/// What the registering unit knows of: all it registered.
const REGISTRANT: &[State] = &State::ALL;
/// What a colleague there knows of who is not named (I1).
const REGISTRANT_UNNAMED: &[State] = &[
    State::None,
    State::OneOfTwo,
    State::NotYet,
    State::Valid,
    State::Expired,
    State::Withdrawn,
    State::Part,
    State::Renewal,
    State::Closed,
];
/// What a unit knows of that all consents name: what holds today. Of it those who are named, and those who are not.
const COVERED: &[State] = &[State::Valid, State::Part, State::Protected, State::Closed];
const COVERED_UNNAMED: &[State] = &[State::Valid, State::Part, State::Closed];
/// What BUP knows of: one family has taken it back for BUP alone.
const BUP: &[State] = &[State::Valid, State::Protected, State::Closed];
const BUP_UNNAMED: &[State] = &[State::Valid, State::Closed];

/// Who is named for the protected case besides who registered it: who plans, who reviews, and BUP's deputy.
const NAMED: [&str; 3] = ["maria", "karin", "johan"];

impl Stage {
    pub async fn set(engine: Engine) -> Self {
        let world = World::new(engine).await;
        let amal = world.amal().await;
        let (held, next) = (amal.meeting("2026-11-19"), amal.meeting("2026-11-26"));
        world.clock.set("2026-11-19T07:00:00Z".parse().unwrap());
        let mut laid = BTreeMap::new();
        for state in State::ALL {
            laid.insert(state, lay(&world, &amal, state).await);
        }
        for (state, case) in &mut laid {
            if state.was_valid() {
                case.items.push(put(&world, held, case.case, i64::from(*state as u8)).await);
                add_case(&world.backend, &amal.actor("maria"), next, case.case).await.unwrap();
                case.items.push(item_of(&world, next, case.case).await);
            }
        }
        hold(&world, &amal, held, &mut laid).await;
        world.clock.set("2026-11-22T11:00:00Z".parse().unwrap());
        for (state, case) in &mut laid {
            let question = format!("Kanarieförslag {state:?}");
            let asked = TypedProposal { question, family_at: "09.20".into(), ..TypedProposal::default() };
            propose(&world.backend, &amal.actor("anna"), case.case, asked).await.unwrap();
            case.proposal = id_of(&world, "proposal", case.case).await;
        }
        pass(&world, &amal, &laid).await;
        let principals = principals(&world, &amal).await;
        let feed = make_feed(&world.backend, &amal.actor("eva"), &FeedTyped::plain("Mobilen", "own")).await.unwrap();
        let router = router(web(&world, None));
        Self { world, router, amal, laid, principals, feed, held, next }
    }
}

/// The shell over a site of small files, with a virus scanner or without.
pub fn web(world: &World, scanner: Option<Scanner>) -> Web {
    let site = world.folder().join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    for (name, text) in [
        ("manifest.json", r#"{"js":"/pkg/a.1.js","wasm":"/pkg/a.2.wasm","css":"/pkg/a.3.css","fonts":{}}"#),
        ("pkg/a.1.js", "export default 1"),
        ("pkg/a.2.wasm", "\0asm"),
        ("pkg/a.3.css", "body{}"),
    ] {
        std::fs::write(site.join(name), text).unwrap();
    }
    Web::new(world.backend.clone(), Assets::read(&site).unwrap(), Vec::new(), scanner)
}

async fn lay(world: &World, amal: &Amal, state: State) -> Laid {
    let anna = amal.actor("anna");
    let name = format!("Kanariefågel {state:?}");
    let form = RegisterCase {
        child_name: name.clone(),
        born_on: "2012-03-03".into(),
        question: format!("Kanariefråga {state:?}"),
        custody: "joint".into(),
        guardians: vec!["Kanariemor Provsson".into(), "Kanariefar Provsson".into()],
        protection: if state == State::Protected { "mark".into() } else { String::new() },
        ..RegisterCase::default()
    };
    let case = register_case(&world.backend, &anna, form).await.unwrap();
    let units = ["gymnasium", "social", "bup"].map(|unit| amal.unit(unit).to_string());
    let answering = match state {
        State::None => 0,
        State::OneOfTwo => 1,
        _ => 2,
    };
    let answers: Vec<_> = guardians(world, case)
        .await
        .into_iter()
        .take(answering)
        .map(|by| TypedAnswer {
            signer: by.to_string(),
            answer: "agreed".into(),
            signed_on: "2026-11-19".into(),
            receivers: units.to_vec(),
        })
        .collect();
    let (from, until) = match state {
        State::NotYet => ("2026-12-01", "2027-06-10"),
        State::Expired => ("2026-11-19", "2026-11-20"),
        _ => ("2026-11-19", "2027-06-10"),
    };
    let mut paper = None;
    if !answers.is_empty() {
        let form = RecordConsent {
            answers,
            categories: vec!["school".into(), "social".into()],
            valid_from: from.into(),
            valid_until: until.into(),
            obtaining: explained(),
            ..RecordConsent::default()
        };
        let consent = record_consent(&world.backend, &anna, case, form).await.unwrap();
        let kept = Paper { kind: Kind::Png, bytes: b"Kanarieblankett".to_vec() };
        paper = Some(attach_paper(&world.backend, &anna, case, consent, &kept).await.unwrap());
    }
    let reference = world
        .text(&format!("SELECT reference FROM case_file WHERE id = {}", world.literal(case.uuid())))
        .await
        .unwrap();
    let mut export = None;
    if state == State::Protected {
        for who in NAMED {
            name_reader(&world.backend, &anna, case, &amal.actor(who).person.to_string()).await.unwrap();
        }
        export = Some(asked_to_hand_out(world, &anna, case).await);
    }
    Laid {
        case,
        reference,
        name,
        minutes: None,
        items: Vec::new(),
        undertaking: None,
        paper,
        export,
        proposal: None,
        addendum: None,
    }
}

/// That somebody has asked to hand out the form of a case; laid past the program, as no colleague is named who could answer.
async fn asked_to_hand_out(world: &World, actor: &Actor, case: CaseId) -> Uuid {
    let id = world.backend.random().uuid();
    let row = [
        id.into(),
        case.uuid().into(),
        "form".into(),
        actor.person.uuid().into(),
        actor.unit.unwrap().uuid().into(),
        world.backend.now().into(),
    ];
    let columns = ["id", "case_id", "what", "asked_by", "asked_unit", "asked_at"];
    world.insert("case_export", columns, vec![row]).await;
    id
}

/// The meeting of last Thursday: every case that could be heard was, with minutes, and those were approved.
async fn hold(world: &World, amal: &Amal, meeting: MeetingId, laid: &mut BTreeMap<State, Laid>) {
    let (backend, maria, karin) = (&world.backend, amal.actor("maria"), amal.actor("karin"));
    world
        .sql(&format!("UPDATE meeting SET state = 'published' WHERE id = {}", world.literal(meeting.uuid())))
        .await
        .unwrap();
    world.clock.set("2026-11-19T08:00:00Z".parse().unwrap());
    open_meeting(backend, &maria, meeting).await.unwrap();
    for (unit, name) in [("gymnasium", "Anna Ek"), ("social", "Maria Lindqvist")] {
        check_in(backend, &maria, meeting, &amal.unit(unit).to_string(), name).await.unwrap();
    }
    for (state, case) in laid.iter_mut().filter(|(state, _)| state.was_valid()) {
        world.clock.advance(TimeDelta::minutes(1));
        let item = case.items[0];
        open_item(backend, &maria, meeting, item).await.unwrap();
        let typed = TypedMinutes {
            purpose: "Följa upp.".into(),
            contributions: vec![TypedContribution {
                unit: amal.unit("gymnasium").to_string(),
                kind: "school".into(),
                text: format!("Kanarietext {state:?}"),
            }],
            childs_view: "heard".into(),
            undertakings: vec![TypedUndertaking {
                what: format!("Kanarieåtgärd {state:?}"),
                unit: amal.unit("gymnasium").to_string(),
                due_on: "2026-11-27".into(),
            }],
            outcome: "follow_up".into(),
            follow_up_on: "2026-11-26".into(),
            ..TypedMinutes::default()
        };
        save_minutes(backend, &maria, item, &typed).await.unwrap();
        world.clock.advance(TimeDelta::minutes(8));
        close_item(backend, &maria, meeting).await.unwrap();
        let minutes = submit_minutes(backend, &maria, item, 1).await.unwrap();
        // One stays at the desk, so that the queue has something to hide.
        if *state != State::Withdrawn {
            approve_minutes(backend, &karin, minutes, 1, true).await.unwrap();
            let added = add_to_minutes(backend, &maria, minutes, &format!("Kanarietillägg {state:?}")).await.unwrap();
            case.addendum = Some(added.uuid());
            // Of the protected case nothing leaves without another's word.
            if *state != State::Protected {
                let units = ["gymnasium", "bup"].map(|unit| amal.unit(unit).to_string());
                assert_eq!(dispatch_minutes(backend, &maria, minutes, 1, &units).await.unwrap(), 2);
            }
        }
        case.minutes = Some(minutes);
        case.undertaking = id_of(world, "action_item", case.case).await;
    }
    close_meeting(backend, &maria, meeting).await.unwrap();
}

/// What happened since.
async fn pass(world: &World, amal: &Amal, laid: &BTreeMap<State, Laid>) {
    let (backend, anna, maria) = (&world.backend, amal.actor("anna"), amal.actor("maria"));
    let withdrawn = laid[&State::Withdrawn].case;
    let by = guardians(world, withdrawn).await[0];
    withdraw_consent(backend, &anna, withdrawn, by, Scope::All).await.unwrap();
    let part = laid[&State::Part].case;
    let by = guardians(world, part).await[1];
    withdraw_consent(backend, &anna, part, by, Scope::Receivers([amal.unit("bup")].into())).await.unwrap();
    record_phase(backend, &maria, laid[&State::Renewal].case, "report").await.unwrap();
    let closed = laid[&State::Closed].case;
    let version = backend::view::case::case_page(backend, &anna, closed).await.unwrap().version;
    close_case(backend, &anna, closed, version).await.unwrap();
    world.clock.advance(TimeDelta::minutes(2));
}

async fn principals(world: &World, amal: &Amal) -> Vec<Principal> {
    let work = async |name: &'static str, who: &'static str, knows: &'static [State]| {
        let session = Some(session(world, &amal.actor(who)).await);
        let unit = amal.actor(who).unit.and_then(|unit| UNITS.into_iter().find(|short| amal.unit(short) == unit));
        let unit = if who == "ulla" { Some("gymnasium") } else { unit };
        Principal { name, who, unit, session, knows }
    };
    // A colleague of Anna's, who registers all cases.
    let colleague = world.literal(amal.actor("ulla").person.uuid());
    let gymnasium = world.literal(amal.unit("gymnasium").uuid());
    world.sql(&format!("UPDATE assignment SET unit_id = {gymnasium} WHERE person_id = {colleague}")).await.unwrap();
    // Two who work for units no consent names, but as coordinator and as administrator.
    for (who, role) in [("kim", Role::Coordinator), ("inga", Role::Administrator)] {
        let person = world.literal(amal.actor(who).person.uuid());
        world.sql(&format!("UPDATE assignment SET role = '{}' WHERE person_id = {person}", role.code())).await.unwrap();
    }
    let mut all = vec![
        Principal { name: "nobody", who: "", unit: None, session: None, knows: &[] },
        work("of the registering unit", "anna", REGISTRANT).await,
        work("of the registering unit, not one of those named", "ulla", REGISTRANT_UNNAMED).await,
        work("of a covered unit", "eva", BUP_UNNAMED).await,
        work("of a covered unit, its deputy", "johan", BUP).await,
        work("of a unit at the table, not named", "vera", &[]).await,
        work("of a unit elsewhere", "petra", &[]).await,
        work("coordinator, covered", "maria", COVERED).await,
        work("of social services, covered", "per", COVERED_UNNAMED).await,
        work("coordinator at the table, not named", "kim", &[]).await,
        work("administrator, covered", "karin", COVERED).await,
        work("administrator, not named", "inga", &[]).await,
        work("operator", "ivar", &[]).await,
        work("signed out long ago", "lars", &[]).await,
        work("shut out", "frida", &[]).await,
        work("whose work has ended", "olle", &[]).await,
    ];
    let of = |who: &str| world.literal(amal.actor(who).person.uuid());
    world
        .sql(&format!("UPDATE session SET ends_at = '2026-11-20T00:00:00+00:00' WHERE person_id = {}", of("lars")))
        .await
        .unwrap();
    world
        .sql(&format!("UPDATE person SET disabled_at = '2026-11-20T00:00:00+00:00' WHERE id = {}", of("frida")))
        .await
        .unwrap();
    world
        .sql(&format!("UPDATE assignment SET until_on = '2026-11-01' WHERE person_id = {}", of("olle")))
        .await
        .unwrap();
    all.push(Principal {
        name: "with a token of nobody",
        who: "",
        unit: None,
        session: Some("x".repeat(43)),
        knows: &[],
    });
    all
}

/// A session of somebody at work, laid past the sign-in.
pub async fn session(world: &World, actor: &Actor) -> String {
    let token = world.backend.random().token();
    let (now, ends) = (world.backend.now(), world.backend.now() + TimeDelta::hours(8));
    let columns = [
        "token_hash",
        "person_id",
        "assignment_id",
        "stage",
        "form_token",
        "client",
        "created_at",
        "seen_at",
        "ends_at",
    ];
    let row = [
        token_hash(&token).into(),
        actor.person.uuid().into(),
        Some(actor.assignment.uuid()).into(),
        "active".into(),
        "form-secret".into(),
        "x".into(),
        now.into(),
        now.into(),
        ends.into(),
    ];
    world.insert("session", columns, vec![row]).await;
    token
}

async fn put(world: &World, meeting: MeetingId, case: CaseId, position: i64) -> AgendaItemId {
    let id = world.backend.random().uuid();
    let columns = ["id", "meeting_id", "kind", "case_id", "minutes", "position", "state", "version"];
    let row = [
        id.into(),
        meeting.uuid().into(),
        "case".into(),
        Some(case.uuid()).into(),
        10_i64.into(),
        position.into(),
        "planned".into(),
        1_i64.into(),
    ];
    world.insert("agenda_item", columns, vec![row]).await;
    AgendaItemId::from_uuid(id)
}

pub async fn guardians(world: &World, case: CaseId) -> Vec<Signer> {
    let sql = format!("SELECT id FROM guardian WHERE case_id = {} ORDER BY position", world.literal(case.uuid()));
    ids(world, &sql).await.into_iter().map(|id| Signer::Guardian(GuardianId::from_uuid(id))).collect()
}

async fn item_of(world: &World, meeting: MeetingId, case: CaseId) -> AgendaItemId {
    let (meeting, case) = (world.literal(meeting.uuid()), world.literal(case.uuid()));
    let sql = format!("SELECT id FROM agenda_item WHERE meeting_id = {meeting} AND case_id = {case}");
    AgendaItemId::from_uuid(ids(world, &sql).await[0])
}

pub async fn id_of(world: &World, table: &str, case: CaseId) -> Option<Uuid> {
    ids(world, &format!("SELECT id FROM {table} WHERE case_id = {}", world.literal(case.uuid()))).await.first().copied()
}

pub async fn ids(world: &World, sql: &str) -> Vec<Uuid> {
    let rows = world.raw.query_all_raw(Statement::from_string(world.raw.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
