//! What becomes of what was undertaken.

use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// Ticks an undertaking off, or takes the tick back.
#[server(prefix = "/api", endpoint = "actions/tick")]
pub async fn tick_undertaking(
    /// The undertaking.
    id: String,
    /// Whether it is done.
    done: bool,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::follow_up::tick_undertaking(&ask.backend, &ask.actor, typed_id(&id)?, done).await?;
    Ok(Done::go(request::back()))
}

/// Gives an undertaking another day.
#[server(prefix = "/api", endpoint = "actions/move")]
pub async fn move_undertaking(
    /// The undertaking.
    id: String,
    /// By when.
    due_on: String,
    /// Why.
    word: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::follow_up::move_undertaking(&ask.backend, &ask.actor, typed_id(&id)?, &due_on, &word).await?;
    Ok(Done::said(request::back(), crate::text::Said::UndertakingMoved))
}

/// Drops an undertaking.
#[server(prefix = "/api", endpoint = "actions/drop")]
pub async fn drop_undertaking(
    /// The undertaking.
    id: String,
    /// Why.
    word: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::follow_up::drop_undertaking(&ask.backend, &ask.actor, typed_id(&id)?, &word).await?;
    Ok(Done::said(request::back(), crate::text::Said::UndertakingDropped))
}
