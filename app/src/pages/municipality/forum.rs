//! One forum: its ages and place, its seats, its series.

use backend::view::municipality::{self, ForumCard, ForumPage as View, SeriesLine, StandingItemLine};
use domain::{id::ForumId, series::DayPolicy, visibility::Role};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use super::{crumb, forum_line, overview::when, seats::seats, way_back};
use crate::{
    api::municipality::{AddForum, AddStandingItem, ChangeForum, RemoveStandingItem},
    components::{Checkbox, Crumbs, Field, Form, Select, Title},
    path,
    problem::Problem,
    request::{page, param},
    text::{Lang, date, municipality as text, series as series_text, words},
};

/// A form for a new forum.
#[component]
pub fn NewForumPage() -> impl IntoView {
    page(|ask| async move {
        ask.actor.must_be(&[Role::Administrator])?;
        let lang = ask.lang;
        Ok(view! {
            <Title text=text::new_forum(lang)/>
            <Crumbs steps=vec![crumb(lang)]/>
            <div class="head"><h1>{text::new_forum(lang)}</h1></div>
            <Form to=AddForum::PATH class="sheet block">
                {fields(None, lang)}
                <div class="btns">
                    <button class="btn primary">{words::save(lang)}</button>
                    {way_back(path::MUNICIPALITY.to_owned(), lang)}
                </div>
            </Form>
        })
    })
}

/// One forum.
#[component]
pub fn ForumPage() -> impl IntoView {
    let id = param::<ForumId>("id");
    page(|ask| async move {
        let view = municipality::forum(&ask.backend, &ask.actor, id?).await?;
        Ok::<_, Problem>(shown(view, ask.lang))
    })
}

fn shown(view: View, lang: Lang) -> impl IntoView {
    let name = view.card.forum.name.clone();
    let line = forum_line(&view.card.forum, lang);
    let place = format!("{} · {}", view.card.host, view.card.place);
    let items = standing_items(view.card.forum.id, &view.standing_items, view.may_edit, lang);
    let facts = view.may_edit.then(|| facts(view.card.clone(), lang));
    let series = series(&view.card, view.may_edit, lang);
    view! {
        <Title text=words::parties(lang)/>
        <Crumbs steps=vec![crumb(lang)]/>
        <div class="head">
            <div>
                {line}
                <h1>{name}</h1>
                <p>{place}</p>
            </div>
        </div>
        {series}
        {seats(view, lang)}
        {items}
        {facts}
    }
}

fn series(card: &ForumCard, may_edit: bool, lang: Lang) -> impl IntoView + use<> {
    let new = path::plan_series(card.forum.id);
    let list = if card.series.is_empty() {
        Either::Left(view! { <p class="soft">{series_text::no_series(lang)}</p> })
    } else {
        let forum = card.forum.id;
        let lines = card.series.iter().map(|series| series_line(series, forum, may_edit, lang)).collect_view();
        Either::Right(view! { <ul class="seats">{lines}</ul> })
    };
    view! {
        <section class="sheet block near">
            <div class="spread">
                <h2>{series_text::series(lang)}</h2>
                {may_edit.then(|| view! { <a class="btn" href=new>{series_text::new_series(lang)}</a> })}
            </div>
            {list}
        </section>
    }
}

fn series_line(series: &SeriesLine, forum: ForumId, may_edit: bool, lang: Lang) -> impl IntoView + use<> {
    let span = date::day_span(series.plan.from, series.plan.until, lang);
    let to = path::with_query(&path::plan_series(forum), "serie", &series.id.to_string());
    let over = series.over.then(|| view! { <small>{series_text::over(lang)}</small> });
    view! {
        <li class=if series.over { "ended" } else { "" }>
            <span>{date::capitalised(&when(series, lang))}<small>{series.place.clone()}</small></span>
            <span>{span}{over}</span>
            {(may_edit && !series.over)
                .then(|| view! { <a class="btn small" href=to aria-label=series_text::change_series(lang)>{words::edit(lang)}</a> })}
        </li>
    }
}

fn facts(card: ForumCard, lang: Lang) -> impl IntoView {
    view! {
        <Form to=ChangeForum::PATH class="sheet block">
            <h2>{text::forum_facts(lang)}</h2>
            <input type="hidden" name="forum" value=card.forum.id.to_string()/>
            <input type="hidden" name="version" value=card.version.to_string()/>
            {fields(Some(&card), lang)}
            <div class="btns"><button class="btn">{words::save(lang)}</button></div>
        </Form>
    }
}

fn policies(lang: Lang) -> Vec<(String, String)> {
    DayPolicy::ALL
        .iter()
        .map(|policy| (policy.code().to_owned(), series_text::day_choice(*policy, None, lang)))
        .collect()
}

