//! Loggkontroll: who of one's unit has looked at what, reviewed by somebody else.

use backend::{
    Error,
    usecase::{
        review_access_log::{TypedFinding, review_access_log},
        withdraw_consent::withdraw_consent,
    },
    view::{
        access_log_review::{AccessLogReviewPage, access_log_review},
        case::case_page,
        week::{Todo, week_page},
    },
};
use domain::{consent::Scope, flaw::FlawKind, id::CaseId};

use crate::{
    cases::stage::{consented, flaws, guardians, registered},
    on_both_engines,
    world::{World, amal::Amal},
};

/// A case of the school that social services are covered for and have looked at; the day after.
async fn looked_at(world: &World, amal: &Amal) -> CaseId {
    let sara = amal.actor("sara");
    let case = registered(&world.backend, &sara).await.expect("a case");
    let units = [amal.unit("school"), amal.unit("social")];
    consented(world, &sara, case, &units).await.expect("a consent");
    for name in ["per", "per", "maria", "karin", "sara"] {
        case_page(&world.backend, &amal.actor(name), case).await.expect("the case is known");
    }
    world.clock.set("2026-11-23T08:00:00Z".parse().expect("an instant"));
    case
}

async fn page(world: &World, amal: &Amal, name: &str) -> AccessLogReviewPage {
    access_log_review(&world.backend, &amal.actor(name)).await.expect("an administrator's page")
}

fn names(page: &AccessLogReviewPage) -> Vec<&str> {
    let mut names: Vec<_> = page.drawn.iter().map(|line| line.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// All lines of a page with one finding.
fn all(page: &AccessLogReviewPage, finding: &str, note: &str) -> Vec<TypedFinding> {
    let typed = |line: &backend::view::access_log_review::Line| TypedFinding {
        person: line.person.to_string(),
        case: line.case.to_string(),
        finding: finding.into(),
        note: note.into(),
    };
    page.drawn.iter().map(typed).collect()
}

on_both_engines! {
    /// L3
    async fn l3_the_log_is_reviewed_by_an_administrator_of_the_unit_and_never_of_oneself(world: World) -> TestResult {
        let amal = world.amal().await;
        looked_at(&world, &amal).await;
        assert_eq!(names(&page(&world, &amal, "karin").await), ["Maria Lindqvist", "Per Berg"]);
        assert_eq!(names(&page(&world, &amal, "bengt").await), ["Karin Holm", "Maria Lindqvist", "Per Berg"]);
        let drawn = page(&world, &amal, "karin").await.drawn;
        let per = drawn.iter().find(|line| line.name == "Per Berg").ok_or("Per has looked")?;
        assert_eq!((per.times, per.first.to_string().as_str()), (2, "2026-11-22"));
        assert_eq!(page(&world, &amal, "karin").await.drawn, drawn, "the same all day long");
        for name in ["maria", "per", "sara", "ivar"] {
            let refused = access_log_review(&world.backend, &amal.actor(name)).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{name}: {refused:?}");
        }
        Ok(())
    }

    /// V2: a case that is no longer the unit's to know is not drawn either.
    async fn v2_what_the_unit_may_no_longer_know_is_not_drawn(world: World) -> TestResult {
        let amal = world.amal().await;
        let case = looked_at(&world, &amal).await;
        let shown = page(&world, &amal, "karin").await;
        let by = guardians(&world, case).await[0];
        withdraw_consent(&world.backend, &amal.actor("sara"), case, by, Scope::All).await?;
        assert!(page(&world, &amal, "karin").await.drawn.is_empty());
        let late = review_access_log(&world.backend, &amal.actor("karin"), "2026-11-22", &all(&shown, "explained", "")).await;
        assert!(matches!(late, Err(Error::Stale)), "{late:?}");
        Ok(())
    }

    /// L3
    async fn l3_what_was_found_is_written_down_once_and_the_next_review_is_due_a_month_later(world: World) -> TestResult {
        let amal = world.amal().await;
        let case = looked_at(&world, &amal).await;
        let karin = amal.actor("karin");
        let due = async || -> backend::Result<bool> {
            let todos = week_page(&world.backend, &karin, None).await?.todos;
            Ok(todos.iter().any(|todo| matches!(todo, Todo::ReviewAccessLog { .. })))
        };
        assert!(due().await?);
        let shown = page(&world, &amal, "karin").await;
        let until = shown.span.ok_or("there is something to review")?.until.to_string();
        for (finding, field, kind) in [
            ("", "lines[0][finding]", FlawKind::Required),
            ("kanske", "lines[0][finding]", FlawKind::NotAChoice),
            ("unclear", "lines[0][note]", FlawKind::Required),
        ] {
            let mut lines = all(&shown, "explained", "");
            lines[0].finding = finding.into();
            let refused = review_access_log(&world.backend, &karin, &until, &lines).await;
            assert_eq!(flaws(refused), [(field.to_owned(), kind)]);
        }
        let mut fewer = all(&shown, "explained", "");
        fewer.pop();
        let refused = review_access_log(&world.backend, &karin, &until, &fewer).await;
        assert!(matches!(refused, Err(Error::Stale)), "none is left out: {refused:?}");

        let mut lines = all(&shown, "explained", "");
        lines[1].finding = "unclear".into();
        lines[1].note = "Har inte haft ärendet.".into();
        review_access_log(&world.backend, &karin, &until, &lines).await?;
        let again = review_access_log(&world.backend, &karin, &until, &lines).await;
        assert!(matches!(again, Err(Error::Stale)), "{again:?}");
        let after = page(&world, &amal, "bengt").await;
        assert!(after.span.is_none() && after.drawn.is_empty());
        let earlier = &after.earlier[0];
        assert_eq!((earlier.by.as_str(), earlier.looked_at, earlier.unclear.len()), ("Karin Holm", 2, 1));
        assert_eq!((earlier.unclear[0].case, earlier.unclear[0].note.as_str()), (case, "Har inte haft ärendet."));
        assert!(!due().await?);
        for table in ["access_log_review", "access_log_review_line"] {
            assert!(world.sql(&format!("UPDATE {table} SET id = id")).await.is_err(), "{table} was changed");
            assert!(world.sql(&format!("DELETE FROM {table}")).await.is_err(), "{table} was emptied");
        }
        world.clock.set("2026-12-22T08:00:00Z".parse()?);
        assert!(!due().await?, "thirty days have not passed");
        world.clock.set("2026-12-23T08:00:00Z".parse()?);
        case_page(&world.backend, &amal.actor("per"), case).await?;
        world.clock.set("2026-12-24T08:00:00Z".parse()?);
        assert!(due().await?);
        Ok(())
    }
}
