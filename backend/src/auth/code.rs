//! One-time codes by time: TOTP (RFC 6238) with SHA-1, six digits, 30 s, one step early or late, each used once (AUTH-10).

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use fast_qr::{ECL, QRBuilder};
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::{Error, Result, crypt::Place};

/// Seconds a code is shown.
pub const STEP: i64 = 30;
const UNREAD: Error = Error::Fault("a one-time code could not be worked out");
/// Bytes of a seed: 160 bits.
const SEED: usize = 20;

/// A person's seed.
pub(crate) struct Seed(Zeroizing<[u8; SEED]>);

/// What an authenticator app needs to be told.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The seed as people type it: four letters at a time.
    pub typed: String,
    /// The same as an address that apps open.
    pub address: String,
    /// The address as a picture.
    pub picture: Picture,
}

/// A QR code: its dark squares, row by row, without the quiet border.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Squares on each side.
    pub side: usize,
    /// One path of unit squares in a box of `side` by `side`: the `d` of an SVG path.
    pub path: String,
}

/// Never the seed.
impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

impl Seed {
    /// A new seed.
    pub fn new(random: &dyn crate::random::Random) -> Self {
        let mut bytes = Zeroizing::new([0; SEED]);
        random.fill(bytes.as_mut());
        Self(bytes)
    }

    /// A seed as it was sealed.
    pub fn open(keys: &crate::crypt::Keys, person: domain::id::PersonId, sealed: &[u8]) -> Result<Self> {
        let broken = || Error::Inconsistent { table: "one_time_code", row: person.uuid() };
        let plain = Zeroizing::new(keys.open(Self::place(person), sealed)?);
        Ok(Self(Zeroizing::new(plain.as_slice().try_into().map_err(|_| broken())?)))
    }

    /// The seed, sealed for its row.
    pub fn seal(&self, tx: &crate::tx::Tx, person: domain::id::PersonId) -> Result<Vec<u8>> {
        let backend = tx.backend();
        Ok(backend.keys().seal(backend.random(), Self::place(person), self.0.as_slice())?)
    }

    const fn place(person: domain::id::PersonId) -> Place {
        Place { column: "one_time_code.secret", row: person.uuid() }
    }

    /// The step a typed code belongs to, if it is right now, one step ago or one ahead.
    pub fn step_of(&self, typed: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
        let digits: String = typed.chars().filter(|character| !character.is_whitespace()).collect();
        let seconds = u64::try_from(now.timestamp()).map_err(|_| UNREAD)?;
        Ok(self.totp()?.check(&digits, seconds).and_then(|step| i64::try_from(step).ok()))
    }

    /// The code of a step. For the demo's screen and tests; nobody else is ever told.
    pub fn code_of(&self, step: i64) -> Result<String> {
        let seconds = u64::try_from(step * STEP).map_err(|_| UNREAD)?;
        Ok(self.totp()?.generate(seconds).to_string())
    }

    /// What an authenticator app needs to be told.
    pub fn enrolment(&self, email: &str, municipality: &str) -> Result<Enrolment> {
        let letters = BASE32_NOPAD.encode(self.0.as_slice());
        let address = format!(
            "otpauth://totp/{issuer}:{account}?secret={letters}&issuer={issuer}",
            issuer = encoded(&format!("Samverkan {municipality}")),
            account = encoded(email),
        );
        let four: Vec<&str> = (0..letters.len()).step_by(4).filter_map(|at| letters.get(at..at + 4)).collect();
        Ok(Enrolment { typed: four.join(" "), picture: Picture::of(&address)?, address })
    }

    fn totp(&self) -> Result<Totp> {
        // One step of skew, six digits, 30 s and SHA-1 are the library's defaults, as all apps know them.
        Builder::new().with_secret(self.0.to_vec()).build().map_err(|_| UNREAD)
    }
}

/// The step an instant lies in.
pub(crate) const fn step_at(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(STEP)
}

impl Picture {
    pub(crate) fn of(text: &str) -> Result<Self> {
        use std::fmt::Write as _;
        let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| UNREAD)?;
        let mut path = String::new();
        for (y, row) in code.data.chunks(code.size).take(code.size).enumerate() {
            for (x, module) in row.iter().enumerate() {
                if module.value() {
                    let _ = write!(path, "M{x} {y}h1v1h-1z");
                }
            }
        }
        Ok(Self { side: code.size, path })
    }
}

/// Percent-encodes everything but unreserved characters (RFC 3986, 2.3).
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed() -> Seed {
        Seed(Zeroizing::new(*b"12345678901234567890"))
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// AUTH-10, RFC 6238 appendix B (the last six of its eight digits).
    #[test]
    fn auth_10_the_codes_are_those_of_the_standard() {
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            assert_eq!(seed().code_of(step_at(at(seconds))).unwrap(), code);
            assert_eq!(seed().step_of(code, at(seconds)).unwrap(), Some(seconds / STEP));
        }
    }

    /// AUTH-10
    #[test]
    fn auth_10_one_step_early_or_late_is_right_and_two_are_not() {
        let code = seed().code_of(100).unwrap();
        for (step, right) in [(98, false), (99, true), (100, true), (101, true), (102, false)] {
            assert_eq!(seed().step_of(&code, at(step * STEP)).unwrap().is_some(), right, "{step}");
        }
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        assert_eq!(seed().step_of(&spaced, at(100 * STEP)).unwrap(), Some(100));
        for wrong in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"] {
            assert_eq!(seed().step_of(wrong, at(100 * STEP)).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn an_app_is_told_the_seed_in_three_ways() {
        let enrolment = seed().enrolment("sara@amal.example", "Åmål").unwrap();
        assert_eq!(enrolment.typed, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            enrolment.address,
            "otpauth://totp/Samverkan%20%C3%85m%C3%A5l:sara%40amal.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Samverkan%20%C3%85m%C3%A5l"
        );
        assert!(enrolment.picture.side >= 21);
        assert!(enrolment.picture.path.starts_with("M0 0h1v1h-1z"), "the corner of a QR code is dark");
        assert_eq!(format!("{enrolment:?}"), "Enrolment(…)");
    }
}
