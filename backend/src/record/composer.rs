//! Strips of the page's width, one below the other, and the tree that says what they are.

use std::num::NonZeroU16;

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::{
    letters::{Face, Fonts, Ink, Look, MISSING},
    lines::{Line, broken},
};

/// The width of the text, in points: some seventy letters.
pub(super) const WIDTH: f32 = 423.0;
/// More lines than this in one row of a table may be parted by the end of a page.
const ROW_HELD: usize = 16;

const TEXT: Look = Look { face: Face::Record, size: 11.5, ink: Ink::Text };
const LEAD: Look = Look { face: Face::LabelStrong, size: 10.75, ink: Ink::Text };
pub(super) const NAME: Look = Look { face: Face::Label, size: 9.75, ink: Ink::Soft };
const FACT: Look = Look { face: Face::Label, size: 10.5, ink: Ink::Text };
const HEADING: Look = Look { face: Face::LabelStrong, size: 12.5, ink: Ink::Text };
const COLUMN: Look = Look { face: Face::LabelStrong, size: 9.75, ink: Ink::Soft };

/// The distance between the lines of what people wrote.
const LEADING: f32 = 17.0;

/// A part of the paper that no page's end goes through.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    /// The distance to what stands before; none at the top of a page.
    pub before: f32,
    pub height: f32,
    /// The next strip comes on the same page.
    pub keeps_next: bool,
    pub pieces: Vec<Piece>,
    /// A line across, at the bottom.
    pub rule: Option<Ink>,
    /// A small square of colour before the first line.
    pub marked: bool,
    /// The heading that begins here: its level and text.
    pub heading: Option<(u16, String)>,
    /// The table whose head is repeated where this strip begins a page.
    pub table: Option<usize>,
}

/// A line in its place on a strip.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub x: f32,
    pub line: Line,
    /// The part of the tree it belongs to.
    pub leaf: usize,
}

/// What the paper is made of, as one who does not see it hears of it.
#[derive(Debug)]
pub(super) enum Twig {
    /// A heading, a paragraph, a table …
    Group(TagKind, Vec<Twig>),
    /// Lines, by number.
    Leaf(usize),
}

/// Sets texts in strips.
pub(super) struct Composer<'a> {
    fonts: &'a Fonts,
    pub strips: Vec<Strip>,
    pub tree: Vec<Twig>,
    /// The heads of tables.
    pub heads: Vec<Strip>,
    leaves: usize,
    /// Whether a sign stands for what no font has.
    pub misses: bool,
}

/// A cell of a row: where it stands, what it is, its lines.
struct Cell {
    x: f32,
    tag: TagKind,
    lines: Vec<Line>,
}

