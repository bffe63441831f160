//! The way of a change: where it may come from, and what a form gets back.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::world::{ORIGIN, World, ask, form};

const LANGUAGE: &str = "/api/frame/language";

/// WEB-02: every server function against every way another site could send a change.
#[tokio::test]
async fn no_other_site_can_send_a_change() {
    let world = World::new().await;
    let page = world.get("/tangentbord").await;
    let token = page.field("_token");
    let functions: Vec<&str> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    assert!(functions.contains(&LANGUAGE));
    let evil: [&[(&str, &str)]; 9] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("origin", "null")],
        &[("origin", "https://evil.example")],
        &[("origin", "https://samverkan.test:8443")],
        &[("origin", "http://samverkan.test")],
        &[("sec-fetch-site", "cross-site"), ("origin", ORIGIN)],
    ];
    for function in functions {
        for headers in evil {
            for accept in ["text/html", "application/json"] {
                let mut request = form(function, &page.cookies(), &[("_token", &token), ("language", "en")]);
                request.headers_mut().remove("sec-fetch-site");
                request.headers_mut().insert(header::ACCEPT, accept.parse().unwrap());
                for (name, value) in headers {
                    request.headers_mut().insert(*name, value.parse().unwrap());
                }
                let answer = ask(&world.router, request).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{function} {headers:?} {accept}");
                assert!(answer.cookies().is_empty());
            }
        }
    }
}

/// WEB-02, F4
#[tokio::test]
async fn bodies_of_other_kinds_are_refused() {
    let world = World::new().await;
    for kind in ["", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "application/cbor"] {
        for accept in ["text/html", "application/json"] {
            let mut request = form(LANGUAGE, "", &[("language", "en")]);
            request.headers_mut().insert(header::CONTENT_TYPE, kind.parse().unwrap());
            request.headers_mut().insert(header::ACCEPT, accept.parse().unwrap());
            assert_eq!(ask(&world.router, request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind:?}");
        }
    }
}

/// WEB-03
#[tokio::test]
async fn a_plain_form_of_our_own_page_works_without_script() {
    let world = World::new().await;
    let page = world.get("/tangentbord").await;
    let token = page.field("_token");
    let sent = [("_token", token.as_str()), ("_page", "/tangentbord"), ("language", "en")];
    let answer = world.submit(LANGUAGE, &page.cookies(), &sent).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/tangentbord"));
    let cookies = format!("{}; {}", page.cookies(), answer.cookies());
    let english = world.send(Request::get("/tangentbord").header(header::COOKIE, cookies)).await;
    assert!(english.body.contains("<html lang=\"en\">") && english.body.contains("<h1>Keyboard</h1>"));
}

/// WEB-03
#[tokio::test]
async fn a_form_without_its_token_changes_nothing() {
    let world = World::new().await;
    let page = world.get("/tangentbord").await;
    let without = world.submit(LANGUAGE, &page.cookies(), &[("language", "en")]).await;
    assert_eq!(without.status, StatusCode::FORBIDDEN);

    // Somebody else's token: nothing is done either, but what was typed is not lost.
    let token = world.get("/tangentbord").await.field("_token");
    let sent = [("_token", token.as_str()), ("_page", "/tangentbord"), ("language", "en")];
    let other = world.submit(LANGUAGE, &page.cookies(), &sent).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    assert!(other.location().starts_with("/tangentbord?utkast="), "{}", other.location());
    assert!(other.cookies().is_empty());
}

/// WEB-04
#[tokio::test]
async fn a_form_never_leads_away_from_here() {
    let world = World::new().await;
    let page = world.get("/tangentbord").await;
    let token = page.field("_token");
    for away in [
        "//evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "evil",
        "/a\r\nset-cookie: x=1",
    ] {
        for language in ["en", "no such"] {
            let mut request =
                form(LANGUAGE, &page.cookies(), &[("_token", &token), ("_page", away), ("language", language)]);
            if let Ok(referer) = away.parse() {
                request.headers_mut().insert(header::REFERER, referer);
            }
            let answer = ask(&world.router, request).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            assert!(
                answer.location() == "/" || answer.location().starts_with("/?utkast="),
                "{away:?} → {}",
                answer.location()
            );
            assert!(!answer.headers.contains_key("x"));
        }
    }
}

/// WEB-04: nothing typed and no error of Leptos' own stands in the address.
#[tokio::test]
async fn a_form_that_was_not_accepted_comes_back_with_nothing_but_an_id() {
    let world = World::new().await;
    let page = world.get("/tangentbord").await;
    let token = page.field("_token");
    let sent =
        [("_token", token.as_str()), ("_page", "/tangentbord?vecka=1"), ("language", "canary"), ("note", "canary")];
    let answer = world.submit(LANGUAGE, &page.cookies(), &sent).await;
    let (rest, id) = answer.location().split_once("utkast=").unwrap();
    assert_eq!(rest, "/tangentbord?vecka=1&");
    assert!(id.len() >= 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    assert!(!answer.location().contains("__err") && !answer.location().contains("canary"));
}

/// AUTH-06: what must not be kept is not.
#[tokio::test]
async fn passwords_and_codes_are_in_no_draft() {
    let world = World::new().await;
    let page = world.get("/tangentbord").await;
    let token = page.field("_token");
    let sent = [
        ("_token", token.as_str()),
        ("language", "x"),
        ("email", "a@b.se"),
        ("password", "hemligt"),
        ("code", "123456"),
    ];
    let answer = world.submit(LANGUAGE, &page.cookies(), &sent).await;
    let (_, id) = answer.location().split_once("utkast=").unwrap();
    let draft = backend::draft::find(&world.backend, None, id).await.unwrap().unwrap();
    assert!(draft.body.contains("a@b.se"), "what may be kept is");
    assert!(!draft.body.contains("hemligt") && !draft.body.contains("123456") && !draft.body.contains(&token));
}

#[tokio::test]
async fn an_islands_call_gets_the_problem_and_its_status() {
    let world = World::new().await;
    let call = Request::post("/api/session/extend")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::empty())
        .unwrap();
    let answer = ask(&world.router, call).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::UNAUTHORIZED, "\"signed_out\""));
}

#[tokio::test]
async fn a_function_that_does_not_exist_does_not_exist() {
    let world = World::new().await;
    assert_eq!(world.submit("/api/nowhere", "", &[]).await.status, StatusCode::NOT_FOUND);
}
