//! What is kept and what may go: the plan, a dry run, what is on its way out, and the proof of what is gone.

use std::collections::{BTreeMap, BTreeSet};

use backend::{
    usecase::decide_retention::RECORDED,
    view::retention::{DueThing, KeptThing, OnItsWay, PlanLine, ProofLine, RetentionPage as View, retention_page},
};
use chrono::{DateTime, Utc};
use domain::{
    id::CaseId,
    retention::{DocumentKind, Hold, ResearchSample, Thing},
};
use leptos::{either::Either, prelude::*, server_fn::ServerFn};

use crate::{
    api::retention::{ApproveDisposal, DecideRetention, HoldCase, LiftHold, ProposeDisposal, StopDisposal},
    components::{Checkbox, Choices, Crumbs, DateField, Empty, Field, Form, Press, Radio, Select, Title},
    form::FormState,
    path,
    problem::Problem,
    request::page,
    text::{Lang, date, municipality, retention as text},
};

/// The page of disposal.
#[component]
pub fn RetentionPage() -> impl IntoView {
    page(|ask| async move {
        let found = retention_page(&ask.backend, &ask.actor).await?;
        Ok::<_, Problem>(shown(found, ask.lang))
    })
}

fn shown(page: View, lang: Lang) -> impl IntoView {
    let View { unit, authority, plans, decides, open, due, on_its_way, kept, held, gone } = page;
    let nothing = due.is_empty() && on_its_way.is_empty() && kept.is_empty();
    let empty = nothing.then(|| {
        view! {
            <Empty title=text::nothing_closed(lang)><p>{text::open_cases(lang, open)}</p></Empty>
        }
    });
    let open_line = (!nothing).then(|| view! { <p class="hint">{text::open_cases(lang, open)}</p> });
    view! {
        <Title text=text::title(lang)/>
        <Crumbs steps=vec![(path::MUNICIPALITY.to_owned(), municipality::title(lang).to_owned())]/>
        <div class="head"><div><h1>{text::title(lang)}</h1><p>{text::lead(lang, unit)}</p></div></div>
        {the_plan(&plans, &authority, decides, lang)}
        {ways(on_its_way, decides, lang)}
        {empty}
        {(!nothing).then(|| dues(due, lang))}
        {holds(held, lang)}
        {keeps(kept, lang)}
        {open_line}
        {proofs(gone, lang)}
    }
}

fn when(at: DateTime<Utc>, lang: Lang) -> String {
    let local = domain::time::local(at);
    format!("{} {}", date::day_month_year(local.date(), lang), date::clock(local.time()))
}

/// What something is called in the plan.
fn plan_name(kind: DocumentKind, lang: Lang) -> &'static str {
    match kind {
        DocumentKind::Drafts => text::drafts(lang),
        DocumentKind::QueueWords => text::queue_words(lang),
        DocumentKind::CaseFile | DocumentKind::Consultation | DocumentKind::Meeting | DocumentKind::AccessLog => {
            text::case_files(lang)
        }
    }
}

/// The rules, and for administrators the forms for others.
fn the_plan(
    plans: &BTreeMap<DocumentKind, PlanLine>,
    authority: &str,
    decides: bool,
    lang: Lang,
) -> impl IntoView + use<> {
    let rules = RECORDED.map(|kind| {
        let rule = match plans.get(&kind) {
            Some(plan) => Either::Left(rule(kind, plan, lang)),
            None if kind == DocumentKind::CaseFile => {
                Either::Right(view! { <dd><b>{text::no_plan(lang)}</b></dd> }.into_any())
            }
            None => Either::Right(view! { <dd>{text::goes_with_case(lang)}</dd> }.into_any()),
        };
        view! {
            <dt>{plan_name(kind, lang)}</dt>
            {rule}
        }
    });
    let forms = decides.then(|| {
        let forms = RECORDED.map(|kind| rule_form(kind, plans.contains_key(&kind), lang));
        view! { <div class="stack near screen-only">{forms.into_iter().collect_view()}</div> }
    });
    view! {
        <section class="sheet block near" aria-labelledby="plan">
            <h2 id="plan">{text::plan(lang)}</h2>
            <p class="hint">{text::plan_of(lang, authority.to_owned())}</p>
            <dl class="facts">
                {rules.into_iter().collect_view()}
                <dt>{text::consultations(lang)}</dt>
                <dd>{text::consultations_kept(lang)}</dd>
                <dt>{text::meetings(lang)}</dt>
                <dd>{text::meetings_kept(lang)}</dd>
                <dt>{text::the_log(lang)}</dt>
                <dd>{text::log_kept(lang)}</dd>
            </dl>
            {forms}
        </section>
    }
}

