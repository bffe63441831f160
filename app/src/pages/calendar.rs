//! One's own calendar: its addresses, and how to use them.

use backend::{
    calendar::Alarm,
    view::my_calendar::{
        CalendarWay, Choice, MadeAddress, Subscription, calendar_way, choices, made_address, my_calendar,
    },
};
use domain::time::day;
use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    api::calendar::{ChooseWay, EndAllFeeds, EndFeed, MakeFeed},
    components::{Checkbox, Chip, Choices, Field, Form, Press, Radio, Select, Title, Tone, qr},
    request::{lang, page, query},
    text::{Lang, calendars as text, date::day_month_year},
};

/// The page "Min kalender".
#[component]
pub fn MyCalendarPage() -> impl IntoView {
    let shown = query("adress");
    page(move |ask| async move {
        let made = match shown {
            Some(shown) => made_address(&ask.backend, &ask.actor, &shown).await?,
            None => None,
        };
        let list = my_calendar(&ask.backend, &ask.actor).await?;
        let choices = choices(&ask.backend, &ask.actor).await?;
        let way = calendar_way(&ask.backend, &ask.actor).await?;
        Ok(calendar(made, list, &choices, way))
    })
}

fn calendar(
    made: Option<MadeAddress>,
    list: Vec<Subscription>,
    choices: &[Choice],
    way: Option<CalendarWay>,
) -> impl IntoView + use<> {
    let lang = lang();
    let by_mail = way == Some(CalendarWay::Mail);
    let offered = choices.iter().filter(|choice| !by_mail || **choice != Choice::Own);
    let options: Vec<(String, String)> = offered.map(|choice| (choice.value(), holds(choice, lang))).collect();
    let first = options.first().map(|(value, _)| value.clone()).unwrap_or_default();
    let several = list.len() > 1;
    let list = if list.is_empty() {
        view! { <p class="block near soft">{text::none(lang)}</p> }.into_any()
    } else {
        let rows = list.into_iter().map(|one| row(one, by_mail, lang)).collect_view();
        view! { <ul class="rows-list">{rows}</ul> }.into_any()
    };
    let end_all = several.then(|| {
        view! {
            <details class="fold block near">
                <summary>{text::end_all(lang)}</summary>
                <p>{text::end_all_text(lang)}</p>
                <Press to=EndAllFeeds::PATH fields=vec![] words=text::end_all(lang) class="btn danger"/>
            </details>
        }
    });
    let alarms: Vec<(String, String)> = std::iter::once(("0".to_owned(), text::alarm_never(lang).to_owned()))
        .chain(Alarm::ALL.map(|one| (one.minutes().to_string(), before(one, lang).to_owned())))
        .collect();
    view! {
        <Title text=text::title(lang)/>
        <div class="head"><div><h1>{text::title(lang)}</h1><p>{text::lead(lang)}</p></div></div>
        {made.map(|address| made_view(address, lang))}
        {way.map(|way| way_form(way, lang))}
        <section class="sheet"><h2 class="title">{text::own(lang)}</h2>{list} {end_all}</section>
        {(!options.is_empty())
            .then(|| {
                view! {
                    <Form to=MakeFeed::PATH class="sheet block near">
                        <h2>{text::new_head(lang)}</h2>
                        <Select name="holds" label=text::holds(lang) options=options value=first hint=text::holds_hint(lang)/>
                        <Field name="name" label=text::name(lang) hint=text::new_hint(lang) maxlength=40/>
                        <Select
                            name="alarm"
                            label=text::alarm(lang)
                            options=alarms
                            value="0"
                            hint=text::alarm_hint(lang)
                        />
                        <Checkbox name="leaves_out_cancelled" label=text::leave_out(lang)/>
                        <p class="hint">{text::leave_out_hint(lang)}</p>
                        <div class="btns"><button class="btn primary">{text::make(lang)}</button></div>
                    </Form>
                }
            })}
        <section class="sheet block near">
            <h2>{text::steps(lang)}</h2>
            <ul class="bullets">
                {[
                    text::google(lang),
                    text::outlook_web(lang),
                    text::outlook(lang),
                    text::apple(lang),
                    text::thunderbird(lang),
                    text::nextcloud(lang),
                ]
                    .map(|step| view! { <li>{step}</li> })
                    .collect_view()}
            </ul>
            <p>{text::slow(lang)}</p>
            <p class="hint">{text::servers(lang)}</p>
        </section>
    }
}

