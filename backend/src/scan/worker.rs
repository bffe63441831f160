//! The process of its own in which a paper is looked at: whatever a hostile file does to it, it does to nothing else.
//!
//! Name, declared type and content go in over standard input, one byte and what may be kept come back over standard output. Nothing
//! stands in the arguments, which everybody on the machine can read.

use std::io::{self, Read, Write};

use domain::paper::PaperFlaw;
use rustix::process::{Resource, Rlimit, setrlimit};

use super::{Kind, LARGEST, Paper, clean};

/// Bytes of memory it may take.
const MEMORY: u64 = 256 * 1024 * 1024;
/// Seconds of computing it may take.
const SECONDS: u64 = 10;
/// Standard input, output and error, and no file or socket more.
const FILES: u64 = 3;

/// Takes from this process what it does not need: memory, time, files, connections, traces after a fault.
///
/// # Errors
/// Where the machine does not know one of the limits.
pub fn confine() -> io::Result<()> {
    for (resource, limit) in [
        (Resource::Data, MEMORY),
        (Resource::Cpu, SECONDS),
        (Resource::Nofile, FILES),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?;
    }
    Ok(())
}

/// Reads one question, cleans and answers.
///
/// # Errors
/// Where the other side breaks off.
pub fn answer(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    let name = text(input)?;
    let declared = text(input)?;
    let mut bytes = Vec::new();
    // One more than may be kept: then it is too large.
    input.take(u64::try_from(LARGEST).unwrap_or(u64::MAX) + 1).read_to_end(&mut bytes)?;
    match clean(&name, &declared, &bytes) {
        Ok(paper) => {
            output.write_all(&[place(&Kind::ALL, &paper.kind)])?;
            output.write_all(&paper.bytes)?;
        }
        Err(why) => output.write_all(&[REFUSED + place(PaperFlaw::ALL, &why)])?,
    }
    output.flush()
}

/// What is sent to the process.
#[must_use]
pub fn question(name: &str, declared: &str, bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::with_capacity(bytes.len() + 300);
    for text in [name, declared] {
        let kept: String = text.chars().take(200).collect();
        all.extend(u16::try_from(kept.len()).unwrap_or_default().to_be_bytes());
        all.extend(kept.bytes());
    }
    all.extend(bytes);
    all
}

/// What came back from it. A process that said nothing was stopped by its limits, or fell over what it was given.
///
/// # Errors
/// With why the paper is refused.
pub fn answered(said: &[u8]) -> Result<Paper, PaperFlaw> {
    let (code, rest) = said.split_first().ok_or(PaperFlaw::TooMuch)?;
    if let Some(refused) = code.checked_sub(REFUSED) {
        return Err(PaperFlaw::ALL.get(usize::from(refused)).copied().unwrap_or(PaperFlaw::Broken));
    }
    let kind = Kind::ALL.get(usize::from(*code)).copied().ok_or(PaperFlaw::Broken)?;
    Ok(Paper { kind, bytes: rest.to_vec() })
}

const REFUSED: u8 = 100;

fn text(input: &mut impl Read) -> io::Result<String> {
    let mut length = [0; 2];
    input.read_exact(&mut length)?;
    let mut bytes = vec![0; usize::from(u16::from_be_bytes(length))];
    input.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into())
}

fn place<T: PartialEq>(all: &[T], one: &T) -> u8 {
    all.iter().position(|other| other == one).and_then(|place| u8::try_from(place).ok()).unwrap_or_default()
}
