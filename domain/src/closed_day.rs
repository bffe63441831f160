//! Days a municipality closes by itself, besides red days and eves.

use crate::series::SkipReason;

coded! {
    /// Why the municipality holds no meetings on a day.
    pub enum ClosedKind {
        /// Lov: the schools are closed (K3).
        SchoolBreak => "school_break",
        /// Studiedag or planeringsdag.
        StaffDay => "staff_day",
        /// An eve or bridge day the municipality gives its staff.
        Eve => "eve",
        /// Anything else.
        Other => "other",
    }
}

impl ClosedKind {
    /// Why a series is not held on such a day.
    #[must_use]
    pub const fn skip_reason(self) -> SkipReason {
        match self {
            Self::SchoolBreak => SkipReason::SchoolBreak,
            Self::StaffDay | Self::Eve | Self::Other => SkipReason::Closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// K3
    #[test]
    fn only_a_school_break_is_told_as_one() {
        for &kind in ClosedKind::ALL {
            let is_break = kind == ClosedKind::SchoolBreak;
            assert_eq!(
                kind.skip_reason(),
                if is_break { SkipReason::SchoolBreak } else { SkipReason::Closed },
                "{kind}"
            );
        }
    }
}
