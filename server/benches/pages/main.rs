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
/// How many programs fetch the same calendar, each by a subscription of its own.
const PROGRAMS: usize = 600;
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
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == program::BARE) {
        let file = arguments.get(at + 1).context("nothing to serve")?;
        // Of the same kind as the program's own.
        return tokio::runtime::Runtime::new()?.block_on(bare::serve(file.as_ref()));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (table, ahead) = runtime.block_on(measure())?;
    print(&table);
    println!("Working a calendar out before it is asked for took {} of the processor.", micros(ahead));
    Ok(())
}

async fn measure() -> Result<(Vec<Line>, Duration)> {
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
    let Changed { at_once, later, ahead } = changed(&demo, client, &mut language).await?;
    let tag = client.send(Request::get(&feed)).await?.header("etag").to_owned();

    let table = vec![
        line("week page", &demo, client, || page("/")).await?,
        line("agenda page", &demo, client, || page(&agenda)).await?,
        beside_bare(line("feed", &demo, client, || Request::get(&feed)).await?, client, || Request::get(&feed)).await?,
        {
            let held = || Request::get(&feed).header(header::IF_NONE_MATCH, &tag);
            beside_bare(line("feed, ETag matches", &demo, client, held).await?, client, held).await?
        },
        beside_bare_once_each(at_once, client, &feed).await?,
        beside_bare_once_each(later, client, &feed).await?,
    ];
    Ok((table, ahead))
}

/// What it costs to ask for the first time after a change.
struct Changed {
    /// As soon as it was made: it is worked out as they ask.
    at_once: Line,
    /// Later: it was worked out before.
    later: Line,
    /// What that took for each, of the processor.
    ahead: Duration,
}

/// A year's calendar is asked for once by each of many programs.
async fn changed(demo: &Program, client: &mut Client, language: &mut Language) -> Result<Changed> {
    let feeds = year::subscribe(&demo.database().context("no database")?, WHO, PROGRAMS).await?;
    rest(demo, client).await?;
    language.there_and_back(client).await?;
    let at_once = ask_each("feed, at once after a change", demo, client, &feeds).await?;
    rest(demo, client).await?;
    language.there_and_back(client).await?;
    let used = demo.cpu()?;
    rest(demo, client).await?;
    let ahead = demo.cpu()?.saturating_sub(used) / u32::try_from(PROGRAMS)?;
    let later = ask_each("feed, first after a change", demo, client, &feeds).await?;
    Ok(Changed { at_once, later, ahead })
}

/// Asks for each once.
async fn ask_each(name: &'static str, program: &Program, client: &mut Client, feeds: &[String]) -> Result<Line> {
    let (used, mut times, mut bytes) = (program.cpu()?, Vec::new(), 0);
    for feed in feeds {
        let asked = Instant::now();
        let answer = client.send(Request::get(feed)).await?;
        times.push(asked.elapsed());
        ensure!(answer.status == StatusCode::OK, "{name}: {}", answer.status);
        bytes = answer.body.len();
    }
    let cpu = program.cpu()?.saturating_sub(used) / u32::try_from(times.len())?;
    Ok(Line::of(name, StatusCode::OK, bytes, times, cpu))
}

/// Waits until a program has done nothing to speak of for six seconds: four at the most after a change it begins to work ahead. It hung
/// up meanwhile, and is called again.
async fn rest(program: &Program, client: &mut Client) -> Result<()> {
    let (mut since, mut used) = (Instant::now(), program.cpu()?);
    while since.elapsed() < Duration::from_secs(6) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = program.cpu()?;
        if now.saturating_sub(used) > Duration::from_millis(2) {
            since = Instant::now();
        }
        used = now;
    }
    *client = Client::to(&program.address).await?;
    Ok(())
}

/// Measures the bare handler with the same answer too.
async fn beside_bare<F: Fn() -> http::request::Builder>(line: Line, client: &mut Client, request: F) -> Result<Line> {
    let bare = Program::bare(&client.send(request()).await?)?;
    let measured = self::line(line.name, &bare, &mut Client::to(&bare.address).await?, request).await?;
    ensure!(measured.bytes == line.bytes, "the bare handler gave {} bytes", measured.bytes);
    Ok(Line { bare: Some((measured.middle, measured.cpu)), ..line })
}

/// The same for what was asked for once by each of many programs.
async fn beside_bare_once_each(line: Line, client: &mut Client, feed: &str) -> Result<Line> {
    let bare = Program::bare(&client.send(Request::get(feed)).await?)?;
    let mut asks = Client::to(&bare.address).await?;
    rest(&bare, &mut asks).await?;
    let measured = ask_each(line.name, &bare, &mut asks, &vec![feed.to_owned(); PROGRAMS]).await?;
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
        "| what                         | status |   bytes | requests |    middle | 99 of 100 |  CPU each | bare: middle | CPU each | × CPU |"
    );
    println!(
        "| ---------------------------- | -----: | ------: | -------: | --------: | --------: | --------: | -----------: | -------: | ----: |"
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
            "| {name:<28} | {:>6} | {bytes:>7} | {requests:>8} | {:>9} | {:>9} | {:>9} | {beside} |",
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
