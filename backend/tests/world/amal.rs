//! A small municipality everybody's tests can stand on: units, people at work, two forums with seats, series and a term of
//! meetings. Laid by plain SQL, so that no use case under test is needed to set the stage for another.

use std::collections::BTreeMap;

use backend::actor::Actor;
use chrono::{Days, NaiveDate, NaiveTime};
use domain::{
    id::{AssignmentId, ForumId, MeetingId, PersonId, SeatId, SeriesId, UnitId},
    visibility::Role,
};
use sea_orm::{
    ConnectionTrait, Value,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use super::World;

/// Short name, kind, name, name on the agenda, authority.
const UNITS: &[(&str, &str, &str, &str, &str)] = &[
    ("social", "social_services", "Individ- och familjeomsorg", "Soc", "Vård- och omsorgsnämnden"),
    ("school", "school", "Rösängsskolan", "Skola", "Barn- och utbildningsnämnden"),
    ("gymnasium", "school", "Karlbergsgymnasiet", "Gymnasium", "Barn- och utbildningsnämnden"),
    ("preschool", "preschool", "Förskolan Viken", "Förskola", "Barn- och utbildningsnämnden"),
    ("health", "student_health", "Centrala elevhälsan", "Elevhälsa", "Barn- och utbildningsnämnden"),
    ("bup", "child_psychiatry", "BUP Åmål", "BUP", "Regionen"),
    ("adult", "adult_psychiatry", "Vuxenpsykiatrin Åmål", "Vuxenpsyk", "Regionen"),
    ("care", "primary_care", "Vårdcentralen Åmål", "VC", "Regionen"),
    ("bvc", "child_health_centre", "BVC Åmål", "BVC", "Regionen"),
    ("fk", "social_insurance", "Försäkringskassan", "FK", "Försäkringskassan"),
    ("af", "employment_service", "Arbetsförmedlingen", "AF", "Arbetsförmedlingen"),
    ("leisure", "leisure", "Fritid Åmål", "Fritid", "Kultur- och fritidsnämnden"),
];

/// Short name, name, unit (empty for IT), role, title.
const PEOPLE: &[(&str, &str, &str, Role, &str)] = &[
    ("maria", "Maria Lindqvist", "social", Role::Coordinator, "samordnare"),
    ("per", "Per Berg", "social", Role::Participant, "socialsekreterare"),
    ("karin", "Karin Holm", "social", Role::Administrator, "enhetschef"),
    ("bengt", "Bengt Ås", "social", Role::Administrator, "förste socialsekreterare"),
    ("anna", "Anna Ek", "gymnasium", Role::Participant, "rektor"),
    ("sara", "Sara Nyman", "school", Role::Participant, "rektor"),
    ("petra", "Petra Dahl", "preschool", Role::Participant, "rektor"),
    ("kim", "Kim Öberg", "health", Role::Participant, "kurator"),
    ("eva", "Eva Sand", "bup", Role::Participant, "psykolog"),
    ("johan", "Johan Holm", "bup", Role::Participant, "överläkare"),
    ("vera", "Vera Lund", "adult", Role::Participant, "sjuksköterska"),
    ("ulla", "Ulla Frisk", "care", Role::Participant, "distriktsläkare"),
    ("inga", "Inga Moberg", "bvc", Role::Participant, "barnsköterska"),
    ("frida", "Frida Kvist", "fk", Role::Participant, "handläggare"),
    ("lars", "Lars Lund", "af", Role::Participant, "arbetsförmedlare"),
    ("olle", "Olle Grip", "leisure", Role::Participant, "fritidsledare"),
    ("ivar", "Ivar Strand", "", Role::Operator, "it-drift"),
];

/// Unit, holder, deputy, whether at every meeting; from left to right.
type Seats = &'static [(&'static str, &'static str, Option<&'static str>, bool)];

const FAMILY_SEATS: Seats = &[
    ("social", "per", Some("maria"), true),
    ("school", "sara", None, true),
    ("preschool", "petra", None, true),
    ("health", "kim", None, false),
    ("bup", "eva", Some("johan"), false),
    ("bvc", "inga", None, false),
    ("care", "ulla", None, false),
    ("fk", "frida", None, false),
    ("leisure", "olle", None, false),
];

const YOUTH_SEATS: Seats = &[
    ("social", "per", Some("maria"), true),
    ("gymnasium", "anna", None, true),
    ("school", "sara", None, false),
    ("health", "kim", None, false),
    ("bup", "eva", Some("johan"), false),
    ("adult", "vera", None, false),
    ("fk", "frida", None, false),
    ("af", "lars", None, false),
    ("leisure", "olle", None, false),
];

/// The ids of what [`World::amal`] laid.
pub struct Amal {
    /// Familjecentralen, ages 0–12, Tuesdays 13.00.
    pub family: ForumId,
    /// Ungdoms- och vuxencentralen, ages 13–18, Thursdays 09.00.
    pub youth: ForumId,
    pub family_series: SeriesId,
    pub youth_series: SeriesId,
    units: BTreeMap<&'static str, UnitId>,
    actors: BTreeMap<&'static str, Actor>,
    seats: BTreeMap<(ForumId, UnitId), SeatId>,
    meetings: BTreeMap<NaiveDate, MeetingId>,
}

