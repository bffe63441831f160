//! Signed papers, in and out (UPL-01…04).
//!
//! What comes in is looked through by the virus scanner, where there is one, and looked at in a process of its own before anything of
//! it is kept. What goes out is handed to the reader as a file
//! of a name we made, in a sandbox, and can run nothing.

use std::{process::Stdio, sync::Arc, time::Duration};

use app::{
    path,
    problem::{Done, Problem},
    request::Visitor,
    text::Said,
};
use axum::{
    body::Body,
    extract::{FromRequest as _, Multipart, Path, Request, State, multipart::Field},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use backend::{
    Error,
    actor::Actor,
    receipt::Claim,
    scan::{LARGEST, Paper, worker},
    usecase::attach_paper::{attach_paper, may_attach, refused},
    view::case::signed_paper,
};
use domain::{
    id::{CaseId, ConsentId, PaperId},
    paper::PaperFlaw,
    refusal::Refusal,
};
use tokio::{io::AsyncWriteExt as _, process::Command, sync::Semaphore};

use super::{
    Web,
    drafts::{self, Sent},
    form_token,
    forms::{Unclaimed, once, onwards, remember, see},
    origin::is_ours,
    plain,
    visit::{self, Visit},
};

/// The largest body that is read at all. Of a paper no more is kept than may be, but what is somewhat too large is read to its end:
/// only then does a browser listen to what was wrong with it.
pub const BODY: usize = 64 * 1024 * 1024;
/// Bytes of a field that is not the paper: ids, a token, an address.
const FIELD: usize = 4 * 1024;
/// How long looking at one may take, start and all; the process itself may compute for ten seconds.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long the virus scanner may take.
const PATIENCE_FOR_SCANNER: Duration = Duration::from_secs(10);
/// How many are looked at beside each other: each may take 256 MiB.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A form with a paper in it, as it was sent.
#[derive(Default)]
struct Form {
    /// All but the paper, encoded as forms are.
    fields: Vec<(String, String)>,
    name: String,
    declared: String,
    paper: Vec<u8>,
}

/// Answers a POST of a paper.
pub async fn take_in(State(web): State<Arc<Web>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !is_ours(&parts.headers, &web.backend.site().origin) {
        return plain::page(StatusCode::FORBIDDEN);
    }
    let visit = visit::read(&web, &parts).await;
    // Of somebody who is not signed in nothing is read; a file cannot be kept over a lost session as text can.
    let Visitor::SignedIn(actor) = &visit.request.visitor else { return see(path::SIGN_IN) };
    let form = match read(&parts, body).await {
        Ok(form) => form,
        Err(status) => return plain::page(status),
    };
    let encoded = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
    let sent = Sent::read(path::ATTACH_PAPER, encoded.as_bytes());
    let genuine = sent
        .own("_token")
        .zip(visit.form_secret.as_deref())
        .is_some_and(|(token, secret)| form_token::is_of(token, secret));
    if !genuine {
        return drafts::back(&visit.request, &sent, Problem::SignedOut).await;
    }
    // A second press of the same button keeps no second paper.
    let ticket = match once(&visit.request, &sent).await {
        Ok(Claim::Fresh(ticket)) => Some(ticket),
        Ok(Claim::Answered(done)) => return see(&onwards(serde_json::from_str(&done).ok().as_ref())),
        Err(Unclaimed::NoNumber) => None,
        Err(Unclaimed::Problem(problem)) => return drafts::back(&visit.request, &sent, problem).await,
    };
    let kept = keep(&web, &visit, actor, &form).await;
    let kept = kept.map(|case| Some(Done::said(path::case(case), Said::PaperAttached)));
    if let Some(ticket) = ticket {
        remember(ticket, kept.as_ref().ok()).await;
    }
    match kept {
        Ok(done) => see(&onwards(done.as_ref())),
        Err(problem) => drafts::back(&visit.request, &sent, problem.into()).await,
    }
}

async fn keep(web: &Web, visit: &Visit, actor: &Actor, form: &Form) -> Result<CaseId, Error> {
    let field = |name: &str| form.fields.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str());
    let case: CaseId = field("case").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    let consent: ConsentId = field("consent").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    let backend = &visit.request.backend;
    let allowed = may_attach(backend, actor, case, consent).await;
    if matches!(allowed, Err(Error::NotFound | Error::Denied)) {
        backend.log_refused(actor, Some(case.uuid())).await?;
    }
    allowed?;
    let paper = look_at(web, form).await.map_err(refused)?;
    attach_paper(backend, actor, case, consent, &paper).await?;
    Ok(case)
}