/// What stands on every agenda.
fn standing_items(forum: ForumId, items: &[StandingItemLine], may_edit: bool, lang: Lang) -> impl IntoView + use<> {
    let list = if items.is_empty() {
        Either::Left(view! { <p class="soft">{text::no_standing_items(lang)}</p> })
    } else {
        let lines = items.iter().map(|item| standing_item(forum, item, may_edit, lang)).collect_view();
        Either::Right(view! { <ul class="rows-list">{lines}</ul> })
    };
    let add = may_edit.then(|| {
        view! {
            <Form to=AddStandingItem::PATH class="stack">
                <input type="hidden" name="forum" value=forum.to_string()/>
                <div class="row">
                    <Field name="title" label=text::item_title(lang) maxlength=120/>
                    <Field name="minutes" label=series_text::minutes(lang) value="5" inputmode="numeric" maxlength=3 class="number"/>
                </div>
                <Checkbox name="closing" label=text::item_closing(lang)/>
                <div class="btns"><button class="btn">{text::add_item(lang)}</button></div>
            </Form>
        }
    });
    view! {
        <section class="sheet block near">
            <h2>{text::standing_items(lang)}</h2>
            <p class="hint">{text::standing_items_lead(lang)}</p>
            {list}
            {add}
        </section>
    }
}

fn standing_item(forum: ForumId, item: &StandingItemLine, may_edit: bool, lang: Lang) -> impl IntoView + use<> {
    let place = if item.closing { text::stands_last(lang) } else { text::stands_first(lang) };
    let facts = format!("{} · {}", date::minutes(item.minutes.into()), place);
    let (id, title) = (item.id.to_string(), item.title.clone());
    let label = text::remove_item(lang, &title);
    view! {
        <li class="spread">
            <span>{title}<small>{facts}</small></span>
            {may_edit
                .then(|| {
                    view! {
                        <Form to=RemoveStandingItem::PATH key=id.clone() class="inline" summary=false>
                            <input type="hidden" name="forum" value=forum.to_string()/>
                            <input type="hidden" name="standing" value=id/>
                            <button class="btn small" aria-label=label>{text::take_off(lang)}</button>
                        </Form>
                    }
                })}
        </li>
    }
}

fn fields(card: Option<&ForumCard>, lang: Lang) -> impl IntoView + use<> {
    let given = |of: fn(&ForumCard) -> String| card.map(of).unwrap_or_default();
    let minutes = card.map_or(20, |card| card.item_minutes).to_string();
    let meeting_minutes = card.map_or(120, |card| card.meeting_minutes).to_string();
    let freeze_days = card.map_or(0, |card| card.freeze_days).to_string();
    let review_days = card.map_or(7, |card| card.review_days).to_string();
    let on_red_days = card.map_or(DayPolicy::Skip, |card| card.on_red_days).code();
    let on_breaks = card.map_or(DayPolicy::Skip, |card| card.on_breaks).code();
    view! {
        <Field name="name" label=text::forum_name(lang) value=given(|card| card.forum.name.clone())/>
        <Field name="short_name" label=text::short_name(lang) value=given(|card| card.forum.short_name.clone()) maxlength=16/>
        <div class="row">
            <Field
                name="age_from"
                label=text::age_from(lang)
                value=given(|card| card.forum.age_from.to_string())
                inputmode="numeric"
                maxlength=2
                class="number"
            />
            <Field
                name="age_to"
                label=text::age_to(lang)
                value=given(|card| card.forum.age_to.to_string())
                inputmode="numeric"
                maxlength=2
                class="number"
            />
        </div>
        <p class="hint">{text::age_hint(lang)}</p>
        <Field name="host" label=text::host(lang) value=given(|card| card.host.clone()) hint=text::host_hint(lang)/>
        <Field name="place" label=text::place(lang) value=given(|card| card.place.clone()) hint=text::place_hint(lang)/>
        <div class="row">
            <Field
                name="meeting_minutes"
                label=text::meeting_minutes(lang)
                value=meeting_minutes
                inputmode="numeric"
                maxlength=3
                class="number"
            />
            <Field
                name="item_minutes"
                label=text::item_minutes(lang)
                value=minutes
                inputmode="numeric"
                maxlength=3
                class="number"
            />
        </div>
        <Field
            name="freeze_days"
            label=text::freeze_days(lang)
            value=freeze_days
            hint=text::freeze_hint(lang)
            inputmode="numeric"
            maxlength=2
            class="number"
        />
        <Field
            name="review_days"
            label=text::review_days(lang)
            value=review_days
            hint=text::review_hint(lang)
            inputmode="numeric"
            maxlength=2
            class="number"
        />
        <Select
            name="on_red_days"
            label=text::on_red_days(lang)
            options=policies(lang)
            value=on_red_days
            hint=text::on_red_days_hint(lang)
        />
        <Select name="on_breaks" label=text::on_breaks(lang) options=policies(lang) value=on_breaks/>
    }
}
