//! A mailbox that speaks RFC 3501 over a real socket: as much of it as reading mail takes.

use std::sync::{Arc, Mutex};

use backend::mail::{AnswerBox, AnswerBoxSettings, MailTls};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use super::smtp::{Protection, acceptor};

/// A message in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lying {
    uid: u32,
    pub message: Vec<u8>,
    /// As they were set, without the backslash.
    pub flags: Vec<String>,
}

/// The server, with one mailbox.
pub struct Inbox {
    port: u16,
    desk: Desk,
}

#[derive(Clone, Default)]
struct Desk {
    lying: Arc<Mutex<Vec<Lying>>>,
    /// What was said to it outside TLS.
    in_clear: Arc<Mutex<Vec<String>>>,
}

enum Next {
    GoOn,
    StartTls,
    Bye,
}

impl Inbox {
    /// Starts one on a free port.
    pub async fn start(protection: Protection) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let inbox = Self { port, desk: Desk::default() };
        let desk = inbox.desk.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let desk = desk.clone();
                // A client that goes away in the middle is no matter.
                tokio::spawn(async move { drop(serve(stream, protection, desk).await) });
            }
        });
        inbox
    }

    /// Lays a message in it, unread.
    pub fn lay(&self, message: Vec<u8>) {
        let mut lying = self.desk.lying.lock().expect("messages");
        let uid = lying.last().map_or(7, |one| one.uid + 3);
        lying.push(Lying { uid, message, flags: Vec::new() });
    }

    /// What lies in it.
    pub fn lying(&self) -> Vec<Lying> {
        self.desk.lying.lock().expect("messages").clone()
    }

    /// What was said to it outside TLS, without the tags.
    pub fn heard_in_clear(&self) -> Vec<String> {
        self.desk.in_clear.lock().expect("lines").clone()
    }

    /// Settings that read it.
    pub fn settings(&self, tls: MailTls, host: &str) -> AnswerBoxSettings {
        AnswerBoxSettings {
            host: host.into(),
            port: self.port,
            tls,
            authority: Some(include_bytes!("tls/authority.pem").to_vec()),
            user: "moten".into(),
            password: "hemligt-ord".to_owned().into(),
            folder: "INBOX".into(),
        }
    }

    /// Reads it without TLS.
    pub fn answers(&self) -> AnswerBox {
        AnswerBox::new(self.settings(MailTls::Local, "127.0.0.1")).expect("a mailbox")
    }
}

async fn serve(mut stream: TcpStream, protection: Protection, desk: Desk) -> std::io::Result<()> {
    match protection {
        Protection::Wrapped => {
            let mut stream = acceptor().accept(stream).await?;
            stream.write_all(b"* OK ready\r\n").await?;
            converse(&mut stream, &desk, true).await.map(drop)
        }
        Protection::None | Protection::StartTls => {
            stream.write_all(b"* OK ready\r\n").await?;
            match converse(&mut stream, &desk, false).await? {
                Next::StartTls => converse(&mut acceptor().accept(stream).await?, &desk, true).await.map(drop),
                _ => Ok(()),
            }
        }
    }
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    desk: &Desk,
    secure: bool,
) -> std::io::Result<Next> {
    let mut line = String::new();
    // One byte at a time: what follows STARTTLS is not ours to read.
    let mut lines = BufReader::with_capacity(1, stream);
    loop {
        line.clear();
        if lines.read_line(&mut line).await? == 0 {
            return Ok(Next::Bye);
        }
        let (tag, said) = line.trim_end().split_once(' ').unwrap_or_default();
        if !secure {
            desk.in_clear.lock().expect("lines").push(said.to_owned());
        }
        let (mut reply, next) = desk.answer(said);
        let done = match next {
            Next::Bye => format!("* BYE\r\n{tag} OK bye\r\n"),
            Next::StartTls if secure => format!("{tag} BAD already\r\n"),
            _ => format!("{tag} OK done\r\n"),
        };
        reply.extend_from_slice(done.as_bytes());
        lines.get_mut().write_all(&reply).await?;
        lines.get_mut().flush().await?;
        if !matches!(next, Next::GoOn) {
            return Ok(next);
        }
    }
}

impl Desk {
    fn answer(&self, said: &str) -> (Vec<u8>, Next) {
        let mut lying = self.lying.lock().expect("messages");
        let words: Vec<&str> = said.split(' ').collect();
        let reply = match words.as_slice() {
            ["STARTTLS"] => return (Vec::new(), Next::StartTls),
            ["LOGOUT"] => return (Vec::new(), Next::Bye),
            ["LOGIN", user, password] => {
                assert_eq!((*user, *password), ("\"moten\"", "\"hemligt-ord\""));
                Vec::new()
            }
            ["SELECT", "\"INBOX\""] => format!("* {} EXISTS\r\n* 0 RECENT\r\n", lying.len()).into_bytes(),
            ["UID", "SEARCH", "UNSEEN", "UNDELETED"] => {
                let unread = lying.iter().filter(|one| one.flags.is_empty());
                let uids: Vec<String> = unread.map(|one| one.uid.to_string()).collect();
                format!("* SEARCH {}\r\n", uids.join(" ")).into_bytes()
            }
            ["UID", "FETCH", uid, what @ ..] => {
                let place = lying.iter().position(|one| one.uid.to_string() == *uid).expect("it lies here");
                let one = &lying[place];
                let mut reply = format!("* {} FETCH (UID {uid} ", place + 1).into_bytes();
                if what.contains(&"RFC822.SIZE)") {
                    reply.extend_from_slice(format!("RFC822.SIZE {}", one.message.len()).as_bytes());
                } else {
                    assert_eq!(what, ["(UID", "BODY.PEEK[])"], "what is read is not marked as read by that");
                    reply.extend_from_slice(format!("BODY[] {{{}}}\r\n", one.message.len()).as_bytes());
                    reply.extend_from_slice(&one.message);
                }
                reply.extend_from_slice(b")\r\n");
                reply
            }
            ["UID", "STORE", uid, "+FLAGS.SILENT", flags @ ..] => {
                let one = lying.iter_mut().find(|one| one.uid.to_string() == *uid).expect("it lies here");
                one.flags.extend(flags.iter().map(|flag| flag.trim_matches(['(', ')', '\\']).to_owned()));
                Vec::new()
            }
            ["EXPUNGE"] => {
                lying.retain(|one| !one.flags.iter().any(|flag| flag == "Deleted"));
                Vec::new()
            }
            other => panic!("not spoken here: {other:?}"),
        };
        (reply, Next::GoOn)
    }
}
