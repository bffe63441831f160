//! The mailbox that answers come to, read over IMAP (RFC 3501).

use std::{collections::VecDeque, fmt::Debug, sync::Arc, time::Duration};

use async_imap::{Client, Session, error::Error as ImapError};
use futures_util::TryStreamExt as _;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject as _},
    },
};
use zeroize::Zeroizing;

use super::{LONGEST_ANSWER, MailTls, fault, holds_certificate};
use crate::Result;

/// How long one step of a conversation may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many messages are looked at in one conversation.
const BATCH: usize = 200;

/// Where the mailbox is.
#[derive(Clone, Debug)]
pub struct AnswerBoxSettings {
    /// The server's name; with TLS its certificate must bear it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the conversation is protected.
    pub tls: MailTls,
    /// An authority besides those the machine trusts, as PEM.
    pub authority: Option<Vec<u8>>,
    /// Whose mailbox it is.
    pub user: String,
    /// That user's password.
    pub password: Zeroizing<String>,
    /// The folder the answers lie in: `INBOX`.
    pub folder: String,
}

/// The mailbox. The program takes what it understood out of it, and marks the rest as read and flagged, for people to look at.
pub struct AnswerBox {
    settings: AnswerBoxSettings,
    name: ServerName<'static>,
    connector: Option<TlsConnector>,
}

impl AnswerBox {
    /// A mailbox for these settings; connects when it is opened.
    ///
    /// # Errors
    /// [`crate::Error::Mail`] when the server's name cannot stand in a certificate, or nobody can vouch for it.
    pub fn new(settings: AnswerBoxSettings) -> Result<Self> {
        let name = ServerName::try_from(settings.host.clone()).map_err(|_| fault("imap_host"))?;
        let connector = match settings.tls {
            MailTls::Local => None,
            MailTls::StartTls | MailTls::Wrapped => Some(connector(settings.authority.as_deref())?),
        };
        Ok(Self { settings, name, connector })
    }

    /// Opens the mailbox and sees what is unread in it.
    ///
    /// # Errors
    /// [`crate::Error::Mail`] with the kind of fault, never with an address or text.
    pub(crate) async fn open(&self) -> Result<Opened> {
        let client = patiently(self.client()).await?;
        let AnswerBoxSettings { user, password, folder, .. } = &self.settings;
        let login = async { client.login(user, password.as_str()).await.map_err(|(why, _)| why) };
        let mut session = patiently_imap(login).await?;
        patiently_imap(session.select(folder)).await?;
        let mut unread: Vec<u32> = patiently_imap(session.uid_search("UNSEEN UNDELETED")).await?.into_iter().collect();
        unread.sort_unstable();
        unread.truncate(BATCH);
        Ok(Opened { session, unread: unread.into() })
    }

    /// Somebody who answers, behind TLS where that is wanted (WEB-09).
    async fn client(&self) -> Result<Client<Box<dyn Wire>>> {
        let lost = |_| fault("imap_connection");
        let socket = TcpStream::connect((self.settings.host.as_str(), self.settings.port)).await.map_err(lost)?;
        let mut client = match (self.settings.tls, &self.connector) {
            (MailTls::Wrapped, Some(tls)) => {
                let secure = tls.connect(self.name.clone(), socket).await.map_err(|_| fault("imap_tls"))?;
                Client::new(Box::new(secure) as Box<dyn Wire>)
            }
            _ => Client::new(Box::new(socket) as Box<dyn Wire>),
        };
        client.read_response().await.map_err(lost)?.ok_or_else(|| fault("imap_connection"))?;
        if let (MailTls::StartTls, Some(tls)) = (self.settings.tls, &self.connector) {
            client.run_command_and_check_ok("STARTTLS", None).await.map_err(|_| fault("imap_tls"))?;
            // What was said in the clear beyond the answer goes with the old client.
            let secure = tls.connect(self.name.clone(), client.into_inner()).await.map_err(|_| fault("imap_tls"))?;
            client = Client::new(Box::new(secure) as Box<dyn Wire>);
        }
        Ok(client)
    }
}

impl Debug for AnswerBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AnswerBox")
    }
}

/// A connection, protected or not.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

/// An open mailbox.
#[derive(Debug)]
pub(crate) struct Opened {
    session: Session<Box<dyn Wire>>,
    unread: VecDeque<u32>,
}

/// A message in it.
#[derive(Debug)]
pub(crate) struct Unread {
    uid: u32,
    /// None where it is longer than any answer.
    pub message: Option<Vec<u8>>,
}

impl Opened {
    /// The next message that nobody has read.
    pub(crate) async fn next(&mut self) -> Result<Option<Unread>> {
        while let Some(uid) = self.unread.pop_front() {
            let Some(size) = self.fetch(uid, "(UID RFC822.SIZE)").await?.and_then(|found| found.size) else { continue };
            if usize::try_from(size).is_ok_and(|size| size <= LONGEST_ANSWER) {
                let Some(found) = self.fetch(uid, "(UID BODY.PEEK[])").await? else { continue };
                return Ok(Some(Unread { uid, message: found.body().map(<[u8]>::to_vec) }));
            }
            return Ok(Some(Unread { uid, message: None }));
        }
        Ok(None)
    }

    async fn fetch(&mut self, uid: u32, what: &str) -> Result<Option<async_imap::types::Fetch>> {
        let fetch = async {
            let found: Vec<_> = self.session.uid_fetch(uid.to_string(), what).await?.try_collect().await?;
            Ok(found.into_iter().find(|one| one.uid == Some(uid)))
        };
        patiently_imap(fetch).await
    }

    /// Puts a message away: out of the mailbox once it was understood, else aside for people.
    pub(crate) async fn put_away(&mut self, unread: &Unread, understood: bool) -> Result<()> {
        let flags = if understood { "+FLAGS.SILENT (\\Seen \\Deleted)" } else { "+FLAGS.SILENT (\\Seen \\Flagged)" };
        let store = async {
            let _: Vec<_> = self.session.uid_store(unread.uid.to_string(), flags).await?.try_collect().await?;
            Ok(())
        };
        patiently_imap(store).await
    }

    /// Takes out what is to go, and says goodbye.
    pub(crate) async fn close(mut self) -> Result<()> {
        let close = async {
            let _: Vec<u32> = self.session.expunge().await?.try_collect().await?;
            self.session.logout().await
        };
        patiently_imap(close).await
    }
}

fn connector(authority: Option<&[u8]>) -> Result<TlsConnector> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(authority) = authority {
        if !holds_certificate(authority) {
            return Err(fault("authority"));
        }
        for certificate in CertificateDer::pem_slice_iter(authority) {
            roots.add(certificate.map_err(|_| fault("authority"))?).map_err(|_| fault("authority"))?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| fault("imap_tls"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

async fn patiently<T>(step: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(PATIENCE, step).await.map_err(|_| fault("imap_timeout"))?
}

async fn patiently_imap<T>(step: impl Future<Output = std::result::Result<T, ImapError>>) -> Result<T> {
    patiently(async {
        step.await.map_err(|why| match why {
            ImapError::Io(_) | ImapError::ConnectionLost => fault("imap_connection"),
            ImapError::No(_) => fault("imap_refused"),
            _ => fault("imap_not_understood"),
        })
    })
    .await
}
