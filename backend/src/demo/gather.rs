//! Prepares the demo's meetings and lets people answer.

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    age::age_on,
    consent::standing,
    id::{CaseId, ForumId, MeetingId},
    meeting::InvitationAnswer,
};

use super::{
    children::{Born, CHILDREN, Child, Place, Story},
    intake::born_on,
    life::{Life, at},
    words::{COMES_BACK, CONSULTATION, GENERAL},
};
use crate::{
    Error, Result,
    agenda::{Agenda, begins},
    store,
    usecase::{
        add_item::{add_anonymous_consultation, add_case, add_general_item},
        answer_invitation::{TypedAnswer, answer_own},
        arrange_agenda::arrange_agenda,
        propose::{TypedProposal, propose, return_proposal},
        publish_meeting::publish_meeting,
    },
};

/// Cases on an ordinary meeting.
const CASES: usize = 3;

/// Days after which a case comes up again at the earliest.
const AGAIN: u64 = 20;

/// What is asked besides the question.
#[derive(Clone, Copy, Debug)]
enum Wish {
    /// The family takes part, from this time.
    Family(&'static str),
    /// In so many days.
    NotBefore(u64),
    /// Nothing, and it comes back.
    ComesBack,
}

impl Life {
    /// The state of a board as the coordinator sees it.
    async fn seen(&self, id: MeetingId) -> Result<String> {
        Ok(self.agenda(id).await?.stamp())
    }

    /// An agenda as the coordinator sees it.
    pub(super) async fn agenda(&self, id: MeetingId) -> Result<Agenda> {
        let meeting = store::meeting::load(self.backend.db(), id).await?;
        let viewer = self.town.actor("maria")?.viewer()?;
        Agenda::load(self.backend.db(), self.backend.keys(), meeting, viewer, self.backend.now()).await
    }

    /// Gives an ordinary meeting its agenda and publishes it.
    pub(super) async fn prepare(&mut self, id: MeetingId) -> Result<()> {
        let meeting = self.meeting(id)?.clone();
        let week = usize::try_from(meeting.on.iso_week().week()).unwrap_or_default();
        let title = GENERAL.iter().cycle().nth(week % GENERAL.len());
        self.general(id, title.copied().unwrap_or_default(), "10").await?;
        for place in self.due(meeting.forum, meeting.on).await?.into_iter().take(CASES) {
            self.put(id, place).await?;
        }
        let maria = self.town.actor("maria")?;
        publish_meeting(&self.backend, maria, id, &self.seen(id).await?).await?;
        Ok(())
    }

    async fn general(&self, id: MeetingId, title: &str, minutes: &str) -> Result<()> {
        add_general_item(&self.backend, self.town.actor("maria")?, id, title, minutes).await
    }

    /// Puts a child's case on an agenda.
    async fn put(&mut self, id: MeetingId, place: usize) -> Result<()> {
        let case = *self.cases.get(&place).ok_or(Error::NotFound)?;
        add_case(&self.backend, self.town.actor("maria")?, id, case).await?;
        let on = self.meeting(id)?.on;
        self.last_met.insert(place, on);
        Ok(())
    }

    /// The children whose cases may come up in a forum on a day, those who waited longest first.
    async fn due(&self, forum: ForumId, on: NaiveDate) -> Result<Vec<usize>> {
        let mut found = Vec::new();
        for (place, child) in CHILDREN.iter().enumerate() {
            let rested = self.last_met.get(&place).is_none_or(|met| *met + Days::new(AGAIN) <= on);
            let old = age_on(born_on(self, child)?, on).is_some_and(|age| age > 12);
            if !rested || old != (forum == self.town.youth) || self.kept(place, on) {
                continue;
            }
            let (Some(case), true) = (self.cases.get(&place), self.ready.contains_key(&place)) else { continue };
            let facts = store::case::record(self.backend.db(), *case).await?.facts;
            let then = begins_on(self, forum, on)?;
            let social = self.town.unit("social")?;
            if standing(&facts, self.backend.now()).covers(social) && standing(&facts, then).covers(social) {
                found.push(place);
            }
        }
        found.sort_by_key(|place| (self.last_met.get(place).copied(), *place));
        Ok(found)
    }

    /// Whether a case waits for one of the meetings that are told of by themselves.
    fn kept(&self, place: usize, on: NaiveDate) -> bool {
        let reserved = CHILDREN.get(place).is_some_and(|child| child.place != Place::Queue);
        reserved && on + Days::new(AGAIN) > self.today
    }

    /// Lets those invited answer, all but the last `silent`.
    pub(super) async fn answer(&self, id: MeetingId, silent: usize) -> Result<()> {
        let invited = store::invitation::to_meetings(self.backend.db(), [id]).await?;
        let last = invited.len().saturating_sub(silent);
        for (place, invitation) in invited.iter().take(last).enumerate() {
            let answer = if place % 7 == 5 { "deputy" } else { "coming" };
            let actor = self.town.at_work(invitation.person, invitation.unit)?;
            match answer_own(&self.backend, actor, id, &TypedAnswer::whole(answer)).await {
                // Consent may have been taken back since: then there is nothing to answer any more.
                Ok(()) | Err(Error::NotFound) => {}
                Err(fault) => return Err(fault),
            }
        }
        // Those asked in the place of others come.
        for one in store::invitation::to_meetings(self.backend.db(), [id]).await? {
            if one.stand_in && !one.withdrawn && one.answer == InvitationAnswer::Pending {
                let actor = self.town.at_work(one.person, one.unit)?;
                answer_own(&self.backend, actor, id, &TypedAnswer::whole("coming")).await?;
            }
        }
        Ok(())
    }

