//! Enums that are stored and sent: each variant has one stable code in `snake_case`.

use thiserror::Error;

/// A stored or received code that no variant has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("unknown {kind} code")]
pub struct UnknownCode {
    /// The enum that was asked for.
    pub kind: &'static str,
}

/// Makes an enum whose variants have stable codes, the same in the database, on the wire and in test vectors.
macro_rules! coded {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident => $code:literal),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $code)] $variant),+
        }

        impl $name {
            /// Every variant, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code, as stored and sent.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The variant that has this code.
            pub fn from_code(code: &str) -> Result<Self, $crate::UnknownCode> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownCode { kind: stringify!($name) }),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownCode;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Self::from_code(code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    coded! {
        /// Two codes.
        pub enum Pair { First => "first", Second => "the_second" }
    }

    #[test]
    fn a_code_leads_back_to_its_variant() {
        for &pair in Pair::ALL {
            assert_eq!(pair.code().parse(), Ok(pair));
            assert_eq!(pair.to_string(), pair.code());
        }
    }

    #[test]
    fn an_unknown_code_is_refused_and_not_repeated() {
        let refusal = Pair::from_code("19990101-2380").unwrap_err();
        assert_eq!(refusal.to_string(), "unknown Pair code");
    }

    #[test]
    fn the_wire_carries_the_code() {
        assert_eq!(serde_json::to_string(&Pair::Second).unwrap(), "\"the_second\"");
        assert_eq!(serde_json::from_str::<Pair>("\"first\"").unwrap(), Pair::First);
    }
}
