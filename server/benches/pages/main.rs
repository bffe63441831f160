//! What pages cost over HTTP: the real program with its demo; calendars beside a bare axum handler that gives the same bytes, headers
//! and all. One client asks each in turn.
//!
//! `cargo xtask bench` runs it. Times are wall clock of one request after the other on one open connection; CPU is what the
//! server's process used, as the kernel counts it, over all of them.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

mod bare;
mod client;
mod program;
mod sign_in;
mod year;

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use client::{Answer, Client};
use http::{Request, StatusCode, header};
use program::Program;
use sign_in::Language;

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
    /// The bare handler with the same answer: its time in the middle, and of the processor.
    bare: Option<(Duration, Duration)>,
}

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == program::BARE) {
        let file = arguments.get(at + 1).context("nothing to serve")?;
        return runtime.block_on(bare::serve(file.as_ref()));
    }
    let table = runtime.block_on(measure())?;
    print(&table);
    Ok(())
}

async fn measure() -> Result<Vec<Line>> {
    let demo = Program::demo()?;
    let client = &mut Client::to(&demo.address).await?;
    let feed = demo.feed.clone().context("the demo told no feed")?;
    let cookies = sign_in::as_somebody(client, WHO).await?;
    let there = year::occurrences(client, &feed).await?;
    year::lay_out(&demo.database().context("no database")?, WHO, there).await?;
    let mut language = Language::of(client, &cookies).await?;
    language.change(client).await?; // so that the program looks anew
    year::must_be_whole(client, &feed).await?;
    let plain = |path: &str| Request::get(path).header(header::COOKIE, &cookies);
    let page = |path: &str| plain(path).header(header::ACCEPT_ENCODING, "gzip, deflate, br");
    let week = client.text(plain("/")).await?;
    let agenda = first_meeting(&week).context("the week holds no meeting")?;
    let tag = client.send(Request::get(&feed)).await?.header("etag").to_owned();

    Ok(vec![
        line("week page", &demo, client, || page("/")).await?,
        line("agenda page", &demo, client, || page(&agenda)).await?,
        beside_bare(line("feed", &demo, client, || Request::get(&feed)).await?, client, || Request::get(&feed)).await?,
        {
            let held = || Request::get(&feed).header(header::IF_NONE_MATCH, &tag);
            beside_bare(line("feed, ETag matches", &demo, client, held).await?, client, held).await?
        },
        beside_bare(changed(&demo, client, &feed, &mut language).await?, client, || Request::get(&feed)).await?,
    ])
}

/// A calendar that has to be worked out anew, as something was changed since: what the change costs is taken off.
async fn changed(demo: &Program, client: &mut Client, feed: &str, language: &mut Language) -> Result<Line> {
    let mut cpu_of = [Duration::ZERO; 2];
    let (mut times, mut last) = (Vec::new(), None);
    for (with_feed, cpu) in [false, true].into_iter().zip(&mut cpu_of) {
        let (started, used, mut rounds) = (Instant::now(), demo.cpu()?, 0);
        while started.elapsed() < LASTS {
            language.change(client).await?;
            if with_feed {
                let asked = Instant::now();
                last = Some(client.send(Request::get(feed)).await?);
                times.push(asked.elapsed());
            }
            rounds += 1;
        }
        *cpu = demo.cpu()?.saturating_sub(used) / rounds;
    }
    let [change, both] = cpu_of;
    let Answer { status, body, .. } = last.context("no feed was asked for")?;
    Ok(Line::of("feed, after a change", status, body.len(), times, both.saturating_sub(change)))
}

/// Measures the bare handler with the same answer too.
async fn beside_bare<F: Fn() -> http::request::Builder>(line: Line, client: &mut Client, request: F) -> Result<Line> {
    let bare = Program::bare(&client.send(request()).await?)?;
    let measured = self::line(line.name, &bare, &mut Client::to(&bare.address).await?, request).await?;
    ensure!(measured.bytes == line.bytes, "the bare handler gave {} bytes", measured.bytes);
    Ok(Line { bare: Some((measured.middle, measured.cpu)), ..line })
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
    Ok(Line::of(name, status, body.len(), times, cpu))
}

impl Line {
    fn of(name: &'static str, status: StatusCode, bytes: usize, mut times: Vec<Duration>, cpu: Duration) -> Self {
        times.sort_unstable();
        let at = |hundredth: usize| times.get((times.len() - 1) * hundredth / 100).copied().unwrap_or_default();
        Self { name, status, bytes, requests: times.len(), middle: at(50), slow: at(99), cpu, bare: None }
    }
}

fn print(table: &[Line]) {
    println!(
        "| what                 | status |   bytes | requests |    middle | 99 of 100 |  CPU each | bare: middle | CPU each | × CPU |"
    );
    println!(
        "| -------------------- | -----: | ------: | -------: | --------: | --------: | --------: | -----------: | -------: | ----: |"
    );
    for Line { name, status, bytes, requests, middle, slow, cpu, bare } in table {
        let beside = bare.map_or_else(
            || format!("{:>12} | {:>8} | {:>5}", "", "", ""),
            |(middle, its)| {
                let ratio = cpu.as_secs_f64() / its.as_secs_f64();
                format!("{:>12} | {:>8} | {ratio:>5.2}", micros(middle), micros(its))
            },
        );
        println!(
            "| {name:<20} | {:>6} | {bytes:>7} | {requests:>8} | {:>9} | {:>9} | {:>9} | {beside} |",
            status.as_u16(),
            micros(*middle),
            micros(*slow),
            micros(*cpu),
        );
    }
}

fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}
