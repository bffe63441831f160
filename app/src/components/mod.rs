//! Building blocks of pages. Native elements first; everything a form needs to show what was typed and what was wrong.
//!
//! `mark` is for pages and islands alike; the rest is rendered on the server only.

mod mark;

pub use mark::{Chip, Dot, Empty, Note, Tone};

#[cfg(feature = "ssr")]
mod choice;
#[cfg(feature = "ssr")]
mod crumbs;
#[cfg(feature = "ssr")]
mod field;
#[cfg(feature = "ssr")]
mod flaws;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod press;
#[cfg(feature = "ssr")]
mod qr;
#[cfg(feature = "ssr")]
mod said;
#[cfg(feature = "ssr")]
mod text_area;
#[cfg(feature = "ssr")]
mod title;

#[cfg(feature = "ssr")]
pub use {
    choice::{Checkbox, Choices, Radio, Select},
    crumbs::Crumbs,
    field::{DateField, Field},
    flaws::FlawSummary,
    form::Form,
    frame::Frame,
    press::Press,
    qr::qr,
    said::SaidLine,
    text_area::{TextArea, WritingArea},
    title::Title,
};
