//! Lets the demo's time pass: what happens happens in its order, through the same use cases as for everybody.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use domain::{
    id::{ActionItemId, CaseId, ForumId, MeetingId, MinutesId},
    time::instant,
};

use super::{
    children::{CHILDREN, Child, Since, Story},
    intake,
    settle::Town,
    term::{Terms, weekday_before},
};
use crate::{
    Backend, Error, Result,
    clock::ManualClock,
    store::{self, meeting::Meeting},
};

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
pub(super) enum Happens {
    /// A child, by its place in the list, is registered.
    Registered(usize),
    /// Consent is asked for.
    Asked(usize),
    /// What ends or breaks a consent.
    Turned(usize),
    /// A meeting gets its agenda and is published.
    Prepared(MeetingId),
    /// Those invited answer.
    Answered(MeetingId),
    /// A meeting is held.
    Held(MeetingId),
    /// Minutes are approved, by one of two.
    Approved(MinutesId, bool),
    /// Minutes are returned.
    Returned(MinutesId),
    /// An undertaking is done.
    Done(ActionItemId),
}

/// The demo's life so far.
pub(super) struct Life {
    pub backend: Backend,
    pub clock: Arc<ManualClock>,
    pub town: Town,
    pub today: NaiveDate,
    /// Nothing happens later than this.
    pub end: NaiveDateTime,
    /// All meetings, in order.
    pub meetings: Vec<Meeting>,
    /// The cases, by the child's place in the list.
    pub cases: BTreeMap<usize, CaseId>,
    /// From when a child's case may be taken up.
    pub ready: BTreeMap<usize, NaiveDate>,
    /// The last meeting a case was put on.
    pub last_met: BTreeMap<usize, NaiveDate>,
    /// How often a case was taken up.
    pub times: BTreeMap<usize, usize>,
    to_come: BTreeMap<(NaiveDateTime, usize), Happens>,
    expected: usize,
}

/// A local time of a day.
pub(super) fn at(day: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
    day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default())
}

impl Life {
    pub(super) async fn new(
        backend: Backend,
        clock: Arc<ManualClock>,
        town: Town,
        terms: &Terms,
        today: NaiveDate,
    ) -> Result<Self> {
        let meetings = store::meeting::between(backend.db(), terms.first, terms.last).await?;
        let mut life = Self {
            backend,
            clock,
            town,
            today,
            end: at(today - Days::new(1), 15, 50),
            meetings,
            cases: BTreeMap::new(),
            ready: BTreeMap::new(),
            last_met: BTreeMap::new(),
            times: BTreeMap::new(),
            to_come: BTreeMap::new(),
            expected: 0,
        };
        life.foresee(terms);
        Ok(life)
    }

    /// Puts the clock at a local time.
    pub(super) fn set(&self, local: NaiveDateTime) -> Result<()> {
        self.clock.set(instant(local).map_err(|_| Error::NotFound)?);
        Ok(())
    }

    /// Lets something happen at a time, unless the demo has ended by then.
    pub(super) fn expect(&mut self, when: NaiveDateTime, what: Happens) {
        if when <= self.end {
            self.expected += 1;
            self.to_come.insert((when, self.expected), what);
        }
    }

    /// The meetings of a forum from a day on.
    pub(super) fn from(&self, forum: ForumId, day: NaiveDate) -> impl Iterator<Item = &Meeting> {
        self.meetings.iter().filter(move |meeting| meeting.forum == forum && meeting.on >= day)
    }

    /// The meeting that is published, and the one that is still a draft: the next family meeting and the youth meeting
    /// after it. Not one of today, which may be over: a demo always has something to come.
    pub(super) fn upcoming(&self) -> Result<(&Meeting, &Meeting)> {
        let family = self.from(self.town.family, self.today + Days::new(1)).next().ok_or(Error::NotFound)?;
        let youth = self.from(self.town.youth, family.on).next().ok_or(Error::NotFound)?;
        Ok((family, youth))
    }

    /// A meeting by its id.
    pub(super) fn meeting(&self, id: MeetingId) -> Result<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.id == id).ok_or(Error::NotFound)
    }

    fn foresee(&mut self, terms: &Terms) {
        for (place, child) in CHILDREN.iter().enumerate() {
            let day = match child.since {
                Since::Term(days) => terms.first + Days::new(days),
                Since::Ago(days) => self.today - Days::new(days),
            };
            let day = weekday_before(day);
            let minute = u32::try_from(place).unwrap_or_default();
            self.expect(at(day, 9, minute), Happens::Registered(place));
            if child.story != Story::NotAsked {
                let asked = weekday_before(day + Days::new(3));
                self.expect(at(asked, 10, minute), Happens::Asked(place));
            }
            if let Some(days) = turned_days_ago(child) {
                let turned = weekday_before(self.today - Days::new(days));
                self.expect(at(turned, 14, minute), Happens::Turned(place));
            }
        }
        let published = self.upcoming().map_or(self.today, |(family, _)| family.on);
        let before: Vec<_> = self
            .meetings
            .iter()
            .filter(|meeting| meeting.on < published)
            .map(|meeting| (meeting.id, meeting.on, meeting.starts_at()))
            .collect();
        for (id, on, starts) in before {
            let prepared = weekday_before(on - Days::new(6));
            self.expect(at(prepared, 12, 10), Happens::Prepared(id));
            self.expect(at(weekday_before(on - Days::new(3)), 13, 15), Happens::Answered(id));
            if on < self.today {
                self.expect(starts, Happens::Held(id));
            }
        }
    }

    /// Lets everything happen up to the day before today.
    pub(super) async fn pass(&mut self) -> Result<()> {
        while let Some(((when, _), what)) = self.to_come.pop_first() {
            self.set(when)?;
            match what {
                Happens::Registered(place) => intake::register(self, place).await?,
                Happens::Asked(place) => intake::ask(self, place).await?,
                Happens::Turned(place) => intake::turn(self, place).await?,
                Happens::Prepared(id) => self.prepare(id).await?,
                Happens::Answered(id) => self.answer(id, 0).await?,
                Happens::Held(id) => self.hold(id).await?,
                Happens::Approved(id, second) => self.approve(id, second).await?,
                Happens::Returned(id) => self.give_back(id).await?,
                Happens::Done(id) => self.tick(id).await?,
            }
        }
        Ok(())
    }
}

/// How many days ago a case's consent was taken back or overtaken.
const fn turned_days_ago(child: &Child) -> Option<u64> {
    match child.story {
        Story::Withdrawn => Some(5),
        Story::WithdrawnFrom(_) => Some(9),
        Story::Overtaken => Some(7),
        _ => None,
    }
}
