//! A daemon that behaves as `clamd` does.

use server::scanner::Scanner;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpListener,
};

/// EICAR's test file, which every scanner calls a virus; put together here so that no scanner finds it in our own files.
pub fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

/// Reads what was sent by the rules of `INSTREAM` and gives it back.
pub async fn received(from: &mut (impl AsyncRead + Unpin)) -> Vec<u8> {
    let mut command = [0; 10];
    from.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut all = Vec::new();
    loop {
        let length = from.read_u32().await.unwrap();
        if length == 0 {
            return all;
        }
        let mut chunk = vec![0; usize::try_from(length).unwrap()];
        from.read_exact(&mut chunk).await.unwrap();
        all.extend(chunk);
    }
}

/// What `clamd` says of it.
fn verdict(paper: &[u8]) -> &'static [u8] {
    let infected = memchr::memmem::find(paper, &eicar()).is_some();
    if infected { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" }
}

pub async fn answer(mut to: impl AsyncRead + AsyncWrite + Unpin) {
    let paper = received(&mut to).await;
    to.write_all(verdict(&paper)).await.unwrap();
}

/// A daemon that listens for as long as the test runs.
pub async fn daemon() -> Scanner {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            answer(stream).await;
        }
    });
    Scanner::Address(address.to_string())
}
