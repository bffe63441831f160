//! Minutes of a case's item, their revisions, actions and review; what was added to them once they were approved, and to whom they were handed over.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, blob, blob_null, boolean, date, date_null, text, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::refers::refers;

/// Minutes of a case's item, their revisions, actions and review.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true) // SQLite would otherwise run it bare
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        minutes(schema).await?;
        minutes_revision(schema).await?;
        draft_key(schema).await?;
        minutes_reading(schema).await?;
        action_item(schema).await?;
        review_note(schema).await?;
        minutes_approval(schema).await?;
        minutes_reopening(schema).await?;
        minutes_addendum(schema).await?;
        addendum_answer(schema).await?;
        minutes_dispatch(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "minutes_dispatch",
            "addendum_answer",
            "minutes_addendum",
            "minutes_reopening",
            "minutes_approval",
            "review_note",
            "action_item",
            "minutes_reading",
            "draft_key",
            "minutes_revision",
            "minutes",
        ];
        for table in tables {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// The minutes of one case at one meeting (M2).
async fn minutes(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("minutes")
                .col(uuid("id").primary_key().take())
                .col(uuid("item_id"))
                .col(uuid("case_id"))
                .col(uuid("meeting_id"))
                .col(uuid("writer_id"))
                .col(text("state"))
                .col(uuid("consent_id"))
                .col(big_integer("revision"))
                .col(big_integer("touched_ms"))
                .col(timestamp_with_time_zone_null("submitted_at"))
                .col(timestamp_with_time_zone_null("approved_at"))
                .col(uuid_null("approved_by"))
                // What was approved last; it stays to be read while the minutes are open again.
                .col(big_integer_null("approved_revision"))
                // The day the case is taken up again, as last handed in (M12): in clear, as the queue asks by it.
                .col(date_null("follow_up_on"))
                .col(big_integer("version"))
                .check(("ck_minutes_state", Expr::col("state").is_in(["draft", "submitted", "returned", "approved"])))
                .check((
                    "ck_minutes_approver",
                    Expr::cust("(state = 'approved') = (approved_by IS NOT NULL AND approved_at IS NOT NULL)"),
                ))
                .check((
                    "ck_minutes_approved_revision",
                    Expr::cust(
                        "state <> 'approved' OR (approved_revision IS NOT NULL AND approved_revision = revision)",
                    ),
                ))
                .check(("ck_minutes_own", Expr::cust("approved_by IS NULL OR approved_by <> writer_id")))
                .foreign_key(&mut refers("minutes", "item_id", "agenda_item"))
                .foreign_key(&mut refers("minutes", "case_id", "case_file"))
                .foreign_key(&mut refers("minutes", "meeting_id", "meeting"))
                .foreign_key(&mut refers("minutes", "writer_id", "person"))
                .foreign_key(&mut refers("minutes", "consent_id", "consent"))
                .foreign_key(&mut refers("minutes", "approved_by", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("uq_minutes_item_id").table("minutes").col("item_id").unique().to_owned())
        .await?;
    schema.create_index(Index::create().name("ix_minutes_case_id").table("minutes").col("case_id").to_owned()).await?;
    schema.create_index(Index::create().name("ix_minutes_state").table("minutes").col("state").to_owned()).await?;
    Ok(())
}

/// The text as it was saved. Never edited.
async fn minutes_revision(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("minutes_revision")
                .col(uuid("id").primary_key().take())
                .col(uuid("minutes_id"))
                .col(uuid("case_id"))
                .col(big_integer("number"))
                .col(blob("body"))
                .col(text("covered"))
                .col(uuid("written_by"))
                .col(timestamp_with_time_zone("written_at"))
                .col(big_integer("written_ms"))
                .foreign_key(&mut refers("minutes_revision", "minutes_id", "minutes"))
                .foreign_key(&mut refers("minutes_revision", "case_id", "case_file"))
                .foreign_key(&mut refers("minutes_revision", "written_by", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("uq_minutes_revision_minutes_id_number")
                .table("minutes_revision")
                .col("minutes_id")
                .col("number")
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// The key of one revision's text: what was never approved may go while the case stays (L7).
async fn draft_key(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("draft_key")
                .col(uuid("revision_id").primary_key().take())
                .col(uuid("case_id"))
                .col(uuid("minutes_id"))
                .col(big_integer("number"))
                // Under the case's key.
                .col(blob("sealed"))
                .foreign_key(&mut refers("draft_key", "revision_id", "minutes_revision"))
                .foreign_key(&mut refers("draft_key", "case_id", "case_file"))
                .foreign_key(&mut refers("draft_key", "minutes_id", "minutes"))
                .to_owned(),
        )
        .await?;
    for column in ["case_id", "minutes_id"] {
        let index = Index::create().name(format!("ix_draft_key_{column}")).table("draft_key").col(column).to_owned();
        schema.create_index(index).await?;
    }
    Ok(())
}

/// The revision somebody last read, for "changed since you last read".
async fn minutes_reading(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("minutes_reading")
                .col(uuid("id").primary_key().take())
                .col(uuid("minutes_id"))
                .col(uuid("person_id"))
                .col(big_integer("revision"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut refers("minutes_reading", "minutes_id", "minutes"))
                .foreign_key(&mut refers("minutes_reading", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("uq_minutes_reading_minutes_id_person_id")
                .table("minutes_reading")
                .col("minutes_id")
                .col("person_id")
                .unique()
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// What a unit undertook: what, by when (M11).
async fn action_item(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("action_item")
                .col(uuid("id").primary_key().take())
                .col(uuid("minutes_id"))
                .col(uuid("case_id"))
                .col(uuid("unit_id"))
                .col(blob("what"))
                .col(date("due_on"))
                // The day the minutes say; another where it was moved.
                .col(date("agreed_on"))
                .col(big_integer("position"))
                .col(timestamp_with_time_zone_null("done_at"))
                .col(timestamp_with_time_zone_null("dropped_at"))
                .col(uuid_null("settled_by"))
                // Why it was moved or dropped.
                .col(blob_null("word"))
                .col(big_integer("version"))
                .check(("ck_action_item_settled", Expr::cust("done_at IS NULL OR dropped_at IS NULL")))
                .check((
                    "ck_action_item_word",
                    Expr::cust("word IS NOT NULL OR (dropped_at IS NULL AND due_on = agreed_on)"),
                ))
                .foreign_key(&mut refers("action_item", "minutes_id", "minutes"))
                .foreign_key(&mut refers("action_item", "case_id", "case_file"))
                .foreign_key(&mut refers("action_item", "unit_id", "unit"))
                .foreign_key(&mut refers("action_item", "settled_by", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_action_item_case_id").table("action_item").col("case_id").to_owned())
        .await?;
    schema
        .create_index(Index::create().name("ix_action_item_unit_id").table("action_item").col("unit_id").to_owned())
        .await?;
    Ok(())
}

/// What a reviewer wrote when returning minutes.
async fn review_note(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("review_note")
                .col(uuid("id").primary_key().take())
                .col(uuid("minutes_id"))
                .col(big_integer("revision"))
                .col(uuid("by_person"))
                .col(timestamp_with_time_zone("at"))
                .col(blob("body"))
                .foreign_key(&mut refers("review_note", "minutes_id", "minutes"))
                .foreign_key(&mut refers("review_note", "by_person", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("ix_review_note_minutes_id").table("review_note").col("minutes_id").to_owned(),
        )
        .await?;
    Ok(())
}

/// That a revision was approved: minutes that are opened again keep what was approved before.
async fn minutes_approval(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("minutes_approval")
                .col(uuid("id").primary_key().take())
                .col(uuid("minutes_id"))
                .col(big_integer("revision"))
                .col(uuid("by_person"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut refers("minutes_approval", "minutes_id", "minutes"))
                .foreign_key(&mut refers("minutes_approval", "by_person", "person"))
                .to_owned(),
        )
        .await?;
    once_a_revision(schema, "minutes_approval").await
}

/// That approved minutes were opened again, and why.
async fn minutes_reopening(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("minutes_reopening")
                .col(uuid("id").primary_key().take())
                .col(uuid("minutes_id"))
                .col(big_integer("revision"))
                .col(uuid("by_person"))
                .col(timestamp_with_time_zone("at"))
                .col(blob("reason"))
                .foreign_key(&mut refers("minutes_reopening", "minutes_id", "minutes"))
                .foreign_key(&mut refers("minutes_reopening", "by_person", "person"))
                .to_owned(),
        )
        .await?;
    once_a_revision(schema, "minutes_reopening").await
}

async fn once_a_revision(schema: &SchemaManager<'_>, table: &'static str) -> Result<(), DbErr> {
    let name = format!("uq_{table}_minutes_id_revision");
    let index = Index::create().name(name).table(table).col("minutes_id").col("revision").unique().to_owned();
    schema.create_index(index).await
}

/// What was added to approved minutes (M5).
async fn minutes_addendum(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("minutes_addendum")
                .col(uuid("id").primary_key().take())
                .col(uuid("minutes_id"))
                .col(uuid("case_id"))
                .col(blob("body"))
                .col(text("covered"))
                .col(uuid("written_by"))
                .col(timestamp_with_time_zone("written_at"))
                .col(big_integer("written_ms"))
                .foreign_key(&mut refers("minutes_addendum", "minutes_id", "minutes"))
                .foreign_key(&mut refers("minutes_addendum", "case_id", "case_file"))
                .foreign_key(&mut refers("minutes_addendum", "written_by", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_minutes_addendum_minutes_id")
                .table("minutes_addendum")
                .col("minutes_id")
                .to_owned(),
        )
        .await
}

/// What a reviewer answered to an addendum: approved, or not and why.
async fn addendum_answer(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("addendum_answer")
                .col(uuid("addendum_id").primary_key().take())
                .col(uuid("case_id"))
                .col(boolean("approved"))
                .col(uuid("answered_by"))
                .col(timestamp_with_time_zone("answered_at"))
                .col(big_integer("answered_ms"))
                .col(blob_null("comment"))
                .foreign_key(&mut refers("addendum_answer", "addendum_id", "minutes_addendum"))
                .foreign_key(&mut refers("addendum_answer", "case_id", "case_file"))
                .foreign_key(&mut refers("addendum_answer", "answered_by", "person"))
                .to_owned(),
        )
        .await
}

/// That approved minutes were handed over to a unit (M6).
async fn minutes_dispatch(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("minutes_dispatch")
                .col(uuid("id").primary_key().take())
                .col(uuid("minutes_id"))
                .col(uuid("case_id"))
                .col(big_integer("revision"))
                .col(uuid("from_unit"))
                .col(uuid("to_unit"))
                // The consent it rested on.
                .col(uuid("consent_id"))
                .col(uuid("by_person"))
                .col(timestamp_with_time_zone("at"))
                .col(big_integer("at_ms"))
                .foreign_key(&mut refers("minutes_dispatch", "minutes_id", "minutes"))
                .foreign_key(&mut refers("minutes_dispatch", "case_id", "case_file"))
                .foreign_key(&mut refers("minutes_dispatch", "from_unit", "unit"))
                .foreign_key(&mut refers("minutes_dispatch", "to_unit", "unit"))
                .foreign_key(&mut refers("minutes_dispatch", "consent_id", "consent"))
                .foreign_key(&mut refers("minutes_dispatch", "by_person", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("ix_minutes_dispatch_case_id").table("minutes_dispatch").col("case_id").to_owned(),
        )
        .await
}
