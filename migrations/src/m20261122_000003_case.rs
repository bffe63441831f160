//! Cases, guardians, phases and consents; and the gate computed from them.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, blob, blob_null, boolean, date, date_null, small_integer, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::refers::refers;

/// Cases, guardians, phases and consents; and the gate computed from them.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true) // SQLite would otherwise run it bare
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        case_file(schema).await?;
        case_key(schema).await?;
        case_reader(schema).await?;
        case_export(schema).await?;
        case_export_answer(schema).await?;
        guardian(schema).await?;
        phase_change(schema).await?;
        consent(schema).await?;
        consent_signature(schema).await?;
        consent_prevented(schema).await?;
        consent_annulment(schema).await?;
        consent_party(schema).await?;
        consent_acknowledgement(schema).await?;
        consent_paper(schema).await?;
        signature_receiver(schema).await?;
        consent_withdrawal(schema).await?;
        withdrawal_receiver(schema).await?;
        case_gate(schema).await?;
        case_gate_window(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "case_gate_window",
            "case_gate",
            "withdrawal_receiver",
            "consent_withdrawal",
            "signature_receiver",
            "consent_paper",
            "consent_acknowledgement",
            "consent_party",
            "consent_annulment",
            "consent_prevented",
            "consent_signature",
            "consent",
            "phase_change",
            "guardian",
            "case_export_answer",
            "case_export",
            "case_reader",
            "case_key",
            "case_file",
        ] {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// One child's matter in this tool; what names the child is sealed.
async fn case_file(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("case_file")
                .col(uuid("id").primary_key().take())
                .col(text("reference"))
                .col(uuid("unit_id"))
                .col(uuid("registered_by"))
                .col(timestamp_with_time_zone("registered_at"))
                .col(blob("name"))
                .col(date("born_on"))
                .col(blob_null("number"))
                .col(text_null("number_index"))
                .col(blob_null("former_number"))
                .col(text_null("former_number_index"))
                .col(blob("question"))
                .col(text("custody"))
                .col(text("protection"))
                .col(timestamp_with_time_zone_null("closed_at"))
                // Gone: its keys are destroyed, and what told of the child in clear is blank.
                .col(timestamp_with_time_zone_null("disposed_at"))
                .col(big_integer("version"))
                .check(("ck_case_file_custody", Expr::col("custody").is_in(["joint", "sole", "appointed", "of_age"])))
                .check((
                    "ck_case_file_protection",
                    Expr::col("protection").is_in(["none", "mark", "registration", "fictitious"]),
                ))
                .foreign_key(&mut refers("case_file", "unit_id", "unit"))
                .foreign_key(&mut refers("case_file", "registered_by", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("uq_case_file_reference").table("case_file").col("reference").unique().to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_case_file_unit_id").table("case_file").col("unit_id").to_owned())
        .await?;
    for column in ["number_index", "former_number_index"] {
        schema
            .create_index(
                Index::create().name(format!("ix_case_file_{column}")).table("case_file").col(column).to_owned(),
            )
            .await?;
    }
    Ok(())
}

/// A case's own key, sealed under a key of the installation that lies outside the database (CRY-01).
async fn case_key(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("case_key")
                .col(uuid("case_id"))
                .col(small_integer("generation"))
                .col(small_integer("root"))
                .col(blob("sealed"))
                .primary_key(Index::create().name("pk_case_key").col("case_id").col("generation"))
                .check(("ck_case_key_generation", Expr::col("generation").between(1, 255)))
                .check(("ck_case_key_root", Expr::col("root").between(1, 255)))
                .foreign_key(
                    ForeignKey::create()
                        .name("fk_case_key_case_id")
                        .from("case_key", "case_id")
                        .to("case_file", "id")
                        .on_delete(ForeignKeyAction::Cascade),
                )
                .to_owned(),
        )
        .await?;
    schema.create_index(Index::create().name("ix_case_key_root").table("case_key").col("root").to_owned()).await
}

/// Who was named among those who may know of a case with a protected identity, and who no more is: the last word about a person
/// holds (I1).
async fn case_reader(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("case_reader")
                .col(uuid("id").primary_key().take())
                .col(uuid("case_id"))
                .col(uuid("person_id"))
                .col(boolean("named"))
                .col(timestamp_with_time_zone("at"))
                .col(uuid_null("recorded_by"))
                .foreign_key(&mut refers("case_reader", "case_id", "case_file"))
                .foreign_key(&mut refers("case_reader", "person_id", "person"))
                .foreign_key(&mut refers("case_reader", "recorded_by", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_case_reader_case_id")
                .table("case_reader")
                .col("case_id")
                .col("person_id")
                .to_owned(),
        )
        .await
}

/// That somebody wants to hand out something of a case with a protected identity (I1).
async fn case_export(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("case_export")
                .col(uuid("id").primary_key().take())
                .col(uuid("case_id"))
                .col(text("what"))
                .col(uuid_null("subject_id"))
                .col(uuid("asked_by"))
                .col(uuid("asked_unit"))
                .col(timestamp_with_time_zone("asked_at"))
                .check(("ck_case_export_what", Expr::col("what").is_in(["form", "receipt", "paper", "minutes"])))
                .foreign_key(&mut refers("case_export", "case_id", "case_file"))
                .foreign_key(&mut refers("case_export", "asked_by", "person"))
                .foreign_key(&mut refers("case_export", "asked_unit", "unit"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_case_export_case_id").table("case_export").col("case_id").to_owned())
        .await
}

/// What the second person said to that; once.
async fn case_export_answer(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("case_export_answer")
                .col(uuid("export_id").primary_key().take())
                .col(boolean("approved"))
                .col(uuid("answered_by"))
                .col(timestamp_with_time_zone("answered_at"))
                .foreign_key(&mut refers("case_export_answer", "export_id", "case_export"))
                .foreign_key(&mut refers("case_export_answer", "answered_by", "person"))
                .to_owned(),
        )
        .await
}

/// A holder of custody, from and until; or a parent without it, who is asked for what is their own (C21).
async fn guardian(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("guardian")
                .col(uuid("id").primary_key().take())
                .col(uuid("case_id"))
                .col(blob("name"))
                .col(date("from_on"))
                .col(date_null("until_on"))
                .col(big_integer("position"))
                .col(boolean("custody"))
                .foreign_key(&mut refers("guardian", "case_id", "case_file"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_guardian_case_id").table("guardian").col("case_id").to_owned())
        .await?;
    Ok(())
}

/// Passages between voluntary support and report or investigation (C15); known to social services alone.
async fn phase_change(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("phase_change")
                .col(uuid("id").primary_key().take())
                .col(uuid("case_id"))
                .col(timestamp_with_time_zone("at"))
                .col(text("phase"))
                .col(uuid("recorded_by"))
                .check(("ck_phase_change_phase", Expr::col("phase").is_in(["voluntary", "report", "investigation"])))
                .foreign_key(&mut refers("phase_change", "case_id", "case_file"))
                .foreign_key(&mut refers("phase_change", "recorded_by", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_phase_change_case_id").table("phase_change").col("case_id").to_owned())
        .await?;
    Ok(())
}

/// One consent as it was obtained. Never edited (C24).
async fn consent(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("consent")
                .col(uuid("id").primary_key().take())
                .col(uuid("case_id"))
                .col(text("purposes"))
                .col(text("categories"))
                .col(timestamp_with_time_zone("obtained_at"))
                .col(date("valid_from"))
                .col(date("valid_until"))
                .col(text("method"))
                .col(text("explained"))
                .col(text("interpreter"))
                .col(text_null("maturity"))
                .col(blob("words"))
                .col(uuid("obtained_by"))
                .col(uuid("recorded_by"))
                .col(uuid("recorded_unit"))
                .check(("ck_consent_method", Expr::col("method").is_in(["paper", "oral", "e_signed"])))
                .check((
                    "ck_consent_interpreter",
                    Expr::col("interpreter").is_in(["not_needed", "in_room", "telephone", "video"]),
                ))
                .check(("ck_consent_maturity", Expr::col("maturity").is_in(["signed", "heard", "not_suitable"])))
                .check(("ck_consent_span", Expr::cust("valid_until >= valid_from")))
                .foreign_key(&mut refers("consent", "case_id", "case_file"))
                .foreign_key(&mut refers("consent", "obtained_by", "person"))
                .foreign_key(&mut refers("consent", "recorded_by", "person"))
                .foreign_key(&mut refers("consent", "recorded_unit", "unit"))
                .to_owned(),
        )
        .await?;
    schema.create_index(Index::create().name("ix_consent_case_id").table("consent").col("case_id").to_owned()).await?;
    Ok(())
}

/// One person's answer in a consent.
async fn consent_signature(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("consent_signature")
                .col(uuid("id").primary_key().take())
                .col(uuid("consent_id"))
                .col(uuid_null("guardian_id"))
                .col(date("signed_on"))
                .col(text("answer"))
                .check(("ck_consent_signature_answer", Expr::col("answer").is_in(["agreed", "refused"])))
                .foreign_key(&mut refers("consent_signature", "consent_id", "consent"))
                .foreign_key(&mut refers("consent_signature", "guardian_id", "guardian"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_consent_signature_consent_id")
                .table("consent_signature")
                .col("consent_id")
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// A guardian whose answer a consent does without for a time (C8).
async fn consent_prevented(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("consent_prevented")
                .col(uuid("consent_id"))
                .col(uuid("guardian_id"))
                .col(text("cause"))
                .col(date("until_on"))
                .primary_key(Index::create().col("consent_id").col("guardian_id"))
                .check(("ck_consent_prevented_cause", Expr::col("cause").is_in(["absence", "illness", "other"])))
                .foreign_key(&mut refers("consent_prevented", "consent_id", "consent"))
                .foreign_key(&mut refers("consent_prevented", "guardian_id", "guardian"))
                .to_owned(),
        )
        .await
}

/// A consent found to have been recorded by mistake; once.
async fn consent_annulment(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("consent_annulment")
                .col(uuid("consent_id").primary_key().take())
                .col(timestamp_with_time_zone("at"))
                .col(text("mistake"))
                .col(uuid("recorded_by"))
                .col(uuid("recorded_unit"))
                .check((
                    "ck_consent_annulment_mistake",
                    Expr::col("mistake").is_in(["wrong_case", "wrong_content", "twice"]),
                ))
                .foreign_key(&mut refers("consent_annulment", "consent_id", "consent"))
                .foreign_key(&mut refers("consent_annulment", "recorded_by", "person"))
                .foreign_key(&mut refers("consent_annulment", "recorded_unit", "unit"))
                .to_owned(),
        )
        .await
}

/// A named unit of which something more is said: that its part is a parent's own (C21), or that it may only listen.
async fn consent_party(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("consent_party")
                .col(uuid("consent_id"))
                .col(uuid("unit_id"))
                .col(uuid_null("guardian_id"))
                .col(boolean("listens"))
                .primary_key(Index::create().col("consent_id").col("unit_id"))
                .foreign_key(&mut refers("consent_party", "consent_id", "consent"))
                .foreign_key(&mut refers("consent_party", "unit_id", "unit"))
                .foreign_key(&mut refers("consent_party", "guardian_id", "guardian"))
                .to_owned(),
        )
        .await
}

/// A unit that has acknowledged that it holds a consent (C20); once.
async fn consent_acknowledgement(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("consent_acknowledgement")
                .col(uuid("consent_id"))
                .col(uuid("unit_id"))
                .col(timestamp_with_time_zone("at"))
                .col(uuid("recorded_by"))
                .primary_key(Index::create().col("consent_id").col("unit_id"))
                .foreign_key(&mut refers("consent_acknowledgement", "consent_id", "consent"))
                .foreign_key(&mut refers("consent_acknowledgement", "unit_id", "unit"))
                .foreign_key(&mut refers("consent_acknowledgement", "recorded_by", "person"))
                .to_owned(),
        )
        .await
}

/// A signed paper; its content is sealed. One that belongs elsewhere can be taken away.
async fn consent_paper(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("consent_paper")
                .col(uuid("id").primary_key().take())
                .col(uuid("consent_id"))
                .col(text("kind"))
                .col(big_integer("bytes"))
                .col(blob("content"))
                .col(uuid("recorded_by"))
                .col(timestamp_with_time_zone("recorded_at"))
                .check(("ck_consent_paper_kind", Expr::col("kind").is_in(["pdf", "jpeg", "png"])))
                .foreign_key(&mut refers("consent_paper", "consent_id", "consent"))
                .foreign_key(&mut refers("consent_paper", "recorded_by", "person"))
                .to_owned(),
        )
        .await?;
    let of_consent =
        Index::create().name("ix_consent_paper_consent_id").table("consent_paper").col("consent_id").to_owned();
    schema.create_index(of_consent).await
}

/// A unit somebody named as receiver.
async fn signature_receiver(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("signature_receiver")
                .col(uuid("signature_id"))
                .col(uuid("unit_id"))
                .primary_key(Index::create().col("signature_id").col("unit_id"))
                .foreign_key(&mut refers("signature_receiver", "signature_id", "consent_signature"))
                .foreign_key(&mut refers("signature_receiver", "unit_id", "unit"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// A consent taken back, wholly or from some units (C13, C14).
async fn consent_withdrawal(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("consent_withdrawal")
                .col(uuid("id").primary_key().take())
                .col(uuid("consent_id"))
                .col(uuid_null("guardian_id"))
                .col(timestamp_with_time_zone("at"))
                .col(boolean("everything"))
                .col(uuid_null("implied_by"))
                .col(uuid("recorded_by"))
                .col(uuid("recorded_unit"))
                .col(timestamp_with_time_zone("recorded_at"))
                .foreign_key(&mut refers("consent_withdrawal", "consent_id", "consent"))
                .foreign_key(&mut refers("consent_withdrawal", "guardian_id", "guardian"))
                .foreign_key(&mut refers("consent_withdrawal", "implied_by", "consent"))
                .foreign_key(&mut refers("consent_withdrawal", "recorded_by", "person"))
                .foreign_key(&mut refers("consent_withdrawal", "recorded_unit", "unit"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_consent_withdrawal_consent_id")
                .table("consent_withdrawal")
                .col("consent_id")
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// A unit the withdrawal takes away.
async fn withdrawal_receiver(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("withdrawal_receiver")
                .col(uuid("withdrawal_id"))
                .col(uuid("unit_id"))
                .primary_key(Index::create().col("withdrawal_id").col("unit_id"))
                .foreign_key(&mut refers("withdrawal_receiver", "withdrawal_id", "consent_withdrawal"))
                .foreign_key(&mut refers("withdrawal_receiver", "unit_id", "unit"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// The row a change of consent and a write of minutes both lock.
async fn case_gate(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("case_gate")
                .col(uuid("id").primary_key().take())
                .col(big_integer("epoch"))
                .col(big_integer("changed_ms"))
                .foreign_key(&mut refers("case_gate", "id", "case_file"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

/// When a unit is covered, if nothing more happens; computed by `domain::consent::windows`.
async fn case_gate_window(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("case_gate_window")
                .col(uuid("id").primary_key().take())
                .col(uuid("case_id"))
                .col(uuid("unit_id"))
                .col(big_integer("opens_ms"))
                .col(big_integer("closes_ms"))
                .foreign_key(&mut refers("case_gate_window", "case_id", "case_file"))
                .foreign_key(&mut refers("case_gate_window", "unit_id", "unit"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("ix_case_gate_window_case_id_opens_ms")
                .table("case_gate_window")
                .col("case_id")
                .col("opens_ms")
                .to_owned(),
        )
        .await?;
    Ok(())
}
