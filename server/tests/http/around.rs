//! What every response carries.

use std::{collections::HashSet, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
    routing::get,
};

use crate::world::{Answer, OTHER_METHODS, World, ask, form};

/// WEB-05, WEB-07
fn assert_hard(answer: &Answer, what: &str) {
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "'strict-dynamic' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{what}: {part} is not in {policy:?}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{what}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=63072000; includeSubDomains; preload"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    assert!(answer.header("permissions-policy").contains("camera=()"), "{what}");
    assert!(answer.headers.contains_key(header::CACHE_CONTROL), "{what}");
    assert_eq!(answer.header("x-request-id").len(), 13, "{what}");
    for absent in ["server", "x-powered-by", "access-control-allow-origin"] {
        assert!(!answer.headers.contains_key(absent), "{what}: {absent}");
    }
}

fn nonce(answer: &Answer) -> String {
    let (_, rest) = answer.header("content-security-policy").split_once("'nonce-").unwrap();
    rest.split('\'').next().unwrap().to_owned()
}

/// WEB-07
#[tokio::test]
async fn every_response_carries_the_headers_whatever_answers_it() {
    let world = World::new().await;
    let id = "00000000-0000-4000-8000-000000000000";
    let mut paths: Vec<String> = server::http::pages()
        .into_iter()
        .map(|page| {
            page.split('/').map(|part| if part.starts_with('{') { id } else { part }).collect::<Vec<_>>().join("/")
        })
        .collect();
    assert!(paths.len() > 1);
    paths.extend(
        ["/healthz", "/readyz", "/pkg/a.1.js", "/favicon.svg", "/nowhere", "/api/nowhere", "/manifest.json"]
            .map(Into::into),
    );
    paths.push(format!("/{}", "a".repeat(3000)));
    for path in &paths {
        for method in [Method::GET, Method::HEAD, Method::POST].into_iter().chain(OTHER_METHODS) {
            let request = Request::builder().method(&method).uri(path);
            let request = if method == Method::CONNECT { request.uri("samverkan.test:443") } else { request };
            assert_hard(&world.send(request).await, &format!("{method} {path}"));
        }
    }
}

async fn panics() -> &'static str {
    panic!("the child's name is Åsa")
}

/// WEB-07
#[tokio::test]
async fn what_breaks_or_takes_too_long_carries_the_headers_and_says_nothing() {
    let world = World::new().await;
    let broken =
        Router::new().route("/panics", get(panics)).route("/hangs", get(|| tokio::time::sleep(Duration::from_mins(1))));
    let router = world.shell_around(broken, Duration::from_millis(50));
    for (path, status) in [("/panics", StatusCode::INTERNAL_SERVER_ERROR), ("/hangs", StatusCode::SERVICE_UNAVAILABLE)]
    {
        let answer = ask(&router, Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status);
        assert_hard(&answer, path);
        assert!(!answer.body.contains("Åsa"));
    }
}

/// WEB-05
#[tokio::test]
async fn a_nonce_is_never_used_again_and_stands_in_nonce_attributes_only() {
    let world = World::new().await;
    let mut seen = HashSet::new();
    for _ in 0..50 {
        let page = world.get("/tangentbord").await;
        let nonce = nonce(&page);
        assert!(nonce.len() >= 22, "128 bits in base 64");
        let mentions = page.body.matches(&nonce).count();
        assert!(mentions > 0);
        assert_eq!(mentions, page.body.matches(&format!("nonce=\"{nonce}\"")).count(), "F7");
        assert!(seen.insert(nonce));
    }
}

/// SESS-07
#[tokio::test]
async fn pages_are_kept_by_nobody_and_hashed_files_for_ever() {
    let world = World::new().await;
    assert_eq!(world.get("/tangentbord").await.header("cache-control"), "no-store");
    assert_eq!(world.get("/nowhere").await.header("cache-control"), "no-store");
    let style = world.send(Request::get("/pkg/a.3.css").header("accept-encoding", "gzip, br;q=1")).await;
    assert_eq!(style.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!((style.header("content-encoding"), style.body.as_str()), ("br", "brotli"));
    let again = world.send(Request::get("/pkg/a.3.css").header("if-none-match", style.header("etag"))).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert!(!world.get("/favicon.svg").await.header("cache-control").contains("immutable"));
}

/// WEB-01
#[tokio::test]
async fn only_get_head_and_post_are_known_and_each_only_where_it_belongs() {
    let world = World::new().await;
    for method in OTHER_METHODS.into_iter().filter(|method| method != Method::CONNECT) {
        for path in ["/", "/tangentbord", "/api/frame/language", "/healthz", "/pkg/a.1.js"] {
            let answer = world.send(Request::builder().method(&method).uri(path)).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert!(!answer.header("allow").is_empty());
        }
    }
    assert_eq!(world.send(Request::post("/tangentbord")).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(world.get("/api/frame/language").await.status, StatusCode::METHOD_NOT_ALLOWED);
    let head = world.send(Request::head("/tangentbord")).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
}

/// BREACH: lengths of compressed pages are told to nobody who can make a browser ask for them from another site.
#[tokio::test]
async fn pages_that_another_site_asks_for_are_not_compressed() {
    let world = World::new().await;
    let page = |site: &'static str| {
        Request::get("/tangentbord").header("accept-encoding", "br, gzip").header("sec-fetch-site", site)
    };
    assert_eq!(world.send(page("same-origin")).await.header("content-encoding"), "br");
    assert_eq!(world.send(page("none")).await.header("content-encoding"), "br");
    assert_eq!(world.send(page("cross-site")).await.header("content-encoding"), "");
    assert_eq!(world.send(page("same-site")).await.header("content-encoding"), "");
}

/// SESS-01
#[tokio::test]
async fn every_cookie_is_bound_to_this_host_and_hidden_from_script() {
    let world = World::new().await;
    let page = world.get("/tangentbord").await;
    let form = form("/api/frame/language", &page.cookies(), &[("_token", &page.field("_token")), ("language", "en")]);
    let changed = ask(&world.router, form).await;
    for answer in [page, changed] {
        let lines: Vec<_> =
            answer.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect();
        assert!(!lines.is_empty());
        for line in lines {
            assert!(line.starts_with("__Host-"), "{line}");
            for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
                assert!(line.contains(part), "{line}");
            }
            assert!(!line.contains("Domain"), "{line}");
        }
    }
}
