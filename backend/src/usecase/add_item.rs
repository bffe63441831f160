//! Puts something on an agenda: a case from the queue, a general item, an anonymous consultation.

use domain::{
    consent::standing,
    consultation::{self, Question},
    id::{AgendaItemId, CaseId, MeetingId},
    refusal::Refusal,
    routing::Routing,
    text::PlainText,
    time::day,
    visibility::{Viewer, may_know},
};

use crate::{
    Backend, Error, Result,
    actor::Actor,
    agenda::{Agenda, begins, planners},
    audit::{Action, Event},
    gate::{self, Known},
    store::{self, agenda::About},
    tx::Tx,
    typed::Typed,
    usecase::acknowledge_consent::acknowledge_once,
    waits::waits,
};

/// The shortest and longest an item may be, in minutes.
pub const MINUTES: std::ops::RangeInclusive<i32> = 1..=480;

/// The usual length of a general item, in minutes.
const GENERAL_MINUTES: u16 = 10;

/// A title of an item: one line.
type Title = PlainText<120>;

/// Puts a case last on a meeting's agenda, with the forum's usual length, and the time its family comes where that was asked for.
///
/// # Errors
/// [`Error::NotFound`] for a case the unit may not know of; [`Refusal::OtherForum`] where the child's age on that day belongs
/// elsewhere (R1); [`Refusal::ConsentMissing`] where nobody is covered, neither now nor then (C1);
/// [`Refusal::PlannerUncovered`] where another coordinator of this table may not know it, who would see a gap in the times;
/// [`Refusal::AlreadyOnAgenda`], [`Refusal::CaseClosed`]; and as every change of an agenda.
pub async fn add_case(backend: &Backend, actor: &Actor, meeting: MeetingId, case: CaseId) -> Result<()> {
    let tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    let known = gate::known(tx.db(), actor, case, tx.now()).await?;
    put(&tx, actor, &agenda, &known).await?;
    agenda.tell_changed(&tx).await?;
    let event = known.event(Action::AgendaChanged).subject(meeting.uuid());
    tx.commit(event).await
}

/// Writes a case on an agenda, if it may stand there.
pub(super) async fn put(tx: &Tx, actor: &Actor, agenda: &Agenda, known: &Known) -> Result<AgendaItemId> {
    let case = known.id();
    if known.head().closed_at.is_some() {
        return Err(Refusal::CaseClosed.into());
    }
    if agenda.items.iter().any(|entry| entry.item.case() == Some(case)) {
        return Err(Refusal::AlreadyOnAgenda.into());
    }
    let bands = store::forum::bands(tx.db()).await?.ok_or(Error::NotFound)?;
    if bands.route(known.record.facts.born_on, agenda.meeting.on) != Routing::Forum(agenda.forum.id) {
        return Err(Refusal::OtherForum.into());
    }
    if !known.standing.is_open() && !standing(&known.record.facts, begins(&agenda.meeting)).is_open() {
        return Err(Refusal::ConsentMissing.into());
    }
    let is_told = |planner: &Viewer| {
        let record = &known.record;
        may_know(&record.facts, record.head.unit, &record.circle, *planner, tx.now()).knows()
    };
    if !planners(tx.db(), &agenda.table, day(tx.now())).await?.iter().all(is_told) {
        return Err(Refusal::PlannerUncovered.into());
    }
    // Who puts a case on an agenda has seen what the consent says.
    acknowledge_once(tx, actor, known).await?;
    let item = store::agenda::append(tx, agenda.meeting.id, &About::Case(case), agenda.forum.item_minutes).await?;
    let asked = waits(tx.db(), [known], day(tx.now())).await?.remove(&case).unwrap_or_default().asks;
    if let Some(at) = asked.iter().find_map(|one| one.family_at) {
        store::agenda::set_family_at(tx, item, Some(at)).await?;
    }
    Ok(item)
}

/// Puts a general item last. `title` and `minutes` as typed; without minutes it gets ten.
///
/// # Errors
/// [`Error::Invalid`] naming `title` or `minutes`; and as every change of an agenda.
pub async fn add_general_item(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    title: &str,
    minutes: &str,
) -> Result<()> {
    let mut typed = Typed::default();
    let title: Option<Title> = typed.line("title", title);
    let minutes = if minutes.trim().is_empty() { Some(GENERAL_MINUTES) } else { typed_minutes(&mut typed, minutes) };
    typed.finish()?;
    let (title, minutes) = (Typed::value(title)?, Typed::value(minutes)?);
    let tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    store::agenda::append(&tx, meeting, &About::General(title.into()), minutes).await?;
    agenda.tell_changed(&tx).await?;
    tx.commit(Event::new(Action::AgendaChanged).subject(meeting.uuid())).await
}

/// Puts an anonymous consultation last: a question that leads to nobody, and no person (A1). `question` and `minutes` as typed;
/// without minutes it gets the forum's usual length.
///
/// # Errors
/// [`Error::Invalid`] naming `minutes`, or `question` with each place in it that leads to a person (A2); and as every change of
/// an agenda.
pub async fn add_anonymous_consultation(
    backend: &Backend,
    actor: &Actor,
    meeting: MeetingId,
    question: &str,
    minutes: &str,
) -> Result<()> {
    let tx = backend.write(actor).await?;
    // Before the guard: it tells nobody a name but who may plan here, and only of what their own unit may know.
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    let known = known_to(&tx, actor.viewer()?).await?;
    let mut typed = Typed::default();
    let question: Option<Question> = typed.question("question", question, &known);
    let usual = agenda.forum.item_minutes;
    let minutes = if minutes.trim().is_empty() { Some(usual) } else { typed_minutes(&mut typed, minutes) };
    typed.finish()?;
    let (question, minutes) = (Typed::value(question)?, Typed::value(minutes)?);
    let item = store::agenda::append(&tx, meeting, &About::Anonymous(Some(question)), minutes).await?;
    agenda.tell_changed(&tx).await?;
    // No case is named in the log, also not one whose name stopped the text: nothing joins a consultation to a child (A3).
    tx.commit(Event::new(Action::ConsultationAdded).subject(item.uuid())).await
}

/// The names and references of the cases somebody may know now: what its question must not hold.
async fn known_to(tx: &Tx, viewer: Viewer) -> Result<consultation::Known> {
    let cases = gate::all_known(tx.db(), viewer, tx.now()).await?;
    let names = store::child::all_names(tx.db(), tx.backend().keys(), cases.keys().copied()).await?;
    let references = cases.values().map(|known| known.head().reference.as_str());
    Ok(consultation::Known::new(names.iter().map(String::as_str), references))
}

/// A length as typed.
pub(super) fn typed_minutes(typed: &mut Typed, text: &str) -> Option<u16> {
    typed.number("minutes", text, *MINUTES.start(), *MINUTES.end()).and_then(|minutes| u16::try_from(minutes).ok())
}
