//! Canaries (CRY-02, AUD-07, PRIV-04): unlike any other word, typed into every input there is, and looked for wherever something
//! could carry them away: the database's files, its log of writes, the program's log, addresses, mail, feeds, error pages.

mod forms;
#[expect(dead_code, reason = "the backend's mail server has more in it than is needed here")]
#[path = "../../../backend/tests/agenda/smtp.rs"]
mod smtp;
mod written;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use axum::http::{Request, StatusCode, header};
use backend::{
    job,
    scan::{Kind, Paper},
    usecase::{
        add_item::add_general_item,
        attach_paper::attach_paper,
        invite::invite_administrator,
        open_item::open_item,
        publish_meeting::publish_meeting,
        run_meeting::{close_meeting, open_meeting},
        write_minutes::submit_minutes,
    },
    view::agenda::publish_preview,
};
use chrono::TimeDelta;
use data_encoding::{BASE64, HEXLOWER, HEXUPPER};
use domain::{
    consent::Signer,
    id::{AgendaItemId, ConsentId},
};
use server::http::pages;
use tracing_subscriber::fmt::MakeWriter;
use uuid::Uuid;

use crate::{
    ask::{Answer, ask, call, get},
    sorted::{Of, sorted},
    stage::{Principal, Stage, State, guardians, id_of, ids, session},
    world::{Engine, postgres_url},
};
use forms::Form;
use written::Written;

/// All that the program says of itself, down to the finest, whichever test it runs for.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Said {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Said {
    fn listen() -> Self {
        static SAID: LazyLock<Said> = LazyLock::new(|| {
            let said = Said::default();
            let all = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
            all.with_writer(said.clone()).try_init().expect("nobody else listens");
            said
        });
        SAID.clone()
    }
}

/// Where each canary was typed.
#[derive(Default)]
struct Canaries {
    sealed: BTreeMap<String, String>,
    /// Of what is no secret in the database: the register of the municipality, names of staff, of devices.
    open: BTreeMap<String, String>,
}

/// The functions whose text is kept as it is: about units, forums, meetings and staff, never about a family.
const OPEN: &[&str] = &[
    "calendar/",
    "closed-days/",
    "forum/",
    "meeting/",
    "people/",
    "retention/decide",
    "room/check-in",
    "seat/",
    "series/",
    "unit/",
];

impl Canaries {
    /// A new one: letters only, as a name can be.
    fn new_for(&mut self, whither: &str) -> String {
        let mut number = self.sealed.len() + self.open.len();
        let mut letters = String::new();
        for _ in 0..4 {
            letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
            number /= 26;
        }
        let canary = format!("Qvanaria{letters}x");
        let open = OPEN.iter().any(|start| whither.starts_with(start));
        let kept = if open { &mut self.open } else { &mut self.sealed };
        kept.insert(canary.clone(), whither.to_owned());
        canary
    }

    /// Those of both kinds that stand somewhere, in clear or in a form that is read as easily.
    fn standing_in(&self, bytes: &[u8], open_too: bool) -> BTreeSet<String> {
        let all = self.sealed.iter().chain(self.open.iter().filter(|_| open_too));
        // One look for what all have in common; then which.
        if !disguises("Qvanaria").iter().any(|word| contains(bytes, word)) {
            return BTreeSet::new();
        }
        let standing = all.filter(|(canary, _)| disguises(canary).iter().any(|word| contains(bytes, word)));
        standing.map(|(canary, whither)| format!("{canary} of {whither}")).collect()
    }
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find(bytes, word).is_some()
}

/// A word as it is, in UTF-16, in hexadecimal, and in base64 wherever it begins.
fn disguises(word: &str) -> Vec<Vec<u8>> {
    let mut all = vec![word.as_bytes().to_vec(), word.to_lowercase().into_bytes()];
    all.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
    all.push(HEXLOWER.encode(word.as_bytes()).into_bytes());
    all.push(HEXUPPER.encode(word.as_bytes()).into_bytes());
    for before in 0..3 {
        let text = [vec![0; before], word.as_bytes().to_vec()].concat();
        let coded = BASE64.encode(&text).into_bytes();
        // Without the characters that depend on what stands before and after.
        let from = (before * 8).div_ceil(6);
        all.push(coded[from..(text.len() * 8) / 6].to_vec());
    }
    all
}