impl Amal {
    /// A unit by its short name: `social`, `school`, `gymnasium`, `preschool`, `health`, `bup`, `adult`, `care`, `bvc`,
    /// `fk`, `af`, `leisure`.
    pub fn unit(&self, short: &str) -> UnitId {
        self.units[short]
    }

    /// Somebody at work, by first name: `maria` (coordinator), `karin` and `bengt` (administrators) and `per` at `social`,
    /// `anna` at `gymnasium`, `sara` at `school`, `petra`, `kim`, `eva` and `johan` at `bup`, `vera`, `ulla`, `inga`,
    /// `frida`, `lars`, `olle`, and `ivar` of IT.
    pub fn actor(&self, first_name: &str) -> Actor {
        self.actors[first_name].clone()
    }

    /// A unit's seat in a forum.
    pub fn seat(&self, forum: ForumId, unit: &str) -> SeatId {
        self.seats[&(forum, self.unit(unit))]
    }

    /// The meeting on a day: `2026-11-24` is Familjecentralen's next, `2026-11-26` Ungdoms- och vuxencentralen's. They go on
    /// each week from September to 18 December.
    pub fn meeting(&self, on: &str) -> MeetingId {
        self.meetings[&date(on)]
    }
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Ids that differ from row to row and are the same in every run.
struct Ids(u128);

impl Ids {
    fn next(&mut self) -> Uuid {
        self.0 += 1;
        uuid::Builder::from_random_bytes((self.0 << 64 | 0x5eed).to_be_bytes()).into_uuid()
    }
}

impl World {
    /// Lays the standard municipality, see [`Amal`]. The clock stands at Sunday 22 November 2026: the next meetings are on
    /// Tuesday 24 and Thursday 26. All meetings are drafts without an agenda.
    pub async fn amal(&self) -> Amal {
        let mut ids = Ids(0);
        let mut amal = Amal {
            family: ForumId::from_uuid(ids.next()),
            youth: ForumId::from_uuid(ids.next()),
            family_series: SeriesId::from_uuid(ids.next()),
            youth_series: SeriesId::from_uuid(ids.next()),
            units: BTreeMap::new(),
            actors: BTreeMap::new(),
            seats: BTreeMap::new(),
            meetings: BTreeMap::new(),
        };
        self.lay_units(&mut amal, &mut ids).await;
        self.lay_people(&mut amal, &mut ids).await;
        self.lay_forums(&amal).await;
        self.lay_seats(&mut amal, &mut ids).await;
        self.lay_meetings(&mut amal, &mut ids).await;
        amal
    }

    /// Inserts rows past the program.
    pub async fn insert<const N: usize>(&self, table: &'static str, columns: [&'static str; N], rows: Vec<[Value; N]>) {
        let mut insert = Query::insert();
        insert.into_table(table).columns(columns);
        for row in rows {
            insert.values_panic(row.map(Expr::value));
        }
        self.raw.execute(&insert).await.unwrap_or_else(|fault| panic!("{table}: {fault}"));
    }

    async fn lay_units(&self, amal: &mut Amal, ids: &mut Ids) {
        let mut rows = Vec::new();
        for &(short, kind, name, short_name, authority) in UNITS {
            let id = ids.next();
            amal.units.insert(short, UnitId::from_uuid(id));
            rows.push([id.into(), kind.into(), name.into(), short_name.into(), authority.into(), 1_i64.into()]);
        }
        self.insert("unit", ["id", "kind", "name", "short_name", "authority", "version"], rows).await;
    }

    async fn lay_people(&self, amal: &mut Amal, ids: &mut Ids) {
        let now = self.backend.now();
        let (mut people, mut assignments) = (Vec::new(), Vec::new());
        for &(short, name, unit, role, title) in PEOPLE {
            let (person, assignment) = (ids.next(), ids.next());
            let unit = amal.units.get(unit).copied();
            let email = format!("{short}@amal.test");
            let language = "sv";
            people.push([
                person.into(),
                email.into(),
                name.into(),
                language.into(),
                "feed".into(),
                now.into(),
                1_i64.into(),
            ]);
            assignments.push([
                assignment.into(),
                person.into(),
                unit.map(UnitId::uuid).into(),
                role.code().into(),
                title.into(),
                date("2026-01-01").into(),
                1_i64.into(),
            ]);
            let unit_name = UNITS.iter().find(|row| unit == amal.units.get(row.0).copied()).map_or("", |row| row.2);
            let actor = Actor {
                person: PersonId::from_uuid(person),
                name: name.into(),
                assignment: AssignmentId::from_uuid(assignment),
                role,
                title: title.into(),
                unit,
                unit_name: unit_name.into(),
                language: "sv".into(),
                request: None,
            };
            amal.actors.insert(short, actor);
        }
        self.insert("person", ["id", "email", "name", "language", "calendar_way", "created_at", "version"], people)
            .await;
        let columns = ["id", "person_id", "unit_id", "role", "title", "from_on", "version"];
        self.insert("assignment", columns, assignments).await;
    }

