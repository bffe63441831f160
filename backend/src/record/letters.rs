//! Letters: what was written, told apart into what a font can draw and what it cannot.
//!
//! No shaper is used. The languages that names and minutes are written in here need none: letters stand in a row, pairs are moved
//! together by the fonts' own table, and a mark that no letter carries ready-made is set over the middle of the one before.

use krilla::text::Font;
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
    raw::{
        TableProvider,
        tables::kern::{Subtable0, SubtableKind},
    },
};
use unicode_normalization::{
    UnicodeNormalization,
    char::{decompose_canonical, is_combining_mark},
};

use super::RecordError;

/// The sign that stands where no font has a letter.
pub(super) const MISSING: char = '\u{FFFD}';

/// Joins two signs into one, as emoji are made of several.
const JOINER: char = '\u{200D}';

/// A font of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// What people wrote.
    Record,
    /// The same, stronger.
    RecordStrong,
    /// Headings and names of things.
    Label,
    /// The same, stronger.
    LabelStrong,
}

impl Face {
    /// The font to ask where this one has no such letter: the record's have many more.
    const fn wider(self) -> Self {
        match self {
            Self::Record | Self::Label => Self::Record,
            Self::RecordStrong | Self::LabelStrong => Self::RecordStrong,
        }
    }

    const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Record => include_bytes!("fonts/record-regular.ttf"),
            Self::RecordStrong => include_bytes!("fonts/record-semibold.ttf"),
            Self::Label => include_bytes!("fonts/label-regular.ttf"),
            Self::LabelStrong => include_bytes!("fonts/label-semibold.ttf"),
        }
    }
}

/// How letters look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub face: Face,
    /// In points.
    pub size: f32,
    pub ink: Ink,
}

/// What letters and rules are printed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Text,
    Soft,
    Accent,
    Rule,
}

/// One thing a font draws, and the text it stands for.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// What was written: one character, or several that make one sign.
    pub written: String,
    /// The font it is drawn with, which may be another than asked for.
    pub face: Face,
    pub look: Look,
    pub glyph: u32,
    /// How far the pen moves, in points.
    pub advance: f32,
    /// How far from the pen it is drawn, in points.
    pub shift: f32,
    /// How far above the line it is drawn, in points.
    pub rise: f32,
    /// No font has it: [`MISSING`] is drawn.
    pub missing: bool,
}

impl Letter {
    pub(super) fn is_space(&self) -> bool {
        self.written == " "
    }
}

/// The fonts, read once for a paper.
pub(super) struct Fonts {
    record: Type,
    record_strong: Type,
    label: Type,
    label_strong: Type,
}

struct Type {
    font: Font,
    map: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    pairs: Option<Subtable0<'static>>,
}

impl Type {
    fn read(face: Face) -> Result<Self, RecordError> {
        let font = Font::new(face.bytes().into(), 0).ok_or(RecordError::Font)?;
        let tables = FontRef::new(face.bytes()).map_err(|_| RecordError::Font)?;
        let pairs = tables.kern().ok().and_then(|kern| {
            kern.subtables().flatten().find_map(|part| match part.kind() {
                Ok(SubtableKind::Format0(pairs)) => Some(pairs),
                _ => None,
            })
        });
        let widths = tables.glyph_metrics(Size::unscaled(), LocationRef::default());
        Ok(Self { font, map: tables.charmap(), widths, pairs })
    }

    fn em(&self) -> f32 {
        self.font.units_per_em()
    }

    fn glyph(&self, letter: char) -> Option<GlyphId> {
        self.map.map(stand_in(letter)).filter(|glyph| glyph.to_u32() != 0)
    }

    fn advance(&self, glyph: GlyphId) -> f32 {
        self.widths.advance_width(glyph).unwrap_or_default() / self.em()
    }

    /// Where the middle, the foot and the top of a glyph lie from the pen, of the size of the font.
    fn extent(&self, glyph: u32) -> (f32, f32, f32) {
        let Some(bounds) = self.widths.bounds(GlyphId::new(glyph)) else { return (0.0, 0.0, 0.0) };
        let middle = f32::midpoint(bounds.x_min, bounds.x_max);
        (middle / self.em(), bounds.y_min / self.em(), bounds.y_max / self.em())
    }

    fn kerning(&self, left: u32, right: u32) -> f32 {
        let distance = self.pairs.as_ref().and_then(|pairs| pairs.kerning(GlyphId::new(left), GlyphId::new(right)));
        distance.and_then(|units| i16::try_from(units).ok()).map_or(0.0, |units| f32::from(units) / self.em())
    }
}

impl Fonts {
    pub(super) fn read() -> Result<Self, RecordError> {
        Ok(Self {
            record: Type::read(Face::Record)?,
            record_strong: Type::read(Face::RecordStrong)?,
            label: Type::read(Face::Label)?,
            label_strong: Type::read(Face::LabelStrong)?,
        })
    }

    /// What draws with a font.
    pub(super) fn font(&self, face: Face) -> Font {
        self.of(face).font.clone()
    }

