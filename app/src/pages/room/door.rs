//! At the door of the room: who comes in, guests, and who takes no part in an item.

use backend::view::room::{Expected, Recused, RoomPage};
use domain::room::GuestKind;
use leptos::{prelude::*, server_fn::ServerFn};

use super::short_label;
use crate::{
    api::room::{CheckIn, LetInGuest, Recuse, TakeBackRecusal},
    components::{Checkbox, Field, Form, Press, Select},
    form::FormState,
    text::{Lang, room as text},
};

/// Forms beside each other with fields of the same names.
const GUEST: &str = "guest";
const RECUSAL: &str = "recusal";

/// Letting people in, for whoever leads; declaring oneself disqualified, for everybody.
pub(super) fn door(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let comes = page.leads.then(|| (colleagues(page, lang), guests(page, lang)));
    view! {
        <div class="stack near">
            {comes}
            {recusal(page, lang)}
        </div>
    }
}

fn colleagues(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let meeting = page.meeting.to_string();
    let hear = || page.expected.iter().filter(|one| one.may_hear);
    let press = |one: &Expected, name: &String, words: String| {
        let fields =
            vec![("meeting", page.meeting.to_string()), ("unit", one.unit.to_string()), ("name", name.clone())];
        view! { <Press to=CheckIn::PATH key=format!("in-{}-{name}", one.unit) fields words class="btn small"/> }
    };
    let holders = hear().filter_map(|one| {
        let name = one.people.first()?;
        Some(press(one, name, format!("{}: {name}", one.unit_name)))
    });
    let deputies = hear().flat_map(|one| one.people.iter().skip(1).map(move |name| (one, name)));
    let deputies = deputies.map(|(one, name)| press(one, name, format!("{}: {name}", one.unit_name))).collect_view();
    let options = page.units.iter().map(|(unit, name)| (unit.to_string(), name.clone())).collect::<Vec<_>>();
    let instead = (!deputies.is_empty()).then(|| {
        view! { <p class="hint">{text::deputies(lang)}</p><div class="row">{deputies}</div> }
    });
    view! {
        <div class="row">{holders.collect_view()}</div>
        <details class="fold" open=FormState::of(CheckIn::PATH, "").sent>
            <summary>{text::let_in(lang)}</summary>
            {instead}
            <Form to=CheckIn::PATH class="stack near">
                <input type="hidden" name="meeting" value=meeting/>
                <Select name="unit" label=text::unit(lang) options/>
                <Field name="name" label=text::name(lang) maxlength=100/>
                <div class="btns"><button class="btn">{text::let_in(lang)}</button></div>
            </Form>
        </details>
    }
}

/// G5
fn guests(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let meeting = page.meeting.to_string();
    let units = page.units.iter().map(|(unit, name)| (unit.to_string(), name.clone())).collect::<Vec<_>>();
    let items = cases(page, lang);
    let kinds = GuestKind::ALL.iter().map(|kind| (kind.code().to_owned(), text::guest_kind(*kind, lang).to_owned()));
    let kinds: Vec<_> = kinds.collect();
    (!items.is_empty()).then(|| {
        view! {
            <details class="fold" open=FormState::of(LetInGuest::PATH, GUEST).sent>
                <summary>{text::let_in_guest(lang)}</summary>
                <Form to=LetInGuest::PATH key=GUEST class="stack near">
                    <input type="hidden" name="meeting" value=meeting/>
                    <Select name="item" label=text::guest_item(lang) options=items/>
                    <Select name="guest" label=text::guest(lang) options=kinds/>
                    <Field name="guest_name" label=text::guest_name(lang) maxlength=100/>
                    <Select name="unit" label=text::comes_with(lang) options=units/>
                    <Checkbox name="approved" label=text::guest_approved(lang)/>
                    <p class="hint">{text::guest_hint(lang)}</p>
                    <div class="btns"><button class="btn">{text::let_in_guest(lang)}</button></div>
                </Form>
            </details>
        }
    })
}

/// G4
fn recusal(page: &RoomPage, lang: Lang) -> impl IntoView + use<> {
    let meeting = page.meeting.to_string();
    let items = cases(page, lang);
    let marked = page.recused.iter().map(|one| mark(page, one, lang)).collect_view();
    let marked = (!page.recused.is_empty()).then(|| view! { <ul class="room">{marked}</ul> });
    let here = page.here.iter().filter(|one| one.guest.is_none());
    let people: Vec<_> =
        here.map(|one| (one.attendance.to_string(), format!("{} ({})", one.name, one.unit_name))).collect();
    let who = page.leads.then(|| {
        view! { <Select name="attendance" label=text::who(lang) options=people hint=text::who_hint(lang) optional=true/> }
    });
    let words = if page.leads { text::recuse(lang) } else { text::recuse_me(lang) };
    (!items.is_empty()).then(|| {
        view! {
            <details class="fold" open=FormState::of(Recuse::PATH, RECUSAL).sent>
                <summary>{words}</summary>
                {marked}
                <Form to=Recuse::PATH key=RECUSAL class="stack near">
                    <input type="hidden" name="meeting" value=meeting/>
                    <Select name="item" label=text::recuse_item(lang) options=items/>
                    {who}
                    <p class="hint">{text::recuse_hint(lang)}</p>
                    <div class="btns"><button class="btn">{words}</button></div>
                </Form>
            </details>
        }
    })
}

fn mark(page: &RoomPage, one: &Recused, lang: Lang) -> impl IntoView + use<> {
    let back = (page.leads || one.own).then(|| {
        let ids = [("meeting", page.meeting.to_string()), ("item", one.item.to_string()), ("id", one.id.to_string())];
        let (key, name) = (format!("back-{}", one.id), text::recuse_back_name(lang, one.name.clone()));
        view! { <Press to=TakeBackRecusal::PATH key fields=ids.to_vec() words=text::recuse_back(lang) name class="btn small"/> }
    });
    let said = format!("{} ({})", one.name, one.unit_name);
    view! { <li><span>{short_label(&one.label, lang)}<small>{said}</small></span>{back}</li> }
}

fn cases(page: &RoomPage, lang: Lang) -> Vec<(String, String)> {
    page.cases.iter().map(|(item, label)| (item.to_string(), short_label(label, lang))).collect()
}
