//! Units, forums, seats, series and the dates of meetings.

mod stage;
