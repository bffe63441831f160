//! What is kept and what may go: the plan, a dry run, what is on its way out, and the proof of what is gone.

use std::collections::BTreeSet;

use backend::view::retention::{
    DueCase, KeptCase, OnItsWay, PlanLine, ProofLine, RetentionPage as View, retention_page,
};
use chrono::{DateTime, Utc};
use domain::{
    id::CaseId,
    retention::{Hold, ResearchSample},
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
    let View { unit, authority, plan, decides, open, due, on_its_way, kept, held, gone } = page;
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
        {the_plan(plan, &authority, decides, lang)}
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

/// The rule, and for administrators the form for another.
fn the_plan(plan: Option<PlanLine>, authority: &str, decides: bool, lang: Lang) -> impl IntoView + use<> {
    let some = plan.is_some();
    let files = match plan {
        None => Either::Left(view! { <dd><b>{text::no_plan(lang)}</b></dd> }),
        Some(plan) => Either::Right(view! {
            <dd>
                {date::capitalised(&text::keep_for(plan.keep, lang))}
                <small>{format!("{}: {}", text::sample(lang), text::sample_name(plan.sample, lang).to_lowercase())}</small>
                <small>{format!("{} ({})", plan.decision, date::day_month_year(plan.decided_on, lang))}</small>
                <small>{text::recorded(lang, plan.by, when(plan.at, lang))}</small>
            </dd>
        }),
    };
    view! {
        <section class="sheet block near" aria-labelledby="plan">
            <h2 id="plan">{text::plan(lang)}</h2>
            <p class="hint">{text::plan_of(lang, authority.to_owned())}</p>
            <dl class="facts">
                <dt>{text::case_files(lang)}</dt>
                {files}
                <dt>{text::consultations(lang)}</dt>
                <dd>{text::consultations_kept(lang)}</dd>
                <dt>{text::meetings(lang)}</dt>
                <dd>{text::meetings_kept(lang)}</dd>
                <dt>{text::the_log(lang)}</dt>
                <dd>{text::log_kept(lang)}</dd>
            </dl>
            {decides.then(|| rule_form(some, lang))}
        </section>
    }
}

fn rule_form(another: bool, lang: Lang) -> impl IntoView {
    let sent = FormState::of(DecideRetention::PATH, "").sent;
    let label = if another { text::change_rule(lang) } else { text::decide(lang) };
    let samples = ResearchSample::ALL
        .iter()
        .map(|sample| view! { <Radio name="sample" label=text::sample_name(*sample, lang) value=sample.code()/> })
        .collect_view();
    view! {
        <details class="screen-only" open=sent || !another>
            <summary class="btn">{label}</summary>
            <Form to=DecideRetention::PATH class="stack near">
                <Choices name="keep" legend=text::keep(lang)>
                    <Radio name="keep" label=text::keep_years(lang) value="years"/>
                    <Radio name="keep" label=text::keep_forever(lang) value="forever"/>
                </Choices>
                <Field name="years" label=text::years(lang) hint=text::years_hint(lang) optional=true/>
                <Choices name="sample" legend=text::sample(lang) hint=text::sample_hint(lang)>{samples}</Choices>
                <Field name="decision" label=text::decision(lang) hint=text::decision_hint(lang) maxlength=80/>
                <DateField name="decided_on" label=text::decided_on(lang)/>
                <div class="btns"><button class="btn primary">{text::decide(lang)}</button></div>
            </Form>
        </details>
    }
}

/// What may go, to be ticked and proposed.
fn dues(due: Vec<DueCase>, lang: Lang) -> impl IntoView {
    let body = if due.is_empty() {
        Either::Left(view! { <p>{text::nothing_due(lang)}</p> })
    } else {
        let boxes = due
            .iter()
            .map(|one| {
                let since = date::day_month_year(one.since, lang);
                let label = format!("{} · {}", one.reference, text::due_since(lang, since));
                view! { <Checkbox name="cases[]" label value=one.id.to_string()/> }
            })
            .collect_view();
        Either::Right(view! {
            <Form to=ProposeDisposal::PATH class="stack near">
                <Choices name="cases" legend=text::which(lang)>{boxes}</Choices>
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
    let id = one.id.to_string();
    let mut told = vec![text::proposed_by(lang, one.proposed.by, when(one.proposed.at, lang))];
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
                fields=vec![("cases[]", id.clone())]
                words=text::approve(lang)
                name=text::approve_of(lang, one.reference.clone())
                class="btn small primary"
            />
        }
    });
    let (kind, sign) = if approved { ("dot yes", "✓") } else { ("dot ask", "–") };
    view! {
        <li>
            <span class=kind aria-hidden="true">{sign}</span>
            <div><a class="ref" href=path::case(one.id)>{one.reference.clone()}</a><small>{told.join(" · ")}</small></div>
            <div class="acts screen-only">
                {approve}
                <Press
                    to=StopDisposal::PATH
                    key=format!("stoppa-{id}")
                    fields=vec![("case", id)]
                    words=text::stop(lang)
                    name=text::stop_of(lang, one.reference)
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
fn keeps(all: Vec<KeptCase>, lang: Lang) -> impl IntoView {
    let some = !all.is_empty();
    let rows = all
        .into_iter()
        .map(|one| {
            let until = one.until.map_or_else(|| text::no_end(lang).to_owned(), |day| date::day_month_year(day, lang));
            view! {
                <tr>
                    <th scope="row"><a class="ref" href=path::case(one.id)>{one.reference.clone()}</a></th>
                    <td data-label=text::why_kept(lang)>{date::capitalised(&text::whys(&one.why, lang))}</td>
                    <td data-label=text::until(lang)>{until}</td>
                    <td class="deed">{hold_form(one.id, one.reference, lang)}</td>
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

fn hold_form(case: CaseId, reference: String, lang: Lang) -> impl IntoView {
    let key = format!("hall-{case}");
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
                    <td data-label=text::gone_on(lang)>{when(one.at, lang)}</td>
                    <td data-label=text::decision(lang)>
                        {date::capitalised(&text::by_rule(lang, text::keep_for(one.keep, lang), one.decision, decided))}
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
