//! Papers for readers that are not ours: `cargo xtask test --only papers`.

use std::{env, fs, path::PathBuf};

use super::{
    super::{Born, Child, Content, Extract, Language, paper},
    extract,
    paper::{HOSTILE, saying},
    with_addendum,
};

#[test]
#[ignore = "writes files: cargo xtask test --only papers"]
fn papers_are_written_where_they_are_asked_for() {
    let folder = PathBuf::from(env::var_os("SAMVERKAN_PAPERS").expect("no folder is named"));
    for (name, extract) in samples() {
        fs::write(folder.join(name).with_extension("pdf"), paper(&extract).unwrap()).unwrap();
    }
}

/// One of each kind of paper.
fn samples() -> Vec<(String, Extract)> {
    let mut long = with_addendum();
    long.content.agreed = "Överenskommet är mycket, och det mesta av det står här. ".repeat(400);
    long.content.undertakings = long.content.undertakings.iter().cycle().take(60).cloned().collect();
    let born = Some(Born::On("2012-05-03".parse().unwrap()));
    let known = Extract { child: Some(Child { name: "Noor".into(), born }), ..extract() };
    let empty = Extract { content: Content::default(), present: Vec::new(), writers: Vec::new(), ..extract() };
    let mut samples = vec![
        ("ordinary".into(), extract()),
        ("with-addendum".into(), with_addendum()),
        ("english".into(), Extract { language: Language::English, ..with_addendum() }),
        ("protected".into(), Extract { child: None, ..extract() }),
        ("birth-date".into(), known),
        ("empty".into(), empty),
        ("many-pages".into(), long),
    ];
    samples.extend(HOSTILE.iter().enumerate().map(|(at, hostile)| (format!("hostile-{at:02}"), saying(hostile))));
    samples
}
