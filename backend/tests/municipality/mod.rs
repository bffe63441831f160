//! Units, forums, seats, series and the dates of meetings.

use backend::error::{Error, Result};
use domain::flaw::FlawKind;

mod dates;
mod register;
mod routing;
mod stage;

/// What is wrong with a form, by field.
fn flaws<T>(refused: Result<T>) -> Vec<(String, FlawKind)> {
    match refused {
        Err(Error::Invalid(flaws)) => flaws.into_iter().map(|flaw| (flaw.field, flaw.kind)).collect(),
        Err(other) => panic!("not flaws but {other}"),
        Ok(_) => panic!("nothing was wrong"),
    }
}
