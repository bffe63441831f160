//! Reading cookies.

use axum::http::{HeaderMap, header};

/// The value of a cookie. Two of the same name are none: somebody planted one.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs =
        headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    let mut found = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(held, _)| *held == name);
    let (_, value) = found.next()?;
    (found.next().is_none() && !value.is_empty() && value.len() <= 200).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_and_only_when_alone() {
        let headers: HeaderMap =
            [(header::COOKIE, "a=1; __Host-sid=abc; sid=x".parse().unwrap())].into_iter().collect();
        assert_eq!(cookie(&headers, "__Host-sid"), Some("abc"));
        assert_eq!(cookie(&headers, "id"), None);
        let twice: HeaderMap = [(header::COOKIE, "sid=1; sid=2".parse().unwrap())].into_iter().collect();
        assert_eq!(cookie(&twice, "sid"), None);
    }
}
