//! Changes, one file per verb: authorise → load → decide (domain) → save with version → enqueue → commit(event).

pub mod install;
