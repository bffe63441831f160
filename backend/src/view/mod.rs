//! Read models, one file per page: what one actor may know now, shaped for that page.

pub mod closed_days;
pub mod meetings;
pub mod municipality;
pub mod routing;
pub mod series;
pub mod action_list;
pub mod minutes_page;
mod record;
pub mod review;
pub mod room;
