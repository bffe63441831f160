//! Read models, one file per page: what one actor may know now, shaped for that page.
