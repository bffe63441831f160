//! Answers an invitation: by its link without signing in, or signed in; and asks the next where a unit's own cannot come.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use domain::{
    flaw::FlawKind,
    id::{AgendaItemId, InvitationId, MeetingId, PersonId, UnitId},
    meeting::{InvitationAnswer, MeetingState},
    refusal::Refusal,
    text::typed_time,
};

use crate::{
    Backend, Error, Result,
    actor::{Actor, Doer},
    agenda::{Agenda, begins},
    audit::{Action, Event},
    call,
    job::meeting_changed::call_off_stand_ins,
    store::{self, invitation::Invitation},
    tx::Tx,
    view::{
        feed::own_sequence,
        invitation::{own_agenda, stands},
    },
};

/// An answer as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedAnswer {
    /// An [`InvitationAnswer`] code.
    pub answer: String,
    /// The starts of one's own items as they were shown, HH.MM; none where they were not.
    pub shown: Vec<String>,
    /// The starts of those one can come to.
    pub comes: Vec<String>,
}

impl TypedAnswer {
    /// For all of one's part.
    #[must_use]
    pub fn whole(answer: &str) -> Self {
        Self { answer: answer.to_owned(), ..Self::default() }
    }
}

/// Answers by the secret of the link. Who says that a deputy comes has the next of them asked.
///
/// # Errors
/// [`Error::NotFound`] for a link that does not stand: unknown, withdrawn, or for a meeting its person has no part in any
/// more, all alike (rule 44). [`Error::Invalid`] naming `answer`, or `comes` where somebody comes to nothing; [`Error::Stale`] where
/// one's items begin at other times by now; [`Refusal::AlreadyBegun`], [`Refusal::Cancelled`].
pub async fn answer_by_link(backend: &Backend, token: &str, typed: &TypedAnswer) -> Result<()> {
    let invitation = store::invitation::by_token(backend.db(), token).await?;
    save(backend.write(Doer::person(invitation.person)).await?, invitation.id, typed).await
}

/// Answers one's own invitation for the unit one works for.
///
/// # Errors
/// As [`answer_by_link`].
pub async fn answer_own(backend: &Backend, actor: &Actor, meeting: MeetingId, typed: &TypedAnswer) -> Result<()> {
    let unit = actor.unit()?;
    let mine = store::invitation::of_person(backend.db(), actor.person).await?;
    let own = mine.into_iter().find(|one| one.meeting == meeting && one.unit == unit).ok_or(Error::NotFound)?;
    save(backend.write(actor).await?, own.id, typed).await
}

/// Answers by mail, for whichever units somebody is asked to a meeting. `sequence` is that of the event they answered. Says whether
/// that still is what they are asked: an answer to another time is none.
pub(crate) async fn answer_by_mail(
    backend: &Backend,
    meeting: MeetingId,
    person: PersonId,
    answer: InvitationAnswer,
    sequence: u32,
) -> Result<bool> {
    let mut noted = false;
    for asked in store::invitation::every_of_person(backend.db(), person).await? {
        if asked.meeting != meeting || asked.withdrawn {
            continue;
        }
        let tx = backend.write(Doer::person(person)).await?;
        let mut every = store::invitation::every_of_person(tx.db(), person).await?;
        every.retain(|one| one.meeting == meeting);
        let now = store::meeting::load(tx.db(), meeting).await?.stage.sequence;
        if sequence < own_sequence(now, &every) {
            return Ok(false);
        }
        match save(tx, asked.id, &TypedAnswer::whole(answer.code())).await {
            Err(Error::NotFound) => {} // nothing there is for that unit any more
            saved => {
                saved?;
                noted = true;
            }
        }
    }
    Ok(noted)
}

