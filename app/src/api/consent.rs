//! Consent: recorded and taken back.

use domain::id::{CaseId, ConsentId, PaperId, UnitId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    components::Tone,
    problem::{Done, Problem},
    text::Lang,
    wire::Json,
};

/// One signer's answer, as the form sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AnswerTyped {
    /// `child`, or the guardian's id.
    pub signer: String,
    /// `agreed`, `refused`, or empty.
    #[serde(default)]
    pub answer: String,
    /// The day of the answer.
    #[serde(default)]
    pub signed_on: String,
    /// The units ticked.
    #[serde(default)]
    pub receivers: Vec<String>,
}

/// How a consent was obtained, as the form sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ObtainingTyped {
    /// Whether everything was explained.
    pub informed: bool,
    /// Ways it was explained.
    pub explained: Vec<String>,
    /// The language; empty for Swedish.
    pub language: String,
    /// Whether an interpreter took part.
    pub interpreter: String,
    /// Who obtained it.
    pub obtained_by: String,
    /// What may not be told.
    pub not_covered: String,
    /// How the child was asked.
    pub maturity: String,
    /// Why the child was not.
    pub maturity_reason: String,
}

/// A guardian who could not answer, as the form sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PreventedTyped {
    /// The guardian's id; empty for nobody.
    pub who: String,
    /// Absence, illness or other.
    pub cause: String,
    /// How that is known.
    pub note: String,
    /// The last day the other decides alone.
    pub until: String,
    /// The manager who approved it.
    pub approved_by: String,
}

/// Whom a unit's part concerns, as the form sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConcernTyped {
    /// The unit.
    pub unit: String,
    /// `child`, or the parent's id.
    pub who: String,
}

/// What may be told, and what is said of single parties, as the form sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScopeTyped {
    /// Information category codes.
    pub categories: Vec<String>,
    /// Purpose codes besides the meeting.
    pub also: Vec<String>,
    /// Whom the part of each unit for adults concerns.
    pub concerns: Vec<ConcernTyped>,
    /// The units that may only listen.
    pub listeners: Vec<String>,
}

/// Records a consent.
#[server(prefix = "/api", endpoint = "consent/record")]
pub async fn record_consent(
    /// The case.
    case: CaseId,
    /// What each signer answered.
    #[server(default)]
    answers: Vec<AnswerTyped>,
    /// What may be told, and by whom.
    #[server(default)]
    scope: ScopeTyped,
    /// The first day.
    #[server(default)]
    valid_from: String,
    /// The last day.
    #[server(default)]
    valid_until: String,
    /// How it was obtained.
    #[server(default)]
    obtaining: ObtainingTyped,
    /// Who could not answer.
    #[server(default)]
    prevented: PreventedTyped,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    use backend::{usecase::record_consent as record, view::case::still_known};
    let ask = signed_in()?;
    let answers = answers.into_iter().map(Into::into).collect();
    let form = record::RecordConsent {
        answers,
        categories: scope.categories,
        also: scope.also,
        valid_from,
        valid_until,
        method: String::new(),
        obtaining: obtaining.into(),
        prevented: prevented.into(),
        concerns: scope.concerns.into_iter().map(Into::into).collect(),
        listeners: scope.listeners,
    };
    record::record_consent(&ask.backend, &ask.actor, case, form).await?;
    let known = still_known(&ask.backend, &ask.actor, case).await?;
    Ok(Done::said(if known { path::case(case) } else { path::CASES.to_owned() }, Said::ConsentRecorded))
}

#[cfg(feature = "ssr")]
impl From<AnswerTyped> for backend::usecase::record_consent::TypedAnswer {
    fn from(typed: AnswerTyped) -> Self {
        let AnswerTyped { signer, answer, signed_on, receivers } = typed;
        Self { signer, answer, signed_on, receivers }
    }
}

#[cfg(feature = "ssr")]
impl From<ObtainingTyped> for backend::usecase::record_consent::TypedObtaining {
    fn from(typed: ObtainingTyped) -> Self {
        let ObtainingTyped { informed, explained, language, interpreter, .. } = typed;
        let ObtainingTyped { obtained_by, not_covered, maturity, maturity_reason, .. } = typed;
        Self { informed, explained, language, interpreter, obtained_by, not_covered, maturity, maturity_reason }
    }
}

