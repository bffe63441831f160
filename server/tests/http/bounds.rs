//! Bounds in size, number and time (DOS), and the stop (R14).

use std::time::{Duration, Instant};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    routing::get,
};
use server::{
    http::{ADDRESS, BODY},
    listen::Limits,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::world::{World, ask, form, raw, served};

#[tokio::test]
async fn a_body_may_be_as_large_as_its_bound_and_not_one_byte_larger() {
    let world = World::new().await;
    let of = |length: usize, declared: bool| {
        let mut request = form("/api/frame/language", "", &[]);
        *request.body_mut() = Body::from("a".repeat(length));
        if declared {
            request.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        }
        request
    };
    for declared in [true, false] {
        // Read to its end, and then refused for want of a token.
        assert_eq!(ask(&world.router, of(BODY, declared)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ask(&world.router, of(BODY + 1, declared)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
}

#[tokio::test]
async fn an_address_may_be_as_long_as_its_bound_and_not_one_byte_longer() {
    let world = World::new().await;
    let path = |length: usize| format!("/tangentbord?{}", "a".repeat(length - "/tangentbord?".len()));
    assert_eq!(world.get(&path(ADDRESS)).await.status, StatusCode::OK);
    assert_eq!(world.get(&path(ADDRESS + 1)).await.status, StatusCode::URI_TOO_LONG);
}

#[tokio::test]
async fn headers_may_be_many_and_large_only_within_their_bounds() {
    let world = World::new().await;
    let server = served(world.router.clone(), Limits::default()).await;
    let head = |count: usize, size: usize| {
        let lines = format!("x: {}\r\n", "a".repeat(size)).repeat(count);
        format!("GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{lines}\r\n")
    };
    let status = |answer: String| answer.split(' ').nth(1).unwrap_or_default().to_owned();
    for (more, expected) in [(62, "200"), (63, "431"), (110, "431")] {
        assert_eq!(status(raw(server.address, head(more, 10).as_bytes()).await), expected, "{more} and two");
    }
    assert_eq!(status(raw(server.address, head(2, 20_000).as_bytes()).await), "431");
}

/// F8
#[tokio::test]
async fn who_says_nothing_or_speaks_too_slowly_is_hung_up_on() {
    let world = World::new().await;
    let limits = Limits { head: Duration::from_millis(300), ..Limits::default() };
    let server = served(world.router.clone(), limits).await;
    let started = Instant::now();
    let mut silent = Vec::new();
    let mut slow = Vec::new();
    for _ in 0..40 {
        silent.push(TcpStream::connect(server.address).await.unwrap());
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nx-slow: ").await.unwrap();
        slow.push(stream);
    }
    // Others are served meanwhile.
    let answer = raw(server.address, b"GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    for mut stream in silent.into_iter().chain(slow) {
        let mut rest = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await;
        assert!(read.is_ok(), "still open after {:?}", started.elapsed());
    }
}

#[tokio::test]
async fn one_address_gets_its_share_of_connections_and_no_more() {
    let world = World::new().await;
    let limits = Limits { per_address: 3, ..Limits::default() };
    let server = served(world.router.clone(), limits).await;
    let ask = b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
    let mut held = Vec::new();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(ask).await.unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
        held.push(stream);
    }
    assert_eq!(raw(server.address, ask).await, "", "a fourth is closed unanswered");
    drop(held.pop());
    // The place is free as soon as the server has seen the end.
    let mut answer = String::new();
    for _ in 0..50 {
        answer = raw(server.address, b"GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        if !answer.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

fn slow(world: &World, takes: Duration) -> Router {
    let slow = get(move || async move {
        tokio::time::sleep(takes).await;
        "whole"
    });
    world.shell_around(Router::new().route("/slow", slow), Duration::from_secs(30))
}

const SLOW: &[u8] = b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n";

/// R14
#[tokio::test]
async fn a_stop_lets_what_runs_come_to_its_end_and_takes_nothing_new() {
    let world = World::new().await;
    let server = served(slow(&world, Duration::from_millis(400)), Limits::default()).await;
    let running: Vec<_> = (0..20).map(|_| tokio::spawn(raw(server.address, SLOW))).collect();
    tokio::time::sleep(Duration::from_millis(150)).await;
    server.stop.send(()).unwrap();
    for request in running {
        let answer = request.await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("whole"), "{answer}");
    }
    tokio::time::timeout(Duration::from_secs(2), server.done).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}

/// R14
#[tokio::test]
async fn a_second_signal_and_the_end_of_patience_stop_at_once() {
    let world = World::new().await;
    for cut_by_hand in [true, false] {
        let drain = if cut_by_hand { Duration::from_secs(30) } else { Duration::from_millis(50) };
        let server = served(slow(&world, Duration::from_secs(20)), Limits { drain, ..Limits::default() }).await;
        let running = tokio::spawn(raw(server.address, SLOW));
        tokio::time::sleep(Duration::from_millis(100)).await;
        server.stop.send(()).unwrap();
        if cut_by_hand {
            server.cut.send(()).unwrap();
        }
        server.done.await.unwrap();
        assert!(!running.is_finished(), "the answer was waited for");
        running.abort();
    }
}

#[tokio::test]
async fn a_live_server_says_so_and_a_ready_one_has_its_database() {
    let world = World::new().await;
    assert_eq!(world.get("/healthz").await.body, "ok");
    assert_eq!(world.get("/readyz").await.body, "ready");
    world.backend.close().await.unwrap();
    assert_eq!(world.get("/healthz").await.status, StatusCode::OK);
    let answer = world.send(Request::get("/readyz")).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "not ready"));
}
