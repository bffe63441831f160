//! A person's own phrases: what they write often, to be put in where they write. Nobody else sees them, and no text is copied from one
//! case into another by them: they are typed here, once, without any case (M9).

use domain::refusal::Refusal;
use uuid::Uuid;

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    store,
    typed::Typed,
};

/// As many as one person may have: more are not found by looking.
const MOST: u64 = 40;

/// Keeps a phrase.
///
/// # Errors
/// A flaw in `phrase`, also for a personal number; [`Refusal::TooManyPhrases`].
pub async fn add_phrase(backend: &Backend, actor: &Actor, text: &str) -> Result<()> {
    let mut typed = Typed::default();
    let text = typed.line::<300>("phrase", text);
    typed.finish()?;
    let text = Typed::value(text)?;
    let tx = backend.write(actor).await?;
    if store::phrase::count(tx.db(), actor.person).await? >= MOST {
        return Err(Refusal::TooManyPhrases.into());
    }
    store::phrase::add(&tx, actor.person, text.as_str()).await?;
    tx.commit(Event::new(Action::SettingsChanged).subject(actor.person.uuid())).await
}

/// Takes a phrase away.
///
/// # Errors
/// [`Error::NotFound`] where it is not one's own.
pub async fn remove_phrase(backend: &Backend, actor: &Actor, id: Uuid) -> Result<()> {
    let tx = backend.write(actor).await?;
    if !store::phrase::remove(&tx, actor.person, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit(Event::new(Action::SettingsChanged).subject(actor.person.uuid())).await
}
