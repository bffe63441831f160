//! Notes of items that all at the table share.

use backend::{
    Backend, Error,
    actor::Actor,
    crypt::Keys,
    random::SeededRandom,
    usecase::{
        acknowledge_consent::acknowledge_consent,
        add_item::add_general_item,
        open_item::{close_item, open_item},
        rekey::rekey,
        run_meeting::{close_meeting, open_meeting},
        write_note::{TypedNote, write_note},
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

/// Writes a note that was read at a version.
async fn note(backend: &Backend, actor: &Actor, item: AgendaItemId, seen: i64, text: &str) -> backend::Result<i64> {
    write_note(backend, actor, item, &TypedNote { seen, on_its_way: false, text: text.into() }).await
}

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
        let early = note(backend, &maria, item, 0, "Ny skolkurator från januari.").await;
        assert!(matches!(early, Err(Error::Refused(Refusal::NotRunning))), "{early:?}");
        open_meeting(backend, &maria, meeting).await?;
        assert!(room(backend, &maria, meeting).await?.notes.is_empty(), "not taken up yet");
        open_item(backend, &maria, meeting, item).await?;
        let before = room(backend, &amal.actor("anna"), meeting).await?;
        assert!(before.notes.is_empty(), "nothing is noted");
        note(backend, &maria, item, 0, "Ny skolkurator från januari.").await?;
        let after = room(backend, &amal.actor("anna"), meeting).await?;
        assert_eq!((after.notes[0].text.as_str(), after.notes[0].title.as_str()), ("Ny skolkurator från januari.", "Läsåret"));
        assert_ne!(before.pulse, after.pulse, "an open page is told");

        // Who is later is told, and nothing is lost; what stands there already is no conflict.
        assert_eq!(note(backend, &maria, item, 0, "Ny skolkurator från januari.").await?, 1);
        assert!(matches!(note(backend, &maria, item, 0, "Annat.").await, Err(Error::Stale)));
        note(backend, &maria, item, 1, "Ny skolkurator från februari.").await?;
        assert!(matches!(note(backend, &maria, item, 1, "Annat.").await, Err(Error::Stale)));
        assert!(matches!(note(backend, &amal.actor("anna"), item, 2, "Annat.").await, Err(Error::Denied)));
        let number = flaws(note(backend, &maria, item, 2, "20120303-2386 ringde.").await);
        assert_eq!(number, [("note".into(), FlawKind::PersonalNumberInText)]);

        close_item(backend, &maria, meeting).await?;
        close_meeting(backend, &maria, meeting).await?;
        note(backend, &maria, item, 2, "Ny skolkurator från mars.").await?;
        assert_eq!(room(backend, &amal.actor("anna"), meeting).await?.notes[0].text, "Ny skolkurator från mars.");
        note(backend, &maria, item, 3, " ").await?;
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
        let named = flaws(note(backend, &maria, item, 0, &format!("Mer om {}.", reference.to_lowercase())).await);
        assert_eq!(named, [("note".into(), FlawKind::CaseInText)]);
        assert!(matches!(note(backend, &maria, of_case, 0, "Text.").await, Err(Error::NotFound)));
        // Others of the forum whom this meeting is not for read none.
        open_item(backend, &maria, meeting, item).await?;
        note(backend, &maria, item, 0, "Kanarienotering").await?;
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

    /// A page that goes away while a save of its own is not answered hands over the rest: whichever of the two comes first.
    async fn a_note_that_goes_with_its_page_comes_after_its_own_save_but_not_after_anothers(world: World) -> TestResult {
        let amal = world.amal().await;
        let (maria, backend, meeting) = (amal.actor("maria"), &world.backend, amal.meeting("2026-11-26"));
        let item = general(&world, &amal, "2026-11-26").await?;
        world.sql("UPDATE meeting SET state = 'published'").await?;
        open_meeting(backend, &maria, meeting).await?;
        open_item(backend, &maria, meeting, item).await?;
        let last = async |seen: i64, text: &str| {
            write_note(backend, &maria, item, &TypedNote { seen, on_its_way: true, text: text.into() }).await
        };
        // The one on its way was answered, and then the page goes; or it never came.
        assert_eq!(note(backend, &maria, item, 0, "Ny").await?, 1);
        assert_eq!(last(0, "Ny skol").await?, 2);
        assert_eq!(last(2, "Ny skolkurator").await?, 3);
        // It came too late: what it wrote is in the other.
        assert!(matches!(note(backend, &maria, item, 2, "Ny skolkur").await, Err(Error::Stale)));
        // More than one save is not one's own that was on its way, and neither is another's.
        assert!(matches!(last(1, "Annat").await, Err(Error::Stale)));
        world.sql("UPDATE general_note SET written_by = (SELECT id FROM person WHERE id <> written_by LIMIT 1)").await?;
        assert!(matches!(last(2, "Annat").await, Err(Error::Stale)));
        assert_eq!(room(backend, &maria, meeting).await?.notes[0].text, "Ny skolkurator");
        Ok(())
    }
}
