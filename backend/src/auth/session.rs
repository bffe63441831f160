//! Sessions: who a browser is, for how long, at work as what (SESS-01…06).
//!
//! The browser holds a token of 256 random bits; the database holds its SHA-256. Idle and absolute ends are kept here, not in
//! the cookie. What changes who somebody is — sign-in, code, choice of assignment — gives a new token and ends the old one in
//! the same transaction. Persons and assignments are read on every request, so what an administrator ends is ended at once.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::{AssignmentId, PersonId},
    time,
};

use crate::{
    Backend, Result,
    actor::Actor,
    crypt::token_hash,
    store::{
        self,
        assignment::Work,
        person::PersonRecord,
        session::{SessionRecord, Stage},
    },
    tx::Tx,
};

/// A session without a request for this long has run out (SESS-03).
pub const IDLE: TimeDelta = TimeDelta::minutes(15);
/// No session is longer than this, however busy (SESS-03).
pub const LONGEST: TimeDelta = TimeDelta::hours(8);
/// How long somebody who gave their password may take to give their code.
pub const CODE_WITHIN: TimeDelta = TimeDelta::minutes(10);
/// Sessions one person may have at once; the oldest ends when there are more (SESS-06).
pub const MOST: usize = 5;
/// How often it is written down that a session is in use.
const TOUCH: TimeDelta = TimeDelta::minutes(1);

/// Who a browser is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// At work.
    Active {
        /// The person at work.
        actor: Box<Actor>,
        /// What forms of this session carry (WEB-03).
        form_token: String,
        /// When it runs out if nothing more is asked.
        idle_ends_at: DateTime<Utc>,
        /// When it ends whatever is asked.
        ends_at: DateTime<Utc>,
    },
    /// The password was right, the one-time code is due.
    CodeDue {
        /// Who gave the password.
        person: PersonId,
        /// `sv` or `en`.
        language: String,
        /// What forms of this session carry (WEB-03).
        form_token: String,
        /// When it runs out.
        idle_ends_at: DateTime<Utc>,
    },
    /// Signed in, but no assignment is chosen, or the chosen one has ended.
    ChooseAssignment {
        /// Who is signed in.
        person: PersonId,
        /// Their name, for the screen.
        name: String,
        /// `sv` or `en`.
        language: String,
        /// What forms of this session carry (WEB-03).
        form_token: String,
        /// When it runs out if nothing more is asked.
        idle_ends_at: DateTime<Utc>,
    },
    /// It ran out. Nobody is signed in; the person is told only so that a draft finds its owner.
    Expired {
        /// Whose it was.
        person: PersonId,
    },
    /// No session at all, or one that was ended.
    Unknown,
}

impl SessionState {
    /// The person behind it: signed in, about to be, or lately.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Active { actor, .. } => Some(actor.person),
            Self::CodeDue { person, .. } | Self::ChooseAssignment { person, .. } | Self::Expired { person } => {
                Some(*person)
            }
            Self::Unknown => None,
        }
    }

    /// What forms of this session carry; none without a session.
    pub fn form_token(&self) -> Option<&str> {
        match self {
            Self::Active { form_token, .. }
            | Self::CodeDue { form_token, .. }
            | Self::ChooseAssignment { form_token, .. } => Some(form_token),
            Self::Expired { .. } | Self::Unknown => None,
        }
    }
}

/// Who the browser with this token is now. Counts as use: the session lasts another [`IDLE`].
///
/// `request` is the number the request has in the log.
///
/// # Errors
/// When the database fails. A token nobody was given is no error.
pub async fn authenticate(backend: &Backend, token: &str, request: Option<&str>) -> Result<SessionState> {
    let Some(session) = open(backend, token).await? else { return Ok(SessionState::Unknown) };
    let mut seen = session;
    let now = backend.now();
    if lasts(&seen, now) && now - seen.seen_at >= TOUCH {
        let _turn = backend.turn().await;
        store::session::touch(backend.db(), &seen.token_hash, now).await?;
        seen.seen_at = now;
    }
    state(backend, seen, request).await
}

