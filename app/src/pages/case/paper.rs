//! The paper form for a consent, filled in as far as can be known: one sheet for each person who answers, as nobody's answer is
//! another's to read (I3), and each says yes to their own parties (C5).

use backend::view::case::{ConsentForm, SignerColumn, consent_paper};
use domain::{
    age::{CHILD_ASKED_FROM, CHILD_SIGNS_FROM},
    consent::{InfoCategory, Purpose, Signer},
    id::CaseId,
};
use leptos::prelude::*;

use crate::{
    components::{Crumbs, Title},
    islands::PrintPage,
    path,
    request::{page, param, query},
    text::{
        Lang, case as case_words, consent as consent_words,
        date::day_month_year,
        paper::{self as words, VERSION, Wording},
    },
};

/// The sheets, as they will lie on the table.
#[component]
pub fn ConsentPaperPage() -> impl IntoView {
    page(async |ask| {
        let lang = ask.lang;
        let form = consent_paper(&ask.backend, &ask.actor, param::<CaseId>("id")?).await?;
        let wording = query("text").as_deref().and_then(Wording::from_code).unwrap_or(match lang {
            Lang::Sv => Wording::Swedish,
            Lang::En => Wording::English,
        });
        let municipality = ask.backend.site().municipality.clone();
        let sheets = form
            .signers
            .iter()
            .map(|column| view! { <Sheet form=form.clone() column=column.clone() municipality=municipality.clone() wording/> })
            .collect_view();
        Ok(view! {
            <Title text=consent_words::paper_form(lang)/>
            <Crumbs steps=vec![
                (path::CASES.to_owned(), case_words::cases(lang).to_owned()),
                (path::case(form.case), form.reference.clone()),
                (path::case_consent(form.case), consent_words::record(lang).to_owned()),
            ]/>
            <div class="head screen-only">
                <div>
                    <h1>{consent_words::paper_form(lang)}</h1>
                    <p>{consent_words::paper_lead(lang)}</p>
                </div>
                <div class="btns">
                    <PrintPage label=consent_words::print_form(lang).to_owned()/>
                </div>
            </div>
            <nav class="tabs" aria-label=consent_words::paper_wording(lang)>{wordings(&form, wording)}</nav>
            <p class="meta no-script-only">{consent_words::print_by_hand(lang)}</p>
            {sheets}
        })
    })
}

fn wordings(form: &ConsentForm, here: Wording) -> impl IntoView + use<> {
    let paper = path::consent_paper(form.case);
    Wording::ALL
        .map(|wording| {
            let current = (wording == here).then_some("page");
            view! {
                <a href=path::with_query(&paper, "text", wording.code()) aria-current=current lang=wording.lang().tag()>
                    {wording.endonym()}
                </a>
            }
        })
        .collect_view()
}

#[component]
fn Sheet(form: ConsentForm, column: SignerColumn, municipality: String, wording: Wording) -> impl IntoView {
    let hidden = form.name.is_none();
    let role = match column.signer {
        Signer::Guardian(_) if column.own_alone => words::parent(wording),
        Signer::Guardian(_) => words::guardian(wording),
        Signer::Child => words::young(wording),
    };
    let who = match column.signer {
        Signer::Guardian(_) => column.name.clone().filter(|_| !hidden),
        Signer::Child => form.name.clone(),
    };
    let child = form.name.clone().map_or_else(
        || view! { <ByHand wording/> }.into_any(),
        |name| {
            let born = day_month_year(form.facts.born_on, wording.lang());
            view! { <b>{name}</b> {format!(", {} {born}", words::born(wording))} }.into_any()
        },
    );
    let who = who.map_or_else(|| view! { <ByHand wording/> }.into_any(), |name| view! { <b>{name}</b> }.into_any());
    let own = column.own_alone;
    let intro = if own { words::own_intro(wording) } else { words::intro(wording) };
    let asked = !own && (CHILD_ASKED_FROM..CHILD_SIGNS_FROM).contains(&form.age) && column.signer != Signer::Child;
    view! {
        <article class="sheet paper" lang=wording.lang().tag()>
            <header>
                <h2>{words::title(wording)}</h2>
                <p class="meta">{format!("{municipality} · {}", form.reference)}</p>
            </header>
            <p>{intro}</p>
            <dl class="facts tight">
                <div><dt>{words::child(wording)}</dt><dd>{child}</dd></div>
                <div><dt>{format!("{} ({role})", words::answers(wording))}</dt><dd>{who}</dd></div>
            </dl>
            {if own {
                view! { <OwnScope form=form.clone() wording/> }.into_any()
            } else {
                view! { <Scope form=form.clone() guardian=column.signer != Signer::Child wording/> }.into_any()
            }}
            <HowLong form=form.clone() wording/>
            <Told own wording/>
            <section>
                <h3>{words::my_answer(wording)}</h3>
                <Ticks of=vec![words::yes(wording).to_owned(), words::no(wording).to_owned()] one=true/>
                <Signed wording/>
            </section>
            <section class="staff">
                <h3>{words::staff(wording)}</h3>
                <Blank label=words::received_by(wording)/>
                <p>{words::explained(wording)}</p>
                <Ticks of=vec![words::in_person(wording).to_owned(), words::by_phone(wording).to_owned()]/>
                <Ticks of=vec![words::interpreter(wording).to_owned()] blank=true/>
                {asked
                    .then(|| {
                        view! {
                            <p>{words::childs_view(wording)}</p>
                            <Ticks of=vec![words::obtained(wording).to_owned()]/>
                            <Ticks of=vec![words::unsuited(wording).to_owned()] blank=true/>
                        }
                    })}
            </section>
            <section class="slip">
                <h3>{words::back(wording)}</h3>
                <Ticks of=vec![words::back_all(wording).to_owned()]/>
                <Ticks of=vec![words::back_part(wording).to_owned()] blank=true/>
                <Signed wording/>
            </section>
            <p class="meta">{format!("{} · {} {VERSION}", words::law(wording), words::version(wording))}</p>
        </article>
    }
}

