//! ZIP, written (PKWARE APPNOTE 6.3.10): files stored as they are, one after the other, and a list of them.
//!
//! What goes in is compressed already, or small. Names are plain ASCII; the time of every file is the same.

use chrono::{DateTime, Datelike, Timelike, Utc};
use flate2::Crc;

use super::RecordError;

/// What a reader must know to unpack: folders (4.4.3).
const VERSION: u16 = 20;

struct Entry<'a> {
    name: &'a str,
    crc: u32,
    size: u32,
    at: u32,
}

/// The files, packed, as of an instant.
pub(super) fn packed(files: &[(String, &[u8])], at: DateTime<Utc>) -> Result<Vec<u8>, RecordError> {
    let (time, date) = stamp(at);
    let mut out = Vec::new();
    let mut entries = Vec::new();
    for (name, bytes) in files {
        let mut crc = Crc::new();
        crc.update(bytes);
        let entry = Entry { name, crc: crc.sum(), size: fitting(bytes.len())?, at: fitting(out.len())? };
        out.extend(0x0403_4b50_u32.to_le_bytes());
        head(&mut out, &entry, time, date)?;
        out.extend(entry.name.bytes());
        out.extend(*bytes);
        entries.push(entry);
    }
    let list = fitting(out.len())?;
    for entry in &entries {
        out.extend(0x0201_4b50_u32.to_le_bytes());
        out.extend(VERSION.to_le_bytes());
        head(&mut out, entry, time, date)?;
        // No comment, first disk, neither text nor attributes.
        out.extend([0; 10]);
        out.extend(entry.at.to_le_bytes());
        out.extend(entry.name.bytes());
    }
    let size = fitting(out.len())? - list;
    let count = u16::try_from(entries.len()).map_err(|_| RecordError::TooLarge)?;
    out.extend(0x0605_4b50_u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(list.to_le_bytes());
    out.extend([0; 2]);
    Ok(out)
}

/// What is said of a file both before it and in the list (4.3.7, 4.3.12).
fn head(out: &mut Vec<u8>, entry: &Entry<'_>, time: u16, date: u16) -> Result<(), RecordError> {
    out.extend(VERSION.to_le_bytes());
    // No flags, not compressed.
    out.extend([0; 4]);
    out.extend(time.to_le_bytes());
    out.extend(date.to_le_bytes());
    out.extend(entry.crc.to_le_bytes());
    out.extend(entry.size.to_le_bytes());
    out.extend(entry.size.to_le_bytes());
    out.extend(u16::try_from(entry.name.len()).map_err(|_| RecordError::TooLarge)?.to_le_bytes());
    // No extra field.
    out.extend([0; 2]);
    Ok(())
}

fn fitting(size: usize) -> Result<u32, RecordError> {
    u32::try_from(size).map_err(|_| RecordError::TooLarge)
}

/// Time and date as MS-DOS has them (4.4.6): two seconds apart, from 1980.
fn stamp(at: DateTime<Utc>) -> (u16, u16) {
    let year = u32::try_from(at.year()).unwrap_or_default().saturating_sub(1980).min(127);
    let time = at.hour() << 11 | at.minute() << 5 | (at.second() / 2);
    let date = year << 9 | at.month() << 5 | at.day();
    (u16::try_from(time).unwrap_or_default(), u16::try_from(date).unwrap_or_default())
}
