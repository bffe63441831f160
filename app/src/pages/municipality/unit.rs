//! One unit: its names, who works there, where it sits.

use backend::view::municipality::{self, UnitLine, UnitPage as View};
use domain::{id::UnitId, unit::UnitKind, visibility::Role};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use super::{crumb, forum_line, way_back};
use crate::{
    api::municipality::{AddUnit, ChangeUnit, CloseUnit},
    components::{Crumbs, Field, Form, Select, Title},
    path,
    problem::Problem,
    request::{page, param},
    text::{Lang, mandate, municipality as text, words},
};

/// A form for a new unit.
#[component]
pub fn NewUnitPage() -> impl IntoView {
    page(|ask| async move {
        ask.actor.must_be(&[Role::Administrator])?;
        let lang = ask.lang;
        let kinds = UnitKind::ALL.iter().map(|kind| choice(*kind, lang)).collect::<Vec<_>>();
        Ok(view! {
            <Title text=text::new_unit(lang)/>
            <Crumbs steps=vec![crumb(lang)]/>
            <div class="head"><h1>{text::new_unit(lang)}</h1></div>
            <Form to=AddUnit::PATH class="sheet block">
                <Select name="kind" label=text::kind(lang) options=kinds hint=text::kind_hint(lang)/>
                {names(None, lang)}
                <div class="btns">
                    <button class="btn primary">{words::save(lang)}</button>
                    {way_back(path::MUNICIPALITY.to_owned(), lang)}
                </div>
            </Form>
        })
    })
}

/// One unit.
#[component]
pub fn UnitPage() -> impl IntoView {
    let id = param::<UnitId>("id");
    page(|ask| async move {
        let view = municipality::unit(&ask.backend, &ask.actor, id?).await?;
        Ok::<_, Problem>(shown(view, ask.lang))
    })
}

fn shown(view: View, lang: Lang) -> impl IntoView {
    let View { unit, staff, forums, may_edit } = view;
    let open = may_edit && !unit.closed;
    let staff = if staff.is_empty() {
        Either::Left(view! { <p class="soft">{text::nobody_works_here(lang)}</p> })
    } else {
        let names = staff.into_iter().map(|person| view! { <li>{person.name}</li> }).collect_view();
        Either::Right(view! { <ul class="rows-list">{names}</ul> })
    };
    let forums = if forums.is_empty() {
        Either::Left(view! { <p class="soft">{text::sits_nowhere(lang)}</p> })
    } else {
        let lines = forums
            .iter()
            .map(|forum| view! { <li><a href=path::forum(forum.id)>{forum_line(forum, lang)}</a></li> })
            .collect_view();
        Either::Right(view! { <ul class="rows-list">{lines}</ul> })
    };
    view! {
        <Title text=text::unit(lang)/>
        <Crumbs steps=vec![crumb(lang)]/>
        <div class="head">
            <div>
                <h1>{unit.name.clone()}</h1>
                <p>{format!("{} · {}", text::unit_kind(unit.kind, lang), unit.authority)}</p>
            </div>
            {unit.closed.then(|| view! { <span class="chip">{text::closed_unit(lang)}</span> })}
        </div>
        <div class="file">
            <div>
                {open.then(|| change(unit.clone(), lang))}
                <section class="sheet block near"><h2>{text::works_here(lang)}</h2>{staff}</section>
            </div>
            <aside>
                <section class="sheet side-box"><h2>{text::sits_in(lang)}</h2>{forums}</section>
                <p class="sheet side-box"><a href=path::mandate(unit.kind)>{mandate::title(lang)}</a></p>
                {open.then(|| close(unit.id, unit.version, lang))}
            </aside>
        </div>
    }
}

fn change(unit: UnitLine, lang: Lang) -> impl IntoView {
    view! {
        <Form to=ChangeUnit::PATH class="sheet block">
            <input type="hidden" name="unit" value=unit.id.to_string()/>
            <input type="hidden" name="version" value=unit.version.to_string()/>
            <input type="hidden" name="kind" value=unit.kind.code()/>
            {names(Some(&unit), lang)}
            <div class="btns"><button class="btn primary">{words::save(lang)}</button></div>
        </Form>
    }
}

fn close(unit: UnitId, version: i64, lang: Lang) -> impl IntoView {
    view! {
        <Form to=CloseUnit::PATH class="sheet side-box">
            <h2>{text::close_unit(lang)}</h2>
            <p class="hint">{text::close_unit_text(lang)}</p>
            <input type="hidden" name="unit" value=unit.to_string()/>
            <input type="hidden" name="version" value=version.to_string()/>
            <button class="btn danger quiet">{text::close_unit(lang)}</button>
        </Form>
    }
}

fn names(unit: Option<&UnitLine>, lang: Lang) -> impl IntoView + use<> {
    let given = |of: fn(&UnitLine) -> &String| unit.map(of).cloned().unwrap_or_default();
    view! {
        <Field name="name" label=text::unit_name(lang) value=given(|unit| &unit.name) hint=text::unit_name_hint(lang)/>
        <Field
            name="short_name"
            label=text::short_name(lang)
            value=given(|unit| &unit.short_name)
            hint=text::short_name_hint(lang)
            maxlength=16
        />
        <Field
            name="authority"
            label=text::authority(lang)
            value=given(|unit| &unit.authority)
            hint=text::authority_hint(lang)
        />
    }
}

fn choice(kind: UnitKind, lang: Lang) -> (String, String) {
    (kind.code().to_owned(), text::unit_kind(kind, lang).to_owned())
}
