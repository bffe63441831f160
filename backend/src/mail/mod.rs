//! Mail: neutral words to one recipient at a time, over SMTP (INJ-04, PRIV-02).

mod answer;
mod mailbox;
mod notice;
mod words;

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::text::Line;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart, SinglePart, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Error, Result};

pub use answer::{AnswerAddress, MOST as LONGEST_ANSWER};
pub(crate) use answer::{answer_key, read};
pub use mailbox::{AnswerBox, AnswerBoxSettings};
pub use notice::{Notice, notice};
pub use words::{CalendarPart, FeedNews, Letter, News, feed_news, invitation, minutes_news, news};

/// How long one conversation with the mail server may be silent.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether and how the conversation with the mail server is protected. A server that cannot is not spoken to (WEB-09).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTls {
    /// TLS from the first byte: port 465.
    Wrapped,
    /// STARTTLS, demanded: port 587.
    StartTls,
    /// None: only for a mail server on the same machine.
    Local,
}

/// Where mail is handed over.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// The server's name; with TLS its certificate must bear it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the conversation is protected.
    pub tls: MailTls,
    /// An authority besides those the machine trusts, as PEM, for a server whose certificate is from one's own.
    pub authority: Option<Vec<u8>>,
    /// User and password, where the server wants them.
    pub login: Option<(String, Zeroizing<String>)>,
    /// The sender's address.
    pub from: String,
    /// The sender's name: "Samverkan, Åmåls kommun".
    pub from_name: String,
}

/// Hands mail over.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    domain: String,
}

impl Mailer {
    /// A mailer for these settings; connects when there is mail.
    ///
    /// # Errors
    /// [`Error::Mail`] when the sender's address or name is none, the server's name cannot stand in a certificate, or the authority is
    /// none.
    pub fn new(settings: &MailSettings) -> Result<Self> {
        let address: Address = settings.from.parse().map_err(|_| fault("sender"))?;
        let domain = address.domain().to_owned();
        let tls = match settings.tls {
            MailTls::Local => Tls::None,
            MailTls::StartTls => Tls::Required(certificate_of(settings)?),
            MailTls::Wrapped => Tls::Wrapper(certificate_of(settings)?),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.clone())
            .port(settings.port)
            .hello_name(ClientId::Domain(domain.clone()))
            .timeout(Some(PATIENCE))
            .tls(tls);
        if let Some((user, password)) = &settings.login {
            transport = transport.credentials(Credentials::new(user.clone(), password.to_string()));
        }
        // One line: lettre gives up on a name it cannot write, and not gently.
        let name = Line::parse(&settings.from_name).map_err(|_| fault("sender"))?;
        let from = Mailbox::new(Some(name.into()), address);
        Ok(Self { transport: transport.build(), from, domain })
    }

    /// Hands one letter over. `id` and `at` make the same Message-ID and Date of every try, so that a letter that did arrive
    /// although the connection broke is known again.
    ///
    /// # Errors
    /// [`Error::Mail`] with the kind of fault, never with an address or text.
    pub async fn send(&self, to: &str, letter: &Letter, id: Uuid, at: DateTime<Utc>) -> Result<()> {
        let to: Address = to.parse().map_err(|_| fault("recipient"))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .date(at.into())
            .message_id(Some(format!("<{}@{}>", id.simple(), self.domain)))
            .header(AutoSubmitted);
        let text = SinglePart::plain(letter.body.clone());
        let message = match &letter.calendar {
            None => message.singlepart(text),
            Some(part) => {
                let answers: Address = part.organizer.parse().map_err(|_| fault("organizer"))?;
                let kind = format!("text/calendar; method={}; charset=utf-8", part.method.code());
                let kind = ContentType::parse(&kind).map_err(|_| fault("message"))?;
                // Programs show buttons to answer with where it is one of the alternatives (rule 47).
                let calendar = SinglePart::builder().header(kind).body(part.text.clone());
                let both = MultiPart::alternative().singlepart(text).singlepart(calendar);
                // Some answer the sender, not the organizer.
                message.reply_to(Mailbox::new(None, answers)).multipart(both)
            }
        };
        let message = message.map_err(|_| fault("message"))?;
        self.transport.send(message).await.map(drop).map_err(|why| {
            let kind = if why.is_timeout() {
                "timeout"
            } else if why.is_permanent() {
                "refused"
            } else if why.is_transient() {
                "later"
            } else if why.is_tls() {
                "tls"
            } else {
                "connection"
            };
            fault(kind)
        })
    }
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailer")
    }
}

fn certificate_of(settings: &MailSettings) -> Result<TlsParameters> {
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if let Some(authority) = &settings.authority {
        // Of a file that holds none the library makes an empty list and says nothing.
        if !holds_certificate(authority) {
            return Err(fault("authority"));
        }
        parameters = parameters.add_root_certificate(Certificate::from_pem(authority).map_err(|_| fault("authority"))?);
    }
    parameters.build().map_err(|_| fault("tls"))
}

/// Whether a file can be an authority's.
fn holds_certificate(file: &[u8]) -> bool {
    String::from_utf8_lossy(file).contains("-----BEGIN CERTIFICATE-----")
}

fn fault(kind: &str) -> Error {
    Error::Mail(kind.to_owned())
}

/// `Auto-Submitted: auto-generated` (RFC 3834): no holiday replies, please.
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".into())
    }
}
