//! What an administrator changes in the register, and who moves and cancels meetings.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::problem::{Done, Problem};
#[cfg(feature = "ssr")]
use crate::{path, request::signed_in, text::Said};
#[cfg(feature = "ssr")]
use backend::usecase::{
    change_forum::{self, ForumTyped},
    change_meeting::{self, TimeAndPlaceTyped},
    change_seat::{self, SeatTyped},
    change_unit::{self, UnitTyped},
    close_days::{self, ClosedSpanTyped},
    fill_seat,
    standing_items::{self, StandingItemTyped},
};

/// What does not read as an id is not there.
#[cfg(feature = "ssr")]
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// Adds a unit.
#[server(prefix = "/api", endpoint = "unit/add")]
pub async fn add_unit(
    /// Code of the kind.
    kind: String,
    /// What people call it.
    name: String,
    /// Where there is little room.
    short_name: String,
    /// Where it belongs.
    authority: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let filled = UnitTyped { kind, name, short_name, authority };
    let unit = change_unit::add_unit(&ask.backend, &ask.actor, &filled).await?;
    Ok(Done::said(path::unit(unit), Said::Saved))
}

/// Changes a unit's names.
#[server(prefix = "/api", endpoint = "unit/change")]
pub async fn change_unit(
    /// Its id.
    unit: String,
    /// The version the form was read at.
    version: i64,
    /// Code of the kind.
    kind: String,
    /// What people call it.
    name: String,
    /// Where there is little room.
    short_name: String,
    /// Where it belongs.
    authority: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let filled = UnitTyped { kind, name, short_name, authority };
    change_unit::change_unit(&ask.backend, &ask.actor, id(&unit)?, version, &filled).await?;
    Ok(Done::said(path::unit(unit), Said::Saved))
}

/// Closes a unit.
#[server(prefix = "/api", endpoint = "unit/close")]
pub async fn close_unit(
    /// Its id.
    unit: String,
    /// The version the form was read at.
    version: i64,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    change_unit::close_unit(&ask.backend, &ask.actor, id(&unit)?, version).await?;
    Ok(Done::said(path::MUNICIPALITY, Said::UnitClosed))
}

/// A forum as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForumForm {
    /// What people call it.
    pub name: String,
    /// Where there is little room.
    pub short_name: String,
    /// Youngest age.
    pub age_from: String,
    /// Oldest age.
    pub age_to: String,
    /// The authority that hosts it.
    pub host: String,
    /// Where its meetings usually are.
    pub place: String,
    /// Usual minutes of a meeting.
    pub meeting_minutes: String,
    /// Usual minutes of a case.
    pub item_minutes: String,
    /// So many days before a meeting its agenda takes no new cases.
    pub freeze_days: String,
    /// Within so many days minutes are to be reviewed.
    pub review_days: String,
    /// What becomes of meetings on red days.
    pub on_red_days: String,
    /// What becomes of meetings in school breaks.
    pub on_breaks: String,
}

#[cfg(feature = "ssr")]
impl From<ForumForm> for ForumTyped {
    fn from(form: ForumForm) -> Self {
        Self {
            name: form.name,
            short_name: form.short_name,
            age_from: form.age_from,
            age_to: form.age_to,
            host: form.host,
            place: form.place,
            meeting_minutes: form.meeting_minutes,
            item_minutes: form.item_minutes,
            freeze_days: form.freeze_days,
            review_days: form.review_days,
            on_red_days: form.on_red_days,
            on_breaks: form.on_breaks,
        }
    }
}

/// Adds a forum.
#[server(prefix = "/api", endpoint = "forum/add")]
pub async fn add_forum(
    /// As typed.
    #[server(flatten)]
    filled: ForumForm,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let forum = change_forum::add_forum(&ask.backend, &ask.actor, &filled.into()).await?;
    Ok(Done::said(path::forum(forum), Said::Saved))
}

/// Changes a forum.
#[server(prefix = "/api", endpoint = "forum/change")]
pub async fn change_forum(
    /// Its id.
    forum: String,
    /// The version the form was read at.
    version: i64,
    /// As typed.
    #[server(flatten)]
    filled: ForumForm,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    change_forum::change_forum(&ask.backend, &ask.actor, id(&forum)?, version, &filled.into()).await?;
    Ok(Done::said(path::forum(forum), Said::Saved))
}

/// Puts something on every agenda of a forum.
#[server(prefix = "/api", endpoint = "forum/add-item")]
pub async fn add_standing_item(
    /// The forum's id.
    forum: String,
    /// What it is called.
    title: String,
    /// How long it takes.
    minutes: String,
    /// Sent when it is last on the agenda.
    closing: Option<String>,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let filled = StandingItemTyped { title, minutes, closing: closing.is_some() };
    standing_items::add_standing_item(&ask.backend, &ask.actor, id(&forum)?, &filled).await?;
    Ok(Done::said(path::forum(forum), Said::Saved))
}

/// Takes it off again.
#[server(prefix = "/api", endpoint = "forum/remove-item")]
pub async fn remove_standing_item(
    /// The forum's id.
    forum: String,
    /// Its id.
    standing: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    standing_items::remove_standing_item(&ask.backend, &ask.actor, id(&forum)?, id(&standing)?).await?;
    Ok(Done::said(path::forum(forum), Said::Saved))
}

