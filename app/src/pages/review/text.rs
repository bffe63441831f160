//! The text under review, with what changed and what needs a look.

use backend::view::review::{Change, Piece, Review, TextPart, Was};
use leptos::prelude::*;

use crate::{
    pages::minutes::{giver, outcome_words, undertaking_rows},
    text::{Lang, minutes as text, review as words},
};

/// All parts of the text.
pub fn changed(review: &Review, lang: Lang) -> impl IntoView + use<> {
    let part = |heading: &'static str, part: TextPart| {
        let paragraphs = paragraphs(review.text.part(part));
        (!review.text.part(part).is_empty()).then(|| view! { <section><h2>{heading}</h2>{paragraphs}</section> })
    };
    let view = choice(review.text.childs_view, |view| text::view_of(view, lang).to_owned());
    let said = review.text.part(TextPart::ChildsWords);
    let childs = (view.is_some() || !said.is_empty()).then(|| {
        let said = paragraphs(said);
        view! { <section><h2>{text::childs_view(lang)}</h2>{view}{said}</section> }
    });
    let outcome = choice(review.text.outcome, |outcome| outcome_words(outcome, lang))
        .map(|outcome| view! { <section><h2>{text::outcome(lang)}</h2>{outcome}</section> });
    view! {
        {part(words::question(lang), TextPart::Purpose)}
        {contributions(review, lang)}
        {childs}
        {part(text::guardians_view(lang), TextPart::GuardiansView)}
        {part(text::agreed(lang), TextPart::Agreed)}
        {undertaking_rows(review.text.undertakings.clone(), &review.units, lang)}
        {outcome}
    }
}

/// What each party brought, with what changed in it.
fn contributions(review: &Review, lang: Lang) -> impl IntoView + use<> {
    let told = review.text.contributions.iter().map(|(unit, kind, pieces)| {
        let unit = review.units.get(unit).cloned().unwrap_or_default();
        let text = paragraphs(pieces);
        view! { <h3>{giver(&unit, *kind, lang)}</h3>{text} }
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
