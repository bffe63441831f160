//! Notes of items that all at the table share.

use backend::{
    Error,
    crypt::Keys,
    random::SeededRandom,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        add_item::add_general_item,
        open_item::{close_item, open_item},
        rekey::rekey,
        run_meeting::{close_meeting, open_meeting},
        write_note::write_note,
    },
    view::{
        agenda::{AgendaPage, agenda_page},
        room::room,
    },
};
use domain::{flaw::FlawKind, id::AgendaItemId, refusal::Refusal};

use super::stage::add;
use crate::{
    accounts::with_keys,
    cases::stage::{consented, flaws, registered},
    on_both_engines,
    world::{World, amal::Amal},
};

/// A general item on an agenda, by its place.
async fn general(world: &World, amal: &Amal, on: &str) -> backend::Result<AgendaItemId> {
    let meeting = amal.meeting(on);
    add_general_item(&world.backend, &amal.actor("maria"), meeting, "Läsåret", "10").await?;
    let AgendaPage::Board(board) = agenda_page(&world.backend, &amal.actor("maria"), meeting).await? else {
        panic!("no board");
    };
    Ok(board.rows.last().expect("the item").id)
}

on_both_engines! {
    /// M2
    async fn m2_a_common_item_has_a_note_that_those_at_the_table_read_and_no_case_is_in_it(world: World) -> TestResult {
        let amal = world.amal().await;
        let meeting = amal.meeting("2026-11-26");
        let item = general(&world, &amal, "2026-11-26").await?;
        let (maria, backend) = (amal.actor("maria"), &world.backend);
        world.sql("UPDATE meeting SET state = 'published'").await?;
        let early = write_note(backend, &maria, item, 0, "Ny skolkurator från januari.").await;
        assert!(matches!(early, Err(Error::Refused(Refusal::NotRunning))), "{early:?}");
        open_meeting(backend, &maria, meeting).await?;
        assert!(room(backend, &maria, meeting).await?.notes.is_empty(), "not taken up yet");
        open_item(backend, &maria, meeting, item).await?;
        let before = room(backend, &amal.actor("anna"), meeting).await?;
        assert!(before.notes.is_empty(), "nothing is noted");
        write_note(backend, &maria, item, 0, "Ny skolkurator från januari.").await?;
        let after = room(backend, &amal.actor("anna"), meeting).await?;
        assert_eq!((after.notes[0].text.as_str(), after.notes[0].title.as_str()), ("Ny skolkurator från januari.", "Läsåret"));
        assert_ne!(before.pulse, after.pulse, "an open page is told");

        // Who is later is told, and nothing is lost.
        assert!(matches!(write_note(backend, &maria, item, 0, "Annat.").await, Err(Error::Stale)));
        write_note(backend, &maria, item, 1, "Ny skolkurator från februari.").await?;
        assert!(matches!(write_note(backend, &maria, item, 1, "Annat.").await, Err(Error::Stale)));
        assert!(matches!(write_note(backend, &amal.actor("anna"), item, 2, "Annat.").await, Err(Error::Denied)));
        let number = flaws(write_note(backend, &maria, item, 2, "20120303-2386 ringde.").await);
        assert_eq!(number, [("note".into(), FlawKind::PersonalNumberInText)]);

        close_item(backend, &maria, meeting).await?;
        close_meeting(backend, &maria, meeting).await?;
        write_note(backend, &maria, item, 2, "Ny skolkurator från mars.").await?;
        assert_eq!(room(backend, &amal.actor("anna"), meeting).await?.notes[0].text, "Ny skolkurator från mars.");
        write_note(backend, &maria, item, 3, " ").await?;
        assert!(room(backend, &amal.actor("anna"), meeting).await?.notes.is_empty(), "taken away");
        Ok(())
    }

    async fn no_reference_of_a_case_on_the_agenda_stands_in_a_note_and_no_case_has_one(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, backend, meeting) = (amal.actor("maria"), &world.backend, amal.meeting("2026-11-26"));
        let item = general(&world, &amal, "2026-11-26").await?;
        let sara = amal.actor("sara");
        let case = registered(backend, &sara).await?;
        let consent = consented(&world, &sara, case, &[amal.unit("school"), amal.unit("social")]).await?;
        acknowledge_consent(backend, &maria, case, consent).await?;
        let of_case = add(&world, meeting, case).await;
        world.sql("UPDATE meeting SET state = 'published'").await?;
        open_meeting(backend, &maria, meeting).await?;
        let reference = world.text("SELECT reference FROM case_file").await?;
        let named = flaws(write_note(backend, &maria, item, 0, &format!("Mer om {}.", reference.to_lowercase())).await);
        assert_eq!(named, [("note".into(), FlawKind::CaseInText)]);
        assert!(matches!(write_note(backend, &maria, of_case, 0, "Text.").await, Err(Error::NotFound)));
        // Others of the forum whom this meeting is not for read none.
        open_item(backend, &maria, meeting, item).await?;
        write_note(backend, &maria, item, 0, "Kanarienotering").await?;
        for stranger in ["frida", "ulla"] {
            let shown = room(backend, &amal.actor(stranger), meeting).await;
            assert!(shown.map_or(true, |shown| shown.notes.is_empty()), "{stranger}");
        }
        let keys = backend.keys();
        let (text, second) = keys.with_another(&SeededRandom::new(2))?;
        let used = Keys::read(&Keys::read(&text)?.with_first(second).expect("a key"))?;
        let used = with_keys(&world, used);
        rekey(&used, |_| ()).await?;
        let alone = Keys::read(&used.keys().without(1).expect("a key"))?;
        assert_eq!(room(&with_keys(&world, alone), &maria, meeting).await?.notes[0].text, "Kanarienotering");
        Ok(())
    }
}
