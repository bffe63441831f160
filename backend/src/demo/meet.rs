//! Holds the demo's meetings, writes their minutes and has them reviewed.

use std::collections::BTreeSet;

use chrono::{Days, TimeDelta};
use domain::{
    id::{ActionItemId, AgendaItemId, CaseId, MeetingId, MinutesId, UnitId},
    refusal::Refusal,
};

use super::{
    children::CHILDREN,
    life::{Happens, Life, at},
    term::weekday_before,
    words::{AS_BEFORE, GUARDIANS, MENTION, RETURNED, RETURNED_AGREED, RETURNED_TOLD, Words},
};
use crate::{
    Error, Result,
    agenda::Entry,
    store::{self, agenda::ItemState, meeting::Meeting},
    usecase::{
        dispatch_minutes::dispatch_minutes,
        follow_up::tick_undertaking,
        open_item::{close_item, open_item},
        review_minutes::{TypedRemarks, approve_minutes, return_minutes},
        run_meeting::{check_in, check_out_unit, close_meeting, open_meeting},
        write_minutes::{TypedContribution, TypedMinutes, TypedUndertaking, kinds, save_minutes, submit_minutes},
    },
    view::{case::Handing, minutes_page::minutes_page},
};

/// What becomes of minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Draft,
    Submitted,
    Returned,
    Approved,
}

impl Life {
    /// Holds a meeting: one item after the other, and nobody in the room who may not hear it.
    pub(super) async fn hold(&mut self, id: MeetingId) -> Result<()> {
        let meeting = self.meeting(id)?.clone();
        let maria = self.town.actor("maria")?.clone();
        open_meeting(&self.backend, &maria, id).await?;
        let agenda = self.agenda(id).await?;
        let always: BTreeSet<UnitId> = agenda.table.iter().filter(|seat| seat.standing).map(|seat| seat.unit).collect();
        let (mut present, mut written) = (BTreeSet::new(), Vec::new());
        for entry in agenda.items.iter().filter(|entry| entry.item.state == ItemState::Planned) {
            let wanted = if entry.known.is_some() { entry.seats.clone() } else { &present | &always };
            self.change_room(id, &mut present, &wanted).await?;
            self.clock.advance(TimeDelta::minutes(1));
            open_item(&self.backend, &maria, id, entry.item.id).await?;
            self.clock.advance(TimeDelta::minutes(i64::from(entry.item.minutes) - 3));
            if let Some(case) = entry.item.case() {
                self.write(&meeting, entry, case).await?;
                written.push((entry.item.id, case));
            }
            self.clock.advance(TimeDelta::minutes(1));
            close_item(&self.backend, &maria, id).await?;
        }
        self.clock.advance(TimeDelta::minutes(1));
        close_meeting(&self.backend, &maria, id).await?;
        self.clock.advance(TimeDelta::minutes(20));
        self.hand_in(&meeting, &written).await
    }

    /// Lets people in and out until those in the room are of these units.
    async fn change_room(
        &self,
        id: MeetingId,
        present: &mut BTreeSet<UnitId>,
        wanted: &BTreeSet<UnitId>,
    ) -> Result<()> {
        let maria = self.town.actor("maria")?;
        for unit in &*present - wanted {
            check_out_unit(&self.backend, maria, id, unit).await?;
        }
        for unit in wanted - &*present {
            check_in(&self.backend, maria, id, &unit.to_string(), &self.town.member(unit)?.name).await?;
        }
        present.clone_from(wanted);
        Ok(())
    }

