//! Invitations by mail, through the outbox, to a server over a real socket.

use backend::job::{TRIES, run_due};
use chrono::TimeDelta;

use backend::usecase::{add_item::add_case, publish_meeting::publish_meeting};

use super::{
    board::{board, youth},
    smtp::{Mood, Sink},
};
use crate::{
    on_both_engines,
    world::{World, amal::Amal, cases::Laid},
};

/// A published meeting with one case, for Per, Anna and Eva.
pub async fn published(world: &World, amal: &Amal) -> Laid {
    let (maria, meeting) = (amal.actor("maria"), amal.meeting("2026-11-26"));
    let case = youth(world, amal, "social", &["social", "bup"]).await;
    add_case(&world.backend, &maria, meeting, case.id).await.expect("added");
    let stamp = board(world, amal, "maria", meeting).await.stamp;
    publish_meeting(&world.backend, &maria, meeting, &stamp).await.expect("published");
    case
}

on_both_engines! {
    /// V3, PRIV-02, INJ-04
    async fn each_gets_one_neutral_letter(world: World) -> TestResult {
        let amal = world.amal().await;
        world.sql("UPDATE person SET language = 'en' WHERE email = 'eva@amal.test'").await?;
        let case = published(&world, &amal).await;
        let sink = Sink::start().await;
        assert_eq!(run_due(&world.backend, &sink.mailer()).await?, 3);
        assert_eq!(run_due(&world.backend, &sink.mailer()).await?, 0, "nothing is sent twice");

        let mut letters = sink.arrived();
        letters.sort_by(|a, b| a.to.cmp(&b.to));
        let to: Vec<_> = letters.iter().map(|letter| letter.to.as_slice()).collect();
        assert_eq!(to, [["anna@amal.test"], ["eva@amal.test"], ["per@amal.test"]]);
        for letter in &letters {
            assert_eq!(
                letter.header_names(),
                ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
            );
            for secret in [case.reference.as_str(), &case.name, "Berg", "Sand", "BUP", "Individ", "Ungdoms", "Kanarie"] {
                assert!(!letter.data.contains(secret) && !letter.text().contains(secret), "{secret} stands in {letter:?}");
            }
        }
        assert_eq!(letters[1].header("Subject"), Some("Invitation to a collaboration meeting"));
        assert!(letters[1].text().contains("Thursday 26 November at 09:00–09:20"));
        assert!(letters[0].text().starts_with("Du har en kallelse till samverkansträff torsdag 26 november 09.00–11.00.\r\n"));
        assert_eq!(world.count("SELECT count(*) FROM invitation WHERE sent_at IS NOT NULL").await, 3);
        assert_eq!(world.count("SELECT count(*) FROM job WHERE done_at IS NULL AND kind <> 'reminder'").await, 0);
        Ok(())
    }

    /// INJ-04
    async fn nothing_in_an_address_or_a_name_becomes_a_header_or_a_recipient(world: World) -> TestResult {
        let amal = world.amal().await;
        world.sql("UPDATE person SET email = 'per@amal.test\r\nBcc: evil@test' WHERE email = 'per@amal.test'").await?;
        world.sql("UPDATE person SET email = 'anna@amal.test>, <evil@test' WHERE email = 'anna@amal.test'").await?;
        published(&world, &amal).await;
        let sink = Sink::start().await;
        assert!(sink.mailer_as("Samverkan\r\nBcc: evil@test").is_err(), "a sender's name is one line");
        let mailer = sink.mailer_as("Sam\" <evil@test>, =?utf-8?q?=0d=0aBcc:_evil@test?= Åmål")?;
        assert_eq!(run_due(&world.backend, &mailer).await?, 3);
        let letters = sink.arrived();
        assert_eq!(letters.len(), 1, "only to an address that is one: {letters:?}");
        assert_eq!(letters[0].to, ["eva@amal.test"]);
        assert_eq!(letters[0].from, "samverkan@amal.test");
        assert!(!letters[0].header_names().contains(&"Bcc"), "{}", letters[0].data);
        assert_eq!(letters[0].header_names().len(), 9);
        Ok(())
    }

    async fn a_server_that_is_busy_gets_it_later(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let sink = Sink::start().await;
        sink.will(&[Mood::Later, Mood::HangUpAtOnce, Mood::Never]);
        run_due(&world.backend, &sink.mailer()).await?;
        assert_eq!(sink.arrived().len(), 0);
        assert_eq!(world.count("SELECT count(*) FROM job WHERE done_at IS NULL AND attempts = 1").await, 3);
        run_due(&world.backend, &sink.mailer()).await?;
        assert_eq!(sink.arrived().len(), 0, "not before the pause is over");
        world.clock.advance(TimeDelta::seconds(6));
        run_due(&world.backend, &sink.mailer()).await?;
        assert_eq!(sink.arrived().len(), 3);
        Ok(())
    }

    /// A letter that arrived although the connection broke is the same letter when it comes again.
    async fn a_letter_tried_again_is_the_same_letter(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let sink = Sink::start().await;
        sink.will(&[Mood::HangUpAfterData]);
        run_due(&world.backend, &sink.mailer()).await?;
        world.clock.advance(TimeDelta::seconds(6));
        run_due(&world.backend, &sink.mailer()).await?;
        let letters = sink.arrived();
        assert_eq!(letters.len(), 4);
        assert_eq!(letters[0], letters[3], "byte for byte, so that it is known again by its Message-ID");
        Ok(())
    }

    async fn after_ten_tries_it_is_set_aside(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let sink = Sink::start().await;
        sink.will(&[Mood::Later; 60]);
        for _ in 0..TRIES + 3 {
            run_due(&world.backend, &sink.mailer()).await?;
            world.clock.advance(TimeDelta::hours(2));
        }
        let parked = "SELECT count(*) FROM job WHERE parked_at IS NOT NULL AND attempts = 10 AND problem = 'mail_later'";
        assert_eq!(world.count(parked).await, 3);
        Ok(())
    }

    /// Asked again at the moment of sending: who is no longer covered gets nothing, and the link is dead.
    async fn consent_taken_back_before_sending_stops_the_letter(world: World) -> TestResult {
        let amal = world.amal().await;
        let mut case = published(&world, &amal).await;
        world.clock.advance(TimeDelta::minutes(1));
        world.lay_withdrawal(&amal, &mut case).await;
        let sink = Sink::start().await;
        run_due(&world.backend, &sink.mailer()).await?;
        let mut to: Vec<_> = sink.arrived().into_iter().flat_map(|letter| letter.to).collect();
        to.sort();
        assert_eq!(to, ["anna@amal.test", "per@amal.test"], "the standing seats come anyhow");
        assert_eq!(world.count("SELECT count(*) FROM invitation WHERE withdrawn_at IS NOT NULL").await, 1);
        Ok(())
    }

    async fn two_processes_send_each_letter_once(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let sink = Sink::start().await;
        let (one, two) = (sink.mailer(), sink.mailer());
        let (a, b) = tokio::join!(run_due(&world.backend, &one), run_due(&world.backend, &two));
        assert_eq!(a? + b?, 3);
        assert_eq!(sink.arrived().len(), 3);
        Ok(())
    }
}
