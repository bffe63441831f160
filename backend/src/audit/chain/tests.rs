use super::*;
use crate::random::{Random, SeededRandom};

fn keys(seed: u64) -> Keys {
    Keys::read(&Keys::generate(&SeededRandom::new(seed))).unwrap()
}

/// Numbers below a bound, from one seed.
struct Dice(SeededRandom);

impl Dice {
    fn below(&self, bound: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        usize::try_from(u64::from_be_bytes(bytes) % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// Links what stands at and after each place anew.
fn relink(log: &mut [Entry], keys: &Keys) {
    for chain in 0..CHAINS {
        let mut before = NOTHING;
        for entry in log.iter_mut().filter(|entry| entry.chain == chain) {
            entry.link = entry.linked(keys, &before);
            before = entry.link;
        }
    }
}

/// A log of so many entries about some thirty cases, in the order of their rows.
fn written(keys: &Keys, entries: usize) -> Vec<Entry> {
    let seeded = SeededRandom::new(7);
    let random: &dyn Random = &seeded;
    let dice = Dice(SeededRandom::new(8));
    let cases: Vec<Uuid> = (0..30).map(|_| random.uuid()).collect();
    let mut places = [0_i64; CHAINS as usize];
    let start = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    let mut log: Vec<Entry> = (0..entries)
        .map(|number| {
            let case = (dice.below(5) > 0).then(|| cases[dice.below(cases.len())]);
            let person = Some(random.uuid());
            let chain = chain_of(case, person);
            places[usize::from(chain)] += 1;
            let number = i64::try_from(number).unwrap();
            Entry {
                seq: number + 1,
                chain,
                place: places[usize::from(chain)],
                at: start + chrono::TimeDelta::milliseconds(number * 137),
                ids: [person, None, Some(random.uuid()), case, None, None],
                words: ["case_read".into(), "read".into()],
                request: Some(format!("request-{number}")),
                digest: (number % 2 == 0).then(|| vec![7; 32]),
                link: NOTHING,
            }
        })
        .collect();
    relink(&mut log, keys);
    log
}

fn verify(
    keys: &Keys,
    log: &[Entry],
    checkpoint: Option<Checkpoint>,
) -> Result<(Vec<Head>, BTreeMap<u8, u64>), Broken> {
    let mut sorted: Vec<_> = log.iter().collect();
    sorted.sort_by_key(|entry| (entry.chain, entry.place, entry.seq));
    let mut verifier = Verifier::new(keys, checkpoint);
    sorted.into_iter().try_for_each(|entry| verifier.take(entry))?;
    verifier.finish()
}

fn checkpoint(keys: &Keys, log: &[Entry]) -> Checkpoint {
    Checkpoint { at: log.last().unwrap().at, heads: verify(keys, log, None).unwrap().0 }
}

#[test]
fn an_untouched_log_is_whole_and_holds_every_earlier_checkpoint() {
    let keys = keys(1);
    let log = written(&keys, 300);
    for upto in [1, 40, 299, 300] {
        let earlier = checkpoint(&keys, &log[..upto]);
        let (heads, entries) = verify(&keys, &log, Some(earlier)).unwrap();
        assert_eq!(entries, BTreeMap::from([(1, 300)]));
        assert_eq!(heads.iter().map(|head| head.place).sum::<i64>(), 300);
    }
}

#[test]
fn a_changed_entry_is_named() {
    let keys = keys(1);
    let log = written(&keys, 300);
    let changes: [fn(&mut Entry); 7] = [
        |entry| entry.at += chrono::TimeDelta::microseconds(1),
        |entry| entry.ids[0] = None,
        |entry| entry.ids.swap(1, 2),
        |entry| entry.words[0].push(' '),
        |entry| entry.words[1] = "done".into(),
        |entry| entry.request = None,
        |entry| entry.link[31] ^= 1,
    ];
    for change in changes {
        let mut log = log.clone();
        change(&mut log[123]);
        let Entry { seq, chain, place, .. } = log[123];
        assert_eq!(verify(&keys, &log, None), Err(Broken::Changed { seq, chain, place }));
    }
}

/// AUD-04: 10,000 tamperings of every kind, with another key than the installation's and the checkpoint out of reach.
#[test]
fn ten_thousand_tamperings_are_all_found() {
    let (ours, theirs) = (keys(1), keys(2));
    let log = written(&ours, 60);
    let seen = checkpoint(&ours, &log);
    let dice = Dice(SeededRandom::new(3));
    let mut kinds = [0_u32; 9];
    for round in 0..10_000 {
        let mut log = log.clone();
        let kind = dice.below(kinds.len());
        tamper(kind, &mut log, &dice, &theirs);
        assert!(verify(&ours, &log, Some(seen.clone())).is_err(), "round {round}, kind {kind} was not found");
        kinds[kind] += 1;
    }
    assert!(kinds.iter().all(|times| *times > 500), "{kinds:?}");
}

fn tamper(kind: usize, log: &mut Vec<Entry>, dice: &Dice, theirs: &Keys) {
    let at = dice.below(log.len());
    match kind {
        // One bit anywhere in the link, the time or an id.
        0 => match dice.below(3) {
            0 => log[at].link[dice.below(32)] ^= 1 << dice.below(8),
            1 => log[at].at += chrono::TimeDelta::microseconds(1 << dice.below(20)),
            _ => {
                let mut id = log[at].ids[0].unwrap().into_bytes();
                id[dice.below(16)] ^= 1 << dice.below(8);
                log[at].ids[0] = Some(Uuid::from_bytes(id));
            }
        },
        // Taken out, with or without closing the gap.
        1 => {
            let gone = log.remove(at);
            if dice.below(2) == 0 {
                for entry in log.iter_mut().filter(|entry| entry.chain == gone.chain && entry.place > gone.place) {
                    entry.place -= 1;
                }
            }
        }
        // Two change what they say.
        2 => {
            let other = (at + 1 + dice.below(log.len() - 1)) % log.len();
            let (first, second) = (log[at].clone(), log[other].clone());
            (log[at].ids, log[at].at, log[at].request) = (second.ids, second.at, second.request);
            (log[other].ids, log[other].at, log[other].request) = (first.ids, first.at, first.request);
        }
        // One put in between, linked with a key of one's own.
        3 => {
            let mut forged = log[at].clone();
            forged.words[1] = "denied".into();
            for entry in log.iter_mut().filter(|entry| entry.chain == forged.chain && entry.place >= forged.place) {
                entry.place += 1;
            }
            log.insert(at, forged);
            relink(log, theirs);
        }
        // One changed, and everything after it linked anew with a key of one's own.
        4 => {
            log[at].words[0] = "case_registered".into();
            relink(log, theirs);
        }
        // The end cut off.
        5 => log.truncate(at),
        // A whole chain gone.
        6 => {
            let chain = log[at].chain;
            log.retain(|entry| entry.chain != chain);
        }
        // One twice.
        7 => {
            let twice = log[at].clone();
            log.push(Entry { seq: 10_000, ..twice });
        }
        // Moved to another chain's end.
        _ => {
            let to = (log[at].chain + 1) % CHAINS;
            let end = log.iter().filter(|entry| entry.chain == to).map(|entry| entry.place).max().unwrap_or(0);
            (log[at].chain, log[at].place) = (to, end + 1);
        }
    }
}

#[test]
fn rows_in_another_order_than_their_places_are_found() {
    let keys = keys(1);
    let mut log = written(&keys, 100);
    let chain = log[50].chain;
    let same: Vec<usize> = (0..100).filter(|&at| log[at].chain == chain).collect();
    let (first, second) = (same[0], same[1]);
    let seq = log[first].seq;
    log[first].seq = log[second].seq;
    log[second].seq = seq;
    assert_eq!(verify(&keys, &log, None), Err(Broken::Moved { seq, chain }));
}

#[test]
fn a_cut_end_shows_against_a_checkpoint_alone() {
    let keys = keys(1);
    let log = written(&keys, 100);
    let seen = checkpoint(&keys, &log);
    assert!(verify(&keys, &log[..60], None).is_ok());
    assert!(matches!(verify(&keys, &log[..60], Some(seen)), Err(Broken::Shortened { .. })));
}

#[test]
fn a_checkpoint_line_is_read_with_the_same_key_only() {
    let (ours, theirs) = (keys(1), keys(2));
    let seen = checkpoint(&ours, &written(&ours, 50));
    let line = seen.line(&ours);
    assert_eq!(Checkpoint::read(&ours, &format!("{line}\n")), Ok(seen));
    assert_eq!(Checkpoint::read(&theirs, &line), Err(Broken::Checkpoint));
    assert_eq!(Checkpoint::read(&ours, &line.replacen(":1", ":2", 1)), Err(Broken::Checkpoint));
    for broken in ["", "v1", "v2 1 x", "v1 x y"] {
        assert_eq!(Checkpoint::read(&ours, broken), Err(Broken::Checkpoint));
    }
}
