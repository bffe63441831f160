//! The matrix (AUTHZ-01, AUTHZ-03): every page and every server function there is, asked by everybody there is, about a case in
//! every state there is. Who may not know gets what they would get if the case did not exist. A page or function that is not
//! sorted in here fails the test: nothing new comes in unseen.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test whose world does not stand must fail, and its figures are to be read"
)]

mod ask;
mod calendars;
mod canary;
mod elsewhere;
mod functions;
mod pages;
mod sorted;
mod stage;
mod virus;
#[expect(dead_code, reason = "the backend's world has more in it than is needed here")]
#[path = "../../../backend/tests/world.rs"]
mod world;
