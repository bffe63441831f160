//! One connection that stays open, as a browser's does.

use anyhow::{Context as _, Result};
use axum::body::Body;
use http::{HeaderMap, StatusCode, header, request::Builder};
use http_body_util::BodyExt as _;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

pub struct Client {
    address: String,
    sender: SendRequest<Body>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// As it came: compressed, if that was asked for.
    pub body: Vec<u8>,
}

impl Client {
    /// `address`: host and port.
    pub async fn to(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { address: address.to_owned(), sender })
    }

    pub async fn send(&mut self, request: Builder) -> Result<Answer> {
        self.send_with(request, Body::empty()).await
    }

    pub async fn send_with(&mut self, request: Builder, body: Body) -> Result<Answer> {
        self.sender.ready().await.context("the server closed the connection")?;
        let response = self.sender.send_request(request.header(header::HOST, &self.address).body(body)?).await?;
        let (parts, body) = response.into_parts();
        Ok(Answer { status: parts.status, headers: parts.headers, body: body.collect().await?.to_bytes().into() })
    }

    pub async fn text(&mut self, request: Builder) -> Result<String> {
        Ok(String::from_utf8(self.send(request).await?.body)?)
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
