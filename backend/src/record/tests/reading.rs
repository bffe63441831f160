//! A reader of papers that knows tags: what somebody hears who has the file read aloud.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};

/// The file's text in the order it is drawn, without heads, feet and ornaments.
pub fn text(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).unwrap();
    document.get_pages().into_values().map(|page| page_text(&document, page)).collect()
}

fn page_text(document: &Document, page: ObjectId) -> String {
    let fonts = document.get_page_fonts(page).unwrap();
    let encodings: BTreeMap<_, _> =
        fonts.iter().map(|(name, font)| (name.clone(), font.get_font_encoding(document).unwrap())).collect();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let mut read = String::new();
    let mut font = Vec::new();
    // Of each mark that is open: what it says instead of what is drawn in it.
    let mut marks: Vec<Option<String>> = Vec::new();
    for operation in &content.operations {
        match operation.operator.as_str() {
            "Tf" => font = operation.operands.first().unwrap().as_name().unwrap().to_vec(),
            "BMC" | "BDC" => {
                let instead = instead(&operation.operands);
                if marks.iter().all(Option::is_none) {
                    read += instead.as_deref().unwrap_or_default();
                }
                marks.push(instead);
            }
            "EMC" => {
                marks.pop().unwrap();
            }
            "Tj" | "TJ" if marks.iter().all(Option::is_none) => {
                assert!(!marks.is_empty(), "text stands outside of every mark");
                let encoding = encodings.get(&font).unwrap();
                for bytes in operation.operands.iter().flat_map(strings) {
                    read += &Document::decode_text(encoding, bytes).unwrap();
                }
            }
            _ => {}
        }
    }
    assert!(marks.is_empty());
    read
}

fn instead(operands: &[Object]) -> Option<String> {
    if operands.first().unwrap().as_name().unwrap() == b"Artifact" {
        return Some(String::new());
    }
    let said = operands.get(1)?.as_dict().unwrap().get(b"ActualText").ok()?;
    Some(lopdf::decode_text_string(said).unwrap())
}

fn strings(operand: &Object) -> Vec<&[u8]> {
    match operand {
        Object::String(bytes, _) => vec![bytes],
        Object::Array(all) => all.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// What the file says of itself as a whole: its catalog, and the XMP in it.
pub fn catalog(bytes: &[u8]) -> (Dictionary, String) {
    let document = Document::load_mem(bytes).unwrap();
    let catalog = document.catalog().unwrap().clone();
    let metadata = catalog.get(b"Metadata").and_then(Object::as_reference).unwrap();
    let metadata = document.get_object(metadata).and_then(Object::as_stream).unwrap();
    let said = String::from_utf8(metadata.content.clone()).unwrap();
    (catalog, said)
}

/// How often each kind of thing stands in the tree, and what attributes it has.
pub fn kinds(bytes: &[u8]) -> BTreeMap<String, usize> {
    let document = Document::load_mem(bytes).unwrap();
    let mut kinds = BTreeMap::new();
    for object in document.objects.values() {
        let Ok(element) = object.as_dict() else { continue };
        if element.get(b"P").is_err() || element.get(b"K").is_err() {
            continue;
        }
        let kind = element.get(b"S").and_then(Object::as_name).unwrap();
        *kinds.entry(String::from_utf8(kind.to_vec()).unwrap()).or_default() += 1;
    }
    kinds
}
