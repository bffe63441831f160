//! How often somebody may try (AUTH-09): a soft lock on each password, kept in the database so that every instance knows it, and
//! a bucket for each network address, kept in memory.

use std::{collections::HashMap, net::IpAddr, sync::Mutex};

use chrono::{DateTime, TimeDelta, Utc};

/// Failures before the first pause.
pub const FREE: i64 = 5;
/// Failures that switch a password off until an administrator gives a new link.
pub const OFF_AT: i64 = 50;
/// Longest pause.
const LONGEST: TimeDelta = TimeDelta::minutes(5);

/// The pause after so many failures in a row: none, then 1, 2, 4 … 300 s.
pub fn pause_after(failures: i64) -> Option<TimeDelta> {
    let doublings = u32::try_from(failures - FREE).ok()?;
    let seconds = 1_i64.checked_shl(doublings.min(16))?;
    Some(TimeDelta::seconds(seconds).min(LONGEST))
}

/// Tries an address may make at once.
const BURST: f64 = 20.0;
/// Tries it gets back in a minute.
const A_MINUTE: f64 = 10.0;
/// Addresses remembered before those with a full bucket are forgotten.
const MANY: usize = 10_000;

/// A bucket of tries for each address.
#[derive(Debug, Default)]
pub(crate) struct Buckets(Mutex<HashMap<IpAddr, Bucket>>);

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: DateTime<Utc>,
}

impl Bucket {
    fn filled(self, now: DateTime<Utc>) -> Self {
        let seconds = (now - self.at).as_seconds_f64().max(0.0);
        Self { left: (self.left + seconds * A_MINUTE / 60.0).min(BURST), at: now }
    }
}

impl Buckets {
    /// Takes one try of an address, if it has one left.
    pub fn take(&self, address: IpAddr, now: DateTime<Utc>) -> bool {
        let mut buckets = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if buckets.len() >= MANY {
            buckets.retain(|_, bucket| bucket.filled(now).left < BURST);
        }
        let bucket = buckets.entry(network(address)).or_insert(Bucket { left: BURST, at: now });
        *bucket = bucket.filled(now);
        let may = bucket.left >= 1.0;
        if may {
            bucket.left -= 1.0;
        }
        may
    }

    /// Gives a try back: it was right. A municipality's people all come from one address, and those who know their password must
    /// not keep each other out.
    pub fn give_back(&self, address: IpAddr) {
        let mut buckets = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(&network(address)) {
            bucket.left = (bucket.left + 1.0).min(BURST);
        }
    }
}

/// What one visitor has: an IPv4 address, or an IPv6 network of 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((six.to_bits() & !u128::from(u64::MAX)).into()),
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-11-22T11:00:00Z".parse().unwrap()
    }

    /// AUTH-09
    #[test]
    fn auth_09_pauses_double_from_the_fifth_failure_to_five_minutes() {
        let seconds: Vec<i64> =
            (4..16).map(|failures| pause_after(failures).map_or(0, |pause| pause.num_seconds())).collect();
        assert_eq!(seconds, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(pause_after(i64::MAX).map(|pause| pause.num_seconds()), None);
        assert_eq!(pause_after(49).map(|pause| pause.num_seconds()), Some(300));
    }

    /// AUTH-09
    #[test]
    fn auth_09_an_address_has_twenty_tries_and_gets_ten_a_minute() {
        let buckets = Buckets::default();
        let address = IpAddr::from([192, 0, 2, 7]);
        assert!((0..20).all(|_| buckets.take(address, noon())));
        assert!(!buckets.take(address, noon()));
        assert!(!buckets.take(address, noon() + TimeDelta::seconds(5)));
        assert!(buckets.take(address, noon() + TimeDelta::seconds(6)));
        assert!(buckets.take(IpAddr::from([192, 0, 2, 8]), noon()), "another address is another bucket");
    }

    /// AUTH-09
    #[test]
    fn auth_09_all_addresses_of_one_ipv6_network_share_a_bucket() {
        let buckets = Buckets::default();
        for last in 0..20 {
            assert!(buckets.take(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]), noon()));
        }
        assert!(!buckets.take(IpAddr::from([0x2001, 0xdb8, 0, 1, 9, 9, 9, 9]), noon()));
        assert!(buckets.take(IpAddr::from([0x2001, 0xdb8, 0, 2, 0, 0, 0, 0]), noon()));
    }
}
