//! What was published of a school year, handed out as a file (V11).

use std::sync::Arc;

use app::{pages::figures::file::csv, path, request::Visitor};
use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use backend::{Error, view::figures::figures_of};

use super::{Web, forms::see, papers::file_headers, plain, visit};

/// Answers GET of one, as `2026.csv`: the calendar year the school year begins in.
pub async fn hand_out(State(web): State<Arc<Web>>, Path(file): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = visit::read(&web, &parts).await;
    let Visitor::SignedIn(actor) = &visit.request.visitor else {
        return see(&path::sign_in_then(parts.uri.path()));
    };
    let Some(year) = file.strip_suffix(".csv").and_then(|year| year.parse().ok()) else {
        return plain::page(StatusCode::NOT_FOUND);
    };
    match figures_of(&visit.request.backend, actor, year).await {
        Ok(told) => {
            let mut response = csv(&told, visit.request.lang).into_response();
            let begins = told.year.begins_in();
            let name = format!("siffror-{begins}-{:02}.csv", (begins + 1).rem_euclid(100));
            file_headers(response.headers_mut(), "text/csv; charset=utf-8", &name);
            response
        }
        Err(Error::NotFound | Error::Denied) => plain::page(StatusCode::NOT_FOUND),
        Err(fault) => {
            tracing::error!(%fault, "no figures");
            plain::page(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
