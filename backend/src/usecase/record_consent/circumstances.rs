//! How a consent was obtained (C4, C23), and whose answer it does without (C8), as typed and as read.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    consent::{
        Answer, CaseFacts, Explained, Hindrance, Interpreter, Limits, Maturity, Obtaining, Prevented, Signature,
        Signer, Words, asks_child, latest_alone, may_be_prevented,
    },
    flaw::FlawKind,
    id::PersonId,
    time::day,
};

use crate::typed::Typed;

/// How it was obtained, as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedObtaining {
    /// Whether all that the paper form tells has been explained (C23).
    pub informed: bool,
    /// [`Explained`] codes.
    pub explained: Vec<String>,
    /// The language; empty for Swedish.
    pub language: String,
    /// An [`Interpreter`] code; empty for none.
    pub interpreter: String,
    /// Who obtained it: a [`PersonId`] of the same unit; empty for who records it.
    pub obtained_by: String,
    /// What may not be told.
    pub not_covered: String,
    /// A [`Maturity`] code; of no meaning where the child is younger than twelve or signs.
    pub maturity: String,
    /// Why the child was not asked.
    pub maturity_reason: String,
}

/// A guardian who could not answer, as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedPrevented {
    /// Who: the guardian as [`Signer`] is named in forms; empty for nobody.
    pub who: String,
    /// A [`Hindrance`] code.
    pub cause: String,
    /// How that is known.
    pub note: String,
    /// The last day the other decides alone.
    pub until: String,
    /// The manager who approved it.
    pub approved_by: String,
}

/// All of that, read.
pub(super) struct Circumstances {
    pub obtaining: Obtaining,
    pub words: Words,
    pub obtained_by: Option<PersonId>,
    pub prevented: Option<(Prevented, Hindrance)>,
}

/// What it is read against.
pub(super) struct About<'a> {
    pub facts: &'a CaseFacts,
    pub signers: &'a BTreeSet<Signer>,
    pub signatures: &'a [Signature],
    pub valid_from: NaiveDate,
    pub colleagues: &'a BTreeSet<PersonId>,
    pub now: DateTime<Utc>,
}

/// Reads what was typed; none, with a flaw at the field, where it cannot be used.
pub(super) fn read(
    typed: &mut Typed,
    obtaining: &TypedObtaining,
    prevented: &TypedPrevented,
    about: &About<'_>,
) -> Option<Circumstances> {
    let mut words = Words {
        not_covered: typed.optional_prose::<1_000>("obtaining[not_covered]", &obtaining.not_covered),
        language: typed.optional_line::<40>("obtaining[language]", &obtaining.language),
        ..Words::default()
    };
    let (explained, interpreter) = (explained(typed, obtaining, about), interpreter(typed, obtaining));
    let maturity = maturity(typed, obtaining, about, &mut words);
    let obtained_by = typed.optional_choice::<PersonId>("obtaining[obtained_by]", &obtaining.obtained_by);
    if obtained_by.is_some_and(|person| !about.colleagues.contains(&person)) {
        typed.flaw("obtaining[obtained_by]", FlawKind::NotAChoice);
    }
    let prevented =
        if prevented.who.trim().is_empty() { None } else { Some(alone(typed, prevented, about, &mut words)?) };
    Some(Circumstances {
        obtaining: Obtaining { explained, interpreter: interpreter?, maturity },
        words,
        obtained_by,
        prevented,
    })
}

/// C23: a yes is one only where everything was explained.
fn explained(typed: &mut Typed, form: &TypedObtaining, about: &About<'_>) -> BTreeSet<Explained> {
    let field = "obtaining[explained]";
    let ways = form.explained.iter().filter_map(|code| typed.choice::<Explained>(field, code)).collect::<BTreeSet<_>>();
    if about.signatures.iter().any(|signature| signature.answer == Answer::Agreed) {
        if !form.informed {
            typed.flaw("obtaining[informed]", FlawKind::Required);
        }
        if ways.is_empty() {
            typed.flaw(field, FlawKind::Required);
        }
    }
    ways
}

fn interpreter(typed: &mut Typed, form: &TypedObtaining) -> Option<Interpreter> {
    if form.interpreter.trim().is_empty() {
        return Some(Interpreter::NotNeeded);
    }
    typed.choice("obtaining[interpreter]", &form.interpreter)
}

/// C4: from twelve it is told how the child was asked, until the child signs.
fn maturity(typed: &mut Typed, form: &TypedObtaining, about: &About<'_>, words: &mut Words) -> Option<Maturity> {
    if !asks_child(about.facts.born_on, about.valid_from.min(day(about.now))) {
        return None;
    }
    let maturity = typed.choice("obtaining[maturity]", &form.maturity)?;
    if maturity == Maturity::NotSuitable {
        words.maturity_reason =
            typed.prose::<500>("obtaining[maturity_reason]", &form.maturity_reason).map(String::from)?;
    }
    Some(maturity)
}

/// C8, FB 6 kap. 13 § andra stycket: one guardian alone, for a reason, for a time, with a manager's approval.
fn alone(
    typed: &mut Typed,
    form: &TypedPrevented,
    about: &About<'_>,
    words: &mut Words,
) -> Option<(Prevented, Hindrance)> {
    let decides = |by: Signer| about.signers.contains(&by) && !about.facts.answers_for_own_alone(by);
    let guardian = match form.who.parse() {
        Ok(by @ Signer::Guardian(guardian)) if decides(by) => guardian,
        _ => {
            typed.flaw("prevented[who]", FlawKind::NotAChoice);
            return None;
        }
    };
    let answered = |by: Signer| about.signatures.iter().any(|signature| signature.by == by);
    let others = about.signatures.iter().any(|signature| {
        let other = matches!(signature.by, Signer::Guardian(other) if other != guardian);
        other && decides(signature.by) && signature.answer == Answer::Agreed
    });
    if answered(Signer::Guardian(guardian)) {
        typed.flaw("prevented[who]", FlawKind::HasAnswered);
    } else if !may_be_prevented(about.facts, guardian, about.now) {
        typed.flaw("prevented[who]", FlawKind::HasSaidNo);
    } else if !others {
        typed.flaw("prevented[who]", FlawKind::NobodyElse);
    }
    let cause = typed.choice("prevented[cause]", &form.cause);
    let note = typed.prose::<500>("prevented[note]", &form.note);
    let until = typed.date("prevented[until]", &form.until);
    let approved_by = typed.line::<120>("prevented[approved_by]", &form.approved_by);
    if let Some(until) = until {
        if until < about.valid_from {
            typed.flaw("prevented[until]", FlawKind::BeforeTheOther);
        } else if until > latest_alone(about.valid_from, Limits::default()) {
            typed.flaw("prevented[until]", FlawKind::TooLongAlone);
        }
    }
    words.prevented_note = note.map(String::from)?;
    words.approved_by = approved_by.map(String::from)?;
    Some((Prevented { guardian, until: until? }, cause?))
}
