//! Adds, changes and closes units. Consent names units (C19), so one is never deleted and never becomes another: it is closed,
//! and what it was named in before stays readable.

use domain::{
    id::UnitId,
    refusal::Refusal,
    text::{Line, PlainText},
    unit::UnitKind,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    audit::{Action, Event},
    store::{self, unit::Unit},
    tx::Tx,
    typed::Typed,
};

/// A unit as typed.
#[derive(Clone, Debug, Default)]
pub struct UnitTyped {
    /// `domain::unit::UnitKind` code.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// At the head of an agenda's column.
    pub short_name: String,
    /// The board, region, agency or principal it belongs to.
    pub authority: String,
}

struct Read {
    kind: UnitKind,
    name: Line,
    short_name: PlainText<16>,
    authority: Line,
}

fn read(filled: &UnitTyped) -> Result<Read> {
    let mut typed = Typed::default();
    let kind = typed.choice("kind", &filled.kind);
    let name = typed.line("name", &filled.name);
    let short_name = typed.line("short_name", &filled.short_name);
    let authority = typed.line("authority", &filled.authority);
    typed.finish()?;
    Ok(Read {
        kind: Typed::value(kind)?,
        name: Typed::value(name)?,
        short_name: Typed::value(short_name)?,
        authority: Typed::value(authority)?,
    })
}

/// Adds a unit.
///
/// # Errors
/// [`Error::Denied`] for others than administrators; flaws in `kind`, `name`, `short_name`, `authority`.
pub async fn add_unit(backend: &Backend, actor: &Actor, filled: &UnitTyped) -> Result<UnitId> {
    actor.must_be(&[Role::Administrator])?;
    let read = read(filled)?;
    let tx = backend.write(actor).await?;
    let id = UnitId::from_uuid(tx.new_id());
    must_be_alone(&tx, id, &read).await?;
    let unit = Unit {
        id,
        kind: read.kind,
        name: read.name.into(),
        short_name: read.short_name.into(),
        authority: read.authority.into(),
        closed_at: None,
        version: 1,
    };
    store::unit::create(tx.db(), &unit).await?;
    tx.commit(Event::new(Action::UnitChanged).subject(id.uuid())).await?;
    Ok(id)
}

/// Changes a unit's names. Its kind stays: it decides who may see what (C17, G5), and consents were given for that.
///
/// # Errors
/// As [`add_unit`], and [`Error::Stale`], [`Error::NotFound`]; [`Refusal::WrongState`] for a closed unit or another kind.
pub async fn change_unit(backend: &Backend, actor: &Actor, id: UnitId, version: i64, filled: &UnitTyped) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let read = read(filled)?;
    let tx = backend.write(actor).await?;
    let mut unit = loaded(&tx, id, version).await?;
    if unit.closed_at.is_some() || unit.kind != read.kind {
        return Err(Refusal::WrongState.into());
    }
    must_be_alone(&tx, id, &read).await?;
    unit.name = read.name.into();
    unit.short_name = read.short_name.into();
    unit.authority = read.authority.into();
    store::unit::save(tx.db(), &unit).await?;
    tx.commit(Event::new(Action::UnitChanged).subject(id.uuid())).await
}

/// Closes a unit: nobody works there any more and it is offered nowhere.
///
/// # Errors
/// [`Refusal::InUse`] while it has a seat; [`Refusal::WrongState`] when it is closed already; else as [`change_unit`].
pub async fn close_unit(backend: &Backend, actor: &Actor, id: UnitId, version: i64) -> Result<()> {
    actor.must_be(&[Role::Administrator])?;
    let tx = backend.write(actor).await?;
    let mut unit = loaded(&tx, id, version).await?;
    if unit.closed_at.is_some() {
        return Err(Refusal::WrongState.into());
    }
    // Whoever closes the unit they sit in would lock themselves out.
    let seated = store::seat::all(tx.db()).await?.iter().any(|seat| seat.unit == id);
    if seated || actor.unit == Some(id) {
        return Err(Refusal::InUse.into());
    }
    unit.closed_at = Some(tx.now());
    store::unit::save(tx.db(), &unit).await?;
    tx.commit(Event::new(Action::UnitChanged).subject(id.uuid())).await
}

async fn loaded(tx: &Tx, id: UnitId, version: i64) -> Result<Unit> {
    let unit = store::unit::load(tx.db(), id).await?;
    if unit.version == version { Ok(unit) } else { Err(Error::Stale) }
}

/// Two units with one name could not be told apart on an agenda or a consent.
async fn must_be_alone(tx: &Tx, id: UnitId, read: &Read) -> Result<()> {
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let mut typed = Typed::default();
    for other in store::unit::open(tx.db()).await?.iter().filter(|other| other.id != id) {
        if same(&other.name, read.name.as_str()) {
            typed.flaw("name", domain::flaw::FlawKind::Taken);
        }
        if same(&other.short_name, read.short_name.as_str()) {
            typed.flaw("short_name", domain::flaw::FlawKind::Taken);
        }
    }
    typed.finish()
}