impl<'a> Composer<'a> {
    pub(super) const fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, strips: Vec::new(), tree: Vec::new(), heads: Vec::new(), leaves: 0, misses: false }
    }

    fn leaf(&mut self) -> usize {
        self.leaves += 1;
        self.leaves - 1
    }

    fn lines(&mut self, spans: &[(&str, Look)], width: f32) -> Vec<Line> {
        let mut letters = Vec::new();
        for (text, look) in spans {
            self.fonts.set(&mut letters, text, *look);
        }
        self.misses |= letters.iter().any(|letter| letter.missing && letter.written != MISSING.to_string());
        broken(letters, width)
    }

    pub(super) fn keep_last(&mut self) {
        if let Some(strip) = self.strips.last_mut() {
            strip.keeps_next = true;
        }
    }

    pub(super) fn heading(&mut self, level: u16, text: &str, look: Look, before: f32, leading: f32) {
        let from = self.strips.len();
        let leaf = self.stand(&[(text, look)], before, leading);
        for strip in self.strips.iter_mut().skip(from) {
            strip.keeps_next = true;
        }
        if let Some(first) = self.strips.get_mut(from) {
            first.heading = Some((level, text.into()));
        }
        let tag = Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(text.into()));
        self.tree.push(Twig::Group(tag.into(), vec![Twig::Leaf(leaf)]));
    }

    pub(super) fn section(&mut self, heading: &str) {
        self.heading(2, heading, HEADING, 17.0, 19.0);
    }

    pub(super) fn part(&mut self, heading: &str, nothing: &str, text: &str) {
        self.section(heading);
        self.written_or(nothing, text);
    }

    pub(super) fn written_or(&mut self, nothing: &str, text: &str) {
        self.written(if text.trim().is_empty() { nothing } else { text });
    }

    /// What somebody wrote, a paragraph a line.
    pub(super) fn written(&mut self, text: &str) {
        for (at, paragraph) in paragraphs(text).enumerate() {
            self.paragraph(&[(paragraph, TEXT)], if at == 0 { 3.0 } else { 5.0 }, LEADING);
        }
    }

    /// What somebody wrote, after whose it is.
    pub(super) fn led(&mut self, before: f32, lead: &str, text: &str) {
        let mut all = paragraphs(text);
        self.paragraph(&[(lead, LEAD), (all.next().unwrap_or("–"), TEXT)], before, LEADING);
        for paragraph in all {
            self.paragraph(&[(paragraph, TEXT)], 2.0, LEADING);
        }
    }

    pub(super) fn paragraph(&mut self, spans: &[(&str, Look)], before: f32, leading: f32) {
        let leaf = self.stand(spans, before, leading);
        self.tree.push(Twig::Group(Tag::P.into(), vec![Twig::Leaf(leaf)]));
    }

    /// Puts lines one below the other. Neither the first nor the last of several stands alone on a page.
    fn stand(&mut self, spans: &[(&str, Look)], before: f32, leading: f32) -> usize {
        let leaf = self.leaf();
        let lines = self.lines(spans, WIDTH);
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            self.strips.push(Strip {
                before: if at == 0 { before } else { 0.0 },
                height: leading,
                keeps_next: count > 1 && (at == 0 || at + 2 == count),
                pieces: vec![Piece { x: 0.0, line, leaf }],
                ..Strip::default()
            });
        }
        leaf
    }

    /// Names of things, and beside them the things.
    pub(super) fn facts<N: AsRef<str>>(&mut self, facts: &[(N, String)], beside: f32, before: f32) {
        let mut rows = Vec::new();
        for (at, (name, fact)) in facts.iter().enumerate() {
            let cells = vec![
                Cell {
                    x: 0.0,
                    tag: Tag::TH(TableHeaderScope::Row).into(),
                    lines: self.lines(&[(name.as_ref(), NAME)], beside - 12.0),
                },
                Cell { x: beside, tag: Tag::TD.into(), lines: self.lines(&[(or_dash(fact), FACT)], WIDTH - beside) },
            ];
            rows.push(self.row(cells, if at == 0 { before } else { 2.5 }, 14.5, None));
        }
        self.tree.push(Twig::Group(Tag::Table.into(), vec![Twig::Group(Tag::TBody.into(), rows)]));
    }

    /// A table with a head, which every page repeats that the table goes on on.
    pub(super) fn table<const N: usize>(&mut self, columns: [(f32, f32); N], head: [&str; N], rows: &[[String; N]]) {
        let table = self.heads.len();
        let cells = head.into_iter().zip(columns).map(|(name, (x, width))| Cell {
            x,
            tag: Tag::TH(TableHeaderScope::Column).into(),
            lines: self.lines(&[(name, COLUMN)], width),
        });
        let cells = cells.collect();
        let first = self.strips.len();
        let head = self.row(cells, 3.0, 16.0, Some(Ink::Soft));
        for strip in self.strips.iter_mut().skip(first) {
            strip.keeps_next = true;
        }
        self.heads.extend(self.strips.last().cloned());
        let mut body = Vec::new();
        let first = self.strips.len();
        for row in rows {
            let cells = row.iter().zip(columns).map(|(text, (x, width))| Cell {
                x,
                tag: Tag::TD.into(),
                lines: self.lines(&[(or_dash(text), if x == 0.0 { TEXT } else { FACT })], width),
            });
            let cells = cells.collect();
            body.push(self.row(cells, 4.0, 16.0, Some(Ink::Rule)));
        }
        for strip in self.strips.iter_mut().skip(first) {
            strip.table = Some(table);
        }
        let parts = vec![Twig::Group(Tag::THead.into(), vec![head]), Twig::Group(Tag::TBody.into(), body)];
        self.tree.push(Twig::Group(Tag::Table.into(), parts));
    }

    /// One row, line by line of all its cells. The page's end goes through it only where it is long.
    fn row(&mut self, cells: Vec<Cell>, before: f32, leading: f32, rule: Option<Ink>) -> Twig {
        let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
        let first = self.strips.len();
        self.strips.extend((0..count).map(|at| Strip {
            before: if at == 0 { before } else { 0.0 },
            height: if at + 1 == count && rule.is_some() { leading + 4.0 } else { leading },
            keeps_next: at + 1 < count && (count <= ROW_HELD || at == 0 || at + 2 == count),
            rule: rule.filter(|_| at + 1 == count),
            ..Strip::default()
        }));
        let mut twigs = Vec::new();
        for cell in cells {
            let leaf = self.leaf();
            for (strip, line) in self.strips.iter_mut().skip(first).zip(cell.lines) {
                strip.pieces.push(Piece { x: cell.x, line, leaf });
            }
            twigs.push(Twig::Group(cell.tag, vec![Twig::Leaf(leaf)]));
        }
        Twig::Group(Tag::TR.into(), twigs)
    }
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}']).filter(|line| !line.trim().is_empty())
}

fn or_dash(text: &str) -> &str {
    if text.trim().is_empty() { "–" } else { text }
}
