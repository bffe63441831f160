//! The two encodings that files wait in, so that no request pays for them.

use anyhow::Result;
use std::io::Write;

/// Brotli at its best.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut compressed = vec![];
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Gzip at its best.
pub fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
