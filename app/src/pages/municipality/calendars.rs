//! How many calendar addresses there are, and the way to end them where one went astray.

use backend::view::calendar_addresses::{CalendarAddresses, calendar_addresses};
use leptos::{either::Either, prelude::*, server_fn::ServerFn as _};

use super::crumb;
use crate::{
    api::calendar::{EndAllCalendars, EndForumCalendars},
    components::{Crumbs, Press, Title},
    request::page,
    text::{Lang, calendars as text},
};

/// The addresses of everybody, counted.
#[component]
pub fn CalendarAddressesPage() -> impl IntoView {
    page(|ask| async move {
        let addresses = calendar_addresses(&ask.backend, &ask.actor).await?;
        Ok(shown(addresses, ask.lang))
    })
}

fn shown(addresses: CalendarAddresses, lang: Lang) -> impl IntoView {
    let list = if addresses.all() == 0 {
        Either::Left(
            view! { <section class="sheet block near"><p class="soft">{text::addresses_none(lang)}</p></section> },
        )
    } else {
        Either::Right(listed(addresses, lang))
    };
    view! {
        <Title text=text::addresses(lang)/>
        <Crumbs steps=vec![crumb(lang)]/>
        <div class="head"><div><h1>{text::addresses(lang)}</h1><p>{text::addresses_lead(lang)}</p></div></div>
        {list}
    }
}

fn listed(addresses: CalendarAddresses, lang: Lang) -> impl IntoView {
    let CalendarAddresses { own, units, forums } = addresses;
    let plain = [(text::own_of_all(lang), own), (text::units_of_all(lang), units)]
        .map(|(whose, many)| row(whose.to_owned(), many, None, lang));
    let of_forums = forums
        .into_iter()
        .map(|(forum, name, many)| {
            let label = text::end_forum(lang, &name);
            let fields = vec![("forum", forum.to_string())];
            let end = (many > 0).then(|| {
                view! {
                    <Press
                        to=EndForumCalendars::PATH
                        key=forum.to_string()
                        fields
                        words=text::end(lang)
                        name=label
                        class="btn small danger"
                    />
                }
            });
            row(text::holds_forum(lang, &name), many, end.map(IntoAny::into_any), lang)
        })
        .collect_view();
    view! {
        <section class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::whose(lang)}</th>
                        <th scope="col" class="num">{text::how_many(lang)}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{plain} {of_forums}</tbody>
            </table>
        </section>
        <section class="sheet">
            <details class="fold block near">
                <summary>{text::everybodys(lang)}</summary>
                <p>{text::everybodys_text(lang)}</p>
                <Press to=EndAllCalendars::PATH fields=vec![] words=text::everybodys(lang) class="btn danger"/>
            </details>
        </section>
    }
}

fn row(whose: String, many: usize, end: Option<AnyView>, lang: Lang) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{whose}</th>
            <td class="num" data-label=text::how_many(lang)>{many}</td>
            <td>{end}</td>
        </tr>
    }
}
