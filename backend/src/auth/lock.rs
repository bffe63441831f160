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

/// How many tries an address has.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// At once.
    pub burst: f64,
    /// Got back in a minute.
    pub a_minute: f64,
}

impl Pace {
    /// Of sign-ins.
    pub(crate) const SIGN_IN: Self = Self { burst: 20.0, a_minute: 10.0 };
    /// Of calendar addresses that open nothing (rule 44).
    pub const CALENDARS: Self = Self { burst: 60.0, a_minute: 60.0 };
}

/// Addresses remembered before those with a full bucket are forgotten.
const MANY: usize = 10_000;

/// A bucket of tries for each address.
#[derive(Debug)]
pub struct Buckets {
    pace: Pace,
    left: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: DateTime<Utc>,
}

impl Bucket {
    fn filled(self, pace: Pace, now: DateTime<Utc>) -> Self {
        let seconds = (now - self.at).as_seconds_f64().max(0.0);
        Self { left: (self.left + seconds * pace.a_minute / 60.0).min(pace.burst), at: now }
    }
}

impl Buckets {
    /// Full buckets.
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        Self { pace, left: Mutex::default() }
    }

    /// Whether an address has a try left.
    pub fn has(&self, address: IpAddr, now: DateTime<Utc>) -> bool {
        let buckets = self.left.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        buckets.get(&network(address)).is_none_or(|bucket| bucket.filled(self.pace, now).left >= 1.0)
    }

    /// Takes one try of an address, if it has one left.
    pub fn take(&self, address: IpAddr, now: DateTime<Utc>) -> bool {
        let pace = self.pace;
        let mut buckets = self.left.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if buckets.len() >= MANY {
            buckets.retain(|_, bucket| bucket.filled(pace, now).left < pace.burst);
        }
        let bucket = buckets.entry(network(address)).or_insert(Bucket { left: pace.burst, at: now });
        *bucket = bucket.filled(pace, now);
        let may = bucket.left >= 1.0;
        if may {
            bucket.left -= 1.0;
        }
        may
    }

    /// Gives a try back: it was right. A municipality's people all come from one address, and those who know their password must
    /// not keep each other out.
    pub fn give_back(&self, address: IpAddr) {
        let mut buckets = self.left.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(&network(address)) {
            bucket.left = (bucket.left + 1.0).min(self.pace.burst);
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
        let buckets = Buckets::new(Pace::SIGN_IN);
        let address = IpAddr::from([192, 0, 2, 7]);
        assert!((0..20).all(|_| buckets.has(address, noon()) && buckets.take(address, noon())));
        assert!(!buckets.has(address, noon()) && !buckets.take(address, noon()));
        assert!(!buckets.take(address, noon() + TimeDelta::seconds(5)));
        assert!(buckets.take(address, noon() + TimeDelta::seconds(6)));
        assert!(buckets.take(IpAddr::from([192, 0, 2, 8]), noon()), "another address is another bucket");
    }

    /// AUTH-09
    #[test]
    fn auth_09_all_addresses_of_one_ipv6_network_share_a_bucket() {
        let buckets = Buckets::new(Pace::SIGN_IN);
        for last in 0..20 {
            assert!(buckets.take(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]), noon()));
        }
        assert!(!buckets.take(IpAddr::from([0x2001, 0xdb8, 0, 1, 9, 9, 9, 9]), noon()));
        assert!(buckets.take(IpAddr::from([0x2001, 0xdb8, 0, 2, 0, 0, 0, 0]), noon()));
    }
}
