//! Words of the review of the access log.

use domain::access_log_review::Finding;

use super::Lang;
use crate::texts;

texts! {
    title => "Loggkontroll", "Log review";
    lead => "Ett urval av vad enhetens personal har haft uppe. Stäm av att var och en hade skäl i arbetet. Dina egna besök kontrolleras av någon annan.",
        "A sample of what the unit's people have looked at. See that each had a reason in their work. Your own visits are reviewed by somebody else.";
    about(days: &str) => "Gäller {days}", "About {days}";
    nothing => "Inget att kontrollera", "Nothing to review";
    nothing_text => "Allt till och med i går är kontrollerat, eller så har ingen annan på enheten haft något ärende uppe.",
        "All until yesterday has been reviewed, or nobody else of the unit has looked at any case.";
    who => "Vem", "Who";
    case => "Ärende", "Case";
    when => "När", "When";
    finding => "Bedömning", "Finding";
    note => "Vad är oklart?", "What is not clear?";
    choose => "Välj", "Choose";
    once => "en gång", "once";
    times(count: i64) => "{count} gånger", "{count} times";
    save => "Spara kontrollen", "Save the review";
    earlier => "Tidigare kontroller", "Earlier reviews";
    by => "Gjord av", "Done by";
    looked_at => "Granskade", "Looked at";
    unclear => "Oklart", "Unclear";
    all_clear => "Inget att visa", "Nothing to show";
    of_line(what: &str, name: &str, reference: &str) => "{what}, {name}, {reference}", "{what}, {name}, {reference}";
}

/// What was found.
pub const fn finding_name(finding: Finding, lang: Lang) -> &'static str {
    match (finding, lang) {
        (Finding::Explained, Lang::Sv) => "Hade skäl",
        (Finding::Explained, Lang::En) => "Had a reason",
        (Finding::Unclear, Lang::Sv) => "Oklart",
        (Finding::Unclear, Lang::En) => "Unclear",
    }
}
