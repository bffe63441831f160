//! PDF: kept as it is, where nothing in it acts by itself (UPL-03).

use std::io::Read;

use domain::paper::PaperFlaw;
use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, Stream};
use memchr::memmem;

use super::outside;

/// Pages of the longest paper.
const PAGES: usize = 50;
/// How deep lists may lie in one another.
const DEPTH: usize = 64;
/// What one stream may be unpacked to, in bytes.
const UNPACKED: u64 = 64 * 1024 * 1024;
/// What all streams together may be.
const ALL_UNPACKED: u64 = 256 * 1024 * 1024;

/// Keys that make a reader do something, or that carry another file (ISO 32000-2, 12.6, 7.11, 13).
const ACTING_KEYS: [&[u8]; 10] = [
    b"JavaScript",
    b"JS",
    b"AA",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"EF",
    b"RichMediaContent",
    b"XFA",
    b"Launch",
    b"Rendition",
];
/// Kinds of actions and of things on a page that do more than show or lead within the paper.
const ACTING_NAMES: [&[u8]; 14] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToR",
    b"GoToE",
    b"Movie",
    b"Sound",
    b"Rendition",
    b"RichMedia",
    b"RichMediaExecute",
    b"Screen",
    b"3D",
    b"FileAttachment",
];
/// The same words where they stand in the open, in parts no table leads to any more.
const IN_THE_OPEN: [&[u8]; 5] = [b"/JavaScript", b"/EmbeddedFile", b"/RichMedia", b"/SubmitForm", b"/ImportData"];

/// The PDF, if it is a plain paper.
pub(super) fn checked(bytes: &[u8]) -> Result<&[u8], PaperFlaw> {
    let end = bytes.iter().rposition(|byte| !matches!(byte, 0 | b' ' | b'\r' | b'\n' | b'\t')).unwrap_or(0);
    if !bytes.get(..=end).unwrap_or_default().ends_with(b"%%EOF") {
        return Err(PaperFlaw::Broken);
    }
    let stands = |word: &&[u8]| memmem::find(bytes, word).is_some();
    if IN_THE_OPEN.iter().any(stands) || outside::has_markup(bytes) {
        return Err(PaperFlaw::Active);
    }
    let document = Document::load_mem(bytes).map_err(|_| PaperFlaw::Broken)?;
    if document.is_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(PaperFlaw::Locked);
    }
    let mut unpacked = 0;
    for object in document.objects.values() {
        // A name on its own is what another thing names by its number.
        if is_acting(object) {
            return Err(PaperFlaw::Active);
        }
        look(object, DEPTH, &mut unpacked)?;
    }
    look(&Object::Dictionary(document.trailer.clone()), DEPTH, &mut unpacked)?;
    match document.get_pages().len() {
        0 => Err(PaperFlaw::Broken),
        count if count > PAGES => Err(PaperFlaw::TooManyPages),
        _ => Ok(bytes),
    }
}

fn look(object: &Object, depth: usize, unpacked: &mut u64) -> Result<(), PaperFlaw> {
    let deeper = depth.checked_sub(1).ok_or(PaperFlaw::TooMuch)?;
    match object {
        Object::Array(all) => all.iter().try_for_each(|one| look(one, deeper, unpacked)),
        Object::Dictionary(all) => look_at_all(all, deeper, unpacked),
        Object::Stream(stream) => {
            look_at_all(&stream.dict, deeper, unpacked)?;
            unpack(stream, unpacked)
        }
        _ => Ok(()),
    }
}

fn look_at_all(all: &Dictionary, depth: usize, unpacked: &mut u64) -> Result<(), PaperFlaw> {
    for (key, value) in all {
        // Opening at a page is a list; anything else that happens on opening is not a paper's business.
        let opens = key == b"OpenAction" && !matches!(value, Object::Array(_));
        // The same words mean other things elsewhere: to mix colours is also called a screen.
        let acts = matches!(key.as_slice(), b"S" | b"Subtype") && is_acting(value);
        if opens || acts || ACTING_KEYS.contains(&key.as_slice()) {
            return Err(PaperFlaw::Active);
        }
        look(value, depth, unpacked)?;
    }
    Ok(())
}

fn is_acting(object: &Object) -> bool {
    matches!(object, Object::Name(name) if ACTING_NAMES.contains(&name.as_slice()))
}

/// Whether a stream stays within bounds when it is unpacked: a reader does so without asking.
fn unpack(stream: &Stream, unpacked: &mut u64) -> Result<(), PaperFlaw> {
    let packed = match stream.dict.get(b"Filter") {
        Ok(Object::Name(name)) => name == b"FlateDecode",
        Ok(Object::Array(all)) => all.first().and_then(|first| first.as_name().ok()) == Some(b"FlateDecode"),
        _ => false,
    };
    let is_picture = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image");
    if !packed || is_picture && within(&stream.dict) {
        return Ok(());
    }
    let mut rest = ZlibDecoder::new(stream.content.as_slice()).take(UNPACKED + 1);
    let mut part = [0; 16 * 1024];
    let mut size = 0_u64;
    // A stream that breaks off is shown as far as it goes.
    while let Ok(read @ 1..) = rest.read(&mut part) {
        size += u64::try_from(read).unwrap_or(u64::MAX);
    }
    *unpacked = unpacked.saturating_add(size);
    if size > UNPACKED || *unpacked > ALL_UNPACKED { Err(PaperFlaw::TooMuch) } else { Ok(()) }
}

/// Whether a picture is no larger than a page can be.
fn within(picture: &Dictionary) -> bool {
    let side = |name: &[u8]| picture.get(name).and_then(Object::as_i64).unwrap_or(i64::MAX);
    side(b"Width").saturating_mul(side(b"Height")) <= 100_000_000
}
