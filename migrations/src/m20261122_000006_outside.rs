//! What leaves the house and what is remembered: jobs, feeds, the audit log, published figures.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, binary, binary_null, blob_null, boolean, date, small_integer, text,
        text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::refers::refers;

/// What leaves the house and what is remembered: jobs, feeds, the audit log, published figures.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true) // SQLite would otherwise run it bare
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        job(schema).await?;
        feed_token(schema).await?;
        calendar_state(schema).await?;
        audit(schema).await?;
        access_log_review(schema).await?;
        access_log_review_line(schema).await?;
        figure_release(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "figure_release",
            "access_log_review_line",
            "access_log_review",
            "audit",
            "calendar_state",
            "feed_token",
            "job",
        ] {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Work to be done after commit, one recipient each.
async fn job(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("job")
                .col(uuid("id").primary_key().take())
                .col(text("kind"))
                .col(text("payload"))
                .col(timestamp_with_time_zone("run_at"))
                .col(big_integer("attempts"))
                .col(timestamp_with_time_zone_null("leased_until"))
                .col(timestamp_with_time_zone_null("done_at"))
                .col(timestamp_with_time_zone_null("parked_at"))
                .col(text_null("problem"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("ix_job_done_at_run_at").table("job").col("done_at").col("run_at").to_owned(),
        )
        .await?;
    Ok(())
}

/// A calendar subscription of a person; only the hash is known (FEED-01).
async fn feed_token(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("feed_token")
                .col(uuid("id").primary_key().take())
                .col(uuid("person_id"))
                .col(text("token_hash"))
                .col(text("name"))
                // Which meetings it holds: one's own, or those of the forum or unit beside it.
                .col(text("holds").default("own").take())
                .col(uuid_null("holds_of"))
                .col(boolean("leaves_out_cancelled").default(false).take())
                // Minutes before each event that programs remind; none for never.
                .col(big_integer_null("alarm_minutes"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(timestamp_with_time_zone_null("last_fetched_at"))
                .col(text_null("last_client"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .check(("ck_feed_token_holds", Expr::col("holds").is_in(["own", "forum", "unit"])))
                .check(("ck_feed_token_holds_of", Expr::cust("(holds = 'own') = (holds_of IS NULL)")))
                .check(("ck_feed_token_alarm_minutes", Expr::col("alarm_minutes").is_in([15, 60, 1440])))
                .foreign_key(&mut refers("feed_token", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("uq_feed_token_token_hash").table("feed_token").col("token_hash").unique().to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_feed_token_person_id").table("feed_token").col("person_id").to_owned())
        .await?;
    Ok(())
}

/// How many changes calendars follow from were made, in its one row: what processes keep of them holds until there is another. On SQLite
/// the one process that serves the file counts in its own memory, and it stays as it is.
async fn calendar_state(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("calendar_state")
                .col(text("id").primary_key().take())
                .col(big_integer("changes"))
                .check(("ck_calendar_state_id", Expr::col("id").eq("this")))
                .to_owned(),
        )
        .await?;
    let row = Query::insert()
        .into_table("calendar_state")
        .columns(["id", "changes"])
        .values_panic(["this".into(), 0.into()])
        .to_owned();
    schema.get_connection().execute(&row).await?;
    Ok(())
}

/// Who did what, when, about which case, on what basis (L2, AUD-01). Ids only.
async fn audit(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("audit")
                .col(big_pk_auto("seq"))
                .col(timestamp_with_time_zone("at"))
                .col(uuid_null("person_id"))
                .col(uuid_null("assignment_id"))
                .col(uuid_null("unit_id"))
                .col(text("action"))
                .col(uuid_null("case_id"))
                .col(uuid_null("subject_id"))
                .col(uuid_null("basis_id"))
                .col(text("outcome"))
                .col(text_null("request_id"))
                .col(binary_null("digest"))
                .col(small_integer("chain"))
                .col(big_integer("place"))
                .col(binary("link"))
                .check(("ck_audit_outcome", Expr::col("outcome").is_in(["done", "read", "denied"])))
                .to_owned(),
        )
        .await?;
    schema.create_index(Index::create().name("ix_audit_case_id").table("audit").col("case_id").to_owned()).await?;
    let places =
        Index::create().name("uq_audit_chain_place").table("audit").col("chain").col("place").unique().to_owned();
    schema.create_index(places).await?;
    schema.create_index(Index::create().name("ix_audit_person_id").table("audit").col("person_id").to_owned()).await?;
    let of_unit = Index::create().name("ix_audit_unit_id_at").table("audit").col("unit_id").col("at").to_owned();
    schema.create_index(of_unit).await?;
    Ok(())
}

/// A review of who of a unit has looked at what, and what it found; written once.
async fn access_log_review(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("access_log_review")
                .col(uuid("id").primary_key().take())
                .col(uuid("unit_id"))
                .col(date("from_on"))
                .col(date("until_on"))
                .col(uuid("reviewed_by"))
                .col(timestamp_with_time_zone("reviewed_at"))
                .foreign_key(&mut refers("access_log_review", "unit_id", "unit"))
                .foreign_key(&mut refers("access_log_review", "reviewed_by", "person"))
                .to_owned(),
        )
        .await?;
    let once = Index::create()
        .name("uq_access_log_review_unit_id_until_on")
        .table("access_log_review")
        .col("unit_id")
        .col("until_on")
        .unique()
        .to_owned();
    schema.create_index(once).await
}

/// One person and one case of a review; the note is sealed.
async fn access_log_review_line(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("access_log_review_line")
                .col(uuid("id").primary_key().take())
                .col(uuid("review_id"))
                .col(uuid("person_id"))
                .col(uuid("case_id"))
                .col(text("finding"))
                .col(blob_null("note"))
                .check(("ck_access_log_review_line_finding", Expr::col("finding").is_in(["explained", "unclear"])))
                .foreign_key(&mut refers("access_log_review_line", "review_id", "access_log_review"))
                .foreign_key(&mut refers("access_log_review_line", "person_id", "person"))
                .foreign_key(&mut refers("access_log_review_line", "case_id", "case_file"))
                .to_owned(),
        )
        .await
}

/// The figures of a school year, by the calendar year it begins in: published once, as they are shown (V11). What is hidden is not
/// in them, so that no copy of the database tells more than the page.
async fn figure_release(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("figure_release")
                .col(big_integer("first_year").primary_key().take())
                .col(timestamp_with_time_zone("published_at"))
                // JSON.
                .col(text("figures"))
                .to_owned(),
        )
        .await
}
