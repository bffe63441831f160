//! Pictures, decoded within limits and encoded anew: place, camera, comments and whatever else hid in them is gone (UPL-02).

use std::io::Cursor;

use domain::paper::PaperFlaw;
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    error::ImageError,
};
use memchr::memmem;

use super::{Kind, outside};

/// Points of the largest picture: an A3 page at 600 to the inch has 39 million.
const POINTS: u64 = 40_000_000;
/// Bytes a picture may take while it is decoded.
const MEMORY: u64 = 160 * 1024 * 1024;
/// How well a photograph is kept, of a hundred.
const QUALITY: u8 = 85;

/// The picture as it may be kept: turned as it was meant, in colours or in grey, and nothing else.
pub(super) fn anew(kind: Kind, bytes: &[u8]) -> Result<Vec<u8>, PaperFlaw> {
    let end = end_of(kind, bytes).ok_or(PaperFlaw::Broken)?;
    let behind = bytes.get(end..).unwrap_or_default();
    if outside::has_another_behind(behind) || outside::has_markup(bytes) {
        return Err(PaperFlaw::Active);
    }
    let format = if kind == Kind::Png { image::ImageFormat::Png } else { image::ImageFormat::Jpeg };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(why)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > POINTS {
        return Err(PaperFlaw::TooManyPoints);
    }
    let turned = decoder.orientation().map_err(why)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(why)?;
    picture.apply_orientation(turned);
    encoded(kind, &plain(picture)).map_err(why)
}

/// Eight bits a colour, without transparency: what is transparent could show differently to different readers.
fn plain(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => picture,
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(picture.into_luma8()),
        DynamicImage::ImageLumaA8(_)
        | DynamicImage::ImageLumaA16(_)
        | DynamicImage::ImageRgba8(_)
        | DynamicImage::ImageRgba16(_) => DynamicImage::ImageRgb8(on_white(&picture)),
        other => DynamicImage::ImageRgb8(other.into_rgb8()),
    }
}

/// On white paper, as it was meant.
fn on_white(picture: &DynamicImage) -> image::RgbImage {
    let with_alpha = picture.to_rgba8();
    image::RgbImage::from_fn(with_alpha.width(), with_alpha.height(), |x, y| {
        let image::Rgba([red, green, blue, alpha]) = *with_alpha.get_pixel(x, y);
        let on = |colour: u8| {
            let mixed = u32::from(colour) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from(mixed / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([on(red), on(green), on(blue)])
    })
}

fn encoded(kind: Kind, picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let (width, height, colour) = (picture.width(), picture.height(), picture.color().into());
    let mut bytes = Vec::new();
    match kind {
        Kind::Png => PngEncoder::new(&mut bytes).write_image(picture.as_bytes(), width, height, colour)?,
        _ => {
            JpegEncoder::new_with_quality(&mut bytes, QUALITY).write_image(
                picture.as_bytes(),
                width,
                height,
                colour,
            )?;
        }
    }
    Ok(bytes)
}

fn why(error: ImageError) -> PaperFlaw {
    match error {
        ImageError::Limits(_) => PaperFlaw::TooManyPoints,
        _ => PaperFlaw::Broken,
    }
}

/// Where the picture ends and something else may begin; none where it has no end.
fn end_of(kind: Kind, bytes: &[u8]) -> Option<usize> {
    if kind == Kind::Png { end_of_png(bytes) } else { end_of_jpeg(bytes) }
}

/// After the chunk `IEND` (ISO/IEC 15948, 11.2.5).
fn end_of_png(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let head: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
        let [a, b, c, d, name @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
        at = at.checked_add(12)?.checked_add(length)?;
        if name == *b"IEND" {
            return (at <= bytes.len()).then_some(at);
        }
    }
}

/// After the last marker `EOI` (ITU-T T.81, B.2.1). A small picture inside the head has one of its own, so the last counts: what
/// follows it is not read as a picture by anybody.
fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
    memmem::rfind(bytes, &[0xff, 0xd9]).map(|at| at + 2)
}
