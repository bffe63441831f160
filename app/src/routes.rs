//! Every page and its address. One line per page; the address's function stands in `path.rs`.

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{Outlet, ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    components::Frame,
    pages::{
        access_log, account, actions, agenda, calendar, case, figures, help, invitation, meetings, minutes,
        municipality, people, problem::NotFoundPage, retention, review, room, week, year,
    },
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
                        <Route path=path!("/traffar") view=meetings::MeetingsPage/>
                        <Route path=path!("/traffar/:id/flytta") view=meetings::MoveMeetingPage/>
                        <Route path=path!("/kommunen") view=municipality::OverviewPage/>
                        <Route path=path!("/kommunen/enheter/ny") view=municipality::NewUnitPage/>
                        <Route path=path!("/kommunen/enheter/:id") view=municipality::UnitPage/>
                        <Route path=path!("/kommunen/uppdrag") view=municipality::MandatesPage/>
                        <Route path=path!("/kommunen/uppdrag/:kind") view=municipality::MandatePage/>
                        <Route path=path!("/kommunen/forum/nytt") view=municipality::NewForumPage/>
                        <Route path=path!("/kommunen/forum/:id") view=municipality::ForumPage/>
                        <Route path=path!("/kommunen/forum/:id/serie") view=municipality::SeriesPage/>
                        <Route path=path!("/kommunen/forum/:id/platser/:seat") view=municipality::SeatPage/>
                        <Route path=path!("/kommunen/kalendrar") view=municipality::CalendarAddressesPage/>
                        <Route path=path!("/kommunen/stangda-dagar") view=municipality::ClosedDaysPage/>
                        <Route path=path!("/arenden") view=case::CasesPage/>
                        <Route path=path!("/arenden/nytt") view=case::NewCasePage/>
                        <Route path=path!("/arenden/:id") view=case::CasePage/>
                        <Route path=path!("/arenden/:id/aterkalla") view=case::WithdrawPage/>
                        <Route path=path!("/samtycken") view=case::ConsentsPage/>
                        // Groups, as a tuple of routes has at most 26.
                        <ParentRoute path=path!("") view=Outlet>
                            <Route path=path!("/arenden/:id/samtycke") view=case::RecordConsentPage/>
                            <Route path=path!("/arenden/:id/samtycke/blankett") view=case::ConsentPaperPage/>
                            <Route path=path!("/arenden/:id/samtycke/kvitto") view=case::ReceiptPage/>
                            <Route path=path!("/arenden/:id/sett") view=case::SeenPage/>
                        </ParentRoute>
                        <ParentRoute path=path!("") view=Outlet>
                            <Route path=path!("/logga-in") view=account::SignInPage/>
                            <Route path=path!("/logga-in/kod") view=account::CodePage/>
                            <Route path=path!("/valkommen/:token") view=account::WelcomePage/>
                            <Route path=path!("/uppdrag") view=account::AssignmentsPage/>
                            <Route path=path!("/jag") view=account::ProfilePage/>
                            <Route path=path!("/kommunen/personer") view=people::PeoplePage/>
                            <Route path=path!("/kommunen/personer/ny") view=people::NewPersonPage/>
                            <Route path=path!("/kommunen/personer/:id") view=people::PersonPage/>
                        </ParentRoute>
                        <ParentRoute path=path!("") view=Outlet>
                            <Route path=path!("/traffar/:id") view=agenda::AgendaPage/>
                            <Route path=path!("/traffar/:id/kalla") view=agenda::CallPage/>
                            <Route path=path!("/kallelse/:token") view=invitation::InvitationPage/>
                            <Route path=path!("/aret") view=year::YearPage/>
                            <Route path=path!("/siffror") view=figures::FiguresPage/>
                            <Route path=path!("/min-kalender") view=calendar::MyCalendarPage/>
                        </ParentRoute>
                        <ParentRoute path=path!("") view=Outlet>
                            <Route path=path!("/traffar/:id/rum") view=room::RoomPage/>
                            <Route path=path!("/traffar/:id/rum/vagg") view=room::WallPage/>
                            <Route path=path!("/granskning") view=review::QueuePage/>
                            <Route path=path!("/granskning/:id") view=review::ReviewPage/>
                            <Route path=path!("/anteckningar/:id") view=minutes::MinutesPage/>
                            <Route path=path!("/atgarder") view=actions::ActionsPage/>
                            <Route path=path!("/loggkontroll") view=access_log::AccessLogReviewPage/>
                            <Route path=path!("/kommunen/gallring") view=retention::RetentionPage/>
                        </ParentRoute>
                        <Route path=path!("/tillganglighet") view=help::AccessibilityPage/>
                        <Route path=path!("/tangentbord") view=help::KeyboardPage/>
                    </ParentRoute>
                </Routes>
            </Frame>
        </Router>
    }
}