    async fn lay_forums(&self, amal: &Amal) {
        let forum = |id: ForumId, code: &str, name: &str, short: &str, from: i64, to: i64, place: &str| {
            [
                id.uuid().into(),
                code.into(),
                name.into(),
                short.into(),
                from.into(),
                to.into(),
                "Åmåls kommun".into(),
                place.into(),
                120_i64.into(),
                20_i64.into(),
                0_i64.into(),
                7_i64.into(),
                "skip".into(),
                "skip".into(),
                1_i64.into(),
            ]
        };
        let rows = vec![
            forum(amal.family, "family", "Familjecentralen", "FC", 0, 12, "Familjecentralen, stora rummet"),
            forum(amal.youth, "youth", "Ungdoms- och vuxencentralen", "UVC", 13, 18, "Kungsgatan 26, rum Vänern"),
        ];
        let columns = [
            "id",
            "code",
            "name",
            "short_name",
            "age_from",
            "age_to",
            "host",
            "place",
            "meeting_minutes",
            "item_minutes",
            "freeze_days",
            "review_days",
            "on_red_days",
            "on_breaks",
            "version",
        ];
        self.insert("forum", columns, rows).await;
    }

    async fn lay_seats(&self, amal: &mut Amal, ids: &mut Ids) {
        let (mut rows, mut tenures) = (Vec::new(), Vec::new());
        for (forum, seats) in [(amal.family, FAMILY_SEATS), (amal.youth, YOUTH_SEATS)] {
            for (position, &(unit, holder, deputy, standing)) in (0_i64..).zip(seats) {
                let (id, unit) = (ids.next(), amal.unit(unit));
                amal.seats.insert((forum, unit), SeatId::from_uuid(id));
                rows.push([
                    id.into(),
                    forum.uuid().into(),
                    unit.uuid().into(),
                    "".into(),
                    standing.into(),
                    position.into(),
                    1_i64.into(),
                ]);
                let sitters = [Some((holder, "holder")), deputy.map(|deputy| (deputy, "deputy"))];
                for (place, (person, sits)) in (0_i64..).zip(sitters.into_iter().flatten()) {
                    tenures.push([
                        ids.next().into(),
                        id.into(),
                        amal.actors[person].person.uuid().into(),
                        sits.into(),
                        place.into(),
                        date("2026-01-01").into(),
                    ]);
                }
            }
        }
        let columns = ["id", "forum_id", "unit_id", "function", "standing", "position", "version"];
        self.insert("seat", columns, rows).await;
        let columns = ["id", "seat_id", "person_id", "sits", "position", "from_on"];
        self.insert("seat_tenure", columns, tenures).await;
    }

    async fn lay_meetings(&self, amal: &mut Amal, ids: &mut Ids) {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a full hour");
        let until = date("2026-12-18");
        let (mut series_rows, mut meeting_rows) = (Vec::new(), Vec::new());
        for (series, forum, weekday, starts, first, place) in [
            (amal.family_series, amal.family, 2_i64, at(13), date("2026-09-01"), "Familjecentralen, stora rummet"),
            (amal.youth_series, amal.youth, 4, at(9), date("2026-09-03"), "Kungsgatan 26, rum Vänern"),
        ] {
            series_rows.push([
                series.uuid().into(),
                forum.uuid().into(),
                weekday.into(),
                starts.into(),
                120_i64.into(),
                1_i64.into(),
                first.into(),
                until.into(),
                place.into(),
                1_i64.into(),
            ]);
            let days = (0..).map(|week| first + Days::new(7 * week)).take_while(|day| *day <= until);
            for on in days {
                let id = ids.next();
                amal.meetings.insert(on, MeetingId::from_uuid(id));
                meeting_rows.push([
                    id.into(),
                    forum.uuid().into(),
                    Some(series.uuid()).into(),
                    Some(on).into(),
                    on.into(),
                    starts.into(),
                    120_i64.into(),
                    place.into(),
                    "draft".into(),
                    0_i64.into(),
                    format!("{}@samverkan.test", ids.next()).into(),
                    self.backend.now().into(),
                    1_i64.into(),
                ]);
            }
        }
        let columns = [
            "id",
            "forum_id",
            "weekday",
            "starts",
            "minutes",
            "interval_weeks",
            "from_on",
            "until_on",
            "place",
            "version",
        ];
        self.insert("series", columns, series_rows).await;
        let columns = [
            "id",
            "forum_id",
            "series_id",
            "series_on",
            "on_date",
            "starts",
            "minutes",
            "place",
            "state",
            "sequence",
            "calendar_uid",
            "changed_at",
            "version",
        ];
        self.insert("meeting", columns, meeting_rows).await;
    }
}
