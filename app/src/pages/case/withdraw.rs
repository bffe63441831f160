//! Taking a consent back: one button for each who can.

use backend::view::case::{WithdrawForm, withdraw_form};
use domain::{consent::Signer, id::CaseId};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{called, protected::not_on_paper, show::handed_over};
use crate::{
    api::consent::WithdrawConsent,
    components::{Checkbox, Choices, Crumbs, Form, Note, Radio, Title, Tone},
    path,
    request::{page, param},
    text::{Lang, case as case_words, consent as words},
};

/// Who takes it back; for all by one press, for some units further down.
#[component]
pub fn WithdrawPage() -> impl IntoView {
    page(async |ask| {
        let lang = ask.lang;
        let form = withdraw_form(&ask.backend, &ask.actor, param::<CaseId>("id")?).await?;
        let name = called(form.name.as_deref(), lang);
        let nothing = form.covered.is_empty().then(|| {
            view! { <Note tone=Tone::Info><p>{words::nothing_covered(lang)}</p></Note> }
        });
        Ok(view! {
            <Title text=words::withdraw_title(lang)/>
            <Crumbs steps=vec![
                (path::CASES.to_owned(), case_words::cases(lang).to_owned()),
                (path::case(form.case), form.reference.clone()),
            ]/>
            {not_on_paper(form.name.is_none(), lang)}
            <div class="head">
                <div>
                    <span class="forum">{format!("{name} · {}", form.reference)}</span>
                    <h1>{words::withdraw_title(lang)}</h1>
                    <p>{words::withdraw_lead(lang)}</p>
                </div>
            </div>
            {nothing}
            <section class="sheet block near">
                <h2>{words::withdraw_who(lang)}</h2>
                <div class="btns stacked">{whole(&form, lang)}</div>
            </section>
            {handed_over(&form.handed, lang)}
            <Part form lang/>
        })
    })
}

/// What somebody is called on the button.
fn signer_name(name: Option<&str>, lang: Lang) -> String {
    name.map_or_else(|| words::the_child(lang).to_owned(), ToOwned::to_owned)
}

fn whole(form: &WithdrawForm, lang: Lang) -> impl IntoView + use<> {
    let case = form.case;
    form.signers
        .iter()
        .map(|(by, name)| {
            let (by, label) = (by.to_string(), words::takes_back(lang, &signer_name(name.as_deref(), lang)));
            view! {
                <Form to=WithdrawConsent::PATH key=by.clone() class="inline" summary=false>
                    <input type="hidden" name="case" value=case.to_string()/>
                    <input type="hidden" name="by" value=by.clone()/>
                    <button class="btn danger">{label}</button>
                </Form>
            }
        })
        .collect_view()
}

#[component]
fn Part(form: WithdrawForm, lang: Lang) -> impl IntoView {
    let WithdrawForm { case, signers, covered, .. } = form;
    let only: Option<Signer> = if let [(one, _)] = signers.as_slice() { Some(*one) } else { None };
    let signers = signers
        .into_iter()
        .map(|(by, name)| {
            let label = signer_name(name.as_deref(), lang);
            view! { <Radio name="by" label value=by.to_string() checked=only == Some(by)/> }
        })
        .collect_view();
    let any = !covered.is_empty();
    let units = covered
        .into_iter()
        .map(|(id, name)| view! { <Checkbox name="receivers[]" label=name value=id.to_string()/> })
        .collect_view();
    any.then(|| {
        view! {
            <details class="fold">
                <summary>{words::withdraw_part(lang)}</summary>
                <Form to=WithdrawConsent::PATH key="part" class="sheet block">
                    <input type="hidden" name="case" value=case.to_string()/>
                    <input type="hidden" name="part" value="true"/>
                    <Choices name="by" legend=words::withdraw_who(lang)>{signers}</Choices>
                    <Choices name="receivers" legend=words::from_whom(lang)>{units}</Choices>
                    <div class="btns">
                        <button class="btn danger">{words::withdraw_part_button(lang)}</button>
                    </div>
                </Form>
            </details>
        }
    })
}