/// Gives a unit a seat.
#[server(prefix = "/api", endpoint = "seat/add")]
pub async fn add_seat(
    /// Its id.
    forum: String,
    /// Its id.
    unit: String,
    /// What it sits there as.
    function: String,
    /// Sent when ticked.
    standing: Option<String>,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let filled = SeatTyped { function, standing: standing.is_some() };
    let seat = change_seat::add_seat(&ask.backend, &ask.actor, id(&forum)?, &unit, &filled).await?;
    Ok(Done::said(path::seat(forum, seat), Said::SeatAdded))
}

/// Changes as what a unit sits there.
#[server(prefix = "/api", endpoint = "seat/change")]
pub async fn change_seat(
    /// Its id.
    forum: String,
    /// Its id.
    seat: String,
    /// The version the form was read at.
    version: i64,
    /// What it sits there as.
    function: String,
    /// Sent when ticked.
    standing: Option<String>,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let filled = SeatTyped { function, standing: standing.is_some() };
    change_seat::change_seat(&ask.backend, &ask.actor, id(&seat)?, version, &filled).await?;
    Ok(Done::said(path::seat(forum, seat), Said::Saved))
}

/// Hands a seat over.
#[server(prefix = "/api", endpoint = "seat/hand-over")]
pub async fn hand_over_seat(
    /// Its id.
    forum: String,
    /// Its id.
    seat: String,
    /// The version the form was read at.
    version: i64,
    /// A person's id; empty to leave it vacant.
    holder: String,
    /// The first day.
    from: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    fill_seat::hand_over(&ask.backend, &ask.actor, id(&seat)?, version, (&holder, &from)).await?;
    Ok(Done::said(path::seat(forum, seat), Said::SeatHandedOver))
}

/// Adds a deputy.
#[server(prefix = "/api", endpoint = "seat/add-deputy")]
pub async fn add_deputy(
    /// Its id.
    forum: String,
    /// Its id.
    seat: String,
    /// The version the form was read at.
    version: i64,
    /// A person's id.
    deputy: String,
    /// The first day.
    from: String,
    /// The last day, or empty.
    until: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    fill_seat::add_deputy(&ask.backend, &ask.actor, id(&seat)?, version, (&deputy, &from, &until)).await?;
    Ok(Done::said(path::seat(forum, seat), Said::Saved))
}

/// Ends a deputy's time.
#[server(prefix = "/api", endpoint = "seat/remove-deputy")]
pub async fn remove_deputy(
    /// Its id.
    forum: String,
    /// Its id.
    seat: String,
    /// The version the form was read at.
    version: i64,
    /// A person's id.
    deputy: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    fill_seat::remove_deputy(&ask.backend, &ask.actor, id(&seat)?, version, id(&deputy)?).await?;
    Ok(Done::said(path::seat(forum, seat), Said::Saved))
}

/// Takes a seat away.
#[server(prefix = "/api", endpoint = "seat/remove")]
pub async fn remove_seat(
    /// Its id.
    forum: String,
    /// Its id.
    seat: String,
    /// The version the form was read at.
    version: i64,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    change_seat::remove_seat(&ask.backend, &ask.actor, id(&seat)?, version).await?;
    Ok(Done::said(path::forum(forum), Said::SeatRemoved))
}

/// Gives a meeting another time or place.
#[server(prefix = "/api", endpoint = "meeting/move")]
pub async fn move_meeting(
    /// Its id.
    meeting: String,
    /// The version the form was read at.
    version: i64,
    /// Local date.
    on: String,
    /// Local start.
    starts: String,
    /// Length.
    minutes: String,
    /// Where.
    place: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let filled = TimeAndPlaceTyped { on, starts, minutes, place };
    change_meeting::move_meeting(&ask.backend, &ask.actor, id(&meeting)?, version, &filled).await?;
    Ok(Done::said(path::MEETINGS, Said::MeetingMoved))
}

/// Cancels a meeting.
#[server(prefix = "/api", endpoint = "meeting/cancel")]
pub async fn cancel_meeting(
    /// Its id.
    meeting: String,
    /// The version the form was read at.
    version: i64,
    /// Code of the reason.
    because: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    change_meeting::cancel_meeting(&ask.backend, &ask.actor, id(&meeting)?, version, &because).await?;
    Ok(Done::said(path::MEETINGS, Said::MeetingCancelled))
}

/// Closes days.
#[server(prefix = "/api", endpoint = "closed-days/close")]
pub async fn close_days(
    /// Code of the kind.
    kind: String,
    /// What people call it.
    name: String,
    /// First day.
    from: String,
    /// Last day.
    until: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    let filled = ClosedSpanTyped { kind, name, from, until };
    close_days::close_days(&ask.backend, &ask.actor, &filled).await?;
    Ok(Done::said(path::CLOSED_DAYS, Said::Saved))
}

/// Closes the days of a table.
#[server(prefix = "/api", endpoint = "closed-days/import")]
pub async fn import_days(
    /// Name, first and last day; one span to a row.
    table: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    close_days::import_days(&ask.backend, &ask.actor, &table).await?;
    Ok(Done::said(path::CLOSED_DAYS, Said::Saved))
}

/// Opens closed days again.
#[server(prefix = "/api", endpoint = "closed-days/open")]
pub async fn open_days(
    /// First day.
    from: String,
    /// Last day.
    until: String,
) -> Result<Done, Problem> {
    let ask = signed_in()?;
    close_days::open_days(&ask.backend, &ask.actor, &from, &until).await?;
    Ok(Done::said(path::CLOSED_DAYS, Said::Saved))
}