/// Asks the next of a unit's deputies to a meeting whose invitations are out, as those invited for it cannot come.
///
/// # Errors
/// [`Refusal::NobodyToAsk`] where nobody is left to ask, or the unit has no part in it that the actor knows of; and as every change of
/// an agenda.
pub async fn ask_deputy(backend: &Backend, actor: &Actor, meeting: MeetingId, unit: UnitId) -> Result<()> {
    let tx = backend.write(actor).await?;
    let agenda = Agenda::to_change(&tx, actor, meeting).await?;
    let takes_part = agenda.meant().contains_key(&unit);
    let published = agenda.meeting.stage.state == MeetingState::Published;
    if !(published && takes_part && call::ask_deputy(&tx, &agenda.meeting, unit).await?) {
        return Err(Refusal::NobodyToAsk.into());
    }
    tx.commit(Event::new(Action::MeetingPublished).subject(meeting.uuid())).await
}

async fn save(mut tx: Tx, id: InvitationId, typed: &TypedAnswer) -> Result<()> {
    let invitation: Invitation = store::invitation::by_id(tx.db(), id).await?;
    let meeting = stands(tx.db(), tx.backend().keys(), &invitation, tx.now()).await?.ok_or(Error::NotFound)?;
    let answer = match InvitationAnswer::from_code(&typed.answer) {
        Ok(InvitationAnswer::Pending) | Err(_) => return Err(Error::flaw("answer", FlawKind::NotAChoice)),
        Ok(answer) => answer,
    };
    match meeting.stage.state {
        MeetingState::Cancelled => return Err(Refusal::Cancelled.into()),
        MeetingState::Published if tx.now() < begins(&meeting) => {}
        _ => return Err(Refusal::AlreadyBegun.into()),
    }
    let declined = match answer {
        InvitationAnswer::Coming => {
            let agenda = own_agenda(tx.db(), tx.backend().keys(), meeting.clone(), &invitation, tx.now()).await?;
            cannot(&agenda, &invitation, typed)?
        }
        _ => BTreeSet::new(),
    };
    store::invitation::set_answer(&tx, id, answer, &declined).await?;
    if answer == InvitationAnswer::Deputy && lacks_deputy(&tx, &invitation).await? {
        // Where nobody is left to ask, the unit sees to it itself, as it says.
        call::ask_deputy(&tx, &meeting, invitation.unit).await?;
    }
    if answer == InvitationAnswer::Coming && declined.is_empty() && !invitation.stand_in {
        call_off_stand_ins(&mut tx, meeting.id, invitation.unit).await?;
    }
    tx.commit(Event::new(Action::InvitationAnswered).subject(id.uuid())).await
}

/// Whether more of a unit's own send a deputy than there are who were asked and have not said no. Who says it twice means one, and so
/// does who says it again once the meeting was moved.
async fn lacks_deputy(tx: &Tx, invitation: &Invitation) -> Result<bool> {
    let mut of_unit = store::invitation::to_meetings(tx.db(), [invitation.meeting]).await?;
    of_unit.retain(|one| one.unit == invitation.unit && !one.withdrawn);
    let may_come = |one: &&Invitation| matches!(one.answer, InvitationAnswer::Pending | InvitationAnswer::Coming);
    let asked = of_unit.iter().filter(|one| one.stand_in).filter(may_come).count();
    let wanted = of_unit.iter().filter(|one| !one.stand_in && one.answer == InvitationAnswer::Deputy).count();
    Ok(asked < wanted)
}

/// The items somebody cannot come to, of those that were shown to them.
fn cannot(agenda: &Agenda, invitation: &Invitation, typed: &TypedAnswer) -> Result<BTreeSet<AgendaItemId>> {
    if typed.shown.is_empty() {
        return Ok(BTreeSet::new());
    }
    let read = |times: &[String]| -> Result<BTreeSet<NaiveTime>> {
        times.iter().map(|time| typed_time(time).map_err(|_| Error::Stale)).collect()
    };
    let (shown, comes) = (read(&typed.shown)?, read(&typed.comes)?);
    let own: Vec<_> = agenda.items_for(invitation.unit, invitation.person).collect();
    if own.iter().map(|entry| entry.starts.time()).collect::<BTreeSet<_>>() != shown {
        return Err(Error::Stale);
    }
    let cannot: BTreeSet<AgendaItemId> =
        own.iter().filter(|entry| !comes.contains(&entry.starts.time())).map(|entry| entry.item.id).collect();
    if cannot.len() == own.len() {
        return Err(Error::flaw("comes", FlawKind::NothingLeft));
    }
    Ok(cannot)
}
