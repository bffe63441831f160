//! Pages: strips one below the other, until a page is full.

use super::{compose::Composed, composer::Strip};

/// One page: what stands how far from the top of its text.
pub(super) type Page<'a> = Vec<Placed<'a>>;

/// A strip in its place.
pub(super) struct Placed<'a> {
    pub top: f32,
    pub strip: &'a Strip,
    /// A table's head, once more: it is there for the eye only.
    pub repeated: bool,
}

/// Lays strips out on pages of a height. What keeps together stays together, unless it is higher than a page.
pub(super) fn laid_out(composed: &Composed, height: f32) -> Vec<Page<'_>> {
    let mut pages = vec![Page::new()];
    let mut top = 0.0;
    let mut rest = composed.strips.as_slice();
    while !rest.is_empty() {
        let (together, after) = rest.split_at(held(rest));
        rest = after;
        let whole: f32 = together.iter().map(|strip| strip.before + strip.height).sum();
        if top > 0.0 && top + whole > height {
            pages.push(Page::new());
            top = 0.0;
        }
        for strip in together {
            if top + strip.before + strip.height > height {
                pages.push(Page::new());
                top = 0.0;
            }
            let Some(page) = pages.last_mut() else { continue };
            if top == 0.0
                && let Some(head) = strip.table.and_then(|table| composed.heads.get(table))
            {
                page.push(Placed { top, strip: head, repeated: true });
                top += head.height;
            }
            if top > 0.0 {
                top += strip.before;
            }
            page.push(Placed { top, strip, repeated: false });
            top += strip.height;
        }
    }
    pages
}

/// How many of the first strips keep together.
fn held(strips: &[Strip]) -> usize {
    strips.iter().position(|strip| !strip.keeps_next).map_or(strips.len(), |last| last + 1)
}