/// Sends a form as a browser without script does.
async fn send(stage: &Stage, who: &Principal, action: &str, fields: &[(String, String)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(action)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    ask(&stage.router, who, request, body).await
}

/// Every page with an id that is there.
async fn addresses(stage: &Stage) -> Vec<String> {
    let one = async |table: &str| {
        let id = match stage.world.engine {
            Engine::Sqlite => "lower(hex(id))",
            Engine::Postgres => "CAST(id AS TEXT)",
        };
        let found = stage.world.text(&format!("SELECT {id} FROM {table} LIMIT 1")).await.unwrap();
        found.parse::<Uuid>().unwrap().to_string()
    };
    let link = invite_administrator(&stage.world.backend, "ny@provkommun.example", "Ny Person").await.unwrap();
    let seat = one("seat").await;
    let mut all = Vec::new();
    for page in pages() {
        let ids: Vec<String> = match sorted(&page) {
            Of::Case => vec![stage.laid[&State::Valid].case.to_string(), stage.laid[&State::None].case.to_string()],
            Of::Minutes => stage.laid.values().filter_map(|laid| laid.minutes).map(|id| id.to_string()).collect(),
            Of::Meeting => vec![stage.next.to_string(), stage.held.to_string()],
            Of::Else if page.contains("enheter") => vec![one("unit").await],
            Of::Else if page.contains("forum") => vec![one("forum").await],
            Of::Else if page.contains("personer") => vec![one("person").await],
            Of::Else => vec![link.token.clone()],
            Of::Nothing => vec![String::new()],
        };
        let filled = |id: String| {
            let page = page.replace("{id}", &id).replace("{token}", &id);
            page.replace("{seat}", &seat).replace("{kind}", "school")
        };
        all.extend(ids.into_iter().map(filled));
    }
    all
}

/// What left the house, to be looked through at the end.
#[derive(Default)]
struct Outside {
    addresses: Vec<String>,
    error_pages: Vec<String>,
    feeds: Vec<String>,
}

impl Outside {
    fn note(&mut self, answer: &Answer) {
        self.addresses.push(answer.location.clone());
        if answer.status.is_client_error() || answer.status.is_server_error() {
            self.error_pages.push(answer.body.clone());
        }
    }
}

/// Types canaries into every field of every form: first into dates and lengths too, so that it is refused and kept as a draft; then
/// where a form could take them.
async fn type_everywhere(stage: &Stage, canaries: &mut Canaries, outside: &mut Outside) -> BTreeSet<String> {
    let mut inputs = BTreeSet::new();
    let addresses = addresses(stage).await;
    let people = [
        "nobody",
        "of the registering unit",
        "of a covered unit",
        "of social services, covered",
        "coordinator, covered",
        "administrator, covered",
    ];
    for name in people {
        let who = stage.principals.iter().find(|one| one.name == name).unwrap();
        let mut seen = BTreeSet::new();
        for address in &addresses {
            let page = get(&stage.router, who, address).await;
            for form in Form::all(&page.body).into_iter().filter(Form::takes_text) {
                let action = form.action.trim_start_matches("/api/").to_owned();
                if !seen.insert(action.clone()) {
                    continue;
                }
                let refused = form.sent(|field, _| {
                    inputs.insert(format!("{action} {field}"));
                    canaries.new_for(&action)
                });
                let taken = form.sent(|_, kind| match kind {
                    "date" => "2026-12-01".to_owned(),
                    "time" => "09:00".to_owned(),
                    "number" => "10".to_owned(),
                    _ => canaries.new_for(&action),
                });
                // What would move or end the meeting, or sign somebody out, is not to be done here.
                let harmless = !["meeting/", "account/", "session/"].iter().any(|start| action.starts_with(start));
                for sent in [Some(refused), Some(taken).filter(|_| harmless)].into_iter().flatten() {
                    let answer = send(stage, who, &form.action, &sent).await;
                    outside.note(&answer);
                    // The form again, with what was typed: for whoever typed it.
                    let again = get(&stage.router, who, &answer.location).await;
                    assert!(!again.status.is_server_error(), "{action}: {}", again.status);
                }
            }
        }
    }
    inputs
}

/// Types canaries where they are accepted, and so kept for long.
struct Hand<'a> {
    stage: &'a Stage,
    canaries: &'a mut Canaries,
    outside: &'a mut Outside,
    mail: &'a smtp::Sink,
}

