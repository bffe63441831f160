//! Every address of the product. Swedish words in ASCII, ids only: no name and no search term ever stands in an address (PRIV-03).

use std::fmt::Display;

use domain::unit::UnitKind;

/// The week: the first page after sign-in.
pub const WEEK: &str = "/";
/// Sign-in, first step.
pub const SIGN_IN: &str = "/logga-in";
/// Sign-in, one-time code.
pub const SIGN_IN_CODE: &str = "/logga-in/kod";
/// Choice of assignment.
pub const ASSIGNMENTS: &str = "/uppdrag";
/// One's own settings.
pub const PROFILE: &str = "/jag";
/// Meetings.
pub const MEETINGS: &str = "/traffar";
/// The school year of today.
pub const YEAR: &str = "/aret";
/// What was published of whole school years.
pub const FIGURES: &str = "/siffror";
/// Cases.
pub const CASES: &str = "/arenden";
/// Register a case.
pub const NEW_CASE: &str = "/arenden/nytt";
/// Consents, all cases one may see.
pub const CONSENTS: &str = "/samtycken";
/// Actions agreed on.
pub const ACTIONS: &str = "/atgarder";
/// Minutes to review.
pub const REVIEW: &str = "/granskning";
/// The review of the access log.
pub const ACCESS_LOG: &str = "/loggkontroll";
/// The person's own calendar feed.
pub const MY_CALENDAR: &str = "/min-kalender";
/// The municipality: forums, units, people.
pub const MUNICIPALITY: &str = "/kommunen";
/// Units.
pub const UNITS: &str = "/kommunen/enheter";
/// A new unit.
pub const NEW_UNIT: &str = "/kommunen/enheter/ny";
/// A new forum.
pub const NEW_FORUM: &str = "/kommunen/forum/nytt";
/// Closed days.
pub const CLOSED_DAYS: &str = "/kommunen/stangda-dagar";
/// How many calendar addresses there are.
pub const CALENDAR_ADDRESSES: &str = "/kommunen/kalendrar";
/// What is kept and what may go.
pub const RETENTION: &str = "/kommunen/gallring";
/// People.
pub const PEOPLE: &str = "/kommunen/personer";
/// A new person.
pub const NEW_PERSON: &str = "/kommunen/personer/ny";
/// The accessibility statement.
pub const ACCESSIBILITY: &str = "/tillganglighet";
/// Help on the keyboard.
pub const KEYBOARD: &str = "/tangentbord";

/// The week of another date: `/?vecka=2026-W48`.
pub fn week(iso: impl Display) -> String {
    format!("/?vecka={iso}")
}

/// The school year that begins in a calendar year.
pub fn year(begins_in: i32) -> String {
    format!("{YEAR}?lasar={begins_in}")
}

/// What was published of the school year that begins in a calendar year.
pub fn figures(begins_in: i32) -> String {
    format!("{FIGURES}?lasar={begins_in}")
}

/// The same as a file.
pub fn figures_file(begins_in: i32) -> String {
    format!("{FIGURES}/{begins_in}.csv")
}

/// A one-time link to join or recover.
pub fn welcome(token: impl Display) -> String {
    format!("/valkommen/{token}")
}

/// One meeting: its agenda.
pub fn meeting(id: impl Display) -> String {
    format!("/traffar/{id}")
}

/// Who would be called to a meeting, before it is done.
pub fn meeting_call(id: impl Display) -> String {
    format!("/traffar/{id}/kalla")
}

/// The meeting room.
pub fn meeting_room(id: impl Display) -> String {
    format!("/traffar/{id}/rum")
}

/// What of the meeting room everybody in it may see, for a screen on the wall.
pub fn room_wall(id: impl Display) -> String {
    format!("/traffar/{id}/rum/vagg")
}

/// What happens in the meeting room, told to a page of it that stays open.
pub fn room_news(id: impl Display) -> String {
    format!("/traffar/{id}/rum/nytt")
}

/// One's own part of a meeting as a file for a calendar.
pub fn meeting_file(id: impl Display) -> String {
    format!("/traffar/{id}/samverkan.ics")
}

/// The same for whoever an invitation's link was sent to.
pub fn invitation_file(token: impl Display) -> String {
    format!("/kallelse/{token}/samverkan.ics")
}

/// What others do to an agenda, told to a page of it that stays open.
pub fn agenda_news(id: impl Display) -> String {
    format!("/traffar/{id}/nytt")
}

/// One case.
pub fn case(id: impl Display) -> String {
    format!("/arenden/{id}")
}

/// Record a consent for a case.
pub fn case_consent(id: impl Display) -> String {
    format!("/arenden/{id}/samtycke")
}

/// The paper form for a consent of a case.
pub fn consent_paper(id: impl Display) -> String {
    format!("/arenden/{id}/samtycke/blankett")
}

/// Where a signed paper is sent to.
pub const ATTACH_PAPER: &str = "/blankett";

/// A signed paper of a case.
pub fn signed_paper(case: impl Display, paper: impl Display) -> String {
    format!("/arenden/{case}/blankett/{paper}")
}

/// The receipt of a consent of a case.
pub fn receipt(case: impl Display, consent: impl Display) -> String {
    format!("/arenden/{case}/samtycke/kvitto?samtycke={consent}")
}

