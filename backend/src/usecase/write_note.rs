//! Notes of items that all at the table share. They are of no case: what concerns one stands in its own minutes (M2).

use domain::{
    flaw::FlawKind,
    id::{AgendaItemId, MeetingId},
    meeting::MeetingState,
    refusal::Refusal,
    visibility::Role,
};

use super::run_meeting::led_by;
use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    gate,
    store::{
        self,
        agenda::{About, Item},
    },
    tx::Tx,
    typed::Typed,
};

/// A note as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedNote {
    /// The version the writer saw; 0 for none.
    pub seen: i64,
    /// Whether an earlier save from the same page is not answered yet: what that wrote is no conflict.
    pub on_its_way: bool,
    /// What.
    pub text: String,
}

/// Writes the note of a general item, once its meeting is opened and also after it, and gives its version. An empty text takes away what
/// stood there; what stands there already is not written again, and is no conflict, whoever wrote it.
///
/// # Errors
/// [`Error::Denied`] for others than coordinators; [`Error::NotFound`] without a seat and for any other item; a flaw in `note`, also
/// where a case on this agenda is named by its reference; [`Error::Stale`] when somebody else wrote meanwhile;
/// [`Refusal::NotRunning`] before the meeting is opened.
pub async fn write_note(backend: &Backend, actor: &Actor, item: AgendaItemId, typed: &TypedNote) -> Result<i64> {
    // Before anything is looked for: others are told the same of an item that is not there.
    actor.must_be(&[Role::Coordinator])?;
    let tx = backend.write(actor).await?;
    let item = store::agenda::one(tx.db(), backend.keys(), item).await?;
    let meeting = led_by(&tx, actor, item.meeting).await?;
    if !matches!(item.about, About::General(_)) {
        return Err(Error::NotFound);
    }
    if !matches!(meeting.stage.state, MeetingState::Running | MeetingState::Held) {
        return Err(Refusal::NotRunning.into());
    }
    let mut form = Typed::default();
    let text = form.optional_prose::<4000>("note", &typed.text);
    if names_a_case(&tx, actor, &text, meeting.id).await? {
        form.flaw("note", FlawKind::CaseInText);
    }
    form.finish()?;
    let now = store::general_note::of_items(tx.db(), backend.keys(), [item.id]).await?.remove(&item.id);
    let (version, stands) = now.as_ref().map_or((0, ""), |now| (now.version, &now.text));
    if stands == text {
        return Ok(version);
    }
    let own = typed.on_its_way && version - 1 == typed.seen && now.as_ref().is_some_and(|now| now.by == actor.person);
    if version != typed.seen && !own {
        return Err(Error::Stale);
    }
    store::general_note::write(&tx, item.id, version, &text, actor.person).await?;
    tx.commit(Event::new(Action::GeneralNoteWritten).subject(item.id.uuid())).await?;
    Ok(version + 1)
}

/// Whether a text names a case of the meeting's agenda by its reference; of those the writer may know, so that this tells of no other.
async fn names_a_case(tx: &Tx, actor: &Actor, text: &str, meeting: MeetingId) -> Result<bool> {
    let items = store::agenda::items(tx.db(), tx.backend().keys(), meeting).await?;
    let known = gate::known_among(tx.db(), actor.viewer()?, items.iter().filter_map(Item::case), tx.now()).await?;
    let mut words = text.split(|sign: char| !sign.is_alphanumeric());
    Ok(words.any(|word| known.values().any(|known| known.head().reference.eq_ignore_ascii_case(word))))
}
