//! Why a rule says no to something that was well typed. The words are in `app::text::refusal`.

coded! {
    /// A rule's no.
    pub enum Refusal {
        /// No valid consent at this moment (C1, M1).
        ConsentMissing => "consent_missing",
        /// The consent has as many papers as one may have.
        TooManyPapers => "too_many_papers",
        /// The unit has not said that it holds the consent (C20).
        ConsentNotAcknowledged => "consent_not_acknowledged",
        /// The item cannot begin while somebody uncovered is in the room (G1).
        UncoveredPresent => "uncovered_present",
        /// Another item is under way.
        AnotherItemOpen => "another_item_open",
        /// The meeting is not running.
        NotRunning => "not_running",
        /// The meeting has begun or is over.
        AlreadyBegun => "already_begun",
        /// The meeting is cancelled.
        Cancelled => "cancelled",
        /// The meeting is published already.
        AlreadyPublished => "already_published",
        /// There is nothing on the agenda.
        EmptyAgenda => "empty_agenda",
        /// The items do not fit in the meeting (V8).
        DoesNotFit => "does_not_fit",
        /// The case stands on this agenda already.
        AlreadyOnAgenda => "already_on_agenda",
        /// Somebody who plans the meeting may not know the case: its place would show as a gap (V2).
        PlannerUncovered => "planner_uncovered",
        /// There is no coming meeting the case could go to.
        NoMeetingAhead => "no_meeting_ahead",
        /// No order lets every family begin when it comes.
        NoOrder => "no_order",
        /// The case belongs to another forum on that day (R1).
        OtherForum => "other_forum",
        /// Approved minutes do not change (M5).
        MinutesFinal => "minutes_final",
        /// Whoever wrote the text does not approve it.
        OwnText => "own_text",
        /// There is nothing written yet.
        EmptyMinutes => "empty_minutes",
        /// Nothing is changed since the minutes were approved.
        UnchangedMinutes => "unchanged_minutes",
        /// The item has not been taken up: minutes begin with it.
        ItemNotOpened => "item_not_opened",
        /// Whoever is disqualified takes no part in the item nor in its minutes (G4).
        Disqualified => "disqualified",
        /// The item has been taken up and ended; it does not begin again.
        ItemDone => "item_done",
        /// Consent did not cover the whole item, so its minutes are not approved (M1).
        ConsentBroken => "consent_broken",
        /// Somebody uncovered was in the room while the item was open (G1).
        UncoveredHeard => "uncovered_heard",
        /// Another person is mentioned and nobody has said that it may stand (M9).
        MentionUnreviewed => "mention_unreviewed",
        /// The minutes are not in a state for this.
        WrongState => "wrong_state",
        /// A personal number stands in the text (M9).
        PersonalNumberInText => "personal_number_in_text",
        /// An address, a telephone number or an e-mail address stands in minutes of a case with a protected identity (I1).
        WhereaboutsInText => "whereabouts_in_text",
        /// The case is closed.
        CaseClosed => "case_closed",
        /// Nobody else of the unit can be asked.
        NobodyToAsk => "nobody_to_ask",
        /// The link has been used or is too old.
        LinkSpent => "link_spent",
        /// Too many tries; wait.
        Locked => "locked",
        /// The invitation no longer stands.
        InvitationGone => "invitation_gone",
        /// As many subscriptions as one person may have.
        TooManyFeeds => "too_many_feeds",
        /// As many phrases as one person may have.
        TooManyPhrases => "too_many_phrases",
        /// The last one of its kind must stay.
        LastOne => "last_one",
        /// Nobody else is named who could be the second person (I1).
        NobodySecond => "nobody_second",
        /// Handing out needs a second person's yes (I1).
        SecondPerson => "second_person",
        /// The plan, the law or a hold keeps the document (L7, L8).
        RecordKept => "record_kept",
        /// Nobody approves a disposal they proposed (L7).
        OwnProposal => "own_proposal",
        /// What was approved can still be stopped, and is not shredded before (PRIV-07).
        InGrace => "in_grace",
        /// The disposal is not in a state for this.
        DisposalState => "disposal_state",
        /// Something still depends on it.
        InUse => "in_use",
        /// It took too long, or something else went on: try again.
        TryAgain => "try_again",
    }
}
