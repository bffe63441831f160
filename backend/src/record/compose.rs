//! What stands on the paper, in order.

use super::{
    Content, Extract,
    composer::{Composer, NAME, Strip, Twig},
    letters::{Face, Fonts, Ink, Look},
    words::office,
};

/// Where things stand beside their names.
const FACTS: f32 = 104.0;
/// Where people stand beside the names of their units.
const PEOPLE: f32 = 164.0;
/// Where the columns of undertakings stand, and how wide they are: what, who, by when.
const UNDERTAKINGS: [(f32, f32); 3] = [(0.0, 184.0), (198.0, 116.0), (324.0, 99.0)];

const TITLE: Look = Look { face: Face::LabelStrong, size: 20.0, ink: Ink::Text };
const FORUM: Look = Look { face: Face::LabelStrong, size: 10.0, ink: Ink::Accent };

/// Everything that stands between the head and the foot of the pages.
pub(super) struct Composed {
    pub strips: Vec<Strip>,
    pub tree: Vec<Twig>,
    /// The heads of tables.
    pub heads: Vec<Strip>,
}

/// Sets an extract.
pub(super) fn composed(fonts: &Fonts, extract: &Extract) -> Composed {
    let mut paper = Composer::new(fonts);
    top(&mut paper, extract);
    content(&mut paper, extract, &extract.content);
    present(&mut paper, extract);
    addenda(&mut paper, extract);
    about(&mut paper, extract);
    if paper.misses {
        paper.paragraph(&[(extract.language.missing(), NAME)], 12.0, 14.0);
    }
    Composed { strips: paper.strips, tree: paper.tree, heads: paper.heads }
}

fn top(paper: &mut Composer<'_>, extract: &Extract) {
    let words = extract.language;
    paper.paragraph(&[(&extract.forum, FORUM)], 0.0, 14.0);
    if let Some(strip) = paper.strips.last_mut() {
        strip.marked = true;
        strip.keeps_next = true;
    }
    paper.heading(1, &words.heading(extract.met_on), TITLE, 2.0, 27.0);
    let mut facts = Vec::new();
    if let Some(child) = &extract.child {
        let born = child.born.map(|born| format!(", {}", words.born(born))).unwrap_or_default();
        facts.push((words.child(), format!("{}{born}", child.name)));
    }
    facts.push((words.case(), extract.reference.clone()));
    facts.push((words.handed_to(), office(&extract.recipient)));
    let sender = [office(&extract.sender), extract.municipality.clone()];
    facts.push((words.handed_from(), sender.join(", ")));
    facts.push((words.consent(), words.consent_given(&extract.consent)));
    paper.facts(&facts, FACTS, 10.0);
}

fn content(paper: &mut Composer<'_>, extract: &Extract, content: &Content) {
    let words = extract.language;
    paper.part(words.question(), words.nothing(), &content.question);
    paper.section(words.contributions());
    if content.contributions.is_empty() {
        paper.written(words.nothing());
    }
    for (at, told) in content.contributions.iter().enumerate() {
        let kind = told.kind.map(|kind| format!(" · {}", words.kind(kind))).unwrap_or_default();
        paper.led(if at == 0 { 3.0 } else { 6.0 }, &format!("{}{kind}: ", told.unit), &told.text);
    }
    paper.section(words.childs_view());
    match content.childs_view {
        Some(view) if content.childs_words.trim().is_empty() => paper.written(&format!("{}.", words.view(view))),
        Some(view) => paper.led(3.0, &format!("{}: ", words.view(view)), &content.childs_words),
        None => paper.written_or(words.nothing(), &content.childs_words),
    }
    paper.part(words.guardians_view(), words.nothing(), &content.guardians_view);
    paper.part(words.agreed(), words.nothing(), &content.agreed);
    if !content.undertakings.is_empty() {
        paper.section(words.undertakings());
        let rows: Vec<_> = content
            .undertakings
            .iter()
            .map(|one| [one.what.clone(), one.unit.clone(), words.day(one.due_on)])
            .collect();
        paper.table(UNDERTAKINGS, [words.what(), words.who(), words.due()], &rows);
    }
    paper.section(words.outcome());
    paper.written(&content.outcome.map_or_else(|| words.nothing().into(), |outcome| words.goes_on(outcome)));
}

fn present(paper: &mut Composer<'_>, extract: &Extract) {
    if extract.present.is_empty() {
        return;
    }
    paper.section(extract.language.present());
    let mut units: Vec<(&str, String)> = Vec::new();
    for someone in &extract.present {
        match units.iter_mut().find(|(unit, _)| *unit == someone.unit) {
            Some((_, names)) => *names = format!("{names}, {}", someone.name),
            None => units.push((&someone.unit, someone.name.clone())),
        }
    }
    paper.facts(&units, PEOPLE, 3.0);
}

fn addenda(paper: &mut Composer<'_>, extract: &Extract) {
    let words = extract.language;
    for added in &extract.addenda {
        paper.section(words.addendum());
        let approved = words.added(added.approved.at, &added.approved.by);
        paper.paragraph(&[(&approved, NAME)], 1.0, 14.0);
        paper.keep_last();
        paper.written_or(words.nothing(), &added.text);
    }
}

fn about(paper: &mut Composer<'_>, extract: &Extract) {
    let words = extract.language;
    paper.section(words.about());
    let facts = [
        (words.written_by(), words.listed(&extract.writers)),
        (words.drawn_up(), words.approved_by(extract.approved.at, &extract.approved.by)),
        (words.dispatched(), words.instant(extract.dispatched_at)),
        (words.version(), extract.revision.to_string()),
    ];
    paper.facts(&facts, FACTS, 3.0);
}
