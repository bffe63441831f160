//! The HTTP shell around the pages: bounds, headers, who is asking, forms, files.

mod around;
mod cookies;
mod drafts;
mod extracts;
mod feed;
mod figures;
mod form_token;
mod forms;
mod headers;
mod news;
mod origin;
mod pages;
mod papers;
mod plain;
mod visit;

use std::{net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

use app::{request::House, routes::App};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::{
    Backend,
    auth::lock::{Buckets, Pace},
};
use leptos_axum::generate_route_list;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, CompressionLevel, DefaultPredicate, Predicate, predicate::NotForContentType},
    timeout::TimeoutLayer,
};

use crate::{assets::Assets, config, scanner::Scanner};

/// Largest body of a form or call (DOS).
pub const BODY: usize = 256 * 1024;
/// Most header fields (DOS).
pub const FIELDS: usize = 64;
/// Longest address (DOS).
pub const ADDRESS: usize = 2 * 1024;

/// What every request is answered with.
#[derive(Debug)]
pub struct Web {
    /// Everything that touches the world.
    pub backend: Backend,
    /// What pages know of the installation.
    pub house: Arc<House>,
    /// The browser half's files.
    pub assets: Assets,
    /// Proxies whose forwarded headers are believed (WEB-08).
    pub proxies: Vec<IpAddr>,
    /// The virus scanner, if there is one (UPL-05).
    pub scanner: Option<Scanner>,
    /// This very program: papers are looked at in a process of its own.
    pub program: PathBuf,
    /// How long a request may take.
    pub patience: Duration,
    /// Tries of calendar addresses that open nothing.
    pub unknown_calendars: Buckets,
}

impl Web {
    /// The shell for this backend and site. Cookies are for TLS only when the site's origin is https.
    #[must_use]
    pub fn new(backend: Backend, assets: Assets, proxies: Vec<IpAddr>, scanner: Option<Scanner>) -> Self {
        let secure = backend.site().origin.starts_with("https://");
        let house = Arc::new(House { files: assets.names.clone(), secure, scans: scanner.is_some() });
        let patience = Duration::from_secs(30);
        let unknown_calendars = Buckets::new(Pace::CALENDARS);
        Self { backend, house, assets, proxies, scanner, program: config::program(), patience, unknown_calendars }
    }
}

/// The whole router. What it does not know is a page or a file, and in the end the page for what does not exist.
pub fn router(web: Web) -> Router {
    // Walking the routes also tells Leptos which runtime it is on: it must be done, whether or not anybody reads the line.
    let pages = pages().len();
    tracing::debug!(pages, "routes");
    let routes = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/kalender/{file}", get(feed::answer))
        .route("/traffar/{meeting}/samverkan.ics", get(feed::own_meeting))
        .route("/kallelse/{token}/samverkan.ics", get(feed::meeting_by_link))
        .route("/traffar/{meeting}/nytt", get(news::agenda))
        .route("/traffar/{meeting}/rum/nytt", get(news::room))
        .route("/api/{*function}", post(forms::answer))
        .route(app::path::ATTACH_PAPER, post(papers::take_in).layer(DefaultBodyLimit::disable()))
        .route("/arenden/{case}/blankett/{paper}", get(papers::hand_out))
        .route("/anteckningar/{id}/{file}", get(extracts::hand_out))
        .route("/siffror/{file}", get(figures::hand_out));
    shelled(routes, web)
}

/// Routes with the shell around them: bounds, headers, time, and pages and files for every other address.
pub fn shelled(routes: Router<Arc<Web>>, web: Web) -> Router {
    let web = Arc::new(web);
    // As one layer: each of several would be put into a box for each request.
    let shell = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(Arc::clone(&web), around::every_response))
        .layer(compression())
        .layer(CatchPanicLayer::custom(plain::after_panic))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, web.patience));
    routes.fallback_service(get(pages::answer).with_state(Arc::clone(&web))).layer(shell).with_state(web)
}

/// Compression of everything but calendars, which some programs take only as they are (rule 6).
fn compression() -> CompressionLayer<impl Predicate> {
    let but_calendars = DefaultPredicate::new().and(NotForContentType::const_new("text/calendar"));
    CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(but_calendars)
}

/// The address of every page, as `app::routes` has it: `/arenden/{id}`.
#[must_use]
pub fn pages() -> Vec<String> {
    generate_route_list(App).iter().map(|route| route.path().to_owned()).collect()
}

/// Ready for people: the database answers. Says no more to strangers (OPS-02).
async fn ready(State(web): State<Arc<Web>>) -> Response {
    match web.backend.ping().await {
        Ok(()) => "ready".into_response(),
        Err(fault) => {
            tracing::warn!(%fault, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
        }
    }
}
