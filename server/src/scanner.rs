//! `clamd`, which knows viruses that have been seen (UPL-05). A paper is sent to it before anything else looks at it, and
//! nothing is kept but what it has called clean. Its protocol is `INSTREAM` of clamd(8).

use std::{io, path::PathBuf, str::FromStr, time::Duration};

use domain::paper::PaperFlaw;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
};

/// Bytes sent at a time.
const CHUNK: usize = 64 * 1024;
/// The longest answer that is read.
const ANSWER: u64 = 4 * 1024;

/// Where the daemon listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// The file of a local socket.
    Socket(PathBuf),
    /// A host and its port.
    Address(String),
}

impl FromStr for Scanner {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with('/') {
            return Ok(Self::Socket(text.into()));
        }
        match text.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(Self::Address(text.to_owned())),
            _ => Err("neither the path of a socket nor a host with a port"),
        }
    }
}

impl Scanner {
    /// Has a paper looked through, within this time.
    ///
    /// # Errors
    /// [`PaperFlaw::Infected`]; [`PaperFlaw::NotScanned`] where the daemon says nothing that is understood.
    pub async fn look_through(&self, paper: &[u8], patience: Duration) -> Result<(), PaperFlaw> {
        let said = tokio::time::timeout(patience, self.ask(paper)).await;
        match said.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())).as_deref() {
            Ok("stream: OK") => Ok(()),
            Ok(said) if said.starts_with("stream: ") && said.ends_with(" FOUND") => {
                tracing::warn!(said, "a paper was infected");
                Err(PaperFlaw::Infected)
            }
            Ok(said) => {
                tracing::error!(said, "the virus scanner gave no verdict");
                Err(PaperFlaw::NotScanned)
            }
            Err(fault) => {
                tracing::error!(%fault, "the virus scanner does not answer");
                Err(PaperFlaw::NotScanned)
            }
        }
    }

    async fn ask(&self, paper: &[u8]) -> io::Result<String> {
        match self {
            Self::Socket(file) => converse(UnixStream::connect(file).await?, paper).await,
            Self::Address(address) => converse(TcpStream::connect(address).await?, paper).await,
        }
    }
}

async fn converse(mut daemon: impl AsyncRead + AsyncWrite + Unpin, paper: &[u8]) -> io::Result<String> {
    daemon.write_all(b"zINSTREAM\0").await?;
    for chunk in paper.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(io::Error::other)?;
        daemon.write_all(&length.to_be_bytes()).await?;
        daemon.write_all(chunk).await?;
    }
    daemon.write_all(&[0; 4]).await?;
    let mut said = Vec::new();
    daemon.take(ANSWER).read_to_end(&mut said).await?;
    Ok(String::from_utf8_lossy(&said).trim_end_matches(['\0', '\n']).to_owned())
}
