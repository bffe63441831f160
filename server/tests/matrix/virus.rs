//! A signed paper on its whole way in, past a virus scanner (UPL-05).

#[path = "../http/clamd.rs"]
mod clamd;

use axum::http::{Request, StatusCode, header};
use data_encoding::BASE64;
use domain::id::ConsentId;
use server::http::{Web, router};

use crate::{
    ask::{ask, get},
    stage::{Stage, State, id_of, web},
    world::Engine,
};

/// One point.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const BOUNDARY: &str = "----samverkan";

fn multipart(fields: &[(&str, &str)], paper: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let head = "Content-Disposition: form-data; name=\"paper\"; filename=\"a.png\"\r\nContent-Type: image/png";
    body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").bytes());
    body.extend(paper);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn upl_05_a_paper_with_a_virus_is_not_kept() {
    let stage = Stage::set(Engine::Sqlite).await;
    let program = env!("CARGO_BIN_EXE_samverkan").into();
    let router = router(Web { program, ..web(&stage.world, Some(clamd::daemon().await)) });
    let anna = stage.principals.iter().find(|one| one.who == "anna").unwrap();
    let case = stage.laid[&State::Valid].case;
    let consent = ConsentId::from_uuid(id_of(&stage.world, "consent", case).await.unwrap());
    let kept = async || stage.world.text("SELECT CAST(count(*) AS TEXT) FROM consent_paper").await.unwrap();
    let before = kept().await;
    let png = BASE64.decode(PNG.as_bytes()).unwrap();
    let send = async |paper: &[u8]| {
        let address = format!("/arenden/{case}");
        let page = get(&router, anna, &address).await.body;
        let token = page.split("name=\"_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let (case, consent) = (case.to_string(), consent.to_string());
        let fields =
            [("case", &*case), ("consent", &consent), ("_token", token), ("_page", &address), ("_form", &consent)];
        let request = Request::post("/blankett")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("sec-fetch-site", "same-origin");
        let answer = ask(&router, anna, request, multipart(&fields, paper)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        get(&router, anna, &answer.location).await.body
    };
    let told = send(&[png.clone(), clamd::eicar()].concat()).await;
    assert!(told.contains("Filen innehåller ett känt virus och sparades inte."), "{told}");
    assert_eq!(kept().await, before);
    let told = send(&png).await;
    assert!(told.contains("Blanketten är bifogad"), "{told}");
    assert_ne!(kept().await, before);
}
