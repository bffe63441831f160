//! The browser half's files, read into memory at start with their compressed forms beside them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use app::request::Files;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Every file of the site, by its address.
#[derive(Debug, Default)]
pub struct Assets {
    files: BTreeMap<String, Asset>,
    /// The names of this build.
    pub names: Files,
}

/// One file in its three forms.
#[derive(Debug)]
struct Asset {
    kind: &'static str,
    etag: String,
    /// Carries its content's hash in its name: may be kept for ever.
    immutable: bool,
    plain: Vec<u8>,
    brotli: Option<Vec<u8>>,
    gzip: Option<Vec<u8>>,
}

/// What `cargo xtask build` wrote about its build.
#[derive(Debug, Deserialize)]
struct Manifest {
    js: String,
    wasm: String,
    css: String,
    #[serde(default)]
    fonts: BTreeMap<String, String>,
}

impl Assets {
    /// Reads the site that `cargo xtask build` wrote.
    ///
    /// # Errors
    /// When there is none, or its manifest names a file that is not there.
    pub fn read(site: &Path) -> Result<Self> {
        let manifest = fs::read_to_string(site.join("manifest.json"))
            .with_context(|| format!("there is no built site in {}; run `cargo xtask build`", site.display()))?;
        let manifest: Manifest = serde_json::from_str(&manifest).context("the site's manifest.json cannot be read")?;
        let mut files = BTreeMap::new();
        for path in below(site)? {
            let address = address(site, &path)?;
            if address != "/manifest.json" && kind(&address).is_some() {
                files.insert(address.clone(), Asset::read(&path, &address)?);
            }
        }
        let font = manifest
            .fonts
            .iter()
            .find(|(name, _)| name.contains("next-latin-wght"))
            .map(|(_, address)| rooted(address));
        let names =
            Files { script: rooted(&manifest.js), wasm: rooted(&manifest.wasm), style: rooted(&manifest.css), font };
        for name in [&names.script, &names.wasm, &names.style] {
            ensure!(
                files.contains_key(name),
                "the site's manifest names {name}, which is not there; run `cargo xtask build`"
            );
        }
        Ok(Self { files, names })
    }

    /// The answer for an address, if a file has it: in the form the browser takes, or 304 if it has it already.
    #[must_use]
    pub fn find(&self, address: &str, asked: &HeaderMap) -> Option<Response> {
        let asset = self.files.get(address)?;
        let etag = HeaderValue::from_str(&asset.etag).ok()?;
        let cache = if asset.immutable { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
        let known = asked.get_all(header::IF_NONE_MATCH).iter().any(|held| held.as_bytes() == asset.etag.as_bytes());
        let mut answer = if known { StatusCode::NOT_MODIFIED.into_response() } else { asset.respond(asked) };
        let headers = answer.headers_mut();
        headers.insert(header::ETAG, etag);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        Some(answer)
    }
}

impl Asset {
    fn read(path: &Path, address: &str) -> Result<Self> {
        let read = |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
        let compressed = |ending: &str| {
            let path = PathBuf::from(format!("{}.{ending}", path.display()));
            path.exists().then(|| read(&path)).transpose()
        };
        let plain = read(path)?;
        let hash = HEXLOWER.encode(&Sha256::digest(&plain));
        Ok(Self {
            kind: kind(address).context("a file of no known kind")?,
            etag: format!("\"{}\"", hash.get(..24).unwrap_or_default()),
            immutable: address.starts_with("/pkg/"),
            plain,
            brotli: compressed("br")?,
            gzip: compressed("gz")?,
        })
    }

    fn respond(&self, asked: &HeaderMap) -> Response {
        let takes = |form: &str| {
            asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|list| {
                list.split(',').any(|one| one.split(';').next().is_some_and(|name| name.trim() == form))
            })
        };
        let (form, body) = match (&self.brotli, &self.gzip) {
            (Some(body), _) if takes("br") => (Some("br"), body),
            (_, Some(body)) if takes("gzip") => (Some("gzip"), body),
            _ => (None, &self.plain),
        };
        let mut answer = ([(header::CONTENT_TYPE, self.kind)], Body::from(body.clone())).into_response();
        if let Some(form) = form {
            answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(form));
        }
        answer
    }
}

/// The media type by the name's ending; none for what is not served.
fn kind(address: &str) -> Option<&'static str> {
    let (_, ending) = address.rsplit_once('.')?;
    Some(match ending {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}

fn rooted(name: &str) -> String {
    format!("/{}", name.trim_start_matches('/'))
}

fn address(site: &Path, path: &Path) -> Result<String> {
    let inside = path.strip_prefix(site)?.to_str().context("a file's name is not text")?;
    Ok(rooted(inside))
}

/// Every file under a folder.
fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        match entry.file_type()? {
            kind if kind.is_dir() => found.extend(below(&entry.path())?),
            kind if kind.is_file() => found.push(entry.path()),
            _ => bail!("{} is neither file nor folder", entry.path().display()),
        }
    }
    Ok(found)
}
