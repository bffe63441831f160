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
