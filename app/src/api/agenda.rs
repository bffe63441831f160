//! The agenda of a meeting: what stands on it, in which order, and who is called.

use domain::id::{AgendaItemId, CaseId, MeetingId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    problem::{Done, Problem},
    wire::Json,
};

/// Puts a case from the queue last.
#[server(prefix = "/api", endpoint = "agenda/add-case")]
pub async fn add_case(
    /// The meeting.
    meeting: MeetingId,
    /// The case.
    case: CaseId,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::add_item::add_case(&ask.backend, &ask.actor, meeting, case).await?;
    Ok(Done::said(path::meeting(meeting), Said::ItemAdded))
}

/// Puts a general item last.
#[server(prefix = "/api", endpoint = "agenda/add-general")]
pub async fn add_general_item(
    /// The meeting.
    meeting: MeetingId,
    /// Its title.
    title: String,
    /// Its length in minutes; empty for the usual.
    minutes: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::add_item;
    let ask = signed_in()?;
    add_item::add_general_item(&ask.backend, &ask.actor, meeting, &title, &minutes).await?;
    Ok(Done::said(path::meeting(meeting), Said::ItemAdded))
}

/// Puts an anonymous consultation last.
#[server(prefix = "/api", endpoint = "agenda/add-anonymous")]
pub async fn add_anonymous(
    /// The meeting.
    meeting: MeetingId,
    /// What is asked, with nobody in it.
    question: String,
    /// Its length in minutes; empty for the usual.
    minutes: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::add_item;
    let ask = signed_in()?;
    add_item::add_anonymous_consultation(&ask.backend, &ask.actor, meeting, &question, &minutes).await?;
    Ok(Done::said(path::meeting(meeting), Said::ItemAdded))
}

/// Takes an item off.
#[server(prefix = "/api", endpoint = "agenda/remove")]
pub async fn remove_item(
    /// The meeting.
    meeting: MeetingId,
    /// The item.
    item: AgendaItemId,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::change_item::remove_item(&ask.backend, &ask.actor, meeting, item, &seen).await?;
    Ok(Done::said(path::meeting(meeting), Said::ItemRemoved))
}

/// Gives an item another length.
#[server(prefix = "/api", endpoint = "agenda/minutes")]
pub async fn change_minutes(
    /// The meeting.
    meeting: MeetingId,
    /// The item.
    item: AgendaItemId,
    /// Its length in minutes.
    minutes: String,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::change_item;
    let ask = signed_in()?;
    change_item::change_minutes(&ask.backend, &ask.actor, meeting, item, &minutes, &seen).await?;
    Ok(Done::said(path::meeting(meeting), Said::Saved))
}

/// Moves an item: `up`, `down`, or to a place counted from 1.
#[server(prefix = "/api", endpoint = "agenda/move")]
pub async fn move_item(
    /// The meeting.
    meeting: MeetingId,
    /// The item.
    item: AgendaItemId,
    /// Where to.
    step: String,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in};
    use backend::usecase::arrange_agenda::{self, Step};
    let ask = signed_in()?;
    let step = Step::typed(&step)?;
    let undo = arrange_agenda::move_item(&ask.backend, &ask.actor, meeting, item, step, &seen).await?;
    Ok(Done::go(undoable(path::meeting(meeting), &undo)))
}

/// Says when the family of an item comes; empty where it does not take part.
#[server(prefix = "/api", endpoint = "agenda/family")]
pub async fn set_family_time(
    /// The meeting.
    meeting: MeetingId,
    /// The item.
    item: AgendaItemId,
    /// The local time.
    family_at: String,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::usecase::change_item;
    let ask = signed_in()?;
    change_item::set_family_time(&ask.backend, &ask.actor, meeting, item, &family_at, &seen).await?;
    Ok(Done::said(path::meeting(meeting), Said::Saved))
}

