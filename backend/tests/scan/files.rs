//! A file as it is sent, and files that are sent by mistake.

use domain::paper::PaperFlaw;

use super::{pdfs, pictures};

pub struct File {
    /// What it is, for who reads the test's answer.
    pub what: String,
    pub name: String,
    pub declared: &'static str,
    pub bytes: Vec<u8>,
}

pub fn file(what: &str, name: &str, declared: &'static str, bytes: Vec<u8>) -> File {
    File { what: what.into(), name: name.into(), declared, bytes }
}

/// Of another kind than it says, or of a kind that is not taken.
pub fn mistaken() -> Vec<(File, PaperFlaw)> {
    let png = pictures::png(8, 8);
    let jpeg = pictures::jpeg(8, 8);
    let pdf = pdfs::plain();
    let other = |what: &str, name: &str, bytes: &[u8]| (file(what, name, "", bytes.to_vec()), PaperFlaw::OtherKind);
    let named = |what: &str, name: &str, declared, bytes: &[u8]| {
        (file(what, name, declared, bytes.to_vec()), PaperFlaw::NotAsNamed)
    };
    vec![
        (file("nothing at all", "a.pdf", "application/pdf", vec![]), PaperFlaw::Empty),
        other("a Word document", "blankett.pdf", b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml"),
        other("an old Word document", "blankett.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        other("a page", "blankett.pdf", b"<html><body><script>alert(1)</script></body></html>"),
        other("a drawing with a script", "a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        other("a GIF", "a.png", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
        other("a GIF that is a script", "a.jpg", b"GIF89a=1;alert(document.domain)//"),
        other("a WebP", "a.jpg", b"RIFF\x24\x00\x00\x00WEBPVP8 "),
        other("a TIFF", "a.jpg", b"II*\x00\x08\x00\x00\x00"),
        other("a HEIC from a telephone", "a.jpg", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"),
        other("a program", "a.pdf", b"MZ\x90\x00\x03\x00\x00\x00"),
        other("a program for Linux", "a.pdf", b"\x7fELF\x02\x01\x01\x00"),
        other("PostScript", "a.pdf", b"%!PS-Adobe-3.0\n(%pipe%id) (r) file"),
        other("a script", "a.pdf", b"#!/bin/sh\nrm -rf /\n"),
        other("something before the PDF", "a.pdf", &[b"\n\n<b>hej</b>\n".as_slice(), &pdf].concat()),
        other("a PNG whose mark is broken", "a.png", &[b"\x88PNG\r\n\x1a\n".as_slice(), &png[8..]].concat()),
        named("a PNG called JPEG", "a.jpg", "image/png", &png),
        named("a JPEG called PDF", "a.pdf", "", &jpeg),
        named("a PDF called PNG", "a.png", "", &pdf),
        named("a PDF declared as a page", "a.pdf", "text/html", &pdf),
        named("a PNG declared as a drawing", "a.png", "image/svg+xml", &png),
        named("a PDF with two ends to its name", "a.pdf.exe", "application/pdf", &pdf),
        named("a PDF without an end to its name", "blankett", "application/pdf", &pdf),
    ]
}
