//! What is remembered of who did what: ids only, never names or text (L2, L4, AUD-07).

pub mod chain;

use domain::id::{CaseId, ConsentId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// One thing that happened, as the log keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What was done.
    pub action: Action,
    /// The case it concerned.
    pub case: Option<CaseId>,
    /// What else it concerned: a meeting, a person, minutes …
    pub subject: Option<Uuid>,
    /// The consent it rested on.
    pub basis: Option<ConsentId>,
    /// What was written came to this: a version of minutes is bound to the log, sealed as it is kept.
    pub digest: Option<[u8; 32]>,
}

/// A row that is written once, and what it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub row: Uuid,
    pub digest: [u8; 32],
}

impl Written {
    /// Of a row with these parts: each with its length, so that no two rows give the same bytes.
    pub(crate) fn of<'a>(row: Uuid, parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        hash.update(row.as_bytes());
        for part in parts {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
        Self { row, digest: hash.finalize().into() }
    }
}

impl Event {
    /// An event about nothing in particular yet.
    pub const fn new(action: Action) -> Self {
        Self { action, case: None, subject: None, basis: None, digest: None }
    }

    /// About this case.
    #[must_use]
    pub const fn case(mut self, case: CaseId) -> Self {
        self.case = Some(case);
        self
    }

    /// About this row.
    #[must_use]
    pub const fn subject(mut self, subject: Uuid) -> Self {
        self.subject = Some(subject);
        self
    }

    /// About this row, as it was written.
    #[must_use]
    pub(crate) const fn written(mut self, written: Written) -> Self {
        self.subject = Some(written.row);
        self.digest = Some(written.digest);
        self
    }

