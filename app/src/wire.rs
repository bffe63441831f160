//! How answers travel to islands: JSON, read with as little code as does it, since every byte of it is sent to the browser.

use leptos::{
    serde_json,
    server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::problem::Problem;

/// The answer of a server function that an island calls: `#[server(…, output = Json)]`.
pub type Json = Post<JsonText>;

/// What became of text saved while it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Autosaved {
    /// The revision that is saved now; none where what is typed cannot be saved.
    pub revision: Option<i64>,
    /// When, in local time: "09.22.14"; or the sentence that says what to correct.
    pub said: String,
    /// The words for other persons in what is saved.
    pub mentions: String,
}

#[cfg(feature = "ssr")]
impl Autosaved {
    /// What a save came to: the revision that stands now, or a flaw, in a sentence. Other problems stay problems.
    pub fn of(
        saved: backend::Result<i64>,
        now: chrono::DateTime<chrono::Utc>,
        lang: crate::text::Lang,
    ) -> Result<Self, Problem> {
        match saved.map_err(Into::into) {
            Ok(revision) => {
                let said = domain::time::local(now).format("%H.%M.%S").to_string();
                Ok(Self { revision: Some(revision), said, mentions: String::new() })
            }
            Err(Problem::Invalid(flaws)) => {
                let said = flaws.first().map(|flaw| crate::text::flaw(flaw.kind, lang)).unwrap_or_default();
                Ok(Self { revision: None, said, mentions: String::new() })
            }
            Err(problem) => Err(problem),
        }
    }
}

/// JSON read as text, as the islands' properties are: a second reader, over bytes, would weigh as much again.
pub struct JsonText;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_str(&String::from_utf8_lossy(&bytes))
    }
}

/// The same JSON for a [`Problem`], of which the browser reads the code only: no island shows flaws by field.
pub struct ProblemCode;

impl ContentType for ProblemCode {
    const CONTENT_TYPE: &'static str = JsonText::CONTENT_TYPE;
}

impl FormatType for ProblemCode {
    const FORMAT_TYPE: Format = Format::Text;
}

impl Encodes<Problem> for ProblemCode {
    type Error = serde_json::Error;

    fn encode(problem: &Problem) -> Result<Bytes, Self::Error> {
        JsonText::encode(problem)
    }
}

#[cfg(not(feature = "hydrate"))]
impl Decodes<Problem> for ProblemCode {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<Problem, Self::Error> {
        JsonText::decode(bytes)
    }
}

#[cfg(feature = "hydrate")]
impl Decodes<Problem> for ProblemCode {
    type Error = std::convert::Infallible;

    fn decode(bytes: Bytes) -> Result<Problem, Self::Error> {
        Ok(by_code(&String::from_utf8_lossy(&bytes)))
    }
}

/// The problem by its code; of flaws none is kept. What is not a problem of ours is our fault.
#[cfg(any(test, feature = "hydrate"))]
fn by_code(json: &str) -> Problem {
    let mut words = json.split('"').skip(1).step_by(2);
    match words.next().unwrap_or_default() {
        "signed_out" => Problem::SignedOut,
        "no_assignment" => Problem::NoAssignment,
        "denied" => Problem::Denied,
        "not_found" => Problem::NotFound,
        "stale" => Problem::Stale,
        "invalid" => Problem::Invalid(Vec::new()),
        "refused" => words.next().and_then(|code| code.parse().ok()).map_or(Problem::Fault, Problem::Refused),
        "busy" => Problem::Busy,
        "offline" => Problem::Offline,
        _ => Problem::Fault,
    }
}

#[cfg(test)]
mod tests {
    use domain::{flaw::FlawKind, refusal::Refusal};

    use super::*;

    fn read(problem: &Problem) -> Problem {
        by_code(&serde_json::to_string(problem).expect("JSON"))
    }

    #[test]
    fn the_browser_knows_every_problem_by_its_code() {
        use Problem as P;
        let bare = [P::SignedOut, P::NoAssignment, P::Denied, P::NotFound, P::Stale, P::Busy, P::Offline, P::Fault];
        for problem in bare {
            assert_eq!(read(&problem), problem);
        }
        for refusal in Refusal::ALL {
            assert_eq!(read(&P::Refused(*refusal)), P::Refused(*refusal));
        }
    }

    #[test]
    fn the_browser_reads_no_flaws() {
        let problem = Problem::flaw("text[purpose]", FlawKind::TooLong { max: 10 });
        assert_eq!(read(&problem), Problem::Invalid(Vec::new()));
    }

    #[test]
    fn what_is_no_problem_of_ours_is_a_fault() {
        assert_eq!(by_code("<html>"), Problem::Fault);
        assert_eq!(by_code(""), Problem::Fault);
    }
}