#[cfg(feature = "ssr")]
impl From<PreventedTyped> for backend::usecase::record_consent::TypedPrevented {
    fn from(typed: PreventedTyped) -> Self {
        let PreventedTyped { who, cause, note, until, approved_by } = typed;
        Self { who, cause, note, until, approved_by }
    }
}

#[cfg(feature = "ssr")]
impl From<ConcernTyped> for backend::usecase::record_consent::TypedConcern {
    fn from(ConcernTyped { unit, who }: ConcernTyped) -> Self {
        Self { unit, who }
    }
}

/// Says that one's unit holds the consent that was shown.
#[server(prefix = "/api", endpoint = "consent/acknowledge")]
pub async fn acknowledge_consent(
    /// The case.
    case: CaseId,
    /// The consent.
    consent: ConsentId,
) -> Result<Done, Problem> {
    use crate::{request, text::Said};
    let ask = request::signed_in()?;
    backend::usecase::acknowledge_consent::acknowledge_consent(&ask.backend, &ask.actor, case, consent).await?;
    Ok(Done::said(request::back(), Said::ConsentAcknowledged))
}

/// Takes away a signed paper that does not belong to the consent.
#[server(prefix = "/api", endpoint = "consent/remove-paper")]
pub async fn remove_paper(
    /// The case.
    case: CaseId,
    /// The paper.
    paper: PaperId,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    backend::usecase::attach_paper::remove_paper(&ask.backend, &ask.actor, case, paper).await?;
    Ok(Done::said(path::case(case), Said::PaperRemoved))
}

/// Says that a consent was recorded by mistake.
#[server(prefix = "/api", endpoint = "consent/annul")]
pub async fn annul_consent(
    /// The case.
    case: CaseId,
    /// The consent.
    consent: ConsentId,
    /// A code of what went wrong.
    #[server(default)]
    mistake: String,
) -> Result<Done, Problem> {
    use crate::{path, request::signed_in, text::Said};
    let ask = signed_in()?;
    let known =
        backend::usecase::annul_consent::annul_consent(&ask.backend, &ask.actor, case, consent, &mistake).await?;
    Ok(Done::said(if known { path::case(case) } else { path::CASES.to_owned() }, Said::ConsentAnnulled))
}

/// One line of what a consent would mean: how good it is, a word or two, the sentence under them.
pub type Line = (Tone, String, String);

/// What the consent being filled in would mean. Changes nothing and shows nobody's name but those it was given.
#[server(prefix = "/api", endpoint = "consent/preview", output = Json)]
pub async fn preview_consent(
    /// The page's language.
    lang: Lang,
    /// The case.
    case: String,
    /// Those who can answer, as the page names them, in the order of the form.
    #[server(default)]
    names: Vec<String>,
    /// The form of [`record_consent`] as typed, URL-encoded.
    form: String,
) -> Result<Vec<Line>, Problem> {
    use crate::{pages::case::says::says_of_form, request};
    let ask = request::signed_in()?;
    let rules = backend::view::case::consent_rules(&ask.backend, &ask.actor, request::typed_id(&case)?).await?;
    Ok(says_of_form(lang, &rules, names, &form))
}

/// Takes a consent back: wholly, or with `part` from the units ticked.
#[server(prefix = "/api", endpoint = "consent/withdraw")]
pub async fn withdraw_consent(
    /// The case.
    case: CaseId,
    /// Who: `child`, or the guardian's id.
    #[server(default)]
    by: String,
    /// Whether only the ticked units are taken back.
    #[server(default)]
    part: bool,
    /// The units ticked.
    #[server(default)]
    receivers: Vec<UnitId>,
) -> Result<Done, Problem> {
    use crate::{path, problem::FlawKind, request::signed_in, text::Said};
    use domain::consent::Scope;
    let ask = signed_in()?;
    let by = by.parse().map_err(|_| Problem::flaw("by", FlawKind::NotAChoice))?;
    let scope = if part { Scope::Receivers(receivers.into_iter().collect()) } else { Scope::All };
    let done = backend::usecase::withdraw_consent::withdraw_consent(&ask.backend, &ask.actor, case, by, scope).await?;
    let go = if done.still_known { path::case(case) } else { path::CASES.to_owned() };
    Ok(Done::said(go, Said::ConsentWithdrawn))
}
