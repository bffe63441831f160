//! E-mail addresses as people type them.

use domain::flaw::FlawKind;
use lettre::Address;

/// Longest address that mail carries (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;

/// An address as it is stored and looked up: trimmed and in lower case.
///
/// # Errors
/// The flaw of the field.
pub(crate) fn email(text: &str) -> Result<String, FlawKind> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FlawKind::Required);
    }
    if text.chars().count() > LONGEST {
        return Err(FlawKind::TooLong { max: 254 });
    }
    let text = text.to_lowercase();
    let address: Address = text.parse().map_err(|_| FlawKind::NotAnEmail)?;
    let plain = text.is_ascii() && !text.contains(['"', '[', ' ']) && address.domain().contains('.');
    if plain { Ok(text) } else { Err(FlawKind::NotAnEmail) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_however_it_is_written() {
        assert_eq!(email(" Sara.Lind@Amal.EXAMPLE "), Ok("sara.lind@amal.example".into()));
        for bad in [
            "sara",
            "sara@",
            "@amal.example",
            "sara lind@amal.example",
            "sara@amal",
            "a@b@c.example",
            "\"a b\"@c.example",
        ] {
            assert_eq!(email(bad), Err(FlawKind::NotAnEmail), "{bad}");
        }
        assert_eq!(email(" "), Err(FlawKind::Required));
        assert_eq!(email(&format!("{}@amal.example", "a".repeat(250))), Err(FlawKind::TooLong { max: 254 }));
    }
}
