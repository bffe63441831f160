//! Signed papers as they come in: a PDF, JPEG or PNG, told by its content and not by its name, cleaned or refused (UPL-01…03).
//!
//! Pictures are decoded and encoded anew, so that nothing is kept but what can be seen. A PDF is kept as it is where nothing in it
//! acts by itself. Both are done in a process of its own with little memory, little time and no way out: [`worker`].

mod outside;
mod pdf;
mod picture;
pub mod worker;

use domain::paper::PaperFlaw;

/// The largest paper, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// What a paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A PDF of at most fifty pages.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A scan without loss.
    Png,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// The media type (IANA).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The usual end of a file name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The stable code, as stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    /// The kind that has this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What the first bytes say.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            _ => None,
        }
    }

    /// Whether a file name ends as files of this kind do.
    fn fits_name(self, name: &str) -> bool {
        let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
        match self {
            Self::Pdf => end == "pdf",
            Self::Jpeg => matches!(end.as_str(), "jpg" | "jpeg"),
            Self::Png => end == "png",
        }
    }
}

/// A paper that may be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub kind: Kind,
    /// Its bytes, as they may be kept.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Paper({:?}, {} bytes)", self.kind, self.bytes.len())
    }
}

/// What may be kept of a file. `name` is its name and `declared` its media type, as the sender has them: neither is believed, but
/// where one says something else than the content, somebody is up to something or mistaken. An unknown declared type says nothing.
///
/// # Errors
/// With why it is refused.
pub fn clean(name: &str, declared: &str, bytes: &[u8]) -> Result<Paper, PaperFlaw> {
    if bytes.is_empty() {
        return Err(PaperFlaw::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(PaperFlaw::TooLarge);
    }
    let kind = Kind::of(bytes).ok_or(PaperFlaw::OtherKind)?;
    let declared = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let says_else = !matches!(declared.as_str(), "" | "application/octet-stream") && declared != kind.media_type();
    if !kind.fits_name(name) || says_else {
        return Err(PaperFlaw::NotAsNamed);
    }
    let bytes = match kind {
        Kind::Pdf => pdf::checked(bytes)?.to_vec(),
        Kind::Jpeg | Kind::Png => picture::anew(kind, bytes)?,
    };
    if bytes.len() > LARGEST { Err(PaperFlaw::TooLarge) } else { Ok(Paper { kind, bytes }) }
}
