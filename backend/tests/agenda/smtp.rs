//! A mail server that speaks RFC 5321 over a real socket, and can be in a bad mood.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use backend::mail::{MailSettings, MailTls, Mailer};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, ReadHalf, WriteHalf},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};

/// How the server takes the next letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Says 451 to the recipient: try again later.
    Later,
    /// Says 550 to the recipient.
    Never,
    /// Takes the letter and hangs up before saying so.
    HangUpAfterData,
    /// Takes the letter and is slow to say so.
    Slow,
    /// Hangs up when greeted.
    HangUpAtOnce,
}

/// A letter that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub from: String,
    pub to: Vec<String>,
    /// Headers and body as sent, dots unstuffed.
    pub data: String,
    /// Whether it came through TLS.
    pub secure: bool,
}

/// How the server protects its conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    None,
    /// Offers STARTTLS and takes no letter before it.
    StartTls,
    /// TLS from the first byte.
    Wrapped,
}

impl Arrived {
    /// Its text, decoded from quoted-printable.
    pub fn text(&self) -> String {
        let (_, body) = self.data.split_once("\r\n\r\n").unwrap_or_default();
        let body = body.replace("=\r\n", "").into_bytes();
        let (mut text, mut rest) = (Vec::new(), body.as_slice());
        while let Some((byte, after)) = rest.split_first() {
            let code = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
            match (*byte, code) {
                (b'=', Some(code)) => {
                    text.push(code);
                    rest = &after[2..];
                }
                (byte, _) => {
                    text.push(byte);
                    rest = after;
                }
            }
        }
        String::from_utf8(text).expect("UTF-8")
    }

    /// Its subject, decoded (RFC 2047, B).
    pub fn subject(&self) -> String {
        let unfolded = self.data.replace("\r\n ", " ");
        let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default();
        let mut words = line.split("=?utf-8?b?");
        let mut subject = words.next().unwrap_or_default().to_owned();
        for word in words {
            let (coded, after) = word.split_once("?=").unwrap_or((word, ""));
            let bytes = data_encoding::BASE64.decode(coded.as_bytes()).expect("base64");
            subject.push_str(&String::from_utf8(bytes).expect("UTF-8"));
            // Between two encoded words space is none (RFC 2047 § 6.2).
            subject.push_str(if after.trim().is_empty() { "" } else { after });
        }
        subject
    }

    /// The names of its headers, in order.
    pub fn header_names(&self) -> Vec<&str> {
        let head = self.data.split("\r\n\r\n").next().unwrap_or_default();
        let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        lines.filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect()
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let head = self.data.split("\r\n\r\n").next()?;
        head.split("\r\n")
            .filter_map(|line| line.split_once(": "))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

/// The server.
pub struct Sink {
    port: u16,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    moods: Arc<Mutex<Vec<Mood>>>,
    /// What was said to it outside TLS.
    in_clear: Arc<Mutex<Vec<String>>>,
}

/// What a conversation needs of the server.
#[derive(Clone)]
struct Desk {
    mood: Option<Mood>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    in_clear: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        Self::start_with(Protection::None).await
    }

    /// Starts one that protects its conversations.
    pub async fn start_with(protection: Protection) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let sink = Self { port, arrived: Arc::default(), moods: Arc::default(), in_clear: Arc::default() };
        let (arrived, moods, in_clear) = (sink.arrived.clone(), sink.moods.clone(), sink.in_clear.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut moods = moods.lock().expect("moods");
                let mood = if moods.is_empty() { None } else { Some(moods.remove(0)) };
                let desk = Desk { mood, arrived: arrived.clone(), in_clear: in_clear.clone() };
                tokio::spawn(serve(stream, protection, desk));
            }
        });
        sink
    }

    /// The moods of the next conversations, in order; after them all is well.
    pub fn will(&self, moods: &[Mood]) {
        self.moods.lock().expect("moods").extend_from_slice(moods);
    }

    /// What has arrived.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().expect("letters").clone()
    }

    /// What was said to it outside TLS.
    pub fn heard_in_clear(&self) -> Vec<String> {
        self.in_clear.lock().expect("lines").clone()
    }

    /// Settings that hand over to this server, protected, under a name its certificate bears or not.
    pub fn settings(&self, tls: MailTls, host: &str) -> MailSettings {
        MailSettings {
            host: host.into(),
            port: self.port,
            tls,
            authority: Some(include_bytes!("tls/authority.pem").to_vec()),
            login: None,
            from: "samverkan@amal.test".into(),
            from_name: "Samverkan".into(),
        }
    }

    /// A mailer that hands over to this server.
    pub fn mailer(&self) -> Mailer {
        self.mailer_as("Samverkan, Åmåls kommun").expect("a mailer")
    }

    /// A mailer whose sender has this name.
    pub fn mailer_as(&self, from_name: &str) -> backend::Result<Mailer> {
        let settings = MailSettings { from_name: from_name.into(), ..self.settings(MailTls::Local, "127.0.0.1") };
        Mailer::new(&settings)
    }
}

