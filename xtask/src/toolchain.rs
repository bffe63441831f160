//! A compiler for the browser half.
//!
//! rustup brings `wasm32-unknown-unknown` by itself, as `rust-toolchain.toml` names it. Where it does not (no rustup, automatic
//! installs switched off) Debian's own compiler does: its library source is built once into a private folder under `target/`.

use crate::{apt, place, process, say};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the browser runs.
pub const TRIPLE: &str = "wasm32-unknown-unknown";

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
/// Its Clippy, from the package `rust-web-clippy`.
pub const DEBIAN_CLIPPY: &str = "/usr/bin/cargo-clippy";
const DEBIAN_LLD: &str = "/usr/bin/lld-22";
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src";
/// How the library is built; a change here builds it anew.
const STD_BUILD: &str = "opt-level z, optimize_for_size";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// A cargo that can build for the browser.
pub enum Toolchain {
    /// The one that runs us knows the target.
    Own,
    /// Debian's, with the library built by us into this folder.
    Debian(PathBuf),
}

impl Toolchain {
    /// Finds the compiler, or makes one.
    pub fn find() -> Result<Self> {
        let rustc = place::variable("RUSTC").unwrap_or_else(|| "rustc".into());
        if knows_target(Path::new(&rustc)) {
            return Ok(Self::Own);
        }
        if !debian_is_complete() {
            apt::install(&DEBIAN_PACKAGES, "This Rust cannot compile for the browser").with_context(advice)?;
        }
        if !debian_is_complete() {
            bail!(advice());
        }
        debian_sysroot().map(Self::Debian)
    }

    /// A cargo command for the browser half. Its target folder is its own: two compilers in one folder would each
    /// throw out what the other built.
    pub fn cargo(&self, subcommand: &str) -> Command {
        let mut command = match self {
            Self::Own => Command::new(place::cargo()),
            Self::Debian(sysroot) => {
                // By its path: `cargo clippy` would find rustup's, which cannot read what this compiler made.
                let program = if subcommand == "clippy" { DEBIAN_CLIPPY } else { DEBIAN_CARGO };
                let mut command = debian_cargo(program, &sysroot.join("bin/rustc"));
                // Clippy's driver takes the place of the wrapper, and asks here.
                command.env("SYSROOT", sysroot);
                command
            }
        };
        command.args([subcommand, "--package", "frontend", "--lib", "--target", TRIPLE, "--target-dir"]);
        command.arg(place::target().join("browser"));
        command
    }
}

fn advice() -> String {
    format!(
        "The browser half needs a Rust that compiles for {TRIPLE}. Run one of these and try again:\n  rustup target add \
         {TRIPLE}\n  sudo apt-get install -y --no-install-recommends {}",
        DEBIAN_PACKAGES.join(" ")
    )
}

fn knows_target(rustc: &Path) -> bool {
    let Ok(sysroot) = process::ask(Command::new(rustc).args(["--print", "sysroot"])) else { return false };
    let library = Path::new(sysroot.trim()).join("lib/rustlib").join(TRIPLE).join("lib");
    fs::read_dir(library).is_ok_and(|mut files| {
        files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
    })
}

fn debian_is_complete() -> bool {
    let library = Path::new(DEBIAN_SOURCE).join("rust/library/std/Cargo.toml");
    [Path::new(DEBIAN_RUSTC), Path::new(DEBIAN_CARGO), Path::new(DEBIAN_LLD), &library].iter().all(|path| path.exists())
}

/// Debian's cargo, free from what rustup's cargo told its children.
fn debian_cargo(program: &str, rustc: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("CARGO", DEBIAN_CARGO).env("RUSTC", rustc);
    for name in ["RUSTUP_TOOLCHAIN", "CARGO_TARGET_DIR", "RUSTFLAGS"] {
        command.env_remove(name);
    }
    command
}

/// A folder that looks like an installed compiler with the browser's library. Made once per compiler version.
fn debian_sysroot() -> Result<PathBuf> {
    let version = process::ask(Command::new(DEBIAN_RUSTC).arg("-vV"))?;
    let sysroot = place::target().join("browser-toolchain");
    let stamp = sysroot.join("version");
    // The folder's own name stands in its wrapper: a copied target folder must not point back to where it came from.
    let wanted = format!("{version}{}\n{STD_BUILD}\n", sysroot.display());
    if fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(sysroot);
    }
    say::line("  Building Rust's standard library for the browser (once, about a minute)");
    if sysroot.exists() {
        fs::remove_dir_all(&sysroot)?;
    }
    // Cargo does not see that the library under the same compiler is another one.
    let stale = place::target().join("browser").join(TRIPLE);
    if stale.exists() {
        fs::remove_dir_all(stale)?;
    }
    let built = build_std(&sysroot.join("work"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names no host")?;
    furnish(&sysroot, host, &built)?;
    fs::remove_dir_all(sysroot.join("work"))?;
    fs::write(stamp, wanted)?;
    Ok(sysroot)
}

/// Compiles the standard library from its source through an empty crate.
fn build_std(work: &Path) -> Result<PathBuf> {
    fs::create_dir_all(work.join("src"))?;
    // For size, as the profile that uses it.
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[profile.release]\n\
                    opt-level = \"z\"\n";
    fs::write(work.join("Cargo.toml"), manifest)?;
    fs::write(work.join("src/lib.rs"), "#![no_std]\n")?;
    let mut command = debian_cargo(DEBIAN_CARGO, Path::new(DEBIAN_RUSTC));
    command
        .current_dir(work)
        .args(["build", "--release", "--target", TRIPLE, "--target-dir", "out"])
        .args(["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"])
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode in the library, link-time optimisation over the whole module is refused.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    process::must(command, "browser-std")?;
    Ok(work.join("out").join(TRIPLE).join("release/deps"))
}

/// Lays out the folder as rustc expects it.
fn furnish(sysroot: &Path, host: &str, built: &Path) -> Result<()> {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let rustlib = sysroot.join("lib/rustlib");
    let library = rustlib.join(TRIPLE).join("lib");
    for folder in [&library, &rustlib.join(host).join("bin"), &sysroot.join("bin")] {
        fs::create_dir_all(folder)?;
    }
    for file in fs::read_dir(built)? {
        let file = file?;
        let name = file.file_name();
        if Path::new(&name).extension().is_some_and(|kind| kind == "rlib")
            && !name.to_string_lossy().starts_with("libempty")
        {
            fs::copy(file.path(), library.join(name))?;
        }
    }
    symlink(Path::new("/usr/lib/rustlib").join(host).join("lib"), rustlib.join(host).join("lib"))?;
    symlink(DEBIAN_LLD, rustlib.join(host).join("bin/rust-lld"))?;
    symlink(DEBIAN_SOURCE, rustlib.join("src"))?;
    let wrapper = sysroot.join("bin/rustc");
    fs::write(&wrapper, format!("#!/bin/sh\nexec {DEBIAN_RUSTC} --sysroot '{}' \"$@\"\n", sysroot.display()))?;
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755))?;
    Ok(())
}
