//! Pictures: ordinary ones as telephones and scanners make them, and hostile ones.

use std::io::Cursor;

use domain::paper::PaperFlaw;
use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage, RgbaImage};

use super::files::{File, file};

/// Something with structure in it, as paper has.
fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let ink = (x / 7 + y / 11).is_multiple_of(5);
        if ink { Rgb([20, 30, 60]) } else { Rgb([245, 244, 238]) }
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.into().write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(drawn(width, height), ImageFormat::Png)
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(drawn(width, height), ImageFormat::Jpeg)
}

/// A segment of a JPEG put in after its first two bytes.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, content, &jpeg[2..]].concat()
}

/// A chunk of a PNG put in after its head.
fn with_chunk(png: &[u8], name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(&name);
    crc.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&png[..33], &length, &name, content, &crc.sum().to_be_bytes(), &png[33..]].concat()
}

/// Exif with an orientation, and a place by name.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"Kanarieplats");
    exif
}

/// 80 × 40 points, to be shown turned by a quarter.
pub fn upright() -> Vec<u8> {
    with_segment(&jpeg(80, 40), 0xe1, &exif(6))
}

/// Pictures that tell more than they show.
pub fn telling() -> Vec<File> {
    vec![
        file("a photograph with its place", "a.jpg", "image/jpeg", upright()),
        file("a comment", "a.jpg", "image/jpeg", with_segment(&jpeg(30, 30), 0xfe, b"Kanarieplats")),
        file("a text in a PNG", "a.png", "image/png", with_chunk(&png(30, 30), *b"tEXt", b"Comment\0Kanarieplats")),
        file("words behind a PNG", "a.png", "image/png", [png(30, 30), b"Kanarieplats".to_vec()].concat()),
        file("words behind a JPEG", "a.jpg", "image/jpeg", [jpeg(30, 30), b"Kanarieplats".to_vec()].concat()),
    ]
}

pub fn ordinary() -> Vec<File> {
    let mut all = telling();
    for (width, height) in [(1, 1), (300, 420), (1240, 1754), (2480, 3508), (3024, 4032)] {
        let what = format!("{width} × {height}");
        all.push(file(&what, "IMG_2031.JPG", "image/jpeg", jpeg(width, height)));
        all.push(file(&what, "skanning 1.png", "image/png", png(width, height)));
    }
    let grey = || GrayImage::from_fn(200, 300, |x, y| image::Luma([if (x + y) % 9 == 0 { 0 } else { 250 }]));
    let see_through = RgbaImage::from_fn(200, 300, |x, _| image::Rgba([10, 20, 30, u8::try_from(x % 256).unwrap()]));
    all.extend([
        file("grey JPEG", "a.jpeg", "image/jpeg", encoded(grey(), ImageFormat::Jpeg)),
        file("grey PNG", "a.png", "image/png", encoded(grey(), ImageFormat::Png)),
        file("see-through PNG", "a.png", "image/png", encoded(see_through, ImageFormat::Png)),
        file(
            "16 bits a colour",
            "a.png",
            "image/png",
            encoded(DynamicImage::from(drawn(90, 90)).into_rgb16(), ImageFormat::Png),
        ),
        file(
            "grey, 16 bits",
            "a.png",
            "image/png",
            encoded(DynamicImage::from(grey()).into_luma16(), ImageFormat::Png),
        ),
        file("declared as anything", "a.png", "application/octet-stream", png(40, 40)),
        file("zeros behind it", "a.jpg", "image/jpeg", [jpeg(40, 40), vec![0; 512]].concat()),
        file("a small picture in its head", "a.jpg", "image/jpeg", with_segment(&jpeg(80, 80), 0xe2, &jpeg(8, 8))),
    ]);
    all
}

pub fn hostile() -> Vec<(File, PaperFlaw)> {
    let (png, jpeg) = (png(40, 40), jpeg(40, 40));
    let mut all = Vec::new();
    let mut add = |what: &str, name: &str, bytes: Vec<u8>, why| all.push((file(what, name, "", bytes), why));
    // Wide and high beyond all paper: refused by the head, before a point of it is unpacked.
    for (what, width, height) in [
        ("50,000 × 50,000", 50_000, 50_000),
        ("a long strip", 2_000_000, 30),
        ("as wide as can be said", u32::MAX, u32::MAX),
    ] {
        add(what, "a.png", resized(&png, width, height), PaperFlaw::TooManyPoints);
    }
    add("65,000 × 65,000 in a JPEG", "a.jpg", resized_jpeg(&jpeg, 65_000, 65_000), PaperFlaw::TooManyPoints);
    add("no points at all", "a.png", resized(&png, 0, 0), PaperFlaw::Broken);
    // Cut off.
    add("a PNG cut in the middle", "a.png", png[..png.len() / 2].to_vec(), PaperFlaw::Broken);
    add("a PNG without its end", "a.png", png[..png.len() - 12].to_vec(), PaperFlaw::Broken);
    add("a PNG of its mark alone", "a.png", png[..8].to_vec(), PaperFlaw::Broken);
    add("a JPEG cut in the middle", "a.jpg", jpeg[..jpeg.len() / 2].to_vec(), PaperFlaw::Broken);
    add("a JPEG of its mark alone", "a.jpg", jpeg[..4].to_vec(), PaperFlaw::Broken);
    // Changed on the way.
    let mut changed = png.clone();
    changed[20] ^= 0x55;
    add("a PNG whose sums do not add up", "a.png", changed, PaperFlaw::Broken);
    let mut noise = png.clone();
    for byte in &mut noise[41..60] {
        *byte ^= 0xa5;
    }
    add("noise for points", "a.png", noise, PaperFlaw::Broken);
    add("a chunk longer than the file", "a.png", [&png[..33], &[0xff; 4], b"IDAT"].concat(), PaperFlaw::Broken);
    // Two files in one.
    for (what, behind) in [
        ("an archive behind", b"PK\x03\x04\x14\x00Main.class".as_slice()),
        ("a PDF behind", b"%PDF-1.7\n%%EOF"),
        ("a page behind", b"<html><script>alert(1)</script>"),
        ("a program behind", b"\x7fELF\x02\x01"),
        ("a RAR behind", b"Rar!\x1a\x07\x00"),
        ("a GIF behind", b"GIF89a"),
    ] {
        add(&format!("{what} a PNG"), "a.png", [png.as_slice(), behind].concat(), PaperFlaw::Active);
        add(&format!("{what} a JPEG"), "a.jpg", [jpeg.as_slice(), behind, b"\xff"].concat(), PaperFlaw::Active);
    }
    add(
        "a script in a comment",
        "a.jpg",
        with_segment(&jpeg, 0xfe, b"*/<ScRiPt>alert(1)</script>/*"),
        PaperFlaw::Active,
    );
    add("PHP in a text", "a.png", with_chunk(&png, *b"tEXt", b"Comment\0<?php system($_GET[0]);"), PaperFlaw::Active);
    add("a frame in a text", "a.png", with_chunk(&png, *b"iTXt", b"x\0\0\0\0\0<iframe src=//x>"), PaperFlaw::Active);
    all
}

/// A PNG whose head says another size, with the right sum.
fn resized(png: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png.to_vec();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    bytes
}

/// A JPEG whose frame says another size.
fn resized_jpeg(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg.to_vec();
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}
