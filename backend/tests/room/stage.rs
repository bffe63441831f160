//! A meeting that runs: Ungdoms- och vuxencentralen's on Thursday 26 November 2026 at 09.00, with a case of a child of 14
//! first and an anonymous consultation after it. Consent covers school, social services and BUP.

use backend::{
    Result,
    actor::Actor,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        add_item::add_anonymous_consultation,
        open_item::open_item,
        run_meeting::{check_in, open_meeting},
        withdraw_consent::withdraw_consent,
        write_minutes::{TypedContribution, TypedMinutes, TypedUndertaking, save_minutes, submit_minutes},
    },
    view::agenda::{AgendaPage, agenda_page},
};
use chrono::TimeDelta;
use domain::{
    consent::Scope,
    id::{AgendaItemId, CaseId, MeetingId, MinutesId},
};
use sea_orm::Value;
use uuid::Uuid;

use crate::{
    agenda::consultation::QUESTION,
    cases::stage::{consented, guardians, registered},
    world::{World, amal::Amal},
};

pub struct Room {
    pub amal: Amal,
    pub meeting: MeetingId,
    pub case: CaseId,
    /// The case's item.
    pub item: AgendaItemId,
    /// The anonymous consultation.
    pub anonymous: AgendaItemId,
}

impl Room {
    /// Opened at 09.00, nobody in the room yet.
    pub async fn open(world: &World) -> Self {
        let amal = world.amal().await;
        world.clock.set("2026-11-26T08:00:00Z".parse().expect("an instant"));
        let sara = amal.actor("sara");
        let case = registered(&world.backend, &sara).await.expect("a case");
        let units = ["school", "social", "bup"].map(|unit| amal.unit(unit));
        let consent = consented(world, &sara, case, &units).await.expect("a consent");
        acknowledge_consent(&world.backend, &amal.actor("maria"), case, consent).await.expect("acknowledged");
        let meeting = amal.meeting("2026-11-26");
        world.sql("UPDATE meeting SET state = 'published'").await.expect("published");
        let item = add(world, meeting, case).await;
        add_anonymous_consultation(&world.backend, &amal.actor("maria"), meeting, QUESTION, "20")
            .await
            .expect("an item");
        let AgendaPage::Board(board) =
            agenda_page(&world.backend, &amal.actor("maria"), meeting).await.expect("a board")
        else {
            panic!("no board");
        };
        let anonymous = board.rows.last().expect("the item").id;
        open_meeting(&world.backend, &amal.actor("maria"), meeting).await.expect("opened");
        Self { amal, meeting, case, item, anonymous }
    }

    /// With school and social services in the room and the case under way since 09.10.
    pub async fn under_way(world: &World) -> Self {
        let room = Self::open(world).await;
        room.enter(world, "school", "Sara Nyman").await.expect("the school comes");
        room.enter(world, "social", "Per Berg").await.expect("social services come");
        world.clock.advance(TimeDelta::minutes(10));
        open_item(&world.backend, &room.maria(), room.meeting, room.item).await.expect("begins");
        room
    }

    /// With whole minutes handed in, twenty minutes later and the item ended.
    pub async fn submitted(world: &World, text: &str) -> (Self, MinutesId) {
        let room = Self::under_way(world).await;
        let typed = TypedMinutes { contributions: room.told(text), ..room.whole() };
        save_minutes(&world.backend, &room.maria(), room.item, &typed).await.expect("saved");
        world.clock.advance(TimeDelta::minutes(20));
        open_item(&world.backend, &room.maria(), room.meeting, room.anonymous).await.expect("the next begins");
        let minutes = submit_minutes(&world.backend, &room.maria(), room.item, 1).await.expect("handed in");
        (room, minutes)
    }

    /// The coordinator who leads and writes.
    pub fn maria(&self) -> Actor {
        self.amal.actor("maria")
    }

    pub async fn enter(&self, world: &World, unit: &str, name: &str) -> Result<()> {
        check_in(&world.backend, &self.maria(), self.meeting, &self.amal.unit(unit).to_string(), name).await
    }

    /// A guardian takes everything back.
    pub async fn withdraw(&self, world: &World) {
        let by = guardians(world, self.case).await[0];
        withdraw_consent(&world.backend, &self.amal.actor("sara"), self.case, by, Scope::All).await.expect("withdrawn");
    }

    /// What the school brings of its own.
    pub fn told(&self, text: &str) -> Vec<TypedContribution> {
        let unit = self.amal.unit("school").to_string();
        vec![TypedContribution { unit, kind: "school".into(), text: text.into() }]
    }

    /// Minutes with everything that is asked for, before the first save.
    pub fn whole(&self) -> TypedMinutes {
        TypedMinutes {
            purpose: "Följa upp anpassad studiegång.".into(),
            contributions: self.told("Närvaron har gått från 31 till 45 procent."),
            childs_view: "heard".into(),
            childs_words: "Vill börja senare på måndagar.".into(),
            guardians_view: "Tycker att det går åt rätt håll.".into(),
            undertakings: vec![TypedUndertaking {
                what: "Möte med mentor om schemat".into(),
                unit: self.amal.unit("school").to_string(),
                due_on: "2026-12-04".into(),
            }],
            outcome: "follow_up".into(),
            follow_up_on: "2026-12-10".into(),
            ..TypedMinutes::default()
        }
    }
}

pub async fn add(world: &World, meeting: MeetingId, case: CaseId) -> AgendaItemId {
    let id = world.backend.random().uuid();
    let row: [Value; 8] = [
        id.into(),
        meeting.uuid().into(),
        "case".into(),
        Some(case.uuid()).into(),
        20_i64.into(),
        0_i64.into(),
        "planned".into(),
        1_i64.into(),
    ];
    let columns = ["id", "meeting_id", "kind", "case_id", "minutes", "position", "state", "version"];
    world.insert("agenda_item", columns, vec![row]).await;
    AgendaItemId::from_uuid(id)
}

/// How many rows a table has.
pub async fn count(world: &World, table: &str) -> i64 {
    use sea_orm::{ConnectionTrait, Statement};
    let asked = Statement::from_string(world.raw.get_database_backend(), format!("SELECT count(*) FROM {table}"));
    let row = world.raw.query_one_raw(asked).await.expect("an answer").expect("a row");
    row.try_get_by_index(0).expect("a count")
}

/// The id of the first row of a table.
pub async fn first_id(world: &World, table: &str) -> Uuid {
    use sea_orm::{ConnectionTrait, Statement};
    let asked = Statement::from_string(world.raw.get_database_backend(), format!("SELECT id FROM {table}"));
    let row = world.raw.query_one_raw(asked).await.expect("an answer").expect("a row");
    row.try_get_by_index(0).expect("an id")
}
