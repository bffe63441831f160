//! Coming in, going out, and one's own settings.

use leptos::prelude::*;

use crate::problem::{Done, Problem};

/// The first step of signing in: address and password.
#[server(prefix = "/api", endpoint = "account/sign-in")]
pub async fn sign_in(
    /// The address, as typed.
    email: String,
    /// The password.
    password: String,
    /// Where to go afterwards; empty for the week.
    till: String,
) -> Result<Done, Problem> {
    use crate::{path, request};
    let asked = request::request().ok_or(Problem::Fault)?;
    let token = backend::usecase::sign_in::sign_in(&asked.backend, &email, &password, &request::visit()?).await?;
    request::start_session(&token);
    Ok(Done::go(path::then(path::SIGN_IN_CODE, &till)))
}

/// The second step: the one-time code.
#[server(prefix = "/api", endpoint = "account/code")]
pub async fn give_code(
    /// The six digits.
    code: String,
    /// Where to go afterwards; empty for the week.
    till: String,
) -> Result<Done, Problem> {
    use crate::{path, request};
    let asked = request::request().ok_or(Problem::Fault)?;
    let entered = backend::usecase::sign_in::give_code(&asked.backend, &code, &request::visit()?).await?;
    request::start_session(&entered.token);
    let onwards = path::local(&till).unwrap_or(path::WEEK);
    Ok(Done::go(if entered.at_work { onwards.to_owned() } else { path::then(path::ASSIGNMENTS, onwards) }))
}

/// Chooses what to work as.
#[server(prefix = "/api", endpoint = "account/assignment")]
pub async fn choose_assignment(
    /// The assignment's id.
    assignment: String,
    /// Where to go afterwards; empty for the week.
    till: String,
) -> Result<Done, Problem> {
    use crate::{path, request};
    let asked = request::request().ok_or(Problem::Fault)?;
    let visit = request::visit()?;
    let token = backend::usecase::sign_in::choose_assignment(&asked.backend, &assignment, &visit).await?;
    request::start_session(&token);
    Ok(Done::go(path::local(&till).unwrap_or(path::WEEK)))
}

/// Ends the session.
#[server(prefix = "/api", endpoint = "account/sign-out")]
pub async fn sign_out() -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    let asked = request::request().ok_or(Problem::Fault)?;
    backend::usecase::sign_in::sign_out(&asked.backend, &request::visit()?).await?;
    request::end_session();
    Ok(Done::said(path::SIGN_IN, Said::SignedOut))
}

/// Begins to follow a one-time link in this browser.
#[server(prefix = "/api", endpoint = "account/welcome")]
pub async fn begin_welcome(
    /// The secret part of the link's address. Under this name nothing is kept of it.
    token: String,
) -> Result<Done, Problem> {
    use crate::{path, request};
    let asked = request::request().ok_or(Problem::Fault)?;
    let secret = backend::usecase::join::begin(&asked.backend, &token, &request::visit()?).await?;
    request::bind_entry(&secret);
    Ok(Done::go(path::welcome(token)))
}

/// Chooses the password by a one-time link.
#[server(prefix = "/api", endpoint = "account/welcome/password")]
pub async fn choose_password(
    /// The secret part of the link's address.
    token: String,
    /// The password.
    password: String,
    /// The same once more.
    password_again: String,
) -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    use backend::usecase::join::{self, Next};
    let asked = request::request().ok_or(Problem::Fault)?;
    let (secret, visit) = (request::entry_secret().unwrap_or_default(), request::visit()?);
    let next = join::choose_password(&asked.backend, &token, &secret, &password, &password_again, &visit).await?;
    Ok(match next {
        Next::Code => Done::go(path::welcome(token)),
        Next::SignIn => {
            request::leave_entry();
            Done::said(path::SIGN_IN, Said::PasswordChosen)
        }
    })
}

/// Shows that one's app knows the seed, by a one-time link.
#[server(prefix = "/api", endpoint = "account/welcome/code")]
pub async fn confirm_code(
    /// The secret part of the link's address.
    token: String,
    /// The six digits.
    code: String,
) -> Result<Done, Problem> {
    use crate::{path, request};
    let asked = request::request().ok_or(Problem::Fault)?;
    let (secret, visit) = (request::entry_secret().unwrap_or_default(), request::visit()?);
    let entered = backend::usecase::join::confirm_code(&asked.backend, &token, &secret, &code, &visit).await?;
    request::leave_entry();
    request::start_session(&entered.token);
    Ok(Done::go(if entered.at_work { path::WEEK } else { path::ASSIGNMENTS }))
}

/// Sets the language one is shown and written to.
#[server(prefix = "/api", endpoint = "account/language")]
pub async fn set_language(
    /// `sv` or `en`.
    language: String,
) -> Result<Done, Problem> {
    use crate::{
        path, request,
        text::{Lang, Said},
    };
    let ask = request::signed_in()?;
    backend::usecase::settings::set_language(&ask.backend, ask.actor.person, &language).await?;
    request::remember_language(Lang::from_tag(&language).unwrap_or_default());
    Ok(Done::said(path::PROFILE, Said::LanguageChanged))
}

/// Changes one's password.
#[server(prefix = "/api", endpoint = "account/password")]
pub async fn change_password(
    /// The present password.
    current_password: String,
    /// The new one.
    password: String,
    /// The same once more.
    password_again: String,
) -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    let ask = request::signed_in()?;
    let visit = request::visit()?;
    let (current, new, again) = (current_password, password, password_again);
    backend::usecase::settings::change_password(&ask.backend, &ask.actor, &current, &new, &again, &visit).await?;
    Ok(Done::said(path::PROFILE, Said::PasswordChosen))
}

/// Ends one of one's own sessions.
#[server(prefix = "/api", endpoint = "account/session/end")]
pub async fn end_own_session(
    /// The session's name in one's own list.
    session: String,
) -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    let ask = request::signed_in()?;
    backend::usecase::settings::end_session(&ask.backend, &ask.actor, &session).await?;
    Ok(Done::said(path::PROFILE, Said::SessionEnded))
}

/// Ends every session of one's own but the present one.
#[server(prefix = "/api", endpoint = "account/session/end-others")]
pub async fn end_other_sessions() -> Result<Done, Problem> {
    use crate::{path, request, text::Said};
    let ask = request::signed_in()?;
    backend::usecase::settings::end_other_sessions(&ask.backend, &ask.actor, &request::visit()?).await?;
    Ok(Done::said(path::PROFILE, Said::SessionEnded))
}

/// Keeps a phrase of one's own.
#[server(prefix = "/api", endpoint = "account/add-phrase")]
pub async fn add_phrase(
    /// The phrase.
    phrase: String,
) -> Result<Done, Problem> {
    let ask = crate::request::signed_in()?;
    backend::usecase::phrases::add_phrase(&ask.backend, &ask.actor, &phrase).await?;
    Ok(Done::said(crate::path::PROFILE, crate::text::Said::Saved))
}

/// Takes a phrase of one's own away.
#[server(prefix = "/api", endpoint = "account/remove-phrase")]
pub async fn remove_phrase(
    /// Which.
    id: String,
) -> Result<Done, Problem> {
    use crate::request::{self, typed_id};
    let ask = request::signed_in()?;
    backend::usecase::phrases::remove_phrase(&ask.backend, &ask.actor, typed_id(&id)?).await?;
    Ok(Done::said(crate::path::PROFILE, crate::text::Said::Saved))
}
