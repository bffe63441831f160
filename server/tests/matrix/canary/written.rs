//! All that a database has written to disk.

use sea_orm::{ConnectionTrait as _, Statement};

use crate::world::{Engine, World};

/// What is written from a moment on.
pub struct Written {
    /// Where PostgreSQL's log of writes stood; of no meaning on SQLite, whose log lies beside the database.
    log: String,
}

impl Written {
    pub async fn from_now_on(world: &World) -> Self {
        if world.engine == Engine::Sqlite {
            return Self { log: String::new() };
        }
        // The log's files are not taken away as long as somebody is to read them.
        world.sql(&format!("SELECT pg_create_physical_replication_slot('{SLOT}', true)")).await.unwrap();
        let log = world.text("SELECT pg_walfile_name(pg_current_wal_lsn())").await.unwrap();
        Self { log }
    }

    /// All of it, each with what it is: a `file`, the `rows` of a table, a stretch of the `log`.
    pub async fn all(self, world: &World) -> Vec<(String, Vec<u8>)> {
        let all = match world.engine {
            Engine::Sqlite => files(world),
            Engine::Postgres => self.of_postgres(world).await,
        };
        assert!(all.iter().any(|(_, content)| super::contains(content, b"case_file")), "it is the database");
        all
    }

    /// The tables as their files hold them, as SQL shows them (long texts are compressed in the files), and the log of writes, which
    /// is that of all databases of this server.
    async fn of_postgres(self, world: &World) -> Vec<(String, Vec<u8>)> {
        world.sql("CHECKPOINT").await.unwrap();
        let table = "relkind IN ('r', 'i', 't', 'm') AND pg_relation_filepath(oid) IS NOT NULL";
        let mut all = read(
            world,
            &format!(
                "SELECT 'file of ' || relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class WHERE {table}"
            ),
        )
        .await;
        let tables =
            world.text("SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'").await.unwrap();
        for name in tables.split(' ') {
            let rows = format!("SELECT 'rows of {name}', convert_to(t::text, 'UTF8') FROM \"{name}\" t");
            all.extend(read(world, &rows).await);
        }
        let segments = format!(
            "SELECT 'log ' || name, pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir() \
             WHERE name BETWEEN '{}' AND pg_walfile_name(pg_current_wal_lsn()) AND length(name) = 24 ORDER BY name",
            self.log
        );
        let segments = read(world, &segments).await;
        assert!(
            segments.first().is_some_and(|(name, _)| *name == format!("log {}", self.log)),
            "the log is read from its beginning"
        );
        all.extend(segments);
        world.sql(&format!("SELECT pg_drop_replication_slot('{SLOT}')")).await.unwrap();
        all
    }
}

const SLOT: &str = "samverkan_canary";

fn files(world: &World) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(world.folder()).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.is_file())
        .map(|path| (format!("file {}", path.display()), std::fs::read(path).unwrap()))
        .collect()
}

async fn read(world: &World, query: &str) -> Vec<(String, Vec<u8>)> {
    let asked = Statement::from_string(world.raw.get_database_backend(), query);
    let rows = world.raw.query_all_raw(asked).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}
