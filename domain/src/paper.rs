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
        /// The virus scanner knows something in it (UPL-05).
        Infected => "infected",
        /// The virus scanner does not answer: nothing is kept unscanned (UPL-05).
        NotScanned => "not_scanned",
        /// This person has sent as much as anybody may in a day (UPL-01).
        DayIsFull => "day_is_full",
    }
}

/// The most one person sends in a day, in bytes: 200 mebibytes (UPL-01).
pub const BYTES_A_DAY: i64 = 200 * 1024 * 1024;

/// The most papers of one consent.
pub const PAPERS: u64 = 20;
