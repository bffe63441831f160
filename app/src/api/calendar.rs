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
    /// How many minutes before a meeting programs remind; 0 for never.
    #[server(default)]
    alarm: String,
    /// Sent when cancelled meetings are left out.
    leaves_out_cancelled: Option<String>,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in};
    use backend::usecase::subscribe_calendar::{FeedTyped, make_feed_to_show};
    let ask = signed_in()?;
    let filled = FeedTyped { name, holds, leaves_out_cancelled: leaves_out_cancelled.is_some(), alarm };
    let shown = make_feed_to_show(&ask.backend, &ask.actor, &filled).await?;
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

/// Ends all one's own subscriptions.
#[server(prefix = "/api", endpoint = "calendar/end-all")]
pub async fn end_all_feeds() -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::subscribe_calendar::revoke_all_feeds(&ask.backend, &ask.actor).await?;
    Ok(Done::said(path::MY_CALENDAR, Said::FeedsEnded))
}

/// Ends everybody's subscriptions to all meetings of a forum.
#[server(prefix = "/api", endpoint = "calendar/end-forum")]
pub async fn end_forum_calendars(
    /// The forum.
    forum: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    let forum = forum.parse().map_err(|_| Problem::NotFound)?;
    backend::usecase::end_calendars::end_forum_calendars(&ask.backend, &ask.actor, forum).await?;
    Ok(Done::said(path::CALENDAR_ADDRESSES, Said::FeedsEnded))
}

/// Ends every subscription there is.
#[server(prefix = "/api", endpoint = "calendar/end-everybodys")]
pub async fn end_all_calendars() -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::end_calendars::end_all_calendars(&ask.backend, &ask.actor).await?;
    Ok(Done::said(path::CALENDAR_ADDRESSES, Said::FeedsEnded))
}
