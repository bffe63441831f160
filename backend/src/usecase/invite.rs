//! One-time links: for the first administrator from the command line, for everybody else from an administrator.

use domain::{
    id::{AssignmentId, PersonId},
    time,
    visibility::Role,
};

use crate::{
    Backend, Error, Result,
    actor::{Actor, Doer},
    audit::{Action, Event},
    auth::{
        email,
        entry::{self, FIRST_LIFE, LIFE, Link, Purpose},
    },
    draft,
    job::notice,
    mail::Notice,
    store::{self, assignment::Work, person::PersonRecord},
    tx::Tx,
    typed::Typed,
    view::people::LINK_PAGE,
};

/// Lets an administrator in from the command line, for fifteen minutes: the first one, or one who locked everybody out. Adds
/// the person and the assignment where they are missing; the assignment has no unit, so no case is known by it.
///
/// # Errors
/// [`Error::Invalid`] for a name or an address that is none.
pub async fn invite_administrator(backend: &Backend, typed_email: &str, typed_name: &str) -> Result<Link> {
    let mut typed = Typed::default();
    let address = email(typed_email).map_err(|kind| typed.flaw("email", kind)).ok();
    let name = typed.name("name", typed_name);
    typed.finish()?;
    let (address, name) = (Typed::value(address)?, Typed::value(name)?);
    let tx = backend.write(Doer::SYSTEM).await?;
    let person = match store::person::by_email(tx.db(), &address).await? {
        Some(mut person) => {
            person.disabled_at = None;
            store::person::save(tx.db(), &person).await?;
            person.id
        }
        None => add(&tx, address, name.into()).await?,
    };
    let today = time::day(tx.now());
    let works = store::assignment::of_person(tx.db(), person).await?;
    if !works.iter().any(|work| work.role == Role::Administrator && work.holds_on(today)) {
        store::assignment::create(tx.db(), &administrator(&tx, person)).await?;
    }
    let link = entry::issue(&tx, person, Purpose::Join, FIRST_LIFE).await?;
    tx.commit(Event::new(Action::LinkIssued).subject(person.uuid())).await?;
    Ok(link)
}

fn administrator(tx: &Tx, person: PersonId) -> Work {
    Work {
        id: AssignmentId::from_uuid(tx.new_id()),
        person,
        unit: None,
        unit_name: String::new(),
        unit_closed: false,
        role: Role::Administrator,
        title: "Administratör".into(),
        from: time::day(tx.now()),
        until: None,
        version: 1,
    }
}

/// Adds a person whose address nobody else has.
pub(crate) async fn add(tx: &Tx, email: String, name: String) -> Result<PersonId> {
    let person = PersonRecord {
        id: PersonId::from_uuid(tx.new_id()),
        email,
        name,
        language: "sv".into(),
        by_mail: false,
        created_at: tx.now(),
        disabled_at: None,
        version: 1,
    };
    store::person::create(tx.db(), &person).await?;
    Ok(person.id)
}

/// Gives a person a link to join or to recover, for half an hour (AUTH-11). The administrator hands it over; it is shown once.
///
/// # Errors
/// [`Error::Denied`] for others than administrators; [`Error::NotFound`] for a person who does not exist or is shut out.
pub async fn issue_link(backend: &Backend, actor: &Actor, person: &str, purpose: &str) -> Result<Link> {
    actor.must_be(&[Role::Administrator])?;
    let person: PersonId = person.parse().map_err(|_| Error::NotFound)?;
    let purpose = Purpose::from_code(purpose).ok_or(Error::NotFound)?;
    let tx = backend.write(actor).await?;
    let record = store::person::load(tx.db(), person).await?;
    if record.disabled_at.is_some() {
        return Err(Error::NotFound);
    }
    let joined = store::credential::code(tx.db(), person).await?.is_some_and(|code| code.confirmed_at.is_some());
    // Without a seed that works there is nothing to recover to.
    let purpose = if joined { purpose } else { Purpose::Join };
    if joined {
        notice::enqueue(&tx, person, Notice::LinkMade).await?;
    }
    let link = entry::issue(&tx, person, purpose, LIFE).await?;
    tx.commit(Event::new(Action::LinkIssued).subject(person.uuid())).await?;
    Ok(link)
}

/// The same, and keeps the link for the administrator's next page, sealed: a secret has no place in an address. Gives the id by
/// which `view::people::shown_link` finds it.
///
/// # Errors
/// As [`issue_link`].
pub async fn issue_link_to_show(backend: &Backend, actor: &Actor, person: &str, purpose: &str) -> Result<String> {
    let link = issue_link(backend, actor, person, purpose).await?;
    let expires_at = link.expires_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let body = format!("{} {expires_at} {}/valkommen/{}", link.purpose.code(), backend.site().origin, link.token);
    draft::keep(backend, Some(actor.person), LINK_PAGE, &body).await
}
