//! The folder of a site and what is put into it.

use super::{compress, manifest::Manifest};
use crate::say;
use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// What a hashed file is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Script,
    Wasm,
    Style,
    Font,
}

impl Kind {
    fn extension(self) -> &'static str {
        match self {
            Self::Script => "js",
            Self::Wasm => "wasm",
            Self::Style => "css",
            Self::Font => "woff2",
        }
    }

    /// Whether encodings are worth it: woff2 is brotli already.
    fn is_compressed(self) -> bool {
        self != Self::Font
    }
}

/// Whether a public file gains from being compressed.
const TEXTS: [&str; 7] = ["css", "html", "js", "json", "svg", "txt", "webmanifest"];

/// A site in the making.
pub struct Site {
    folder: PathBuf,
    sizes: String,
}

impl Site {
    /// Starts an empty site.
    pub fn create(folder: &Path) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder.join("pkg"))?;
        Ok(Self { folder: folder.to_owned(), sizes: String::new() })
    }

    /// Adds a file under a name that changes with its content; returns its address from the top of the site.
    pub fn add_hashed(&mut self, stem: &str, kind: Kind, content: &[u8]) -> Result<String> {
        let address = hashed_address(stem, kind, content);
        let path = self.folder.join(address.trim_start_matches('/'));
        write_file(&path, content)?;
        write!(self.sizes, "    {address:<58} {:>10}", say::kilobytes(content.len()))?;
        if kind.is_compressed() {
            let sent = write_encodings(&path, content)?;
            write!(self.sizes, "  {:>9} brotli", say::kilobytes(sent))?;
        }
        self.sizes.push('\n');
        Ok(address)
    }

    /// Copies the public files under their own names.
    pub fn copy_public(&self, public: &Path) -> Result<()> {
        for source in below(public)? {
            let target = self.folder.join(source.strip_prefix(public)?);
            let content = fs::read(&source)?;
            write_file(&target, &content)?;
            if source.extension().is_some_and(|kind| TEXTS.iter().any(|text| kind == *text)) {
                write_encodings(&target, &content)?;
            }
        }
        Ok(())
    }

    /// Tells the server the names of this build.
    pub fn add_manifest(&self, manifest: &Manifest) -> Result<()> {
        Ok(fs::write(self.folder.join("manifest.json"), serde_json::to_string_pretty(manifest)? + "\n")?)
    }

    /// What a file weighs over the wire, in bytes.
    pub fn sent(&self, address: &str) -> Result<usize> {
        let encoded = with_suffix(&self.folder.join(address.trim_start_matches('/')), "br");
        Ok(usize::try_from(fs::metadata(encoded)?.len())?)
    }

    /// A line for each hashed file: its address, its size, its size over the wire.
    pub fn sizes(&self) -> &str {
        &self.sizes
    }
}

/// All files below a folder, in a fixed order. None where the folder is missing.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(vec![]);
    }
    let mut found = vec![];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(below(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

/// The first eight bytes of SHA-256 are enough to tell builds apart.
fn hashed_address(stem: &str, kind: Kind, content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let short: Vec<u8> = digest.iter().copied().take(8).collect();
    format!("/pkg/{stem}.{}.{}", HEXLOWER.encode(&short), kind.extension())
}

fn write_file(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// Writes the encoded twins of a file; returns the size of the smaller one.
fn write_encodings(path: &Path, content: &[u8]) -> Result<usize> {
    let encoded = compress::brotli(content)?;
    write_file(&with_suffix(path, "br"), &encoded)?;
    write_file(&with_suffix(path, "gz"), &compress::gzip(content)?)?;
    Ok(encoded.len())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}.{suffix}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content() {
        assert_eq!(hashed_address("samverkan", Kind::Style, b""), "/pkg/samverkan.e3b0c44298fc1c14.css");
        assert_ne!(hashed_address("a", Kind::Script, b"1"), hashed_address("a", Kind::Script, b"2"));
    }
}