/// The same without counting as use: for what a page asks by itself while nobody is there.
///
/// # Errors
/// As [`authenticate`].
pub async fn look(backend: &Backend, token: &str, request: Option<&str>) -> Result<SessionState> {
    match open(backend, token).await? {
        Some(session) => state(backend, session, request).await,
        None => Ok(SessionState::Unknown),
    }
}

/// The session of a token, unless it was ended.
async fn open(backend: &Backend, token: &str) -> Result<Option<SessionRecord>> {
    // Every token we give has 43 characters: nothing else is worth a question to the database.
    if token.len() != 43 {
        return Ok(None);
    }
    let session = store::session::find(backend.db(), &token_hash(token)).await?;
    Ok(session.filter(|session| session.ended_at.is_none()))
}

fn lasts(session: &SessionRecord, now: DateTime<Utc>) -> bool {
    now < session.ends_at && now < session.seen_at + IDLE
}

async fn state(backend: &Backend, session: SessionRecord, request: Option<&str>) -> Result<SessionState> {
    let Some(person) = store::person::find(backend.db(), session.person).await? else {
        return Ok(SessionState::Unknown);
    };
    if person.disabled_at.is_some() {
        return Ok(SessionState::Unknown);
    }
    let now = backend.now();
    if !lasts(&session, now) {
        return Ok(SessionState::Expired { person: person.id });
    }
    let idle_ends_at = (session.seen_at + IDLE).min(session.ends_at);
    if session.stage == Stage::CodeDue {
        let form_token = session.form_token;
        return Ok(SessionState::CodeDue { person: person.id, language: person.language, form_token, idle_ends_at });
    }
    let work = match session.assignment {
        Some(id) => store::assignment::find(backend.db(), id).await?.filter(|work| usable(work, person.id, now)),
        None => None,
    };
    let form_token = session.form_token;
    Ok(match work {
        Some(work) => SessionState::Active {
            actor: Box::new(actor(person, work, request)),
            form_token,
            idle_ends_at,
            ends_at: session.ends_at,
        },
        None => SessionState::ChooseAssignment {
            person: person.id,
            name: person.name,
            language: person.language,
            form_token,
            idle_ends_at,
        },
    })
}

/// Whether somebody may work in an assignment now.
pub(crate) fn usable(work: &Work, person: PersonId, now: DateTime<Utc>) -> bool {
    work.person == person && work.holds_on(time::day(now))
}

fn actor(person: PersonRecord, work: Work, request: Option<&str>) -> Actor {
    Actor {
        person: person.id,
        name: person.name,
        assignment: work.id,
        role: work.role,
        title: work.title,
        unit: work.unit,
        unit_name: work.unit_name,
        language: person.language,
        request: request.map(ToOwned::to_owned),
    }
}

/// What a new session is to be.
pub(crate) struct Beginning<'a> {
    pub person: PersonId,
    pub assignment: Option<AssignmentId>,
    pub stage: Stage,
    /// Kind of browser, for the person's own list.
    pub client: &'a str,
    /// The absolute end, where a session goes on in another form.
    pub ends_at: Option<DateTime<Utc>>,
}

/// Begins a session and gives its token: the only way to one (AUTH-01). More than [`MOST`] end the oldest.
pub(crate) async fn begin(tx: &Tx, new: Beginning<'_>) -> Result<String> {
    let token = tx.backend().random().token();
    let now = tx.now();
    let longest = if new.stage == Stage::CodeDue { CODE_WITHIN } else { LONGEST };
    let session = SessionRecord {
        token_hash: token_hash(&token),
        person: new.person,
        assignment: new.assignment,
        stage: new.stage,
        form_token: tx.backend().random().token(),
        client: new.client.to_owned(),
        created_at: now,
        seen_at: now,
        ends_at: new.ends_at.unwrap_or(now + longest),
        ended_at: None,
    };
    let open = store::session::open_of(tx.db(), new.person).await?;
    let open: Vec<_> = open.into_iter().filter(|session| lasts(session, now)).collect();
    let too_many = (open.len() + 1).saturating_sub(MOST);
    for oldest in open.iter().take(too_many) {
        store::session::end(tx.db(), &oldest.token_hash, now).await?;
    }
    store::session::create(tx.db(), &session).await?;
    Ok(token)
}
