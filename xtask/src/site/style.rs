//! The style sheet: one file from `style/main.css` and what it imports.

use super::files::{Kind, Site};
use anyhow::{Context, Result, anyhow, bail, ensure};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    dependencies::{Dependency, DependencyOptions},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::{Browsers, Targets},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

/// The oldest browsers we write for: those that know nesting, `light-dark()` and `:has()`.
const CHROME: u32 = 123 << 16;
const FIREFOX: u32 = 128 << 16;
const SAFARI: u32 = (17 << 16) | (5 << 8);

/// A bundled sheet in which the addresses of files still are placeholders.
pub struct Sheet {
    code: String,
    links: Vec<Link>,
}

/// A `url()` of the sheet.
struct Link {
    placeholder: String,
    /// As written.
    address: String,
    /// The file it is written in.
    from: PathBuf,
}

/// Bundles and minifies; anything the parser does not understand stops the build, as a browser would drop it silently.
pub fn bundle(main: &Path) -> Result<Sheet> {
    let source = fs::read_to_string(main).with_context(|| format!("cannot read {}", main.display()))?;
    let provider = FileProvider::new();
    let warnings = Arc::new(RwLock::new(vec![]));
    let parser = ParserOptions { warnings: Some(Arc::clone(&warnings)), ..ParserOptions::default() };
    let mut bundler = Bundler::new(&provider, None, parser);
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{error}"))?;
    let targets = Targets::from(Browsers {
        chrome: Some(CHROME),
        edge: Some(CHROME),
        firefox: Some(FIREFOX),
        safari: Some(SAFARI),
        ..Browsers::default()
    });
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| anyhow!("{error}"))?;
    let printed = sheet.to_css(PrinterOptions {
        minify: true,
        targets,
        analyze_dependencies: Some(DependencyOptions { remove_imports: false }),
        ..PrinterOptions::default()
    })?;
    if let Some(warning) = warnings.read().ok().and_then(|all| all.first().map(ToString::to_string)) {
        bail!("style: {warning}");
    }
    let code = with_layers_first(&source, &printed.code)?;
    Ok(Sheet { code, links: links(printed.dependencies.unwrap_or_default())? })
}

/// Gives each file that the sheet names a hashed address; returns the sheet and its fonts by name.
pub fn with_hashed_links(sheet: Sheet, site: &mut Site) -> Result<(String, BTreeMap<String, String>)> {
    let mut hashed: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut code = sheet.code;
    for link in sheet.links {
        let address = match link.file()? {
            None => link.address.clone(),
            Some(file) => match hashed.get(&file) {
                Some(known) => known.clone(),
                None => hashed.entry(file.clone()).or_insert(add_font(&file, site)?).clone(),
            },
        };
        code = code.replace(&link.placeholder, &address);
    }
    let name = |file: PathBuf| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((code, hashed.into_iter().map(|(file, address)| (name(file), address)).collect()))
}

fn add_font(file: &Path, site: &mut Site) -> Result<String> {
    ensure!(file.extension().is_some_and(|kind| kind == "woff2"), "{} is not a font", file.display());
    let content = fs::read(file).with_context(|| format!("the style sheet names {}", file.display()))?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    site.add_hashed(&stem, Kind::Font, &content)
}

impl Link {
    /// The file meant, or none when the address carries its content or points into the page.
    fn file(&self) -> Result<Option<PathBuf>> {
        if self.address.starts_with("data:") || self.address.starts_with('#') {
            return Ok(None);
        }
        ensure!(!self.address.contains("//"), "the style sheet loads from elsewhere: {}", self.address);
        Ok(Some(match self.address.strip_prefix('/') {
            Some(public) => Path::new("public").join(public),
            None => self.from.parent().unwrap_or(Path::new("")).join(&self.address),
        }))
    }
}

fn links(dependencies: Vec<Dependency>) -> Result<Vec<Link>> {
    let link = |dependency| match dependency {
        Dependency::Url(url) => {
            Ok(Link { placeholder: url.placeholder, address: url.url, from: url.loc.file_path.into() })
        }
        Dependency::Import(import) => bail!("the style sheet imports from elsewhere: {}", import.url),
    };
    dependencies.into_iter().map(link).collect()
}

/// The order of the layers decides which rule wins, so it has to be the first thing a browser reads. The bundler leaves it
/// out where the blocks happen to follow in the same order; that would move with every import.
fn with_layers_first(source: &str, built: &str) -> Result<String> {
    let order = layer_order(source).context("style/main.css does not name the order of its layers")?;
    let statement = format!("@layer {order};");
    Ok(format!("{statement}{}", built.strip_prefix(&statement).unwrap_or(built)))
}

/// The names in the first `@layer a, b, c;`, written as a minified sheet has them.
fn layer_order(source: &str) -> Option<String> {
    let (_, after) = source.split_once("@layer ")?;
    let (names, _) = after.split_once(';')?;
    Some(names.split(',').map(str::trim).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(address: &str) -> Link {
        Link { placeholder: "abc".into(), address: address.into(), from: "style/base.css".into() }
    }

    #[test]
    fn the_order_of_layers_is_read_from_the_source() {
        assert_eq!(
            layer_order("/* x */\n@layer tokens, base ,\n print;\n@import 'a';").as_deref(),
            Some("tokens,base,print")
        );
        assert_eq!(layer_order("body {}"), None);
    }

    #[test]
    fn the_order_of_layers_comes_first_and_once() {
        assert_eq!(with_layers_first("@layer a, b;", "@layer a{p{}}").unwrap(), "@layer a,b;@layer a{p{}}");
        assert_eq!(with_layers_first("@layer a, b;", "@layer a,b;p{}").unwrap(), "@layer a,b;p{}");
        assert!(with_layers_first("p {}", "p{}").is_err());
    }

    #[test]
    fn addresses_are_found_from_the_top_or_beside_the_sheet() {
        assert_eq!(link("/fonts/a.woff2").file().unwrap(), Some("public/fonts/a.woff2".into()));
        assert_eq!(link("fonts/a.woff2").file().unwrap(), Some("style/fonts/a.woff2".into()));
        assert_eq!(link("data:image/svg+xml,x").file().unwrap(), None);
        assert!(link("https://example.org/a.woff2").file().is_err());
    }

    #[test]
    fn a_bundle_is_one_sheet_with_its_layers_first_and_its_fonts_hashed() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        file(
            "main.css",
            "@layer tokens, base;\n@import './tokens.css' layer(tokens);\n@import './base.css' layer(base);",
        );
        file("tokens.css", ":root { --ink: light-dark(#111, #eee); }");
        file(
            "base.css",
            "@font-face { font-family: A; src: url(a.woff2); }\n body { color: var(--ink); & a { color: red } }",
        );
        file("a.woff2", "not really a font");
        let mut site = Site::create(&folder.path().join("site")).unwrap();

        let sheet = bundle(&folder.path().join("main.css")).unwrap();
        let (code, fonts) = with_hashed_links(sheet, &mut site).unwrap();

        assert!(code.starts_with("@layer tokens,base;"), "{code}");
        assert!(code.contains("light-dark("), "nothing is lowered for browsers we do not have: {code}");
        assert!(code.contains(&fonts["a.woff2"]), "{code}");
    }

    #[test]
    fn a_sheet_with_a_mistake_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        fs::write(&main, "@layer a;\np { color: red; }}").unwrap();
        assert!(bundle(&main).is_err());
        fs::write(&main, "@layer a;\np { colour red }").unwrap();
        assert!(bundle(&main).is_err());
    }
}
