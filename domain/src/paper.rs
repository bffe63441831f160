//! Signed papers that are kept with a consent.

coded! {
    /// Why a paper is not taken in.
    pub enum PaperFlaw {
        /// There is nothing in it.
        Empty => "empty",
        /// More than ten mebibytes.
        TooLarge => "too_large",
        /// Neither PDF, JPEG nor PNG.
        OtherKind => "other_kind",
        /// Its content is of another kind than its name says.
        NotAsNamed => "not_as_named",
        /// It cannot be read to its end.
        Broken => "broken",
        /// A picture larger than any paper.
        TooManyPoints => "too_many_points",
        /// More than fifty pages.
        TooManyPages => "too_many_pages",
        /// Locked with a password.
        Locked => "locked",
        /// Something in it acts by itself, or another file hides in it.
        Active => "active",
        /// It asks for more than a paper needs.
        TooMuch => "too_much",
    }
}

/// The most papers of one consent.
pub const PAPERS: u64 = 20;
