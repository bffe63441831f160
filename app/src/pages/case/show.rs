//! One case.

use backend::view::{
    case::{CasePage as Shown, case_page},
    handed::Handed,
    routing::Destination,
};
use domain::{
    case_file::Protection,
    consent::Phase,
    id::{CaseId, ConsentId},
    identity::{NumberKind, PersonalNumber},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{ConsentChip, called, history::consent_over_time, proposals, protected};
use crate::{
    api::{
        case::{AddGuardian, AddParent, ChangeNumber, CloseCase, EndGuardianship, RecordPhase},
        consent::AcknowledgeConsent,
    },
    components::{Choices, Crumbs, DateField, Field, Form, Note, Press, Radio, Title, Tone},
    pages::actions::FollowUp,
    path,
    request::{page, param, today},
    text::{
        Lang, case as words, consent,
        date::{clock, day_month_year, weekday_day},
        minutes as minutes_words,
    },
};

/// The case, its consent over time, and who may see it.
#[component]
pub fn CasePage() -> impl IntoView {
    page(async |ask| {
        let lang = ask.lang;
        let case = case_page(&ask.backend, &ask.actor, param::<CaseId>("id")?).await?;
        Ok(view! {
            <Title text=words::reference(lang)/>
            <Crumbs steps=vec![(path::CASES.to_owned(), words::cases(lang).to_owned())]/>
            {protected::not_on_paper(case.protection.hides_name(), lang)}
            {head(&case, lang)}
            {confirm(case.id, case.to_acknowledge, lang)}
            {protected::questions(&case, lang)}
            <div class="file">
                <div>
                    {why(&case.routing, lang)}
                    <section class="sheet block near">
                        <h2>{words::overview_question(lang)}</h2>
                        <p>{case.question.clone()}</p>
                    </section>
                    {proposals::proposals(&case, lang)}
                    {consent_over_time(&case, lang)}
                    {follow_up(&case, lang)}
                    {minutes(&case, lang)}
                    {handed_over(&case.handed, lang)}
                </div>
                <aside>
                    {details(&case, lang)}
                    {protected::named(&case, lang)}
                    {known_by(&case, lang)}
                    {case.may_change.then(|| changes(&case, lang))}
                </aside>
            </div>
        })
    })
}

fn head(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let protected = (case.protection != Protection::None).then(|| {
        view! { <span class="protected"><span aria-hidden="true">"▲ "</span>{words::protection_name(case.protection, lang)}</span> }
    });
    let record = case.may_change.then(|| {
        view! { <a class="btn primary" href=path::case_consent(case.id)>{consent::record(lang)}</a> }
    });
    let withdraw = case.can_withdraw.then(|| {
        view! { <a class="btn danger" href=path::case_withdraw(case.id)>{consent::withdraw(lang)}</a> }
    });
    let closed = case.closed_on.map(|on| {
        view! { <span class="chip">{format!("{} {}", words::closed(lang), day_month_year(on, lang))}</span> }
    });
    view! {
        <div class="head">
            <div>
                <span class="forum">{format!("{} {} · {}", words::reference(lang), case.reference, words::years(lang, case.age))}</span>
                <h1>{called(case.name.as_deref(), lang)}</h1>
                <p><ConsentChip line=case.consent lang/>" "{closed}</p>
            </div>
            <div class="btns">{protected}{withdraw}{record}</div>
        </div>
    }
}

/// What a unit does before it tells or writes anything (C20).
pub fn confirm(case: CaseId, consent: Option<ConsentId>, lang: Lang) -> impl IntoView + use<> {
    consent.map(|consent| {
        let fields = vec![("case", case.to_string()), ("consent", consent.to_string())];
        view! {
            <Note tone=Tone::Warn>
                <p><b>{consent::confirm_title(lang)}</b></p>
                <p>{consent::confirm_text(lang)}</p>
                <div class="btns">
                    <Press to=AcknowledgeConsent::PATH fields words=consent::confirm_button(lang) class="btn"/>
                </div>
            </Note>
        }
    })
}

/// Where the case goes and why (R1, R3, R6).
fn why(to: &Destination, lang: Lang) -> impl IntoView + use<> {
    let said = match to {
        Destination::Meeting(next) => {
            let when = format!("{} {}", weekday_day(next.on, lang), clock(next.starts));
            let later = next.changes_next.as_ref().and_then(|(on, forum)| {
                let forum = forum.as_ref()?;
                Some(format!(" {}", words::changes_on(lang, &day_month_year(*on, lang), &forum.name)))
            });
            let because = words::because_age(lang, next.age, &when) + &later.unwrap_or_default();
            (Some(next.forum.name.clone()), because)
        }
        Destination::NoMeeting { forum, age } => (Some(forum.name.clone()), words::because_age_now(lang, *age)),
        Destination::TooOld => (None, words::too_old(lang).to_owned()),
        Destination::TooYoung => (None, words::too_young(lang).to_owned()),
        Destination::Unborn => (None, words::unborn(lang).to_owned()),
        Destination::NoForum => (None, words::no_forum(lang).to_owned()),
    };
    let forum = said.0.map(|forum| view! { <b>{words::goes_to(lang, &forum)}</b> ": " });
    view! { <p class="why">{forum}{said.1}</p> }
}

/// What was undertaken, and what becomes of it.
fn follow_up(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let rows = case.undertaken.clone();
    (!rows.is_empty()).then(|| view! { <FollowUp heading=minutes_words::actions(lang) rows lang/> })
}

/// The minutes there are to read.
fn minutes(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let lines = case
        .minutes
        .iter()
        .map(|one| {
            let state = minutes_words::state_of(one.state, lang);
            view! { <li><a href=path::minutes(one.id)>{day_month_year(one.on, lang)}</a>" "<small class="soft">{state}</small></li> }
        })
        .collect_view();
    (!case.minutes.is_empty()).then(|| {
        view! {
            <section class="sheet block near">
                <h2>{minutes_words::title(lang)}</h2>
                <ul class="rows-list">{lines}</ul>
            </section>
        }
    })
}

/// What of them other units have in their own records (M8).
pub fn handed_over(handed: &[Handed], lang: Lang) -> impl IntoView + use<> {
    let lines = handed
        .iter()
        .map(|one| {
            let told = minutes_words::case_handed_to(lang, one.to.clone(), day_month_year(one.on, lang));
            let at = day_month_year(domain::time::day(one.at), lang);
            view! { <li>{told}" "<small class="soft">{at}</small></li> }
        })
        .collect_view();
    (!handed.is_empty()).then(|| {
        view! {
            <section class="sheet block near">
                <h2>{minutes_words::case_handed(lang)}</h2>
                <p class="hint">{minutes_words::case_handed_hint(lang)}</p>
                <ul class="rows-list">{lines}</ul>
            </section>
        }
    })
}

fn details(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let number = case.number.clone().map(|number| view! { <dt>{words::number(lang)}</dt><dd>{number}</dd> });
    let born = case.born_on.map(|on| view! { <dt>{words::born_on(lang)}</dt><dd>{day_month_year(on, lang)}</dd> });
    let former =
        case.former_number.clone().map(|number| view! { <dt>{words::former_number(lang)}</dt><dd>{number}</dd> });
    let people = |custody: bool| {
        let of = case.guardians.iter().filter(move |line| line.custody == custody);
        of.map(|line| {
            let until = line.until.map(|until| {
                let said = format!(" ({} {})", words::last_day(lang).to_lowercase(), day_month_year(until, lang));
                view! { <span class="soft">{said}</span> }
            });
            view! { <dd>{line.name.clone()}{until}</dd> }
        })
        .collect_view()
    };
    let any = |custody: bool| case.guardians.iter().any(|line| line.custody == custody);
    let phase = case.phase.map(|phase| view! { <dt>{words::phase(lang)}</dt><dd>{consent::phase(phase, lang)}</dd> });
    view! {
        <div class="sheet side-box">
            <h2>{words::details(lang)}</h2>
            <dl class="facts tight">
                {born}
                {number}
                {former}
                <dt>{words::custody(lang)}</dt>
                <dd>{words::custody_name(case.custody, lang)}</dd>
                {any(true).then(|| view! { <dt>{words::guardians(lang)}</dt> })}
                {people(true)}
                {any(false).then(|| view! { <dt>{words::parent_alone(lang)}</dt> })}
                {people(false)}
                {phase}
            </dl>
        </div>
    }
}

fn known_by(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let units = case
        .known_by
        .iter()
        .map(|one| {
            let why = if one.registered { words::because_registered(lang) } else { words::because_covered(lang) };
            let voice = one.voice.map(|voice| format!("; {}", consent::voice(voice, lang))).unwrap_or_default();
            view! { <li>{one.unit.clone()}<small class="soft">{format!(" {why}{voice}")}</small></li> }
        })
        .collect_view();
    let seen = case.own.then(|| view! { <p><a href=path::case_seen(case.id)>{words::seen(lang)}</a></p> });
    view! {
        <details class="fold">
            <summary>{words::who_knows(lang)}</summary>
            <ul class="rows-list">{units}</ul>
            <p class="hint">{words::who_knows_hint(lang)}</p>
            {seen}
        </details>
    }
}

/// What changes a case, folded away.
fn changes(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let id = case.id.to_string();
    let ends = case
        .guardians
        .iter()
        .filter(|line| line.holds && line.until.is_none())
        .map(|line| {
            let (case, guardian, name) = (id.clone(), line.id.to_string(), line.name.clone());
            let end = if line.custody { words::end_guardianship(lang) } else { words::ask_no_more(lang) };
            view! {
                <Form to=EndGuardianship::PATH key=guardian.clone() class="person">
                    <input type="hidden" name="case" value=case/>
                    <input type="hidden" name="guardian" value=guardian.clone()/>
                    <p>{name}</p>
                    <DateField name="until_on" label=words::last_day(lang)/>
                    <button class="btn small">{end}</button>
                </Form>
            }
        })
        .collect_view();
    let now = |custody: bool| case.guardians.iter().filter(|line| line.custody == custody && line.holds).count();
    let to_case = id.clone();
    let add = (now(true) < 2 && case.guardians.iter().any(|line| line.custody)).then(|| {
        view! {
            <Form to=AddGuardian::PATH class="person">
                <input type="hidden" name="case" value=to_case/>
                <Field name="guardian_name" label=words::guardian_one(lang) hint=words::add_guardian_hint(lang) maxlength=100/>
                <DateField name="from_on" label=words::from_day(lang)/>
                <button class="btn small">{words::add_guardian(lang)}</button>
            </Form>
        }
    });
    let parent = (now(false) < 2).then(|| parent_form(&id, lang));
    let phase = case.phase.map(|now| phase_form(&id, now, lang));
    let open = case.own && case.protection == Protection::None;
    let coordination = |number: &str| {
        PersonalNumber::parse(number, today()).is_ok_and(|number| number.kind() == NumberKind::Coordination)
    };
    let number =
        (open && case.number.as_deref().is_none_or(coordination)).then(|| number_form(&id, case.version, lang));
    let protect = case.own.then(|| protected::change(case, lang));
    let close = case.own.then(|| close_form(&id, case.version, lang));
    view! {
        <details class="fold">
            <summary>{words::change(lang)}</summary>
            <div class="stack near">{ends}{add}{parent}{phase}{number}{protect}{close}</div>
        </details>
    }
}

fn parent_form(case: &str, lang: Lang) -> impl IntoView + use<> {
    let case = case.to_owned();
    view! {
        <Form to=AddParent::PATH class="person">
            <input type="hidden" name="case" value=case/>
            <Field name="parent_name" label=words::parent_alone(lang) hint=words::add_parent_hint(lang) maxlength=100/>
            <button class="btn small">{words::add_parent(lang)}</button>
        </Form>
    }
}

fn phase_form(case: &str, now: Phase, lang: Lang) -> impl IntoView + use<> {
    let case = case.to_owned();
    let phases = Phase::ALL
        .iter()
        .map(|phase| {
            view! { <Radio name="phase" label=consent::phase(*phase, lang) value=phase.code() checked=*phase == now/> }
        })
        .collect_view();
    view! {
        <Form to=RecordPhase::PATH class="person">
            <input type="hidden" name="case" value=case/>
            <Choices name="phase" legend=words::phase(lang) hint=words::phase_hint(lang)>{phases}</Choices>
            <button class="btn small">{words::change_phase(lang)}</button>
        </Form>
    }
}

fn number_form(case: &str, version: i64, lang: Lang) -> impl IntoView + use<> {
    let case = case.to_owned();
    view! {
        <Form to=ChangeNumber::PATH class="person">
            <input type="hidden" name="case" value=case/>
            <input type="hidden" name="seen" value=version.to_string()/>
            <Field
                name="personal_number"
                label=words::number(lang)
                hint=words::new_number_hint(lang)
                inputmode="numeric"
                maxlength=20
            />
            <button class="btn small">{words::save_number(lang)}</button>
        </Form>
    }
}

fn close_form(case: &str, version: i64, lang: Lang) -> impl IntoView + use<> {
    let case = case.to_owned();
    view! {
        <Form to=CloseCase::PATH class="person">
            <input type="hidden" name="case" value=case/>
            <input type="hidden" name="seen" value=version.to_string()/>
            <p class="hint">{words::close_hint(lang)}</p>
            <button class="btn small danger">{words::close_case(lang)}</button>
        </Form>
    }
}