    /// The meetings to come: one published, one a draft with things to set right, two with their first cases.
    pub(super) async fn look_ahead(&mut self) -> Result<()> {
        let (family, youth) = self.upcoming()?;
        let (family, youth) = (family.clone(), youth.clone());
        let yesterday = self.today - Days::new(1);
        self.set(at(yesterday, 16, 0))?;
        self.general(family.id, "Aktuellt från parterna", "10").await?;
        self.put_all(family.id, Place::Published).await?;
        self.general(family.id, "Aktiviteter på lovet", "15").await?;
        let maria = self.town.actor("maria")?.clone();
        arrange_agenda(&self.backend, &maria, family.id, &self.seen(family.id).await?).await?;
        publish_meeting(&self.backend, &maria, family.id, &self.seen(family.id).await?).await?;
        self.set(at(yesterday, 16, 20))?;
        self.answer(family.id, 1).await?;
        self.set(at(yesterday, 16, 30))?;
        self.general(youth.id, "Aktuellt från parterna", "10").await?;
        self.put_all(youth.id, Place::Draft).await?;
        add_anonymous_consultation(&self.backend, &maria, youth.id, CONSULTATION, "").await?;
        self.general(youth.id, festivity(youth.on), "10").await?;
        for later in self.after(&[family.id, youth.id], family.on) {
            let forum = self.meeting(later)?.forum;
            for (place, child) in CHILDREN.iter().enumerate() {
                let old = age_on(born_on(self, child)?, self.meeting(later)?.on).is_some_and(|age| age > 12);
                if child.place == Place::Later && old == (forum == self.town.youth) {
                    self.put(later, place).await?;
                }
            }
        }
        Ok(())
    }

    /// What units ask to have cases taken up for, in each forum: one with its family, one for a later day, and one that came back.
    pub(super) async fn propose(&self) -> Result<()> {
        self.set(at(self.today - Days::new(1), 16, 40))?;
        for (young, family_at) in [(true, "13.30"), (false, "09.30")] {
            let mut waiting = CHILDREN.iter().enumerate().filter(|(_, child)| {
                let asks = child.place == Place::Queue && child.story == Story::Agreed && child.protection.is_empty();
                asks && child.by != "maria" && matches!(child.born, Born::Aged(age, _) if (age < 12) == young)
            });
            for wish in [Wish::Family(family_at), Wish::NotBefore(9), Wish::ComesBack] {
                let Some((place, child)) = waiting.next() else { break };
                self.ask(*self.cases.get(&place).ok_or(Error::NotFound)?, child, wish).await?;
            }
        }
        Ok(())
    }

    async fn ask(&self, case: CaseId, child: &Child, wish: Wish) -> Result<()> {
        let mut typed = TypedProposal {
            question: child.topic.words().question.to_owned(),
            parties: child.named.iter().map(|short| Ok(self.town.unit(short)?.to_string())).collect::<Result<_>>()?,
            ..TypedProposal::default()
        };
        match wish {
            Wish::Family(at) => typed.family_at = at.to_owned(),
            Wish::NotBefore(days) => typed.not_before = (self.today + Days::new(days)).to_string(),
            Wish::ComesBack => {}
        }
        propose(&self.backend, self.town.actor(child.by)?, case, typed).await?;
        if matches!(wish, Wish::ComesBack) {
            let made = store::proposal::of_cases(self.backend.db(), [case]).await?;
            let id = made.last().ok_or(Error::NotFound)?.id;
            return_proposal(&self.backend, self.town.actor("maria")?, id, COMES_BACK).await?;
        }
        Ok(())
    }

    async fn put_all(&mut self, id: MeetingId, on: Place) -> Result<()> {
        for (place, _) in CHILDREN.iter().enumerate().filter(|(_, child)| child.place == on) {
            self.put(id, place).await?;
        }
        Ok(())
    }

    /// The next meeting of each forum after these.
    fn after(&self, these: &[MeetingId], day: NaiveDate) -> Vec<MeetingId> {
        let next = |forum| self.from(forum, day).find(|meeting| !these.contains(&meeting.id)).map(|meeting| meeting.id);
        [self.town.family, self.town.youth].into_iter().filter_map(next).collect()
    }
}

fn begins_on(life: &Life, forum: ForumId, on: NaiveDate) -> Result<chrono::DateTime<chrono::Utc>> {
    life.from(forum, on).next().map(begins).ok_or(Error::NotFound)
}

/// What a term's last meetings talk about.
fn festivity(on: NaiveDate) -> &'static str {
    if on.month() > 7 { "Lucia och skolavslutning" } else { "Skolavslutning och sommarlov" }
}
