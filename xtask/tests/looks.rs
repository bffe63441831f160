//! Holds the design system to its promises: contrast, colours in one place, no inline style, no undefined class.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What text is written in.
const TEXTS: [&str; 8] = ["ink", "ink-soft", "accent", "ok", "warn", "stop", "forum-family", "forum-youth"];
/// What it is written on.
const GROUNDS: [&str; 7] = ["paper", "sheet", "sunken", "accent-soft", "ok-soft", "warn-soft", "stop-soft"];
/// Text and ground that only meet each other.
const PAIRS: [(&str, &str); 7] = [
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-bar", "bar"),
    ("on-stop", "stop"),
    ("on-stop", "stop-deep"),
    ("accent-deep", "accent-soft"),
    ("stop-deep", "sheet"),
];

/// Red, green, blue.
type Colour = [u8; 3];

/// A path from the root of the workspace.
fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path)
}

/// Every file under a folder whose name has this ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// `#rrggbb` as a colour.
fn colour(text: &str) -> Option<Colour> {
    let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The tokens that are a colour by day and one by night.
fn tokens() -> BTreeMap<String, (Colour, Colour)> {
    let source = fs::read_to_string(root("style/tokens.css")).unwrap();
    let mut found = BTreeMap::new();
    for line in source.lines() {
        let Some((name, value)) = line.trim().strip_prefix("--").and_then(|line| line.split_once(": light-dark("))
        else {
            continue;
        };
        let (day, night) = value.trim_end_matches(");").split_once(',').unwrap();
        if let (Some(day), Some(night)) = (colour(day), colour(night)) {
            found.insert(name.to_owned(), (day, night));
        }
    }
    found
}

/// Relative luminance, WCAG 2.2 "relative luminance".
fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.0722_f64.mul_add(blue, 0.2126_f64.mul_add(red, 0.7152 * green))
}

/// Contrast ratio, WCAG 2.2 "contrast ratio": 1 to 21.
fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The pairs that stay under the ratio, by day or by night, in words.
fn too_faint(pairs: impl Iterator<Item = (&'static str, &'static str)>, least: f64) -> Vec<String> {
    let tokens = tokens();
    pairs
        .filter_map(|(text, ground)| {
            let (text_day, text_night) = tokens.get(text).unwrap();
            let (ground_day, ground_night) = tokens.get(ground).unwrap();
            let (day, night) = (contrast(*text_day, *ground_day), contrast(*text_night, *ground_night));
            (day.min(night) < least).then(|| format!("{text} on {ground}: {day:.2} by day, {night:.2} by night"))
        })
        .collect()
}

/// The style sheets that are shipped.
fn sheets() -> Vec<PathBuf> {
    files(&root("style"), "css").into_iter().filter(|path| !path.ends_with("gallery.css")).collect()
}

/// WCAG 2.2, 1.4.3
#[test]
fn every_text_can_be_read_on_every_ground() {
    let everywhere = TEXTS.iter().flat_map(|text| GROUNDS.iter().map(move |ground| (*text, *ground)));
    assert_eq!(too_faint(everywhere.chain(PAIRS), 4.5), Vec::<String>::new());
}

/// WCAG 2.2, 1.4.11
#[test]
fn the_edge_of_a_control_stands_out_from_every_ground() {
    assert_eq!(too_faint(GROUNDS.iter().map(|ground| ("rule-strong", *ground)), 3.0), Vec::<String>::new());
}

#[test]
fn contrast_is_measured_as_wcag_does() {
    assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
    assert!((contrast([0x77, 0x77, 0x77], [255, 255, 255]) - 4.478).abs() < 1e-3);
}

#[test]
fn colours_stand_in_tokens_only() {
    let mut raw = Vec::new();
    for sheet in sheets().into_iter().filter(|path| !path.ends_with("tokens.css")) {
        for line in fs::read_to_string(&sheet).unwrap().lines() {
            let value = line.split_once('{').map_or(line, |(_, value)| value);
            let hexadecimal = value.split('#').skip(1).any(|rest| {
                let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8)
            });
            if hexadecimal || ["rgb(", "hsl(", "oklch(", "light-dark("].iter().any(|function| value.contains(function))
            {
                raw.push(format!("{}: {}", sheet.display(), line.trim()));
            }
        }
    }
    assert_eq!(raw, Vec::<String>::new());
}

/// WEB-05: the policy refuses a style attribute, so what it says would silently be missing.
#[test]
fn no_page_sets_a_style_attribute() {
    let mut sources = files(&root("app/src"), "rs");
    sources.push(root("style/gallery.html"));
    let mut styled = Vec::new();
    for source in sources {
        for line in fs::read_to_string(&source).unwrap().lines().map(str::trim) {
            if !line.starts_with("//") && (line.contains(" style=") || line.starts_with("style=")) {
                styled.push(format!("{}: {line}", source.display()));
            }
        }
    }
    assert_eq!(styled, Vec::<String>::new());
}

#[test]
fn every_class_of_the_gallery_is_defined() {
    let css: String = sheets().iter().map(|sheet| fs::read_to_string(sheet).unwrap()).collect();
    let defined: BTreeSet<&str> = css
        .split('.')
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default())
        .collect();
    let gallery = fs::read_to_string(root("style/gallery.html")).unwrap();
    let unknown: BTreeSet<&str> = gallery
        .split("class=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .flat_map(|(classes, _)| classes.split_whitespace())
        .filter(|class| !defined.contains(class))
        .collect();
    assert_eq!(unknown, BTreeSet::new());
}

/// A part of a strip may be any of these lengths; see `style/README.md`.
#[test]
fn a_strip_knows_every_five_minutes_up_to_two_hours() {
    let week = fs::read_to_string(root("style/pages/week.css")).unwrap();
    for minutes in (5..=120).step_by(5) {
        let rule = format!(".strip > .m-{minutes} {{ flex-grow: {minutes}; }}");
        assert!(week.contains(&rule), "{rule} is missing");
    }
}
