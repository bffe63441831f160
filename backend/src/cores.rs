//! The processor's cores, for work that has parts.

use std::{
    num::NonZero,
    sync::{Mutex, PoisonError},
    thread,
};

use domain::order::{Hands, Part};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Who has them.
static ALL: Semaphore = Semaphore::const_new(1);

/// Does something that takes all cores, and maybe some 150 megabytes, one at a time: nobody is sooner done where two do it at once. It is
/// done to its end also where whoever asked for it has gone, and nothing else is begun until then. None where it failed.
pub(crate) async fn all_for<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let turn = ALL.acquire().await.ok()?;
    let done = spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    done.await.ok()
}

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
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use super::*;

    /// Also where those who asked first are gone before they are done, and where one of them failed.
    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn what_takes_all_cores_is_done_one_at_a_time() {
        static AT_IT: AtomicUsize = AtomicUsize::new(0);
        static DONE: AtomicUsize = AtomicUsize::new(0);
        let work = || {
            let others = AT_IT.fetch_add(1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(20));
            AT_IT.fetch_sub(1, Ordering::SeqCst);
            DONE.fetch_add(1, Ordering::SeqCst);
            others
        };
        let gone = tokio::spawn(all_for(work));
        while AT_IT.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        gone.abort();
        assert!(gone.await.is_err_and(|end| end.is_cancelled()));
        let failed = tokio::spawn(all_for(|| panic!("as a search that has a fault")));
        let rest: Vec<_> = (0..8).map(|_| tokio::spawn(all_for(work))).collect();
        for one in rest {
            assert_eq!(one.await.unwrap(), Some(0));
        }
        assert_eq!(failed.await.unwrap(), None::<()>);
        assert_eq!(DONE.load(Ordering::SeqCst), 9);
    }

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
