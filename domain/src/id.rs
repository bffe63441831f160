//! Ids. Each kind is its own type, so a guardian cannot be passed where a case is asked for.
//!
//! They are drawn at random outside this crate and handed in: a running number would tell of cases one may not know.

pub use uuid::Uuid;

/// Makes a newtype over [`Uuid`]; ids of different kinds cannot be swapped.
#[macro_export]
macro_rules! id {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name($crate::id::Uuid);

        impl $name {
            /// The id with this value.
            #[must_use]
            pub const fn from_uuid(uuid: $crate::id::Uuid) -> Self {
                Self(uuid)
            }

            /// The value, as stored.
            #[must_use]
            pub const fn uuid(self) -> $crate::id::Uuid {
                self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(CaseId, "One child's matter in the tool (ärende).");
id!(GuardianId, "A guardian of one case's child (vårdnadshavare).");
id!(ConsentId, "One consent (samtycke); a renewal is a new one (C24).");
id!(PaperId, "A signed paper kept with a consent (blankett).");
id!(ExportId, "A question whether something of a protected case may be handed out (I1).");
id!(UnitId, "A unit inside an authority (enhet): what consent covers (C19).");
id!(ForumId, "A forum, where cases of an age band are handled.");
id!(ProposalId, "What a unit asks to have a case taken up for.");
id!(ForumItemId, "What stands on every agenda of a forum.");
id!(SeatId, "A unit's place in a forum.");
id!(SeriesId, "A series of weekly meetings.");
id!(MeetingId, "A meeting; becomes the UID of its calendar event.");
id!(AgendaItemId, "An item of one meeting's agenda.");
id!(InvitationId, "One unit's invitation to a meeting.");
id!(MinutesId, "The minutes of one case in one meeting (M2).");
id!(AddendumId, "What was added to approved minutes (M5).");
id!(ActionItemId, "An action agreed on in a meeting (åtgärd).");
id!(PersonId, "A person who signs in.");
id!(AssignmentId, "A person's role in a unit (L1).");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_shows() {
        let id = CaseId::from_uuid(Uuid::from_u128(0x5eed));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(format!("{id:?}"), "CaseId(00000000-0000-0000-0000-000000005eed)");
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{id}\""));
    }

    #[test]
    fn text_that_is_no_id_is_refused() {
        assert!("ärende 12".parse::<CaseId>().is_err());
    }
}
