//! Every page and its address. One line per page; the address's function stands in `path.rs`.

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    components::Frame,
    pages::{help, problem::NotFoundPage, week},
};

/// The application: the frame and, in it, the page asked for.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Frame>
                <Routes fallback=NotFoundPage>
                    // Whole pages only: streamed fragments would show nothing without script, and come after the status.
                    <ParentRoute path=path!("") view=Outlet ssr=SsrMode::Async>
                        <Route path=path!("/") view=week::WeekPage/>
                        <Route path=path!("/tillganglighet") view=help::AccessibilityPage/>
                        <Route path=path!("/tangentbord") view=help::KeyboardPage/>
                    </ParentRoute>
                </Routes>
            </Frame>
        </Router>
    }
}
