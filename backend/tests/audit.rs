//! The log as a chain, in real databases.

use backend::{
    Backend,
    actor::Doer,
    audit::{Action, Event, chain::Broken},
    usecase::verify_audit::{Verified, checkpoint, verify_audit},
};
use uuid::Uuid;

use crate::{
    on_both_engines,
    world::{Engine, TestResult, World},
};

/// Something that happens, about one of sixteen things, so that every chain gets its share.
async fn happen(backend: &Backend, about: u128) -> backend::Result<()> {
    let tx = backend.write(Doer::SYSTEM).await?;
    tx.commit(Event::new(Action::Housekeeping).subject(Uuid::from_u128(about % 16))).await
}

async fn whole(world: &World, seen: Option<&str>) -> Result<u64, Broken> {
    match verify_audit(&world.backend, seen).await.expect("the log is read") {
        Verified::Whole { entries, .. } => Ok(entries.values().sum()),
        Verified::Broken(broken) => Err(broken),
    }
}

/// Takes the walls down, as somebody who owns the database can.
async fn without_walls(world: &World) -> TestResult {
    match world.engine {
        Engine::Sqlite => {
            for verb in ["update", "delete", "replace"] {
                world.sql(&format!("DROP TRIGGER audit_no_{verb}")).await?;
            }
        }
        Engine::Postgres => world.sql("ALTER TABLE audit DISABLE TRIGGER ALL").await?,
    }
    Ok(())
}

on_both_engines! {
    async fn what_many_wrote_at_once_stands_in_whole_chains(world: World) -> TestResult {
        let writers: Vec<_> = (0..8_u128)
            .map(|writer| {
                let backend = world.backend.clone();
                tokio::spawn(async move {
                    for about in 0..25 {
                        happen(&backend, writer + about).await?;
                    }
                    backend::Result::Ok(())
                })
            })
            .collect();
        let before = whole(&world, None).await?;
        for writer in writers {
            writer.await??;
        }
        assert!(before <= 202);
        assert_eq!(whole(&world, None).await?, 8 * 25 + 1, "and that the installation was set up");
        Ok(())
    }

    /// AUD-04: past the walls and the program, each way of tampering is found, and where.
    async fn tampering_past_the_walls_is_found(world: World) -> TestResult {
        for about in 0..64 {
            happen(&world.backend, about).await?;
        }
        let seen = checkpoint(&world.backend).await?;
        assert_eq!(whole(&world, Some(&seen)).await?, 65);
        without_walls(&world).await?;

        world.sql("UPDATE audit SET outcome = 'read' WHERE chain = 3 AND place = 2").await?;
        assert!(matches!(whole(&world, None).await, Err(Broken::Changed { chain: 3, place: 2, .. })));
        world.sql("UPDATE audit SET outcome = 'done' WHERE chain = 3 AND place = 2").await?;
        assert!(whole(&world, None).await.is_ok());

        world.sql("DELETE FROM audit WHERE chain = 5 AND place = 4").await?;
        assert!(whole(&world, None).await.is_ok(), "a shorter log looks whole by itself");
        assert_eq!(whole(&world, Some(&seen)).await, Err(Broken::Shortened { chain: 5, place: 4 }));

        world.sql("DELETE FROM audit WHERE chain = 7 AND place = 2").await?;
        assert!(matches!(whole(&world, None).await, Err(Broken::Missing { chain: 7, place: 2, .. })));
        Ok(())
    }
}
