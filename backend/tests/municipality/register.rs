//! Units, forums and seats.

use backend::{
    error::Error,
    usecase::{
        change_forum::{ForumTyped, add_forum, change_forum},
        change_seat::{SeatTyped, add_seat, change_seat, remove_seat},
        change_unit::{UnitTyped, add_unit, change_unit, close_unit},
        fill_seat::{add_deputy, hand_over, remove_deputy},
    },
    view::municipality,
};
use domain::{flaw::FlawKind, refusal::Refusal};

use super::flaws;
use crate::on_both_engines;

fn unit(name: &str, short_name: &str) -> UnitTyped {
    UnitTyped {
        kind: "school".into(),
        name: name.into(),
        short_name: short_name.into(),
        authority: "Barn- och utbildningsnämnden".into(),
    }
}

fn forum(name: &str, short_name: &str, age_from: &str, age_to: &str) -> ForumTyped {
    ForumTyped {
        name: name.into(),
        short_name: short_name.into(),
        age_from: age_from.into(),
        age_to: age_to.into(),
        host: "Åmåls kommun".into(),
        place: "Kungsgatan 26".into(),
        meeting_minutes: "120".into(),
        item_minutes: "20".into(),
        freeze_days: "2".into(),
        review_days: "7".into(),
        on_red_days: "skip".into(),
        on_breaks: "before".into(),
    }
}