fn rule(kind: DocumentKind, plan: &PlanLine, lang: Lang) -> impl IntoView + use<> {
    let sample = plan.sample.map(|sample| {
        view! { <small>{format!("{}: {}", text::sample(lang), text::sample_name(sample, lang).to_lowercase())}</small> }
    });
    view! {
        <dd>
            {date::capitalised(&text::keep_for(kind, plan.keep, lang))}
            {sample}
            <small>{format!("{} ({})", plan.decision, date::day_month_year(plan.decided_on, lang))}</small>
            <small>{text::recorded(lang, plan.by.clone(), when(plan.at, lang))}</small>
        </dd>
    }
}

fn rule_form(kind: DocumentKind, another: bool, lang: Lang) -> impl IntoView {
    let key = kind.code();
    let sent = FormState::of(DecideRetention::PATH, key).sent;
    let of_files = kind == DocumentKind::CaseFile;
    let what = if of_files { text::cases(lang) } else { text::thing_name(kind, lang) }.to_lowercase();
    let label = if another { text::another_rule_for(lang, what) } else { text::rule_for(lang, what) };
    let (time, forever, label_of_time, hint) = match kind {
        DocumentKind::Drafts => {
            (text::keep_months(lang), text::keep_with_case(lang), text::months(lang), text::drafts_hint(lang))
        }
        DocumentKind::QueueWords => {
            (text::keep_months(lang), text::keep_with_case(lang), text::months(lang), text::queue_words_hint(lang))
        }
        DocumentKind::CaseFile | DocumentKind::Consultation | DocumentKind::Meeting | DocumentKind::AccessLog => {
            (text::keep_years(lang), text::keep_forever(lang), text::years(lang), text::years_hint(lang))
        }
    };
    let samples = of_files.then(|| {
        let samples = ResearchSample::ALL
            .iter()
            .map(|sample| view! { <Radio name="sample" label=text::sample_name(*sample, lang) value=sample.code()/> })
            .collect_view();
        view! { <Choices name="sample" legend=text::sample(lang) hint=text::sample_hint(lang)>{samples}</Choices> }
    });
    view! {
        <details open=sent>
            <summary class="btn">{label}</summary>
            <Form to=DecideRetention::PATH key class="stack near">
                <input type="hidden" name="kind" value=key/>
                <Choices name="keep" legend=text::keep(lang)>
                    <Radio name="keep" label=time value=if of_files { "years" } else { "months" }/>
                    <Radio name="keep" label=forever value="forever"/>
                </Choices>
                <Field name="time" label=label_of_time hint optional=true/>
                {samples}
                <Field name="decision" label=text::decision(lang) hint=text::decision_hint(lang) maxlength=80/>
                <DateField name="decided_on" label=text::decided_on(lang)/>
                <div class="btns"><button class="btn primary">{text::decide(lang)}</button></div>
            </Form>
        </details>
    }
}

/// A case and what of it.
fn named(reference: &str, thing: Thing, lang: Lang) -> String {
    format!("{reference} · {}", text::thing_name(thing.kind, lang))
}

/// What may go, to be ticked and proposed.
fn dues(due: Vec<DueThing>, lang: Lang) -> impl IntoView {
    let body = if due.is_empty() {
        Either::Left(view! { <p>{text::nothing_due(lang)}</p> })
    } else {
        let boxes = due
            .iter()
            .map(|one| {
                let since = date::day_month_year(one.since, lang);
                let label = format!("{} · {}", named(&one.reference, one.thing, lang), text::due_since(lang, since));
                view! { <Checkbox name="things[]" label value=one.thing.to_string()/> }
            })
            .collect_view();
        Either::Right(view! {
            <Form to=ProposeDisposal::PATH class="stack near">
                <Choices name="things" legend=text::which(lang)>{boxes}</Choices>
                <div class="btns"><button class="btn primary">{text::propose(lang)}</button></div>
            </Form>
        })
    };
    view! {
        <section class="sheet block near" aria-labelledby="due">
            <h2 id="due">{text::due(lang)}</h2>
            {body}
        </section>
    }
}

