//! The whole HTTP shell with its real pages on a real database.

mod around;
mod bounds;
mod changes;
mod pages;
mod world;
