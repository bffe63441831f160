//! The headers of every response (WEB-05, WEB-07).

use axum::http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{self, Entry},
};

/// Puts the headers on that every response carries, whatever answered it. What is not marked for keeping is kept by nobody.
pub fn harden(headers: &mut HeaderMap, nonce: impl FnOnce() -> String, secure: bool) {
    headers.remove(header::SERVER);
    headers.reserve(FIXED.len() + 4);
    for (name, value) in &FIXED {
        headers.insert(name, value.clone());
    }
    // What is no page of ours may have a narrower one.
    if let Entry::Vacant(place) = headers.entry(header::CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&content_policy(&nonce()))
    {
        place.insert(policy);
    }
    if secure {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains; preload");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

static FIXED: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Nothing here reads Referer: forms carry their page themselves.
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), \
             fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), \
             local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-create=(), \
             publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), usb=(), \
             window-management=(), xr-spatial-tracking=()",
        ),
    ),
];

/// Nothing but our own, and of scripts only those with this response's nonce and what they load.
fn content_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
         object-src 'none'"
    )
}
