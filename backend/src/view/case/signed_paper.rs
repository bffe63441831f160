//! A signed paper, for who may read it.

use domain::{
    export::What,
    id::{CaseId, PaperId},
};
use sea_orm::ConnectionTrait;

use super::{is_own, protected::must_be_free};
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate,
    scan::Kind,
    store,
};

/// A paper as it is handed out.
#[derive(Clone)]
pub struct SignedPaper {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A paper of a case: for the unit that recorded its consent, and the one that registered the case. Others see that there is
/// consent, not what stands on somebody's paper.
///
/// # Errors
/// [`Error::NotFound`] for everybody else, as for a paper there is not; [`domain::refusal::Refusal::SecondPerson`] where an
/// identity is protected and no colleague has said yes (I1).
pub async fn signed_paper(backend: &Backend, actor: &Actor, case: CaseId, paper: PaperId) -> Result<SignedPaper> {
    let asked = Event::new(Action::PaperRead).subject(paper.uuid());
    let found = backend.or_denied(actor, asked, find(backend, actor, case, paper).await).await;
    let (known, head) = found?;
    must_be_free(backend.db(), actor, &known, What::Paper, Some(paper.uuid()), backend.now()).await?;
    let bytes = store::paper::content(backend.db(), backend.keys(), case, paper).await?;
    let read = Event::new(Action::PaperRead).case(known.id()).basis(Some(head.consent)).subject(paper.uuid());
    backend.log_reads(actor, &[read]).await?;
    Ok(SignedPaper { kind: head.kind, bytes })
}

async fn find(
    backend: &Backend,
    actor: &Actor,
    case: CaseId,
    paper: PaperId,
) -> Result<(gate::Known, store::paper::PaperHead)> {
    let known = gate::known(backend.db(), actor, case, backend.now()).await?;
    let head = head(backend.db(), actor, &known, paper).await?;
    Ok((known, head))
}

/// What stands around a paper that is somebody's to read.
///
/// # Errors
/// [`Error::NotFound`] for everybody else, as for a paper there is not.
pub(super) async fn head(
    db: &impl ConnectionTrait,
    actor: &Actor,
    known: &gate::Known,
    paper: PaperId,
) -> Result<store::paper::PaperHead> {
    let head = store::paper::of_case(db, known.id(), paper).await?.ok_or(Error::NotFound)?;
    let recorded = store::consent::recorded_by(db, known.id(), head.consent).await?;
    if actor.works_with_cases() && (is_own(known) || recorded == Some(actor.unit()?)) {
        Ok(head)
    } else {
        Err(Error::NotFound)
    }
}
