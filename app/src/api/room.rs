//! What is done in the meeting room.

use domain::id::{AgendaItemId, MeetingId};
use leptos::prelude::*;

use crate::{
    problem::{Done, Problem},
    wire::{Autosaved, Json},
};

/// Opens a meeting.
#[server(prefix = "/api", endpoint = "room/open")]
pub async fn open_meeting(
    /// The meeting.
    meeting: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::run_meeting::open_meeting(&ask.backend, &ask.actor, typed_id(&meeting)?).await?;
    Ok(Done::go(crate::path::meeting_room(meeting)))
}

/// Ends a meeting.
#[server(prefix = "/api", endpoint = "room/close")]
pub async fn close_meeting(
    /// The meeting.
    meeting: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::run_meeting::close_meeting(&ask.backend, &ask.actor, typed_id(&meeting)?).await?;
    Ok(Done::said(crate::path::meeting_room(meeting), crate::text::Said::MeetingClosed))
}

/// Lets somebody in.
#[server(prefix = "/api", endpoint = "room/check-in")]
pub async fn check_in(
    /// The meeting.
    meeting: String,
    /// The unit they come for.
    unit: String,
    /// Their name, as typed.
    name: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::run_meeting::check_in(&ask.backend, &ask.actor, typed_id(&meeting)?, &unit, &name).await?;
    Ok(Done::go(crate::path::meeting_room(meeting)))
}

/// Lets a guest in, for one item.
#[server(prefix = "/api", endpoint = "room/guest")]
pub async fn let_in_guest(
    /// The meeting.
    meeting: MeetingId,
    /// The unit they come with.
    unit: String,
    /// What they come as.
    #[server(default)]
    guest: String,
    /// Their name, as typed.
    guest_name: String,
    /// The item they come for.
    #[server(default)]
    item: String,
    /// Whether the family has let them in.
    #[server(default)]
    approved: bool,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in};
    use backend::usecase::let_in_guest::TypedGuest;
    let ask = signed_in()?;
    let typed = TypedGuest { unit, kind: guest, name: guest_name, item, approved };
    backend::usecase::let_in_guest::let_in_guest(&ask.backend, &ask.actor, meeting, &typed).await?;
    Ok(Done::go(path::meeting_room(meeting)))
}

/// Marks oneself, or somebody in the room, as disqualified from an item.
#[server(prefix = "/api", endpoint = "room/recuse")]
pub async fn recuse(
    /// The meeting.
    meeting: MeetingId,
    /// The item.
    item: String,
    /// Their time in the room; nothing for oneself.
    #[server(default)]
    attendance: String,
) -> Result<Done, Problem> {
    use crate::{
        path,
        request::{signed_in, typed_id},
        text::Said,
    };
    let ask = signed_in()?;
    let (item, someone) = (typed_id(&item)?, Some(&attendance).filter(|id| !id.is_empty()));
    let someone = someone.map(|id| typed_id(id)).transpose()?;
    backend::usecase::recuse::recuse(&ask.backend, &ask.actor, meeting, item, someone).await?;
    Ok(Done::said(path::meeting_room(meeting), Said::Recused))
}

/// Takes such a mark back.
#[server(prefix = "/api", endpoint = "room/take-back-recusal")]
pub async fn take_back_recusal(
    /// The meeting.
    meeting: MeetingId,
    /// The item.
    item: AgendaItemId,
    /// The mark.
    id: String,
) -> Result<Done, Problem> {
    use crate::{
        path,
        request::{signed_in, typed_id},
    };
    let ask = signed_in()?;
    backend::usecase::recuse::take_back_recusal(&ask.backend, &ask.actor, meeting, item, typed_id(&id)?).await?;
    Ok(Done::go(path::meeting_room(meeting)))
}

/// Lets somebody out.
#[server(prefix = "/api", endpoint = "room/check-out")]
pub async fn check_out(
    /// The meeting.
    meeting: String,
    /// Their time in the room.
    attendance: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    let (room, attendance) = (typed_id(&meeting)?, typed_id(&attendance)?);
    backend::usecase::run_meeting::check_out(&ask.backend, &ask.actor, room, attendance).await?;
    Ok(Done::go(crate::path::meeting_room(meeting)))
}

/// Lets everybody of a unit out.
#[server(prefix = "/api", endpoint = "room/check-out-unit")]
pub async fn check_out_unit(
    /// The meeting.
    meeting: String,
    /// The unit.
    unit: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    let (room, unit) = (typed_id(&meeting)?, typed_id(&unit)?);
    backend::usecase::run_meeting::check_out_unit(&ask.backend, &ask.actor, room, unit).await?;
    Ok(Done::go(crate::path::meeting_room(meeting)))
}

/// Begins an item, and ends the one before.
#[server(prefix = "/api", endpoint = "room/open-item")]
pub async fn open_item(
    /// The meeting.
    meeting: String,
    /// The item.
    item: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::open_item::open_item(&ask.backend, &ask.actor, typed_id(&meeting)?, typed_id(&item)?).await?;
    Ok(Done::go(crate::path::meeting_room(meeting)))
}

/// Ends the item under way.
#[server(prefix = "/api", endpoint = "room/close-item")]
pub async fn close_item(
    /// The meeting.
    meeting: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::open_item::close_item(&ask.backend, &ask.actor, typed_id(&meeting)?).await?;
    Ok(Done::go(crate::path::meeting_room(meeting)))
}

/// Stops an anonymous consultation and erases what was asked.
#[server(prefix = "/api", endpoint = "room/stop-consultation")]
pub async fn stop_consultation(
    /// The meeting.
    meeting: MeetingId,
    /// The item.
    item: AgendaItemId,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::stop_consultation::stop_consultation(&ask.backend, &ask.actor, meeting, item).await?;
    Ok(Done::said(path::meeting_room(meeting), Said::ConsultationStopped))
}

/// Writes the note of an item that all at the table share.
#[server(prefix = "/api", endpoint = "room/note")]
pub async fn write_note(
    /// The item.
    item: AgendaItemId,
    /// The version that was read; 0 for none.
    seen: i64,
    /// What is noted.
    #[server(default)]
    note: String,
) -> Result<Done, Problem> {
    let ask = crate::request::signed_in()?;
    let typed = backend::usecase::write_note::TypedNote { seen, on_its_way: false, text: note };
    backend::usecase::write_note::write_note(&ask.backend, &ask.actor, item, &typed).await?;
    Ok(Done::said(crate::request::back(), crate::text::Said::Saved))
}

/// Saves such a note while it is written; called by [`Autosave`](crate::islands::Autosave) by its address.
#[server(prefix = "/api", endpoint = "room/note-autosave", output = Json)]
pub async fn autosave_note(
    /// The item.
    item: AgendaItemId,
    /// The version that was read; 0 for none.
    seen: i64,
    /// What is noted so far.
    #[server(default)]
    note: String,
    /// Whether an earlier save from the same page is not answered yet; told as the page goes away.
    #[server(default)]
    on_its_way: bool,
) -> Result<Autosaved, Problem> {
    let ask = crate::request::signed_in()?;
    let typed = backend::usecase::write_note::TypedNote { seen, on_its_way, text: note };
    let saved = backend::usecase::write_note::write_note(&ask.backend, &ask.actor, item, &typed).await;
    Autosaved::of(saved, ask.backend.now(), ask.lang)
}
