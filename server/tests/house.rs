//! The rules of the house that no compiler knows (ARCHITECTURE.md).
#![expect(clippy::unwrap_used, reason = "a test that cannot read the house must fail")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{DependencyKind, MetadataCommand};

const HOUSE: [&str; 7] = ["app", "backend", "domain", "frontend", "migrations", "server", "xtask"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every Rust file under a folder of the house: its path from the top, and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} holds no source");
    found
}

/// The files under `folder` that hold `what`, but for those in `home`.
fn strays(folder: &str, what: &str, home: &[&str]) -> Vec<String> {
    let holds = |(name, text): &(String, String)| text.contains(what) && !home.contains(&name.as_str());
    sources(folder).into_iter().filter(holds).map(|(name, _)| name).collect()
}

#[test]
fn crates_depend_on_each_other_only_along_the_arrows() {
    let arrows: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("domain", &[][..]),
        ("migrations", &[]),
        ("backend", &["domain"]),
        ("app", &["backend", "domain"]),
        ("frontend", &["app"]),
        ("server", &["app", "backend", "domain", "migrations"]),
        ("xtask", &[]),
    ]);
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap();
    let names: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    assert_eq!(names, BTreeSet::from(HOUSE));
    for package in &metadata.packages {
        let allowed = arrows[package.name.as_str()];
        for dependency in package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal) {
            let ours = HOUSE.contains(&dependency.name.as_str());
            assert!(
                !ours || allowed.contains(&dependency.name.as_str()),
                "{} must not use {}",
                package.name,
                dependency.name
            );
        }
    }
}

#[test]
fn the_browser_half_never_reaches_the_backend() {
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap();
    let app = metadata.packages.iter().find(|package| package.name.as_str() == "app").unwrap();
    let backend = app.dependencies.iter().find(|dependency| dependency.name == "backend").unwrap();
    assert!(backend.optional, "app must take backend with its feature `ssr` only");
    assert!(!app.features["hydrate"].iter().any(|feature| feature.contains("backend")));
    for folder in ["app/src/islands", "app/src/text"] {
        assert_eq!(strays(folder, "backend::", &[]), Vec::<String>::new());
    }
}

#[test]
fn domain_knows_no_world() {
    for forbidden in ["std::fs", "std::net", "std::env", "std::thread", "tokio", "async fn", "sea_orm"] {
        assert_eq!(strays("domain/src", forbidden, &[]), Vec::<String>::new(), "{forbidden}");
    }
}

/// WEB-05: the policy of the pages refuses inline style.
#[test]
fn no_view_carries_inline_style() {
    for inline in [" style=", "<style"] {
        assert_eq!(strays("app/src", inline, &[]), Vec::<String>::new(), "{inline}");
    }
    // The directive `style:color=…`; a field of that name has a space after its colon.
    let directive =
        |text: &str| text.split(" style:").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    let with_directive: Vec<_> =
        sources("app/src").into_iter().filter(|(_, text)| directive(text)).map(|(name, _)| name).collect();
    assert_eq!(with_directive, Vec::<String>::new());
}

/// What is bound to one thread brings the program down when the page it was rendered for is dropped on another.
#[test]
fn no_island_holds_what_belongs_to_one_thread() {
    for bound in ["new_local", "LocalStorage", "SendWrapper"] {
        assert_eq!(strays("app/src", bound, &[]), Vec::<String>::new(), "{bound}");
    }
}

/// Leptos 0.8 writes the children of a text area unescaped on the server.
#[test]
fn text_areas_and_raw_html_stand_in_one_place() {
    assert_eq!(strays("app/src", "<textarea", &["app/src/components/text_area.rs"]), Vec::<String>::new());
    assert_eq!(strays("app/src", "inner_html", &["app/src/components/text_area.rs"]), Vec::<String>::new());
}

/// WEB-01, F4, F6: changes are POST with an ordinary body, at a fixed address.
#[test]
fn server_functions_are_posts_at_fixed_addresses() {
    for encoding in
        ["GetUrl", "GetCbor", "MultipartData", "MultipartFormData", "StreamingText", "ByteStream", "Websocket"]
    {
        assert_eq!(strays("app/src", encoding, &[]), Vec::<String>::new(), "{encoding}");
    }
    for (name, text) in sources("app/src") {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("#[server")) {
            // Those on an argument.
            let argument = ["#[server(default)]", "#[server(flatten)]"].iter().any(|on| line.contains(on));
            let fixed = line.contains("prefix = \"/api\"") && line.contains("endpoint = \"");
            assert!(argument || fixed, "{name}:{}: a server function without a fixed address", number + 1);
        }
    }
}