    const fn of(&self, face: Face) -> &Type {
        match face {
            Face::Record => &self.record,
            Face::RecordStrong => &self.record_strong,
            Face::Label => &self.label,
            Face::LabelStrong => &self.label_strong,
        }
    }

    /// Sets a text in letters, after those that stand there already.
    pub(super) fn set(&self, letters: &mut Vec<Letter>, text: &str, look: Look) {
        for written in legible(text) {
            let mut parts = Vec::new();
            decompose_canonical(written, |part| parts.push(part));
            let has = |part: &char| self.find(*part, look.face).is_some();
            if has(&written) || !parts.iter().all(has) {
                parts = vec![written];
            }
            for part in parts {
                self.add(letters, part, look);
            }
        }
    }

    /// The font that has a letter, and its glyph there.
    fn find(&self, written: char, face: Face) -> Option<(Face, GlyphId)> {
        [face, face.wider()].into_iter().find_map(|face| Some((face, self.of(face).glyph(written)?)))
    }

    fn add(&self, letters: &mut Vec<Letter>, written: char, look: Look) {
        let Some((face, glyph)) = self.find(written, look.face) else {
            return self.add_missing(letters, written, look);
        };
        let font = self.of(face);
        let mut letter = Letter {
            written: written.into(),
            face,
            look,
            glyph: glyph.to_u32(),
            advance: font.advance(glyph) * look.size,
            shift: 0.0,
            rise: 0.0,
            missing: written == MISSING,
        };
        if is_combining_mark(written) {
            if let Some(last) = letters.last_mut().filter(|last| last.missing) {
                return last.written.push(written);
            }
            if let Some(under) = letters.iter().rev().find(|under| under.advance > 0.0) {
                self.place(&mut letter, under);
            }
        } else if let Some(last) = letters.last_mut().filter(|last| last.face == face && last.look == look) {
            last.advance += font.kerning(last.glyph, letter.glyph) * look.size;
        }
        letters.push(letter);
    }

    /// Sets a mark over, or under, the middle of a letter.
    fn place(&self, mark: &mut Letter, under: &Letter) {
        /// A mark whose foot is higher than this, of the size of the font, stands above letters.
        const ABOVE: f32 = 0.35;
        /// What is left between a tall letter and the mark above it.
        const AIR: f32 = 0.05;
        let (middle, foot, _) = self.of(mark.face).extent(mark.glyph);
        let (_, _, top) = self.of(under.face).extent(under.glyph);
        mark.shift = -under.advance / 2.0 - middle * mark.look.size;
        if foot > ABOVE {
            mark.rise = (top + AIR - foot).max(0.0) * mark.look.size;
        }
    }

    /// Puts the sign for what no font has, once for what makes one sign together.
    fn add_missing(&self, letters: &mut Vec<Letter>, written: char, look: Look) {
        let last = letters.last_mut().filter(|last| last.missing);
        match last {
            Some(last) if goes_with(&last.written, written) => last.written.push(written),
            // Between letters that stand by themselves, what joins signs shows nothing.
            _ if joins_only(written) => {}
            _ => {
                let font = self.of(look.face);
                let Some(glyph) = font.glyph(MISSING) else { return };
                letters.push(Letter {
                    written: written.into(),
                    face: look.face,
                    look,
                    glyph: glyph.to_u32(),
                    advance: font.advance(glyph) * look.size,
                    shift: 0.0,
                    rise: 0.0,
                    missing: true,
                });
            }
        }
    }
}

/// What of a text can be read: composed where Unicode has one character for it, without characters that say how text is to be
/// drawn and not what it says. Such could show another order than the one written (Unicode TR 36, 3.2), and a paper shows one.
pub(super) fn legible(text: &str) -> impl Iterator<Item = char> {
    text.nfc().filter_map(|written| match written {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if written.is_control() || is_direction(written) || says_nothing(written) => None,
        _ if is_private(written) => Some(MISSING),
        _ => Some(written),
    })
}

const fn is_direction(written: char) -> bool {
    matches!(written, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}')
}

/// Where a word may be broken, where a file begins, where a language changes: nothing to read.
const fn says_nothing(written: char) -> bool {
    matches!(
        written,
        '\u{AD}' | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    ) || written as u32 & 0xFFFE == 0xFFFE
        || matches!(written, '\u{FDD0}'..='\u{FDEF}')
}

/// What nobody but its maker knows the meaning of; PDF/A does not let it stand (ISO 19005-2, 6.2.11.7.3).
const fn is_private(written: char) -> bool {
    matches!(written, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// What stands between signs or says which of their forms is meant.
const fn joins_only(written: char) -> bool {
    matches!(written, '\u{200C}' | JOINER | '\u{FE00}'..='\u{FE0F}')
}

/// Whether a character makes one sign with what was written before it.
fn goes_with(sign: &str, written: char) -> bool {
    let modifies = is_combining_mark(written) || matches!(written, '\u{1F3FB}'..='\u{1F3FF}');
    modifies || joins_only(written) || sign.ends_with(JOINER)
}

/// What draws the same: spaces of all widths, and the hyphen that does not break.
const fn stand_in(written: char) -> char {
    match written {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\u{2011}' => '-',
        _ => written,
    }
}