/// Who, and about what.
#[component]
fn Scope(form: ConsentForm, guardian: bool, wording: Wording) -> impl IntoView {
    let parties = form.receivers.iter().map(|unit| unit.name.clone()).collect::<Vec<_>>();
    // What they know is as a rule of the parent, who then answers for it as well (C21).
    let adults: Vec<_> =
        form.receivers.iter().filter(|unit| guardian && unit.serves_adults).map(|unit| unit.name.clone()).collect();
    let own_part = (!adults.is_empty()).then(|| view! { <p>{words::own_part(wording)}</p> <Ticks of=adults/> });
    let kinds = InfoCategory::ALL.iter().map(|kind| words::category(*kind, wording).to_owned()).collect::<Vec<_>>();
    let also = [Purpose::CoordinatedPlan, Purpose::CrimePrevention];
    let also = also.map(|one| words::purpose(one, wording).to_owned()).to_vec();
    view! {
        <section>
            <h3>{words::who(wording)}</h3>
            <p>{words::who_hint(wording)}</p>
            <Ticks of=parties/>
            <Ticks of=vec![words::another(wording).to_owned()] blank=true/>
            {own_part}
        </section>
        <section>
            <h3>{words::what(wording)}</h3>
            <Ticks of=kinds/>
            <Blank label=words::not_this(wording)/>
            <p>{words::also(wording)}</p>
            <Ticks of=also/>
        </section>
    }
}

/// Who may tell what they know of a parent without custody, and who may hear it (C21). Nothing of the child is this parent's to decide.
#[component]
fn OwnScope(form: ConsentForm, wording: Wording) -> impl IntoView {
    let adults =
        form.receivers.iter().filter(|unit| unit.serves_adults).map(|unit| unit.name.clone()).collect::<Vec<_>>();
    let others = form.receivers.iter().filter(|unit| !unit.serves_adults).map(|unit| unit.name.clone()).collect();
    view! {
        <section>
            <h3>{words::own_tell(wording)}</h3>
            <Ticks of=adults/>
            <Ticks of=vec![words::another(wording).to_owned()] blank=true/>
            <Blank label=words::not_this(wording)/>
        </section>
        <section>
            <h3>{words::own_hear(wording)}</h3>
            <p>{words::own_hear_hint(wording)}</p>
            <Ticks of=others/>
            <Ticks of=vec![words::another(wording).to_owned()] blank=true/>
        </section>
    }
}

#[component]
fn HowLong(form: ConsentForm, wording: Wording) -> impl IntoView {
    view! {
        <section>
            <h3>{words::until(wording)}</h3>
            <p>
                {words::until_text(wording)} " " <b>{day_month_year(form.valid_until, wording.lang())}</b> ". "
                {words::until_hint(wording)}
            </p>
            <Blank label=words::earlier(wording)/>
        </section>
    }
}

/// What somebody must have been told for the answer to count.
#[component]
fn Told(own: bool, wording: Wording) -> impl IntoView {
    let voluntary = if own { words::own_voluntary(wording) } else { words::know_voluntary(wording) };
    let lines = [
        Some(voluntary),
        (!own).then(|| words::know_all(wording)),
        Some(words::know_back(wording)),
        Some(words::know_told(wording)),
        Some(words::know_phase(wording)),
        Some(words::know_report(wording)),
    ];
    let lines = lines.into_iter().flatten();
    view! {
        <section>
            <h3>{words::know(wording)}</h3>
            <ul>{lines.map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        </section>
    }
}

/// Boxes to tick with a pen, side by side where they fit and not `one` below the other; with a line to write on if `blank`.
#[component]
fn Ticks(of: Vec<String>, #[prop(optional)] blank: bool, #[prop(optional)] one: bool) -> impl IntoView {
    let rows = of
        .into_iter()
        .map(|label| {
            view! { <li><span class="box" aria-hidden="true"></span> {label} {blank.then(|| view! { <span class="line"></span> })}</li> }
        })
        .collect_view();
    view! { <ul class=if one { "ticks one" } else { "ticks" }>{rows}</ul> }
}

/// Something to write on a line.
#[component]
fn Blank(label: &'static str) -> impl IntoView {
    view! { <p class="blank">{label} <span class="line"></span></p> }
}

/// A name that is written with a pen only: the identity is protected, and paper goes astray (I1).
#[component]
fn ByHand(wording: Wording) -> impl IntoView {
    view! { <span class="line by-hand"></span> <small>{words::by_hand(wording)}</small> }
}

/// Date, signature and the name in print.
#[component]
fn Signed(wording: Wording) -> impl IntoView {
    let lines = [words::date(wording), words::signature(wording), words::in_print(wording)];
    view! {
        <div class="signs">
            {lines.map(|line| view! { <div><div class="line"></div><small>{line}</small></div> }).collect_view()}
        </div>
    }
}