/// Reads the form, up to its bounds.
async fn read(parts: &Parts, body: Body) -> Result<Form, StatusCode> {
    let limited = Request::from_parts(parts.clone(), Body::new(http_body_util::Limited::new(body, BODY)));
    let mut multipart = Multipart::from_request(limited, &()).await.map_err(|_| StatusCode::UNSUPPORTED_MEDIA_TYPE)?;
    let mut form = Form::default();
    while let Some(part) = multipart.next_field().await.map_err(|fault| fault.status())? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "paper" {
            part.file_name().unwrap_or_default().clone_into(&mut form.name);
            part.content_type().unwrap_or_default().clone_into(&mut form.declared);
            form.paper = bytes(part, LARGEST + 1).await?;
        } else if form.fields.len() < 16 {
            let text = String::from_utf8(bytes(part, FIELD).await?).map_err(|_| StatusCode::BAD_REQUEST)?;
            form.fields.push((name, text));
        }
    }
    Ok(form)
}

/// What a field holds, up to so many bytes; what is beyond them is read and dropped.
async fn bytes(mut part: Field<'_>, most: usize) -> Result<Vec<u8>, StatusCode> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|fault| fault.status())? {
        let room = most.saturating_sub(bytes.len());
        bytes.extend(chunk.iter().take(room));
    }
    Ok(bytes)
}

/// Has the paper looked at in a process of its own. One that says nothing was stopped by its limits.
async fn look_at(web: &Web, form: &Form) -> Result<Paper, PaperFlaw> {
    // What is plain to see needs no process.
    match form.paper.len() {
        0 => return Err(PaperFlaw::Empty),
        size if size > LARGEST => return Err(PaperFlaw::TooLarge),
        _ => {}
    }
    let Ok(_turn) = AT_ONCE.acquire().await else { return Err(PaperFlaw::TooMuch) };
    if let Some(scanner) = &web.scanner {
        scanner.look_through(&form.paper, PATIENCE_FOR_SCANNER).await?;
    }
    let question = worker::question(&form.name, &form.declared, &form.paper);
    match tokio::time::timeout(PATIENCE, ask(web, &question)).await {
        Ok(Ok(said)) => worker::answered(&said),
        Ok(Err(fault)) => {
            tracing::warn!(%fault, "a paper could not be looked at");
            Err(PaperFlaw::TooMuch)
        }
        Err(_) => Err(PaperFlaw::TooMuch),
    }
}

async fn ask(web: &Web, question: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut process = Command::new(&web.program)
        .arg("look-at-paper")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let mut input = process.stdin.take().ok_or(std::io::ErrorKind::BrokenPipe)?;
    let (sent, said) = tokio::join!(
        async move {
            input.write_all(question).await?;
            input.shutdown().await
        },
        process.wait_with_output()
    );
    // A process that was stopped took no more in; what it said, if anything, stands.
    let said = said?;
    if let Err(fault) = sent {
        tracing::debug!(%fault, "a paper was not taken to its end");
    }
    Ok(if said.status.success() { said.stdout } else { Vec::new() })
}

/// Answers GET of a paper.
pub async fn hand_out(
    State(web): State<Arc<Web>>,
    Path((case, paper)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let visit = visit::read(&web, &parts).await;
    let Visitor::SignedIn(actor) = &visit.request.visitor else {
        return see(&path::sign_in_then(parts.uri.path()));
    };
    let ids = case.parse::<CaseId>().ok().zip(paper.parse::<PaperId>().ok());
    let Some((case, paper)) = ids else { return plain::page(StatusCode::NOT_FOUND) };
    match signed_paper(&visit.request.backend, actor, case, paper).await {
        Ok(paper) => {
            let mut response = paper.bytes.into_response();
            let name = format!("blankett.{}", paper.kind.extension());
            file_headers(response.headers_mut(), paper.kind.media_type(), &name);
            response
        }
        Err(Error::NotFound | Error::Denied) => plain::page(StatusCode::NOT_FOUND),
        // A colleague has to say yes first: they are asked on the page of the case.
        Err(Error::Refused(Refusal::SecondPerson)) => see(&path::case(case)),
        Err(fault) => {
            tracing::error!(%fault, "no paper");
            plain::page(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// A file to be saved, of a name that tells nothing; if something shows it all the same, nothing in it runs (UPL-04).
pub(super) fn file_headers(headers: &mut HeaderMap, media_type: &'static str, name: &str) {
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let sandbox = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");
    headers.insert(header::CONTENT_SECURITY_POLICY, sandbox);
}
