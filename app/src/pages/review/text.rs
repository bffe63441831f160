//! The text under review, with what changed and what needs a look.

use backend::view::review::{Change, Piece, Review, TextPart, Was};
use leptos::{context::Provider, prelude::*, server_fn::ServerFn};

use super::remarks::remark;
use crate::{
    api::review::ReturnMinutes,
    form::FormState,
    pages::minutes::{giver, outcome_words, undertaking_rows},
    text::{Lang, minutes as text, review as words},
};

/// All parts of the text; beside each a place to say something of it, for whoever may return it.
pub fn changed(review: &Review, lang: Lang) -> impl IntoView + use<> {
    let review = review.clone();
    let children = move || sections(&review, lang);
    view! { <Provider value=FormState::of(ReturnMinutes::PATH, "")>{children()}</Provider> }
}

fn sections(review: &Review, lang: Lang) -> impl IntoView + use<> {
    let may = review.submitted && !review.own;
    let say = move |name: &str, heading: &str| may.then(|| remark(name, heading, lang));
    let part = |name: &str, heading: &'static str, part: TextPart| {
        let paragraphs = paragraphs(review.text.part(part));
        (!review.text.part(part).is_empty())
            .then(|| view! { <section><h2>{heading}</h2>{paragraphs}{say(name, heading)}</section> })
    };
    let view = choice(review.text.childs_view, |view| text::view_of(view, lang).to_owned());
    let said = review.text.part(TextPart::ChildsWords);
    let childs = (view.is_some() || !said.is_empty()).then(|| {
        let (said, heading) = (paragraphs(said), text::childs_view(lang));
        view! { <section><h2>{heading}</h2>{view}{said}{say("childs_view", heading)}</section> }
    });
    let outcome = choice(review.text.outcome, |outcome| outcome_words(outcome, lang)).map(|outcome| {
        let heading = text::outcome(lang);
        view! { <section><h2>{heading}</h2>{outcome}{say("outcome", heading)}</section> }
    });
    let undertakings = undertaking_rows(review.text.undertakings.clone(), &review.units, lang)
        .map(|rows| view! { <div>{rows}{say("undertakings", text::undertakings(lang))}</div> });
    view! {
        {part("purpose", words::question(lang), TextPart::Purpose)}
        {contributions(review, may, lang)}
        {childs}
        {part("guardians_view", text::guardians_view(lang), TextPart::GuardiansView)}
        {part("agreed", text::agreed(lang), TextPart::Agreed)}
        {undertakings}
        {outcome}
    }
}

/// The parts something can be said of: the fields' names and what the parts are called.
pub fn parts(review: &Review, lang: Lang) -> Vec<(String, String)> {
    let fixed = [
        ("purpose", words::question(lang)),
        ("childs_view", text::childs_view(lang)),
        ("guardians_view", text::guardians_view(lang)),
        ("agreed", text::agreed(lang)),
        ("undertakings", text::undertakings(lang)),
        ("outcome", text::outcome(lang)),
    ];
    let told = review.text.contributions.iter().enumerate().map(|(row, (unit, kind, _))| {
        let unit = review.units.get(unit).map_or("", String::as_str);
        (format!("contributions[{row}]"), giver(unit, *kind, lang))
    });
    fixed.into_iter().map(|(name, what)| (name.to_owned(), what.to_owned())).chain(told).collect()
}

/// What each party brought, with what changed in it. What is told no more comes last, and nothing is said of it.
fn contributions(review: &Review, may: bool, lang: Lang) -> impl IntoView + use<> {
    let told = review.text.contributions.iter().enumerate().map(|(row, (unit, kind, pieces))| {
        let who = giver(review.units.get(unit).map_or("", String::as_str), *kind, lang);
        let text = paragraphs(pieces);
        let stands = pieces.iter().any(|piece| piece.change != Change::Removed);
        let say = (may && stands).then(|| remark(&format!("contributions[{row}]"), &who, lang));
        view! { <h3>{who}</h3>{text}{say} }
    });
    let told: Vec<_> = told.collect();
    (!told.is_empty()).then(|| view! { <section><h2>{text::contributions(lang)}</h2>{told}</section> })
}

/// A choice and what it was before.
fn choice<T: Copy + PartialEq>(was: Was<Option<T>>, say: impl Fn(T) -> String) -> Option<AnyView> {
    let before = was.before.flatten().map(&say).map(|said| view! { <del>{said}</del> " " });
    let now = was.now.map(say);
    let changed = was.before.is_some();
    let now =
        now.map(|said| if changed { view! { <ins>{said}</ins> }.into_any() } else { view! { {said} }.into_any() });
    (before.is_some() || now.is_some()).then(|| view! { <p>{before}{now}"."</p> }.into_any())
}

/// Pieces as paragraphs: a line end begins a new one.
fn paragraphs(pieces: &[Piece]) -> impl IntoView + use<> {
    let mut all: Vec<Vec<AnyView>> = vec![Vec::new()];
    for piece in pieces {
        for (place, line) in piece.text.split('\n').enumerate() {
            if place > 0 {
                all.push(Vec::new());
            }
            if let Some(last) = all.last_mut().filter(|_| !line.is_empty()) {
                last.push(shown(piece, line.to_owned()));
            }
        }
    }
    all.into_iter().filter(|line| !line.is_empty()).map(|line| view! { <p>{line}</p> }).collect_view()
}

fn shown(piece: &Piece, text: String) -> AnyView {
    let text = if piece.mention { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() };
    match piece.change {
        Change::Same => text,
        Change::Added => view! { <ins>{text}</ins> }.into_any(),
        Change::Removed => view! { <del>{text}</del> }.into_any(),
    }
}
