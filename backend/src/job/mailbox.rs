//! Looks into the mailbox that answers come to.

use std::{future::Future, time::Duration};

use crate::{Backend, Result, mail::AnswerBox, usecase::receive_mail::receive_mail};

/// How often it is looked into.
const PAUSE: Duration = Duration::from_secs(30);

/// Looks into the mailbox until `stop` is ready; a look under way is finished first.
pub async fn run(backend: &Backend, answers: &AnswerBox, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        if let Err(fault) = look(backend, answers).await {
            tracing::warn!(%fault, "the mailbox for answers could not be read");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Takes in what is unread; says how many messages were.
///
/// # Errors
/// When the mailbox cannot be read or the database fails: what was not put away is read the next time.
pub async fn look(backend: &Backend, answers: &AnswerBox) -> Result<usize> {
    let mut opened = answers.open().await?;
    let mut count = 0;
    while let Some(unread) = opened.next().await? {
        let understood = match &unread.message {
            Some(message) => receive_mail(backend, message).await?,
            None => false,
        };
        opened.put_away(&unread, understood).await?;
        count += 1;
    }
    opened.close().await?;
    Ok(count)
}
