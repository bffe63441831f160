//! Adds and changes forums. Their ages make one table without gap or overlap (R2): moving a boundary moves the neighbour's
//! with it, as no child may stand between two forums even for the moment between two forms.

use domain::{
    flaw::FlawKind,
    id::ForumId,
    routing::{AgeBands, AgeBandsRefusal, Band},
    series::DayPolicy,
    text::{Line, PlainText},
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{self, forum::Forum},
    typed::Typed,
};

/// The oldest age a forum may take.
const OLDEST: i32 = 21;

/// A forum as typed.
#[derive(Clone, Debug, Default)]
pub struct ForumTyped {
    /// What people call it.
    pub name: String,
    /// Where there is little room.
    pub short_name: String,
    /// Youngest age, whole years.
    pub age_from: String,
    /// Oldest age, whole years.
    pub age_to: String,
    /// The authority that hosts it.
    pub host: String,
    /// Where its meetings usually are.
    pub place: String,
    /// Usual length of a meeting, minutes.
    pub meeting_minutes: String,
    /// Usual length of a case item, minutes.
    pub item_minutes: String,
    /// So many days before a meeting its agenda takes no new cases; 0 for none.
    pub freeze_days: String,
    /// Within so many days minutes are to be reviewed once they are handed in.
    pub review_days: String,
    /// `domain::series::DayPolicy` code, for red days and eves.
    pub on_red_days: String,
    /// `domain::series::DayPolicy` code, for school breaks and closed days.
    pub on_breaks: String,
}

struct Read {
    name: Line,
    short_name: PlainText<16>,
    from: u16,
    to: u16,
    host: Line,
    place: Line,
    meeting_minutes: u16,
    item_minutes: u16,
    freeze_days: u16,
    review_days: u16,
    on_red_days: DayPolicy,
    on_breaks: DayPolicy,
}

fn read(filled: &ForumTyped) -> Result<Read> {
    let mut typed = Typed::default();
    let name = typed.line("name", &filled.name);
    let short_name = typed.line("short_name", &filled.short_name);
    let from = typed.number("age_from", &filled.age_from, 0, OLDEST);
    let to = typed.number("age_to", &filled.age_to, from.unwrap_or(0), OLDEST);
    let host = typed.line("host", &filled.host);
    let place = typed.line("place", &filled.place);
    let meeting_minutes = typed.number("meeting_minutes", &filled.meeting_minutes, 15, 480);
    let item_minutes = typed.number("item_minutes", &filled.item_minutes, 5, 120);
    let freeze_days = typed.number("freeze_days", &filled.freeze_days, 0, 14);
    let review_days = typed.number("review_days", &filled.review_days, 1, 60);
    let on_red_days = typed.choice("on_red_days", &filled.on_red_days);
    let on_breaks = typed.choice("on_breaks", &filled.on_breaks);
    typed.finish()?;
    Ok(Read {
        name: Typed::value(name)?,
        short_name: Typed::value(short_name)?,
        from: small(from)?,
        to: small(to)?,
        host: Typed::value(host)?,
        place: Typed::value(place)?,
        meeting_minutes: small(meeting_minutes)?,
        item_minutes: small(item_minutes)?,
        freeze_days: small(freeze_days)?,
        review_days: small(review_days)?,
        on_red_days: Typed::value(on_red_days)?,
        on_breaks: Typed::value(on_breaks)?,
    })
}

impl Read {
    fn forum(self, id: ForumId, code: String, band: Band, version: i64) -> Forum {
        Forum {
            id,
            code,
            name: self.name.into(),
            short_name: self.short_name.into(),
            band,
            host: self.host.into(),
            place: self.place.into(),
            meeting_minutes: self.meeting_minutes,
            item_minutes: self.item_minutes,
            freeze_days: self.freeze_days,
            review_days: self.review_days,
            on_red_days: self.on_red_days,
            on_breaks: self.on_breaks,
            version,
        }
    }
}

fn small(number: Option<i32>) -> Result<u16> {
    Typed::value(number.and_then(|number| u16::try_from(number).ok()))
}

