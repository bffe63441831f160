//! The browser half: `target/site/`, as the server serves it.
//!
//! Everything under `pkg/` carries its content's hash in its name and may be kept for ever; beside each text file lie its
//! `.br` and `.gz`. `manifest.json` tells the server the names of this build.

mod compress;
mod files;
mod manifest;
mod style;

use crate::{place, process, say, toolchain::Toolchain};
use anyhow::{Context, Result, ensure};
use files::{Kind, Site};
use manifest::Manifest;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// The browser half's script and module together may not weigh more over the wire (brotli).
const BUDGET: usize = 130_000;

/// Builds the browser half, or sees that nothing changed.
pub fn build() -> Result<PathBuf> {
    let started = Instant::now();
    let module = compile(&Toolchain::find()?)?;
    let site = place::target().join("site");
    let stamp = fingerprint(&module)?;
    let stamp_file = place::target().join("browser/site.stamp");
    if site.join("manifest.json").exists() && fs::read_to_string(&stamp_file).is_ok_and(|made| made == stamp) {
        say::line(format!("  browser half is up to date ({})", say::seconds(started.elapsed())));
        return Ok(site);
    }
    let built = place::target().join("browser/site");
    let sizes = assemble(&module, &built)?;
    replace(&site, &built)?;
    fs::write(stamp_file, stamp)?;
    say::line(format!("  browser half built ({})\n{sizes}", say::seconds(started.elapsed())));
    Ok(site)
}

fn compile(toolchain: &Toolchain) -> Result<PathBuf> {
    const PROFILE: &str = "wasm-release";
    let mut command = toolchain.cargo("build");
    command.args(["--profile", PROFILE]);
    process::must(command, "browser")?;
    Ok(place::target().join("browser").join(crate::toolchain::TRIPLE).join(PROFILE).join("frontend.wasm"))
}

/// Changes when anything changes that a site is made from: the module, the styles, the public files, this program.
fn fingerprint(module: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    let mut inputs = vec![module.to_owned(), std::env::current_exe()?];
    inputs.extend(files::below(Path::new("style"))?);
    inputs.extend(files::below(Path::new("public"))?);
    for input in inputs {
        let content = fs::read(&input).with_context(|| format!("cannot read {}", input.display()))?;
        hash.update(format!("{} {}\n", input.display(), content.len()));
        hash.update(content);
    }
    Ok(data_encoding::HEXLOWER.encode(&hash.finalize()))
}

fn assemble(module: &Path, folder: &Path) -> Result<String> {
    let (script, wasm) = bind(module)?;
    let mut site = Site::create(folder)?;
    let script = site.add_hashed("samverkan", Kind::Script, &script)?;
    let wasm = site.add_hashed("samverkan_bg", Kind::Wasm, &wasm)?;
    let sheet = style::bundle(Path::new("style/main.css"))?;
    let (sheet, fonts) = style::with_hashed_links(sheet, &mut site)?;
    let css = site.add_hashed("samverkan", Kind::Style, sheet.as_bytes())?;
    site.copy_public(Path::new("public"))?;
    let sent = site.sent(&script)? + site.sent(&wasm)?;
    site.add_manifest(&Manifest { js: script, wasm, css, fonts })?;
    ensure!(
        sent <= BUDGET,
        "{}The browser half weighs {} over the wire; its budget is {}.",
        site.sizes(),
        say::kilobytes(sent),
        say::kilobytes(BUDGET)
    );
    Ok(format!("{}    script and module: {} of {}", site.sizes(), say::kilobytes(sent), say::kilobytes(BUDGET)))
}

/// The script and the module that work together, from what the compiler made.
fn bind(module: &Path) -> Result<(Vec<u8>, Vec<u8>)> {
    let folder = place::target().join("browser/bound");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(module)
        .web(true)?
        .out_name("samverkan")
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)?;
    ensure!(
        !folder.join("snippets").exists(),
        "a dependency brings JavaScript of its own, which would be served under names without a hash"
    );
    Ok((fs::read(folder.join("samverkan.js"))?, fs::read(folder.join("samverkan_bg.wasm"))?))
}

/// Puts the new site where the old one was.
fn replace(site: &Path, built: &Path) -> Result<()> {
    if site.exists() {
        fs::remove_dir_all(site)?;
    }
    fs::rename(built, site).with_context(|| format!("cannot move the site to {}", site.display()))
}
