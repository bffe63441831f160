//! What units undertook: whose and by when on a list across cases, with its words where the case is.

use backend::view::action_list::{ActionList, Due, Stands, Undertaken, action_list};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::undertaking::{DropUndertaking, MoveUndertaking, TickUndertaking},
    components::{DateField, Empty, Field, Form, Press, Title},
    form::FormState,
    path,
    problem::Problem,
    request::page,
    text::{Lang, date, minutes as text},
};

/// The page of undertakings.
#[component]
pub fn ActionsPage() -> impl IntoView {
    page(|ask| async move {
        let list = action_list(&ask.backend, &ask.actor).await?;
        Ok::<_, Problem>(view(list, ask.lang))
    })
}

fn view(list: ActionList, lang: Lang) -> impl IntoView {
    let none = list.own.is_empty() && list.others.is_empty() && list.settled.is_empty();
    let empty =
        none.then(|| view! { <Empty title=text::no_actions(lang)><p>{text::no_actions_text(lang)}</p></Empty> });
    let hint = (!none).then(|| view! { <p class="hint">{text::actions_hint(lang)}</p> });
    view! {
        <Title text=text::actions(lang)/>
        <div class="head"><div><h1>{text::actions(lang)}</h1>{hint}</div></div>
        {empty}
        {table(text::own_actions(lang), list.own, lang)}
        {table(text::other_actions(lang), list.others, lang)}
        {table(text::settled_actions(lang), list.settled, lang)}
    }
}

fn table(heading: &'static str, rows: Vec<Due>, lang: Lang) -> impl IntoView {
    let empty = rows.is_empty();
    let rows = rows.into_iter().map(|one| row(one, lang)).collect_view();
    (!empty).then(|| {
        view! {
            <section class="sheet">
                <table class="table">
                    <caption>{heading}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text::case(lang)}</th>
                            <th scope="col">{text::by_whom(lang)}</th>
                            <th scope="col">{text::due(lang)}</th>
                            <th scope="col">{text::status(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

fn row(one: Due, lang: Lang) -> impl IntoView {
    view! {
        <tr>
            <th scope="row"><a class="ref" href=format!("{}#atgarder", path::case(one.case))>{one.reference}</a></th>
            <td data-label=text::by_whom(lang)>{one.unit}</td>
            <td data-label=text::due(lang)>{date::day_month(one.due_on, lang)}</td>
            <td data-label=text::status(lang)>{stands(one.stands, lang)}</td>
        </tr>
    }
}

fn stands(stands: Stands, lang: Lang) -> impl IntoView + use<> {
    let near = |day| date::day_month(day, lang);
    match stands {
        Stands::Open => view! { <span>{text::open_action(lang)}</span> }.into_any(),
        Stands::Overdue => view! { <span class="late">{format!("▲ {}", text::overdue(lang))}</span> }.into_any(),
        Stands::Done(on) => view! { <span>{text::done_on(lang, near(on))}</span> }.into_any(),
        Stands::Dropped(on) => view! { <span>{text::dropped_on(lang, near(on))}</span> }.into_any(),
    }
}

/// "Skola · 4 december, försenad · flyttad från 27 november: mentorn är sjuk".
fn more(one: &Undertaken, lang: Lang) -> impl IntoView + use<> {
    let near = |day| date::day_month(day, lang);
    let moved = one.moved_from.map(|day| format!(" · {}", text::moved_from(lang, near(day))));
    let word = (!one.word.is_empty()).then(|| format!(": {}", one.word));
    let when = match one.stands {
        Stands::Open | Stands::Overdue => near(one.due_on),
        Stands::Done(_) | Stands::Dropped(_) => String::new(),
    };
    let state = (one.stands != Stands::Open).then(|| view! { " " {stands(one.stands, lang)} });
    view! { <small>{one.unit.clone()} " · " {when} {state} {moved} {word}</small> }
}

/// What becomes of it: done with one press; another day, or dropped, with a word.
fn deeds(one: &Undertaken, lang: Lang) -> impl IntoView + use<> {
    let (id, open) = (one.id.to_string(), one.stands.is_open());
    let (words, name) = if open {
        (text::tick(lang), text::tick_name(lang, one.what.clone()))
    } else {
        (text::untick(lang), String::new())
    };
    let fields = vec![("id", id.clone()), ("done", open.to_string())];
    let press = view! { <Press to=TickUndertaking::PATH key=id.clone() fields words name class="btn small"/> };
    one.may_settle.then(|| view! { <div class="acts screen-only">{press}</div> })
}

/// Another day, or not at all: folded away beneath it.
fn otherwise(one: &Undertaken, lang: Lang) -> impl IntoView + use<> {
    let id = one.id;
    let (moving, dropping) = (format!("flytta-{id}"), format!("stryk-{id}"));
    let sent =
        FormState::of(MoveUndertaking::PATH, &moving).sent || FormState::of(DropUndertaking::PATH, &dropping).sent;
    let name = text::move_name(lang, one.what.clone());
    (one.may_settle && one.stands.is_open()).then(|| {
        view! {
            <details class="otherwise screen-only" open=sent>
                <summary aria-label=name>{text::move_or_drop(lang)}</summary>
                <Form to=MoveUndertaking::PATH key=moving class="stack near">
                    <input type="hidden" name="id" value=id.to_string()/>
                    <DateField name="due_on" label=text::new_day(lang)/>
                    <Field name="word" label=text::why(lang) maxlength=300 class="long"/>
                    <div class="btns"><button class="btn small">{text::do_move(lang)}</button></div>
                </Form>
                <Form to=DropUndertaking::PATH key=dropping class="stack near">
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Field name="word" label=text::why(lang) maxlength=300 class="long"/>
                    <div class="btns"><button class="btn small">{text::do_drop(lang)}</button></div>
                </Form>
            </details>
        }
    })
}

/// Undertakings with their words, on a case's page and on top of its item in the room.
#[component]
pub fn FollowUp(
    /// What it is called.
    heading: &'static str,
    /// The undertakings.
    rows: Vec<Undertaken>,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|one| {
            let (kind, sign) = match one.stands {
                Stands::Overdue => ("dot no", "!"),
                Stands::Open => ("dot ask", "–"),
                Stands::Done(_) => ("dot yes", "✓"),
                Stands::Dropped(_) => ("dot", "✕"),
            };
            view! {
                <li>
                    <span class=kind aria-hidden="true">{sign}</span>
                    <div>{one.what.clone()}{more(&one, lang)}{otherwise(&one, lang)}</div>
                    {deeds(&one, lang)}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="sheet need" id="atgarder" aria-labelledby="follow-up">
            <h2 id="follow-up">{heading}</h2>
            <ul class="need">{rows}</ul>
        </section>
    }
}
