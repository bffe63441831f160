//! Every page and every server function there is, sorted by hand by what it is about; what a function is sent; and a case that is nowhere.

use domain::id::{AgendaItemId, CaseId, MinutesId, PaperId};
use uuid::Uuid;

use crate::stage::{Laid, Stage};

/// What the id in a page's address is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// No id: one page for each principal.
    Nothing,
    Case,
    Minutes,
    Meeting,
    /// The register of the municipality, or a secret link: nothing of cases.
    Else,
}

/// Every page, sorted by hand.
pub(crate) fn sorted(page: &str) -> Of {
    match page {
        "/arenden/{id}"
        | "/arenden/{id}/samtycke"
        | "/arenden/{id}/samtycke/blankett"
        | "/arenden/{id}/samtycke/kvitto"
        | "/arenden/{id}/sett"
        | "/arenden/{id}/aterkalla" => Of::Case,
        "/anteckningar/{id}" | "/granskning/{id}" => Of::Minutes,
        "/traffar/{id}"
        | "/traffar/{id}/kalla"
        | "/traffar/{id}/rum"
        | "/traffar/{id}/rum/vagg"
        | "/traffar/{id}/flytta" => Of::Meeting,
        "/kommunen/enheter/{id}"
        | "/kommunen/forum/{id}"
        | "/kommunen/forum/{id}/platser/{seat}"
        | "/kommunen/forum/{id}/serie"
        | "/kommunen/uppdrag/{kind}"
        | "/kommunen/personer/{id}"
        | "/kallelse/{token}"
        | "/valkommen/{token}" => Of::Else,
        "/"
        | "/aret"
        | "/arenden"
        | "/arenden/nytt"
        | "/atgarder"
        | "/granskning"
        | "/jag"
        | "/kommunen"
        | "/loggkontroll"
        | "/kommunen/enheter/ny"
        | "/kommunen/gallring"
        | "/kommunen/kalendrar"
        | "/kommunen/forum/nytt"
        | "/kommunen/personer"
        | "/kommunen/personer/ny"
        | "/kommunen/stangda-dagar"
        | "/kommunen/uppdrag"
        | "/logga-in"
        | "/logga-in/kod"
        | "/min-kalender"
        | "/samtycken"
        | "/siffror"
        | "/tangentbord"
        | "/tillganglighet"
        | "/traffar"
        | "/uppdrag" => Of::Nothing,
        other => panic!("{other} is a new page: sort it in here, and say what its id is of"),
    }
}

/// The server functions that take something of a case, with the names of the fields that name it.
pub(crate) const ABOUT_A_CASE: &[(&str, Named)] = &[
    ("actions/drop", Named::Undertaking("id")),
    ("actions/move", Named::Undertaking("id")),
    ("actions/tick", Named::Undertaking("id")),
    ("access-log/review", Named::Line),
    ("agenda/add-case", Named::Case),
    ("agenda/carry-over", Named::Item),
    ("agenda/family", Named::Item),
    ("agenda/minutes", Named::Item),
    ("agenda/move", Named::Item),
    ("agenda/order", Named::Order),
    ("agenda/remove", Named::Item),
    ("case/close", Named::Case),
    ("case/guardian/add", Named::Case),
    ("case/guardian/end", Named::Case),
    ("case/parent/add", Named::Case),
    ("case/hand-out/answer", Named::Export),
    ("case/hand-out/ask", Named::Case),
    ("case/number", Named::Case),
    ("case/phase", Named::Case),
    ("case/protection", Named::Case),
    ("case/reader/name", Named::Case),
    ("case/reader/remove", Named::Case),
    ("consent/preview", Named::Case),
    ("consent/acknowledge", Named::Case),
    ("consent/annul", Named::Case),
    ("consent/record", Named::Case),
    ("consent/remove-paper", Named::Case),
    ("consent/withdraw", Named::Case),
    ("minutes/add", Named::Minutes("id")),
    ("minutes/autosave", Named::Item),
    ("minutes/dispatch", Named::Minutes("id")),
    ("minutes/save", Named::Item),
    ("proposal/make", Named::Case),
    ("proposal/return", Named::Proposal),
    ("proposal/take-back", Named::Proposal),
    ("retention/approve", Named::Cases),
    ("retention/hold", Named::Case),
    ("retention/lift", Named::Case),
    ("retention/propose", Named::Cases),
    ("retention/stop", Named::Case),
    ("review/addendum", Named::Addendum),
    ("review/approve", Named::Minutes("id")),
    ("review/reopen", Named::Minutes("id")),
    ("review/return", Named::Minutes("id")),
    ("room/guest", Named::Item),
    ("room/note", Named::Item),
    ("room/note-autosave", Named::Item),
    ("room/open-item", Named::Item),
    ("room/recuse", Named::Item),
    ("room/stop-consultation", Named::Item),
    ("room/take-back-recusal", Named::Item),
];

