//! People who sign in, how they prove who they are, and what they were typing.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, blob, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::refers::refers;

/// People who sign in, how they prove who they are, and what they were typing.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true) // SQLite would otherwise run it bare
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        installation(schema).await?;
        person(schema).await?;
        password(schema).await?;
        one_time_code(schema).await?;
        entry_link(schema).await?;
        session(schema).await?;
        form_draft(schema).await?;
        form_receipt(schema).await?;
        phrase(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "phrase",
            "form_receipt",
            "form_draft",
            "session",
            "entry_link",
            "one_time_code",
            "password",
            "person",
            "installation",
        ] {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// The one municipality this installation serves, and whether its clock is the real one.
async fn installation(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("installation")
                .col(text("id").primary_key().take())
                .col(text("municipality"))
                .col(text("kind"))
                .col(text("clock"))
                .col(timestamp_with_time_zone("created_at"))
                .check(("ck_installation_kind", Expr::col("kind").is_in(["production", "demo"])))
                .check(("ck_installation_clock", Expr::col("clock").is_in(["real", "simulated"])))
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// Somebody on the staff of a unit, or IT. Never a child or a guardian.
async fn person(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("person")
                .col(uuid("id").primary_key().take())
                .col(text("email"))
                .col(text("name"))
                .col(text("language"))
                // How their meetings come into their calendar.
                .col(text("calendar_way"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("disabled_at"))
                .col(big_integer("version"))
                .check(("ck_person_language", Expr::col("language").is_in(["sv", "en"])))
                .check(("ck_person_calendar_way", Expr::col("calendar_way").is_in(["feed", "mail"])))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("uq_person_email").table("person").col("email").unique().to_owned())
        .await?;
    Ok(())
}

/// A person's password and its soft lock (AUTH-07, AUTH-09).
async fn password(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("password")
                .col(uuid("id").primary_key().take())
                .col(text("phc"))
                .col(big_integer("failures"))
                .col(timestamp_with_time_zone_null("locked_until"))
                .col(timestamp_with_time_zone_null("switched_off_at"))
                .col(timestamp_with_time_zone("set_at"))
                .foreign_key(&mut refers("password", "id", "person"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// A person's TOTP seed, sealed, and the last step used (AUTH-10).
async fn one_time_code(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("one_time_code")
                .col(uuid("id").primary_key().take())
                .col(blob("secret"))
                .col(big_integer("last_step"))
                .col(timestamp_with_time_zone_null("confirmed_at"))
                .foreign_key(&mut refers("one_time_code", "id", "person"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// A one-time link to join or to recover (AUTH-11, AUTH-13).
async fn entry_link(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("entry_link")
                .col(text("token_hash").primary_key().take())
                .col(uuid("person_id"))
                .col(text("purpose"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(text_null("browser_hash"))
                .col(timestamp_with_time_zone_null("password_set_at"))
                .col(timestamp_with_time_zone_null("used_at"))
                .check(("ck_entry_link_purpose", Expr::col("purpose").is_in(["join", "recover"])))
                .foreign_key(&mut refers("entry_link", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// A signed-in browser; only the hash of its token is known (SESS-01).
async fn session(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("session")
                .col(text("token_hash").primary_key().take())
                .col(uuid("person_id"))
                .col(uuid_null("assignment_id"))
                .col(text("stage"))
                .col(text("form_token"))
                .col(text("client"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("seen_at"))
                .col(timestamp_with_time_zone("ends_at"))
                .col(timestamp_with_time_zone_null("stepped_up_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .check(("ck_session_stage", Expr::col("stage").is_in(["code_due", "active"])))
                .foreign_key(&mut refers("session", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_session_person_id").table("session").col("person_id").to_owned())
        .await?;
    Ok(())
}

/// What somebody typed in a form that was not accepted, sealed, for fifteen minutes.
async fn form_draft(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("form_draft")
                .col(text("id_hash").primary_key().take())
                .col(uuid_null("person_id"))
                .col(blob("body"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .foreign_key(&mut refers("form_draft", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_form_draft_expires_at").table("form_draft").col("expires_at").to_owned())
        .await?;
    Ok(())
}

/// The answer a form already got, so that a double submit changes nothing.
async fn form_receipt(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("form_receipt")
                .col(text("once_hash").primary_key().take())
                .col(uuid("person_id"))
                .col(text("done"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut refers("form_receipt", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    schema.create_index(Index::create().name("ix_form_receipt_at").table("form_receipt").col("at").to_owned()).await?;
    Ok(())
}

/// Something a person writes often, to be put in where they write; theirs alone. Sealed under the installation's key.
async fn phrase(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("phrase")
                .col(uuid("id").primary_key().take())
                .col(uuid("person_id"))
                .col(blob("text"))
                .col(timestamp_with_time_zone("added_at"))
                .foreign_key(&mut refers("phrase", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    schema.create_index(Index::create().name("ix_phrase_person_id").table("phrase").col("person_id").to_owned()).await
}
