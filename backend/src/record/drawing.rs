//! Drawing: what stands where on a sheet, tagged as it is drawn.

use krilla::{
    color::rgb,
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    paint::{Fill, FillRule},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag},
    text::{GlyphId, KrillaGlyph},
};

use super::{
    Extract,
    composer::{Strip, WIDTH},
    letters::{Face, Fonts, Ink, Letter, Look},
    lines::{Line, broken},
    pages::Page,
};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.276, 841.89);
/// From the left edge to the text.
const LEFT: f32 = 86.0;
/// From the top edge to the head.
const TOP: f32 = 40.0;
/// From the head to the text.
const UNDER_HEAD: f32 = 26.0;
/// From the bottom edge to the end of the text.
pub(super) const BOTTOM: f32 = 84.0;
/// The distance between the lines of head and foot.
const EDGE_LEADING: f32 = 11.5;

const EDGE: Look = Look { face: Face::Label, size: 8.5, ink: Ink::Soft };
const EDGE_STRONG: Look = Look { face: Face::LabelStrong, size: 8.5, ink: Ink::Text };

/// What stands at the top and the bottom of every page.
pub(super) struct Edge {
    recipient: Vec<Line>,
    case: Vec<Line>,
    consent: Vec<Line>,
    secrecy: Vec<Line>,
}

impl Edge {
    /// Where the text of a page begins.
    pub(super) fn end(&self) -> f32 {
        TOP + rows(self.recipient.len() + self.consent.len()) + UNDER_HEAD
    }
}

fn rows(count: usize) -> f32 {
    u16::try_from(count).map_or(0.0, f32::from) * EDGE_LEADING
}

/// Sets the head and the foot of an extract's pages.
pub(super) fn edge(fonts: &Fonts, extract: &Extract) -> Edge {
    let words = extract.language;
    let set = |text: &str, look: Look, width: f32| {
        let mut letters = Vec::new();
        fonts.set(&mut letters, text, look);
        // A unit's name is not so long; a head that fills the page would leave no room for what it is about.
        broken(letters, width).into_iter().take(4).collect::<Vec<_>>()
    };
    Edge {
        recipient: set(&words.to(&extract.recipient), EDGE_STRONG, WIDTH - 90.0),
        case: set(&words.case_named(&extract.reference), EDGE, 80.0),
        consent: set(&words.with_consent(&extract.consent), EDGE, WIDTH),
        secrecy: set(words.secrecy(), EDGE, WIDTH - 70.0),
    }
}

/// A paper being drawn.
pub(super) struct Drawing<'a> {
    fonts: &'a Fonts,
    /// What was drawn of each leaf of the tree.
    pub leaves: Vec<Vec<Identifier>>,
    /// Level, text, page and height of each heading.
    headings: Vec<(u16, String, usize, f32)>,
}

