//! The municipality: units, who works where, forums, seats and series.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, boolean, date, date_null, text, time, timestamp_with_time_zone_null, uuid, uuid_null},
};

use crate::refers::refers;

/// What a forum does about a day that is not free to meet on.
const DAY_POLICIES: [&str; 4] = ["skip", "before", "after", "hold"];

/// The municipality: units, who works where, forums, seats and series.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true) // SQLite would otherwise run it bare
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        unit(schema).await?;
        assignment(schema).await?;
        forum(schema).await?;
        forum_item(schema).await?;
        seat(schema).await?;
        seat_tenure(schema).await?;
        series(schema).await?;
        closed_day(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in ["closed_day", "series", "seat_tenure", "seat", "forum_item", "forum", "assignment", "unit"] {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// A unit or function consent can cover (C19).
async fn unit(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("unit")
                .col(uuid("id").primary_key().take())
                .col(text("kind"))
                .col(text("name"))
                .col(text("short_name"))
                .col(text("authority"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .col(big_integer("version"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// A person's work in a unit, with one role; chosen at sign-in (L1).
async fn assignment(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("assignment")
                .col(uuid("id").primary_key().take())
                .col(uuid("person_id"))
                .col(uuid_null("unit_id"))
                .col(text("role"))
                .col(text("title"))
                .col(date("from_on"))
                .col(date_null("until_on"))
                .col(big_integer("version"))
                .check((
                    "ck_assignment_role",
                    Expr::col("role").is_in(["coordinator", "participant", "administrator", "operator"]),
                ))
                // Never an operator with a unit (L5). An administrator may lack one: the first comes before any unit.
                .check((
                    "ck_assignment_operator",
                    Expr::cust(
                        "CASE role WHEN 'operator' THEN unit_id IS NULL WHEN 'administrator' THEN true ELSE unit_id IS NOT NULL END",
                    ),
                ))
                .foreign_key(&mut refers("assignment", "person_id", "person"))
                .foreign_key(&mut refers("assignment", "unit_id", "unit"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_assignment_person_id").table("assignment").col("person_id").to_owned())
        .await?;
    schema
        .create_index(Index::create().name("ix_assignment_unit_id").table("assignment").col("unit_id").to_owned())
        .await?;
    Ok(())
}

/// Where cases of an age band are taken up (R2).
async fn forum(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("forum")
                .col(uuid("id").primary_key().take())
                .col(text("code"))
                .col(text("name"))
                .col(text("short_name"))
                .col(big_integer("age_from"))
                .col(big_integer("age_to"))
                .col(text("host"))
                .col(text("place"))
                .col(big_integer("meeting_minutes"))
                .col(big_integer("item_minutes"))
                .col(big_integer("freeze_days"))
                .col(big_integer("review_days"))
                .col(text("on_red_days"))
                .col(text("on_breaks"))
                .col(big_integer("version"))
                .check(("ck_forum_on_red_days", Expr::col("on_red_days").is_in(DAY_POLICIES)))
                .check(("ck_forum_on_breaks", Expr::col("on_breaks").is_in(DAY_POLICIES)))
                .check(("ck_forum_band", Expr::cust("age_from >= 0 AND age_to >= age_from")))
                .to_owned(),
        )
        .await?;
    schema.create_index(Index::create().name("uq_forum_code").table("forum").col("code").unique().to_owned()).await?;
    Ok(())
}

/// What stands on every agenda of a forum.
async fn forum_item(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("forum_item")
                .col(uuid("id").primary_key().take())
                .col(uuid("forum_id"))
                .col(text("title"))
                .col(big_integer("minutes"))
                .col(boolean("closing"))
                .col(big_integer("position"))
                .check(("ck_forum_item_minutes", Expr::cust("minutes BETWEEN 1 AND 480")))
                .foreign_key(&mut refers("forum_item", "forum_id", "forum"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_forum_item_forum_id").table("forum_item").col("forum_id").to_owned())
        .await?;
    Ok(())
}

/// A unit's place at a forum's table, for a function of it.
async fn seat(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("seat")
                .col(uuid("id").primary_key().take())
                .col(uuid("forum_id"))
                .col(uuid("unit_id"))
                .col(text("function"))
                .col(boolean("standing"))
                .col(big_integer("position"))
                .col(big_integer("version"))
                .foreign_key(&mut refers("seat", "forum_id", "forum"))
                .foreign_key(&mut refers("seat", "unit_id", "unit"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("uq_seat_forum_id_unit_id")
                .table("seat")
                .col("forum_id")
                .col("unit_id")
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// Who sits on a seat, as holder or deputy, and when.
async fn seat_tenure(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("seat_tenure")
                .col(uuid("id").primary_key().take())
                .col(uuid("seat_id"))
                .col(uuid("person_id"))
                .col(text("sits"))
                .col(big_integer("position"))
                .col(date("from_on"))
                .col(date_null("until_on"))
                .check(("ck_seat_tenure_sits", Expr::col("sits").is_in(["holder", "deputy"])))
                .check(("ck_seat_tenure_span", Expr::cust("until_on IS NULL OR until_on >= from_on")))
                .foreign_key(&mut refers("seat_tenure", "seat_id", "seat"))
                .foreign_key(&mut refers("seat_tenure", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("uq_seat_tenure_seat_id_position")
                .table("seat_tenure")
                .col("seat_id")
                .col("position")
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// A forum's weekly meetings over a term (K1).
async fn series(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("series")
                .col(uuid("id").primary_key().take())
                .col(uuid("forum_id"))
                .col(big_integer("weekday"))
                .col(time("starts"))
                .col(big_integer("minutes"))
                .col(big_integer("interval_weeks"))
                .col(date("from_on"))
                .col(date("until_on"))
                .col(text("place"))
                .col(big_integer("version"))
                .check(("ck_series_weekday", Expr::cust("weekday BETWEEN 1 AND 7")))
                .check(("ck_series_span", Expr::cust("until_on >= from_on")))
                .foreign_key(&mut refers("series", "forum_id", "forum"))
                .to_owned(),
        )
        .await?;
    schema.create_index(Index::create().name("ix_series_forum_id").table("series").col("forum_id").to_owned()).await?;
    Ok(())
}

/// A day the municipality holds no meetings besides red days: school break, staff day, eve.
async fn closed_day(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("closed_day")
                .col(date("id").primary_key().take())
                .col(text("kind"))
                .col(text("name"))
                .check(("ck_closed_day_kind", Expr::col("kind").is_in(["school_break", "staff_day", "eve", "other"])))
                .to_owned(),
        )
        .await?;
    Ok(())
}
