//! Configuration: one TOML file, every key known, secrets only by the name of their file. Nothing else reads the environment.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use backend::{
    crypt::Keys,
    mail::{AnswerAddress, AnswerBox, AnswerBoxSettings, MailSettings, MailTls, Mailer},
};
use serde::Deserialize;

use crate::scanner::Scanner;

/// The configuration file. `docs/config.example.toml` explains every key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where people reach the service: scheme and host, no path.
    pub origin: String,
    /// The municipality's name as people know it.
    pub municipality: String,
    /// The folder that `cargo xtask build` wrote.
    pub site: PathBuf,
    /// The file with the installation's key.
    pub key_file: PathBuf,
    /// Where the database is.
    pub database: Database,
    /// Addresses of reverse proxies whose forwarded headers are believed (WEB-08).
    #[serde(default)]
    pub trusted_proxies: Vec<IpAddr>,
    /// Signed papers that are sent in.
    pub papers: Papers,
    /// Where mail is handed over; without it nobody gets any.
    pub mail: Option<Mail>,
    /// What the program says of itself.
    #[serde(default)]
    pub log: Log,
}

/// Signed papers that are sent in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    /// Where the virus scanner listens, the path of its socket or `host:port`; or `none`, as a choice that was made (UPL-05).
    pub scanner: String,
}

/// Where mail is handed over.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The mail server's name; with TLS its certificate must bear it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the conversation is protected.
    pub tls: Tls,
    /// The file with an authority's certificate (PEM), where the mail server's is from one the machine does not trust.
    pub authority_file: Option<PathBuf>,
    /// The user, where the server wants one.
    pub user: Option<String>,
    /// The file with that user's password.
    pub password_file: Option<PathBuf>,
    /// The sender's address.
    pub from: String,
    /// The sender's name; "Samverkan" if not given.
    pub from_name: Option<String>,
    /// Where answers to invitations come; without it nobody is invited into their calendar by mail.
    pub answers: Option<Answers>,
}

/// Where answers to invitations come.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The address. With `+` and a key before the `@` it must reach the same mailbox.
    pub address: String,
    /// The mailbox, read over IMAP; without it the mail server hands each message to `samverkan mail receive`.
    pub mailbox: Option<Mailbox>,
}

/// A mailbox.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// The server's name; with TLS its certificate must bear it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the conversation is protected: port 993 is `wrapped`, 143 `starttls`.
    pub tls: Tls,
    /// The file with an authority's certificate (PEM), where the server's is from one the machine does not trust.
    pub authority_file: Option<PathBuf>,
    /// Whose mailbox it is.
    pub user: String,
    /// The file with that user's password.
    pub password_file: PathBuf,
    /// The folder; "INBOX" if not given.
    pub folder: Option<String>,
}

/// How the conversation with the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// TLS from the first byte: port 465.
    Wrapped,
    /// STARTTLS, demanded: port 587.
    Starttls,
    /// None: for a mail server on this machine only.
    Local,
}

impl From<Tls> for MailTls {
    fn from(tls: Tls) -> Self {
        match tls {
            Tls::Wrapped => Self::Wrapped,
            Tls::Starttls => Self::StartTls,
            Tls::Local => Self::Local,
        }
    }
}

/// The database: an address, or the file that holds it when the address has a password in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, untagged)]
pub enum Database {
    /// In the configuration itself.
    Url {
        /// `sqlite:///path/file.db`, or `postgres://…` without a password.
        url: String,
    },
    /// In a file of its own.
    UrlFile {
        /// The file.
        url_file: PathBuf,
    },
}

/// What the program says of itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// One line of text, or one JSON object, per event.
    pub form: LogForm,
    /// `error`, `warn`, `info`, `debug`, or a filter such as `info,sqlx=warn`.
    pub filter: Option<String>,
}

/// The form of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogForm {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

impl Config {
    /// Reads and checks a configuration file.
    ///
    /// # Errors
    /// When it cannot be read, has an unknown key, or says something that would be unsafe.
    pub fn read(file: &Path) -> Result<Self> {
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read the configuration {}", file.display()))?;
        let config: Self =
            toml::from_str(&text).with_context(|| format!("the configuration {} is not right", file.display()))?;
        config.check()?;
        Ok(config)
    }

