//! XML, written: elements in elements, everything in them escaped (XML 1.0, 2.4).

use std::fmt::Write;

use super::letters::legible;

/// One element.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    elements: Vec<Element>,
}

impl Element {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: String::new(), elements: Vec::new() }
    }

    /// An element that holds text.
    pub(super) fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::new(name) }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(super) fn holding(mut self, elements: impl IntoIterator<Item = Self>) -> Self {
        self.elements.extend(elements);
        self
    }

    /// The document whose root this is.
    pub(super) fn document(&self) -> Vec<u8> {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut out, 0);
        out.into_bytes()
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        let _ = write!(out, "{indent}<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
        if self.elements.is_empty() && self.text.is_empty() {
            out.push_str("/>\n");
        } else if self.elements.is_empty() {
            let _ = writeln!(out, ">{}</{}>", escaped(&self.text), self.name);
        } else {
            out.push_str(">\n");
            for element in &self.elements {
                element.write(out, depth + 1);
            }
            let _ = writeln!(out, "{indent}</{}>", self.name);
        }
    }
}

/// The text as it may stand in an element or an attribute. What XML has no way to say was not legible either.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in legible(text) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}