    async fn write(&mut self, meeting: &Meeting, entry: &Entry, case: CaseId) -> Result<()> {
        let place = self.cases.iter().find(|(_, id)| **id == case).map_or(0, |(place, _)| *place);
        let time = self.times.entry(place).and_modify(|times| *times += 1).or_insert(0);
        let later = (*time).min(1);
        let Some(child) = CHILDREN.get(place) else { return Err(Error::NotFound) };
        let words = child.topic.words();
        let pick = |two: [&'static str; 2]| two.get(later).copied().unwrap_or_default();
        let mention = place.is_multiple_of(9) && later == 1;
        let contributions = self.contributions(words, later, entry, mention)?;
        let due = weekday_before(meeting.on + Days::new(12));
        let mut undertakings = Vec::new();
        for (unit, what) in words.undertakings {
            let unit = self.town.unit(unit)?;
            if entry.seats.contains(&unit) && undertakings.len() < 2 {
                let due_on = due.to_string();
                undertakings.push(TypedUndertaking { what: (*what).into(), unit: unit.to_string(), due_on });
            }
        }
        let again = self.from(meeting.forum, meeting.on + Days::new(21)).next().map(|next| next.on.to_string());
        let typed = TypedMinutes {
            purpose: words.purpose.into(),
            contributions,
            childs_view: if place % 8 == 5 { "not_suitable" } else { "heard" }.into(),
            childs_words: if place % 8 == 5 { String::new() } else { pick(words.view).into() },
            guardians_view: GUARDIANS.iter().cycle().nth(place).copied().unwrap_or_default().into(),
            agreed: pick(words.agreed).into(),
            undertakings,
            outcome: if again.is_some() { "follow_up" } else { "hand_over" }.into(),
            follow_up_on: again.unwrap_or_default(),
            ..TypedMinutes::default()
        };
        save_minutes(&self.backend, self.town.actor("maria")?, entry.item.id, &typed).await?;
        Ok(())
    }

    /// What those who take part bring; of a kind the consent names.
    fn contributions(
        &self,
        words: &Words,
        later: usize,
        entry: &Entry,
        mention: bool,
    ) -> Result<Vec<TypedContribution>> {
        let kinds = entry.known.as_ref().map(kinds).unwrap_or_default();
        let mut all = Vec::new();
        for (units, kind, text) in words.contributions.get(later).copied().unwrap_or_default() {
            let units = units.iter().filter_map(|short| self.town.unit(short).ok());
            let Some(unit) = units.into_iter().find(|unit| entry.seats.contains(unit)) else { continue };
            if kinds.iter().any(|one| one.code() == *kind) {
                all.push(TypedContribution { unit: unit.to_string(), kind: (*kind).into(), text: (*text).into() });
            }
        }
        if all.is_empty() {
            let unit = self.town.unit("social")?.to_string();
            all.push(TypedContribution { unit, kind: "social".into(), text: AS_BEFORE.into() });
        }
        if let Some(last) = all.last_mut().filter(|_| mention) {
            last.text = format!("{} {MENTION}", last.text);
        }
        Ok(all)
    }

    /// Hands the minutes of a meeting in, and says what will become of them.
    async fn hand_in(&mut self, meeting: &Meeting, written: &[(AgendaItemId, CaseId)]) -> Result<()> {
        for (number, (item, case)) in written.iter().enumerate() {
            let way = self.way(meeting, number, written.len());
            if way == Way::Draft {
                continue;
            }
            let minutes = submit_minutes(&self.backend, self.town.actor("maria")?, *item, 1).await?;
            let days = if number % 2 == 0 { 1 } else { 4 };
            let when = at(weekday_before(meeting.on + Days::new(days)).max(meeting.on + Days::new(1)), 15, 5);
            match way {
                Way::Returned => self.expect(when, Happens::Returned(minutes)),
                Way::Approved => self.expect(when, Happens::Approved(minutes, number % 2 == 1)),
                Way::Draft | Way::Submitted => {}
            }
            self.foresee_done(minutes, *case).await?;
        }
        Ok(())
    }

    /// The older, the more is approved; of the latest one is a draft and one was returned.
    fn way(&self, meeting: &Meeting, number: usize, of: usize) -> Way {
        let held: Vec<&Meeting> = self.meetings.iter().filter(|other| other.on < self.today).collect();
        let rank = held.iter().rev().position(|other| other.id == meeting.id).unwrap_or(usize::MAX);
        let waited = |other: &&&Meeting| other.on + Days::new(9) <= self.today;
        let long = held.iter().rev().find(waited).is_some_and(|other| other.id == meeting.id);
        match (rank, number) {
            (0, _) if number + 1 == of => Way::Draft,
            (1, 0) => Way::Returned,
            (_, 0) if long => Way::Submitted,
            _ if rank >= 7 || number % 3 == 1 => Way::Approved,
            _ => Way::Submitted,
        }
    }

    /// Every second undertaking is done before its day.
    async fn foresee_done(&mut self, minutes: MinutesId, case: CaseId) -> Result<()> {
        let all = store::undertaking::of_cases(&self.backend, self.backend.db(), [case]).await?;
        for one in all.into_iter().filter(|one| one.minutes == minutes) {
            let old = one.due_on + Days::new(14) <= self.today;
            if old || one.unit == self.town.unit("school")? || one.unit == self.town.unit("gymnasium")? {
                self.expect(at(weekday_before(one.due_on - Days::new(2)), 11, 30), Happens::Done(one.id));
            }
        }
        Ok(())
    }

    pub(super) async fn approve(&self, id: MinutesId, second: bool) -> Result<()> {
        let reviewer = self.town.actor(if second { "bengt" } else { "karin" })?;
        unless_gone(approve_minutes(&self.backend, reviewer, id, 1, true).await)?;
        if second { Ok(()) } else { self.hand_over(id).await }
    }

    /// To all the consent covers; of protected cases nothing leaves without a colleague's word.
    async fn hand_over(&self, id: MinutesId) -> Result<()> {
        let maria = self.town.actor("maria")?;
        let page = match minutes_page(&self.backend, maria, id).await {
            Err(Error::NotFound) => return Ok(()),
            page => page?,
        };
        let units: Vec<_> = page.receivers.iter().map(|one| one.unit.to_string()).collect();
        if units.is_empty() || page.head.on_paper != Handing::Free {
            return Ok(());
        }
        dispatch_minutes(&self.backend, maria, id, 1, &units).await.map(|_| ())
    }

    pub(super) async fn give_back(&self, id: MinutesId) -> Result<()> {
        let head = store::minutes::load(self.backend.db(), id).await?;
        let body = store::minutes::body(&self.backend, self.backend.db(), id, head.revision).await?;
        let told = |text: &str| if text.ends_with(MENTION) { RETURNED_TOLD.to_owned() } else { String::new() };
        let remarks = TypedRemarks {
            general: RETURNED.into(),
            agreed: RETURNED_AGREED.into(),
            contributions: body.contributions.iter().map(|one| told(&one.text)).collect(),
            ..TypedRemarks::default()
        };
        unless_gone(return_minutes(&self.backend, self.town.actor("karin")?, id, 1, &remarks).await)
    }

    pub(super) async fn tick(&self, id: ActionItemId) -> Result<()> {
        let one = store::undertaking::load(&self.backend, self.backend.db(), id).await?;
        unless_gone(tick_undertaking(&self.backend, self.town.member(one.unit)?, id, true).await.map(|_| ()))
    }
}

/// Consent may have been taken back since: then what rests on it is not done, and that is right.
fn unless_gone(done: Result<()>) -> Result<()> {
    match done {
        Err(Error::NotFound | Error::Refused(Refusal::ConsentMissing | Refusal::ConsentBroken)) => Ok(()),
        done => done,
    }
}
