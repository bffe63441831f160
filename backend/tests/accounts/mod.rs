//! Sign-in, sessions, people.

mod door;
mod forms;
mod joining;
mod register;
mod sessions;

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use backend::{
    Backend, Error, Site,
    actor::Actor,
    auth::{
        Entered, Visit,
        password::Cost,
        session::{self, SessionState},
    },
    crypt::Keys,
    demo,
    random::SeededRandom,
    usecase::{
        install::{ClockKind, install},
        invite::invite_administrator,
        join,
        sign_in::{give_code, sign_in},
    },
    view::welcome::{Step, welcome},
};
use chrono::TimeDelta;
use data_encoding::BASE32_NOPAD;
use domain::flaw::{Flaw, FlawKind};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use totp_rs::Builder;

use crate::world::World;

/// A password one may choose.
pub const PASSWORD: &str = "tolv små bävrar";
/// The administrator's address.
pub const EMAIL: &str = "sara.lind@provkommun.example";

/// A browser without a session.
pub fn visit() -> Visit {
    Visit { address: IpAddr::from([192, 0, 2, 1]), browser: "Firefox · Linux".into(), token: None, request: None }
}

/// The same with a session.
pub fn visit_with(token: &str) -> Visit {
    Visit { token: Some(token.to_owned()), ..visit() }
}

/// Somebody with a telephone that knows their seed.
pub struct Somebody {
    pub email: String,
    pub seed: Vec<u8>,
}

impl Somebody {
    /// What the telephone shows now.
    pub fn code(&self, world: &World) -> String {
        code_of(&self.seed, world)
    }
}

pub fn code_of(seed: &[u8], world: &World) -> String {
    let now = u64::try_from(world.backend.now().timestamp()).unwrap();
    Builder::new().with_secret(seed.to_vec()).build().unwrap().generate(now).to_string()
}

/// Follows a link to its end.
pub async fn follow(world: &World, token: &str) -> Result<(Entered, Vec<u8>), Error> {
    let browser = join::begin(&world.backend, token, &visit()).await?;
    join::choose_password(&world.backend, token, &browser, PASSWORD, PASSWORD, &visit()).await?;
    let page = welcome(&world.backend, token, Some(&browser)).await?;
    let Step::Code(enrolment) = page.step else { panic!("the code comes after the password") };
    let seed = BASE32_NOPAD.decode(enrolment.typed.replace(' ', "").as_bytes()).unwrap();
    let entered = join::confirm_code(&world.backend, token, &browser, &code_of(&seed, world), &visit()).await?;
    world.clock.advance(TimeDelta::seconds(30));
    Ok((entered, seed))
}

/// The first administrator, joined; the clock has moved past the code they used.
pub async fn administrator(world: &World) -> Result<(Somebody, Actor), Error> {
    let link = invite_administrator(&world.backend, EMAIL, "Sara Lind").await?;
    let (entered, seed) = follow(world, &link.token).await?;
    let actor = at_work(world, &entered.token).await;
    Ok((Somebody { email: EMAIL.into(), seed }, actor))
}

/// Who is at work with this token.
pub async fn at_work(world: &World, token: &str) -> Actor {
    match session::look(&world.backend, token, None).await.unwrap() {
        SessionState::Active { actor, .. } => *actor,
        other => panic!("nobody is at work: {other:?}"),
    }
}

/// Signs in wholly; the clock has moved past the code.
pub async fn sign_in_wholly(world: &World, who: &Somebody) -> Result<String, Error> {
    let half = sign_in(&world.backend, &who.email, PASSWORD, &visit()).await?;
    let entered = give_code(&world.backend, &who.code(world), &visit_with(&half)).await?;
    world.clock.advance(TimeDelta::seconds(30));
    Ok(entered.token)
}

/// The one flaw of a form that was not accepted.
pub fn flaw<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, FlawKind) {
    match result.unwrap_err() {
        Error::Invalid(flaws) => {
            let [Flaw { field, kind }] = flaws.as_slice() else { panic!("one flaw, not {flaws:?}") };
            (field.clone(), *kind)
        }
        other => panic!("no flaw: {other:?}"),
    }
}

/// What a query with one whole number gives.
pub async fn number(world: &World, query: &str) -> i64 {
    let statement = Statement::from_string(world.raw.get_database_backend(), query);
    world.raw.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Another process on the same database.
pub fn again(world: &World, cost: Cost) -> Backend {
    program(world, made(7), cost, false)
}

/// The same with another key file.
pub fn with_other_keys(world: &World) -> Backend {
    with_keys(world, made(9))
}

/// The same with these keys.
pub fn with_keys(world: &World, keys: Keys) -> Backend {
    program(world, keys, Cost::next_to_nothing(), false)
}

/// A program with other keys on another database.
pub fn opened(world: &World, db: DatabaseConnection, keys: Keys) -> Backend {
    on(db, world, keys, Cost::next_to_nothing(), false)
}

fn made(seed: u64) -> Keys {
    Keys::read(&Keys::generate(&SeededRandom::new(seed))).unwrap()
}

/// The same, configured as a demo.
pub fn told_it_is_a_demo(world: &World) -> Backend {
    program(world, made(7), Cost::next_to_nothing(), true)
}

fn program(world: &World, keys: Keys, cost: Cost, demo: bool) -> Backend {
    on(world.raw.clone(), world, keys, cost, demo)
}

fn on(db: DatabaseConnection, world: &World, keys: Keys, cost: Cost, demo: bool) -> Backend {
    static STARTED: AtomicU64 = AtomicU64::new(1000);
    let random = Arc::new(SeededRandom::new(STARTED.fetch_add(1, Ordering::Relaxed)));
    let site =
        Site { origin: "http://samverkan.test".into(), municipality: "Provkommun".into(), answers_to: None, demo };
    Backend::with_password_cost(db, world.clock.clone(), random, keys, site, cost)
}

/// A demo in the world's place.
pub async fn as_demo(world: &World) -> Backend {
    world.sql("DELETE FROM installation").await.unwrap();
    let backend = told_it_is_a_demo(world);
    install(&backend, ClockKind::Simulated).await.unwrap();
    assert!(demo::logins(&backend).await.unwrap().is_empty());
    backend
}
