//! What units undertook.

use backend::view::action_list::{ActionList, Undertaken, action_list};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::minutes::TickUndertaking,
    components::{Empty, Press, Title},
    path,
    problem::Problem,
    request::page,
    text::{Lang, date, minutes as text, room},
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
    let none = list.own.is_empty() && list.others.is_empty() && list.done.is_empty();
    let empty =
        none.then(|| view! { <Empty title=text::no_actions(lang)><p>{text::no_actions_text(lang)}</p></Empty> });
    view! {
        <Title text=text::actions(lang)/>
        <div class="head"><div><h1>{text::actions(lang)}</h1></div></div>
        {empty}
        {table(text::own_actions(lang), list.own, lang)}
        {table(text::other_actions(lang), list.others, lang)}
        {table(text::done_actions(lang), list.done, lang)}
    }
}

fn table(heading: &'static str, rows: Vec<Undertaken>, lang: Lang) -> impl IntoView {
    let empty = rows.is_empty();
    let rows = rows.into_iter().map(|one| row(one, lang)).collect_view();
    (!empty).then(|| {
        view! {
            <section class="sheet">
                <table class="table">
                    <caption>{heading}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text::action(lang)}</th>
                            <th scope="col">{text::case(lang)}</th>
                            <th scope="col">{text::by_whom(lang)}</th>
                            <th scope="col">{text::due(lang)}</th>
                            <th scope="col"><span class="visually-hidden">{text::tick(lang)}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

fn row(one: Undertaken, lang: Lang) -> impl IntoView {
    let deed = one.may_tick.then(|| tick(&one, lang));
    view! {
        <tr>
            <th scope="row">{one.what.clone()}</th>
            <td data-label=text::case(lang)><a class="ref" href=path::case(one.case)>{one.reference.clone()}</a></td>
            <td data-label=text::by_whom(lang)>{one.unit.clone()}</td>
            <td data-label=text::due(lang)>{when(&one, lang)}</td>
            <td class="deed">{deed}</td>
        </tr>
    }
}

/// By when, or when it was done.
fn when(one: &Undertaken, lang: Lang) -> impl IntoView + use<> {
    let day = date::day_month(one.due_on, lang);
    match (one.done_on, one.overdue) {
        (Some(on), _) => view! { <span>{text::done_on(lang, date::day_month(on, lang))}</span> }.into_any(),
        (None, true) => view! { <span class="late">{format!("▲ {day}, {}", text::overdue(lang))}</span> }.into_any(),
        (None, false) => view! { <span>{day}</span> }.into_any(),
    }
}

fn tick(one: &Undertaken, lang: Lang) -> impl IntoView + use<> {
    let done = one.done_on.is_some();
    let (words, name) = if done {
        (text::untick(lang), String::new())
    } else {
        (text::tick(lang), text::tick_name(lang, one.what.clone()))
    };
    let fields = vec![("id", one.id.to_string()), ("done", (!done).to_string())];
    view! { <Press to=TickUndertaking::PATH key=one.id.to_string() fields words name class="btn small"/> }
}

/// Undertakings of earlier meetings, on top of the case's item.
#[component]
pub fn FollowUp(
    /// What is not done.
    rows: Vec<Undertaken>,
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|one| {
            let deed = one.may_tick.then(|| tick(&one, lang));
            let (kind, sign) = if one.overdue { ("dot no", "!") } else { ("dot ask", "–") };
            let more = view! { <small>{one.unit.clone()} " · " {when(&one, lang)}</small> };
            view! {
                <li>
                    <span class=kind aria-hidden="true">{sign}</span>
                    <span>{one.what.clone()}{more}</span>
                    {deed}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="sheet need" aria-labelledby="follow-up">
            <h2 id="follow-up">{room::follow_up(lang)}</h2>
            <ul class="need">{rows}</ul>
        </section>
    }
}
