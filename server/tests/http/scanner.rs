//! The conversation with a virus scanner (UPL-05), with daemons that behave as `clamd` does and as none should.

use std::time::Duration;

use domain::paper::PaperFlaw;
use server::scanner::Scanner;
use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, UnixListener},
};

use crate::clamd::{answer, daemon, eicar, received};

/// A daemon that takes in what it is sent and says this; nothing at all where there is nothing to say.
async fn saying(said: Option<&'static [u8]>) -> Scanner {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = received(&mut stream).await;
        match said {
            Some(said) => stream.write_all(said).await.unwrap(),
            None => std::future::pending().await,
        }
    });
    Scanner::Address(address.to_string())
}

const PATIENCE: Duration = Duration::from_secs(10);

/// UPL-05
#[tokio::test]
async fn a_known_virus_is_refused_and_all_else_passes() {
    let scanner = daemon().await;
    let large = vec![7; 200_001];
    for clean in [b"a form".as_slice(), &large] {
        assert_eq!(scanner.look_through(clean, PATIENCE).await, Ok(()));
    }
    let hidden = [large, eicar()].concat();
    for infected in [eicar(), hidden] {
        assert_eq!(scanner.look_through(&infected, PATIENCE).await, Err(PaperFlaw::Infected));
    }
}

/// UPL-05
#[tokio::test]
async fn a_socket_of_the_machine_does_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clamd.ctl");
    let listener = UnixListener::bind(&file).unwrap();
    tokio::spawn(async move { answer(listener.accept().await.unwrap().0).await });
    assert_eq!(Scanner::Socket(file).look_through(&eicar(), PATIENCE).await, Err(PaperFlaw::Infected));
}

/// UPL-05: nothing passes but what was called clean.
#[tokio::test]
async fn a_scanner_that_gives_no_verdict_lets_nothing_pass() {
    for said in [
        b"INSTREAM size limit exceeded. ERROR\0".as_slice(),
        b"stream: Can't allocate memory ERROR\0",
        b"HTTP/1.1 200 OK\r\n\r\nstream: OK",
        b"stream: OK FOUND it is not\0",
        b"OK\0",
        b"",
    ] {
        let told = saying(Some(said)).await.look_through(b"a form", PATIENCE).await;
        assert_eq!(told, Err(PaperFlaw::NotScanned), "{}", String::from_utf8_lossy(said));
    }
    let silent = saying(None).await.look_through(b"a form", Duration::from_millis(200)).await;
    assert_eq!(silent, Err(PaperFlaw::NotScanned));
}

/// UPL-05
#[tokio::test]
async fn a_scanner_that_is_down_lets_nothing_pass() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gone = Scanner::Address(listener.local_addr().unwrap().to_string());
    drop(listener);
    let broken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hangs_up = Scanner::Address(broken.local_addr().unwrap().to_string());
    tokio::spawn(async move { while broken.accept().await.is_ok() {} });
    let nowhere = Scanner::Socket("/nowhere/clamd.ctl".into());
    for scanner in [gone, hangs_up, nowhere] {
        assert_eq!(scanner.look_through(&vec![0; 10 << 20], PATIENCE).await, Err(PaperFlaw::NotScanned), "{scanner:?}");
    }
}
