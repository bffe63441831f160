//! What pages that stay open are told.

use std::time::Duration;

use backend::{
    Backend,
    crypt::Keys,
    database,
    random::SystemRandom,
    usecase::{
        open_item::{close_item, open_item},
        run_meeting::check_in,
    },
    view::room::{pulse, room as page},
};
use tokio::time::timeout;

use super::stage::Room;
use crate::{
    on_both_engines,
    world::{Engine, World},
};

/// Within this everybody who listens is told, where two seconds of a busy machine are allowed for.
const SOON: Duration = Duration::from_secs(2);

on_both_engines! {
    async fn a_change_is_told_and_what_is_only_read_is_not(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let mut changes = world.backend.changes();
        let quiet = timeout(SOON, changes.next()).await;
        assert!(quiet.is_err() || world.engine == Engine::Postgres, "nothing happened");
        let_in(&world, &room).await?;
        assert_eq!(timeout(SOON, changes.next()).await?, Some(()));
        world.backend.end_news();
        assert_eq!(timeout(SOON, changes.next()).await?, None, "the program stops");
        Ok(())
    }

    async fn what_another_program_changes_is_told(world: World) -> TestResult {
        if world.engine == Engine::Sqlite {
            return Ok(()); // one program serves a file
        }
        let room = Room::open(&world).await;
        let db = database::open(&world.url).await?;
        let keys = Keys::read(&world.key).expect("a key");
        let (clock, random) = (world.clock.clone(), std::sync::Arc::new(SystemRandom));
        let other = Backend::new(db, clock, random, keys, world.backend.site().clone());
        let mut changes = other.changes();
        // What it found when it came is nothing new.
        while timeout(SOON, changes.next()).await.is_ok() {}
        let_in(&world, &room).await?;
        assert_eq!(timeout(SOON, changes.next()).await?, Some(()));
        Ok(())
    }

    /// V2, CONS-05
    async fn a_room_is_another_for_those_who_may_know_and_the_same_for_others(world: World) -> TestResult {
        let room = Room::open(&world).await;
        let maria = room.maria();
        room.enter(&world, "school", "Sara Nyman").await?;
        room.enter(&world, "social", "Per Berg").await?;
        let (knows, not) = (room.amal.actor("sara"), room.amal.actor("lars"));
        let before = (pulse(&world.backend, &knows, room.meeting).await?, pulse(&world.backend, &not, room.meeting).await?);
        assert_eq!(before.0.item, None);
        for (actor, pulse) in [(&knows, &before.0), (&not, &before.1)] {
            assert_eq!(page(&world.backend, actor, room.meeting).await?.pulse, pulse.seen);
        }
        open_item(&world.backend, &maria, room.meeting, room.item).await?;
        let opened = pulse(&world.backend, &knows, room.meeting).await?;
        assert_eq!(opened.item, Some(room.item));
        assert_ne!(opened.seen, before.0.seen);
        assert_eq!(page(&world.backend, &knows, room.meeting).await?.pulse, opened.seen);
        assert_eq!(pulse(&world.backend, &not, room.meeting).await?, before.1, "nothing began for them");

        close_item(&world.backend, &maria, room.meeting).await?;
        assert_eq!(pulse(&world.backend, &knows, room.meeting).await?.item, None);
        assert_eq!(pulse(&world.backend, &not, room.meeting).await?, before.1, "and nothing ended");
        room.withdraw(&world).await;
        assert_eq!(pulse(&world.backend, &not, room.meeting).await?, before.1, "nor was anything taken back");
        room.enter(&world, "af", "Lars Lund").await?;
        assert_ne!(pulse(&world.backend, &not, room.meeting).await?.seen, before.1.seen, "who is in the room all may see");
        Ok(())
    }
}

async fn let_in(world: &World, room: &Room) -> backend::Result<()> {
    check_in(&world.backend, &room.maria(), room.meeting, &room.amal.unit("school").to_string(), "Sara Nyman").await
}