    /// Resting on this consent.
    #[must_use]
    pub const fn basis(mut self, basis: Option<ConsentId>) -> Self {
        self.basis = basis;
        self
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What can be done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// The code in the log; never reused for another thing.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The action of a code; none for one of another version of the program.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

actions! {
    /// The installation was set up or seeded.
    InstallationSetUp = "installation_set_up";
    /// Keys of cases, and what belongs to none, were sealed under the installation's key in use.
    KeysRenewed = "keys_renewed";
    /// A one-time link was issued.
    LinkIssued = "link_issued";
    /// A one-time link was followed, and is bound to that browser.
    LinkFollowed = "link_followed";
    /// Somebody joined by their link.
    PersonJoined = "person_joined";
    /// A person was added or changed.
    PersonChanged = "person_changed";
    /// A person was given something to work as, or it was ended.
    AssignmentChanged = "assignment_changed";
    /// A password was chosen or changed.
    PasswordChanged = "password_changed";
    /// A password was right.
    PasswordAccepted = "password_accepted";
    /// A password or code was wrong.
    SignInFailed = "sign_in_failed";
    /// Somebody was told by mail of a change of their sign-in.
    NoticeSent = "notice_sent";
    /// A session began, or its assignment was changed.
    SignedIn = "signed_in";
    /// A session was ended.
    SignedOut = "signed_out";
    /// A person's own settings were changed.
    SettingsChanged = "settings_changed";
    /// A unit was added or changed.
    UnitChanged = "unit_changed";
    /// A forum was changed.
    ForumChanged = "forum_changed";
    /// A seat was added or changed.
    SeatChanged = "seat_changed";
    /// A series was added or changed.
    SeriesChanged = "series_changed";
    /// Meetings were made from a series.
    MeetingsMade = "meetings_made";
    /// Days were closed or opened.
    ClosedDaysChanged = "closed_days_changed";
    /// A meeting was moved, cancelled or given another place.
    MeetingChanged = "meeting_changed";
    /// A meeting's invitations went out.
    MeetingPublished = "meeting_published";
    /// A meeting began.
    MeetingOpened = "meeting_opened";
    /// A meeting ended.
    MeetingClosed = "meeting_closed";
    /// An agenda was changed.
    AgendaChanged = "agenda_changed";
    /// An anonymous consultation was put on an agenda.
    ConsultationAdded = "consultation_added";
    /// An anonymous consultation was stopped, as somebody recognised the child (A5).
    ConsultationStopped = "consultation_stopped";
    /// An item was begun.
    ItemOpened = "item_opened";
    /// An item was ended.
    ItemClosed = "item_closed";
    /// The note of an item that all at the table share was written.
    GeneralNoteWritten = "general_note_written";
    /// Somebody came into or left the room.
    AttendanceChanged = "attendance_changed";
    /// Somebody was marked as disqualified from an item, or not after all (G4).
    RecusalChanged = "recusal_changed";
    /// A guest whom the family let in came for an item (G5).
    GuestLetIn = "guest_let_in";
    /// An invitation's mail was handed over.
    InvitationSent = "invitation_sent";
    /// An invitation was taken back: nothing on the agenda is for its unit any more.
    InvitationWithdrawn = "invitation_withdrawn";
    /// Somebody invited was told by mail that the meeting or its agenda changed, or that they need not come.
    MeetingNewsSent = "meeting_news_sent";
    /// An invitation was answered.
    InvitationAnswered = "invitation_answered";
    /// Somebody was reminded.
    InvitationReminded = "invitation_reminded";
    /// A case was registered.
    CaseRegistered = "case_registered";
    /// A case was changed.
    CaseChanged = "case_changed";
    /// Somebody was named among those who may know of a protected case (I1).
    ReaderNamed = "reader_named";
    /// Somebody's name was taken off that list.
    ReaderRemoved = "reader_removed";
    /// Somebody asked to hand out something of a protected case.
    ExportAsked = "export_asked";
    /// A colleague said yes to that.
    ExportApproved = "export_approved";
    /// A colleague said no to that.
    ExportDeclined = "export_declined";
    /// A unit asked to have a case taken up.
    CaseProposed = "case_proposed";
    /// It took that back.
    ProposalTakenBack = "proposal_taken_back";
    /// A coordinator sent it back.
    ProposalReturned = "proposal_returned";
    /// A rule of an authority's plan for what is kept was recorded (L7).
    RetentionDecided = "retention_decided";
    /// A case is held whatever the plan says (L8).
    CaseHeld = "case_held";
    /// It is not held any more.
    CaseHoldLifted = "case_hold_lifted";
    /// Somebody proposed to dispose of a case.
    DisposalProposed = "disposal_proposed";
    /// Somebody else approved it.
    DisposalApproved = "disposal_approved";
    /// It was stopped.
    DisposalStopped = "disposal_stopped";
    /// A case was disposed of: its keys are destroyed.
    CaseDisposed = "case_disposed";
    /// What minutes of a case said before they were approved was disposed of.
    DraftsDisposed = "drafts_disposed";
    /// What a unit asked for a case in the queue was disposed of.
    QueueWordsDisposed = "queue_words_disposed";
    /// A case was read.
    CaseRead = "case_read";
    /// A change was asked for by somebody who may not make it, or of something that is not theirs to know.
    ChangeRefused = "change_refused";
    /// A phase was recorded.
    PhaseRecorded = "phase_recorded";
    /// A consent was recorded.
    ConsentRecorded = "consent_recorded";
    /// A consent was found to have been recorded by mistake.
    ConsentAnnulled = "consent_annulled";
    /// A unit acknowledged that it holds a consent.
    ConsentAcknowledged = "consent_acknowledged";
    /// A signed paper was kept with a consent.
    PaperAttached = "paper_attached";
    /// A signed paper was taken away.
    PaperRemoved = "paper_removed";
    /// A signed paper was read.
    PaperRead = "paper_read";
    /// A consent was withdrawn, wholly or in part.
    ConsentWithdrawn = "consent_withdrawn";
    /// Minutes were saved.
    MinutesSaved = "minutes_saved";
    /// Minutes were handed in for review.
    MinutesSubmitted = "minutes_submitted";
    /// Minutes were returned to their writer.
    MinutesReturned = "minutes_returned";
    /// Minutes were approved.
    MinutesApproved = "minutes_approved";
    /// Approved minutes were opened again.
    MinutesReopened = "minutes_reopened";
    /// Something was added to approved minutes.
    AddendumWritten = "addendum_written";
    /// An addendum was approved.
    AddendumApproved = "addendum_approved";
    /// An addendum was sent back.
    AddendumReturned = "addendum_returned";
    /// Minutes were handed over to a unit.
    MinutesDispatched = "minutes_dispatched";
    /// What was handed over was taken out as a file.
    ExtractRead = "extract_read";
    /// Somebody who had read minutes was told by mail that something is new.
    MinutesNewsSent = "minutes_news_sent";
    /// Minutes were read.
    MinutesRead = "minutes_read";
    /// An undertaking was given another day.
    ActionItemMoved = "action_item_moved";
    /// An undertaking was dropped.
    ActionItemDropped = "action_item_dropped";
    /// The access log of a unit was reviewed.
    AccessLogReviewed = "access_log_reviewed";
    /// An undertaking was ticked off.
    ActionItemDone = "action_item_done";
    /// A calendar subscription was made.
    FeedMade = "feed_made";
    /// A calendar subscription was ended.
    FeedRevoked = "feed_revoked";
    /// Somebody was told by mail that a calendar subscription of theirs ends soon, or was ended.
    FeedNewsSent = "feed_news_sent";
    /// Somebody chose whether their meetings come by subscription or by mail.
    CalendarWayChosen = "calendar_way_chosen";
    /// The figures of a school year were published.
    FiguresPublished = "figures_published";
    /// A form draft, receipt or job was tidied: nothing about anybody.
    Housekeeping = "housekeeping";
}

impl Action {
    /// Whether every calendar is after it as it was before. What is not said to leave them alone does not.
    pub(crate) const fn leaves_calendars(self) -> bool {
        matches!(
            self,
            Self::LinkFollowed
                | Self::PasswordAccepted
                | Self::SignInFailed
                | Self::NoticeSent
                | Self::SignedIn
                | Self::SignedOut
                | Self::ChangeRefused
                | Self::CaseRead
                | Self::PaperRead
                | Self::CaseProposed
                | Self::GeneralNoteWritten
                | Self::MinutesSaved
                | Self::MinutesSubmitted
                | Self::MinutesReturned
                | Self::MinutesApproved
                | Self::MinutesRead
                | Self::MinutesReopened
                | Self::AddendumWritten
                | Self::AddendumApproved
                | Self::AddendumReturned
                | Self::MinutesNewsSent
                | Self::FeedNewsSent
                | Self::MinutesDispatched
                | Self::ExtractRead
                | Self::ActionItemDone
                | Self::ActionItemMoved
                | Self::ActionItemDropped
                | Self::AccessLogReviewed
                | Self::FiguresPublished
                | Self::ExportAsked
                | Self::ExportApproved
                | Self::ExportDeclined
                | Self::RetentionDecided
                | Self::CaseHeld
                | Self::CaseHoldLifted
                | Self::DisposalProposed
                | Self::DisposalApproved
                | Self::DisposalStopped
                | Self::DraftsDisposed
                | Self::QueueWordsDisposed
        )
    }
}