/// How a server function names what it is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Named {
    Case,
    Cases,
    Item,
    Order,
    Minutes(&'static str),
    Undertaking(&'static str),
    Addendum,
    Export,
    Proposal,
    /// Of the review of the log.
    Line,
}

/// The server functions that are about no case; sorted by hand.
pub(crate) const ABOUT_NO_CASE: &[&str] = &[
    "account/",
    "agenda/add-anonymous",
    "agenda/add-general",
    "agenda/arrange",
    "agenda/publish",
    "agenda/shorten",
    "agenda/undo",
    "calendar/",
    "case/register",
    "closed-days/",
    "forum/",
    "frame/",
    "invitation/",
    "meeting/",
    "people/",
    "retention/decide",
    "room/check-in",
    "room/check-out",
    "room/close",
    "room/open",
    "seat/",
    "series/",
    "session/",
    "unit/",
];

/// What a function is sent: every field any of them takes, with something that passes where it can.
pub(crate) fn fields(named: Named, stage: &Stage, laid: &Laid) -> Option<Vec<(&'static str, String)>> {
    let item = laid.items.last().map(ToString::to_string);
    let mut fields = match named {
        Named::Case => vec![("case", laid.case.to_string())],
        Named::Cases => vec![("cases[]", laid.case.to_string())],
        Named::Item => vec![("item", item?)],
        Named::Order => vec![("order[]", item?)],
        Named::Minutes(name) => vec![(name, laid.minutes?.to_string())],
        Named::Addendum => vec![("id", laid.addendum?.to_string())],
        Named::Export => vec![("export", laid.export?.to_string())],
        Named::Proposal => vec![("proposal", laid.proposal?.to_string())],
        Named::Line => vec![("lines[0][case]", laid.case.to_string()), ("until", "2026-11-21".to_owned())],
        Named::Undertaking(name) => vec![(name, laid.undertaking?.to_string())],
    };
    let rest = [
        ("meeting", stage.next.to_string()),
        ("units[]", stage.amal.unit("gymnasium").to_string()),
        ("seen", "1".to_owned()),
        ("consent", Uuid::from_u128(3).to_string()),
        ("mistake", "twice".to_owned()),
        ("paper", laid.paper.map_or(Uuid::from_u128(7), PaperId::uuid).to_string()),
        ("phase", "report".to_owned()),
        ("hold", "request".to_owned()),
        ("note", "Nästa gång i stora salen.".to_owned()),
        ("personal_number", "20120303-2386".to_owned()),
        ("person", stage.amal.actor("maria").person.to_string()),
        ("protection", "none".to_owned()),
        ("what", "form".to_owned()),
        ("subject", String::new()),
        ("approved", "true".to_owned()),
        ("guardian_name", "Ny Provsson".to_owned()),
        ("from_on", "2026-11-22".to_owned()),
        ("guardian", Uuid::from_u128(1).to_string()),
        ("until_on", "2026-11-22".to_owned()),
        ("minutes", "10".to_owned()),
        ("step", "up".to_owned()),
        ("valid_from", "2026-11-22".to_owned()),
        ("valid_until", "2027-01-01".to_owned()),
        ("lang", "sv".to_owned()),
        ("form", String::new()),
        ("by", "child".to_owned()),
        ("part", "false".to_owned()),
        ("addendum", "Mer.".to_owned()),
        ("text[general]", "Ändra.".to_owned()),
        ("text[purpose]", "Text.".to_owned()),
        ("text[childs_view]", String::new()),
        ("text[childs_words]", String::new()),
        ("text[guardians_view]", String::new()),
        ("text[agreed]", String::new()),
        ("text[outcome]", String::new()),
        ("text[follow_up_on]", String::new()),
        ("deed", String::new()),
        ("done", "true".to_owned()),
        ("due_on", "2026-12-20".to_owned()),
        ("word", "Senare.".to_owned()),
        ("comment", "Ändra.".to_owned()),
        ("reviewed", "true".to_owned()),
        ("reason", "Inte nu.".to_owned()),
        ("question", "Hur går vi vidare?".to_owned()),
        ("family_at", "09.30".to_owned()),
    ];
    fields.extend(rest);
    Some(fields)
}

/// Another case that is nowhere.
pub(crate) fn nowhere(laid: &Laid) -> Laid {
    let new = Uuid::from_u128(0x1234_5678_9abc_4def_8123_4567_89ab_cdef);
    Laid {
        case: CaseId::from_uuid(new),
        minutes: laid.minutes.map(|_| MinutesId::from_uuid(new)),
        items: laid.items.iter().map(|_| AgendaItemId::from_uuid(new)).collect(),
        undertaking: laid.undertaking.map(|_| new),
        paper: laid.paper.map(|_| PaperId::from_uuid(new)),
        export: laid.export.map(|_| new),
        proposal: laid.proposal.map(|_| new),
        addendum: laid.addendum.map(|_| new),
        ..laid.clone()
    }
}
