//! The whole HTTP shell with its real pages on a real database.
#![expect(clippy::unwrap_used, reason = "a test whose world does not stand must fail")]

mod agenda;
mod around;
mod bounds;
mod changes;
mod clamd;
mod feed;
mod joining;
mod mail_receive;
mod news;
mod pages;
mod papers;
mod scanner;
mod world;
