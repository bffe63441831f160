//! The least a server can do with axum: one handler that gives the same bytes to everything.

use std::{fs, io::Write as _, path::Path};

use anyhow::{Context as _, Result};
use axum::{Router, body::Bytes, response::IntoResponse as _};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::client::Answer;

/// Headers that hyper writes itself.
const ITS_OWN: [&str; 3] = ["date", "content-length", "transfer-encoding"];

/// Writes an answer down for [`serve`].
pub fn write(file: &Path, answer: &Answer) -> Result<()> {
    let mut out = fs::File::create(file)?;
    writeln!(out, "{}", answer.status.as_u16())?;
    for (name, value) in answer.headers.iter().filter(|(name, _)| !ITS_OWN.contains(&name.as_str())) {
        writeln!(out, "{name}: {}", value.to_str()?)?;
    }
    writeln!(out)?;
    Ok(out.write_all(&answer.body)?)
}

/// Serves it in a process of its own.
pub async fn serve(file: &Path) -> Result<()> {
    let whole = fs::read(file)?;
    let end = whole.windows(2).position(|two| two == b"\n\n").context("the headers do not end")?;
    let (head, body) = whole.split_at(end);
    let body = Bytes::copy_from_slice(body.get(2..).unwrap_or_default());
    let mut lines = std::str::from_utf8(head)?.lines();
    let status: StatusCode = lines.next().context("no status")?.parse()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").context("not a header")?;
        headers.append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let handler = move || {
        let answer = (status, headers.clone(), body.clone());
        async { answer.into_response() }
    };
    axum::serve(listener, Router::new().fallback(handler)).await?;
    Ok(())
}
