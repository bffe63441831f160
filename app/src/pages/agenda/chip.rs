//! Consent in two words.

use backend::view::agenda::ConsentChip;
use domain::visibility::NeutralStatus;
use leptos::prelude::*;

use crate::{
    components::{Chip, Tone},
    request::{lang, today},
    text::{agendas as text, date::day_month_near},
};

/// The chip of a case.
pub(super) fn chip(consent: ConsentChip) -> impl IntoView {
    let lang = lang();
    let (tone, words) = match consent {
        ConsentChip::Holds { until } => (Tone::Ok, text::holds_until(lang, &day_month_near(until, today(), lang))),
        ConsentChip::EndsBefore { last } => (Tone::Warn, text::ends(lang, &day_month_near(last, today(), lang))),
        ConsentChip::RenewBefore => (Tone::Warn, text::renew_before(lang).to_owned()),
        ConsentChip::Lacks(status) => (
            Tone::Stop,
            match status {
                NeutralStatus::InForce | NeutralStatus::Missing => text::missing(lang),
                NeutralStatus::Awaiting => text::awaiting(lang),
                NeutralStatus::NotYetValid => text::not_yet(lang),
                NeutralStatus::Refused => text::refused(lang),
                NeutralStatus::Withdrawn => text::withdrawn(lang),
                NeutralStatus::NeedsRenewal => text::needs_renewal(lang),
                NeutralStatus::NoCommonReceiver => text::nobody_in_common(lang),
            }
            .to_owned(),
        ),
    };
    view! { <Chip tone text=words/> }
}
