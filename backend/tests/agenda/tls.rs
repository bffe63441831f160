//! Mail through TLS, to a server over a real socket; and none at all where it cannot be (WEB-09).

use backend::{
    job::run_due,
    mail::{MailSettings, MailTls, Mailer},
};
use chrono::TimeDelta;

use super::{
    mail::published,
    smtp::{Protection, Sink},
};
use crate::{on_both_engines, world::World};

async fn sent(world: &World, settings: &MailSettings) -> usize {
    run_due(&world.backend, &Mailer::new(settings).expect("a mailer")).await.expect("the outbox")
}

on_both_engines! {
    async fn letters_and_passwords_travel_inside_tls_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        for (place, (protection, tls)) in
            [(Protection::StartTls, MailTls::StartTls), (Protection::Wrapped, MailTls::Wrapped)].into_iter().enumerate()
        {
            // The second time what was sent is to be sent again.
            if place > 0 {
                world.sql("UPDATE job SET done_at = NULL WHERE kind = 'invitation_mail'").await?;
            }
            let sink = Sink::start_with(protection).await;
            let login = Some(("samverkan".to_owned(), "hemligt-ord".to_owned().into()));
            assert_eq!(sent(&world, &MailSettings { login, ..sink.settings(tls, "localhost") }).await, 3);
            let letters = sink.arrived();
            assert!(letters.len() == 3 && letters.iter().all(|letter| letter.secure), "{protection:?}: {letters:?}");
            let clear = sink.heard_in_clear();
            let harmless = |line: &String| line.starts_with("EHLO ") || line == "STARTTLS";
            assert!(clear.iter().all(harmless), "{protection:?}: {clear:?}");
        }
        Ok(())
    }

    /// WEB-09: a server that offers no TLS, or one that somebody has taken the offer from, is told nothing; the letters wait.
    async fn where_tls_is_demanded_and_not_offered_nothing_is_said(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        let bare = Sink::start().await;
        for tls in [MailTls::StartTls, MailTls::Wrapped] {
            assert_eq!(sent(&world, &bare.settings(tls, "localhost")).await, 3);
            world.clock.advance(TimeDelta::hours(2));
        }
        assert_eq!(bare.arrived(), []);
        let said = bare.heard_in_clear();
        assert!(!said.iter().any(|line| line.starts_with("MAIL") || line.starts_with("RCPT")), "{said:?}");
        assert_eq!(world.count("SELECT count(*) FROM job WHERE kind = 'invitation_mail' AND done_at IS NULL").await, 3);
        let sink = Sink::start_with(Protection::StartTls).await;
        sent(&world, &sink.settings(MailTls::StartTls, "localhost")).await;
        assert_eq!(sink.arrived().len(), 3, "they were kept");
        Ok(())
    }

    async fn a_certificate_of_nobody_known_or_of_another_name_is_not_believed(world: World) -> TestResult {
        let amal = world.amal().await;
        published(&world, &amal).await;
        for (protection, tls) in [(Protection::StartTls, MailTls::StartTls), (Protection::Wrapped, MailTls::Wrapped)] {
            let sink = Sink::start_with(protection).await;
            let of_nobody = MailSettings { authority: None, ..sink.settings(tls, "localhost") };
            let of_another = sink.settings(tls, "127.0.0.1");
            for settings in [of_nobody, of_another] {
                assert_eq!(sent(&world, &settings).await, 3);
                world.clock.advance(TimeDelta::hours(2));
            }
            assert_eq!(sink.arrived(), [], "{protection:?}");
        }
        assert_eq!(world.count("SELECT count(*) FROM job WHERE kind = 'invitation_mail' AND attempts = 4").await, 3);
        let sink = Sink::start_with(Protection::Wrapped).await;
        let broken = MailSettings { authority: Some(b"none".to_vec()), ..sink.settings(MailTls::Wrapped, "localhost") };
        assert!(Mailer::new(&broken).is_err());
        Ok(())
    }
}