/// What somebody proposed, and what is approved.
fn ways(all: Vec<OnItsWay>, decides: bool, lang: Lang) -> impl IntoView {
    let some = !all.is_empty();
    let rows = all.into_iter().map(|one| way(one, decides, lang)).collect_view();
    some.then(|| {
        view! {
            <section class="sheet need" aria-labelledby="way">
                <h2 id="way">{text::on_its_way(lang)}</h2>
                <ul class="need">{rows}</ul>
            </section>
        }
    })
}

fn way(one: OnItsWay, decides: bool, lang: Lang) -> impl IntoView {
    let (id, name) = (one.thing.to_string(), named(&one.reference, one.thing, lang));
    let mut told = vec![
        date::capitalised(text::thing_name(one.thing.kind, lang)),
        text::proposed_by(lang, one.proposed.by, when(one.proposed.at, lang)),
    ];
    let approved = one.approved.is_some();
    told.extend(one.approved.map(|step| text::approved_by(lang, step.by, when(step.at, lang))));
    let kept = !one.kept.is_empty();
    if kept {
        told.push(text::waits_kept(lang, text::whys(&one.kept, lang)));
    } else if let Some(from) = one.from {
        told.push(text::gone_from(lang, when(from, lang)));
    } else if one.own {
        told.push(text::own_proposal(lang).to_owned());
    } else if !decides {
        told.push(text::for_administrators(lang).to_owned());
    }
    let approve = (decides && !one.own && !approved && !kept).then(|| {
        view! {
            <Press
                to=ApproveDisposal::PATH
                key=format!("godkann-{id}")
                fields=vec![("things[]", id.clone())]
                words=text::approve(lang)
                name=text::approve_of(lang, name.clone())
                class="btn small primary"
            />
        }
    });
    let (kind, sign) = if approved { ("dot yes", "✓") } else { ("dot ask", "–") };
    view! {
        <li>
            <span class=kind aria-hidden="true">{sign}</span>
            <div><a class="ref" href=path::case(one.thing.case)>{one.reference}</a><small>{told.join(" · ")}</small></div>
            <div class="acts screen-only">
                {approve}
                <Press
                    to=StopDisposal::PATH
                    key=format!("stoppa-{id}")
                    fields=vec![("thing", id)]
                    words=text::stop(lang)
                    name=text::stop_of(lang, name)
                    class="btn small"
                />
            </div>
        </li>
    }
}

/// What somebody holds.
fn holds(all: Vec<(CaseId, String, BTreeSet<Hold>)>, lang: Lang) -> impl IntoView {
    let some = !all.is_empty();
    let rows = all
        .into_iter()
        .flat_map(|(case, reference, holds)| holds.into_iter().map(move |hold| (case, reference.clone(), hold)))
        .map(|(case, reference, hold)| {
            view! {
                <li>
                    <span class="dot no" aria-hidden="true">"!"</span>
                    <div><a class="ref" href=path::case(case)>{reference.clone()}</a><small>{text::hold_name(hold, lang)}</small></div>
                    <div class="acts screen-only">
                        <Press
                            to=LiftHold::PATH
                            key=format!("hav-{case}-{hold}")
                            fields=vec![("case", case.to_string()), ("hold", hold.code().to_owned())]
                            words=text::lift(lang)
                            name=text::lift_of(lang, reference)
                            class="btn small"
                        />
                    </div>
                </li>
            }
        })
        .collect_view();
    some.then(|| {
        view! {
            <section class="sheet need" aria-labelledby="held">
                <h2 id="held">{text::held(lang)}</h2>
                <p class="hint">{text::held_hint(lang)}</p>
                <ul class="need">{rows}</ul>
            </section>
        }
    })
}

