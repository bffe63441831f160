//! A year's calendar for the demo: 104 meetings somebody is called to, as two forums hold them.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use backend::crypt::token_hash;
use http::Request;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};

use crate::client::Client;

/// What a year of two forums comes to.
const OCCURRENCES: usize = 104;

/// Adds meetings like one the feed's owner is called to, until their calendar holds a year's. Past the program, before it first
/// worked that calendar out.
pub async fn lay_out(database: &Path, who: &str, there: usize) -> Result<()> {
    let missing = OCCURRENCES.checked_sub(there).context("the demo has more meetings than a year")?;
    // One connection: what is temporary is seen by its own alone.
    let mut options = ConnectOptions::new(format!("sqlite://{}", database.display()));
    options.max_connections(1);
    let db = Database::connect(options).await?;
    let counting = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {missing})");
    db.execute_unprepared(&format!(
        "CREATE TEMP TABLE made AS {counting} SELECT randomblob(16) AS id, date('now', '+' || (i * 3) || ' days') AS on_date FROM n; \
         CREATE TEMP TABLE called AS SELECT i.*, m.forum_id, m.starts, m.minutes, m.place, m.changed_at, m.published_at \
         FROM invitation i JOIN meeting m ON m.id = i.meeting_id JOIN person p ON p.id = i.person_id \
         JOIN seat s ON s.forum_id = m.forum_id AND s.unit_id = i.unit_id AND s.standing \
         WHERE p.email = '{who}' AND m.state = 'published' AND i.withdrawn_at IS NULL LIMIT 1; \
         INSERT INTO meeting (id, forum_id, on_date, starts, minutes, place, state, sequence, calendar_uid, changed_at, published_at, version) \
         SELECT made.id, forum_id, made.on_date, starts, minutes, place, 'published', 0, lower(hex(made.id)) || '@bench', changed_at, \
         published_at, 2 FROM made, called; \
         INSERT INTO invitation (id, meeting_id, unit_id, person_id, token_hash, created_at, answer, slot_sequence, \
         slot_changed_at, declined, stand_in, in_calendar) \
         SELECT randomblob(16), made.id, unit_id, person_id, lower(hex(randomblob(32))), created_at, 'none', 0, \
         created_at, '[]', 0, 0 FROM made, called"
    ))
    .await?;
    Ok(db.close().await?)
}

/// Adds subscriptions of somebody to the same calendar, fetched an hour ago; gives their addresses. Past the program.
pub async fn subscribe(database: &Path, who: &str, count: usize) -> Result<Vec<String>> {
    let db = Database::connect(format!("sqlite://{}", database.display())).await?;
    let mut addresses = Vec::new();
    for number in 0..count {
        let token = format!("{number:0>43}");
        db.execute_unprepared(&format!(
            "INSERT INTO feed_token (id, person_id, token_hash, name, holds, alarm_minutes, created_at, expires_at, last_fetched_at) \
             SELECT randomblob(16), f.person_id, '{}', f.name, f.holds, f.alarm_minutes, f.created_at, f.expires_at, \
             strftime('%Y-%m-%d %H:%M:%S+00:00', 'now', '-1 hour') \
             FROM feed_token f JOIN person p ON p.id = f.person_id WHERE p.email = '{who}' LIMIT 1",
            token_hash(&token)
        ))
        .await?;
        addresses.push(format!("/kalender/{token}.ics"));
    }
    db.close().await?;
    Ok(addresses)
}

/// How many occurrences a feed holds.
pub async fn occurrences(client: &mut Client, feed: &str) -> Result<usize> {
    Ok(client.text(Request::get(feed)).await?.matches("BEGIN:VEVENT").count())
}

/// Goes on only with a year's calendar.
pub async fn must_be_whole(client: &mut Client, feed: &str) -> Result<()> {
    let found = occurrences(client, feed).await?;
    ensure!(found == OCCURRENCES, "the feed holds {found} occurrences");
    Ok(())
}