impl<'a> Drawing<'a> {
    pub(super) const fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, leaves: Vec::new(), headings: Vec::new() }
    }

    pub(super) fn head(&self, surface: &mut Surface<'_>, edge: &Edge) {
        surface.start_tagged(artifact(ArtifactType::Header));
        let mut top = TOP;
        if let Some(case) = edge.case.first() {
            self.line(surface, case, LEFT + WIDTH - case.width(), baseline(top, EDGE_LEADING));
        }
        for line in edge.recipient.iter().chain(&edge.consent) {
            self.line(surface, line, LEFT, baseline(top, EDGE_LEADING));
            top += EDGE_LEADING;
        }
        bar(surface, (LEFT, top + 5.0, WIDTH, 1.0), Ink::Accent);
        surface.end_tagged();
    }

    pub(super) fn foot(&self, surface: &mut Surface<'_>, edge: &Edge, number: &str) {
        surface.start_tagged(artifact(ArtifactType::Footer));
        let mut top = PAGE.1 - 56.0;
        bar(surface, (LEFT, top - 7.0, WIDTH, 0.5), Ink::Rule);
        let mut letters = Vec::new();
        self.fonts.set(&mut letters, number, EDGE);
        let number = Line { letters };
        self.line(surface, &number, LEFT + WIDTH - number.width(), baseline(top, EDGE_LEADING));
        for line in &edge.secrecy {
            self.line(surface, line, LEFT, baseline(top, EDGE_LEADING));
            top += EDGE_LEADING;
        }
        surface.end_tagged();
    }

    pub(super) fn page(&mut self, surface: &mut Surface<'_>, page: &Page<'_>, number: usize, from: f32) {
        for placed in page {
            let top = from + placed.top;
            if placed.repeated {
                surface.start_tagged(artifact(ArtifactType::PaginationOther));
                for piece in &placed.strip.pieces {
                    self.line(surface, &piece.line, LEFT + piece.x, baseline(top, text_height(placed.strip)));
                }
                surface.end_tagged();
            } else {
                self.strip(surface, placed.strip, number, top);
            }
            ornament(surface, placed.strip, top);
        }
    }

    fn strip(&mut self, surface: &mut Surface<'_>, strip: &Strip, number: usize, top: f32) {
        if let Some((level, text)) = &strip.heading {
            self.headings.push((*level, text.clone(), number, top));
        }
        let indent = if strip.marked { 13.0 } else { 0.0 };
        for piece in &strip.pieces {
            let drawn = self.tagged(surface, &piece.line, LEFT + piece.x + indent, baseline(top, text_height(strip)));
            if self.leaves.len() <= piece.leaf {
                self.leaves.resize_with(piece.leaf + 1, Vec::new);
            }
            if let Some(leaf) = self.leaves.get_mut(piece.leaf) {
                leaf.extend(drawn);
            }
        }
    }

    /// Draws a line as content: what no font has by itself, with what was written.
    fn tagged(&self, surface: &mut Surface<'_>, line: &Line, x: f32, y: f32) -> Vec<Identifier> {
        let mut drawn = Vec::new();
        let mut x = x;
        for letters in line.letters.chunk_by(|one, next| !one.missing && !next.missing) {
            let missing = letters.first().filter(|letter| letter.missing).map(|letter| letter.written.as_str());
            drawn.push(surface.start_tagged(ContentTag::Span(SpanTag::empty().with_actual_text(missing))));
            x = self.letters(surface, letters, x, y);
            surface.end_tagged();
        }
        drawn
    }

    fn line(&self, surface: &mut Surface<'_>, line: &Line, x: f32, y: f32) {
        self.letters(surface, &line.letters, x, y);
    }

    /// Draws letters in a row, and says where the pen stands then.
    fn letters(&self, surface: &mut Surface<'_>, letters: &[Letter], x: f32, y: f32) -> f32 {
        let mut x = x;
        for run in letters.chunk_by(|one, next| one.face == next.face && one.look == next.look) {
            let Some(first) = run.first() else { continue };
            let mut text = String::new();
            let glyphs: Vec<_> = run.iter().map(|letter| glyph(letter, &mut text)).collect();
            surface.set_fill(Some(fill(first.look.ink)));
            let font = self.fonts.font(first.face);
            surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, &text, first.look.size, false);
            x += run.iter().map(|letter| letter.advance).sum::<f32>();
        }
        x
    }

    /// Where to find what: the headings, as a reader's side bar shows them.
    pub(super) fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        let mut first: Option<OutlineNode> = None;
        for (level, text, page, top) in &self.headings {
            let place = XyzDestination::new(*page, Point::from_xy(LEFT, top - 6.0));
            let node = OutlineNode::new(text.clone(), place).with_open(true);
            match &mut first {
                Some(parent) if *level > 1 => parent.push_child(node),
                _ => first = Some(node),
            }
        }
        if let Some(node) = first {
            outline.push_child(node);
        }
        outline
    }
}

/// A glyph for krilla, and what it stands for added to the text of its run.
fn glyph(letter: &Letter, text: &mut String) -> KrillaGlyph {
    let from = text.len();
    // What was written stands in the tag around it (`Drawing::tagged`).
    text.push_str(if letter.missing { "\u{FFFD}" } else { &letter.written });
    let size = letter.look.size;
    let id = GlyphId::new(letter.glyph);
    KrillaGlyph::new(id, letter.advance / size, letter.shift / size, letter.rise / size, 0.0, from..text.len(), None)
}

/// Where letters stand on a line of a height.
fn baseline(top: f32, height: f32) -> f32 {
    top + height * 0.74
}

/// The height of a strip's text, without what is left for a rule.
fn text_height(strip: &Strip) -> f32 {
    strip.height - strip.rule.map_or(0.0, |_| 4.0)
}

fn ornament(surface: &mut Surface<'_>, strip: &Strip, top: f32) {
    if strip.rule.is_none() && !strip.marked {
        return;
    }
    surface.start_tagged(artifact(ArtifactType::Layout));
    if let Some(ink) = strip.rule {
        bar(surface, (LEFT, top + strip.height - 0.5, WIDTH, 0.5), ink);
    }
    if strip.marked {
        bar(surface, (LEFT, top + 3.6, 7.0, 7.0), Ink::Accent);
    }
    surface.end_tagged();
}

fn bar(surface: &mut Surface<'_>, (x, y, width, height): (f32, f32, f32, f32), ink: Ink) {
    let mut path = PathBuilder::new();
    let Some(area) = Rect::from_xywh(x, y, width, height) else { return };
    path.push_rect(area);
    let Some(path) = path.finish() else { return };
    surface.set_fill(Some(fill(ink)));
    surface.draw_path(&path);
}

const fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact { kind, bbox: None })
}

/// The colours of the product's light pages.
fn fill(ink: Ink) -> Fill {
    let (red, green, blue) = match ink {
        Ink::Text => (0x1c, 0x27, 0x30),
        Ink::Soft => (0x52, 0x60, 0x6b),
        Ink::Accent => (0x0b, 0x55, 0x66),
        Ink::Rule => (0xde, 0xda, 0xd1),
    };
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}
