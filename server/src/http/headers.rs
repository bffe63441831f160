//! The headers of every response (WEB-05, WEB-07).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Puts the headers on that every response carries, whatever answered it. What is not marked for keeping is kept by nobody.
pub fn harden(headers: &mut HeaderMap, nonce: &str, secure: bool) {
    headers.remove(header::SERVER);
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&content_policy(nonce)) {
        // A paper somebody sent has a narrower one.
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    if secure {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains; preload");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

const FIXED: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    // Nothing here reads Referer: forms carry their page themselves.
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), \
         fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), \
         local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-create=(), \
         publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), usb=(), \
         window-management=(), xr-spatial-tracking=()",
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
