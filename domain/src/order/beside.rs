//! Parts of a work that may be done beside each other. What does so, threads or whatever else, is for whoever calls to bring: nothing
//! here depends on it, neither what is found nor how far it is looked for.

/// A part of a work.
pub type Part<'a> = Box<dyn FnOnce() + Send + 'a>;

/// Who does the parts of a work.
pub trait Hands: Sync {
    /// Does all of them once, in any order or beside each other, and comes back when they are done.
    fn all(&self, parts: Vec<Part<'_>>);
}

/// One after the other.
#[derive(Clone, Copy, Debug)]
pub struct InTurn;

impl Hands for InTurn {
    fn all(&self, parts: Vec<Part<'_>>) {
        for part in parts {
            part();
        }
    }
}
