//! A case's consent in a few words, for chips in lists and on the case's page.

use backend::view::case::ConsentLine;
use domain::{
    consent::Reason,
    visibility::{NeutralStatus, ShownStatus, neutral_of},
};

use crate::{
    components::Tone,
    request::today,
    text::{Lang, consent as words, date::day_month_near},
};

/// The chip of a case's consent: "Gäller t.o.m. 10 juni", "Löper ut 25 november", "Väntar på svar från en vårdnadshavare".
pub(super) fn line(line: &ConsentLine, lang: Lang) -> (Tone, String) {
    let status = match line.shown {
        ShownStatus::Full { reason, .. } => {
            if reason == Some(Reason::Expired) {
                return (Tone::Stop, words::expired(lang).to_owned());
            }
            neutral_of(reason)
        }
        ShownStatus::Neutral(status) => status,
    };
    status_words(status, line, lang)
}

fn status_words(status: NeutralStatus, line: &ConsentLine, lang: Lang) -> (Tone, String) {
    let plain = |tone, words: &'static str| (tone, words.to_owned());
    match status {
        NeutralStatus::InForce => match line.until.map(|until| day_month_near(until, today(), lang)) {
            Some(until) if line.alone_until.is_some() => {
                (Tone::Warn, format!("{} · {}", words::ends_on(lang, &until), words::one_alone(lang).to_lowercase()))
            }
            Some(until) if line.soon => (Tone::Warn, words::ends_on(lang, &until)),
            Some(until) => (Tone::Ok, words::holds_until(lang, &until)),
            None => plain(Tone::Ok, words::in_force(lang)),
        },
        NeutralStatus::NotYetValid => match line.starts.map(|from| day_month_near(from, today(), lang)) {
            Some(from) => (Tone::Info, words::starts_on(lang, &from)),
            None => plain(Tone::Info, words::holds_not_yet(lang)),
        },
        NeutralStatus::Awaiting => plain(Tone::Warn, awaited(line, lang)),
        NeutralStatus::Missing => plain(Tone::Stop, words::missing(lang)),
        NeutralStatus::Refused => plain(Tone::Stop, words::refused(lang)),
        NeutralStatus::Withdrawn => plain(Tone::Stop, words::withdrawn(lang)),
        NeutralStatus::NeedsRenewal => plain(Tone::Warn, words::needs_renewal(lang)),
        NeutralStatus::NoCommonReceiver => plain(Tone::Stop, words::no_common(lang)),
    }
}

const fn awaited(line: &ConsentLine, lang: Lang) -> &'static str {
    match (line.guardians_missing, line.child_missing) {
        (0, true) => words::awaits_child(lang),
        (_, true) => words::awaits_both(lang),
        (1, false) => words::awaits_one(lang),
        (2, false) => words::awaits_two(lang),
        _ => words::awaits_answers(lang),
    }
}