/// Moves a case to the next meeting it belongs on.
#[server(prefix = "/api", endpoint = "agenda/carry-over")]
pub async fn carry_over(
    /// The meeting.
    meeting: MeetingId,
    /// The item.
    item: AgendaItemId,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    let next = backend::usecase::carry_over::carry_over(&ask.backend, &ask.actor, meeting, item, &seen).await?;
    Ok(Done::said(path::meeting(next), Said::CarriedOver))
}

/// What the board is told of an order it has laid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Laid {
    /// Which state the board is in now.
    pub stamp: String,
    /// Minutes all partners wait, together.
    pub waiting: u64,
}

/// Gives the whole board the order laid on it.
#[server(prefix = "/api", endpoint = "agenda/order", output = Json)]
pub async fn set_order(
    /// The meeting.
    meeting: String,
    /// The items in their order.
    order: Vec<String>,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Laid, Problem> {
    use crate::request::{self, typed_id};
    use backend::usecase::arrange_agenda;
    let ask = request::signed_in()?;
    let order = order.iter().map(|item| typed_id(item)).collect::<Result<Vec<_>, _>>()?;
    let laid = arrange_agenda::set_order(&ask.backend, &ask.actor, typed_id(&meeting)?, &order, &seen).await?;
    Ok(Laid { stamp: laid.stamp, waiting: laid.waiting })
}

/// Shortens the items until all fit in the meeting.
#[server(prefix = "/api", endpoint = "agenda/shorten")]
pub async fn shorten_items(
    /// The meeting.
    meeting: MeetingId,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in};
    let ask = signed_in()?;
    backend::usecase::change_item::shorten_items(&ask.backend, &ask.actor, meeting, &seen).await?;
    Ok(Done::go(path::meeting(meeting)))
}

/// Orders the items so that partners wait least.
#[server(prefix = "/api", endpoint = "agenda/arrange")]
pub async fn arrange_agenda(
    /// The meeting.
    meeting: MeetingId,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in};
    let ask = signed_in()?;
    let done = backend::usecase::arrange_agenda::arrange_agenda(&ask.backend, &ask.actor, meeting, &seen).await?;
    let said = format!("{}-{}", done.before, done.at_least);
    let page = path::with_query(&path::meeting(meeting), "ordnat", &said);
    Ok(Done::go(undoable(page, &done.undo)))
}

/// Lays the order that was there before.
#[server(prefix = "/api", endpoint = "agenda/undo")]
pub async fn undo_order(
    /// The meeting.
    meeting: MeetingId,
    /// The place each item had before, numbers joined by hyphens.
    places: String,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    let places: Vec<usize> = places.split('-').map(str::parse).collect::<Result<_, _>>().map_err(|_| Problem::Stale)?;
    backend::usecase::arrange_agenda::undo_order(&ask.backend, &ask.actor, meeting, &places, &seen).await?;
    Ok(Done::said(path::meeting(meeting), Said::OrderUndone))
}

/// The part of an agenda's address that holds the way back from the last order: numbers of places and the state they belong to.
#[cfg(feature = "ssr")]
pub const UNDO: &str = "angra";

/// A page's address with the way back, where there is one to go.
#[cfg(feature = "ssr")]
fn undoable(page: String, undo: &backend::usecase::arrange_agenda::Undo) -> String {
    if undo.places.is_sorted() {
        return page; // nothing stands elsewhere
    }
    let places: Vec<String> = undo.places.iter().map(ToString::to_string).collect();
    crate::path::with_query(&page, UNDO, &format!("{}.{}", undo.stamp, places.join("-")))
}

/// Calls everybody the meeting is for.
#[server(prefix = "/api", endpoint = "agenda/publish")]
pub async fn publish_meeting(
    /// The meeting.
    meeting: MeetingId,
    /// Which state of the board was seen.
    seen: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::publish_meeting::publish_meeting(&ask.backend, &ask.actor, meeting, &seen).await?;
    Ok(Done::said(path::meeting(meeting), Said::InvitationsSent))
}