/// A certificate for localhost, of an authority nobody else trusts.
pub fn acceptor() -> TlsAcceptor {
    let chain = CertificateDer::pem_slice_iter(include_bytes!("tls/server.pem")).collect::<Result<_, _>>();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key")).expect("a key");
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain.expect("a certificate"), key);
    TlsAcceptor::from(Arc::new(config.expect("they belong together")))
}

/// A client that goes away in the middle is no matter.
async fn serve(stream: TcpStream, protection: Protection, desk: Desk) {
    if desk.mood == Some(Mood::HangUpAtOnce) {
        return;
    }
    let _ = match protection {
        Protection::None => converse(stream, desk, false).await,
        Protection::StartTls => start_tls(stream, desk).await,
        Protection::Wrapped => match acceptor().accept(stream).await {
            Ok(stream) => converse(stream, desk, true).await,
            Err(fault) => Err(fault),
        },
    };
}

/// Says what it can until the client asks for TLS; takes nothing before.
async fn start_tls(mut stream: TcpStream, desk: Desk) -> std::io::Result<()> {
    stream.write_all(b"220 sink.test ESMTP\r\n").await?;
    let mut line = Vec::new();
    loop {
        let byte = stream.read_u8().await?;
        if byte != b'\n' {
            line.push(byte);
            continue;
        }
        let said = String::from_utf8_lossy(&line).trim_end().to_owned();
        line.clear();
        desk.in_clear.lock().expect("lines").push(said.clone());
        let reply: &[u8] = match said.split(' ').next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => b"250-sink.test\r\n250-8BITMIME\r\n250 STARTTLS\r\n",
            "STARTTLS" => {
                stream.write_all(b"220 go on\r\n").await?;
                return converse_on(acceptor().accept(stream).await?, desk, true).await;
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n").await,
            _ => b"530 5.7.0 Must issue a STARTTLS command first\r\n",
        };
        stream.write_all(reply).await?;
    }
}

async fn converse<S: AsyncRead + AsyncWrite>(stream: S, desk: Desk, secure: bool) -> std::io::Result<()> {
    let (read, mut write) = tokio::io::split(stream);
    write.write_all(b"220 sink.test ESMTP\r\n").await?;
    answer(read, write, desk, secure).await
}

/// After STARTTLS nobody is greeted again (RFC 3207 § 4.2).
async fn converse_on<S: AsyncRead + AsyncWrite>(stream: S, desk: Desk, secure: bool) -> std::io::Result<()> {
    let (read, write) = tokio::io::split(stream);
    answer(read, write, desk, secure).await
}

async fn answer<S: AsyncRead + AsyncWrite>(
    read: ReadHalf<S>,
    mut write: WriteHalf<S>,
    Desk { mood, arrived, in_clear }: Desk,
    secure: bool,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(read).split(b'\n');
    let mut letter = Arrived { from: String::new(), to: Vec::new(), data: String::new(), secure };
    while let Some(line) = lines.next_segment().await? {
        let line = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
        if !secure {
            in_clear.lock().expect("lines").push(line.clone());
        }
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let reply: &[u8] = match verb.as_str() {
            "EHLO" => b"250-sink.test\r\n250-8BITMIME\r\n250-AUTH PLAIN\r\n250 SMTPUTF8\r\n",
            "AUTH" => b"235 2.7.0 well\r\n",
            "HELO" | "NOOP" | "RSET" => b"250 well\r\n",
            "MAIL" => {
                letter.from = between(&line);
                b"250 well\r\n"
            }
            "RCPT" => match mood {
                Some(Mood::Later) => b"451 4.3.0 later\r\n",
                Some(Mood::Never) => b"550 5.1.1 no such\r\n",
                _ => {
                    letter.to.push(between(&line));
                    b"250 well\r\n"
                }
            },
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                while let Some(line) = lines.next_segment().await? {
                    let line = String::from_utf8_lossy(&line).into_owned();
                    if line == ".\r" {
                        break;
                    }
                    letter.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                    letter.data.push('\n');
                }
                arrived.lock().expect("letters").push(letter.clone());
                if mood == Some(Mood::HangUpAfterData) {
                    return Ok(());
                }
                if mood == Some(Mood::Slow) {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                b"250 taken\r\n"
            }
            "QUIT" => {
                return write.write_all(b"221 bye\r\n").await;
            }
            _ => b"502 no\r\n",
        };
        write.write_all(reply).await?;
    }
    Ok(())
}

fn between(line: &str) -> String {
    let (_, rest) = line.split_once('<').unwrap_or_default();
    rest.split_once('>').map_or(rest, |(inside, _)| inside).to_owned()
}
