//! What mail says of a change of somebody's own sign-in (AUTH-14).

use serde::{Deserialize, Serialize};

use super::Letter;

/// What somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Somebody signed in with another kind of browser than before.
    NewBrowser,
    /// The password was changed or chosen anew.
    PasswordChanged,
    /// Password and app were set up, the first time or anew.
    AppConnected,
    /// A whole sign-in after five failures or more.
    AfterFailures,
    /// An administrator made a link to a new password or app.
    LinkMade,
}

/// The letter that tells it.
#[must_use]
pub fn notice(notice: Notice, language: &str) -> Letter {
    let (subject, text) = match (notice, language == "en") {
        (Notice::NewBrowser, false) => (
            "Inloggning med en ny webbläsare",
            "Någon loggade in som du i Samverkan med en webbläsare du inte använt förut.",
        ),
        (Notice::NewBrowser, true) => (
            "Sign-in with a new browser",
            "Somebody signed in as you to Samverkan with a browser you have not used before.",
        ),
        (Notice::PasswordChanged, false) => ("Lösenordet är bytt", "Ditt lösenord i Samverkan är bytt."),
        (Notice::PasswordChanged, true) => ("The password is changed", "Your password in Samverkan was changed."),
        (Notice::AppConnected, false) => (
            "En app för engångskoder är kopplad",
            "En app för engångskoder är kopplad till din inloggning i Samverkan.",
        ),
        (Notice::AppConnected, true) => (
            "An app for one-time codes is connected",
            "An app for one-time codes was connected to your sign-in in Samverkan.",
        ),
        (Notice::AfterFailures, false) => {
            ("Inloggning efter flera fel", "Någon loggade in som du i Samverkan efter flera felaktiga försök.")
        }
        (Notice::AfterFailures, true) => {
            ("Sign-in after several errors", "Somebody signed in as you to Samverkan after several failed tries.")
        }
        (Notice::LinkMade, false) => (
            "En inloggningslänk är gjord åt dig",
            "En administratör har gjort en länk åt dig för att välja lösenord i Samverkan. Länken får du av administratören själv.",
        ),
        (Notice::LinkMade, true) => (
            "A link was made for you",
            "An administrator made a link for you to choose a password in Samverkan. You get the link from the administrator in person.",
        ),
    };
    let rest = if language == "en" {
        "If it was you, there is nothing to do. If not, tell an administrator in your municipality at once.\n\nThis message was sent automatically and cannot be answered by mail.\n"
    } else {
        "Var det du behöver du inte göra något. Var det inte du, säg genast till en administratör i kommunen.\n\nDet här är ett automatiskt utskick som inte går att besvara.\n"
    };
    Letter { subject: subject.into(), body: format!("{text}\n\n{rest}"), calendar: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AUTH-14, PRIV-02
    #[test]
    fn auth_14_a_notice_holds_no_address_to_follow_and_nobodys_name() {
        use Notice::{AfterFailures, AppConnected, LinkMade, NewBrowser, PasswordChanged};
        for kind in [NewBrowser, PasswordChanged, AppConnected, AfterFailures, LinkMade] {
            for language in ["sv", "en"] {
                let letter = notice(kind, language);
                assert!(!letter.body.contains("http") && !letter.body.contains('@'), "{}", letter.body);
                assert!(letter.subject.len() < 70 && !letter.subject.contains('\n'));
            }
            assert_ne!(notice(kind, "sv"), notice(kind, "en"));
        }
    }
}