fn way_form(way: CalendarWay, lang: Lang) -> impl IntoView {
    let ways = [(CalendarWay::Feed, text::way_feed(lang)), (CalendarWay::Mail, text::way_mail(lang))];
    view! {
        <Form to=ChooseWay::PATH class="sheet block near">
            <Choices name="way" legend=text::way(lang) hint=text::way_hint(lang)>
                {ways
                    .map(|(one, label)| view! { <Radio name="way" value=one.code() label checked=one == way/> })
                    .collect_view()}
            </Choices>
            <div class="btns"><button class="btn">{text::save(lang)}</button></div>
        </Form>
    }
}

/// Whose meetings an address holds.
fn holds(choice: &Choice, lang: Lang) -> String {
    match choice {
        Choice::Own => text::holds_own(lang).to_owned(),
        Choice::Unit(_) => text::holds_unit(lang).to_owned(),
        Choice::Forum(_, name) => text::holds_forum(lang, name),
    }
}

/// How long before.
fn before(alarm: Alarm, lang: Lang) -> &'static str {
    match alarm {
        Alarm::Quarter => text::alarm_quarter(lang),
        Alarm::Hour => text::alarm_hour(lang),
        Alarm::Day => text::alarm_day(lang),
    }
}

/// The address just made, for the one time it is shown: as https, and as webcal for programs that open it by themselves.
fn made_view(made: MadeAddress, lang: Lang) -> impl IntoView {
    let MadeAddress { address, picture } = made;
    let bare = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let webcal = format!("webcal://{bare}");
    view! {
        <section class="sheet block near" role="status">
            <h2>{text::made_head(lang)}</h2>
            <p>{text::made_text(lang)}</p>
            <p class="meta">{text::for_most(lang)}</p>
            <code class="address">{address}</code>
            <p class="meta">{text::for_apple(lang)}</p>
            <a class="address" href=webcal.clone()>{webcal.clone()}</a>
            <p class="meta">{text::for_telephone(lang)}</p>
            {qr(&picture, text::picture(lang))}
        </section>
    }
}

fn row(one: Subscription, by_mail: bool, lang: Lang) -> impl IntoView {
    let made = text::made(lang, &day_month_year(day(one.made_at), lang));
    let alarm = one.wishes.alarm.map(|alarm| text::alarms(lang, before(alarm, lang)));
    let without = one.wishes.leaves_out_cancelled.then(|| text::without_cancelled(lang).to_owned());
    let held: Vec<String> = [Some(holds(&one.holds, lang)), alarm, without].into_iter().flatten().collect();
    let held = held.join(", ");
    let lasts = if one.ended {
        text::ended(lang).to_owned()
    } else {
        text::lasts(lang, &day_month_year(day(one.ends_at), lang))
    };
    let empty =
        if by_mail && one.holds == Choice::Own { format!(", {}", text::empty_own(lang)) } else { String::new() };
    let fetched = match (one.fetched_at, one.client.as_deref()) {
        (Some(at), client) => text::fetched(lang, &day_month_year(day(at), lang), program(client, lang)),
        (None, _) => text::never_fetched(lang).to_owned(),
    };
    view! {
        <li class="spread">
            <span>
                <b>{one.name.clone()}</b>
                {one.ends_soon.then(|| view! { " " <Chip tone=Tone::Warn text=text::ends_soon(lang)/> })}
                <small>{format!("{held}. {made}, {lasts}, {fetched}{empty}")}</small>
            </span>
            <Form to=EndFeed::PATH key=one.id.simple().to_string() class="inline" summary=false>
                <input type="hidden" name="feed" value=one.id.to_string()/>
                <button class="btn small danger" aria-label=text::end_of(lang, &one.name)>{text::end(lang)}</button>
            </Form>
        </li>
    }
}

fn program(kind: Option<&str>, lang: Lang) -> &'static str {
    match kind {
        Some("google") => "Google",
        Some("outlook") => "Outlook",
        Some("apple") => "Apple",
        Some("thunderbird") => "Thunderbird",
        Some("nextcloud") => "Nextcloud",
        Some("davx5") => "DAVx⁵",
        _ => text::other_program(lang),
    }
}
