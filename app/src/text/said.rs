//! The one sentence a page says after something was done; its code travels in the address as `?sagt=`.

use super::Lang;
use serde::{Deserialize, Serialize};

macro_rules! said {
    ($($name:ident = $code:literal => $sv:literal, $en:literal;)+) => {
        /// What a page says after a change. The code is all that stands in the address.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Said {
            $(
                #[doc = concat!("»", $sv, "«")]
                #[serde(rename = $code)]
                $name,
            )+
        }

        impl Said {
            /// Every sentence.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The code in the address.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The sentence.
            #[must_use]
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::Sv) => $sv, (Self::$name, Lang::En) => $en),+ }
            }
        }
    };
}

said! {
    CaseRegistered = "arende-registrerat" => "Ärendet är registrerat. Bara din enhet ser det tills någon samtycker.", "The case is registered. Only your unit sees it until somebody consents.";
    ConsentRecorded = "samtycke-registrerat" => "Samtycket är registrerat.", "The consent is recorded.";
    ConsentAcknowledged = "samtycke-bekraftat" => "Din enhet har bekräftat samtycket. Ni kan berätta och skriva på träffen.", "Your unit has confirmed the consent. You can tell and write at the meeting.";
    ProtectedRegistered = "skyddat-registrerat" => "Ärendet är registrerat. Bara du ser det tills du namnger fler.", "The case is registered. Only you see it until you name others.";
    ReaderNamed = "namngiven" => "Namngiven. Ärendet syns nu för den du namngav, om enheten får veta om det.", "Named. Whoever you named now sees the case, if their unit may know of it.";
    ReaderRemoved = "inte-namngiven" => "Borttagen från de namngivna.", "Removed from those named.";
    HandOutAsked = "utlamnande-begart" => "En kollega som är namngiven ser nu din fråga.", "A colleague who is named now sees your question.";
    HandOutAnswered = "utlamnande-besvarat" => "Ditt svar är sparat.", "Your answer is saved.";
    PaperAttached = "blankett-bifogad" => "Blanketten är bifogad.", "The form is attached.";
    PaperRemoved = "blankett-borttagen" => "Blanketten är borttagen.", "The form is removed.";
    ConsentAnnulled = "samtycke-rattat" => "Samtycket är markerat som felregistrerat. Det som gällde före det gäller igen.", "The consent is marked as recorded by mistake. What held before it holds again.";
    ConsentWithdrawn = "samtycke-aterkallat" => "Samtycket är återkallat. Det gäller från och med nu.", "The consent is withdrawn, as of now.";
    DeputyAsked = "ersattare-fragad" => "Ersättaren får en kallelse.", "The deputy gets an invitation.";
    Proposed = "foreslaget" => "Förslaget är sparat. Det ligger kvar tills ärendet tas upp.", "The proposal is saved. It stays until the case is taken up.";
    ProposalReturned = "tillbakaskickat" => "Förslaget är tillbaka hos den som föreslog.", "The proposal is back with whoever made it.";
    CarriedOver = "overflyttat" => "Ärendet flyttades hit och står sist på dagordningen.", "The case was moved here and is last on the agenda.";
    RetentionDecided = "frist-antecknad" => "Gallringsfristen är antecknad och gäller från nu.", "The retention rule is recorded and holds from now on.";
    CaseHeld = "halls-kvar" => "Ärendet hålls kvar tills någon häver det.", "The case is held until somebody lifts it.";
    HoldLifted = "halls-inte-kvar" => "Ärendet hålls inte längre kvar.", "The case is not held any more.";
    DisposalProposed = "gallring-foreslagen" => "Gallringen är föreslagen. En administratör som inte föreslagit den kan godkänna.", "The disposal is proposed. An administrator who did not propose it can approve.";
    DisposalApproved = "gallring-godkand" => "Gallringen är godkänd. Den kan stoppas i ett dygn, sedan förstörs nycklarna.", "The disposal is approved. It can be stopped for 24 hours, then the keys are destroyed.";
    DisposalStopped = "gallring-stoppad" => "Gallringen är stoppad.", "The disposal is stopped.";
    CaseClosed = "arende-avslutat" => "Ärendet är avslutat.", "The case is closed.";
    Saved = "sparat" => "Sparat.", "Saved.";
    Recused = "jav" => "Jävet är antecknat.", "The disqualification is noted.";
    MinutesSubmitted = "inlamnad" => "Anteckningarna är inlämnade för granskning.", "The minutes are handed in for review.";
    MinutesReturned = "tillbakalamnad" => "Anteckningarna är tillbaka hos sekreteraren.", "The minutes are back with the secretary.";
    MinutesApproved = "justerad" => "Anteckningarna är justerade.", "The minutes are approved.";
    MinutesReopened = "oppnad-igen" => "Anteckningarna är öppna igen. Den som har läst dem får veta att något är nytt.", "The minutes are open again. Whoever has read them is told that something is new.";
    UndertakingMoved = "atgard-flyttad" => "Åtgärden har en ny dag.", "The action has a new day.";
    UndertakingDropped = "atgard-struken" => "Åtgärden är struken.", "The action is dropped.";
    MinutesDispatched = "expedierad" => "Expedierad. De som var kallade får veta att något är överlämnat till dem.", "Handed over. Those who were called are told that something was handed over to them.";
    AddendumWritten = "tillagg" => "Tillägget är sparat och väntar på justering.", "The addendum is saved and waits for review.";
    AddendumApproved = "tillagg-justerat" => "Tillägget är justerat och läses med anteckningarna.", "The addendum is approved and is read with the minutes.";
    AddendumReturned = "tillagg-tillbaka" => "Tillägget är inte justerat. Kommentaren står vid det.", "The addendum is not approved. Your comment stands beside it.";
    MeetingClosed = "traffen-avslutad" => "Träffen är avslutad och alla är utprickade.", "The meeting is over and everybody is checked out.";
    AccessLogReviewed = "loggkontroll" => "Kontrollen är sparad.", "The review is saved.";
    SignedOut = "utloggad" => "Du är utloggad.", "You are signed out.";
    UnitClosed = "enhet-stangd" => "Enheten är stängd.", "The unit is closed.";
    OrderUndone = "ordning-angrad" => "Punkterna står som förut.", "The items stand as before.";
    SeatAdded = "plats-tillagd" => "Platsen är tillagd. Välj vem som sitter där.", "The seat is added. Choose who sits there.";
    SeatHandedOver = "plats-overlamnad" => "Platsen är överlämnad. Kallelser till träffar som kommer går med den.", "The seat is handed over. Invitations to coming meetings go with it.";
    SeatRemoved = "plats-borta" => "Platsen är borttagen.", "The seat is removed.";
    SeriesSaved = "serie-sparad" => "Serien är sparad och träffarna utlagda.", "The series is saved and its meetings are laid out.";
    SeriesEnded = "serie-slut" => "Serien är avslutad.", "The series is ended.";
    MeetingMoved = "traff-flyttad" => "Träffen är flyttad.", "The meeting is moved.";
    MeetingCancelled = "traff-installd" => "Träffen är inställd.", "The meeting is cancelled.";
    PasswordChosen = "losenord" => "Lösenordet är sparat.", "The password is saved.";
    SessionEnded = "session" => "Utloggad där.", "Signed out there.";
    PersonAdded = "person" => "Personen är tillagd. Ge ett uppdrag och en länk.", "The person is added. Give an assignment and a link.";
    PersonShutOut = "avstangd" => "Personen är avstängd och utloggad.", "The person is shut out and signed out.";
    PersonLetIn = "inslappt" => "Personen kan logga in igen.", "The person can sign in again.";
    AssignmentAdded = "uppdrag" => "Uppdraget är tillagt.", "The assignment is added.";
    AssignmentEnded = "uppdrag-slut" => "Uppdraget är avslutat.", "The assignment is ended.";
    ItemAdded = "punkt-tillagd" => "Punkten står sist på dagordningen.", "The item is last on the agenda.";
    ConsultationStopped = "konsultation-avbruten" => "Punkten är avbruten och frågan är borttagen. Loggen säger att det hände, inte vad som stod.", "The item is stopped and its question erased. The log says that it happened, not what was written.";
    ItemRemoved = "punkt-borta" => "Punkten är borttagen. Ett ärende väntar i kön igen.", "The item is removed. A case waits in the queue again.";
    InvitationsSent = "kallelse-skickad" => "Kallelsen är skickad.", "The invitations are sent.";
    Answered = "svarat" => "Tack, ditt svar är sparat. Du kan ändra det fram till träffen.", "Thank you, your answer is saved. You can change it until the meeting.";
    FeedsEnded = "adresser-slut" => "Adresserna gäller inte längre. Kalendrarna töms nästa gång programmen hämtar dem.", "The addresses no longer work. The calendars empty the next time programs fetch them.";
    FeedEnded = "adress-slut" => "Adressen gäller inte längre. Kalendern töms nästa gång programmet hämtar den.", "The address no longer works. The calendar empties the next time the program fetches it.";
    CalendarWay = "kalender-vald" => "Sparat. Om träffar du redan är kallad till får du e-post inom några minuter.", "Saved. You get mail about meetings you are invited to already within a few minutes.";
    LanguageChanged = "sprak" => "Språket är bytt.", "The language is changed.";
}

impl Said {
    /// The sentence of a code, if there is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|said| said.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_its_own_and_fits_an_address() {
        for said in Said::ALL {
            assert_eq!(Said::from_code(said.code()), Some(*said));
            assert!(said.code().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", said.code());
        }
    }
}
