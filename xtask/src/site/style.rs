//! The style sheet: one file from `style/main.css` and what it imports.

use super::files::{Kind, Site};
use anyhow::{Context, Result, anyhow, bail, ensure};
use lightningcss::{
    dependencies::{Dependency, DependencyOptions},
    rules::{CssRule, CssRuleList, import::ImportRule, layer::LayerBlockRule},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet},
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
    /// The sheet's first file; an address that does not begin at the top is one beside it, whichever file it is written in.
    main: PathBuf,
}

/// Puts the files together and minifies; anything the parser does not understand stops the build, as a browser would drop it silently.
pub fn bundle(main: &Path) -> Result<Sheet> {
    let source = read(main)?;
    let files = imported(main, &source)?;
    let warnings = Arc::new(RwLock::new(vec![]));
    let options = |file: &Path| ParserOptions {
        filename: file.display().to_string(),
        warnings: Some(Arc::clone(&warnings)),
        ..ParserOptions::default()
    };
    let mut next = files.iter();
    let mut rules = Vec::new();
    for rule in parse(&source, options(main))?.rules.0 {
        let CssRule::Import(import) = rule else {
            rules.push(rule);
            continue;
        };
        let (file, text) = next.next().context("an import was not read")?;
        rules.push(layer(&import, parse(text, options(file))?.rules)?);
    }
    let mut sheet = StyleSheet::new(vec![main.display().to_string()], CssRuleList(rules), ParserOptions::default());
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
    Ok(Sheet { code, links: links(printed.dependencies.unwrap_or_default(), main)? })
}

/// The files a sheet imports, in order, with their texts.
fn imported(main: &Path, source: &str) -> Result<Vec<(PathBuf, String)>> {
    let folder = main.parent().unwrap_or(Path::new(""));
    let mut files = Vec::new();
    for rule in parse(source, ParserOptions::default())?.rules.0 {
        if let CssRule::Import(import) = rule {
            ensure!(!import.url.contains("//"), "the style sheet imports from elsewhere: {}", import.url);
            let file = folder.join(&*import.url);
            let text = read(&file)?;
            files.push((file, text));
        }
    }
    Ok(files)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn parse<'i>(text: &'i str, options: ParserOptions<'i>) -> Result<StyleSheet<'i>> {
    StyleSheet::parse(text, options).map_err(|error| anyhow!("{error}"))
}

/// What an import stands for: the rules of its file, in the layer it names. Files import nothing themselves.
fn layer<'i>(import: &ImportRule<'i>, rules: CssRuleList<'i>) -> Result<CssRule<'i>> {
    let nests = rules.0.iter().any(|rule| matches!(rule, CssRule::Import(_)));
    let plain = import.supports.is_none() && import.media.media_queries.is_empty();
    ensure!(!nests && plain, "{} is imported in a way that is not written for", import.url);
    let name = import.layer.clone().flatten().with_context(|| format!("{} is imported into no layer", import.url))?;
    Ok(CssRule::LayerBlock(LayerBlockRule { name: Some(name), rules, loc: import.loc }))
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
            None => self.main.parent().unwrap_or(Path::new("")).join(&self.address),
        }))
    }
}

fn links(dependencies: Vec<Dependency>, main: &Path) -> Result<Vec<Link>> {
    let link = |dependency| match dependency {
        Dependency::Url(url) => Ok(Link { placeholder: url.placeholder, address: url.url, main: main.to_owned() }),
        Dependency::Import(import) => bail!("the style sheet imports from elsewhere: {}", import.url),
    };
    dependencies.into_iter().map(link).collect()
}

/// The order of the layers decides which rule wins, so it has to be the first thing a browser reads. The minifier leaves it
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
        Link { placeholder: "abc".into(), address: address.into(), main: "style/main.css".into() }
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
