//! What changed between two revisions, word by word, with the words for other persons marked.

use std::ops::Range;

use domain::{
    consent::InfoCategory,
    id::UnitId,
    mention::{Mention, Names, mentions},
    minutes::{ChildsView, Outcome},
};
use similar::{Algorithm, ChangeTag, utils::diff_words};

use crate::store::minutes::{Body, Contribution, Undertaking};

/// The text of minutes with its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedText {
    /// What each party brought, that is told now or was: who, of what kind, and its text.
    pub contributions: Vec<(UnitId, Option<InfoCategory>, Vec<Piece>)>,
    /// The parts that are prose, in order; empty ones that stayed empty are left out.
    pub parts: Vec<(TextPart, Vec<Piece>)>,
    /// What became of the child's view.
    pub childs_view: Was<Option<ChildsView>>,
    /// The undertakings that stand now, or stood.
    pub undertakings: Vec<(Change, Undertaking)>,
    /// How the case leaves the meeting.
    pub outcome: Was<Option<Outcome>>,
}

/// A part of minutes that is prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPart {
    /// The question of the item.
    Purpose,
    /// The child's view in words.
    ChildsWords,
    /// What the guardians think.
    GuardiansView,
    /// What was agreed.
    Agreed,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Whether it was there before.
    pub change: Change,
    /// The text.
    pub text: String,
    /// Whether it is a word for another person, and stands in the text now.
    pub mention: bool,
}

/// Whether something was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was, and is.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// Something that is, and what it was before if that was another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Was<T> {
    /// What it is.
    pub now: T,
    /// What it was; none where nothing changed.
    pub before: Option<T>,
}

impl<T: PartialEq> Was<T> {
    fn between(before: Option<T>, now: T) -> Self {
        Self { before: before.filter(|before| *before != now), now }
    }
}

impl ChangedText {
    /// The text of `now` with what changed since `before`; without a `before` nothing has.
    pub(super) fn between(before: Option<&Body>, now: &Body, names: &Names) -> Self {
        let prose: [(TextPart, Read); 4] = [
            (TextPart::Purpose, |body| &body.purpose),
            (TextPart::ChildsWords, |body| &body.childs_words),
            (TextPart::GuardiansView, |body| &body.guardians_view),
            (TextPart::Agreed, |body| &body.agreed),
        ];
        let parts = prose
            .into_iter()
            .map(|(part, of)| (part, pieces(before.map(of), of(now), names)))
            .filter(|(_, pieces)| !pieces.is_empty())
            .collect();
        Self {
            contributions: contributions(before, now, names),
            parts,
            childs_view: Was::between(before.map(|body| body.childs_view), now.childs_view),
            undertakings: undertakings(before, now),
            outcome: Was::between(before.map(|body| body.outcome), now.outcome),
        }
    }

    /// The pieces of one part.
    pub fn part(&self, wanted: TextPart) -> &[Piece] {
        self.parts.iter().find(|(part, _)| *part == wanted).map_or(&[], |(_, pieces)| pieces)
    }
}

/// Takes one part out of a body.
type Read = fn(&Body) -> &str;

/// Each beside what the same party told of the same kind before; what is told no more comes last.
fn contributions(before: Option<&Body>, now: &Body, names: &Names) -> Vec<(UnitId, Option<InfoCategory>, Vec<Piece>)> {
    let mut earlier: Vec<&Contribution> = before.map(|body| body.contributions.iter().collect()).unwrap_or_default();
    let mut all = Vec::new();
    for one in &now.contributions {
        let same = earlier.iter().position(|was| was.unit == one.unit && was.kind == one.kind);
        let was = same.map(|place| earlier.remove(place).text.as_str());
        all.push((one.unit, one.kind, pieces(before.map(|_| was.unwrap_or_default()), &one.text, names)));
    }
    all.extend(earlier.into_iter().map(|gone| (gone.unit, gone.kind, pieces(Some(&gone.text), "", names))));
    all
}

fn undertakings(before: Option<&Body>, now: &Body) -> Vec<(Change, Undertaking)> {
    let Some(before) = before else {
        return now.undertakings.iter().map(|one| (Change::Same, one.clone())).collect();
    };
    let gone = before.undertakings.iter().filter(|one| !now.undertakings.contains(one));
    let stand = now.undertakings.iter().map(|one| {
        let change = if before.undertakings.contains(one) { Change::Same } else { Change::Added };
        (change, one.clone())
    });
    stand.chain(gone.map(|one| (Change::Removed, one.clone()))).collect()
}

