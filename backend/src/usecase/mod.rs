//! Changes, one file per verb: authorise → load → decide (domain) → save with version → enqueue → commit(event).

pub mod change_forum;
pub mod change_guardian;
pub mod change_meeting;
pub mod change_seat;
pub mod change_series;
pub mod change_unit;
pub mod close_case;
pub mod close_days;
pub mod add_item;
pub mod answer_invitation;
pub mod arrange_agenda;
pub mod change_item;
pub mod install;
pub mod open_item;
pub mod publish_meeting;
pub mod record_consent;
pub mod record_phase;
pub mod register_case;
pub mod review_minutes;
pub mod run_meeting;
pub mod subscribe_calendar;
pub mod withdraw_consent;
pub mod write_minutes;