/// Adds a forum next to those there are.
///
/// # Errors
/// [`Error::Denied`] for others than administrators; flaws by field, [`FlawKind::GapOrOverlap`] in `age_from` or `age_to`
/// where the table of ages would have one (R2).
pub async fn add_forum(backend: &Backend, actor: &Actor, filled: &ForumTyped) -> Result<ForumId> {
    actor.must_be(&[Role::Administrator])?;
    let read = read(filled)?;
    let tx = backend.write(actor).await?;
    let others = store::forum::all(tx.db()).await?;
    must_be_named_alone(&others, None, &read)?;
    let code = code(&others);
    let id = ForumId::from_uuid(tx.new_id());
    let band = Band { forum: id, from: read.from, to: read.to };
    let bands = others.iter().map(|forum| forum.band).chain([band]).collect();
    AgeBands::new(bands).map_err(|why| Error::flaw(field(why, band), FlawKind::GapOrOverlap))?;
    let forum = read.forum(id, code, band, 1);
    store::forum::create(tx.db(), &forum).await?;
    tx.commit(Event::new(Action::ForumChanged).subject(id.uuid())).await?;
    Ok(id)
}

/// Changes a forum. Where its ages change, the boundary it shares with a neighbour moves for both.
///
/// # Errors
/// As [`add_forum`], with [`FlawKind::GapOrOverlap`] where a neighbour would be left without any age; [`Error::Stale`],
/// [`Error::NotFound`].
pub async fn change_forum(
    backend: &Backend,
    actor: &Actor,
    id: ForumId,
    version: i64,
    filled: &ForumTyped,
) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let read = read(filled)?;
    let tx = backend.write(actor).await?;
    let before = store::forum::all(tx.db()).await?;
    must_be_named_alone(&before, Some(id), &read)?;
    let mut forums = before.clone();
    move_boundaries(&mut forums, id, read.from, read.to)?;
    let forum = forums.iter_mut().find(|forum| forum.id == id).ok_or(Error::NotFound)?;
    if forum.version != version {
        return Err(Error::Stale);
    }
    *forum = read.forum(id, forum.code.clone(), forum.band, version);
    let changed: Vec<&Forum> = forums.iter().filter(|forum| !before.contains(forum)).collect();
    for forum in &changed {
        store::forum::save(tx.db(), forum).await?;
    }
    let events: Vec<Event> =
        changed.iter().map(|forum| Event::new(Action::ForumChanged).subject(forum.id.uuid())).collect();
    tx.commit_all(&events).await
}

/// Gives a forum new ages and its neighbours what they leave. `forums` are youngest first.
fn move_boundaries(forums: &mut [Forum], id: ForumId, from: u16, to: u16) -> Result<()> {
    let place = forums.iter().position(|forum| forum.id == id).ok_or(Error::NotFound)?;
    if let Some(younger) = place.checked_sub(1).and_then(|place| forums.get_mut(place)) {
        younger.band.to = from
            .checked_sub(1)
            .filter(|last| *last >= younger.band.from)
            .ok_or_else(|| Error::flaw("age_from", FlawKind::GapOrOverlap))?;
    }
    if let Some(older) = forums.get_mut(place + 1) {
        older.band.from = Some(to + 1)
            .filter(|first| *first <= older.band.to)
            .ok_or_else(|| Error::flaw("age_to", FlawKind::GapOrOverlap))?;
    }
    if let Some(forum) = forums.get_mut(place) {
        forum.band = Band { forum: id, from, to };
    }
    let bands = forums.iter().map(|forum| forum.band).collect();
    AgeBands::new(bands).map(drop).map_err(|_| Error::flaw("age_from", FlawKind::GapOrOverlap))
}

/// The field a new forum's flaw belongs to: the end of its ages that does not fit.
fn field(why: AgeBandsRefusal, band: Band) -> &'static str {
    match why {
        AgeBandsRefusal::Gap { from, .. } if from > band.to => "age_to",
        AgeBandsRefusal::Overlap { age } if age > band.from => "age_to",
        _ => "age_from",
    }
}

fn must_be_named_alone(forums: &[Forum], id: Option<ForumId>, read: &Read) -> Result<()> {
    let mut typed = Typed::default();
    for other in forums.iter().filter(|other| Some(other.id) != id) {
        if other.name.to_lowercase() == read.name.as_str().to_lowercase() {
            typed.flaw("name", FlawKind::Taken);
        }
        if other.short_name.to_lowercase() == read.short_name.as_str().to_lowercase() {
            typed.flaw("short_name", FlawKind::Taken);
        }
    }
    typed.finish()
}

/// The code that gives a forum its colour: the first two have their own, later ones are numbered.
fn code(others: &[Forum]) -> String {
    let free = |code: &str| others.iter().all(|forum| forum.code != code);
    let named = ["family", "youth"].into_iter().map(ToOwned::to_owned);
    let numbered = (3..=others.len() + 3).map(|number| format!("forum_{number}"));
    named.chain(numbered).find(|code| free(code)).unwrap_or_default()
}