    /// Holds what a type cannot say.
    fn check(&self) -> Result<()> {
        let uri: axum::http::Uri = self.origin.parse().context("`origin` is no address")?;
        let bare = self.origin
            == format!("{}://{}", uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", |a| a.as_str()));
        ensure!(bare, "`origin` must be scheme and host only, such as \"https://samverkan.example.se\"");
        let here = matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]"));
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if here => {}
            _ => bail!(
                "`origin` must begin with https://; http is for this machine only, as cookies would travel in the clear"
            ),
        }
        ensure!(!self.municipality.trim().is_empty(), "`municipality` is empty");
        self.scanner()?;
        if let Some(mail) = &self.mail {
            let here = |host: &str| matches!(host, "localhost" | "127.0.0.1" | "::1");
            let local = |tls, host: &str| tls != Tls::Local || here(host);
            ensure!(local(mail.tls, &mail.host), "`mail.tls = \"local\"` is for a mail server on this machine");
            if let Some(mailbox) = mail.answers.as_ref().and_then(|answers| answers.mailbox.as_ref()) {
                ensure!(
                    local(mailbox.tls, &mailbox.host),
                    "`mail.answers.mailbox.tls = \"local\"` is for a mail server on this machine"
                );
            }
            self.answers_to()?;
            ensure!(
                mail.user.is_some() == mail.password_file.is_some(),
                "`mail.user` and `mail.password_file` go together"
            );
        }
        Ok(())
    }

    /// The installation's keys.
    ///
    /// # Errors
    /// When the file is missing, readable by others, or holds no good key.
    pub fn keys(&self) -> Result<Keys> {
        keys(&self.key_file)
    }

    /// The database's address.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn database_url(&self) -> Result<String> {
        match &self.database {
            Database::Url { url } => Ok(url.clone()),
            Database::UrlFile { url_file } => secret(url_file),
        }
    }

    /// The virus scanner, if there is to be one.
    ///
    /// # Errors
    /// When it cannot be told where it listens.
    pub fn scanner(&self) -> Result<Option<Scanner>> {
        match self.papers.scanner.as_str() {
            "none" => Ok(None),
            told => match told.parse() {
                Ok(scanner) => Ok(Some(scanner)),
                Err(why) => bail!("`papers.scanner` is {why}, and not \"none\""),
            },
        }
    }

    /// What hands over mail, if anything does.
    ///
    /// # Errors
    /// When the password cannot be read or the settings make no sense.
    pub fn mailer(&self) -> Result<Option<Mailer>> {
        let Some(mail) = &self.mail else { return Ok(None) };
        let login = match (&mail.user, &mail.password_file) {
            (Some(user), Some(file)) => Some((user.clone(), secret(file)?.into())),
            _ => None,
        };
        let settings = MailSettings {
            host: mail.host.clone(),
            port: mail.port,
            tls: mail.tls.into(),
            authority: authority(mail.authority_file.as_deref())?,
            login,
            from: mail.from.clone(),
            from_name: mail.from_name.clone().unwrap_or_else(|| "Samverkan".into()),
        };
        Mailer::new(&settings).map(Some).context("`mail` cannot be used")
    }

    /// Where answers to invitations come, if they can.
    ///
    /// # Errors
    /// When it is no address, or one without room for a key.
    pub fn answers_to(&self) -> Result<Option<AnswerAddress>> {
        let Some(answers) = self.mail.as_ref().and_then(|mail| mail.answers.as_ref()) else { return Ok(None) };
        match AnswerAddress::parse(&answers.address) {
            Ok(address) => Ok(Some(address)),
            Err(why) => bail!("`mail.answers.address` is {why}"),
        }
    }

    /// The mailbox those answers are read from, if there is one.
    ///
    /// # Errors
    /// When the password cannot be read or the settings make no sense.
    pub fn answer_box(&self) -> Result<Option<AnswerBox>> {
        let answers = self.mail.as_ref().and_then(|mail| mail.answers.as_ref());
        let Some(mailbox) = answers.and_then(|answers| answers.mailbox.as_ref()) else { return Ok(None) };
        let settings = AnswerBoxSettings {
            host: mailbox.host.clone(),
            port: mailbox.port,
            tls: mailbox.tls.into(),
            authority: authority(mailbox.authority_file.as_deref())?,
            user: mailbox.user.clone(),
            password: secret(&mailbox.password_file)?.into(),
            folder: mailbox.folder.clone().unwrap_or_else(|| "INBOX".into()),
        };
        AnswerBox::new(settings).map(Some).context("`mail.answers.mailbox` cannot be used")
    }

    /// Whether people reach the service over TLS only.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// Reads the installation's keys from their file.
///
/// # Errors
/// When it is missing, readable by others, or holds no good key.
pub fn keys(file: &Path) -> Result<Keys> {
    let text = secret(file)?;
    Keys::read(&text).with_context(|| format!("the key in {} cannot be used", file.display()))
}

