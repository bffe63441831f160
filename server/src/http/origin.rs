//! Whether a change comes from a page of ours (WEB-02). Leptos checks nothing of the kind.

use axum::http::{HeaderMap, header};

/// Whether a POST was sent by a page of this origin. Browsers say so in `Sec-Fetch-Site`; those that do not (before 2023) must
/// name the origin itself. A page of another site, another port, a file or a bare tool says neither.
#[must_use]
pub fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    let text =
        |name: &str| headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default()).collect::<Vec<_>>();
    match text("sec-fetch-site").as_slice() {
        [site] => *site == "same-origin",
        [] => text(header::ORIGIN.as_str()) == [origin],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        is_ours(&headers, "https://samverkan.example.se")
    }

    /// WEB-02
    #[test]
    fn only_a_page_of_ours_may_send_a_change() {
        assert!(sent(&[("sec-fetch-site", "same-origin")]));
        // With `Referrer-Policy: no-referrer` a form's own origin is `null`; the browser's word on the site decides.
        assert!(sent(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(sent(&[("origin", "https://samverkan.example.se")]));
        for refused in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://samverkan.example.se")],
            &[("origin", "null")],
            &[("origin", "https://evil.example")],
            &[("origin", "https://samverkan.example.se:8443")],
            &[("origin", "http://samverkan.example.se")],
            &[("origin", "https://samverkan.example.se.evil.example")],
        ] {
            assert!(!sent(refused), "{refused:?}");
        }
    }
}
