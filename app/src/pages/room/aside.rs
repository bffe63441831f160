//! Beside the item: its time, its consent, who is in the room, and the way on.

use backend::view::room::{Expected, Gate, Here, Leaving, Next, RoomPage, Way};
use chrono::{DateTime, Utc};
use domain::{consent::Voice, id::CaseId, meeting::MeetingState, room::Side};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{door::door, item_clock, short_label, whole_clock};
use crate::pages::case::confirm;
use crate::{
    api::room::{CheckOut, CheckOutUnit, CloseItem, OpenItem},
    components::{Chip, Dot, Press, Tone},
    path,
    request::today,
    text::{Lang, consent, date, room as text},
};

/// All that stands beside the item.
#[component]
pub fn Aside(
    /// The page.
    page: RoomPage,
    /// The instant now.
    now: DateTime<Utc>,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let current = page.current.clone();
    let confirm = current.as_ref().and_then(|current| {
        let (case, consent) = current.case.zip(current.gate.as_ref()?.to_acknowledge)?;
        Some(view! { <div data-item>{confirm(case, Some(consent), lang)}</div> })
    });
    let clock = current.as_ref().map(|current| view! { <div data-item>{item_clock(current, now, lang)}</div> });
    let whole = running_clock(&page, now, lang);
    let gate =
        current.and_then(|current| current.gate.zip(current.case)).map(|(gate, case)| gate_card(&gate, case, lang));
    let running = page.state == MeetingState::Running;
    let on = (running && page.leads).then(|| way_on(&page, lang));
    let door = running.then(|| door(&page, lang));
    view! {
        <aside>
            {clock}
            {whole}
            {confirm}
            {gate}
            <div class="beside" data-live="beside">
                {on}
                {running.then(|| people(&page, lang))}
                {door}
            </div>
            <p class="meta">{text::report_duty(lang)}</p>
        </aside>
    }
}

fn running_clock(page: &RoomPage, now: DateTime<Utc>, lang: Lang) -> impl IntoView + use<> {
    (page.state == MeetingState::Running).then(|| whole_clock(page, now, lang))
}

fn gate_card(gate: &Gate, case: CaseId, lang: Lang) -> impl IntoView + use<> {
    let mut sentence = text::consented(lang, gate.guardians, gate.child);
    if let Some(until) = gate.until {
        sentence = format!("{sentence}, {}", text::until(lang, date::day_month_near(until, today(), lang)));
    }
    let covers = text::covers(lang, text::list(lang, &gate.covered));
    let alone = gate.alone_until.map(|until| {
        view! { <p>{consent::decides_alone(lang, &date::day_month(until, lang))}</p> }
    });
    let not_told = (!gate.not_covered.is_empty()).then(|| {
        view! { <p><b>{consent::not_told(lang)}</b>{format!(": {}", gate.not_covered)}</p> }
    });
    view! {
        <div class="sheet gate" data-item data-live="gate">
            <Chip tone=Tone::Ok text=text::consent_holds(lang)/>
            <p>{format!("{sentence}. {covers}")}</p>
            {alone}
            {not_told}
            <a href=path::case_withdraw(case)>{text::take_back(lang)}</a>
        </div>
    }
}

/// The next item, and what it waits for.
fn way_on(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let Some(next) = &page.next else {
        let end = page.current.is_some().then(|| end_item(page, lang));
        return view! { <div class="stack near"><p class="soft">{text::no_next(lang)}</p>{end}</div> }.into_any();
    };
    let waits = match &next.way {
        Way::Open { missing } => missing_sides(missing.iter().copied(), lang).into_any(),
        // Without an item under way the sheet in the middle says it.
        Way::Blocked { must_leave, .. } if page.current.is_some() => blocked(page, next, must_leave, lang).into_any(),
        Way::Blocked { .. } => ().into_any(),
        Way::NoConsent => {
            view! { <p class="note"><span aria-hidden="true">"▲"</span><span>{text::no_consent_next(lang)}</span></p> }
                .into_any()
        }
        Way::Disqualified => {
            view! { <p class="note"><span aria-hidden="true">"▲"</span><span>{text::disqualified_next(lang)}</span></p> }
                .into_any()
        }
        Way::Nobody => {
            view! { <p class="note"><span aria-hidden="true">"▲"</span><span>{text::nobody_next(lang)}</span></p> }
                .into_any()
        }
    };
    let open = matches!(next.way, Way::Open { .. });
    let end = (page.current.is_some() && !open).then(|| end_item(page, lang));
    let words = format!("{} →", text::next_item(lang, short_label(&next.label, lang)));
    let fields = vec![("meeting", page.meeting.to_string()), ("item", next.item.to_string())];
    view! {
        <div class="stack near">
            {waits}
            <Press to=OpenItem::PATH fields words class="btn primary full" disabled=!open summary=true/>
            {end}
        </div>
    }
    .into_any()
}

fn end_item(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let fields = vec![("meeting", page.meeting.to_string())];
    view! { <Press to=CloseItem::PATH fields words=text::end_item(lang) class="btn full"/> }
}

fn missing_sides(missing: impl Iterator<Item = Side>, lang: Lang) -> impl IntoView {
    missing
        .map(|side| {
            let said = match side {
                Side::School => text::missing_school(lang),
                Side::SocialServices => text::missing_social(lang),
            };
            view! { <p class="note"><span aria-hidden="true">"▲"</span><span>{said}</span></p> }
        })
        .collect_view()
}

