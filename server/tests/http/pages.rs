//! Pages that need nobody signed in, and the frame around all.

use axum::http::{Request, StatusCode, header};

use crate::world::World;

#[tokio::test]
async fn an_address_that_leads_nowhere_gets_the_page_for_it_in_the_frame() {
    let world = World::new().await;
    for path in
        ["/nowhere", "/arenden/nowhere/at/all", "/%F0%9F", "/..%2f..%2fetc/passwd", "/pkg/none.js", "/manifest.json"]
    {
        let page = world.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("<h1>Sidan finns inte</h1>"), "{path}");
        assert!(page.body.contains("<title>Sidan finns inte · Samverkan</title>"), "{path}");
        assert!(page.body.contains("Hoppa till innehållet"), "{path}");
    }
}

#[tokio::test]
async fn the_statement_and_the_help_are_open_to_anybody_in_both_languages() {
    let world = World::new().await;
    for (path, swedish, english) in
        [("/tillganglighet", "Tillgänglighet", "Accessibility"), ("/tangentbord", "Tangentbord", "Keyboard")]
    {
        for (cookie, lang, title) in
            [("", "sv", swedish), ("__Host-sprak=en", "en", english), ("__Host-sprak=xx", "sv", swedish)]
        {
            let page = world.send(Request::get(path).header(header::COOKIE, cookie)).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.body.contains(&format!("<html lang=\"{lang}\">")), "{path} {cookie}");
            assert!(page.body.contains(&format!("<title>{title} · Samverkan</title>")), "{path} {cookie}");
        }
    }
}

#[tokio::test]
async fn a_page_that_only_script_could_finish_is_no_page() {
    let world = World::new().await;
    let page = world.get("/tillganglighet").await;
    assert!(page.body.contains("Provkommun står bakom"), "rendered whole");
    assert!(!page.body.contains("<template"), "nothing is streamed in later");
    // Nobody signed in, no island: no module is fetched.
    assert!(!page.body.contains("modulepreload"));
}

#[tokio::test]
async fn what_stands_in_the_address_is_never_written_into_the_page_as_it_is() {
    let world = World::new().await;
    let page = world.get("/tangentbord?sagt=%3Cscript%3E&utkast=%3Cscript%3E&x=%22%3E%3Cscript%3Ealert(1)").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("<script>alert"));
    assert_eq!(page.field("_page"), "/tangentbord?x=%22%3E%3Cscript%3Ealert(1)");
}
