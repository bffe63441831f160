//! Units of authorities and others who take part.

coded! {
    /// What a unit does. Decides what it may see of a case's phase (C17) and whether a meeting has quorum (G6).
    pub enum UnitKind {
        /// Förskola.
        Preschool => "preschool",
        /// Skola.
        School => "school",
        /// Elevhälsa, whose medical part has its own secrecy (OSL 25 kap.).
        StudentHealth => "student_health",
        /// Socialtjänst.
        SocialServices => "social_services",
        /// BUP.
        ChildPsychiatry => "child_psychiatry",
        /// Vuxenpsykiatri. What it knows is the parent's secret (C21).
        AdultPsychiatry => "adult_psychiatry",
        /// Vårdcentral.
        PrimaryCare => "primary_care",
        /// Barnavårdscentral.
        ChildHealthCentre => "child_health_centre",
        /// Habilitering.
        Habilitation => "habilitation",
        /// Försäkringskassan.
        SocialInsurance => "social_insurance",
        /// Arbetsförmedlingen.
        EmploymentService => "employment_service",
        /// Polis.
        Police => "police",
        /// Fritid, fritidsgård.
        Leisure => "leisure",
        /// Förening. Has no statutory secrecy (G5).
        Association => "association",
        /// Any other.
        Other => "other",
    }
}

impl UnitKind {
    /// Whether the unit counts as the school's side of a meeting (G6).
    #[must_use]
    pub const fn is_school(self) -> bool {
        matches!(self, Self::Preschool | Self::School | Self::StudentHealth)
    }

    /// Whether the unit counts as the social services' side of a meeting (G6) and may see a case's phase (C17).
    #[must_use]
    pub const fn is_social_services(self) -> bool {
        matches!(self, Self::SocialServices)
    }

    /// Whether what the unit knows is as a rule an adult's own: which one it concerns must then be said (C21).
    #[must_use]
    pub const fn serves_adults(self) -> bool {
        matches!(self, Self::AdultPsychiatry | Self::SocialInsurance | Self::EmploymentService)
    }

    /// Whether those who work there are bound by no statutory secrecy (G5).
    #[must_use]
    pub const fn lacks_secrecy(self) -> bool {
        matches!(self, Self::Association)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kinds of which something is true.
    fn those(is_so: fn(UnitKind) -> bool) -> Vec<UnitKind> {
        UnitKind::ALL.iter().copied().filter(|kind| is_so(*kind)).collect()
    }

    /// C17, C21, G5, G6
    #[test]
    fn what_the_rules_ask_of_a_unit_is_true_of_these_and_no_others() {
        use UnitKind::{
            AdultPsychiatry, Association, EmploymentService, Preschool, School, SocialInsurance, SocialServices,
            StudentHealth,
        };
        assert_eq!(those(UnitKind::is_school), [Preschool, School, StudentHealth]);
        assert_eq!(those(UnitKind::is_social_services), [SocialServices]);
        assert_eq!(those(UnitKind::serves_adults), [AdultPsychiatry, SocialInsurance, EmploymentService]);
        assert_eq!(those(UnitKind::lacks_secrecy), [Association]);
    }
}