on_both_engines! {
    async fn only_an_administrator_changes_the_register(world: World) -> TestResult {
        let amal = world.amal().await;
        for name in ["maria", "anna", "ivar"] {
            let actor = amal.actor(name);
            let refused = add_unit(&world.backend, &actor, &unit("Nya skolan", "Nya")).await;
            assert!(matches!(refused, Err(Error::Denied)), "{name}");
            let refused = add_forum(&world.backend, &actor, &forum("Vuxna", "V", "19", "21")).await;
            assert!(matches!(refused, Err(Error::Denied)), "{name}");
            let refused = remove_seat(&world.backend, &actor, amal.seat(amal.youth, "bup"), 1).await;
            assert!(matches!(refused, Err(Error::Denied)), "{name}");
            assert!(!municipality::overview(&world.backend, &actor).await?.may_edit, "{name}");
        }
        Ok(())
    }

    async fn a_unit_is_added_changed_and_closed(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let id = add_unit(&world.backend, &karin, &unit("Nya skolan", "Nya")).await?;
        change_unit(&world.backend, &karin, id, 1, &unit("Norra skolan", "Norra")).await?;
        let page = municipality::unit(&world.backend, &karin, id).await?;
        assert_eq!((page.unit.name.as_str(), page.unit.version), ("Norra skolan", 2));
        close_unit(&world.backend, &karin, id, 2).await?;
        assert!(municipality::unit(&world.backend, &karin, id).await?.unit.closed);
        let again = close_unit(&world.backend, &karin, id, 3).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::WrongState))));
        Ok(())
    }

    async fn a_unit_changed_meanwhile_is_not_overwritten(world: World) -> TestResult {
        let amal = world.amal().await;
        let (karin, bengt) = (amal.actor("karin"), amal.actor("bengt"));
        let id = amal.unit("school");
        change_unit(&world.backend, &karin, id, 1, &unit("Södra skolan", "Södra")).await?;
        let late = change_unit(&world.backend, &bengt, id, 1, &unit("Västra skolan", "Västra")).await;
        assert!(matches!(late, Err(Error::Stale)));
        assert_eq!(municipality::unit(&world.backend, &bengt, id).await?.unit.name, "Södra skolan");
        Ok(())
    }

    async fn every_flaw_of_a_unit_is_told_at_its_field(world: World) -> TestResult {
        let amal = world.amal().await;
        let typed = UnitTyped { kind: "castle".into(), name: " ".into(), short_name: "x".repeat(17), ..unit("", "") };
        let told = flaws(add_unit(&world.backend, &amal.actor("karin"), &typed).await);
        assert_eq!(
            told,
            [
                ("kind".into(), FlawKind::NotAChoice),
                ("name".into(), FlawKind::Required),
                ("short_name".into(), FlawKind::TooLong { max: 16 }),
            ]
        );
        let taken = flaws(add_unit(&world.backend, &amal.actor("karin"), &unit("rösängsskolan", "BUP")).await);
        assert_eq!(taken, [("name".into(), FlawKind::Taken), ("short_name".into(), FlawKind::Taken)]);
        Ok(())
    }

    /// C19: consents name the unit for what it is.
    async fn a_unit_never_becomes_one_of_another_kind(world: World) -> TestResult {
        let amal = world.amal().await;
        let typed = UnitTyped { kind: "social_services".into(), ..unit("Rösängsskolan", "Skola") };
        let refused = change_unit(&world.backend, &amal.actor("karin"), amal.unit("school"), 1, &typed).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::WrongState))));
        Ok(())
    }

    async fn a_unit_with_a_seat_or_ones_own_is_not_closed(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let seated = close_unit(&world.backend, &karin, amal.unit("bup"), 1).await;
        assert!(matches!(seated, Err(Error::Refused(Refusal::InUse))));
        for forum in [amal.family, amal.youth] {
            remove_seat(&world.backend, &karin, amal.seat(forum, "bup"), 1).await?;
            remove_seat(&world.backend, &karin, amal.seat(forum, "social"), 1).await?;
        }
        close_unit(&world.backend, &karin, amal.unit("bup"), 1).await?;
        let own = close_unit(&world.backend, &karin, amal.unit("social"), 1).await;
        assert!(matches!(own, Err(Error::Refused(Refusal::InUse))));
        Ok(())
    }

    /// R2
    async fn a_new_forum_leaves_no_gap_and_no_overlap(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let gap = flaws(add_forum(&world.backend, &karin, &forum("Unga vuxna", "UV", "20", "21")).await);
        assert_eq!(gap, [("age_from".into(), FlawKind::GapOrOverlap)]);
        let overlap = flaws(add_forum(&world.backend, &karin, &forum("Unga vuxna", "UV", "18", "21")).await);
        assert_eq!(overlap, [("age_from".into(), FlawKind::GapOrOverlap)]);
        let reversed = flaws(add_forum(&world.backend, &karin, &forum("Unga vuxna", "UV", "21", "19")).await);
        assert_eq!(reversed, [("age_to".into(), FlawKind::NotANumber { min: 21, max: 21 })]);
        let id = add_forum(&world.backend, &karin, &forum("Unga vuxna", "UV", "19", "21")).await?;
        let card = municipality::forum(&world.backend, &karin, id).await?.card;
        assert_eq!((card.forum.age_from, card.forum.age_to, card.forum.code.as_str()), (19, 21, "forum_3"));
        Ok(())
    }

    /// R2: nobody stands between two forums for the moment between two forms.
    async fn moving_a_boundary_moves_the_neighbours(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        change_forum(&world.backend, &karin, amal.youth, 1, &forum("Ungdom", "U", "14", "18")).await?;
        let forums = municipality::overview(&world.backend, &karin).await?.forums;
        let bands: Vec<_> = forums.iter().map(|card| (card.forum.age_from, card.forum.age_to)).collect();
        assert_eq!(bands, [(0, 13), (14, 18)]);
        let stale = change_forum(&world.backend, &karin, amal.family, 1, &forum("Familj", "F", "0", "12")).await;
        assert!(matches!(stale, Err(Error::Stale)), "its own boundary moved meanwhile");
        let swallowed = flaws(
            change_forum(&world.backend, &karin, amal.family, 2, &forum("Familj", "F", "0", "18")).await,
        );
        assert_eq!(swallowed, [("age_to".into(), FlawKind::GapOrOverlap)]);
        Ok(())
    }

    async fn a_seat_is_held_by_different_people_of_its_unit_for_a_time(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let seat = amal.seat(amal.youth, "bup");
        let person = |name: &str| amal.actor(name).person.to_string();
        let line = async || municipality::seat(&world.backend, &karin, amal.youth, seat).await.expect("the seat").seat;
        let function = SeatTyped { function: "kontaktperson Åmål".into(), standing: true };
        change_seat(&world.backend, &karin, seat, 1, &function).await?;
        assert_eq!((line().await.function.as_str(), line().await.standing), ("kontaktperson Åmål", true));

        let (anna, eva, johan) = (person("anna"), person("eva"), person("johan"));
        let refused = [
            ((anna.as_str(), ""), ("holder", FlawKind::NotAChoice)),
            ((johan.as_str(), "2026-11-21"), ("from", FlawKind::InThePast)),
            ((johan.as_str(), "2027-02-30"), ("from", FlawKind::NoSuchDate)),
            ((eva.as_str(), ""), ("holder", FlawKind::SitsThere)),
        ];
        for (typed, (field, kind)) in refused {
            let flaws = flaws(hand_over(&world.backend, &karin, seat, 2, typed).await);
            assert_eq!(flaws, [(field.to_owned(), kind)], "{typed:?}");
        }
        let twice = flaws(add_deputy(&world.backend, &karin, seat, 2, (&eva, "", "")).await);
        assert_eq!(twice, [("deputy".into(), FlawKind::SitsThere)]);
        let backwards = (eva.as_str(), "2027-02-01", "2027-01-01");
        let backwards = flaws(add_deputy(&world.backend, &karin, seat, 2, backwards).await);
        assert_eq!(backwards, [("until".into(), FlawKind::BeforeTheOther)]);

        hand_over(&world.backend, &karin, seat, 2, (&johan, "2027-01-01")).await?;
        assert_eq!(line().await.holder.map(|one| one.name).as_deref(), Some("Eva Sand"), "until then");
        let coming: Vec<_> = line().await.coming.into_iter().map(|one| (one.person.map(|one| one.name), one.from)).collect();
        assert_eq!(coming, [(Some("Johan Holm".to_owned()), "2027-01-01".parse()?)]);
        add_deputy(&world.backend, &karin, seat, 3, (&eva, "2027-01-01", "2027-03-31")).await?;
        world.clock.set("2027-01-01T09:00:00Z".parse()?);
        let now = line().await;
        assert_eq!(now.holder.map(|one| one.name).as_deref(), Some("Johan Holm"));
        assert_eq!(now.deputies.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Eva Sand"]);
        assert_eq!(now.past.len(), 2, "both sat there as something else");
        remove_deputy(&world.backend, &karin, seat, 4, amal.actor("eva").person).await?;
        assert!(line().await.deputies.is_empty());
        let none = remove_deputy(&world.backend, &karin, seat, 5, amal.actor("eva").person).await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
        hand_over(&world.backend, &karin, seat, 5, ("", "2027-02-01")).await?;
        assert_eq!(line().await.coming.iter().map(|one| one.person.is_none()).collect::<Vec<_>>(), [true], "left empty");
        Ok(())
    }

    async fn a_unit_gets_one_seat_in_a_forum_and_may_lose_it(world: World) -> TestResult {
        let amal = world.amal().await;
        let karin = amal.actor("karin");
        let typed = SeatTyped::default();
        let preschool = amal.unit("preschool").to_string();
        let seat = add_seat(&world.backend, &karin, amal.youth, &preschool, &typed).await?;
        let again = flaws(add_seat(&world.backend, &karin, amal.youth, &preschool, &typed).await);
        assert_eq!(again, [("unit".into(), FlawKind::Taken)]);
        let last = |page: municipality::ForumPage| page.card.seats.last().map(|line| line.id);
        assert_eq!(last(municipality::forum(&world.backend, &karin, amal.youth).await?), Some(seat));
        remove_seat(&world.backend, &karin, seat, 1).await?;
        assert_ne!(last(municipality::forum(&world.backend, &karin, amal.youth).await?), Some(seat));
        Ok(())
    }
}
