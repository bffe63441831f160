//! What may be disposed of and when, what holds it, and what became of it (L7, L8).

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, date, date_null, integer_null, small_integer_null, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::refers::refers;

/// What may be disposed of and when, what holds it, and what became of it (L7, L8).
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true) // SQLite would otherwise run it bare
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        retention_rule(schema).await?;
        retention_hold(schema).await?;
        retention_hold_lift(schema).await?;
        disposal(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in ["disposal", "retention_hold_lift", "retention_hold", "retention_rule"] {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// A rule of an authority's plan, by its decision. The one recorded last for a kind holds.
async fn retention_rule(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("retention_rule")
                .col(uuid("id").primary_key().take())
                // As on its units.
                .col(text("authority"))
                .col(text("kind"))
                // Years after the last entry, or months; neither where it is kept for good.
                .col(integer_null("years"))
                .col(integer_null("months"))
                // What of files is kept for research.
                .col(text_null("sample"))
                .col(text("decision"))
                .col(date("decided_on"))
                .col(uuid("recorded_by"))
                .col(timestamp_with_time_zone("recorded_at"))
                .check(("ck_retention_rule_kind", Expr::col("kind").is_in(["case_file", "drafts", "queue_words"])))
                .check((
                    "ck_retention_rule_time",
                    Expr::cust("years IS NULL OR (months IS NULL AND kind = 'case_file')"),
                ))
                .check((
                    "ck_retention_rule_file",
                    Expr::cust(
                        "(kind = 'case_file') = (sample IS NOT NULL) AND (kind <> 'case_file' OR months IS NULL)",
                    ),
                ))
                .check(("ck_retention_rule_sample", Expr::col("sample").is_in(["days", "keep_all"])))
                .foreign_key(&mut refers("retention_rule", "recorded_by", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("ix_retention_rule_authority").table("retention_rule").col("authority").to_owned(),
        )
        .await
}

/// Why a case is kept whatever the plan says, until it is lifted (L8).
async fn retention_hold(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("retention_hold")
                .col(uuid("id").primary_key().take())
                .col(uuid("case_id"))
                .col(text("hold"))
                .col(uuid("set_by"))
                .col(timestamp_with_time_zone("set_at"))
                .check(("ck_retention_hold_hold", Expr::col("hold").is_in(["request", "proceedings", "incident"])))
                .foreign_key(&mut refers("retention_hold", "case_id", "case_file"))
                .foreign_key(&mut refers("retention_hold", "set_by", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("ix_retention_hold_case_id").table("retention_hold").col("case_id").to_owned(),
        )
        .await
}

/// That a hold is over; once.
async fn retention_hold_lift(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("retention_hold_lift")
                .col(uuid("hold_id").primary_key().take())
                .col(uuid("lifted_by"))
                .col(timestamp_with_time_zone("lifted_at"))
                .foreign_key(&mut refers("retention_hold_lift", "hold_id", "retention_hold"))
                .foreign_key(&mut refers("retention_hold_lift", "lifted_by", "person"))
                .to_owned(),
        )
        .await
}

/// A case on its way out, or what of it goes before; and the proof that it is gone: by which rule, since when it could have gone, who
/// proposed and who approved it. Between the approval and the end lies a day.
async fn disposal(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("disposal")
                .col(uuid("id").primary_key().take())
                .col(uuid("case_id"))
                .col(text("kind"))
                // Whose it is: of what was asked for in the queue the unit that asked, else the one that registered the case.
                .col(uuid("unit_id"))
                .col(text("state"))
                .col(uuid("proposed_by"))
                .col(timestamp_with_time_zone("proposed_at"))
                .col(uuid_null("approved_by"))
                .col(timestamp_with_time_zone_null("approved_at"))
                .col(big_integer_null("approved_ms"))
                .col(uuid_null("stopped_by"))
                .col(timestamp_with_time_zone_null("stopped_at"))
                .col(timestamp_with_time_zone_null("shredded_at"))
                .col(big_integer_null("shredded_ms"))
                // The rule it went by, and the first local day it could have gone.
                .col(uuid_null("rule_id"))
                .col(date_null("since"))
                // The highest number of the installation's keys then: while one up to it opens, so do backups from before.
                .col(small_integer_null("root"))
                .col(big_integer("version"))
                .check((
                    "ck_disposal_state",
                    Expr::col("state").is_in(["proposed", "approved", "stopped", "shredded"]),
                ))
                .check(("ck_disposal_kind", Expr::col("kind").is_in(["case_file", "drafts", "queue_words"])))
                .check(("ck_disposal_two", Expr::cust("approved_by IS NULL OR approved_by <> proposed_by")))
                .check((
                    "ck_disposal_approved",
                    Expr::cust(
                        "(approved_by IS NULL) = (approved_ms IS NULL) AND (approved_by IS NULL) = (approved_at IS NULL) \
                         AND (state NOT IN ('approved', 'shredded') OR approved_by IS NOT NULL) \
                         AND (state <> 'proposed' OR approved_by IS NULL)",
                    ),
                ))
                .check((
                    "ck_disposal_stopped",
                    Expr::cust(
                        "(state = 'stopped') = (stopped_by IS NOT NULL) AND (stopped_by IS NULL) = (stopped_at IS NULL)",
                    ),
                ))
                .check((
                    "ck_disposal_shredded",
                    Expr::cust(
                        "(state = 'shredded') = (shredded_ms IS NOT NULL) AND (shredded_ms IS NULL) = (shredded_at IS NULL) \
                         AND (state <> 'shredded' OR (rule_id IS NOT NULL AND since IS NOT NULL AND root IS NOT NULL)) \
                         AND (shredded_ms IS NULL OR shredded_ms >= approved_ms + 86400000)",
                    ),
                ))
                .foreign_key(&mut refers("disposal", "case_id", "case_file"))
                .foreign_key(&mut refers("disposal", "unit_id", "unit"))
                .foreign_key(&mut refers("disposal", "proposed_by", "person"))
                .foreign_key(&mut refers("disposal", "approved_by", "person"))
                .foreign_key(&mut refers("disposal", "stopped_by", "person"))
                .foreign_key(&mut refers("disposal", "rule_id", "retention_rule"))
                .to_owned(),
        )
        .await?;
    // Nothing is on its way out twice, and no case goes twice; drafts come anew.
    schema
        .get_connection()
        .execute_unprepared(
            "CREATE UNIQUE INDEX uq_disposal_case_id ON disposal (case_id, kind, unit_id) \
             WHERE state <> 'stopped' AND (state <> 'shredded' OR kind = 'case_file')",
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_disposal_unit_id").table("disposal").col("unit_id").to_owned())
        .await?;
    schema.create_index(Index::create().name("ix_disposal_state").table("disposal").col("state").to_owned()).await
}
