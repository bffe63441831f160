//! What is asked of a case: who wants it taken up and why, and the form to ask.

use backend::{
    usecase::propose::{QUESTION, REASON},
    view::{
        case::CasePage as Shown,
        proposal::{Asked, ProposalLine, Proposals},
    },
};
use domain::id::{CaseId, MeetingId, ProposalId};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::proposal::{Propose, ReturnProposal, TakeBackProposal},
    components::{Checkbox, Chip, Choices, DateField, Field, Form, Press, TextArea, Tone},
    form::FormState,
    text::{
        Lang,
        date::{clock, day_month_year},
        proposal as words,
    },
};

/// What is asked of the case, and the form.
pub(super) fn proposals(case: &Shown, lang: Lang) -> impl IntoView + use<> {
    let Proposals { lines, wishable } = &case.proposals;
    let asks = !wishable.is_empty();
    let own = lines.iter().any(|line| line.may_take_back);
    let none = (lines.is_empty() && asks).then(|| view! { <p class="soft">{words::none(lang)}</p> });
    let lines = lines.iter().map(|one| line(one, lang)).collect_view();
    let form = asks.then(|| form(case.id, &case.proposals, own, lang));
    (asks || !case.proposals.lines.is_empty()).then(|| {
        view! {
            <section class="sheet block near">
                <h2>{words::title(lang)}</h2>
                {none}
                {lines}
                {form}
            </section>
        }
    })
}

fn line(line: &ProposalLine, lang: Lang) -> impl IntoView + use<> {
    let on = day_month_year(line.on, lang);
    let who = match (line.may_take_back, line.asked.unit.as_str()) {
        (true, _) => words::your_own(lang, &on),
        (false, "") => words::asks(lang, words::somebody(lang), &on),
        (false, unit) => words::asks(lang, unit, &on),
    };
    let earliest = line.not_before.map(|day| view! { <p>{words::earliest(lang, &day_month_year(day, lang))}</p> });
    let (tone, state) = match line.returned {
        None => (Tone::Info, words::waiting(lang)),
        Some(_) => (Tone::Warn, words::returned(lang)),
    };
    let reason = line.returned.clone().map(|reason| view! { <p class="asked">{reason}</p> });
    let proposal = line.asked.proposal;
    let take_back = proposal.filter(|_| line.may_take_back).map(|id| {
        let said = if line.returned.is_some() { words::noticed(lang) } else { words::take_back(lang) };
        let fields = vec![("proposal", id.to_string())];
        view! { <Press to=TakeBackProposal::PATH fields words=said class="btn small"/> }
    });
    let answer = proposal.filter(|_| line.may_return).map(|id| send_back(id, None, lang));
    view! {
        <div class="proposal">
            <p><b>{who}</b>" "<Chip tone text=state/></p>
            {reason}
            {said(&line.asked, lang)}
            {earliest}
            {take_back}
            {answer}
        </div>
    }
}

/// What somebody asks: the question, whom they wish for, and the family.
pub fn said(asked: &Asked, lang: Lang) -> impl IntoView + use<> {
    let covered =
        (!asked.covered.is_empty()).then(|| view! { <p>{words::wishes(lang, &asked.covered.join(", "))}</p> });
    let uncovered = (!asked.uncovered.is_empty())
        .then(|| view! { <p><span aria-hidden="true">"▲ "</span>{words::wishes_uncovered(lang, &asked.uncovered.join(", "))}</p> });
    let family = asked.family.then(|| match asked.family_at {
        Some(at) => words::family_comes_at(lang, &clock(at)),
        None => words::family_comes(lang).to_owned(),
    });
    let family = family.map(|family| view! { <p>{family}</p> });
    view! {
        <p class="asked">{asked.question.clone()}</p>
        {covered}
        {uncovered}
        {family}
    }
}

/// The form that sends a proposal back, folded away until it is needed.
pub fn send_back(proposal: ProposalId, meeting: Option<MeetingId>, lang: Lang) -> impl IntoView {
    let key = proposal.uuid().simple().to_string();
    let open = FormState::of(ReturnProposal::PATH, &key).sent;
    let meeting = meeting.map(|id| view! { <input type="hidden" name="meeting" value=id.to_string()/> });
    view! {
        <details class="fold" open=open>
            <summary>{words::return_it(lang)}</summary>
            <Form to=ReturnProposal::PATH key class="stack near">
                <input type="hidden" name="proposal" value=proposal.to_string()/>
                {meeting}
                <TextArea
                    name="reason"
                    label=words::reason(lang)
                    hint=words::reason_hint(lang)
                    rows=2
                    maxlength=u32::try_from(REASON).unwrap_or_default()
                />
                <button class="btn small">{words::return_it(lang)}</button>
            </Form>
        </details>
    }
}

fn form(case: CaseId, all: &Proposals, own: bool, lang: Lang) -> impl IntoView + use<> {
    let open = FormState::of(Propose::PATH, "").sent;
    let title = if own { words::propose_other(lang) } else { words::propose(lang) };
    let replaces = own.then(|| view! { <p>{words::replaces(lang)}</p> });
    let wishable = all.wishable.clone();
    // Made within the form, whose draft says what was ticked.
    let boxes = move || {
        let boxes = wishable.iter().map(|unit| {
            let label = if unit.covered { unit.name.clone() } else { words::not_covered(lang, &unit.name) };
            view! { <Checkbox name="parties[]" label value=unit.unit.to_string()/> }
        });
        boxes.collect_view()
    };
    view! {
        <details class="fold" open=open>
            <summary>{title}</summary>
            <Form to=Propose::PATH class="stack wishes">
                <input type="hidden" name="case" value=case.to_string()/>
                {replaces}
                <p class="hint">{words::who_reads(lang)}</p>
                <TextArea
                    name="question"
                    label=words::question(lang)
                    hint=words::question_hint(lang)
                    rows=4
                    maxlength=u32::try_from(QUESTION).unwrap_or_default()
                />
                <Choices name="parties" legend=words::parties(lang) hint=words::parties_hint(lang)>{boxes()}</Choices>
                <DateField name="not_before" label=words::not_before(lang) hint=words::not_before_hint(lang) optional=true/>
                <Checkbox name="family" label=words::family(lang) value="yes"/>
                <Field
                    name="family_at"
                    label=words::family_at(lang)
                    hint=words::family_at_hint(lang)
                    optional=true
                    inputmode="numeric"
                    maxlength=5
                    class="number"
                />
                <button class="btn primary">{words::send(lang)}</button>
            </Form>
        </details>
    }
}
