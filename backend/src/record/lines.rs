//! Lines: letters broken to a width.

use super::letters::Letter;

/// Letters that stand on one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub letters: Vec<Letter>,
}

impl Line {
    /// How wide it is without the spaces it ends in: those hang over the edge.
    pub(super) fn width(&self) -> f32 {
        let end = self.letters.iter().rposition(|letter| !letter.is_space()).map_or(0, |last| last + 1);
        self.letters.iter().take(end).map(|letter| letter.advance).sum()
    }
}

/// Breaks letters into lines of a width: after spaces and hyphens, and inside a word only where it is wider than a line. Nothing
/// is left out: a line keeps the spaces it ends in.
pub(super) fn broken(letters: Vec<Letter>, width: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let mut reached = 0.0;
    // How many letters of the line stand before the last place it may be broken at.
    let mut place = None;
    let mut letters = letters.into_iter().peekable();
    while let Some(letter) = letters.next() {
        if !letter.is_space() && reached + letter.advance > width && !line.letters.is_empty() && letter.advance > 0.0 {
            let rest = line.letters.split_off(place.unwrap_or(line.letters.len()));
            reached = rest.iter().map(|letter| letter.advance).sum();
            lines.push(std::mem::replace(&mut line, Line { letters: rest }));
            place = None;
        }
        reached += letter.advance;
        let before = line.letters.last().map(|before| before.written.as_str());
        let breaks = breaks_between(before, &letter, letters.peek());
        line.letters.push(letter);
        if breaks {
            place = Some(line.letters.len());
        }
    }
    if !line.letters.is_empty() {
        lines.push(line);
    }
    lines
}

/// Whether a line may end after a letter. Numbers and dates stay whole: `2026-11-26`, `1–2`.
fn breaks_between(before: Option<&str>, letter: &Letter, after: Option<&Letter>) -> bool {
    let Some(after) = after else { return false };
    if after.is_space() {
        return false;
    }
    let in_word = |text: &str| text.chars().all(char::is_alphabetic);
    match letter.written.as_str() {
        " " | "—" => true,
        "-" | "–" | "/" => before.is_some_and(in_word) && in_word(&after.written),
        _ => letter.missing && after.missing,
    }
}
