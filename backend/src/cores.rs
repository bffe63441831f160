//! The processor's cores, for work that has parts.

use std::{
    num::NonZero,
    sync::{Mutex, PoisonError},
    thread,
};

use domain::order::{Hands, Part};

/// As many threads as there are cores, for as long as there are parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cores;

impl Hands for Cores {
    fn all(&self, parts: Vec<Part<'_>>) {
        let cores = thread::available_parallelism().map_or(1, NonZero::get).min(parts.len());
        let queue = Mutex::new(parts.into_iter());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        thread::scope(|scope| {
            for _ in 1..cores {
                scope.spawn(|| {
                    while let Some(part) = next() {
                        part();
                    }
                });
            }
            while let Some(part) = next() {
                part();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn every_part_is_done_once_and_all_are_done_at_the_end() {
        for count in [0, 1, 2, 16, 1_000] {
            let done: Vec<AtomicUsize> = (0..count).map(|_| AtomicUsize::new(0)).collect();
            let part = |one| -> Part {
                Box::new(move || {
                    AtomicUsize::fetch_add(one, 1, Ordering::Relaxed);
                })
            };
            Cores.all(done.iter().map(part).collect());
            assert!(done.iter().all(|one| one.load(Ordering::Relaxed) == 1), "{count}");
        }
    }
}
