//! What pages cost over HTTP: the real program with its demo beside a bare axum handler, asked by the same client in turn.
//!
//! `cargo xtask bench` runs it. Times are wall clock of one request after the other on one open connection; CPU is what the
//! server's process used, as the kernel counts it, over all of them.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

mod client;
mod program;
mod sign_in;

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use axum::{Router, routing::get};
use client::{Answer, Client};
use http::{Request, StatusCode, header};
use program::Program;

/// How long each page is asked for.
const LASTS: Duration = Duration::from_secs(3);
/// Requests before anything is measured.
const WARM_UP: usize = 30;
/// Who asks: the coordinator of the demo.
const WHO: &str = "maria@amal.example";

/// One line of the table.
struct Line {
    name: &'static str,
    status: StatusCode,
    bytes: usize,
    requests: usize,
    /// In the middle, and at the 99th of a hundred.
    middle: Duration,
    slow: Duration,
    /// Of the server, for each request.
    cpu: Duration,
}

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if std::env::args().any(|argument| argument == program::BARE) {
        return runtime.block_on(serve_bare());
    }
    let table = runtime.block_on(measure())?;
    print(&table);
    Ok(())
}

/// The least a server can do with axum, in a process of its own.
async fn serve_bare() -> Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", get(|| async { "ok" }))).await?;
    Ok(())
}

async fn measure() -> Result<Vec<Line>> {
    let (bare, demo) = (Program::bare()?, Program::demo()?);
    let mut to_bare = Client::to(&bare.address).await?;
    let mut to_demo = Client::to(&demo.address).await?;
    let cookies = sign_in::as_somebody(&mut to_demo, WHO).await?;
    let plain = |path: &str| Request::get(path).header(header::COOKIE, &cookies);
    let page = |path: &str| plain(path).header(header::ACCEPT_ENCODING, "gzip, deflate, br");
    let week = to_demo.text(plain("/")).await?;
    let agenda = first_meeting(&week).context("the week holds no meeting")?;
    let feed = demo.feed.clone().context("the demo told no feed")?;
    let tag = to_demo.send(Request::get(&feed)).await?.header("etag").to_owned();

    Ok(vec![
        line("bare axum handler", &bare, &mut to_bare, || Request::get("/")).await?,
        line("week page", &demo, &mut to_demo, || page("/")).await?,
        line("agenda page", &demo, &mut to_demo, || page(&agenda)).await?,
        line("feed", &demo, &mut to_demo, || Request::get(&feed)).await?,
        line("feed, ETag matches", &demo, &mut to_demo, || Request::get(&feed).header(header::IF_NONE_MATCH, &tag))
            .await?,
        line("bare axum handler, again", &bare, &mut to_bare, || Request::get("/")).await?,
    ])
}

/// The address of the week's first meeting.
fn first_meeting(week: &str) -> Option<String> {
    let (_, rest) = week.split_once("href=\"/traffar/")?;
    Some(format!("/traffar/{}", rest.split('"').next()?))
}

async fn line<F: Fn() -> http::request::Builder>(
    name: &'static str,
    program: &Program,
    client: &mut Client,
    request: F,
) -> Result<Line> {
    let Answer { status, body, .. } = client.send(request()).await?;
    for _ in 0..WARM_UP {
        client.send(request()).await?;
    }
    let (started, used) = (Instant::now(), program.cpu()?);
    let mut times = Vec::new();
    while started.elapsed() < LASTS {
        let asked = Instant::now();
        let answer = client.send(request()).await?;
        times.push(asked.elapsed());
        ensure!(answer.status == status, "{name}: {} after {status}", answer.status);
    }
    let cpu = program.cpu()?.saturating_sub(used) / u32::try_from(times.len())?;
    times.sort_unstable();
    let at = |hundredth: usize| times.get((times.len() - 1) * hundredth / 100).copied().unwrap_or_default();
    Ok(Line { name, status, bytes: body.len(), requests: times.len(), middle: at(50), slow: at(99), cpu })
}

fn print(table: &[Line]) {
    let bare = table.first().map_or(1.0, |line| line.middle.as_secs_f64());
    println!("| what                     | status |   bytes | requests |   middle |  99 of 100 | × bare | CPU each |");
    println!("| ------------------------ | -----: | ------: | -------: | -------: | ---------: | -----: | -------: |");
    for Line { name, status, bytes, requests, middle, slow, cpu } in table {
        let ratio = middle.as_secs_f64() / bare;
        println!(
            "| {name:<24} | {:>6} | {bytes:>7} | {requests:>8} | {:>8} | {:>10} | {ratio:>6.1} | {:>8} |",
            status.as_u16(),
            millis(*middle),
            millis(*slow),
            millis(*cpu),
        );
    }
}

fn millis(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1000.0)
}