fn authority(file: Option<&Path>) -> Result<Option<Vec<u8>>> {
    file.map(|file| fs::read(file).with_context(|| format!("cannot read {}", file.display()))).transpose()
}

/// Reads a secret from its file, which nobody but its owner may read.
fn secret(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read the secret {}", file.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(file)?.permissions().mode();
        ensure!(
            mode.trailing_zeros() >= 6,
            "{} may be read by others than its owner; run `chmod 600 {0}`",
            file.display()
        );
    }
    Ok(text.trim().to_owned())
}

/// This very program, as it lies on disk now: papers are looked at in another process of it.
#[must_use]
pub fn program() -> PathBuf {
    std::env::current_exe().unwrap_or_else(|_| "samverkan".into())
}

/// The log filter from `SAMVERKAN_LOG`, for a look without touching the configuration.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn log_filter() -> Option<String> {
    std::env::var("SAMVERKAN_LOG").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        listen = "127.0.0.1:3000"
        origin = "https://samverkan.example.se"
        municipality = "Åmåls kommun"
        site = "target/site"
        key_file = "/etc/samverkan/key"
        database.url = "sqlite:///var/lib/samverkan/samverkan.db"
        papers.scanner = "none"
    "#;

    fn read(text: &str) -> Result<Config> {
        let file = tempfile::NamedTempFile::new()?;
        fs::write(&file, text)?;
        Config::read(file.path())
    }

    #[test]
    fn the_example_in_the_documents_is_right() {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/config.example.toml");
        let config = Config::read(&example).unwrap();
        assert!(config.secure());
    }

    #[test]
    fn an_unknown_key_is_refused() {
        assert!(read(GOOD).is_ok());
        let fault = read(&format!("lissten = 1\n{GOOD}")).unwrap_err();
        assert!(format!("{fault:#}").contains("lissten"), "{fault:#}");
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        let with = |origin: &str| read(&GOOD.replace("https://samverkan.example.se", origin));
        assert!(with("http://127.0.0.1:3000").is_ok());
        for bad in
            ["http://samverkan.example.se", "https://samverkan.example.se/", "samverkan.example.se", "ftp://x.se"]
        {
            assert!(with(bad).is_err(), "{bad}");
        }
    }

    /// UPL-05
    #[test]
    fn whether_papers_are_scanned_is_a_choice_that_is_made() {
        let with = |line: &str| read(&GOOD.replace("papers.scanner = \"none\"", line));
        assert!(format!("{:#}", with("").unwrap_err()).contains("papers"));
        let scanner = |told: &str| with(&format!("papers.scanner = \"{told}\"")).and_then(|config| config.scanner());
        assert_eq!(scanner("none").unwrap(), None);
        assert_eq!(scanner("/run/clamd.ctl").unwrap(), Some(Scanner::Socket("/run/clamd.ctl".into())));
        assert_eq!(scanner("av.example.se:3310").unwrap(), Some(Scanner::Address("av.example.se:3310".into())));
        for bad in ["", "None", "av.example.se", ":3310", "av.example.se:port"] {
            assert!(format!("{:#}", scanner(bad).unwrap_err()).contains("papers.scanner"), "{bad}");
        }
    }

    #[test]
    fn answers_need_an_address_with_room_for_a_key_and_a_mailbox_behind_tls() {
        let with = |answers: &str| {
            let mail = "mail = { host = \"localhost\", port = 25, tls = \"local\", from = \"s@a.se\", answers = {";
            read(&format!("{GOOD}\n{mail} {answers} }} }}"))
        };
        let address = "address = \"moten@a.se\"";
        assert!(with(address).unwrap().answers_to().unwrap().is_some());
        assert!(with(address).unwrap().answer_box().unwrap().is_none());
        let fault = with("address = \"moten+x@a.se\"").unwrap_err();
        assert!(format!("{fault:#}").contains("mail.answers.address"), "{fault:#}");
        let mailbox =
            "mailbox = { host = \"imap.a.se\", port = 143, tls = \"local\", user = \"m\", password_file = \"/x\" }";
        let fault = with(&format!("{address}, {mailbox}")).unwrap_err();
        assert!(format!("{fault:#}").contains("this machine"), "{fault:#}");
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(&file, Keys::generate(&backend::random::SystemRandom)).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(keys(file.path()).is_ok());
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(format!("{:#}", keys(file.path()).unwrap_err()).contains("chmod 600"));
    }
}
