//! Meetings, their agendas, what is proposed for them, invitations and who was in the room.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, blob, blob_null, boolean, date, date_null, text, text_null, time, time_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::refers::refers;

/// Meetings, their agendas, what is proposed for them, invitations and who was in the room.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true) // SQLite would otherwise run it bare
    }

    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        meeting(schema).await?;
        agenda_item(schema).await?;
        general_note(schema).await?;
        proposal(schema).await?;
        proposal_party(schema).await?;
        invitation(schema).await?;
        attendance(schema).await?;
        recusal(schema).await?;
        Ok(())
    }

    async fn down(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "recusal",
            "attendance",
            "invitation",
            "proposal_party",
            "proposal",
            "general_note",
            "agenda_item",
            "meeting",
        ] {
            schema.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// One meeting of a forum.
async fn meeting(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("meeting")
                .col(uuid("id").primary_key().take())
                .col(uuid("forum_id"))
                .col(uuid_null("series_id"))
                .col(date_null("series_on"))
                .col(date("on_date"))
                .col(time("starts"))
                .col(big_integer("minutes"))
                .col(text("place"))
                .col(text("state"))
                .col(text_null("cancelled_because"))
                .col(big_integer("sequence"))
                .col(text("calendar_uid"))
                .col(timestamp_with_time_zone("changed_at"))
                .col(timestamp_with_time_zone_null("published_at"))
                .col(timestamp_with_time_zone_null("opened_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                .col(uuid_null("current_item_id"))
                .col(big_integer("version"))
                .check((
                    "ck_meeting_state",
                    Expr::col("state").is_in(["draft", "published", "running", "held", "cancelled"]),
                ))
                .check(("ck_meeting_cancelled_because", Expr::cust("cancelled_because IS NULL OR state = 'cancelled'")))
                .foreign_key(&mut refers("meeting", "forum_id", "forum"))
                .foreign_key(&mut refers("meeting", "series_id", "series"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("uq_meeting_calendar_uid").table("meeting").col("calendar_uid").unique().to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("uq_meeting_series_id_series_on")
                .table("meeting")
                .col("series_id")
                .col("series_on")
                .unique()
                .to_owned(),
        )
        .await?;
    schema.create_index(Index::create().name("ix_meeting_on_date").table("meeting").col("on_date").to_owned()).await?;
    Ok(())
}

/// One item of a meeting's agenda.
async fn agenda_item(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("agenda_item")
                .col(uuid("id").primary_key().take())
                .col(uuid("meeting_id"))
                .col(text("kind"))
                .col(uuid_null("case_id"))
                .col(blob_null("title"))
                .col(big_integer("minutes"))
                .col(big_integer("position"))
                .col(text("state"))
                .col(timestamp_with_time_zone_null("opened_at"))
                .col(timestamp_with_time_zone_null("closed_at"))
                // The forum's standing item it was made from, and whether it stays last when others are added.
                .col(uuid_null("forum_item_id"))
                .col(boolean("closing").default(false).take())
                // When the family comes, where it takes part.
                .col(time_null("family_at"))
                .col(big_integer("version"))
                .check(("ck_agenda_item_kind", Expr::col("kind").is_in(["general", "case", "anonymous"])))
                .check(("ck_agenda_item_state", Expr::col("state").is_in(["planned", "open", "done", "dropped"])))
                .check(("ck_agenda_item_case", Expr::cust("(kind = 'case') = (case_id IS NOT NULL)")))
                // A case has its reference; only what is no case has words (V9).
                .check(("ck_agenda_item_title", Expr::cust("case_id IS NULL OR title IS NULL")))
                .check(("ck_agenda_item_family_at", Expr::cust("family_at IS NULL OR kind = 'case'")))
                .check(("ck_agenda_item_minutes", Expr::cust("minutes BETWEEN 1 AND 480")))
                .foreign_key(&mut refers("agenda_item", "meeting_id", "meeting"))
                .foreign_key(&mut refers("agenda_item", "case_id", "case_file"))
                .foreign_key(&mut refers("agenda_item", "forum_item_id", "forum_item"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("uq_agenda_item_meeting_id_case_id")
                .table("agenda_item")
                .col("meeting_id")
                .col("case_id")
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_agenda_item_case_id").table("agenda_item").col("case_id").to_owned())
        .await?;
    Ok(())
}

/// What was noted of an item that all at the table share; sealed under the installation's key, as it is of no case.
async fn general_note(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("general_note")
                .col(uuid("item_id").primary_key().take())
                .col(blob("text"))
                .col(uuid("written_by"))
                .col(timestamp_with_time_zone("written_at"))
                .col(big_integer("version"))
                .foreign_key(&mut refers("general_note", "item_id", "agenda_item"))
                .foreign_key(&mut refers("general_note", "written_by", "person"))
                .to_owned(),
        )
        .await
}

/// What a unit asks to have a case taken up for. What became of it follows from the agendas, but for a no and a change of mind.
async fn proposal(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("proposal")
                .col(uuid("id").primary_key().take())
                .col(uuid("case_id"))
                .col(uuid("unit_id"))
                .col(uuid("person_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(blob("question"))
                .col(date_null("not_before"))
                .col(boolean("family"))
                .col(time_null("family_at"))
                .col(text("state"))
                .col(uuid_null("returned_by"))
                .col(timestamp_with_time_zone_null("returned_at"))
                .col(blob_null("reason"))
                .check(("ck_proposal_state", Expr::col("state").is_in(["waiting", "returned", "taken_back"])))
                .check(("ck_proposal_family", Expr::cust("family OR family_at IS NULL")))
                .check((
                    "ck_proposal_reason",
                    Expr::cust("state <> 'returned' OR (reason IS NOT NULL AND returned_by IS NOT NULL AND returned_at IS NOT NULL)"),
                ))
                .foreign_key(&mut refers("proposal", "case_id", "case_file"))
                .foreign_key(&mut refers("proposal", "unit_id", "unit"))
                .foreign_key(&mut refers("proposal", "person_id", "person"))
                .foreign_key(&mut refers("proposal", "returned_by", "person"))
                .to_owned(),
        )
        .await?;
    schema.create_index(Index::create().name("ix_proposal_case_id").table("proposal").col("case_id").to_owned()).await
}

/// A unit somebody wishes to have there.
async fn proposal_party(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("proposal_party")
                .col(uuid("proposal_id"))
                .col(uuid("unit_id"))
                .primary_key(Index::create().col("proposal_id").col("unit_id"))
                .foreign_key(&mut refers("proposal_party", "proposal_id", "proposal"))
                .foreign_key(&mut refers("proposal_party", "unit_id", "unit"))
                .to_owned(),
        )
        .await
}

/// A person asked to come for a unit.
async fn invitation(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("invitation")
                .col(uuid("id").primary_key().take())
                .col(uuid("meeting_id"))
                .col(uuid("unit_id"))
                .col(uuid("person_id"))
                .col(text("token_hash"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("sent_at"))
                .col(text_null("told"))
                .col(text("answer"))
                .col(timestamp_with_time_zone_null("answered_at"))
                .col(timestamp_with_time_zone_null("withdrawn_at"))
                // Their own time, in minutes from the start of the meeting; none for who is asked to the whole of it.
                .col(big_integer_null("slot_from"))
                .col(big_integer_null("slot_minutes"))
                // Counts its changes, for the calendar.
                .col(big_integer("slot_sequence"))
                .col(timestamp_with_time_zone("slot_changed_at"))
                // JSON: the items they cannot come to, though they come.
                .col(text("declined"))
                // Asked in the place of somebody who cannot come.
                .col(boolean("stand_in"))
                .col(timestamp_with_time_zone_null("reminded_at"))
                .col(boolean("in_calendar"))
                .check(("ck_invitation_slot", Expr::cust("(slot_from IS NULL) = (slot_minutes IS NULL)")))
                .check(("ck_invitation_answer", Expr::col("answer").is_in(["none", "coming", "deputy", "declined"])))
                .foreign_key(&mut refers("invitation", "meeting_id", "meeting"))
                .foreign_key(&mut refers("invitation", "unit_id", "unit"))
                .foreign_key(&mut refers("invitation", "person_id", "person"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create().name("uq_invitation_token_hash").table("invitation").col("token_hash").unique().to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .name("uq_invitation_meeting_id_unit_id_person_id")
                .table("invitation")
                .col("meeting_id")
                .col("unit_id")
                .col("person_id")
                .unique()
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_invitation_person_id").table("invitation").col("person_id").to_owned())
        .await?;
    Ok(())
}

/// Somebody in the room, from when to when.
async fn attendance(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("attendance")
                .col(uuid("id").primary_key().take())
                .col(uuid("meeting_id"))
                .col(uuid("unit_id"))
                .col(uuid_null("person_id"))
                .col(text("name"))
                .col(text_null("guest"))
                .col(uuid_null("guest_item_id"))
                .col(blob_null("guest_name"))
                .col(timestamp_with_time_zone("arrived_at"))
                .col(timestamp_with_time_zone_null("left_at"))
                .foreign_key(&mut refers("attendance", "meeting_id", "meeting"))
                .foreign_key(&mut refers("attendance", "unit_id", "unit"))
                .foreign_key(&mut refers("attendance", "person_id", "person"))
                .foreign_key(&mut refers("attendance", "guest_item_id", "agenda_item"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(Index::create().name("ix_attendance_meeting_id").table("attendance").col("meeting_id").to_owned())
        .await?;
    Ok(())
}

/// Somebody who takes no part in an item, being disqualified (G4).
async fn recusal(schema: &SchemaManager<'_>) -> Result<(), DbErr> {
    schema
        .create_table(
            Table::create()
                .table("recusal")
                .col(uuid("id").primary_key().take())
                .col(uuid("item_id"))
                .col(uuid("unit_id"))
                .col(text("name"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut refers("recusal", "item_id", "agenda_item"))
                .foreign_key(&mut refers("recusal", "unit_id", "unit"))
                .to_owned(),
        )
        .await?;
    schema
        .create_index(
            Index::create()
                .unique()
                .name("ux_recusal_item_id_unit_id_name")
                .table("recusal")
                .col("item_id")
                .col("unit_id")
                .col("name")
                .to_owned(),
        )
        .await
}