fn blocked(page: &RoomPage, next: &Next, must_leave: &[Leaving], lang: Lang) -> impl IntoView + use<> {
    let names = who_leaves(must_leave, lang);
    view! {
        <div class="sheet gate stop">
            <Chip tone=Tone::Stop text=text::before_next(lang, short_label(&next.label, lang))/>
            <p>{text::leaves(lang, text::list(lang, &names))}"."</p>
            <div class="btns stacked">{leave_buttons(page, must_leave, false, lang)}</div>
        </div>
    }
}

/// The units that must leave; where only some of a unit must, those people.
pub(super) fn who_leaves(must_leave: &[Leaving], lang: Lang) -> Vec<String> {
    let called = |one: &Leaving| {
        if one.whole {
            return vec![one.unit_name.clone()];
        }
        one.people.iter().map(|(_, name)| named(name, &one.unit_name, lang)).collect()
    };
    must_leave.iter().flat_map(called).collect()
}

/// "Eva Sand (BUP)"; a guest whose case the reader may not know has no name.
fn named(name: &str, unit: &str, lang: Lang) -> String {
    if name.is_empty() { text::guest_of(lang, unit.to_owned()) } else { format!("{name} ({unit})") }
}

/// One tap for each unit that must leave, or for each of its people.
pub(super) fn leave_buttons(
    page: &RoomPage,
    must_leave: &[Leaving],
    primary: bool,
    lang: Lang,
) -> impl IntoView + use<> {
    let class = if primary { "btn primary" } else { "btn" };
    let meeting = page.meeting.to_string();
    let whole = must_leave.iter().filter(|one| one.whole).map(|one| {
        let fields = vec![("meeting", meeting.clone()), ("unit", one.unit.to_string())];
        let (key, words) = (format!("leave-{}", one.unit), text::has_left(lang, one.unit_name.clone()));
        view! { <Press to=CheckOutUnit::PATH key fields words class/> }
    });
    let some = must_leave.iter().filter(|one| !one.whole);
    let some = some.flat_map(|one| one.people.iter().map(|(id, name)| (id, name, &one.unit_name)));
    let some = some.map(|(attendance, name, unit)| {
        let name = if name.is_empty() { &text::guest_of(lang, unit.clone()) } else { name };
        let fields = vec![("meeting", meeting.clone()), ("attendance", attendance.to_string())];
        let (key, words) = (format!("leaves-{attendance}"), text::has_left(lang, name.clone()));
        view! { <Press to=CheckOut::PATH key fields words class/> }
    });
    (whole.collect_view(), some.collect_view())
}

fn people(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let here = page.here.iter().map(|one| in_room(page, one, lang)).collect_view();
    let nobody = page.here.is_empty().then(|| view! { <p class="soft">{text::nobody_here(lang)}</p> });
    let expected = page.expected.iter().map(|one| to_come(one, lang)).collect_view();
    view! {
        <div>
            <h2>{text::in_the_room(lang)}</h2>
            {nobody}
            <ul class="room">{here}{expected}</ul>
        </div>
    }
}

fn in_room(page: &RoomPage, one: &Here, lang: Lang) -> impl IntoView + use<> {
    let dot = match (one.may_hear, one.leaves_next) {
        (false, _) => view! { <Dot kind="no" sign="✕" means=text::may_not_hear(lang)/> }.into_any(),
        (true, true) => {
            view! { <Dot kind="ask" sign="!" means=text::leaves(lang, String::new()).trim().to_owned()/> }.into_any()
        }
        (true, false) => view! { <Dot kind="yes" sign="✓" means=text::may_hear(lang)/> }.into_any(),
    };
    let out = page.leads.then(|| {
        let fields = vec![("meeting", page.meeting.to_string()), ("attendance", one.attendance.to_string())];
        let (key, name) = (format!("out-{}", one.attendance), text::out_name(lang, one.name.clone()));
        view! { <Press to=CheckOut::PATH key fields words=text::out(lang) name class="btn small"/> }
    });
    let (of, kind) = (one.unit_name.clone(), one.guest.map(|kind| text::guest_kind(kind, lang)));
    let unit = kind.map_or_else(|| of.clone(), |kind| text::guest_with(lang, kind, of.clone()));
    let instead = one.stands_in.clone().map(|holder| format!(", {}", text::stands_in(lang, holder)));
    let silent = one.voice.filter(|voice| *voice != Voice::Tells).map(|voice| {
        view! { <small data-item>{consent::voice(voice, lang)}</small> }
    });
    let of_item = one.guest.is_some().then_some(""); // a guest tells of the case they came for
    view! {
        <li data-item=of_item>{dot}<span>{unit}<small>{one.name.clone()}{instead}</small>{silent}</span>{out}</li>
    }
}

fn to_come(one: &Expected, lang: Lang) -> impl IntoView + use<> {
    let joins = text::joins_at(lang, date::clock(one.joins));
    let said = one.people.first().map_or_else(|| joins.clone(), |name| format!("{name}, {joins}"));
    view! { <li><Dot kind="gone" sign="–" means=joins/><span>{one.unit_name.clone()}<small>{said}</small></span></li> }
}