#[test]
fn time_and_chance_come_in_from_outside() {
    for folder in ["app/src", "server/src", "domain/src", "backend/src"] {
        let home = ["backend/src/clock.rs"];
        assert_eq!(strays(folder, "Utc::now", &home), Vec::<String>::new());
        assert_eq!(strays(folder, "SystemTime::now", &home), Vec::<String>::new());
        assert_eq!(strays(folder, "new_v4", &[]), Vec::<String>::new());
    }
    assert_eq!(strays("backend/src", "std::env", &[]), Vec::<String>::new());
    assert_eq!(strays("app/src", "std::env", &[]), Vec::<String>::new());
    assert_eq!(strays("server/src", "std::env", &["server/src/config.rs"]), Vec::<String>::new());
}

/// A raw row cannot leave the crate.
#[test]
fn entities_and_queries_are_private_to_the_backend() {
    let lib = fs::read_to_string(root().join("backend/src/lib.rs")).unwrap();
    for module in ["entity", "store"] {
        assert!(lib.contains(&format!("\nmod {module};")), "`{module}` must be a private module");
    }
    assert_eq!(strays("app/src", "sea_orm", &[]), Vec::<String>::new());
}

/// The rule ids in a text, as `C8` or in a test's name, `c8_…`.
fn rules_in(text: &str) -> BTreeSet<String> {
    let rules = all_rules();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let ids = words.flat_map(|word| match word.split_once('_') {
        Some(_) => word.split('_').map(str::to_ascii_uppercase).collect(),
        None => vec![word.to_owned()],
    });
    ids.filter(|id| rules.contains(id)).collect()
}

/// Those of the calendar are numbers alone.
const CALENDAR: &str = "Rule ";

fn all_rules() -> BTreeSet<String> {
    [("R", 10), ("C", 26), ("V", 11), ("A", 5), ("I", 7), ("G", 9), ("M", 15), ("L", 10), (CALENDAR, 52)]
        .into_iter()
        .flat_map(|(family, last)| (1..=last).map(move |number| format!("{family}{number}")))
        .collect()
}

/// The calendar's rules in a text, as `Rules 18–20, 35 and 42` or in a test's name, `rule_49_…`.
fn calendar_rules_in(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let mut found = BTreeSet::new();
    for (at, rule) in text.match_indices("rule") {
        let mut rest = text.get(at + rule.len()..).unwrap();
        rest = rest.strip_prefix('s').unwrap_or(rest);
        while let Some(next) = [", ", " and ", "_and_", " ", "_"].iter().find_map(|between| rest.strip_prefix(between))
        {
            let Some((first, after)) = number(next) else { break };
            let (last, after) = after.strip_prefix('–').and_then(number).unwrap_or((first, after));
            found.extend((first..=last).map(|number| format!("{CALENDAR}{number}")));
            rest = after;
        }
    }
    found
}

/// The number a text begins with, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text.get(..end)?.parse().ok()?, text.get(end..)?))
}

#[test]
fn the_calendar_s_rules_are_found_as_they_are_written() {
    let found = |text| calendar_rules_in(text).into_iter().collect::<Vec<_>>();
    assert_eq!(found("/// Rules 18–20, 35 and 42: alike"), ["Rule 18", "Rule 19", "Rule 20", "Rule 35", "Rule 42"]);
    assert_eq!(found("fn rules_47_and_48_a_message()"), ["Rule 47", "Rule 48"]);
    assert_eq!(found("V3, rule 9; calendar_rule_3_x"), ["Rule 3", "Rule 9"]);
    assert_eq!(found("a rule of 5, ruler 7, rules"), [""; 0]);
}

/// The rules the tests of a file name. This one names them all.
fn tests_of(name: &str, tests: &str, tested: &mut BTreeSet<String>) {
    if !name.ends_with("house.rs") {
        tested.extend(rules_in(tests));
        tested.extend(calendar_rules_in(tests));
    }
}

#[test]
fn every_rule_has_a_test_or_a_reason() {
    let crates = ["domain", "backend", "app", "server"].map(sources).concat();
    let mut tested = BTreeSet::new();
    for (name, text) in &crates {
        let tests = if name.contains("/tests/") { Some(0) } else { text.find("#[cfg(test)]") };
        tests_of(name, text.get(tests.unwrap_or(text.len())..).unwrap(), &mut tested);
    }
    for journey in fs::read_dir(root().join("end2end/journeys")).unwrap() {
        let path = journey.unwrap().path();
        tests_of(path.to_str().unwrap(), &fs::read_to_string(&path).unwrap(), &mut tested);
    }
    let listed = fs::read_to_string(root().join("docs/rules.md")).unwrap();
    let (_, listed) = listed.split_once("## Decided against").unwrap();
    let listed: BTreeSet<_> = listed
        .lines()
        .filter_map(|line| line.strip_prefix("- **")?.split_once("**"))
        .map(|(rule, _)| rule.to_owned())
        .collect();
    assert_eq!(all_rules().difference(&tested).cloned().collect::<BTreeSet<_>>(), listed);
}
