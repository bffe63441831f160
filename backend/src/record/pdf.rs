//! The paper: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), A4.
//!
//! Text is drawn as text and tagged with what it is; nothing in the file acts, leads anywhere or carries another file. `krilla`
//! holds what is drawn against both standards and gives no file that breaks them.

use chrono::{DateTime, Datelike, Timelike, Utc};
use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    metadata::{DateTime as Instant, Metadata, TextDirection},
    page::PageSettings,
    tagging::{Identifier, Node, TagGroup, TagTree},
};

use super::{
    Extract, RecordError,
    compose::composed,
    composer::Twig,
    drawing::{BOTTOM, Drawing, PAGE, edge},
    letters::Fonts,
    pages::laid_out,
};

/// More pages than this nobody writes: what people type is held to far less.
const PAGES: usize = 2_000;

/// The paper of an extract.
///
/// # Errors
/// [`RecordError`] where it cannot be made, or would not conform.
pub fn paper(extract: &Extract) -> Result<Vec<u8>, RecordError> {
    let fonts = Fonts::read()?;
    let head = edge(&fonts, extract);
    let all = composed(&fonts, extract);
    let pages = laid_out(&all, PAGE.1 - head.end() - BOTTOM);
    if pages.len() > PAGES {
        return Err(RecordError::TooLong);
    }
    let mut drawing = Drawing::new(&fonts);
    let mut document = Document::new_with(settings()?);
    for (at, page) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or(RecordError::Conformance)?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        drawing.head(&mut surface, &head);
        drawing.page(&mut surface, page, at, head.end());
        let number = extract.language.page(at + 1, pages.len());
        drawing.foot(&mut surface, &head, &number);
        surface.finish();
        sheet.finish();
    }
    document.set_metadata(metadata(extract));
    document.set_outline(drawing.outline());
    let lang = extract.language.tag().to_owned();
    let tree = TagTree::from(grown(&all.tree, &drawing.leaves)).with_lang(Some(lang));
    document.set_tag_tree(tree);
    document.finish().map_err(|_| RecordError::Conformance)
}

fn settings() -> Result<SerializeSettings, RecordError> {
    let both = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish();
    let configuration = both.map_err(|_| RecordError::Conformance)?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

/// What the file says of itself: what any extract would, and when it left (INJ-06).
fn metadata(extract: &Extract) -> Metadata {
    Metadata::new()
        .title(extract.language.title().into())
        .language(extract.language.tag().into())
        .creator("Samverkan".into())
        .producer("Samverkan".into())
        .document_id(extract.name())
        .creation_date(instant(extract.dispatched_at))
        .text_direction(TextDirection::LeftToRight)
}

fn instant(at: DateTime<Utc>) -> Instant {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    Instant::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// The tree with what was drawn of each of its leaves.
fn grown(tree: &[Twig], leaves: &[Vec<Identifier>]) -> Vec<Node> {
    tree.iter()
        .flat_map(|twig| match twig {
            Twig::Group(tag, twigs) => vec![Node::Group(TagGroup::with_children(tag.clone(), grown(twigs, leaves)))],
            Twig::Leaf(leaf) => leaves.get(*leaf).into_iter().flatten().map(|&one| Node::Leaf(one)).collect(),
        })
        .collect()
}
