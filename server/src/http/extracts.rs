//! What a unit was given of minutes, handed out as a file (L9).

use std::sync::Arc;

use app::{path, request::Visitor};
use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use backend::{
    Error,
    view::extract::{FileKind, extract},
};
use domain::{id::MinutesId, refusal::Refusal};

use super::{Web, forms::see, papers::file_headers, plain, visit};

/// Answers GET of one, as `utdrag.pdf` or `utdrag.zip`.
pub async fn hand_out(
    State(web): State<Arc<Web>>,
    Path((id, file)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let visit = visit::read(&web, &parts).await;
    let Visitor::SignedIn(actor) = &visit.request.visitor else {
        return see(&path::sign_in_then(parts.uri.path()));
    };
    let kind = match file.as_str() {
        "utdrag.pdf" => Some((FileKind::Paper, "application/pdf")),
        "utdrag.zip" => Some((FileKind::Package, "application/zip")),
        _ => None,
    };
    let Some((id, (kind, media_type))) = id.parse::<MinutesId>().ok().zip(kind) else {
        return plain::page(StatusCode::NOT_FOUND);
    };
    match extract(&visit.request.backend, actor, id, kind).await {
        Ok(file) => {
            let mut response = file.bytes.into_response();
            file_headers(response.headers_mut(), media_type, &file.name);
            response
        }
        Err(Error::NotFound | Error::Denied) => plain::page(StatusCode::NOT_FOUND),
        // A colleague has to say yes first: they are asked on the page of the minutes.
        Err(Error::Refused(Refusal::SecondPerson)) => see(&path::minutes(id)),
        Err(fault) => {
            tracing::error!(%fault, "no extract");
            plain::page(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