/// What is kept, and why.
fn keeps(all: Vec<KeptThing>, lang: Lang) -> impl IntoView {
    let some = !all.is_empty();
    let rows = all
        .into_iter()
        .map(|one| {
            let until = one.until.map_or_else(|| text::no_end(lang).to_owned(), |day| date::day_month_year(day, lang));
            // What another unit's case is held for is for that unit to say.
            let holds = one.thing.kind != DocumentKind::QueueWords;
            let hold = holds.then(|| hold_form(one.thing, one.reference.clone(), lang));
            view! {
                <tr>
                    <th scope="row"><a class="ref" href=path::case(one.thing.case)>{one.reference}</a></th>
                    <td data-label=text::what(lang)>{date::capitalised(text::thing_name(one.thing.kind, lang))}</td>
                    <td data-label=text::why_kept(lang)>{date::capitalised(&text::whys(&one.why, lang))}</td>
                    <td data-label=text::until(lang)>{until}</td>
                    <td class="deed">{hold}</td>
                </tr>
            }
        })
        .collect_view();
    some.then(|| {
        view! {
            <section class="sheet">
                <table class="table">
                    <caption>{text::kept(lang)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{text::cases(lang)}</th>
                            <th scope="col">{text::what(lang)}</th>
                            <th scope="col">{text::why_kept(lang)}</th>
                            <th scope="col">{text::until(lang)}</th>
                            <th><span class="visually-hidden">{text::holding(lang)}</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    })
}

fn hold_form(thing: Thing, reference: String, lang: Lang) -> impl IntoView {
    let (key, case) = (format!("hall-{thing}"), thing.case);
    let sent = FormState::of(HoldCase::PATH, &key).sent;
    let reasons =
        Hold::ALL.iter().map(|hold| (hold.code().to_owned(), text::hold_name(*hold, lang).to_owned())).collect();
    view! {
        <details class="otherwise screen-only" open=sent>
            <summary aria-label=text::hold_of(lang, reference)>{text::holding(lang)}</summary>
            <Form to=HoldCase::PATH key class="stack near">
                <input type="hidden" name="case" value=case.to_string()/>
                <Select name="hold" label=text::hold_reason(lang) options=reasons/>
                <div class="btns"><button class="btn small">{text::holding(lang)}</button></div>
            </Form>
        </details>
    }
}

/// What is gone: all that is left of it.
fn proofs(all: Vec<ProofLine>, lang: Lang) -> impl IntoView {
    if all.is_empty() {
        return Either::Left(view! { <p class="hint">{text::nothing_gone(lang)}</p> });
    }
    let rows = all
        .into_iter()
        .map(|one| {
            let decided = date::day_month_year(one.decided_on, lang);
            let steps = [
                text::could_go(lang, date::day_month_year(one.since, lang)),
                text::proposed_by(lang, one.proposed.by, when(one.proposed.at, lang)),
                text::approved_by(lang, one.approved.by, when(one.approved.at, lang)),
            ];
            let backups = if one.backups_closed { text::backups_closed(lang) } else { text::backups_open(lang) };
            view! {
                <tr>
                    <th scope="row">{one.reference}</th>
                    <td data-label=text::what(lang)>{date::capitalised(text::thing_name(one.kind, lang))}</td>
                    <td data-label=text::gone_on(lang)>{when(one.at, lang)}</td>
                    <td data-label=text::decision(lang)>
                        {date::capitalised(&text::by_rule(lang, text::keep_for(one.kind, one.keep, lang), one.decision, decided))}
                        <small>{steps.join(" · ")}</small>
                    </td>
                    <td data-label=text::backups(lang)>{backups}</td>
                </tr>
            }
        })
        .collect_view();
    Either::Right(view! {
        <section class="sheet">
            <table class="table">
                <caption>{text::gone(lang)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::cases(lang)}</th>
                        <th scope="col">{text::what(lang)}</th>
                        <th scope="col">{text::gone_on(lang)}</th>
                        <th scope="col">{text::decision(lang)}</th>
                        <th scope="col">{text::backups(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
        <p class="hint">{text::backups_hint(lang)}</p>
    })
}