fn pieces(before: Option<&str>, now: &str, names: &Names) -> Vec<Piece> {
    let changes: Vec<(ChangeTag, &str)> = match before {
        Some(before) => diff_words(Algorithm::Myers, before, now),
        None => vec![(ChangeTag::Equal, now)],
    };
    changes.into_iter().flat_map(|(tag, text)| marked(change(tag), text, names)).collect()
}

const fn change(tag: ChangeTag) -> Change {
    match tag {
        ChangeTag::Equal => Change::Same,
        ChangeTag::Insert => Change::Added,
        ChangeTag::Delete => Change::Removed,
    }
}

/// A stretch cut where words for other persons begin and end.
fn marked(change: Change, text: &str, names: &Names) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut reached = 0;
    let found = if change == Change::Removed { Vec::new() } else { mentions(text, names) };
    for Mention { at, .. } in found {
        push(&mut pieces, change, text, reached..at.start, false);
        reached = at.end;
        push(&mut pieces, change, text, at, true);
    }
    push(&mut pieces, change, text, reached..text.len(), false);
    pieces
}

fn push(pieces: &mut Vec<Piece>, change: Change, text: &str, at: Range<usize>, mention: bool) {
    if let Some(text) = text.get(at).filter(|text| !text.is_empty()) {
        pieces.push(Piece { change, text: text.to_owned(), mention });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: Option<&str>, now: &str) -> String {
        let mark = |piece: &Piece| match (piece.change, piece.mention) {
            (Change::Same, false) => piece.text.clone(),
            (Change::Added, false) => format!("[+{}]", piece.text),
            (Change::Removed, _) => format!("[-{}]", piece.text),
            (_, true) => format!("«{}»", piece.text),
        };
        pieces(before, now, &Names::default()).iter().map(mark).collect()
    }

    #[test]
    fn a_changed_word_is_shown_beside_the_one_it_replaced() {
        let now = "Närvaron har gått från 31 till 54 procent.";
        assert_eq!(
            shown(Some("Närvaron har gått från 31 till 45 procent."), now),
            "Närvaron har gått från 31 till [-45][+54] procent."
        );
        assert_eq!(shown(None, now), now);
        assert_eq!(shown(Some(""), "Nytt"), "[+Nytt]");
    }

    #[test]
    fn other_persons_are_marked_where_they_stand_now() {
        assert_eq!(shown(Some("Syster var med."), "Storasyster var med."), "[-Syster]«Storasyster» var med.");
    }

    #[test]
    fn a_contribution_stands_beside_what_the_same_party_told_of_the_same_kind() {
        let unit = |number| UnitId::from_uuid(uuid::Uuid::from_u128(number));
        let one = |number, kind, text: &str| Contribution { unit: unit(number), kind, text: text.into() };
        let body = |all| Body { contributions: all, ..Body::default() };
        let (school, health) = (Some(InfoCategory::School), Some(InfoCategory::Health));
        let before = body(vec![one(1, school, "31 procent"), one(2, health, "nytt besök")]);
        let now = body(vec![one(1, health, "sover bättre"), one(1, school, "54 procent")]);
        let text = ChangedText::between(Some(&before), &now, &Names::default());
        let changes: Vec<_> = text
            .contributions
            .iter()
            .map(|(of, kind, pieces)| (*of, *kind, pieces.iter().map(|piece| piece.change).collect::<Vec<_>>()))
            .collect();
        let (added, gone) = (vec![Change::Added], vec![Change::Removed]);
        let word = vec![Change::Removed, Change::Added, Change::Same];
        assert_eq!(changes, [(unit(1), health, added), (unit(1), school, word), (unit(2), health, gone)]);
        assert!(
            ChangedText::between(None, &now, &Names::default())
                .contributions
                .iter()
                .all(|(_, _, pieces)| pieces.len() == 1)
        );
    }

    #[test]
    fn an_undertaking_that_was_changed_is_one_gone_and_one_new() {
        let one = |what: &str| Undertaking {
            what: what.into(),
            unit: domain::id::UnitId::from_uuid(uuid::Uuid::from_u128(1)),
            due_on: chrono::NaiveDate::MIN,
        };
        let body = |all: &[&str]| Body { undertakings: all.iter().map(|what| one(what)).collect(), ..Body::default() };
        let text =
            ChangedText::between(Some(&body(&["ringa", "möte"])), &body(&["ringa", "två möten"]), &Names::default());
        let shown: Vec<_> = text.undertakings.iter().map(|(change, one)| (*change, one.what.as_str())).collect();
        assert_eq!(shown, [(Change::Same, "ringa"), (Change::Added, "två möten"), (Change::Removed, "möte")]);
    }
}
