//! Pages and files.

use std::sync::Arc;

use app::shell::shell;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    response::Response,
};
use leptos::{context::provide_context, nonce::Nonce};
use leptos_axum::render_app_async_stream_with_context;

use super::{Web, visit};

/// A file of the site if one has this address, else a page; in the end the page for what does not exist.
pub async fn answer(State(web): State<Arc<Web>>, request: Request) -> Response {
    if let Some(file) = web.assets.find(request.uri().path(), request.headers()) {
        return file;
    }
    let (parts, body) = request.into_parts();
    let visit = visit::read(&web, &parts).await;
    let asked = visit.request.clone();
    let context = move || {
        provide_context(Nonce::from_value(asked.nonce.clone()));
        provide_context(asked.clone());
    };
    let render = render_app_async_stream_with_context(context, shell);
    let mut response = render(Request::from_parts(parts, body)).await;
    if let Some(cookie) = visit.cookie.and_then(|line| HeaderValue::from_str(&line).ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
