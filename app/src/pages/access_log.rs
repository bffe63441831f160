//! Loggkontroll: what was drawn from the access log, and what earlier reviews found.

use backend::view::access_log_review::{AccessLogReviewPage as Shown, Earlier, Line, access_log_review};
use domain::access_log_review::{Finding, Span};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::access_log::ReviewAccessLog,
    components::{Empty, Form, Title},
    form::form_state,
    path,
    problem::Problem,
    request::page,
    text::{self, Lang, access_log as words, date},
};

/// The page.
#[component]
pub fn AccessLogReviewPage() -> impl IntoView {
    page(|ask| async move {
        let shown = access_log_review(&ask.backend, &ask.actor).await?;
        Ok::<_, Problem>(view(shown, ask.lang))
    })
}

fn view(shown: Shown, lang: Lang) -> impl IntoView {
    let Shown { span, drawn, earlier } = shown;
    let about = span.map(|span| words::about(lang, &date::day_span(span.from, span.until, lang)));
    let review = match span.filter(|_| !drawn.is_empty()) {
        Some(span) => view! { <Review span drawn lang/> }.into_any(),
        None => view! { <Empty title=words::nothing(lang)><p>{words::nothing_text(lang)}</p></Empty> }.into_any(),
    };
    view! {
        <Title text=words::title(lang)/>
        <div class="head">
            <div>
                {about.map(|about| view! { <span class="forum">{about}</span> })}
                <h1>{words::title(lang)}</h1>
                <p>{words::lead(lang)}</p>
            </div>
        </div>
        {review}
        {done(earlier, lang)}
    }
}

#[component]
fn Review(span: Span, drawn: Vec<Line>, lang: Lang) -> impl IntoView {
    view! {
        <Form to=ReviewAccessLog::PATH class="sheet block">
            <input type="hidden" name="until" value=span.until.to_string()/>
            <Rows drawn lang/>
            <div class="btns"><button class="btn primary">{words::save(lang)}</button></div>
        </Form>
    }
}

/// In the form, so that each row finds what was typed.
#[component]
fn Rows(drawn: Vec<Line>, lang: Lang) -> impl IntoView {
    let rows = drawn.iter().enumerate().map(|(place, line)| row(place, line, lang)).collect_view();
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{words::who(lang)}</th>
                    <th scope="col">{words::case(lang)}</th>
                    <th scope="col">{words::when(lang)}</th>
                    <th scope="col">{words::finding(lang)}</th>
                    <th scope="col">{words::note(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(place: usize, line: &Line, lang: Lang) -> impl IntoView + use<> {
    let state = form_state();
    let field = |name: &str| format!("lines[{place}][{name}]");
    let (finding, note) = (field("finding"), field("note"));
    // Where something else is drawn by now, what was typed beside another person or case is not shown beside this one.
    let same = state.typed(&field("person")) == Some(line.person.to_string().as_str())
        && state.typed(&field("case")) == Some(line.case.to_string().as_str());
    let typed = |field: &str| state.typed(field).filter(|_| same).unwrap_or_default().to_owned();
    let chosen = typed(&finding);
    let options = std::iter::once((String::new(), words::choose(lang)))
        .chain(Finding::ALL.iter().map(|one| (one.code().to_owned(), words::finding_name(*one, lang))))
        .map(|(code, label)| {
            let selected = code == chosen;
            view! { <option value=code selected=selected>{label}</option> }
        })
        .collect_view();
    let flaw = |field: &str| state.flaw(field).map(|kind| view! { <p class="flaw">{text::flaw(kind, lang)}</p> });
    let invalid = |field: &str| state.flaw(field).map(|_| "true");
    let named = |what: &str| words::of_line(lang, what, &line.name, &line.reference);
    let times = if line.times == 1 { words::once(lang).to_owned() } else { words::times(lang, line.times) };
    view! {
        <tr>
            <th scope="row">
                {line.name.clone()}
                <input type="hidden" name=field("person") value=line.person.to_string()/>
                <input type="hidden" name=field("case") value=line.case.to_string()/>
            </th>
            <td data-label=words::case(lang)><a class="ref" href=path::case(line.case)>{line.reference.clone()}</a></td>
            <td data-label=words::when(lang)>{date::day_span(line.first, line.last, lang)}<small>{times}</small></td>
            <td data-label=words::finding(lang)>
                <select
                    class="input"
                    id=state.id_of(&finding)
                    name=finding.clone()
                    aria-label=named(words::finding(lang))
                    aria-invalid=invalid(&finding)
                >
                    {options}
                </select>
                {flaw(&finding)}
            </td>
            <td data-label=words::note(lang)>
                <input
                    class="input"
                    id=state.id_of(&note)
                    name=note.clone()
                    value=typed(&note)
                    maxlength="300"
                    aria-label=named(words::note(lang))
                    aria-invalid=invalid(&note)
                />
                {flaw(&note)}
            </td>
        </tr>
    }
}

fn done(earlier: Vec<Earlier>, lang: Lang) -> impl IntoView {
    let any = !earlier.is_empty();
    let rows = earlier.into_iter().map(|one| done_row(one, lang)).collect_view();
    any.then(|| {
        view! {
            <section class="sheet">
                <table class="table">
                    <caption>{words::earlier(lang)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{words::when(lang)}</th>
                            <th scope="col">{words::by(lang)}</th>
                            <th scope="col">{words::looked_at(lang)}</th>
                            <th scope="col">{words::unclear(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

fn done_row(one: Earlier, lang: Lang) -> impl IntoView {
    let unclear = one
        .unclear
        .iter()
        .map(|line| {
            view! {
                <p>
                    {line.name.clone()} ", "
                    <a class="ref" href=path::case(line.case)>{line.reference.clone()}</a> ": " {line.note.clone()}
                </p>
            }
        })
        .collect_view();
    let clear = one.unclear.is_empty().then(|| words::all_clear(lang));
    view! {
        <tr>
            <th scope="row">{date::day_span(one.span.from, one.span.until, lang)}</th>
            <td data-label=words::by(lang)>{one.by}<small>{date::day_month_year(one.on, lang)}</small></td>
            <td data-label=words::looked_at(lang)>{one.looked_at}</td>
            <td data-label=words::unclear(lang)>{clear}{unclear}</td>
        </tr>
    }
}
