//! What hides behind or inside a file of another kind.

use memchr::{memchr3_iter, memmem};

/// How other files begin that are hung on to a picture: they are read from the end, so both work.
const OTHERS: [&[u8]; 7] =
    [b"PK\x03\x04", b"Rar!\x1a\x07", b"%PDF-", b"7z\xbc\xaf\x27\x1c", b"\x7fELF", b"GIF89a", b"<?xml"];

/// Words that mean something to a browser or a server. Seven bytes and more do not come together by chance.
const WORDS: [&[u8]; 6] = [b"<script", b"<html", b"<?php", b"<iframe", b"javascript:", b"<!doctype"];

/// Whether markup or a script stands anywhere in a file.
pub(super) fn has_markup(bytes: &[u8]) -> bool {
    let starts_here = |rest: &[u8]| {
        WORDS.iter().any(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
    };
    memchr3_iter(b'<', b'j', b'J', bytes).any(|at| bytes.get(at..).is_some_and(starts_here))
}

/// Whether another file follows the end of a picture.
pub(super) fn has_another_behind(rest: &[u8]) -> bool {
    OTHERS.iter().any(|other| memmem::find(rest, other).is_some())
}
