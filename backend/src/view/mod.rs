//! Read models, one file per page: what one actor may know now, shaped for that page.

pub mod access_log_review;
pub mod action_list;
pub mod agenda;
pub mod case;
pub mod closed_days;
pub mod extract;
pub mod feed;
pub mod figures;
pub mod handed;
pub mod invitation;
pub mod meetings;
pub mod minutes_page;
pub mod municipality;
pub mod people;
pub mod profile;
pub mod proposal;
pub mod record;
pub mod retention;
pub mod review;
pub mod room;
pub mod routing;
pub mod series;
pub mod side;
pub mod week;
pub mod welcome;
pub mod year;
