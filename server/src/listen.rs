//! The accept loop. Our own, as `axum::serve` sets no timer and hyper's limit on slow headers then never runs (F8).

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Router, body::Body};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};
use tower::ServiceExt as _;

/// Bounds of the accept loop (DOS).
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address.
    pub per_address: usize,
    /// Until the first byte, and until the head of each request is read.
    pub head: Duration,
    /// From the order to stop until connections are cut.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 2_000, per_address: 100, head: Duration::from_secs(10), drain: Duration::from_secs(30) }
    }
}

/// The other end of a connection, in each request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Serves until `stop` is ready; then accepts nothing more and lets what runs come to its end, or until `cut` is ready.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    proxies: Vec<IpAddr>,
    stop: impl Future<Output = ()>,
    cut: impl Future<Output = ()>,
) {
    let places = Arc::new(Places::new(limits, proxies));
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                // No place: closed at once, before anything is read.
                if let Some(place) = places.take(peer.ip()) {
                    let watcher = graceful.watcher();
                    tokio::spawn(connection(stream, peer, router.clone(), limits, watcher, place));
                }
            }
            Err(fault) => {
                tracing::warn!(%fault, "cannot accept a connection");
                // Out of file descriptors: time for some to be given back.
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    tracing::info!(connections = graceful.count(), "stopping: letting requests come to their end");
    tokio::select! {
        () = graceful.shutdown() => tracing::info!("stopped"),
        () = sleep(limits.drain) => tracing::warn!("stopped, cutting connections that took too long"),
        () = cut => tracing::warn!("stopped at once"),
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    watcher: hyper_util::server::graceful::Watcher,
    place: Place,
) {
    // Without it a small second packet waits 40 ms for the peer's delayed acknowledgement.
    let _ = stream.set_nodelay(true);
    if !matches!(timeout(limits.head, stream.readable()).await, Ok(Ok(()))) {
        return;
    }
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        // How many fields it may hold is looked at in `http::around`: asked for another number than its own, hyper allocates for each
        // request.
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(fault) = watcher.watch(connection).await {
        tracing::debug!(%fault, "connection ended early");
    }
    drop(place);
}

/// How many connections each address holds.
type Held = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// Who holds how many connections.
struct Places {
    all: Arc<Semaphore>,
    by_address: Held,
    per_address: usize,
    proxies: Vec<IpAddr>,
}

/// A connection's place; given back when dropped.
struct Place {
    _permit: OwnedSemaphorePermit,
    by_address: Option<(Held, IpAddr)>,
}

impl Places {
    fn new(limits: Limits, proxies: Vec<IpAddr>) -> Self {
        Self {
            all: Arc::new(Semaphore::new(limits.connections)),
            by_address: Arc::default(),
            per_address: limits.per_address,
            proxies,
        }
    }

    fn take(&self, address: IpAddr) -> Option<Place> {
        let permit = Arc::clone(&self.all).try_acquire_owned().ok()?;
        // Behind a proxy everybody has the proxy's address.
        if self.proxies.contains(&address) {
            return Some(Place { _permit: permit, by_address: None });
        }
        let mut held = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(address).or_default();
        if *count >= self.per_address {
            return None;
        }
        *count += 1;
        Some(Place { _permit: permit, by_address: Some((Arc::clone(&self.by_address), address)) })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((held, address)) = &self.by_address else { return };
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(address) {
            *count -= 1;
            if *count == 0 {
                held.remove(address);
            }
        }
    }
}

/// SIGTERM and Ctrl-C, counted.
#[derive(Clone, Debug)]
pub struct Signals(tokio::sync::watch::Receiver<u32>);

impl Signals {
    /// Begins to listen for signals.
    ///
    /// # Errors
    /// When the operating system gives none.
    pub fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut term, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let (sender, counted) = tokio::sync::watch::channel(0);
        tokio::spawn(async move {
            loop {
                tokio::select! { _ = term.recv() => {}, _ = interrupt.recv() => {} }
                sender.send_modify(|count| *count += 1);
            }
        });
        Ok(Self(counted))
    }

    /// Ready once that many have come.
    pub async fn reached(mut self, count: u32) {
        if self.0.wait_for(|seen| *seen >= count).await.is_err() {
            // Nobody is left to send one.
            std::future::pending::<()>().await;
        }
    }
}
