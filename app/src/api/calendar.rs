//! A person's calendar subscriptions.

use leptos::prelude::*;
use uuid::Uuid;

use crate::problem::{Done, Problem};

/// Makes a subscription and shows its address, once.
#[server(prefix = "/api", endpoint = "calendar/subscribe")]
pub async fn make_feed(
    /// Which program or device it is for.
    name: String,
    /// Whose meetings.
    holds: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in};
    let ask = signed_in()?;
    let shown =
        backend::usecase::subscribe_calendar::make_feed_to_show(&ask.backend, &ask.actor, &name, &holds).await?;
    Ok(Done::go(path::with_query(path::MY_CALENDAR, "adress", &shown)))
}

/// Chooses how one's meetings come into one's calendar.
#[server(prefix = "/api", endpoint = "calendar/way")]
pub async fn choose_way(
    /// By subscription or by mail.
    way: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::choose_calendar_way::choose_calendar_way(&ask.backend, &ask.actor, &way).await?;
    Ok(Done::said(path::MY_CALENDAR, Said::CalendarWay))
}

/// Ends a subscription.
#[server(prefix = "/api", endpoint = "calendar/end")]
pub async fn end_feed(
    /// The subscription.
    feed: Uuid,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::subscribe_calendar::revoke_feed(&ask.backend, &ask.actor, feed).await?;
    Ok(Done::said(path::MY_CALENDAR, Said::FeedEnded))
}