/// Who has seen a case.
pub fn case_seen(id: impl Display) -> String {
    format!("/arenden/{id}/sett")
}

/// Record a withdrawal for a case.
pub fn case_withdraw(id: impl Display) -> String {
    format!("/arenden/{id}/aterkalla")
}

/// One minutes under review.
pub fn review(id: impl Display) -> String {
    format!("/granskning/{id}")
}

/// One minutes under review, beside a version that was reviewed before.
pub fn review_beside(id: impl Display, revision: i64) -> String {
    format!("/granskning/{id}?version={revision}")
}

/// Minutes: written, approved, printed.
pub fn minutes(id: impl Display) -> String {
    format!("/anteckningar/{id}")
}

/// What a unit was given of minutes, as a file: `pdf`, or `zip` for an archive.
pub fn extract(id: impl Display, kind: &str) -> String {
    format!("/anteckningar/{id}/utdrag.{kind}")
}

/// The answer page of an invitation.
pub fn invitation(token: impl Display) -> String {
    format!("/kallelse/{token}")
}

/// One unit.
pub fn unit(id: impl Display) -> String {
    format!("/kommunen/enheter/{id}")
}

/// What parties are for and what binds them.
pub const MANDATES: &str = "/kommunen/uppdrag";

/// What one kind of party is for and what binds it.
pub fn mandate(kind: UnitKind) -> String {
    format!("{MANDATES}/{}", kind.code())
}

/// One forum: seats and series.
pub fn forum(id: impl Display) -> String {
    format!("/kommunen/forum/{id}")
}

/// One seat of a forum.
pub fn seat(forum: impl Display, id: impl Display) -> String {
    format!("/kommunen/forum/{forum}/platser/{id}")
}

/// A new series of a forum, or with `?serie=` a series there is.
pub fn plan_series(forum: impl Display) -> String {
    format!("/kommunen/forum/{forum}/serie")
}

/// Move or cancel a meeting.
pub fn move_meeting(id: impl Display) -> String {
    format!("/traffar/{id}/flytta")
}

/// One person.
pub fn person(id: impl Display) -> String {
    format!("/kommunen/personer/{id}")
}

/// A calendar feed. The token is a secret: never log this address.
pub fn feed(token: impl Display) -> String {
    format!("/kalender/{token}.ics")
}

/// Sign-in that leads back to `page` afterwards.
#[must_use]
pub fn sign_in_then(page: &str) -> String {
    if page == WEEK || local(page).is_none() { SIGN_IN.to_owned() } else { with_query(SIGN_IN, "till", page) }
}

/// `path`, and from there to `page`, if that is one of ours and not where everybody goes anyway.
#[must_use]
pub fn then(path: &str, page: &str) -> String {
    match local(page) {
        Some(page) if page != WEEK => with_query(path, "till", page),
        _ => path.to_owned(),
    }
}

/// `path` with one more parameter in its query; the value is encoded.
#[must_use]
pub fn with_query(path: &str, name: &str, value: &str) -> String {
    let separator = if path.contains('?') { '&' } else { '?' };
    format!("{path}{separator}{name}={}", encoded(value))
}

/// `path` without the parameters of these names.
#[must_use]
pub fn without_query(path: &str, names: &[&str]) -> String {
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let kept = query.split('&').filter(|pair| {
        let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
        !pair.is_empty() && !names.contains(&name)
    });
    let kept: Vec<&str> = kept.collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// The text if it is a path on this very site: what may stand in a `Location` (WEB-04). `//host`, `/\host`, schemes and
/// control characters lead elsewhere in some browser and are refused.
#[must_use]
pub fn local(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('/')?;
    let safe = text.len() <= 1024
        && !rest.starts_with(['/', '\\'])
        && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'"' | b'<' | b'>'));
    safe.then_some(text)
}

/// Percent-encodes everything but unreserved characters and `/` (RFC 3986, 2.3 and 3.4).
fn encoded(value: &str) -> String {
    use std::fmt::Write as _;
    value.bytes().fold(String::with_capacity(value.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WEB-04
    #[test]
    fn only_a_path_of_our_own_may_be_gone_to() {
        for good in ["/", "/arenden/nytt", "/?vecka=2026-W48", "/traffar/7?a=b&c=%C3%A5#x"] {
            assert_eq!(local(good), Some(good));
        }
        for bad in [
            "",
            "arenden",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:1",
            "/a\r\nx: y",
            "/å",
            "/a b",
        ] {
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn sign_in_leads_back_to_where_one_was() {
        assert_eq!(sign_in_then("/arenden/7?utkast=a"), "/logga-in?till=/arenden/7%3Futkast%3Da");
        assert_eq!(sign_in_then("/"), "/logga-in");
        assert_eq!(sign_in_then("//evil.example"), "/logga-in");
    }

    #[test]
    fn parameters_are_added_and_taken_away() {
        assert_eq!(with_query("/a?b=c", "sagt", "sparat"), "/a?b=c&sagt=sparat");
        assert_eq!(without_query("/a?utkast=1&b=c&sagt=x", &["utkast", "sagt"]), "/a?b=c");
        assert_eq!(without_query("/a?sagt=x", &["sagt"]), "/a");
    }
}
