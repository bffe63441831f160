//! Figures without identities (V11): how many, how long, how often, so that nothing can be told of anybody from them.
//!
//! In a small municipality a small number is a person. What protects them:
//!
//! - **Cells under five are hidden, none among them.** That there is no case, or that there is one, is itself what this product keeps
//!   to itself; a hidden cell that might not be none would tell that there is somebody. So a case table hides 0–4 alike. Where what is
//!   counted are deeds of agencies (who came, what was done in time), a row that comes to fewer than five is hidden whole, whether it
//!   comes to one or to none: that an agency was asked at all is that there is somebody. In the other rows none is shown: [`Zeros`].
//! - **Nothing hidden comes back by subtraction.** Totals are hidden under the same rule, and further cells with them, until whoever
//!   knows all that is published, and that numbers are not negative, must think of every hidden number under five that it may be none
//!   and may be five or more, and can tell no hidden number at all: [`Table::publish`]. It follows that no sum of hidden cells that can
//!   be worked out is under five either.
//! - **One table for each measure.** Cases per forum and per age band are one table of forum by band, never two with one margin.
//!   Waiting times are shown without how many they are of.
//! - **One kind of period.** Figures are of whole school years ([`Release`]): they do not overlap and none lies in another, so that
//!   no two publications can be subtracted. A year is published when it is over, once, and what was published is kept: worked out
//!   anew after a late entry it would differ by one case.
//! - **Middles of five or more**, by their median; no least, no most, and no average, as that gives back the sum. Shares in whole per
//!   cent, of at least five, with neither a part nor a rest of one to four.
//!
//! The same case counts once in a table, and the same deed.
//!
//! What this does not hold against: whoever also goes through the method with every table that fits can now and then exclude all but
//! one, in tables that are small throughout. Nobody who publishes such a table gains by it: a measure that comes to two or three
//! shown cells is better left out.

mod measure;
mod network;
mod table;

pub use measure::{Completion, Turnout, days_between, medians, shown_median, shown_share};
pub use table::{Cell, Published, Release, Stray, Table, Zeros};

/// The smallest number that is shown (V11).
pub const LEAST: u32 = 5;