impl Hand<'_> {
    /// Calls a function with these fields, and with a canary in each of those.
    async fn done(&mut self, who: &Principal, function: &str, given: &[(&str, &str)], typed: &[&str]) {
        let mut fields: Vec<(&str, String)> = given.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        fields.extend(typed.iter().map(|name| (*name, self.canaries.new_for(function))));
        let answer = call(&self.stage.router, who, function, &fields).await;
        assert!(answer.status.is_success(), "{function}: {} {}", answer.status, answer.body);
        self.outside.note(&answer);
    }

    fn who(&self, name: &str) -> &Principal {
        self.stage.principals.iter().find(|one| one.name == name).unwrap()
    }

    /// A case, another's guardians, and a consent with all that can be said of one.
    async fn of_families(&mut self) {
        let (stage, anna) = (self.stage, self.who("of the registering unit").clone());
        let case = stage.laid[&State::None].case;
        let id = case.to_string();
        let registered = [("born_on", "2012-03-03"), ("custody", "joint")];
        self.done(&anna, "case/register", &registered, &["child_name", "question", "guardians[0]", "guardians[1]"])
            .await;
        let Signer::Guardian(ended) = guardians(&stage.world, case).await[0] else { panic!("guardians come first") };
        let end = [("case", &*id), ("guardian", &ended.to_string()), ("until_on", "2026-11-19")];
        self.done(&anna, "case/guardian/end", &end, &[]).await;
        let begin = [("case", &*id), ("from_on", "2026-11-20")];
        self.done(&anna, "case/guardian/add", &begin, &["guardian_name"]).await;
        self.done(&anna, "case/parent/add", &[("case", &*id)], &["parent_name"]).await;

        let by = guardians(&stage.world, case).await;
        let consent = [
            ("case", &*id),
            ("valid_from", "2026-11-22"),
            ("valid_until", "2027-06-10"),
            ("obtaining[informed]", "true"),
            ("obtaining[explained][0]", "orally"),
            ("obtaining[interpreter]", "telephone"),
            ("obtaining[maturity]", "not_suitable"),
            ("scope[categories][0]", "school"),
            ("prevented[who]", &by[1].to_string()),
            ("prevented[cause]", "illness"),
            ("prevented[until]", "2026-12-10"),
            ("answers[0][signer]", &by[2].to_string()),
            ("answers[0][receivers][0]", &stage.amal.unit("social").to_string()),
            ("answers[0][answer]", "agreed"),
            ("answers[0][signed_on]", "2026-11-22"),
        ];
        let words = ["obtaining[language]", "obtaining[not_covered]", "obtaining[maturity_reason]"];
        let ground = ["prevented[note]", "prevented[approved_by]"];
        self.done(&anna, "consent/record", &consent, &[words.as_slice(), &ground].concat()).await;
        let valid = stage.laid[&State::Valid].case;
        let consent = ConsentId::from_uuid(id_of(&stage.world, "consent", valid).await.unwrap());
        let bytes = format!("%PDF-1.7 {}", self.canaries.new_for("papers")).into_bytes();
        let paper = Paper { kind: Kind::Pdf, bytes };
        attach_paper(&stage.world.backend, &stage.amal.actor("anna"), valid, consent, &paper).await.unwrap();
    }

    /// An agenda, its invitations, and the feed of somebody invited.
    async fn of_an_agenda(&mut self) {
        let (stage, maria) = (self.stage, self.who("coordinator, covered").clone());
        let meeting = stage.next.to_string();
        self.done(&maria, "agenda/add-general", &[("meeting", &*meeting), ("minutes", "10")], &["title"]).await;
        self.done(&maria, "calendar/subscribe", &[("holds", "own")], &["name"]).await;
        let (backend, maria) = (&stage.world.backend, stage.amal.actor("maria"));
        // What was typed before took it off: consent to it was taken back and given again.
        let valid = stage.world.literal(stage.laid[&State::Valid].case.uuid());
        let again = format!("UPDATE agenda_item SET state = 'planned' WHERE state = 'dropped' AND case_id = {valid}");
        stage.world.sql(&again).await.unwrap();
        let stamp = publish_preview(backend, &maria, stage.next).await.unwrap().stamp;
        publish_meeting(backend, &maria, stage.next, &stamp).await.unwrap();
        let mailer = self.mail.mailer();
        while job::run_due(backend, &mailer).await.unwrap() > 0 {}
        let invited = self.mail.arrived().len();
        add_general_item(backend, &maria, stage.next, "Avslutning", "").await.unwrap();
        stage.world.clock.advance(TimeDelta::minutes(6));
        while job::run_due(backend, &mailer).await.unwrap() > 0 {}
        assert!(self.mail.arrived().len() > invited, "of the changed agenda too");
        let calendar = Principal { name: "a calendar", who: "", unit: None, session: None, knows: &[] };
        let answer = get(&stage.router, &calendar, &format!("/kalender/{}.ics", stage.feed)).await;
        assert!(answer.body.contains("BEGIN:VEVENT"), "BUP is invited");
        self.outside.feeds.push(answer.body);
    }

    /// On the day of the meeting: the room, minutes, and their review; and the review of the log.
    async fn of_a_meeting(&mut self) {
        let stage = self.stage;
        let (world, meeting, lead) = (&stage.world, stage.next.to_string(), stage.amal.actor("maria"));
        world.clock.set("2026-11-26T08:00:00Z".parse().unwrap());
        let at_work = async |who| Principal {
            name: "on the day",
            who,
            unit: None,
            session: Some(session(world, &stage.amal.actor(who)).await),
            knows: &[],
        };
        let (maria, karin) = (at_work("maria").await, at_work("karin").await);
        open_meeting(&world.backend, &lead, stage.next).await.unwrap();
        for unit in ["gymnasium", "social"] {
            let here = [("meeting", &*meeting), ("unit", &stage.amal.unit(unit).to_string())];
            self.done(&maria, "room/check-in", &here, &["name"]).await;
        }
        let item = stage.laid[&State::Valid].items[1];
        open_item(&world.backend, &lead, stage.next, item).await.unwrap();
        let (id, unit) = (item.to_string(), stage.amal.unit("gymnasium").to_string());
        for (function, seen) in [("minutes/save", "0"), ("minutes/autosave", "1")] {
            let chosen = [
                ("item", &*id),
                ("seen", seen),
                ("deed", ""),
                ("text[childs_view]", "heard"),
                ("text[outcome]", "follow_up"),
                ("text[follow_up_on]", "2026-12-10"),
                ("text[contributions][0][unit]", &unit),
                ("text[contributions][0][kind]", "school"),
                ("text[undertakings][0][unit]", &unit),
                ("text[undertakings][0][due_on]", "2026-12-04"),
            ];
            let words = [
                "text[purpose]",
                "text[contributions][0][text]",
                "text[childs_words]",
                "text[guardians_view]",
                "text[agreed]",
            ];
            self.done(&maria, function, &chosen, &[words.as_slice(), &["text[undertakings][0][what]"]].concat()).await;
        }
        let shared = format!(
            "SELECT id FROM agenda_item WHERE kind = 'general' AND meeting_id = {}",
            world.literal(stage.next.uuid())
        );
        let shared = ids(world, &shared).await[0];
        open_item(&world.backend, &lead, stage.next, AgendaItemId::from_uuid(shared)).await.unwrap();
        for (function, seen) in [("room/note-autosave", "0"), ("room/note", "1")] {
            self.done(&maria, function, &[("item", &*shared.to_string()), ("seen", seen)], &["note"]).await;
        }
        world.clock.advance(TimeDelta::minutes(9));
        close_meeting(&world.backend, &lead, stage.next).await.unwrap();
        let minutes = submit_minutes(&world.backend, &lead, item, 2).await.unwrap().to_string();
        let remarks = ["text[general]", "text[contributions][0]", "text[agreed]"];
        self.done(&karin, "review/return", &[("id", &*minutes), ("seen", "2")], &remarks).await;

        let page = get(&stage.router, &karin, "/loggkontroll").await;
        let form = Form::all(&page.body).into_iter().find(|form| form.action.ends_with("access-log/review"));
        let sent = form.expect("somebody is to be reviewed").sent(|_, _| self.canaries.new_for("access-log/review"));
        let answer = send(stage, &karin, "/api/access-log/review", &sent).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        self.outside.note(&answer);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cry_02_what_is_typed_about_a_child_stands_in_clear_nowhere_on_sqlite() {
    stands_nowhere(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cry_02_what_is_typed_about_a_child_stands_in_clear_nowhere_on_postgres() {
    if postgres_url().is_none() {
        return println!("TEST_DATABASE_URL is not set: not run on PostgreSQL");
    }
    stands_nowhere(Engine::Postgres).await;
}

/// CRY-02, AUD-07, PRIV-04, UPL-06
async fn stands_nowhere(engine: Engine) {
    let said = Said::listen();
    let stage = Stage::set(engine).await;
    let written = Written::from_now_on(&stage.world).await;
    let mail = smtp::Sink::start().await;
    let (mut canaries, mut outside) = (Canaries::default(), Outside::default());
    let inputs = type_everywhere(&stage, &mut canaries, &mut outside).await;
    let mut hand = Hand { stage: &stage, canaries: &mut canaries, outside: &mut outside, mail: &mail };
    hand.of_families().await;
    hand.of_an_agenda().await;
    hand.of_a_meeting().await;

    let (mut found, mut told, mut bytes) = (Vec::new(), BTreeMap::<String, BTreeSet<String>>::new(), 0);
    for (place, content) in written.all(&stage.world).await {
        bytes += content.len();
        let kind = place.split(' ').next().unwrap_or_default().to_owned();
        told.entry(kind).or_default().extend(canaries.standing_in(&content, true));
        found.extend(canaries.standing_in(&content, false).into_iter().map(|one| format!("{place}: {one}")));
    }
    let said = said.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(contains(&said, b"/api/case/register"), "the log was heard");
    let letters: Vec<String> =
        mail.arrived().iter().map(|letter| format!("{}\n{}", letter.data, letter.text())).collect();
    for (place, texts) in [
        ("the log", vec![String::from_utf8_lossy(&said).into_owned()]),
        ("an address", outside.addresses),
        ("an error page", outside.error_pages),
        ("a feed", outside.feeds),
        ("a letter", letters.clone()),
    ] {
        for text in texts {
            found.extend(canaries.standing_in(text.as_bytes(), true).into_iter().map(|one| format!("{place}: {one}")));
        }
    }
    let (sealed, open) = (canaries.sealed.len(), canaries.open.len());
    println!(
        "{engine:?}: {sealed} canaries sealed and {open} open, in {} inputs; {bytes} bytes of database, {} of log, {} letters",
        inputs.len(),
        said.len(),
        letters.len()
    );
    assert!(found.is_empty(), "{} found:\n{}", found.len(), found.join("\n"));
    assert!(sealed >= 200, "{sealed} canaries only");
    // What is no secret is found wherever was looked.
    assert!(told.values().all(|told| told.len() > 20), "{told:?}");
    assert!(!letters.is_empty(), "no letter was sent");
    let drafts = stage.world.text("SELECT CAST(count(*) AS TEXT) FROM form_draft").await.unwrap();
    assert!(drafts.parse::<u32>().unwrap() > 50, "{drafts} drafts were kept");
}
