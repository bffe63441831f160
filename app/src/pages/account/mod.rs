//! Coming in, choosing what to work as, one's own settings.

mod assignments;
mod code;
mod profile;
mod sign_in;
mod welcome;

pub use {
    assignments::AssignmentsPage, code::CodePage, profile::ProfilePage, sign_in::SignInPage, welcome::WelcomePage,
};
