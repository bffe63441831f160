//! One installation and its router, and a small client.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
};
use backend::{
    Backend, Site,
    clock::ManualClock,
    crypt::Keys,
    database,
    mail::AnswerAddress,
    random::SystemRandom,
    usecase::install::{ClockKind, install},
};
use http_body_util::BodyExt as _;
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{Database, DatabaseConnection};
use server::{
    assets::Assets,
    http::{Web, router, shelled},
    listen::{self, Limits},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};
use tower::ServiceExt as _;

pub const ORIGIN: &str = "https://samverkan.test";

/// A migrated, empty installation behind https.
pub struct World {
    pub backend: Backend,
    pub router: Router,
    pub clock: Arc<ManualClock>,
    folder: tempfile::TempDir,
}

/// A page or file that was answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl World {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new("2026-11-22T11:00:00Z".parse().unwrap()));
        let backend = backend(&folder, Arc::clone(&clock)).await;
        let router = router(web(&backend, &folder));
        Self { backend, router, clock, folder }
    }

    /// The shell around other routes, for what no page of ours does.
    pub fn shell_around(&self, routes: Router<Arc<Web>>, patience: Duration) -> Router {
        shelled(routes, Web { patience, ..web(&self.backend, &self.folder) })
    }

    /// A connection beside the program's.
    pub async fn raw(&self) -> DatabaseConnection {
        Database::connect(format!("sqlite://{}/test.db", self.folder.path().display())).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path)).await
    }

    pub async fn send(&self, request: axum::http::request::Builder) -> Answer {
        ask(&self.router, request.body(Body::empty()).unwrap()).await
    }

    /// Sends a plain form of one of our pages, as a browser does.
    pub async fn submit(&self, to: &str, cookies: &str, fields: &[(&str, &str)]) -> Answer {
        ask(&self.router, form(to, cookies, fields)).await
    }
}

/// A plain form's post as a browser sends it.
pub fn form(to: &str, cookies: &str, fields: &[(&str, &str)]) -> Request<Body> {
    Request::post(to)
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookies)
        .body(Body::from(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()))
        .unwrap()
}

pub async fn ask(router: &Router, request: Request<Body>) -> Answer {
    answer(router.clone().oneshot(request).await.unwrap()).await
}

async fn answer(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.body.split_once(&start).unwrap_or_else(|| panic!("no field {name}"));
        rest.split('"').next().unwrap().replace("&amp;", "&")
    }

    /// The cookies it hands out, as they are sent back.
    pub fn cookies(&self) -> String {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap());
        lines.map(|line| line.split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }
}

async fn backend(folder: &tempfile::TempDir, clock: Arc<ManualClock>) -> Backend {
    let db = database::open(&format!("sqlite://{}/test.db", folder.path().display())).await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    let keys = Keys::read(&Keys::generate(&SystemRandom)).unwrap();
    let site = Site {
        origin: ORIGIN.into(),
        municipality: "Provkommun".into(),
        answers_to: AnswerAddress::parse("moten@prov.test").ok(),
        demo: false,
    };
    let backend = Backend::new(db, clock, Arc::new(SystemRandom), keys, site);
    install(&backend, ClockKind::Simulated).await.unwrap();
    backend
}

/// The shell over a site of three small files.
fn web(backend: &Backend, folder: &tempfile::TempDir) -> Web {
    let site = folder.path().join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    for (name, text) in [
        ("manifest.json", r#"{"js":"/pkg/a.1.js","wasm":"/pkg/a.2.wasm","css":"/pkg/a.3.css","fonts":{}}"#),
        ("pkg/a.1.js", "export default 1"),
        ("pkg/a.2.wasm", "\0asm"),
        ("pkg/a.3.css", "body{}"),
        ("pkg/a.3.css.br", "brotli"),
        ("favicon.svg", "<svg/>"),
    ] {
        std::fs::write(site.join(name), text).unwrap();
    }
    Web::new(backend.clone(), Assets::read(&site).unwrap(), Vec::new(), None)
}

/// A server on a port of its own. Dropping `stop` changes nothing; sending on it begins the stop.
pub struct Served {
    pub address: SocketAddr,
    pub stop: oneshot::Sender<()>,
    pub cut: oneshot::Sender<()>,
    pub done: tokio::task::JoinHandle<()>,
}

pub async fn served(router: Router, limits: Limits) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let (cut, cutting) = oneshot::channel::<()>();
    let order = |order: oneshot::Receiver<()>| async move {
        if order.await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let done = tokio::spawn(listen::serve(listener, router, limits, Vec::new(), order(stopped), order(cutting)));
    Served { address, stop, cut, done }
}

/// Sends bytes and reads until the other end closes.
pub async fn raw(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut read = Vec::new();
    // A reset counts as closed.
    let _ = stream.read_to_end(&mut read).await;
    String::from_utf8_lossy(&read).into_owned()
}

/// Every method that is not ours.
pub const OTHER_METHODS: [Method; 6] =
    [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE, Method::CONNECT];
