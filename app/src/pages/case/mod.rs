//! Cases and consents.

mod circumstances;
mod consents;
mod history;
mod list;
mod new;
mod paper;
mod papers;
mod parties;
mod proposals;
pub mod protected;
mod receipt;
mod record;
pub mod says;
mod seen;
mod show;
mod standing;
mod withdraw;

pub use consents::ConsentsPage;
pub use list::CasesPage;
pub use new::NewCasePage;
pub use paper::ConsentPaperPage;
pub use proposals::{said as proposal_said, send_back};
pub use receipt::ReceiptPage;
pub use record::RecordConsentPage;
pub use seen::SeenPage;
pub use show::{CasePage, confirm};
pub use withdraw::WithdrawPage;

use backend::view::case::{CaseRow, ConsentLine};
use leptos::prelude::*;

use crate::{
    components::Chip,
    path,
    text::{Lang, case as words, consent},
};

/// The chip of a consent.
#[component]
fn ConsentChip(line: ConsentLine, lang: Lang) -> impl IntoView {
    let (tone, text) = standing::line(&line, lang);
    view! { <Chip tone text/> }
}

/// What a case is called: the child's name, or that it is protected.
fn called(name: Option<&str>, lang: Lang) -> String {
    name.map_or_else(|| words::protected(lang).to_owned(), ToOwned::to_owned)
}

/// The table of cases, as both lists show it.
#[component]
fn CaseTable(rows: Vec<CaseRow>, lang: Lang, may_record: bool) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">
                        <a class="ref" href=path::case(row.id)>
                            {called(row.name.as_deref(), lang)}
                        </a>
                    </th>
                    <td data-label=words::reference(lang)>{row.reference.clone()}</td>
                    <td class="whole" data-label=words::age(lang)>{words::years(lang, row.age)}</td>
                    <td data-label=words::consent(lang)>
                        <ConsentChip line=row.consent lang/>
                    </td>
                    <td data-label=words::registrant(lang)>
                        {if row.own { words::own_unit(lang) } else { words::other_unit(lang) }}
                    </td>
                    <td class="deed">
                        {(may_record && row.consent.needs_somebody())
                            .then(|| {
                                view! {
                                    <a class="btn small" href=path::case_consent(row.id)>
                                        {consent::record(lang)}
                                        <span class="visually-hidden">{format!(" {}", row.reference)}</span>
                                    </a>
                                }
                            })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{words::name(lang)}</th>
                        <th scope="col">{words::reference(lang)}</th>
                        <th scope="col">{words::age(lang)}</th>
                        <th scope="col">{words::consent(lang)}</th>
                        <th scope="col">{words::registrant(lang)}</th>
                        <th scope="col"><span class="visually-hidden">{consent::record(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}
