//! What the frame of every page can do.

use leptos::prelude::*;

use crate::{
    problem::{Done, Problem},
    wire::Json,
};

/// Shows the pages in another language from now on.
#[server(prefix = "/api", endpoint = "frame/language")]
pub async fn choose_language(
    /// `sv` or `en`.
    language: String,
) -> Result<Done, Problem> {
    use crate::{request, text::Lang};
    let lang = Lang::from_tag(&language).ok_or(Problem::NotFound)?;
    request::remember_language(lang);
    Ok(Done::go(request::back()))
}

/// Keeps the session from running out (SESS-03). Reaching this function is what counts; anybody signed in may.
#[server(prefix = "/api", endpoint = "session/extend", output = Json)]
pub async fn extend_session() -> Result<(), Problem> {
    crate::request::signed_in().map(drop)
}
