//! Non-interference (AUTHZ-04): whatever others do with cases somebody may not know, every page of theirs stays as it was, to
//! the letter. It catches what no list of leaks does: counts, sums, orders, times, stamps, notices.

use std::collections::BTreeMap;

use backend::{
    random::{Random, SeededRandom},
    usecase::{
        add_item::add_case,
        change_guardian::{AddGuardian, add_guardian},
        close_case::close_case,
        protect_case::name_reader,
        record_consent::{RecordConsent, TypedAnswer, TypedConcern, record_consent},
        record_phase::record_phase,
        register_case::{RegisterCase, register_case},
        withdraw_consent::withdraw_consent,
    },
    view::case::case_page,
};
use chrono::TimeDelta;
use domain::{consent::Scope, id::CaseId};

use crate::{
    ask::get,
    stage::{Principal, Stage, UNITS, guardians},
    world::Engine,
    world::explained,
};

/// How many worlds unless `WORLDS` says otherwise: 2,000 before a release.
const WORLDS: usize = 200;

struct Dice(SeededRandom);

impl Dice {
    fn below(&self, bound: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        usize::try_from(u64::from_be_bytes(bytes) % u64::try_from(bound).unwrap()).unwrap()
    }

    fn one<T: Copy>(&self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

#[expect(clippy::disallowed_methods, reason = "how long to go on is told by the environment")]
fn worlds() -> usize {
    std::env::var("WORLDS").ok().and_then(|text| text.parse().ok()).unwrap_or(WORLDS)
}

/// What somebody sees of everything that could tell of a case, but for nonces, tokens and the ids of requests.
async fn sees(stage: &Stage, principal: &Principal) -> Vec<(String, String)> {
    let mut pages: Vec<String> =
        ["/", "/arenden", "/samtycken", "/atgarder", "/granskning", "/traffar"].map(String::from).to_vec();
    pages.extend(["", "/rum", "/rum/vagg", "/kalla"].map(|page| format!("/traffar/{}{page}", stage.next)));
    pages.push(format!("/traffar/{}", stage.held));
    let mut seen = Vec::new();
    for page in pages {
        let answer = get(&stage.router, principal, &page).await;
        seen.push((page, answer.told()));
    }
    seen
}

/// Cases gather in a municipality and make its pages slow: after so many worlds another one begins.
const OF_ONE_STAGE: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_do_with_cases_one_may_not_know_changes_nothing_one_sees() {
    let stages = worlds().div_ceil(OF_ONE_STAGE);
    let mut deeds: BTreeMap<String, u32> = BTreeMap::new();
    for pair in (0..stages).collect::<Vec<_>>().chunks(2) {
        let running: Vec<_> = pair.iter().map(|&seed| tokio::spawn(live(seed))).collect();
        for one in running {
            for deed in one.await.unwrap() {
                *deeds.entry(deed).or_default() += 1;
            }
        }
    }
    println!("{} worlds, nothing seen of {deeds:?}", stages * OF_ONE_STAGE);
    for deed in ["registered", "consented", "agenda", "withdrawal", "phase", "guardian", "closed", "protected", "named"]
    {
        assert!(deeds.contains_key(deed), "{deed} never came to pass");
    }
}

/// Some worlds in one municipality, one after the other under the same eyes; gives the deeds that were done.
async fn live(seed: usize) -> Vec<String> {
    let stage = Stage::set(Engine::Sqlite).await;
    let dice = Dice(SeededRandom::new(u64::try_from(seed).unwrap()));
    let onlookers: Vec<&Principal> = stage.principals.iter().filter(|one| one.unit.is_some()).collect();
    let onlooker = onlookers[seed % onlookers.len()];
    let mut before = sees(&stage, onlooker).await;
    let mut deeds = Vec::new();
    for world in 0..OF_ONE_STAGE {
        let done = others_do(&stage, &dice, (onlooker.who, onlooker.unit.unwrap()), world).await;
        let after = sees(&stage, onlooker).await;
        for ((page, before), (_, after)) in before.iter().zip(&after) {
            assert_eq!(before, after, "seed {seed}, world {world}: {page} tells {} of {done:?}", onlooker.name);
        }
        deeds.extend(done);
        before = after;
    }
    deeds
}

/// A case of another unit than this, for others than this, and what becomes of it; gives what was done. A case with a protected
/// identity may be of their own unit and for it, as long as they are not named (I1).
async fn others_do(stage: &Stage, dice: &Dice, (me, not): (&str, &str), world: usize) -> Vec<String> {
    let backend = &stage.world.backend;
    // A moment later each time, as in life; the same minute for all pages, as they show the time.
    let registrants = [("anna", "gymnasium"), ("sara", "school"), ("petra", "preschool"), ("per", "social")];
    let protected = dice.below(3) == 0;
    let others: Vec<_> =
        registrants.into_iter().filter(|(who, unit)| if protected { *who != me } else { *unit != not }).collect();
    let (who, _) = dice.one(&others);
    let actor = stage.amal.actor(who);
    let both = dice.below(2) == 0;
    let form = RegisterCase {
        child_name: format!("Kanariefågel {world}"),
        born_on: dice.one(&["2012-03-03", "2012-08-08", "2013-12-03", "2019-07-07"]).into(),
        question: "Kanariefråga".into(),
        custody: if both { "joint" } else { "sole" }.into(),
        guardians: ["Kanariemor Provsson", "Kanariefar Provsson"]
            .into_iter()
            .take(1 + usize::from(both))
            .map(String::from)
            .collect(),
        protection: if protected { "mark" } else { "" }.into(),
        ..RegisterCase::default()
    };
    let case = register_case(backend, &actor, form).await.unwrap();
    let mut done = vec!["registered".to_owned()];
    // Social services nearly always, as they plan the agenda.
    let asked = |one: &str| (protected || one != not) && dice.below(5) < if one == "social" { 4 } else { 2 };
    let named: Vec<&'static str> = UNITS.into_iter().filter(|one| asked(one)).collect();
    if dice.below(5) > 0 && !named.is_empty() {
        consent(stage, &actor, case, &named, 2 - dice.below(5) / 4).await;
        done.push("consented".to_owned());
    }
    if protected {
        done.push("protected".to_owned());
        for one in ["maria", "maria", "karin", "eva", "johan", "per", "kim"].into_iter().filter(|one| *one != me) {
            let whom = stage.amal.actor(one).person.to_string();
            if dice.below(2) == 0 && name_reader(backend, &actor, case, &whom).await.is_ok() {
                done.push("named".to_owned());
            }
        }
    }
    for _ in 0..dice.below(4) {
        let maria = stage.amal.actor("maria");
        let (deed, made) = match dice.below(7) {
            0..3 => ("agenda", add_case(backend, &maria, stage.next, case).await.is_ok()),
            3 => {
                let by = dice.one(&guardians(&stage.world, case).await);
                ("withdrawal", withdraw_consent(backend, &actor, case, by, Scope::All).await.is_ok())
            }
            4 => ("phase", record_phase(backend, &maria, case, "report").await.is_ok()),
            5 => ("guardian", add_guardian(backend, &actor, case, aunt()).await.is_ok()),
            _ => {
                let version = case_page(backend, &actor, case).await.unwrap().version;
                ("closed", close_case(backend, &actor, case, version).await.is_ok())
            }
        };
        if made {
            done.push(deed.to_owned());
        }
    }
    stage.world.clock.advance(TimeDelta::milliseconds(7));
    done
}

async fn consent(stage: &Stage, actor: &backend::actor::Actor, case: CaseId, named: &[&str], answering: usize) {
    let receivers: Vec<String> = named.iter().map(|unit| stage.amal.unit(unit).to_string()).collect();
    let answers = guardians(&stage.world, case)
        .await
        .into_iter()
        .take(answering)
        .map(|by| TypedAnswer {
            signer: by.to_string(),
            answer: "agreed".into(),
            signed_on: "2026-11-22".into(),
            receivers: receivers.clone(),
        })
        .collect();
    let form = RecordConsent {
        concerns: receivers.iter().map(|unit| TypedConcern { unit: unit.clone(), who: "child".into() }).collect(),
        answers,
        categories: vec!["school".into()],
        valid_from: "2026-11-22".into(),
        valid_until: "2027-06-10".into(),
        obtaining: explained(),
        ..RecordConsent::default()
    };
    // A child of 15 must answer too and has not: then it waits, and nobody is covered.
    record_consent(&stage.world.backend, actor, case, form).await.unwrap();
}

fn aunt() -> AddGuardian {
    AddGuardian { guardian_name: "Kanariemoster Provsson".into(), from_on: "2026-11-22".into() }
}
